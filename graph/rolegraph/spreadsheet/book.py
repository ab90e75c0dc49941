"""Sheets that are ours and the cells in them: names, formats, and texts that stay texts. Files that are alike."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767
"""The characters that a cell may hold."""

DAY: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # a property of a workbook has no time zone
"""Stands for a day that nothing states, so that the same input gives the same file."""

HEADER_FILL: Final = "FFE3E6EA"
"""The colour behind the cells of a header."""

_MAX_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPELT_OUT = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


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


def make_empty_book() -> Workbook:
    """A workbook without any sheet, which can be saved once it has one."""
    from openpyxl import Workbook

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.creator = "rolegraph"
    book.properties.created = book.properties.modified = DAY
    return book


def add_sheet(book: Workbook, wanted: str, index: int | None = None) -> Worksheet:
    """A new sheet of a name, with a number where it is taken, as the format allows it."""
    sheet: Worksheet = book.create_sheet(name_sheet(wanted, book.sheetnames), index)
    return sheet


def name_sheet(wanted: str, sheets: Iterable[str]) -> str:
    """A name for a sheet beside others, as the format allows it, with a number where it is taken.

    >>> name_sheet("Pay/year", ["Profiles", "pay_year"])
    'Pay_year 2'
    """
    base = (
        "".join(c for c in _FORBIDDEN.sub("_", wanted) if c.isprintable()).strip("'")[:_MAX_NAME] or "Sheet"
    )
    taken = {name.casefold() for name in sheets}
    name, number = base, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = base[: _MAX_NAME - len(ending)] + ending, number + 1
    return name


def make_style(sheet: Worksheet, **parts: object) -> StyleArray:
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


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: StyleArray) -> None:
    """Write a text as text whatever it begins with: it never becomes a formula, a number or an error."""
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]  # no sheet of ours has merged cells
    set_style(cell, style)
    cell.value = clip_text(show_text(text))
    cell.data_type = "s"


def save_book(book: Workbook) -> bytes:
    """The file of a workbook: the same workbook gives the same bytes, whenever it is written.

    Times stay as the properties of the workbook state them. Raises whatever the library does for a workbook that it
    read from a damaged file.
    """
    from openpyxl.xml.functions import tostring

    modified = book.properties.modified
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    # The library has put in the time of this moment.
    book.properties.modified = modified
    core = tostring(book.properties.to_tree())
    with zipfile.ZipFile(raw) as saved, zipfile.ZipFile(out, "w") as file:
        for name in sorted(set(saved.namelist()), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(entry, core if name == "docProps/core.xml" else saved.read(name))
    return out.getvalue()
