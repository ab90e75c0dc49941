"""The sheets that are ours in a workbook: the list of findings, and a table in text. All is written as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding
from rolegraph.spreadsheet.book import HEADER_FILL, add_sheet, make_style, put_text, set_style

if TYPE_CHECKING:
    from openpyxl import Workbook

COLUMNS: Final = (
    ("Severity", 11), ("Rule", 24), ("Sheet", 16), ("Cell", 9), ("Subject", 30), ("Message", 60), ("Remedy", 48),
    ("File", 34), ("Line", 8),
)  # fmt: skip
"""The columns and their widths in characters."""

FILLS: Final = {"violation": "FFF4B6B0", "warning": "FFFFE08A", "info": "FFCFE2F8", "header": HEADER_FILL}
"""The colours behind cells, light enough for black text."""

SEVERITIES: Final = ("violation", "warning", "info")
"""Worst first."""

_CELL: Final = 4
"""The column that names the cell, and links to it."""

MAX_LINKS: Final = 65_000
"""Excel takes somewhat more than this many links in a sheet, and repairs a workbook that has too many."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with the sheet and the cell of the workbook that it is about, and the place to link to."""

    finding: Finding
    sheet: str = ""
    cell: str = ""
    target: str = ""
    """``'Roles'!F214``; empty where the workbook has no such cell."""


def write_listing(book: Workbook, rows: Sequence[Row]) -> None:
    """Put the sheet of findings before all others: header frozen and filtered, each row linked to its cell.

    Within a severity, what is about a cell comes first: it is what the reader of the workbook can mend.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = add_sheet(book, "Findings", 0)
    wrap = Alignment(vertical="top", wrap_text=True)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in FILLS.items()}
    bold = Font(name="Calibri", size=11, bold=True)
    underlined = Font(name="Calibri", size=11, underline="single", color="FF0B57A4")
    header = make_style(sheet, font=bold, fill=fills["header"], alignment=wrap)
    plain, linked = make_style(sheet, alignment=wrap), make_style(sheet, font=underlined, alignment=wrap)
    severities = {name: make_style(sheet, font=bold, fill=fills[name], alignment=wrap) for name in SEVERITIES}
    for column, (title, width) in enumerate(COLUMNS, 1):
        put_text(sheet, 1, column, title, header)
        sheet.column_dimensions[get_column_letter(column)].width = width
    ordered = sorted(rows, key=lambda row: (SEVERITIES.index(row.finding.severity), not row.cell))
    for number, row in enumerate(ordered, 2):
        found = row.finding
        is_linked = bool(row.target) and number <= MAX_LINKS + 1
        put_text(sheet, number, 1, found.severity, severities[found.severity])
        texts = (
            found.rule,
            row.sheet,
            row.cell,
            found.subject,
            found.message,
            found.remedy,
            found.file or "",
        )
        for column, text in enumerate(texts, 2):
            # An empty cell has no format that could be seen.
            if text:
                put_text(sheet, number, column, text, linked if column == _CELL and is_linked else plain)
        if found.line is not None:
            set_style(sheet.cell(number, len(COLUMNS), found.line), plain)
        if is_linked:
            at = sheet.cell(number, _CELL)
            at.hyperlink = Hyperlink(ref=at.coordinate, location=row.target, display=row.cell)
    if not rows:
        put_text(sheet, 2, 1, "No findings.", plain)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(1, len(rows)) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_table(book: Workbook, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Put a table in text after the sheets that are there; blank rows count."""
    sheet = add_sheet(book, name)
    style = make_style(sheet)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                put_text(sheet, number, column, text, style)
