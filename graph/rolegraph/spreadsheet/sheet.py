"""Rows as a sheet: header frozen and filtered, numbers as numbers, texts as texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.display import measure_width
from rolegraph.spreadsheet.book import HEADER_FILL, add_sheet, clip_text, make_style, set_style, show_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as BookCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | None

_NARROWEST: Final = 8
_WIDEST: Final = 60
"""The columns' widths in characters; longer texts are wrapped."""

_MARGIN: Final = 2
_BUTTON: Final = 3
"""The room, in characters, of a header's filter."""


def write_sheet(
    book: Workbook,
    name: str,
    header: Sequence[str],
    body: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    count: int,
) -> None:
    """Add a sheet to a streamed workbook; ``count`` is the number of rows below the header.

    A text is stored as text whatever it begins with, so that nothing in it is ever run as a formula; characters that
    cannot be seen are shown as escapes, and a text that is longer than a cell can hold ends in an ellipsis.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = add_sheet(book, name)
    wrap = Alignment(vertical="top", wrap_text=True)
    bold = Font(name="Calibri", size=11, bold=True)
    titled = make_style(sheet, font=bold, fill=PatternFill("solid", fgColor=HEADER_FILL), alignment=wrap)
    text = make_style(sheet, alignment=wrap)
    number = make_style(sheet, number_format="General", alignment=Alignment(vertical="top"))
    last = get_column_letter(len(header))
    # A sheet that is written row by row wants all that stands before its rows first.
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{count + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.append([_make_cell(sheet, title, titled, titled) for title in header])
    for row in body:
        sheet.append([_make_cell(sheet, value, text, number) for value in row])


def measure_columns(header: Sequence[str], body: Sequence[Sequence[Cell]]) -> list[int]:
    """The width of every column: that of its widest line, within reason."""
    widths = []
    for column, title in enumerate(header):
        values = {row[column] for row in body} - {None}
        widest = max((_measure(str(value)) for value in values), default=0)
        widths.append(max(_NARROWEST, min(_WIDEST, max(widest, _measure(title) + _BUTTON) + _MARGIN)))
    return widths


def _measure(text: str) -> int:
    return max(map(measure_width, text.split("\n")))


def _make_cell(sheet: Worksheet, value: Cell, text: StyleArray, number: StyleArray) -> BookCell | None:
    from openpyxl.cell import WriteOnlyCell

    # An empty cell has no format that could be seen.
    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell: BookCell = WriteOnlyCell(sheet, clip_text(show_text(value)))
        cell.data_type = "s"
        set_style(cell, text)
    else:
        cell = WriteOnlyCell(sheet, value)
        set_style(cell, number)
    return cell
