"""What a table is before it has a form."""

from __future__ import annotations

Cell = str | int | float | None
Rows = tuple[tuple[str, ...], list[tuple[Cell, ...]]]
"""A header and the rows below it."""
