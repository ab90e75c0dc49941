"""What is stated of the pay of a role -> a record of pay."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from rolegraph.model.record import Record
from rolegraph.model.roles import Pay
from rolegraph.records.document import join_path, quote
from rolegraph.records.intake import Key
from rolegraph.records.slugs import make_slug
from rolegraph.records.table.days import is_day, parse_day
from rolegraph.records.table.drafts import Stated
from rolegraph.records.table.figures import find_currencies, parse_figure, parse_number, reads_in_two_ways
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.rows import RECORD_FIELDS
from rolegraph.records.table.schema import FIGURES, TableRules
from rolegraph.records.table.spots import CellPlaces
from rolegraph.records.table.values import parse_period

Construct = Callable[[type[Record], dict[str, Any], Key], Any]

_FIGURE_REMEDIES: Final = {
    "point": "write digits, with commas between thousands at most, such as 45000 or 45,000; "
    "where commas stand before decimals, write decimal: comma in the mapping",
    "comma": "write digits, with points between thousands and a comma before decimals at most, such as 45000 or "
    "45.000,00; the mapping says decimal: comma",
}
_DAY_REMEDY: Final = (
    "write YYYY-MM-DD, or say in the mapping what stands first: dates: day-first, or month-first"
)
_DAY_REMEDY_ORDERED: Final = "write YYYY-MM-DD; the mapping says dates: {order}"


class PayMaker:
    """Makes records of pay, each validated once; refuses amounts of another currency than that of their row."""

    def __init__(self, places: CellPlaces, ledger: Ledger, construct: Construct, rules: TableRules) -> None:
        self._places = places
        self._ledger = ledger
        self._construct = construct
        self._decimal = rules.decimal
        self._dates = rules.dates
        self._figures: dict[str, tuple[Decimal | None, tuple[str, ...]]] = {}
        self._made: dict[tuple[tuple[str, str], ...], Pay] = {}

    def make(self, pay: Stated, key: Key) -> Pay | None:
        """The pay that a row states; None where a part of it was refused."""
        values: dict[str, Any] = {}
        whole = True
        for name, text in pay.values.items():
            field = RECORD_FIELDS.get(name, name)
            value: str | Decimal | None = text
            remedy = ""
            if name in FIGURES:
                value = self._read_figure(pay, name, text)
                remedy = _FIGURE_REMEDIES[self._decimal]
            elif name == "period":
                value = parse_period(text)
                remedy = "write year, month, week or day, or a duration such as P1Y"
            elif name == "pay_region":
                value = make_slug(text)
            elif name == "pay_effective":
                value = parse_day(text, self._dates)
                if not is_day(value):
                    value = None
                    remedy = _DAY_REMEDY_ORDERED.format(order=self._dates) if self._dates else _DAY_REMEDY
            if value is None:
                whole = False
                what = "not a day" if name == "pay_effective" else "no period"
                what = "no amount" if name in FIGURES else what
                self._refuse(key, field, "value-wrong", f"{quote(text)} is {what}", remedy)
            values[field] = value
        if "currency" not in values:
            whole = False
            self._refuse(
                key, "currency", "value-wrong", "pay is given without its currency", "give the currency of the row"
            )  # fmt: skip
        elif not self._fits_currency(pay, key):
            whole = False
        if not whole:
            return None
        # Many roles of one grade are paid alike.
        same = tuple((name, str(value)) for name, value in values.items())
        made = self._made.get(same) or self._construct(Pay, values, key)
        if made is not None:
            self._made[same] = made
        return made

    def _read_figure(self, pay: Stated, name: str, text: str) -> Decimal | None:
        """The amount of a cell; numbers of a workbook are what they are, whatever the mapping says of texts."""
        number = parse_number(text)
        if number is not None:
            sheet, row, column = pay.find_spot(RECORD_FIELDS.get(name, name))
            in_two_ways = reads_in_two_ways(text)
            if self._places.holds_number(sheet, row, column, in_two_ways=in_two_ways):
                return number
        if text not in self._figures:
            self._figures[text] = (parse_figure(text, self._decimal), find_currencies(text))
        return self._figures[text][0]

    def _fits_currency(self, pay: Stated, key: Key) -> bool:
        """Whether the signs beside the amounts may mean the currency of the row; told where they do not."""
        fits = True
        currency = pay.values["currency"]
        for name, text in pay.values.items():
            meant = self._figures[text][1] if name in FIGURES and text in self._figures else ()
            if meant and currency not in meant:
                fits = False
                known = f"is in {meant[0]}" if len(meant) == 1 else f"bears the sign of {meant[0]} and others"
                self._refuse(
                    key, RECORD_FIELDS.get(name, name), "currency-differs",
                    f"{quote(text)} {known}, and the currency of the row is {currency}",
                    "correct the amount, or the currency",
                )  # fmt: skip
        return fits

    def _refuse(self, key: Key, field: str, rule: str, message: str, remedy: str) -> None:
        place = self._places.get((*key, field)) or self._places.get(key)
        self._ledger.refuse(rule, message, place, join_path((*key[1:], field)), remedy)
