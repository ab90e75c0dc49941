"""Tables of releases: tab-delimited without quoting, CSV, or a sheet; by the names of their columns, row by row.

A table is judged as a whole: what is wrong with its header, its encoding or its rows is told with file and line.
"""

from __future__ import annotations

import codecs
import csv
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Final, Literal

from rolegraph.classifications.ledger import Tally
from rolegraph.classifications.package import Package
from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.table.sheets import clean_text

if TYPE_CHECKING:
    from rolegraph.records.table.sheets import Sheet

Dialect = Literal["tab", "csv", "xlsx"]
Line = tuple[int, list[str]]
"""Where a row begins, and its cells."""

TITLES: Final = 40
"""How many lines of titles may stand above the header of a table that people read."""

_DIALECTS: Final[dict[str, Dialect]] = {
    "txt": "tab",
    "tsv": "tab",
    "csv": "csv",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
}
_AGAIN: Final = "download it again"
_ENCODING: Final = "download it again, or convert it to UTF-8"
_NAMED: Final = 8
_MAX_LINE: Final = 32 << 20
"""Bytes of a line, and characters of a cell; longer ones come of a file that is no table."""
_KNOWN_LENGTH: Final = 100
_LIMIT: Final = threading.Lock()


def find_dialect(name: str) -> Dialect | None:
    """What kind of table a file is by the end of its name; None where it is none."""
    return _DIALECTS.get(name.rpartition(".")[2].lower())


class Header:
    """The columns of a table by name. The name "" stands for the first column that has none."""

    def __init__(self, shown: str, cells: Sequence[str], line: int = 1) -> None:
        self.shown = shown
        self.line = line
        self.cells = [" ".join(cell.split()) for cell in cells]
        self.at: dict[str, int] = {}
        for position, cell in enumerate(self.cells):
            self.at.setdefault(cell.casefold(), position)

    def find_lacking(self, required: Sequence[str]) -> list[str]:
        """Those of the ``required`` columns that are not there; letter case makes no difference."""
        return [name for name in required if name.casefold() not in self.at]

    def find_unknown(self, known: Collection[str]) -> list[str]:
        """The columns that are there and not among the ``known`` ones."""
        names = {name.casefold() for name in known}
        return [cell for cell in self.cells if cell and cell.casefold() not in names]

    def find_problems(self, required: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Problem]:
        """What is wrong with the header: each ``required`` column that lacks, and columns that are there twice."""
        place = Place(self.shown, self.line)
        if lacking := self.find_lacking(required):
            has = ", ".join(map(quote, self.cells[:_NAMED])) + (" ..." if len(self.cells) > _NAMED else "")
            what = f"columns {_list(lacking)} are" if len(lacking) > 1 else f"column {_list(lacking)} is"
            yield Problem(
                "table-header", f"the {what} not there (it has {has})", place, "",
                "name a release of the right kind, as its publisher offers it",
            )  # fmt: skip
        folded = [cell.casefold() for cell in self.cells]
        if twice := [c for c in (*required, *optional) if c and folded.count(c.casefold()) > 1]:
            yield Problem(
                "table-header", f"there are several columns {_list(twice)}", place, "", "download it again"
            )


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows as they come, and, of a sheet, the lines with cells that have no value, by column."""

    rows: Iterator[Line]
    flaws: Collection[tuple[int, int]] = ()


def read_header(package: Package, name: str, dialect: Dialect) -> Header:
    """The header of a table. Raises InputError where the table is empty or not text."""
    for table in _open_tables(package, name, dialect, probing=True):
        for line, cells in table.rows:
            if any(cells):
                return Header(package.show(name), cells, line)
    raise InputError([_refuse_empty(package.show(name))])


def has_columns(package: Package, name: str, required: Sequence[str], *, above: int = 0) -> bool:
    """Whether a file is a table with these columns, at most ``above`` lines of titles over them."""
    dialect = find_dialect(name)
    if dialect is None:
        return False
    try:
        for table in _open_tables(package, name, dialect, probing=True):
            header = _find_header(table.rows, package.show(name), required, above)
            if header is not None and not header.find_lacking(required):
                return True
    except InputError:
        return False
    return False


def read_beginning(package: Package, name: str) -> list[str]:
    """What stands in the first rows of a table, or of each sheet of a workbook: titles, notes, where there are any.

    No text where the file is no table or cannot be read.
    """
    dialect = find_dialect(name)
    try:
        return [
            cell
            for table in (() if dialect is None else _open_tables(package, name, dialect, probing=True))
            for _, cells in islice(table.rows, TITLES)
            for cell in cells
            if cell
        ]
    except InputError:
        return []


def read_rows(
    package: Package,
    name: str,
    required: Sequence[str],
    tally: Tally,
    *,
    optional: Sequence[str] = (),
    dialect: Dialect = "tab",
    above: int = 0,
    fill: bool = False,
    see: Callable[[Header], object] | None = None,
) -> Iterator[Line]:
    """Line and cells of every row: those of ``required`` and then of ``optional`` columns, "" for one not there.

    Cells are NFC, without space around them, no-break spaces and control characters; in CSV and sheets line feeds
    inside stay. At most ``above`` lines of titles may stand over the header. Of a workbook the first sheet that has the
    required columns is read; hidden ones are not.

    Every row is counted in ``tally.rows``. A blank row is skipped there with its reason, and so is one whose number of
    cells is not that of the header (fewer, or more apart from empty ones at its end) or, in a sheet, one with an error
    in these columns. With ``fill`` a row with fewer cells is read as if empty ones followed, and marked: some publishers
    leave those out (ESCO: ``skillsHierarchy``). It is up to the caller to count the others as taken or skipped.
    ``see`` is given the header before the first row. Raises InputError for a table that is empty, not UTF-8, or lacks a
    required column.
    """
    shown = package.show(name)
    nearest: Header | None = None
    for table in _open_tables(package, name, dialect):
        header = _find_header(table.rows, shown, required, above)
        if header is None:
            continue
        problems = list(header.find_problems(required, optional))
        if not problems:
            if see is not None:
                see(header)
            wanted = [header.at.get(column.casefold()) for column in (*required, *optional)]
            yield from _take_rows(table, len(header.cells), wanted, tally, fill)
            return
        if nearest is None or len(header.find_lacking(required)) < len(nearest.find_lacking(required)):
            nearest = header
    raise InputError([_refuse_empty(shown)] if nearest is None else nearest.find_problems(required, optional))


def _take_rows(
    table: _Table, width: int, wanted: Sequence[int | None], tally: Tally, fill: bool
) -> Iterator[Line]:
    flawed = {line for line, column in table.flaws if column in wanted}
    for line, cells in table.rows:
        tally.rows += 1
        if len(cells) != width:
            while len(cells) > width and not cells[-1]:
                cells.pop()
            if fill and len(cells) < width and any(cells):
                cells += [""] * (width - len(cells))
                tally.mark("ends before the last column")
            elif len(cells) != width and any(cells):
                tally.skip(f"{'more' if len(cells) > width else 'fewer'} cells than the header has")
                continue
        if line in flawed:
            tally.skip("an error, or a formula without its value, in a cell")
        elif not any(cells):
            tally.skip("blank row")
        else:
            yield line, ["" if at is None else cells[at] for at in wanted]


def _find_header(rows: Iterator[Line], shown: str, required: Sequence[str], above: int) -> Header | None:
    """The first row that has all required columns, or else, of the rows looked at, the one that lacks fewest.

    Reads ``rows`` up to it. None where there is no row that is not blank.
    """
    nearest: Header | None = None
    for line, cells in rows:
        if any(cells):
            header = Header(shown, cells, line)
            lacking = len(header.find_lacking(required))
            if nearest is None or lacking < len(nearest.find_lacking(required)):
                nearest = header
            if not lacking:
                break
        # Blank lines that begin a file are passed over, titles or not.
        if nearest is not None and line > above:
            break
    return nearest


def _open_tables(package: Package, name: str, dialect: Dialect, *, probing: bool = False) -> Iterator[_Table]:
    """The tables of a file: one, or the sheets of a workbook."""
    shown = package.show(name)
    if dialect == "xlsx":
        yield from map(_spread_sheet, _read_sheets(package, name, probing))
        return
    with package.open(name, probing=probing) as stream:
        lines = _Lines(stream, shown)
        yield _Table(_clean(_split_tabs(lines) if dialect == "tab" else _split_csv(lines)))


def _read_sheets(package: Package, name: str, probing: bool) -> Sequence[Sheet]:
    from rolegraph.records.table.files import read_workbook
    from rolegraph.records.table.package import MAX_BYTES

    shown = package.show(name)
    if package.measure(name) > MAX_BYTES:
        problem = Problem(
            "table-size", f"the workbook has more than {MAX_BYTES >> 20} MiB", Place(shown), "",
            "save its sheet as CSV UTF-8",
        )  # fmt: skip
        raise InputError([problem])
    return read_workbook((shown, package.read(name, probing=probing))).sheets


def _spread_sheet(sheet: Sheet) -> _Table:
    """A sheet with all rows as long as the longest one."""
    width = max(map(len, sheet.rows), default=0)
    rows = ((line, [*row, *[""] * (width - len(row))]) for line, row in enumerate(sheet.rows, 1))
    return _Table(rows, sheet.flaws.keys())


class _Lines:
    """The lines of a text file with their line feeds; ``number`` is that of the last one."""

    def __init__(self, stream: IO[bytes], shown: str) -> None:
        self._stream = stream
        self.shown = shown
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for raw in iter(lambda: self._stream.readline(_MAX_LINE), b""):
            self.number += 1
            if self.number == 1 and raw.startswith(codecs.BOM_UTF8):
                raw = raw[len(codecs.BOM_UTF8) :]
                if not raw:
                    return
            if len(raw) == _MAX_LINE:
                self.refuse("table-size", f"the line has more than {_MAX_LINE >> 20} MiB", _AGAIN)
            if b"\0" in raw:
                self.refuse("table-nul", "there are NUL characters", _ENCODING)
            try:
                yield raw.decode()
            except UnicodeDecodeError as error:
                self.refuse("text-encoding", f"the byte 0x{raw[error.start]:02X} is not UTF-8", _ENCODING)

    def refuse(self, rule: str, message: str, remedy: str, line: int | None = None) -> None:
        raise InputError([Problem(rule, message, Place(self.shown, line or self.number), "", remedy)])


def _split_tabs(lines: _Lines) -> Iterator[Line]:
    for line in lines:
        yield lines.number, line.rstrip("\r\n").split("\t")


def _split_csv(lines: _Lines) -> Iterator[Line]:
    reader = csv.reader(iter(lines), strict=True)
    while True:
        begins = lines.number + 1
        try:
            row = _read_row(reader)
        except csv.Error as error:
            reason = (
                "a quote that opens here is never closed"
                if "unexpected end" in str(error) or "field larger" in str(error)
                else f"the row cannot be read: {error}"
            )
            lines.refuse("csv-syntax", reason, _AGAIN, begins)
        if row is None:
            return
        yield begins, row


def _read_row(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row; None after the last.

    How long a cell may be is a setting of the whole process, so it is another one only while a row is read.
    """
    with _LIMIT:
        usual = csv.field_size_limit(_MAX_LINE)
        try:
            return next(reader, None)
        finally:
            csv.field_size_limit(usual)


def _clean(rows: Iterable[Line], clean: Callable[[str], str] = clean_text) -> Iterator[Line]:
    """The rows with their cells cleaned. Equal short texts are one object."""
    known: dict[str, str] = {"": ""}
    for line, raw in rows:
        cells = []
        for cell in raw:
            found = known.get(cell)
            if found is None:
                found = clean(cell)
                if len(cell) <= _KNOWN_LENGTH:
                    known[cell] = found
            cells.append(found)
        yield line, cells


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quote, names))


def _refuse_empty(shown: str) -> Problem:
    return Problem("table-empty", "the file is empty", Place(shown), "", _AGAIN)
