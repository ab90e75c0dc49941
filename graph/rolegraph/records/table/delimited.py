"""CSV and TSV files -> a sheet of texts."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.table.sheets import Row, Sheet, Workbook, clean_text

DELIMITERS: Final = (",", ";", "\t", "|")

_UTF8_REMEDY: Final = "save the file as UTF-8 (in Excel: CSV UTF-8)"


def read_delimited(file: str, data: bytes, delimiter: str | None = None) -> Workbook:
    """The one sheet of a text file, read by the strict rules of quoting.

    UTF-8 with or without a byte order mark and UTF-16 with one are read. Raises InputError where the text cannot
    be decoded, holds NUL characters, or has a quote that is not closed, each with its line.
    """
    text = _decode(file, data)
    if (at := text.find("\0")) >= 0:
        raise InputError(
            [
                Problem(
                    "table-nul",
                    "the file holds NUL characters",
                    Place(file, _count_line(text, at)),
                    "",
                    _UTF8_REMEDY,
                )
            ]
        )
    rows = _read_rows(file, text, delimiter or sniff_delimiter(text))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise InputError(
            [Problem("table-empty", "the file holds no cell", Place(file), "", "check the export")]
        )
    return Workbook(file, (Sheet("", tuple(rows), even=True),))


def sniff_delimiter(text: str) -> str:
    """What stands between the cells of the first line that has any of the usual marks outside quotes.

    The most frequent one counts, of equally frequent ones the first of comma, semicolon, tab, bar.

    >>> sniff_delimiter('\\n"a, b";c;d\\n1,2;3;4'), sniff_delimiter("alone")
    (';', ',')
    """
    for line in io.StringIO(text):
        outside = "".join(line.split('"')[::2])
        counts = [outside.count(mark) for mark in DELIMITERS]
        if any(counts):
            return DELIMITERS[counts.index(max(counts))]
    return ","


def _decode(file: str, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(
        codecs.BOM_UTF32_LE
    ):
        encoding, name = "utf-16", "UTF-16"
    else:
        encoding, name = "utf-8-sig", "UTF-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise InputError(
            [
                Problem(
                    "text-encoding",
                    f"the byte 0x{data[error.start]:02X} is not {name}",
                    Place(file, _count_line(before, len(before))),
                    "",
                    _UTF8_REMEDY,
                )
            ]
        ) from None


def _count_line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _read_rows(file: str, text: str, delimiter: str) -> list[Row]:
    """The rows, all cells cleaned. Equal texts are one object, so that large sheets stay small."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cleaned: dict[str, str] = {}
    rows: list[Row] = []
    begins = 1
    try:
        for raw in reader:
            begins = reader.line_num + 1
            cells = []
            for cell in raw:
                found = cleaned.get(cell)
                if found is None:
                    found = cleaned[cell] = clean_text(cell)
                cells.append(found)
            rows.append(tuple(cells) if any(cells) else ())
    except csv.Error as error:
        raise InputError([_refuse_syntax(file, str(error), begins, delimiter)]) from None
    return rows


def _refuse_syntax(file: str, reason: str, line: int, delimiter: str) -> Problem:
    place = Place(file, line)
    if "unexpected end" in reason or "field larger" in reason:
        return Problem(
            "csv-quote", "a quote that opens in this row is never closed", place, "",
            "close it, or write a quote inside a cell twice",
        )  # fmt: skip
    if "expected after" in reason:
        shown = "a tab" if delimiter == "\t" else quote(delimiter)
        return Problem(
            "csv-quote", f"something other than {shown} follows a closing quote", place, "",
            "write a quote inside a cell twice",
        )  # fmt: skip
    return Problem("csv-syntax", f"the row cannot be read: {reason}", place, "", "correct the row")
