"""O*NET: how important an element is to an occupation (scale IM, 1 to 5), and at which level (LV, 0 to 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rolegraph.classifications.ledger import Tally
from rolegraph.classifications.onet_tables import (
    NO_ID,
    NULL,
    REPEATED,
    Source,
    Table,
    is_element,
    is_yes,
    key_element,
)
from rolegraph.releases.rows import Link, Row


@dataclass(frozen=True, slots=True)
class _Scale:
    name: str
    at: int
    lowest: float
    highest: float


_SCALES: Final = {"IM": _Scale("importance", 0, 1, 5), "LV": _Scale("level", 1, 0, 7)}
_SCALE_ID: Final = re.compile(r"[A-Z0-9]{1,4}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(slots=True)
class _Rating:
    """What the rows of one occupation and element say so far; None where no row of the scale was met."""

    values: list[str | None]
    suppressed: list[bool]
    irrelevant: bool = False

    def make_link(self, occupation: str, element: str) -> Link:
        flags = [
            *(f"{scale.name}-suppressed" for scale in _SCALES.values() if self.suppressed[scale.at]),
            *(["not-relevant"] if self.irrelevant else []),
        ]
        figures = tuple(value or "" for value in self.values)
        return Link(occupation, "rating", key_element(element), figures, tuple(flags))


def read(source: Source, tables: Iterable[Table]) -> Iterator[Row]:
    """The ratings of every table, one link for each occupation and element; elements that are new."""
    rated: dict[str, str] = {}
    for table in tables:
        yield from _read_table(source, table, rated)


def _read_table(source: Source, table: Table, rated: dict[str, str]) -> Iterator[Row]:
    """``rated`` is the table that rates each element, so that no two rate the same."""
    tally, rows = source.open_occupational(table)
    # The rows of both scales follow each other in the releases that are known; nothing says that they must.
    found: dict[tuple[str, str], _Rating] = {}
    for code, element, scale_id, value, name, suppress, relevant in rows:
        scale = _SCALES.get(scale_id)
        if scale is None:
            known = _SCALE_ID.fullmatch(scale_id)
            tally.skip(f"scale {scale_id} is not used" if known else "there is no scale")
            continue
        if value in (NULL, "") and scale.name == "level" and relevant.upper() == "Y":
            value = ""  # It is said that no level is needed, and none is stated.
        elif reason := _find_flaw(scale, value):
            tally.skip(reason)
            continue
        if not is_element(element):
            tally.skip(NO_ID)
            continue
        if element not in source.elements and not name:
            tally.skip("the element is in no reference and has no name")
            continue
        if rated.setdefault(element, table.name) != table.name:
            tally.skip("the element is rated in another table")
            continue
        rating = found.get((code, element))
        if rating is None:
            rating = found[code, element] = _Rating([None, None], [False, False])
        elif rating.values[scale.at] is not None:
            tally.skip(REPEATED if rating.values[scale.at] == value else "repeated with another value")
            continue
        yield from source.name_element(element, name)
        rating.values[scale.at] = value
        _note_flags(rating, scale, suppress, relevant, tally)
        tally.taken += 1
    for (code, element), rating in found.items():
        yield rating.make_link(source.key(code), element)


def _find_flaw(scale: _Scale, value: str) -> str | None:
    """Why a value cannot be used, if so."""
    if value in (NULL, ""):
        return "no value is stated"
    if not _NUMBER.fullmatch(value):
        return "the value is not a number"
    if not scale.lowest <= float(value) <= scale.highest:
        return f"the {scale.name} is not within {scale.lowest:g} to {scale.highest:g}"
    return None


def _note_flags(rating: _Rating, scale: _Scale, suppress: str, relevant: str, tally: Tally) -> None:
    if is_yes(suppress, tally):
        rating.suppressed[scale.at] = True
        tally.mark("suppressed")
    # Only of a level is it asked whether the element matters at all.
    if is_yes(relevant, tally) and scale.name == "level":
        rating.irrelevant = True
        tally.mark("not relevant")
