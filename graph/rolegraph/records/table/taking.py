"""What is shared by the sheets of roles and the sheets that add to them: adding what a row says of a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rolegraph.errors import Place
from rolegraph.records.table.drafts import Drafts, FocusDraft, RoleDraft, Stated
from rolegraph.records.table.items import ItemTaker
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.reading import iterate_rows, spell_empty
from rolegraph.records.table.rows import PROFILE_FIELDS, Stater, Values
from rolegraph.records.table.schema import CRITERIA, FIGURES, PAY_FIELDS
from rolegraph.records.table.sheets import Row, Workbook

_ROLE_FIELDS: Final = (*PROFILE_FIELDS, *CRITERIA)


class RowTaker:
    """Holds what was gathered, and adds to it."""

    def __init__(
        self, workbook: Workbook, table_map: TableMap, layouts: Sequence[Layout], ledger: Ledger
    ) -> None:
        self.workbook = workbook
        self.ledger = ledger
        self.drafts = Drafts()
        self.stater = Stater(workbook, layouts, ledger)
        self.items = ItemTaker(workbook, table_map, self.drafts, ledger)
        self.broken = False
        """Whether a row of roles could not be taken."""
        self.joinable: list[tuple[dict[str, str], FocusDraft, RoleDraft]] = []
        """The texts by which other sheets find a role."""
        self.unused: list[dict[str, str]] = []
        """The texts by which other sheets would find a role that is passed over as unused."""
        self._empty = spell_empty(table_map.rules.empty)
        self._layouts = layouts
        self._first_pays: dict[tuple[int, int], str] = {}
        """For each pair of sheets that state pay of one role, the first cell of which the pay is kept."""
        self._second_pays: set[tuple[int, int]] = set()
        """The roles whose pay another sheet states again, each with the number of that sheet."""

    def iterate_rows(
        self, layout: Layout, pass_over: Callable[[int, Row], None] = lambda number, row: None
    ) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that are in use; ``pass_over`` is told the ones that are marked as unused."""
        return iterate_rows(self.workbook, layout, self._empty, self.ledger, pass_over)

    def find_place(self, values: Values, column: int) -> Place:
        """The place of a cell of a row."""
        return self.workbook.find_place(values.layout.sheet, values.number, max(column, 0))

    def state_role(self, role: RoleDraft, values: Values, owner: str) -> None:
        """Adds what a row says of a role itself: its texts, its guideline, its pay.

        The pay of a role is that of one sheet, the first that states a figure of it.
        """
        self.stater.add(role.stated, _ROLE_FIELDS, values, owner)
        if not any(name in values.texts for name in FIGURES):
            return
        if role.pay is None:
            role.pay = Stated()
            self.stater.add(role.pay, PAY_FIELDS, values, owner)
            return
        held = role.pay.values
        # A figure always has a column, so that pay has a block.
        sheet = role.pay.blocks[0][0]
        if sheet != values.layout.number:
            self._pass_over_pay(role, role.pay, values)
            return
        strange = [
            name
            for name in PAY_FIELDS
            if values.get(name) and held.get(name, values.get(name)) != values.get(name)
        ]
        if not strange:
            self.stater.add(role.pay, PAY_FIELDS, values, owner)
            return
        first = self.stater.find_place(role.pay, strange[0])
        self.ledger.note(
            "pay-differs", f"the pay of {owner} is given again with another {', '.join(strange)}; the first ({first.cell if first else 'a constant'}) is kept",
            self.find_place(values, values.columns[strange[0]]), "", "keep one row of pay for each role",
        )  # fmt: skip

    def _pass_over_pay(self, role: RoleDraft, pay: Stated, values: Values) -> None:
        """Tells once for two sheets that both state pay of the same roles; figures of both are never one record."""
        stated = {name: text for name in PAY_FIELDS if (text := values.get(name))}
        second = (id(role), values.layout.number)
        if second in self._second_pays or stated.items() <= pay.values.items():
            return
        self._second_pays.add(second)
        kept, other = self._layouts[pay.blocks[0][0]], values.layout
        pair = (kept.number, other.number)
        if pair not in self._first_pays:
            place = self.stater.find_place(pay, next(name for name in FIGURES if name in pay.values))
            self._first_pays[pair] = str(place.cell) if place is not None else ""
        first = self._first_pays[pair]
        self.ledger.tally(
            "pay-elsewhere",
            f"{other.shown} states pay of 1 role whose pay {kept.shown} states ({first}); the latter is kept whole",
            f"{other.shown} states pay of {{count}} roles whose pay {kept.shown} states (first {first}); the latter is kept whole",
            self.find_place(values, values.columns[next(name for name in FIGURES if name in values.texts)]),
            f"put the sheet whose pay is meant first in the mapping, or leave pay out of the columns of {other.shown}",
        )  # fmt: skip
