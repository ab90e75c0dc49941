"""The cells that findings are about: found in the workbook, filled by the worst, and commented with all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding
from rolegraph.report.workbook.listing import FILLS, SEVERITIES, Row
from rolegraph.report.workbook.sources import split_cell
from rolegraph.spreadsheet.book import MAX_TEXT, clip_text, get_style, set_style, show_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR: Final = "rolegraph"
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
        self._covers: dict[str, dict[tuple[int, int], str]] = {}

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
        self._cells[sheet.title.casefold(), self._find_shown(sheet, cell)].append(finding)
        return Row(finding, sheet.title, cell, f"{quote_sheetname(sheet.title)}!{cell}")

    def mark(self) -> None:
        """Fill the cells of violations and warnings, and put the messages in comments.

        What is merely absent (an info) is not wrong in the workbook: it is told at a cell that has more, and marks
        none by itself.
        """
        painter = _Painter()
        for (sheet, reference), findings in self._cells.items():
            findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
            if findings[0].severity == "info":
                continue
            cell = _get_cell(self._sheets[sheet], reference)
            painter.fill(cell, findings[0].severity)
            _add_comment(cell, _write_message(findings))

    def tell_missing(self) -> list[str]:
        """What is said of findings whose sheet the workbook does not have."""
        return [
            f"the workbook has no sheet {sheet!r}: {number:,} {'finding is' if number == 1 else 'findings are'}"
            " listed without a mark; is it the workbook that was imported?"
            for sheet, number in self._missing.items()
        ]

    def _find_shown(self, sheet: Worksheet, reference: str) -> str:
        """The cell that shows a cell: of a merged range only the first is seen."""
        from openpyxl.utils.cell import coordinate_to_tuple

        covers = self._covers.get(sheet.title)
        if covers is None:
            covers = self._covers[sheet.title] = {
                cell: area.start_cell.coordinate
                for area in sheet.merged_cells.ranges
                for row in area.rows
                for cell in row
            }
        return covers.get(coordinate_to_tuple(reference), reference) if covers else reference

    def _find_sheet(self, name: str) -> Worksheet | None:
        """The sheet of a name, whatever its letter case; with no name, the only one."""
        if not name:
            return next(iter(self._sheets.values())) if len(self._sheets) == 1 else None
        return self._sheets.get(name.casefold())


class _Painter:
    """Fills cells; each combination of a format and a colour is made once."""

    def __init__(self) -> None:
        self._styles: dict[tuple[tuple[int, ...], str], StyleArray] = {}

    def fill(self, cell: Cell, severity: str) -> None:
        from openpyxl.styles import PatternFill

        key = (tuple(get_style(cell)), severity)
        style = self._styles.get(key)
        if style is None:
            # The format may be that of many cells, and what is set is set in place.
            set_style(cell, copy(get_style(cell)))
            cell.fill = PatternFill("solid", fgColor=FILLS[severity])
            self._styles[key] = get_style(cell)
        else:
            set_style(cell, style)


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
