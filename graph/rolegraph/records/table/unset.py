"""The places of a mapping where a person has still to decide."""

from __future__ import annotations

from typing import Final

from rolegraph.records.document import BROKEN, Document, Path, Reading
from rolegraph.records.table.schema import FIELDS

UNSET: Final = "?"
"""Stands in a proposal where a person has to decide."""

_TEXTS: Final = ("empty", "unused", "split")
"""The keys whose values are texts of cells, of which ``?`` may be one."""


def refuse_unset(reading: Reading) -> None:
    """Refuses every ``?`` that a mapping still holds, all at once, and marks it as refused."""
    reading.document = _walk(reading, reading.document, ())


def _walk(reading: Reading, value: Document, path: Path) -> Document:
    if isinstance(value, dict):
        # Written in place: lines of the document are found by its keys.
        for key, inner in value.items():
            if key not in _TEXTS or len(path) not in (0, 2):
                value[key] = _walk(reading, inner, (*path, key))
        return value
    if isinstance(value, list):
        found = [_walk(reading, inner, path) for inner in value]
        return BROKEN if BROKEN in found else value
    if value != UNSET:
        return value
    reading.refuse(path, "value-open", *_explain(path))
    return BROKEN


def _explain(path: Path) -> tuple[str, str]:
    """What is still to be decided, and how."""
    name = path[-1]
    if path[0] == "levels":
        return (
            f"'{UNSET}' stands where a level is to be decided",
            "write a track and a rank, such as M3, or remove the line if no row in use has the text",
        )
    if name == "currency" and "constants" in path:
        return (
            f"'{UNSET}' stands where the currency is to be decided",
            "write the three capital letters of ISO 4217, such as GBP",
        )
    if "columns" in path and name in FIELDS:
        return (
            f"'{UNSET}' stands where the column of {name} is to be decided",
            f"write the header or letter of {FIELDS[name]}, or write {name} under constants",
        )
    return f"'{UNSET}' stands where a value is to be decided", "write the value, or remove the line"
