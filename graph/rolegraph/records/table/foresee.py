"""What of the cells of a sheet will be refused as it is, told with the proposal of a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from rolegraph.records.document import quote
from rolegraph.records.table.days import Order, guess_order, is_day, is_day_in_digits, parse_day
from rolegraph.records.table.figures import Mark, find_currencies, parse_figure, reads_in_two_ways
from rolegraph.records.table.guesses import EMPTY
from rolegraph.records.table.schema import FIGURES
from rolegraph.records.table.sheets import FORMULA
from rolegraph.records.table.sketch import Sketch

_FLAWS: Final = {FORMULA: "holds a formula that was saved without its value"}


class _Refusal(NamedTuple):
    """A cell that will be refused."""

    row: int
    column: int
    text: str
    reason: str


def guess_decimal(sketches: list[Sketch]) -> Mark | None:
    """``comma`` where amounts are written with decimal commas, and none with decimal points; None otherwise."""
    comma = False
    for _, _, text in _list_figures(sketches):
        point = parse_figure(text)
        if point is None and parse_figure(text, "comma") is not None:
            comma = True
        elif point is not None and parse_figure(text, "comma") is None:
            return None
    return "comma" if comma else None


def guess_dates(sketches: list[Sketch]) -> tuple[Order | None, bool]:
    """What stands first in days in digits, as far as the cells tell, and whether there are such days."""
    texts = [
        text for sketch in sketches for text in sketch.list_texts("pay_effective") if is_day_in_digits(text)
    ]
    orders = {order for text in texts if (order := guess_order(text)) is not None}
    if not orders and texts and all("." in text for text in texts):
        # Points between the parts go with the day first wherever they are used.
        orders.add("day-first")
    return (orders.pop() if len(orders) == 1 else None), bool(texts)


def foresee_refusals(sketch: Sketch, decimal: Mark | None, order: Order | None) -> Iterator[str]:
    """What will be refused in the columns that are proposed: each kind once, with its first cell and their number."""
    used = _list_used(sketch)
    flaws = [
        _Refusal(row, column, "", _FLAWS.get(reason, f"shows the error {quote(reason)}"))
        for (row, column), reason in sorted(sketch.sheet.flaws.items())
        if row > sketch.header[-1] and column in used
    ]
    figures = [
        _Refusal(row, column, text, "is no amount that can be read")
        for row, column, text in _list_figures([sketch])
        if parse_figure(text, decimal or "point") is None
    ]
    currencies = {row: text for row, _, text in _list_spots(sketch, "currency")}
    signs = [
        _Refusal(row, column, text, "bears the sign of another currency than its row")
        for row, column, text in _list_figures([sketch])
        if row in currencies and (meant := find_currencies(text)) and currencies[row] not in meant
    ]
    days = [
        _Refusal(row, column, text, "is no day that can be read")
        for row, column, text in _list_spots(sketch, "pay_effective")
        if not (is_day(parse_day(text, order)) or (order is None and is_day_in_digits(text)))
    ]
    yield from _tell([*flaws, *figures, *signs, *days], sketch)


def _list_used(sketch: Sketch) -> set[int]:
    return {column for columns in sketch.columns.values() for column in columns} | set(sketch.matrix)


def _list_spots(sketch: Sketch, name: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the filled cells of a field."""
    for column in sketch.columns.get(name, ()):
        for row, text in enumerate(sketch.list_cells(column), sketch.header[-1] + 1):
            if text and text.casefold() not in EMPTY and (row, column) not in sketch.sheet.flaws:
                yield row, column, text


def _list_figures(sketches: list[Sketch]) -> Iterator[tuple[int, int, str]]:
    """The cells of amounts that are texts, as far as a workbook tells them from numbers."""
    for sketch in sketches:
        for name in FIGURES:
            for row, column, text in _list_spots(sketch, name):
                number = (row, column) in sketch.sheet.fractions or (
                    not sketch.sheet.even and not reads_in_two_ways(text) and _is_plain(text)
                )
                if not number:
                    yield row, column, text


def _is_plain(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdigit()


def _tell(found: list[_Refusal], sketch: Sketch) -> Iterator[str]:
    """One line for the cells of a kind."""
    for reason in dict.fromkeys(each.reason for each in found):
        alike = [each for each in found if each.reason == reason]
        first = alike[0]
        shown = f"{quote(first.text)} in " if first.text else ""
        more = f", and {len(alike) - 1} more like it" if len(alike) > 1 else ""
        yield f"{shown}{sketch.sheet.name_cell(first.row, first.column)} {reason}{more}: this will be refused"
