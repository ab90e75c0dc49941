"""The rows of a sheet that are in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.sheets import FORMULA, Row, Workbook, fold_name


def iterate_rows(
    workbook: Workbook,
    layout: Layout,
    empty: frozenset[str],
    ledger: Ledger,
    pass_over: Callable[[int, Row], None] = lambda number, row: None,
) -> Iterator[tuple[int, Row]]:
    """The rows of data that are in use, with their numbers, all as wide as the sheet.

    Blank rows are passed over. So are rows that the mapping marks as unused, each of which ``pass_over`` is told,
    and exact repetitions; both are counted. A text that means nothing stated is empty; merged cells and those to be filled have their text in
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
            ledger.tally(
                "rows-unused", f"1 row of {layout.shown} is marked as unused and passed over",
                f"{{count}} rows of {layout.shown} are marked as unused and passed over",
                workbook.find_place(sheet, number, 0), "nothing, if they are not to be imported",
            )  # fmt: skip
            pass_over(number, _empty_cells(row, empty))
            continue
        for column, reason in flaws.get(number, ()):
            _refuse_flaw(workbook.find_place(sheet, number, column), reason, ledger)
        if number in flaws:
            layout.broken = True
            continue
        if seen.setdefault(row, number) != number:
            layout.passed += 1
            ledger.tally(
                "row-repeated", f"1 row of {layout.shown} repeats another one exactly and is passed over",
                f"{{count}} rows of {layout.shown} repeat another one exactly and are passed over", workbook.find_place(sheet, number, 0), "remove them if they say nothing",
            )  # fmt: skip
            continue
        yield number, _empty_cells(row, empty)


def _empty_cells(row: Row, empty: frozenset[str]) -> Row:
    if empty and not empty.isdisjoint(row):
        return tuple("" if cell in empty else cell for cell in row)
    return row


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
    used.update(each.column for each in layout.matrix)
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
