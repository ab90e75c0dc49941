"""O*NET: occupations that are related to another, one way, in the order of their nearness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rolegraph.classifications.onet_tables import (
    CHANGERS,
    NO_CODE,
    NO_OCCUPATION,
    NULL,
    RELATED,
    REPEATED,
    Source,
    is_occupation,
)
from rolegraph.releases.rows import Link, Row

_INDEX: Final = re.compile(r"[0-9]{1,9}")
_TIERS: Final = {
    "Primary-Short": ("primary-short",),
    "Primary-Long": ("primary-long",),
    "Supplemental": ("supplemental",),
    NULL: (),
    "": (),
}


def read(source: Source) -> Iterator[Row]:
    """Related occupations; those to change to, without tiers, in releases that have these instead."""
    instead = RELATED.name not in source.package and CHANGERS.name in source.package
    if instead:
        source.ledger.notes.append(
            f"there is no {RELATED.name}; related occupations are those of {CHANGERS.name}, without tiers"
        )
    elif CHANGERS.name in source.package:
        source.ledger.unread[CHANGERS.name] = f"{RELATED.name} is read instead"
    tally, rows = source.open_occupational(CHANGERS if instead else RELATED)
    read: dict[tuple[str, str], tuple[str, str]] = {}
    for code, other, *cells in rows:
        # Career Changers Matrix has its index under one of two names, and no tier.
        tier, index = ("", cells[0] or cells[1]) if instead else cells
        if other not in source.occupations:
            tally.skip(NO_OCCUPATION if is_occupation(other) else NO_CODE)
        elif code == other:
            tally.skip("related to itself")
        elif (code, other) in read:
            same = read[code, other] == (tier, index)
            tally.skip(REPEATED if same else "repeated with another tier or index")
        else:
            tally.taken += 1
            read[code, other] = (tier, index)
            figure = index if _INDEX.fullmatch(index) else ""
            if not figure:
                tally.mark("no index")
            if tier not in _TIERS:
                tally.mark("the tier is not known")
            yield Link(source.key(code), "related", source.key(other), (figure,), _TIERS.get(tier, ()))
