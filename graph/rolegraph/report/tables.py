"""Answers as rows: for CSV that opens cleanly in a spreadsheet, and for Markdown tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from rolegraph.report.data_rows import DATA_ROWS
from rolegraph.report.markdown import write_cell, write_table
from rolegraph.report.role_rows import ROLE_ROWS
from rolegraph.report.rows import Cell, Rows

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def to_rows(answer: Any) -> Rows:
    """The header and rows of an answer. Raises TypeError for what has no table form."""
    build = DATA_ROWS.get(type(answer)) or ROLE_ROWS.get(type(answer))
    if build is None:
        raise TypeError(f"{type(answer).__name__} has no table form")
    return build(answer)


def to_csv(rows: Rows) -> str:
    """Rows as CSV (RFC 4180 quoting, one line feed per row).

    A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return)
    gets a leading apostrophe.
    """
    header, body = rows
    return "".join(
        map(
            _csv_line,
            [
                header,
                *([neutralise(cell) if isinstance(cell, str) else cell for cell in row] for row in body),
            ],
        )
    )


def _csv_line(cells: Iterable[Cell]) -> str:
    # The csv module quotes a carriage return only where its own line ends hold one.
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def to_markdown(rows: Rows) -> str:
    """Rows as a Markdown table."""
    header, body = rows
    cells = ([write_cell("" if cell is None else str(cell)) for cell in row] for row in body)
    return write_table(list(map(write_cell, header)), cells) + "\n"


def neutralise(text: str) -> str:
    """The text, with a leading apostrophe where a spreadsheet would take it for a formula."""
    if text[:1] not in {"=", "+", "-", "@", "\t", "\r"} or _NUMBER.fullmatch(text):
        return text
    return "'" + text
