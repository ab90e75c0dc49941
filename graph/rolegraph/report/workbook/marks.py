"""The cells that findings are about: found in the workbook, filled by the worst, and commented with all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding
from rolegraph.report.workbook.listing import FILLS, MAX_TEXT, Row, clip_text, show_text
from rolegraph.report.workbook.sources import split_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR: Final = "rolegraph"
_ORDER = ("violation", "warning", "info")
_WIDE: Final = 52
"""The characters in one line of a comment's box."""


class Marker:
    """Gathers the findings by the cells of a workbook; ``table`` is the name by which findings know it."""

    def __init__(self, book: Workbook, table: str, tables: Sequence[str]) -> None:
        self._sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        self._table = table
        self._tables = tables
        self._cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        self._missing: Counter[str] = Counter()

    def place(self, finding: Finding) -> Row:
        """The row of a finding; its cell, where the workbook has it, is kept to be marked."""
        from openpyxl.utils import quote_sheetname

        if finding.cell is None:
            return Row(finding)
        file, name, cell = split_cell(finding.cell, self._tables)
        if file != self._table or not cell:
            return Row(finding, f"{file} {name}".strip(), cell)
        sheet = self._find_sheet(name)
        if sheet is None:
            self._missing[name] += 1
            return Row(finding, name, cell)
        self._cells[sheet.title.casefold(), _find_shown(sheet, cell)].append(finding)
        return Row(finding, sheet.title, cell, f"{quote_sheetname(sheet.title)}!{cell}")

    def mark(self) -> None:
        """Fill the cells and put the messages in comments."""
        from openpyxl.styles import PatternFill

        fills = {name: PatternFill("solid", fgColor=colour) for name, colour in FILLS.items()}
        for (sheet, reference), findings in self._cells.items():
            findings.sort(key=lambda finding: _ORDER.index(finding.severity))
            cell = _get_cell(self._sheets[sheet], reference)
            cell.fill = fills[findings[0].severity]
            _add_comment(cell, _write_message(findings))

    def tell_missing(self) -> list[str]:
        """What is said of findings whose sheet the workbook does not have."""
        return [
            f"the workbook has no sheet {sheet!r}: {number:,} {'finding is' if number == 1 else 'findings are'}"
            " listed without a mark; is it the workbook that was imported?"
            for sheet, number in self._missing.items()
        ]

    def _find_sheet(self, name: str) -> Worksheet | None:
        """The sheet of a name, whatever its letter case; with no name, the only one."""
        if not name:
            return next(iter(self._sheets.values())) if len(self._sheets) == 1 else None
        return self._sheets.get(name.casefold())


def _find_shown(sheet: Worksheet, reference: str) -> str:
    """The cell that shows a cell: of a merged range only the first is seen."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.utils.cell import coordinate_to_tuple

    if isinstance(sheet._cells.get(coordinate_to_tuple(reference)), MergedCell):
        for area in sheet.merged_cells.ranges:
            if reference in area:
                return sheet.cell(area.min_row, area.min_col).coordinate
    return reference


def _get_cell(sheet: Worksheet, reference: str) -> Cell:
    """The cell; one that was not there yet looks as its row or else its column says."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(reference)
    is_new = (row, column) not in sheet._cells
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]  # the first of merged cells is one, too
    if is_new:
        lines = [sheet.row_dimensions[row]] if row in sheet.row_dimensions else []
        columns = (d for d in sheet.column_dimensions.values() if (d.min or 0) <= column <= (d.max or 0))
        like = next((line for line in (*lines, *columns) if line.has_style), None)
        if like is not None:
            for name in ("font", "border", "alignment", "number_format", "protection"):
                setattr(cell, name, copy(getattr(like, name)))
    return cell


def _add_comment(cell: Cell, text: str) -> None:
    """Put a comment at a cell; where it has one, the text comes below it."""
    from openpyxl.comments import Comment

    there = cell.comment
    whole = clip_text(f"{there.text}\n\n{text}" if there else text)
    lines = sum(1 + len(line) // _WIDE for line in whole.split("\n"))
    author = (there.author if there else None) or AUTHOR
    cell.comment = Comment(whole, author, height=18 * min(max(lines, 4), 25), width=360)


def _write_message(findings: Sequence[Finding]) -> str:
    """What the comment at a cell says: every finding in short, worst first."""
    parts = []
    for finding in findings:
        remedy = f"\n-> {finding.remedy}" if finding.remedy else ""
        parts.append(
            f"{finding.severity}: {finding.message}{remedy}\n[{finding.rule}] {finding.subject}".rstrip()
        )
    return clip_text(show_text("\n\n".join(dict.fromkeys(parts))), MAX_TEXT - 2_000)
