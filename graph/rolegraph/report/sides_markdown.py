"""Roles side by side as a Markdown document: a table for each section, the roles by title over its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rolegraph.comparison import LISTED, RESPONSIBILITIES, SHARED, TITLE
from rolegraph.report.grid import EQUAL, UNRECORDED
from rolegraph.report.layout import count
from rolegraph.report.markdown import (
    escape,
    join_blocks,
    write_cell,
    write_code,
    write_heading,
    write_paragraph,
    write_table,
)
from rolegraph.report.sides import SKILLS_APART, list_held, list_notes

if TYPE_CHECKING:
    from rolegraph.answers import ComparedRow, Comparison


def write_comparison(answer: Comparison) -> str:
    """The roles in columns; what is the same for all stands once, behind the mark that says so."""
    return join_blocks(_list_blocks(answer))


def _list_blocks(answer: Comparison) -> Iterator[str]:
    yield write_heading(1, f"Side by side: {' · '.join(answer.titles)}")
    if answer.rows:
        differing = sum(not row.same for row in answer.rows)
        yield f"{differing} of {count(len(answer.rows) + answer.hidden, 'row')} differ."
    header = [
        "",
        *(
            f"{escape(title)}<br>{write_code(code)}"
            for title, code in zip(answer.titles, answer.profiles, strict=True)
        ),
    ]
    for section, group in groupby(answer.rows, key=lambda row: row.section):
        rows = [row for row in group if row.row != TITLE]
        if not rows:
            continue
        yield write_heading(2, section)
        if section == SHARED:
            equal = [row for row in rows if row.same]
            yield _list_shared(equal)
            rows = [row for row in rows if not row.same]
        if rows:
            yield write_table(header, _list_rows(section, rows))
    yield from map(write_paragraph, list_notes(answer))


def _list_shared(rows: Sequence[ComparedRow]) -> str:
    names = "; ".join(escape(row.row + (row.values[0] or "").removeprefix("yes")) for row in rows)
    return f"{EQUAL} {names}" if names else ""


def _list_rows(section: str, rows: Sequence[ComparedRow]) -> Iterator[list[str]]:
    if section in SKILLS_APART:
        yield ["", *(_write_value(value, listed=True) for value in list_held(rows))]
        return
    for row in rows:
        cells = [_write_value(value, listed=section in LISTED) for value in row.values]
        if row.same:
            cells = [f"{EQUAL} {cells[0]}", *[EQUAL] * (len(cells) - 1)]
        yield ["" if section == RESPONSIBILITIES else escape(row.row), *cells]


def _write_value(value: str | None, *, listed: bool) -> str:
    return f"*{UNRECORDED}*" if value is None else write_cell(value, listed=listed)
