"""The table that a data folder was imported from: its name, where it is now, and the workbook to mark."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding
from rolegraph.errors import InputError, RequestError, describe_error
from rolegraph.records.cells import Cells
from rolegraph.records.files import CELLS, TABLES
from rolegraph.records.hashes import hash_table, load_tables
from rolegraph.report.workbook.listing import write_table
from rolegraph.spreadsheet.book import DAY, MAX_ROWS, clip_text, make_empty_book

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_BYTES: Final = 256 * 2**20
"""The bytes that a workbook may take when it is unpacked; in memory it takes up to twenty times as many."""

_MAX_COLUMNS: Final = 16_384
_REMEDY: Final = "name the table with --workbook FILE"
_REFERENCE = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Source:
    """A table as a workbook to be marked; ``data`` is the file of a workbook, empty where it was a text."""

    book: Workbook
    data: bytes
    notes: tuple[str, ...] = ()


def list_tables(folders: Iterable[Path]) -> tuple[str, ...]:
    """The file names of the tables that data folders were imported from, sorted; none where they were not."""
    names: set[str] = set()
    for folder in folders:
        try:
            names.update(Cells.load(folder).list_files())
        except InputError as error:
            raise RequestError(f"{folder / CELLS} cannot be read: {error}") from None
    return tuple(sorted(names))


def find_table(
    findings: Sequence[Finding], folders: Sequence[Path], given: Path | None
) -> tuple[str, Path] | None:
    """The name by which findings know a table, and the file that it is in; None where nothing was imported.

    ``given`` is the file that the user names. Otherwise the table is looked for by its name in the current folder
    and in the data folders. Raises RequestError where it is not there, or several tables come into question.
    """
    known = list_tables(folders)
    if given is not None:
        if not given.is_file():
            raise RequestError(f"there is no file {given}; check the path of --workbook")
        if given.name in known or not known:
            return given.name, given
        if len(known) == 1:
            return known[0], given
        digest = hash_table(read_table(given))
        same = {name for folder in folders for name, found in _load_hashes(folder).items() if found == digest}
        if len(same & set(known)) == 1:
            return (same & set(known)).pop(), given
        raise RequestError(
            f"the data was imported from {', '.join(known)}, and {given.name} is none of them;"
            " give --workbook with one of these names"
        )
    named = sorted({split_cell(f.cell, known)[0] for f in findings if f.cell is not None} & set(known))
    wanted = named or known
    if not wanted:
        return None
    if len(wanted) > 1:
        raise RequestError(
            f"the findings are about several tables ({', '.join(wanted)}), and a copy is made of one; {_REMEDY}"
        )
    [name] = wanted
    for folder in (Path(), *folders):
        if (folder / name).is_file():
            return name, folder / name
    places = ", ".join(dict.fromkeys(["the current folder", *(str(folder) for folder in folders)]))
    raise RequestError(f"the table {name} that the data was imported from is not in {places}; {_REMEDY}")


def split_cell(text: str, tables: Iterable[str]) -> tuple[str, str, str]:
    """File, sheet and cell that the text of a finding's cell names; the file must be one of ``tables``.

    A row alone stands for its first cell; what is no cell of a sheet is empty.

    >>> split_cell("my roles.xlsx 'Role list'!F214", ["roles.xlsx", "my roles.xlsx"])
    ('my roles.xlsx', 'Role list', 'F214')
    >>> split_cell("roles.csv 12", ["roles.csv"]), split_cell("roles.csv XFE1", ["roles.csv"])
    (('roles.csv', '', 'A12'), ('roles.csv', '', ''))
    """
    from rolegraph.records.table.sheets import parse_column

    file = max((name for name in tables if text.startswith(f"{name} ")), key=len, default="")
    sheet, _, reference = text[len(file) :].strip().rpartition("!")
    if len(sheet) > 1 and sheet[0] == sheet[-1] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return file, sheet, ""
    letters, row = match[1].upper() or "A", int(match[2])
    known = parse_column(letters) is not None and 1 <= row <= MAX_ROWS
    return file, sheet, f"{letters}{row}" if known else ""


def read_table(path: Path) -> bytes:
    """The bytes of a table. Raises RequestError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(f"{path} cannot be read: {describe_error(error)}") from None


def check_table(name: str, path: Path, data: bytes, folders: Iterable[Path]) -> tuple[str, ...]:
    """Whether a table is as it was when it was imported; what a person should know where that is not known.

    Raises RequestError where it is another one: the cells that findings name would be those of other roles.
    """
    unknown: list[Path] = []
    for folder in folders:
        known = _load_hashes(folder).get(name)
        if known is None:
            unknown += [folder] if name in list_tables([folder]) else []
        elif known != hash_table(data):
            same = path.name == name
            what = (
                f"{name} changed since it was imported"
                if same
                else f"{path} is not {name} as it was imported"
            )
            raise RequestError(
                f"{what}, so cells may have moved; import it again (rolegraph import table {path} --map MAP"
                f" -o {folder}{'' if same else f' --as {name}'} --apply), or name the file that was imported"
                " with --workbook"
            )
    return tuple(
        f"{folder} was imported from {name} before its bytes were kept, so it is not known whether that has changed"
        " since; import it again with --apply to have that checked"
        for folder in unknown
    )


def _load_hashes(folder: Path) -> dict[str, str]:
    try:
        return load_tables(folder)
    except InputError as error:
        raise RequestError(f"{folder / TABLES} cannot be read: {error}") from None


def read_source(path: Path, data: bytes) -> Source:
    """The workbook in the bytes of a file, or one made of a table in text; they say which of the two it is.

    Raises RequestError where they cannot be read as either.
    """
    try:
        return _read_book(data) if data[:2] in (b"PK", b"\xd0\xcf") else _make_book(data, path)
    except InputError as error:
        reasons = (f"{p.message}; {p.remedy}" if p.remedy else p.message for p in error.problems)
        raise RequestError(f"{path} cannot be copied: {'; '.join(reasons)}") from None
    except RequestError as error:
        raise RequestError(f"{path} cannot be copied: {error}") from None


def _read_book(data: bytes) -> Source:
    from openpyxl import load_workbook

    from rolegraph.records.table.package import unpack

    if data[:2] != b"PK":
        raise RequestError(
            "it is protected by a password, or in the format of Excel 97 (.xls); save it as .xlsx without one"
        )
    parts = unpack("the workbook", data, MAX_BYTES)
    types = parts.get("[Content_Types].xml", b"").lower()
    if b".template" in types:
        raise RequestError("it is a template; save it as a workbook (.xlsx)")
    if b"purl.oclc.org/ooxml" in parts["xl/workbook.xml"]:
        raise RequestError(
            "it is in the Strict form of Open XML; save it as Excel Workbook (.xlsx) and try again"
        )
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            book = load_workbook(io.BytesIO(data), keep_vba=b"macroenabled" in types, rich_text=True)
        except Exception as error:  # what the library does not expect can break it in any way
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise RequestError(
                f"openpyxl cannot read it ({reason}); open it in a spreadsheet program and save it anew, or see the"
                " findings with --format html"
            ) from None
    stated = parts.get("docProps/core.xml", b"")
    for name in ("created", "modified"):
        if f":{name}".encode() not in stated:
            setattr(book.properties, name, DAY)
    lost = sum("outside the limits for dates" in str(warning.message) for warning in told)
    cells = "1 cell holds" if lost == 1 else f"{lost:,} cells hold"
    note = f"{cells} a number that is no date but has the format of one; the copy has #VALUE! there"
    return Source(book, data, (note,) if lost else ())


def _make_book(data: bytes, path: Path) -> Source:
    rows = _read_rows(data)
    widest = max(map(len, rows), default=0)
    if len(rows) > MAX_ROWS or widest > _MAX_COLUMNS:
        raise RequestError(f"its {len(rows):,} rows and {widest:,} columns are more than a sheet can hold")
    book = make_empty_book()
    write_table(book, path.stem, rows)
    cut = sum(clip_text(value) != value for row in rows for value in row)
    note = (
        f"{cut:,} {'text is' if cut == 1 else 'texts are'} cut in the copy, being longer than a cell can hold"
    )
    return Source(book, b"", (note,) if cut else ())


def _read_rows(data: bytes) -> list[list[str]]:
    """The rows of a table in text as they are written there, blank ones too: they count."""
    from rolegraph.records.table.delimited import sniff_delimiter

    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RequestError(f"it is no text in UTF-8 ({error.reason}); save it as CSV UTF-8") from None
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(text), strict=True))
    except csv.Error as error:
        raise RequestError(f"it is no sound CSV ({error}); correct it and import it again") from None
