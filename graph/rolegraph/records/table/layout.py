"""Where the columns of a mapping stand in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rolegraph.records.document import quote
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.matrix import MatrixColumn, name_skills
from rolegraph.records.table.schema import Columns, Matrix, SheetMap
from rolegraph.records.table.sheets import Sheet, Workbook, fold_name, name_column, parse_column
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
    file: str = ""
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    matrix: tuple[MatrixColumn, ...] = ()
    unused: dict[int, frozenset[str]] = field(default_factory=dict)
    rows: int = 0
    passed: int = 0
    broken: bool = False
    """Whether a row could not be taken, so that what other sheets say of it finds no partner."""

    def get_constant(self, name: str) -> str:
        """What the mapping says for every row; empty where it says nothing."""
        return getattr(self.rules.constants, name, None) or ""

    @property
    def shown(self) -> str:
        """How the sheet is called in messages: by its name, or by that of its file."""
        return quote(self.sheet.name) if self.sheet.name else self.file


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
        layout = Layout(len(layouts), sheet, rules, first, width, workbook.file)
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

    >>> from rolegraph.records.table.sheets import Merge
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
        if rules.matrix is not None:
            self._layout.matrix = self._find_matrix(rules.matrix)

    def _find_matrix(self, matrix: Matrix) -> tuple[MatrixColumn, ...]:
        """The columns of a matrix; those without header and cells are passed over."""
        at = (*self._path, "matrix")
        if matrix.columns:
            columns = [c for text in matrix.columns for c in self._find(text, (*at, "columns"), "columns")]
        else:
            first = self._find(str(matrix.first), (*at, "from"), "from")
            last = self._find(str(matrix.last), (*at, "to"), "to")
            columns = list(range(first[0], last[0] + 1)) if first and last else []
            if first and last and not columns:
                self._ledger.refuse(
                    "matrix-columns", f"{quote(str(matrix.last))} stands before {quote(str(matrix.first))}",
                    self._map.find_place(*at), "matrix", "write the first one under from, the last one under to",
                )  # fmt: skip
        taken = {column for columns in self._layout.columns.values() for column in columns}
        rows = self._layout.sheet.rows
        named = []
        for column in columns:
            if column in taken:
                self._ledger.refuse(
                    "matrix-columns", f"column {name_column(column)} of {self._shown} is a field and a skill of the matrix",
                    self._map.find_place(*at), "matrix", "leave it out of one of both; matrix: columns: [...] names skills one by one",
                )  # fmt: skip
            elif column < len(self._headers) and self._headers[column]:
                named.append(column)
            elif any(column < len(row) and row[column] for row in rows[self._layout.first - 1 :]):
                self._ledger.refuse(
                    "matrix-columns", f"column {name_column(column)} of {self._shown} has cells and no header, so that its skill has no name",
                    self._map.find_place(*at), "matrix", "give it a header, or name the columns one by one",
                )  # fmt: skip
        lowest = [" ".join(cell.split()) for cell in (rows[self._layout.first - 2] if named else ())]
        names = name_skills(self._headers, lowest, named)
        folded = [fold_name(name) for name in names]
        for index, name in enumerate(folded):
            if folded.index(name) < index:
                self._ledger.refuse(
                    "header-twice", f"two columns of the matrix in {self._shown} are headed {quote(names[index])}",
                    self._map.find_place(*at), "matrix", "give each skill one column",
                )  # fmt: skip
        return tuple(
            MatrixColumn(column, name, self._layout.first - 1)
            for column, name in zip(named, names, strict=True)
        )

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
