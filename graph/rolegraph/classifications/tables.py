"""Tables of releases: tab-delimited without quoting, or CSV; by the names of their columns, row by row.

A table is judged as a whole: what is wrong with its header, its encoding or its rows is told with file and line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO, Literal

from rolegraph.classifications.ledger import Tally
from rolegraph.classifications.package import Package
from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.table.sheets import clean_text

Dialect = Literal["tab", "csv"]

_ENCODING = "download it again, or convert it to UTF-8"
_NAMED = 8


class Header:
    """The columns of a table by name, and those that were asked for."""

    def __init__(self, shown: str, cells: Sequence[str]) -> None:
        self.shown = shown
        self.cells = [" ".join(cell.split()) for cell in cells]
        self.at = {cell.casefold(): position for position, cell in enumerate(self.cells)}

    def find_problems(self, required: Sequence[str]) -> Iterator[Problem]:
        """What is wrong with the header, as far as ``required`` columns go."""
        lacking = [name for name in required if name.casefold() not in self.at]
        if lacking:
            has = ", ".join(map(quote, self.cells[:_NAMED])) + (" ..." if len(self.cells) > _NAMED else "")
            verb = "are" if len(lacking) > 1 else "is"
            yield Problem(
                "table-header", f"the column {', '.join(map(quote, lacking))} {verb} not there (it has {has})",
                Place(self.shown, 1), "", "name a release of the right kind, as its publisher offers it",
            )  # fmt: skip
        if twice := sorted({cell for cell in self.cells if cell and self.cells.count(cell) > 1}):
            yield Problem(
                "table-header", f"there are two columns {', '.join(map(quote, twice))}", Place(self.shown, 1), "",
                "download it again",
            )  # fmt: skip


def read_header(package: Package, name: str, dialect: Dialect) -> Header:
    """The header of a table. Raises InputError where the table is empty or not text."""
    with package.open(name) as stream:
        for _, cells in _read_cells(stream, package.show(name), dialect):
            return Header(package.show(name), cells)
    raise InputError([_refuse_empty(package.show(name))])


def read_rows(
    package: Package,
    name: str,
    required: Sequence[str],
    tally: Tally,
    *,
    optional: Sequence[str] = (),
    dialect: Dialect = "tab",
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row: those of ``required`` and then of ``optional`` columns, "" for one not there.

    Cells are NFC, without space around them, no-break spaces and control characters; in CSV line feeds inside stay.
    Every row is counted in ``tally.rows``; a blank row, and one whose number of cells is not that of the header (fewer
    or more, apart from empty ones at its end), is skipped there with its reason, and it is up to the caller to count the
    others as taken or skipped. Raises InputError for a table that is empty, not UTF-8, or lacks a required column.
    """
    shown = package.show(name)
    with package.open(name) as stream:
        rows = _read_cells(stream, shown, dialect)
        first = next(rows, None)
        if first is None:
            raise InputError([_refuse_empty(shown)])
        header = Header(shown, first[1])
        if problems := list(header.find_problems(required)):
            raise InputError(problems)
        width = len(header.cells)
        wanted = [header.at.get(column.casefold()) for column in (*required, *optional)]
        for line, cells in rows:
            tally.rows += 1
            if len(cells) != width:
                while len(cells) > width and not cells[-1]:
                    cells.pop()
                if not any(cells):
                    tally.skip("blank row")
                    continue
                if len(cells) > width:
                    tally.skip("more cells than the header has")
                    continue
                if len(cells) < width:
                    tally.skip("fewer cells than the header has")
                    continue
            elif not any(cells):
                tally.skip("blank row")
                continue
            yield line, ["" if at is None else cells[at] for at in wanted]


def _read_cells(stream: IO[bytes], shown: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Line and cleaned cells of every row. Equal texts are one object."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = (
        csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
        if dialect == "tab"
        else csv.reader(text, strict=True)
    )
    known: dict[str, str] = {"": ""}
    line = 0
    try:
        for raw in reader:
            begins, line = line + 1, reader.line_num
            cells = []
            for cell in raw:
                found = known.get(cell)
                if found is None:
                    found = known[cell] = clean_text(cell)
                cells.append(found)
            yield begins, cells
    except UnicodeDecodeError as error:
        raise InputError(
            [
                Problem(
                    "text-encoding",
                    f"the byte 0x{error.object[error.start]:02X} is not UTF-8",
                    Place(shown, line + 1),
                    "",
                    _ENCODING,
                )
            ]
        ) from None
    except csv.Error as error:
        raise InputError(
            [
                Problem(
                    "csv-syntax",
                    f"the row cannot be read: {error}",
                    Place(shown, line + 1),
                    "",
                    "download it again",
                )
            ]
        ) from None
    finally:
        text.detach()


def _refuse_empty(shown: str) -> Problem:
    return Problem("table-empty", "the file is empty", Place(shown), "", "download it again")
