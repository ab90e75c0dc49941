"""Where the columns of a mapping stand in a sheet, and the rows that are in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.schema import Columns, SheetMap
from rolegraph.records.table.sheets import FORMULA, Row, Sheet, Workbook, fold_name, name_column, parse_column
from rolegraph.records.table.values import find_like

_SEARCHED = 20
"""Rows in which a header is looked for that is not where the mapping says."""


@dataclass(slots=True)
class Layout:
    """A sheet with its rules: ``columns`` of each field (from 0), the first row of data, and what was counted."""

    number: int
    sheet: Sheet
    rules: SheetMap
    first: int
    width: int
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unused: dict[int, frozenset[str]] = field(default_factory=dict)
    rows: int = 0
    passed: int = 0
    broken: bool = False
    """Whether a row could not be taken, so that what other sheets say of it finds no partner."""

    def get_constant(self, name: str) -> str:
        """What the mapping says for every row; empty where it says nothing."""
        return getattr(self.rules.constants, name, None) or ""


def lay_out(workbook: Workbook, table_map: TableMap, ledger: Ledger) -> list[Layout]:
    """The sheets of the mapping in its order, those with roles first; what is missing is a problem."""
    layouts: list[Layout] = []
    for rules in sorted(table_map.rules.sheets, key=lambda sheet: bool(sheet.join)):
        sheet = _find_sheet(workbook, table_map, rules, ledger)
        if sheet is None:
            continue
        first = int(rules.header[-1]) + 1
        headers = read_headers(sheet, [int(row) for row in rules.header])
        width = max((len(row) for row in sheet.rows), default=0)
        layout = Layout(len(layouts), sheet, rules, first, width)
        finder = _ColumnFinder(workbook, table_map, layout, headers, ledger)
        finder.find_all()
        layouts.append(layout)
    return layouts


def _find_sheet(workbook: Workbook, table_map: TableMap, rules: SheetMap, ledger: Ledger) -> Sheet | None:
    for sheet in workbook.sheets:
        if fold_name(sheet.name) == fold_name(rules.name):
            return sheet
    if len(workbook.sheets) == 1 and len(table_map.rules.sheets) == 1 and len(workbook.unread) == 0:
        return workbook.sheets[0]
    names = [sheet.name for sheet in workbook.sheets] + list(workbook.unread)
    closest = find_like(rules.name, [name for name in names if name])
    remedy = (
        f"did you mean {quote(closest)}?" if closest else f"the sheets are {', '.join(map(quote, names))}"
    )
    if workbook.sheets[0].name == "":
        remedy = "a text file has one sheet; name one in the mapping, or save the workbook as .xlsx"
    ledger.refuse(
        "sheet-missing", f"{workbook.file} has no sheet {quote(rules.name)}", table_map.find_place("sheets", rules.name),
        "", remedy,
    )  # fmt: skip
    return None


def read_headers(sheet: Sheet, rows: Sequence[int]) -> list[str]:
    """The header of each column, from one or more rows, texts of merged cells in every column that they span.

    >>> from rolegraph.records.table.cells import Merge
    >>> sheet = Sheet("", (("Role", "Pay", ""), ("", "low", "median")), (Merge(1, 1, 1, 2),))
    >>> read_headers(sheet, [1, 2])
    ['Role', 'Pay low', 'Pay median']
    """
    if rows[0] == 0:
        return []
    taken = [list(sheet.rows[row - 1]) if row <= len(sheet.rows) else [] for row in rows]
    width = max(len(row) for row in taken)
    for merge in sheet.merges:
        for row in rows:
            if merge.top <= row <= merge.bottom:
                width = max(width, min(merge.right + 1, max((len(r) for r in sheet.rows), default=0)))
    taken = [row + [""] * (width - len(row)) for row in taken]
    for merge in sheet.merges:
        if merge.top in rows and merge.left < width:
            text = taken[rows.index(merge.top)][merge.left]
            for row in rows:
                if merge.top <= row <= merge.bottom:
                    for column in range(merge.left, min(merge.right + 1, width)):
                        taken[rows.index(row)][column] = text
    headers = []
    for column in range(width):
        texts = [" ".join(row[column].split()) for row in taken]
        headers.append(" ".join(t for i, t in enumerate(texts) if t and (i == 0 or t != texts[i - 1])))
    return headers


class _ColumnFinder:
    """Finds the columns of one sheet."""

    def __init__(
        self, workbook: Workbook, table_map: TableMap, layout: Layout, headers: list[str], ledger: Ledger
    ) -> None:
        self._workbook = workbook
        self._map = table_map
        self._layout = layout
        self._headers = headers
        self._ledger = ledger
        self._by_text: dict[str, list[int]] = {}
        for column, header in enumerate(headers):
            if header:
                self._by_text.setdefault(fold_name(header), []).append(column)

    def find_all(self) -> None:
        rules = self._layout.rules
        for name in Columns.model_fields:
            wanted: tuple[str, ...] = getattr(rules.columns, name)
            found = [self._find(text, (*self._path, "columns", name), name) for text in wanted]
            columns = [column for each in found for column in each]
            if columns and len(set(columns)) == len(columns):
                self._layout.columns[name] = tuple(columns)
        for unused in rules.unused:
            for column in self._find(unused.column, (*self._path, "unused", unused.column), ""):
                self._layout.unused[column] = frozenset(fold_name(value) for value in unused.values)

    @property
    def _path(self) -> tuple[str, str]:
        return ("sheets", self._layout.rules.name)

    def _find(self, text: str, path: tuple[str, ...], name: str) -> list[int]:
        columns = self._by_text.get(fold_name(text), [])
        if len(columns) == 1:
            return columns
        place = self._map.find_place(*path)
        if columns:
            letters = ", ".join(map(name_column, columns))
            self._ledger.refuse(
                "header-twice", f"the columns {letters} of {self._shown} are all headed {quote(text)}", place,
                name, "write the letter of the one that is meant",
            )  # fmt: skip
            return []
        letter = parse_column(text)
        if letter is not None and letter < max(self._layout.width, len(self._headers)):
            return [letter]
        self._ledger.refuse(
            "column-missing", f"{self._shown} has no column {quote(text)} in row {' and '.join(self._layout.rules.header)}",
            place, name, self._hint(text),
        )  # fmt: skip
        return []

    @property
    def _shown(self) -> str:
        name = self._layout.sheet.name
        return f"the sheet {quote(name)}" if name else self._workbook.file

    def _hint(self, text: str) -> str:
        folded = fold_name(text)
        for number, row in enumerate(self._layout.sheet.rows[:_SEARCHED], 1):
            if any(fold_name(cell) == folded for cell in row):
                return f"row {number} has it: write header: {number}"
        closest = find_like(text, [header for header in self._headers if header])
        return f"did you mean {quote(closest)}?" if closest else "correct the header in the mapping"


def iterate_rows(
    workbook: Workbook, layout: Layout, empty: frozenset[str], ledger: Ledger
) -> Iterator[tuple[int, Row]]:
    """The rows of data that are in use, with their numbers, all as wide as the sheet.

    Blank rows are passed over. So are rows that the mapping marks as unused and exact repetitions, which are
    counted. A text that means nothing stated is empty; merged cells and those to be filled have their text in
    every row. A used cell without a value and a row that is longer than its header are problems.
    """
    sheet = layout.sheet
    fill = [column for name in layout.rules.fill_down for column in layout.columns.get(name, ())]
    merged = _spread_merges(layout)
    header_width = (
        len(sheet.rows[layout.first - 2]) if layout.first > 1 and len(sheet.rows) >= layout.first - 1 else 0
    )
    flaws = _sort_flaws(layout)
    last: dict[int, str] = {}
    seen: dict[Row, int] = {}
    for number, cells in enumerate(sheet.rows[layout.first - 1 :], layout.first):
        if not cells and number not in merged and number not in flaws:
            continue
        layout.rows += 1
        row = cells if len(cells) == layout.width else cells + ("",) * (layout.width - len(cells))
        if sheet.even and header_width and any(row[header_width:]):
            _refuse_long(workbook, layout, number, row, header_width, ledger)
            continue
        if number in merged or fill:
            row = _fill(row, merged.get(number, {}), fill, last, empty)
        if layout.unused and any(
            fold_name(row[column]) in values for column, values in layout.unused.items()
        ):
            layout.passed += 1
            continue
        for column, reason in flaws.get(number, ()):
            _refuse_flaw(workbook.find_place(sheet, number, column), reason, ledger)
        if number in flaws:
            layout.broken = True
            continue
        if seen.setdefault(row, number) != number:
            layout.passed += 1
            ledger.tally(
                "row-repeated", f"{{count}} rows of {quote(sheet.name) if sheet.name else workbook.file} repeat another one exactly and are passed over",
                workbook.find_place(sheet, number, 0), "remove them if they say nothing",
            )  # fmt: skip
            continue
        if empty and not empty.isdisjoint(row):
            row = tuple("" if cell in empty else cell for cell in row)
        yield number, row


def spell_empty(texts: Sequence[str]) -> frozenset[str]:
    """The texts that mean nothing stated, in the usual letter cases.

    >>> sorted(spell_empty(["n/a"]))
    ['N/A', 'N/a', 'n/a']
    """
    return frozenset(
        form for text in texts for form in (text, text.lower(), text.upper(), text.capitalize(), text.title())
    )


def _fill(
    row: Row, merged: dict[int, str], fill: list[int], last: dict[int, str], empty: frozenset[str]
) -> Row:
    cells = list(row)
    for column, text in merged.items():
        if not cells[column]:
            cells[column] = text
    for column in fill:
        if cells[column] and cells[column] not in empty:
            last[column] = cells[column]
        elif not cells[column]:
            cells[column] = last.get(column, "")
    return tuple(cells)


def _spread_merges(layout: Layout) -> dict[int, dict[int, str]]:
    """The texts of merged cells of the data, by row and column, for the rows below their first one."""
    found: dict[int, dict[int, str]] = {}
    rows = layout.sheet.rows
    filled_to: dict[int, int] = {}
    for merge in layout.sheet.merges:
        if merge.bottom < layout.first or merge.top < layout.first or merge.top > len(rows):
            continue
        anchor = rows[merge.top - 1]
        text = anchor[merge.left] if merge.left < len(anchor) else ""
        start = max(merge.top, filled_to.get(merge.left, 0)) + 1
        # Ranges of a sound sheet do not overlap; of others each row is filled once.
        filled_to[merge.left] = max(filled_to.get(merge.left, 0), merge.bottom)
        if text:
            for row in range(start, min(merge.bottom, len(rows)) + 1):
                found.setdefault(row, {})[merge.left] = text
    return found


def _sort_flaws(layout: Layout) -> dict[int, list[tuple[int, str]]]:
    """The cells without a value in columns that are used, by row."""
    used = {column for columns in layout.columns.values() for column in columns}
    found: dict[int, list[tuple[int, str]]] = {}
    for (row, column), reason in sorted(layout.sheet.flaws.items()):
        if column in used and row >= layout.first:
            found.setdefault(row, []).append((column, reason))
    return found


def _refuse_flaw(place: Place, reason: str, ledger: Ledger) -> None:
    if reason == FORMULA:
        ledger.refuse(
            "cell-formula", "the formula was saved without its value", place, "",
            "open the workbook in a spreadsheet program and save it, or write the value",
        )  # fmt: skip
    else:
        ledger.refuse(
            "cell-error",
            f"the cell shows the error {quote(reason)}",
            place,
            "",
            "correct its formula, or write the value",
        )


def _refuse_long(
    workbook: Workbook, layout: Layout, number: int, row: Row, width: int, ledger: Ledger
) -> None:
    column = next(c for c in range(width, len(row)) if row[c])
    ledger.refuse(
        "row-long", f"the row has {len(row) - next(i for i, c in enumerate(reversed(row)) if c)} cells, its header {width}",
        workbook.find_place(layout.sheet, number, column), "", "put quotes around a cell that holds the delimiter",
    )  # fmt: skip
