"""O*NET: technologies that occupations use, under the commodities of UNSPSC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rolegraph.classifications.onet_tables import (
    COMMODITIES,
    NO_ID,
    NO_NAME,
    REPEATED,
    TECHNOLOGIES,
    Source,
    is_yes,
)
from rolegraph.model.codes import text_id
from rolegraph.records.slugs import make_slug
from rolegraph.releases.rows import Concept, Label, Link, Row

_COMMODITY: Final = re.compile(r"[0-9]{8}")
_WORDS: Final = re.compile(r"[a-z0-9]+( [a-z0-9]+)*")
_FLAGS: Final = ("hot", "in-demand")


def read(source: Source) -> Iterator[Row]:
    """Commodities with what they are under, technologies with their commodities, and who uses them."""
    commodities: set[str] = set()
    yield from _read_commodities(source, commodities)
    yield from _read_technologies(source, commodities)


def slug_technology(name: str) -> str:
    """The code of a technology, from its name alone; case and space are no part of it.

    What words in plain letters and digits do not tell is told by a hash, so that no two names have one code.

    >>> slug_technology("Adobe  Acrobat"), slug_technology("C"), slug_technology("C++"), slug_technology("C#")
    ('adobe-acrobat', 'c', 'c--cedb1bac', 'c--951a4d36')
    """
    folded = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    if _WORDS.fullmatch(folded):
        return folded.replace(" ", "-")
    return f"{make_slug(folded)}--{text_id(folded)}"


def _read_commodities(source: Source, known: set[str]) -> Iterator[Row]:
    tally, rows = source.open(COMMODITIES)
    read: set[str] = set()
    above: dict[str, str] = {}
    for cells in rows:
        if not _COMMODITY.fullmatch(cells[0]):
            tally.skip(NO_ID)
        elif not cells[1]:
            tally.skip(NO_NAME)
        elif cells[0] in read:
            tally.skip(REPEATED)
        else:
            tally.taken += 1
            read.add(cells[0])
            pairs = zip(cells[::2], cells[1::2], strict=True)
            chain = [(code, title) for code, title in pairs if _COMMODITY.fullmatch(code) and title]
            for code, title in chain:
                if code not in known:
                    known.add(code)
                    yield Concept(f"unspsc/{code}", "commodity", title)
            codes = [code for code, _ in chain]
            for lower, upper in pairwise(codes):
                if lower != upper and lower not in above:
                    above[lower] = upper
                    yield Link(f"unspsc/{lower}", "broader", f"unspsc/{upper}")


def _read_technologies(source: Source, commodities: set[str]) -> Iterator[Row]:
    tally, rows = source.open_occupational(TECHNOLOGIES)
    spellings: dict[str, set[str]] = {}
    read: set[tuple[str, str, str]] = set()
    above: set[tuple[str, str]] = set()
    uses: dict[tuple[str, str], set[str]] = {}
    for code, example, commodity, title, *flags in rows:
        key = f"onet-technology/{slug_technology(example)}"
        if not example:
            tally.skip(NO_NAME)
            continue
        if (code, key, commodity) in read:
            tally.skip(REPEATED)
            continue
        read.add((code, key, commodity))
        tally.taken += 1
        spelt = spellings.setdefault(key, set())
        if not spelt:
            yield Concept(key, "technology", example)
        elif example not in spelt:
            yield Label(key, "alternate", example, "en")
        spelt.add(example)
        if _COMMODITY.fullmatch(commodity) and (title or commodity in commodities):
            if commodity not in commodities:
                commodities.add(commodity)
                yield Concept(f"unspsc/{commodity}", "commodity", title)
            if (key, commodity) not in above:
                above.add((key, commodity))
                yield Link(key, "broader", f"unspsc/{commodity}")
        else:
            tally.mark("no commodity")
        use = uses.setdefault((code, key), set())
        use.update(flag for flag, cell in zip(_FLAGS, flags, strict=True) if is_yes(cell, tally))
    for (code, key), use in uses.items():
        yield Link(source.key(code), "technology", key, (), tuple(flag for flag in _FLAGS if flag in use))
