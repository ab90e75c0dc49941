"""The sheets that are ours in a workbook: the list of findings, and a table in text. All is written as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: Final = (
    ("Severity", 11), ("Rule", 24), ("Sheet", 16), ("Cell", 9), ("Subject", 30), ("Message", 60), ("Remedy", 48),
    ("File", 34), ("Line", 8),
)  # fmt: skip
"""The columns and their widths in characters."""

FILLS: Final = {"violation": "FFF4B6B0", "warning": "FFFFE08A", "info": "FFCFE2F8", "header": "FFE3E6EA"}
"""The colours behind cells, light enough for black text."""

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767
"""The characters that a cell may hold."""

MAX_LINKS: Final = 65_000
"""Excel takes somewhat more than this many links in a sheet, and repairs a workbook that has too many."""

_MAX_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPELT_OUT = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with the sheet and the cell of the workbook that it is about, and the place to link to."""

    finding: Finding
    sheet: str = ""
    cell: str = ""
    target: str = ""
    """``'Roles'!F214``; empty where the workbook has no such cell."""


def clip_text(text: str, limit: int = MAX_TEXT) -> str:
    """The text, cut with an ellipsis where it is longer than a cell can hold (counted as Excel counts, in UTF-16)."""
    if len(text) * 2 <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return text if len(units) <= limit * 2 else units[: (limit - 1) * 2].decode("utf-16-le", "ignore") + "…"


def show_text(text: str) -> str:
    """A text as a workbook can hold it: what cannot be seen is shown as an escape, what Excel reads as one is not.

    >>> print(show_text("a\\x07b _x0041_"))
    a\\x07b _x005F_x0041_
    """
    shown = _UNSEEN.sub(lambda match: ascii(match[0])[1:-1], text.replace("\r\n", "\n"))
    return _SPELT_OUT.sub("_x005F_", shown)


def write_listing(book: Workbook, rows: Sequence[Row]) -> None:
    """Put the sheet of findings before all others: header frozen and filtered, each row linked to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = _add_sheet(book, "Findings", 0)
    wrap = Alignment(vertical="top", wrap_text=True)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in FILLS.items()}
    bold = Font(name="Calibri", size=11, bold=True)
    link = Font(name="Calibri", size=11, underline="single", color="FF0B57A4")
    for column, (title, width) in enumerate(COLUMNS, 1):
        cell = _put_text(sheet, 1, column, title)
        cell.font, cell.fill, cell.alignment = bold, fills["header"], wrap
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 2):
        found = row.finding
        texts = (found.severity, found.rule, row.sheet, row.cell, found.subject, found.message, found.remedy)
        for column, text in enumerate((*texts, found.file or ""), 1):
            _put_text(sheet, number, column, text).alignment = wrap
        sheet.cell(number, len(COLUMNS), found.line).alignment = wrap
        sheet.cell(number, 1).font, sheet.cell(number, 1).fill = bold, fills[found.severity]
        if row.target and number <= MAX_LINKS + 1:
            at = sheet.cell(number, 4)
            at.hyperlink = Hyperlink(ref=at.coordinate, location=row.target, display=row.cell)
            at.font = link
    if not rows:
        _put_text(sheet, 2, 1, "No findings.")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(1, len(rows)) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_table(book: Workbook, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Put a table in text after the sheets that are there; blank rows count."""
    sheet = _add_sheet(book, name)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                _put_text(sheet, number, column, text)


def _add_sheet(book: Workbook, wanted: str, index: int | None = None) -> Worksheet:
    """A new sheet of a name, with a number where it is taken, as the format allows it."""
    base = (
        "".join(c for c in _FORBIDDEN.sub("_", wanted) if c.isprintable()).strip("'")[:_MAX_NAME] or "Sheet"
    )
    taken = {name.casefold() for name in book.sheetnames}
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = base[: _MAX_NAME - len(ending)] + ending, number + 1
    sheet: Worksheet = book.create_sheet(name, index)
    return sheet


def _put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as text whatever it begins with: it never becomes a formula, a number or an error."""
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]  # no sheet of ours has merged cells
    cell.number_format = "@"
    if text:
        cell.value = clip_text(show_text(text))
        cell.data_type = "s"
    return cell
