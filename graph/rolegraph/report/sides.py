"""Roles side by side as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from click import style

from rolegraph.comparison import HERE, LISTED, RESPONSIBILITIES, SHARED, SOME, TITLE, UNSURE
from rolegraph.report.grid import EQUAL, Grid
from rolegraph.report.layout import count, muted, wrap

if TYPE_CHECKING:
    from rolegraph.answers import ComparedRow, Comparison

SKILLS_APART = frozenset({SOME, HERE, UNSURE})
"""Sections whose skills stand as lists under the roles that hold them, not in rows."""
_NOTE = f"{EQUAL} marks what is the same for all. The distance tells how close two roles stand, not who qualifies."


def describe_comparison(answer: Comparison) -> str:
    """The roles in columns, section by section; what is the same for all stands once."""
    grid = Grid(len(answer.profiles))
    lines = grid.head(answer.titles, answer.profiles)
    for section, group in groupby(answer.rows, key=lambda row: row.section):
        rows = [row for row in group if row.row != TITLE]
        if rows:
            lines += ["", style(section, bold=True), *_lay_section(grid, section, rows)]
    lines += ["", *(muted(line) for note in list_notes(answer) for line in wrap(note, grid.width))]
    return "\n".join(lines) + "\n"


def list_notes(answer: Comparison) -> list[str]:
    """What is to be known to read a comparison."""
    if not answer.rows:
        return ["Nothing that is recorded tells these roles apart."]
    hidden = f"{count(answer.hidden, 'row')} without a difference {_be(answer.hidden)} left out."
    return [_NOTE, *([hidden] if answer.hidden else [])]


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _lay_section(grid: Grid, section: str, rows: Sequence[ComparedRow]) -> Iterator[str]:
    if section == SHARED:
        equal = [row for row in rows if row.same]
        if equal:
            # In a list, not in cells: what is the same for all needs no columns.
            listed = "; ".join(row.row + (row.values[0] or "").removeprefix("yes") for row in equal)
            yield from wrap(f"{EQUAL} {listed}", grid.width, "  ")
        rows = [row for row in rows if not row.same]
    if section in SKILLS_APART:
        yield from grid.lay("", list_held(rows), listed=True)
        return
    tall = False
    for row in rows:
        label = "" if section == RESPONSIBILITIES else row.row
        lines = grid.lay(label, row.values, same=row.same, listed=section in LISTED)
        # Prose needs a line between one row and the next; what fits into a line does not.
        if tall or (len(lines) > 1 and grid.beside and row is not rows[0]):
            yield ""
        tall = len(lines) > 1 and grid.beside
        yield from lines


def list_held(rows: Sequence[ComparedRow]) -> list[str | None]:
    """For each profile the skills that it holds of some rows, a line each; None where its skills are not recorded."""
    held: list[str | None] = []
    for values in zip(*(row.values for row in rows), strict=True):
        if None in values:
            held.append(None)
            continue
        names = (
            row.row + value.removeprefix("yes")
            for row, value in zip(rows, values, strict=True)
            if value is not None and value != "no"
        )
        held.append("\n".join(names) or "none of these")
    return held
