"""XLSX workbooks -> sheets of texts: numbers, days and formulas by the values that the program saved."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from xml.etree import ElementTree

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.table.figures import reads_in_two_ways
from rolegraph.records.table.package import pack, unpack
from rolegraph.records.table.sheets import Merge, Row, Sheet, Workbook, clean_text, fold_name
from rolegraph.records.table.sheetxml import Findings, find_zero_styles, measure, scan

MAX_CELLS: Final = 20_000_000
"""The most cells that a sheet may span; one stray cell in its far corner would claim thousands of millions."""

_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REMEDY: Final = "open it in a spreadsheet program and save it anew as .xlsx"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def read_xlsx(file: str, data: bytes, wanted: Collection[str] | None = None) -> Workbook:
    """The sheets of a workbook: those named (in any letter case), or all that are not hidden.

    Raises InputError where it is no workbook, is damaged, protected, or larger than is read.
    """
    parts = unpack(file, data)
    try:
        entries = _list_sheets(parts)
        styles = find_zero_styles(parts.get("xl/styles.xml"))
    except ElementTree.ParseError as error:
        raise InputError([_refuse(file, f"its XML cannot be read: {error}")]) from None
    names = None if wanted is None else {fold_name(name) for name in wanted}
    # A name that no sheet has may be meant for the only one; what is wanted is then settled with the mapping.
    chosen = [e for e in entries if (not e.hidden if names is None else fold_name(e.name) in names)]
    if not chosen and names is not None:
        chosen = [e for e in entries if not e.hidden]
    sheets = _read_sheets(file, parts, chosen, styles)
    return Workbook(file, tuple(sheets), tuple(e.name for e in entries if e not in chosen))


def _refuse(file: str, reason: str) -> Problem:
    return Problem("workbook-damaged", f"the workbook is damaged: {reason}", Place(file), "", _REMEDY)


def _list_sheets(parts: Mapping[str, bytes]) -> list[_Entry]:
    """The sheets that hold cells, in the order of the workbook."""
    book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314  # document types are refused before
    relations = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))  # noqa: S314
    targets = {}
    for relation in relations:
        target = relation.get("Target", "")
        if relation.get("Type", "").endswith("/worksheet"):
            targets[relation.get("Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
    found = []
    for node in book.iter():
        if node.tag.rpartition("}")[2] == "sheet":
            part = targets.get(node.get(_RELATIONS) or node.get(_RELATIONS_STRICT))
            if part is not None:
                hidden = node.get("state", "visible") != "visible"
                found.append(_Entry(node.get("name", ""), part, hidden))
    return found


def _read_sheets(
    file: str, parts: Mapping[str, bytes], entries: list[_Entry], styles: Mapping[int, int]
) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    problems = []
    for entry in entries:
        rows, columns = measure(parts.get(entry.part, b""))
        if rows * columns > MAX_CELLS:
            problems.append(
                Problem(
                    "sheet-size", f"the sheet {quote(entry.name)} spans {rows} rows and {columns} columns",
                    Place(file), "", "delete what stands far outside the table",
                )
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    show = _Shower()
    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(pack(parts)))
        for entry in entries:
            found = scan(parts.get(entry.part, b""), styles)
            cells = book.get_sheet_by_name(entry.name)
            rows_read, fractions = show.show_rows(cells.to_python(skip_empty_area=False))
            _add_zeros(rows_read, found)
            last = max((row for row, _ in found.flaws), default=0)
            while len(rows_read) > last and not rows_read[-1]:
                rows_read.pop()
            rows_read += [()] * (last - len(rows_read))
            merges = tuple(
                Merge(top + 1, left, bottom + 1, right)
                for (top, left), (bottom, right) in sorted(cells.merged_cell_ranges or ())
            )
            sheets.append(Sheet(entry.name, tuple(rows_read), merges, found.flaws, fractions=fractions))
    except CalamineError as error:
        raise InputError([_refuse(file, str(error))]) from None
    except BaseException as error:
        # The library of values is not written in Python; its panics are no Exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError([_refuse(file, "its cells cannot be read")]) from None
    return sheets


class _Shower:
    """Writes values as texts. Equal ones are one object, so that large sheets stay small."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {"": ""}
        self._numbers: dict[float, str] = {}
        self._two_ways: set[str] = set()

    def show_rows(self, rows: list[list[Any]]) -> tuple[list[Row], frozenset[tuple[int, int]]]:
        """The rows of a sheet, and the cells with numbers of which the text could be read in two ways."""
        fractions: list[tuple[int, int]] = []
        return [self._show_row(n, row, fractions) for n, row in enumerate(rows, 1)], frozenset(fractions)

    def _show_row(self, number: int, values: list[Any], fractions: list[tuple[int, int]]) -> Row:
        """The cells of a row up to its last filled one."""
        texts, numbers = self._texts, self._numbers
        cells: list[str] = []
        last = 0
        for value in values:
            kind = type(value)
            if kind is str:
                text = texts.get(value)
                if text is None:
                    text = texts[value] = clean_text(value)
            elif kind is float or kind is int:
                text = numbers.get(value)
                if text is None:
                    text = numbers[value] = show_number(value)
                    if reads_in_two_ways(text):
                        self._two_ways.add(text)
                if text in self._two_ways:
                    fractions.append((number, len(cells)))
            else:
                text = show_value(value)
            cells.append(text)
            if text:
                last = len(cells)
        return tuple(cells[:last])


def show_number(value: float) -> str:
    """A number with 15 significant digits, as spreadsheet programs show it, never with an exponent.

    Whole numbers keep all their digits.

    >>> show_number(1010.0), show_number(0.1 + 0.2), show_number(61600.00000000001), show_number(1e-7)
    ('1010', '0.3', '61600', '0.0000001')
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def show_value(value: Any) -> str:
    """A value that is neither text nor number: ``true``, ``2025-01-02``, ``2025-01-02T03:04:05``.

    >>> show_value(True), show_value(datetime(2025, 1, 2)), show_value(time(3, 4)), show_value(timedelta(hours=30))
    ('true', '2025-01-02', '03:04:00', '30:00:00')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return clean_text(str(value))


def _add_zeros(rows: list[Row], found: Findings) -> None:
    """Gives whole numbers the leading zeros with which the sheet shows them."""
    changed: dict[int, list[str]] = {}
    for (row, column), width in found.digits.items():
        if row <= len(rows) and column < len(rows[row - 1]) and rows[row - 1][column].isdigit():
            changed.setdefault(row, list(rows[row - 1]))[column] = rows[row - 1][column].zfill(width)
    for row, cells in changed.items():
        rows[row - 1] = tuple(cells)
