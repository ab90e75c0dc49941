"""A spreadsheet as sheets of texts with coordinates, whatever kind of file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.files import describe_error, escape_unseen

Source: TypeAlias = Path | tuple[str, bytes]
"""A file, or its name and its bytes."""

Row: TypeAlias = tuple[str, ...]

MAX_BYTES: Final = 512 * 1024 * 1024
"""Larger files, and workbooks that unpack to more, are refused."""

_ODD = re.compile(r"[^ -~]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Joiners (U+200C, U+200D) and marks of direction change what is read, and stay.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells; rows are counted from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet as texts.

    ``rows[0]`` is row 1; blank rows are there as empty tuples, so that rows are counted as a spreadsheet does.
    ``flaws`` are the cells (row, column) that have no value, with the reason: an error such as ``#N/A``, or
    ``FORMULA`` where a formula was saved without its value. ``even`` says that every row should be as long as
    the header, as in a text file, where a longer one has come apart.
    """

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)
    even: bool = False

    def name_cell(self, row: int, column: int) -> str:
        """The cell as a spreadsheet names it: ``Roles!F214``, ``'Key skills'!F214``; ``F214`` in a text file.

        >>> Sheet("Key skills", ()).name_cell(214, 5), Sheet("", ()).name_cell(2, 26)
        ("'Key skills'!F214", 'AA2')
        """
        cell = f"{name_column(column)}{row}"
        if not self.name:
            return cell
        if _PLAIN_NAME.fullmatch(self.name):
            return f"{self.name}!{cell}"
        return "'" + escape_unseen(self.name).replace("'", "''") + f"'!{cell}"


FORMULA: Final = "formula"
"""The flaw of a formula that was saved without its value."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file: its name without folder, its sheets, and the names of those that were not read."""

    file: str
    sheets: tuple[Sheet, ...]
    unread: tuple[str, ...] = ()

    def find_place(self, sheet: Sheet, row: int, column: int) -> Place:
        """The place of a cell; ``row`` is counted from 1, ``column`` from 0."""
        return Place(self.file, row, sheet.name_cell(row, column))


def name_column(column: int) -> str:
    """The letters of a column that is counted from 0.

    >>> [name_column(c) for c in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parse_column(letters: str) -> int | None:
    """The column, counted from 0, that one to three letters name; None for other texts.

    >>> parse_column("AA"), parse_column("a"), parse_column("Job")
    (26, 0, None)
    """
    if not re.fullmatch(r"[A-Za-z]{1,2}|[A-Xa-x][A-Za-z]{2}", letters) or (
        len(letters) == 3 and letters.upper() > "XFD"
    ):
        return None
    if len(letters) == 3 and not letters.isupper():
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def clean_text(raw: str) -> str:
    """A text as records hold it: trimmed, NFC, with plain blanks and line feeds and nothing that cannot be seen.

    >>> clean_text(" Pay\\u00a0band\\u200b\\r\\n- one\\u2028- two ")
    'Pay band\\n- one\\n- two'
    """
    if not _ODD.search(raw):
        return raw.strip(" ")
    text = _LINE_ENDS.sub("\n", raw)
    text = _UNSEEN.sub("", _BLANKS.sub(" ", text))
    return unicodedata.normalize("NFC", text).strip()


def read_workbook(
    source: Source, *, delimiter: str | None = None, sheets: Collection[str] | None = None
) -> Workbook:
    """The sheets of a CSV, TSV or XLSX file; which of them it is, its content says.

    ``delimiter`` stands between the cells of a text file; without it the header line tells. ``sheets`` are the
    names (in any letter case) of the sheets to read; without it all that are not hidden are read. Raises
    InputError with every problem: no such file, another kind of file, damage, an encoding that is not Unicode.
    """
    file, data = _get_bytes(source)
    if not data:
        raise InputError([Problem("table-empty", "the file is empty", Place(file), "", "check the export")])
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError([_refuse_old(file, data)])
    if data[:2] == b"PK" or file.lower().endswith((".xlsx", ".xlsm")):
        from rolegraph.records.table.xlsx import read_xlsx

        return read_xlsx(file, data, sheets)
    from rolegraph.records.table.delimited import read_delimited

    return read_delimited(file, data, delimiter)


def _get_bytes(source: Source) -> tuple[str, bytes]:
    if isinstance(source, tuple):
        return source
    file = escape_unseen(source.name)
    try:
        if not source.exists():
            raise InputError(
                [Problem("file-missing", "there is no such file", Place(file), "", "check the path")]
            )
        if not source.is_file():
            raise InputError(
                [Problem("file-wrong", "this is no file", Place(file), "", "name a CSV, TSV or XLSX file")]
            )
        if source.stat().st_size > MAX_BYTES:
            raise InputError(
                [
                    Problem(
                        "table-size",
                        f"the file has more than {MAX_BYTES // 2**20} MiB",
                        Place(file),
                        "",
                        "split it",
                    )
                ]
            )
        return file, source.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {describe_error(error)}"
        raise InputError([Problem("file-unreadable", reason, Place(file), "", "check its rights")]) from None


def _refuse_old(file: str, data: bytes) -> Problem:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Problem(
            "workbook-encrypted",
            "the workbook is protected by a password",
            Place(file),
            "",
            "save it without one",
        )
    return Problem(
        "workbook-old",
        "this is an Excel 97-2003 workbook (.xls)",
        Place(file),
        "",
        "save it as .xlsx or CSV UTF-8",
    )
