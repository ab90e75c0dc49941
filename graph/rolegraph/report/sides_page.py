"""Roles side by side as one page for a browser; it needs no network and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rolegraph.comparison import RESPONSIBILITIES, TITLE
from rolegraph.report.findings_style import STYLE
from rolegraph.report.grid import EQUAL, UNRECORDED
from rolegraph.report.layout import count
from rolegraph.report.page import write_document, write_text
from rolegraph.report.prose import split_prose

if TYPE_CHECKING:
    from rolegraph.answers import ComparedRow, Comparison

_STYLE: Final = """
.sides table { table-layout: fixed; min-width: 46rem; }
.sides thead th { vertical-align: bottom; font-size: 1rem; }
.sides thead code { display: block; color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.sides td, .sides th { overflow-wrap: anywhere; border-left: 1px solid var(--line); }
.sides tr > :first-child { border-left: 0; }
.sides .row { width: 13rem; color: var(--soft); }
.sides .section th { background: var(--head); font-weight: 600; padding-top: .6rem; }
.sides ul { margin: 0; padding-left: 1.1rem; }
.equal, .unrecorded { color: var(--soft); }
.unrecorded { font-style: italic; }
@media print { .sides table { min-width: 0; } }
"""


def write_comparison(answer: Comparison) -> str:
    """The page: a column for each role, a row for each thing that is recorded, section by section."""
    titles = " · ".join(answer.titles)
    about = (
        f"{EQUAL} marks what is the same for all. What is not recorded says so: it is unknown, not nothing."
    )
    hidden = f" {count(answer.hidden, 'equal row')} left out." if answer.hidden else ""
    return write_document(
        f"Side by side: {titles}",
        f'<h1>Side by side</h1>\n<p>{write_text(titles)}</p>\n<p class="about">{about}{hidden}</p>',
        "".join(_write_table(answer)),
        "<p>Written by <code>rolegraph compare --format html</code>. The distance tells how close two roles stand in"
        " the architecture, not whether a person qualifies.</p>",
        STYLE + _STYLE,
    )


def _write_table(answer: Comparison) -> Iterator[str]:
    if not answer.rows:
        yield '<p class="none">Nothing that is recorded tells these roles apart.</p>\n'
        return
    yield '<div class="table sides" tabindex="0" role="region" aria-label="Roles side by side"><table><thead><tr>'
    yield '<td class="row"></td>'
    for title, code in zip(answer.titles, answer.profiles, strict=True):
        yield f'<th scope="col">{write_text(title)}<code>{write_text(code)}</code></th>'
    yield "</tr></thead>\n"
    for section, rows in groupby(answer.rows, key=lambda row: row.section):
        shown = [row for row in rows if row.row != TITLE]
        if not shown:
            continue
        yield f'<tbody><tr class="section"><th scope="rowgroup" colspan="{len(answer.profiles) + 1}">'
        yield f"{write_text(section)}</th></tr>\n"
        yield from (_write_row(row) for row in shown)
        yield "</tbody>\n"
    yield "</table></div>\n"


def _write_row(row: ComparedRow) -> str:
    if row.same:
        mark = f'<span class="equal">{EQUAL}</span> '
        cells = f'<td colspan="{len(row.values)}">{mark}{_write_value(row, row.values[0])}</td>'
    else:
        cells = "".join(f"<td>{_write_value(row, value)}</td>" for value in row.values)
    return f'<tr><th scope="row" class="row">{write_text(row.row)}</th>{cells}</tr>\n'


def _write_value(row: ComparedRow, value: str | None) -> str:
    if value is None:
        return f'<span class="unrecorded">{UNRECORDED}</span>'
    if row.section == RESPONSIBILITIES:
        return _write_items(value.splitlines())
    return "".join(
        _write_items(piece.text for piece in pieces)
        if is_item
        else "<br>".join(write_text(piece.text) for piece in pieces)
        for is_item, pieces in groupby(split_prose(value), key=lambda piece: piece.is_item)
    )


def _write_items(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{write_text(text)}</li>' for text in texts)}</ul>"
