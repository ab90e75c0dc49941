"""Where each entry of an architecture has its page: a file name that every file system and web host keeps as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Final, Literal

from rolegraph.folding import fold
from rolegraph.model.taxonomy import Taxonomy

Kind = Literal["profile", "focus", "function", "level", "skill", "occupation"]
KINDS: Final[tuple[Kind, ...]] = ("profile", "focus", "function", "level", "skill", "occupation")

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows takes for devices."""
_LONGEST: Final = 100
_DIGITS: Final = 8
"""Digits of a hash that a name has at least."""


class Addresses:
    """The file name of every entry, and the entry of every file name.

    An occupation is known by ``scheme/code``; all that the records list or are mapped to have one.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy

    @cached_property
    def _names(self) -> Mapping[Kind, Mapping[str, str]]:
        return {kind: dict(name_files(self._list_codes(kind))) for kind in KINDS}

    @cached_property
    def _codes(self) -> Mapping[Kind, Mapping[str, str]]:
        return {kind: {name: code for code, name in self._names[kind].items()} for kind in KINDS}

    def _list_codes(self, kind: Kind) -> Iterable[str]:
        taxonomy = self._taxonomy
        if kind == "occupation":
            keys = {f"{o.scheme}/{o.code}" for o in taxonomy.occupations}
            for mapped in (taxonomy.profiles, taxonomy.skills):
                keys.update(
                    f"{mapping.scheme}/{mapping.code}" for owner in mapped for mapping in owner.mappings
                )
            return sorted(keys)
        by_code: Mapping[str, object] = getattr(taxonomy, f"{kind}_by_code")
        return by_code

    def list_codes(self, kind: Kind) -> Iterable[str]:
        """The codes of a kind, in the order of the records."""
        return self._names[kind]

    def name(self, kind: Kind, code: str) -> str:
        """The name of the files of an entry, without an ending. Raises KeyError for what is not there."""
        return self._names[kind][code]

    def has(self, kind: Kind, code: str) -> bool:
        """Whether there is such an entry."""
        return code in self._names[kind]

    def find(self, kind: Kind, name: str) -> str | None:
        """The code of the entry whose files have a name; None where there is none."""
        return self._codes[kind].get(name)

    def page(self, kind: Kind, code: str) -> str:
        """The path of the page of an entry, from the root of the site."""
        return f"{kind}/{self.name(kind, code)}.html"


def name_files(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each code with a name for its files: the code itself where that is safe, else its letters and a part of its hash.

    No two names are alike, in whatever letter case: a part of the hash grows until its name is nobody else's.

    >>> dict(name_files(["A.B.M3", "isco/C2654", "con"]))
    {'A.B.M3': 'A.B.M3', 'isco/C2654': 'isco-c2654-474c27cf', 'con': 'con-1143da2b'}
    """
    codes = list(codes)
    seen = Counter(code.casefold() for code in codes)
    kept = {code for code in codes if seen[code.casefold()] == 1 and _is_safe(code)}
    taken = {code.casefold() for code in kept}
    for code in codes:
        if code in kept:
            yield code, code
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", fold(code)).strip("-")[:40].rstrip("-") or "x"
        digest = sha256(code.encode("utf-8", "backslashreplace")).hexdigest()
        names = (f"{slug}-{digest[:length]}" for length in range(_DIGITS, len(digest) + 1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield code, name


def _is_safe(code: str) -> bool:
    return bool(_PLAIN.fullmatch(code)) and len(code) <= _LONGEST and not _DEVICE.match(code)
