"""A table of nodes or of edges, with the header that Neo4j's bulk import reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

Value = str | int | float | bool | Decimal | tuple[str, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file, the fields of its header, and what makes its rows, anew each time.

    A field is ``name:type``, a text where no type is said; ``id:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID`` and
    ``:TYPE`` are the importer's own.
    """

    file: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
