"""The sheets that are ours in a workbook: the list of findings, and a table in text. All is written as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: Final = (
    ("Severity", 11), ("Rule", 24), ("Sheet", 16), ("Cell", 9), ("Subject", 30), ("Message", 60), ("Remedy", 48),
    ("File", 34), ("Line", 8),
)  # fmt: skip
"""The columns and their widths in characters."""

FILLS: Final = {"violation": "FFF4B6B0", "warning": "FFFFE08A", "info": "FFCFE2F8", "header": "FFE3E6EA"}
"""The colours behind cells, light enough for black text."""

SEVERITIES: Final = ("violation", "warning", "info")
"""Worst first."""

_CELL: Final = 4
"""The column that names the cell, and links to it."""

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
    """Put the sheet of findings before all others: header frozen and filtered, each row linked to its cell.

    Within a severity, what is about a cell comes first: it is what the reader of the workbook can mend.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = _add_sheet(book, "Findings", 0)
    wrap = Alignment(vertical="top", wrap_text=True)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in FILLS.items()}
    bold = Font(name="Calibri", size=11, bold=True)
    underlined = Font(name="Calibri", size=11, underline="single", color="FF0B57A4")
    header = _make_style(sheet, font=bold, fill=fills["header"], alignment=wrap)
    plain, linked = _make_style(sheet, alignment=wrap), _make_style(sheet, font=underlined, alignment=wrap)
    severities = {
        name: _make_style(sheet, font=bold, fill=fills[name], alignment=wrap) for name in SEVERITIES
    }
    for column, (title, width) in enumerate(COLUMNS, 1):
        _put_text(sheet, 1, column, title, header)
        sheet.column_dimensions[get_column_letter(column)].width = width
    ordered = sorted(rows, key=lambda row: (SEVERITIES.index(row.finding.severity), not row.cell))
    for number, row in enumerate(ordered, 2):
        found = row.finding
        is_linked = bool(row.target) and number <= MAX_LINKS + 1
        _put_text(sheet, number, 1, found.severity, severities[found.severity])
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
                _put_text(sheet, number, column, text, linked if column == _CELL and is_linked else plain)
        if found.line is not None:
            set_style(sheet.cell(number, len(COLUMNS), found.line), plain)
        if is_linked:
            at = sheet.cell(number, _CELL)
            at.hyperlink = Hyperlink(ref=at.coordinate, location=row.target, display=row.cell)
    if not rows:
        _put_text(sheet, 2, 1, "No findings.", plain)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(1, len(rows)) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_table(book: Workbook, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Put a table in text after the sheets that are there; blank rows count."""
    sheet = _add_sheet(book, name)
    style = _make_style(sheet)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                _put_text(sheet, number, column, text, style)


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


def _make_style(sheet: Worksheet, **parts: object) -> StyleArray:
    """A format of cells that hold text, to be shared by many: to state it for each takes longer than to write it."""
    from openpyxl.cell.cell import Cell

    model = Cell(sheet, row=1, column=1)
    model.number_format = "@"
    for name, part in parts.items():
        setattr(model, name, part)
    return get_style(model)


def get_style(cell: Cell | MergedCell) -> StyleArray:
    """The numbers of the parts of a cell's format; it may be that of other cells, too."""
    from openpyxl.styles.cell_style import StyleArray

    style: StyleArray | None = cell._style  # type: ignore[union-attr]  # the stubs do not know it
    return StyleArray() if style is None else style


def set_style(cell: Cell | MergedCell, style: StyleArray) -> None:
    """Give a cell the format of another one as it is. To state its parts would take a hundred times as long."""
    cell._style = style  # type: ignore[union-attr]  # the stubs do not know it


def _put_text(sheet: Worksheet, row: int, column: int, text: str, style: StyleArray) -> None:
    """Write a text as text whatever it begins with: it never becomes a formula, a number or an error."""
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]  # no sheet of ours has merged cells
    set_style(cell, style)
    cell.value = clip_text(show_text(text))
    cell.data_type = "s"
