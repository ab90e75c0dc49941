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

    def iterate_rows(
        self, layout: Layout, pass_over: Callable[[int, Row], None] = lambda number, row: None
    ) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that are in use; ``pass_over`` is told the ones that are marked as unused."""
        return iterate_rows(self.workbook, layout, self._empty, self.ledger, pass_over)

    def find_place(self, values: Values, column: int) -> Place:
        """The place of a cell of a row."""
        return self.workbook.find_place(values.layout.sheet, values.number, max(column, 0))

    def state_role(self, role: RoleDraft, values: Values, owner: str) -> None:
        """Adds what a row says of a role itself: its texts, its guideline, its pay."""
        self.stater.add(role.stated, _ROLE_FIELDS, values, owner)
        if not any(name in values.texts for name in FIGURES):
            return
        if role.pay is None:
            role.pay = Stated()
            self.stater.add(role.pay, PAY_FIELDS, values, owner)
            return
        held = role.pay.values
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
