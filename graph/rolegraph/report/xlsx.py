"""Rows as a workbook of one sheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rolegraph.errors import RequestError
from rolegraph.spreadsheet.book import MAX_ROWS
from rolegraph.spreadsheet.sheet import BookWriter

if TYPE_CHECKING:
    from rolegraph.report.rows import Rows


def to_xlsx(rows: Rows) -> bytes:
    """Rows as an XLSX file of one sheet; the same rows give the same bytes.

    Cells are as :func:`rolegraph.spreadsheet.sheet.BookWriter` says. Raises RequestError for more rows than a sheet
    can hold.
    """
    header, body = rows
    if len(body) >= MAX_ROWS:
        raise RequestError(
            f"{len(body):,} rows are more than a sheet can hold ({MAX_ROWS - 1:,} below its header);"
            " ask for less, or for --format csv"
        )
    out = io.BytesIO()
    book = BookWriter(out)
    book.add_sheets("Answer", header, body)
    book.close()
    return out.getvalue()
