"""Rows of roles -> drafts: which function, focus and level each row is about, and what it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.table.drafts import Drafts, FocusDraft, FunctionDraft, RoleDraft
from rolegraph.records.table.joins import Joiner
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.ledger import MOST, Ledger
from rolegraph.records.table.levels import LevelTable
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.rows import (
    FOCUS_FIELDS,
    FUNCTION_FIELDS,
    SINGLE,
    Picker,
    Values,
)
from rolegraph.records.table.schema import FIELDS, FIGURES, JOIN_FIELDS, PAY_FIELDS
from rolegraph.records.table.sheets import Row, Workbook
from rolegraph.records.table.taking import RowTaker

_DISTINCT: Final = ("title", "job_code")
"""What tells apart two roles that stand at one level of one focus."""


class Gatherer(RowTaker):
    """Reads the rows of all sheets of a mapping."""

    def __init__(
        self,
        workbook: Workbook,
        table_map: TableMap,
        layouts: Sequence[Layout],
        ledger: Ledger,
        known_levels: frozenset[str] | None = None,
    ) -> None:
        super().__init__(workbook, table_map, layouts, ledger)
        self.levels = LevelTable(table_map, known_levels)
        self.level_field = table_map.rules.levels.source
        self._map = table_map
        self._joins = any(layout.rules.join for layout in layouts)
        self._strange_levels: dict[tuple[str, str], tuple[Place, int]] = {}

    def gather(self) -> Drafts:
        """The drafts of all sheets; sheets of roles are read first."""
        for layout in self._layouts:
            if not layout.rules.join:
                self._gather_roles(layout)
        self._refuse_levels()
        for focus in self.levels.list_unmet() if not self.broken else ():
            self.ledger.note(
                "focus-unmet", f"the mapping gives levels of {quote(focus)}, of which no row is in use",
                self._map.find_place("levels", "by_focus", focus), "", "correct the name, or remove it from the mapping",
            )  # fmt: skip
        for layout in self._layouts:
            if layout.rules.join:
                self._note_unused(layout)
                Joiner(self, layout).gather()
        return self.drafts

    def _note_unused(self, layout: Layout) -> None:
        """Tells of a sheet whose rows find roles and say nothing of them."""
        rules = layout.rules
        given = {name for name in FIELDS if layout.columns.get(name) or layout.get_constant(name)}
        if not given & set(FIGURES):
            # The currency of no pay is none.
            given -= set(PAY_FIELDS)
        if not given - set(rules.join) and not layout.matrix:
            self.ledger.note(
                "sheet-unused", f"nothing is taken from {layout.shown} but the key that finds its roles",
                self._map.find_place("sheets", rules.name), "",
                "name what its columns hold under columns or matrix, or leave the sheet out of the mapping",
            )  # fmt: skip

    def _gather_roles(self, layout: Layout) -> None:
        picker = Picker(layout, SINGLE, self.workbook, self.ledger)
        items = self.items.plan(layout)
        known: dict[tuple[str, ...], tuple[FocusDraft, RoleDraft] | None] = {}

        def pass_over(number: int, row: Row) -> None:
            if self._joins:
                values = picker.read(number, row)
                self.unused.append({name: text for name in JOIN_FIELDS if (text := values.get(name))})

        for number, row in self.iterate_rows(layout, pass_over):
            cells = picker.pick(row)
            if cells in known:
                found = known[cells]
            else:
                found = known[cells] = self._take_role(picker, picker.read(number, row))
            if found is not None and items is not None:
                focus, role = found
                texts = items.pick(row)
                if texts not in role.seen:
                    role.seen.add(texts)
                    self.items.take(items, number, row, focus, [role], whole=False)
        self.broken = self.broken or layout.broken

    def _take_role(self, picker: Picker, values: Values) -> tuple[FocusDraft, RoleDraft] | None:
        """The focus and role of a row that says something new; None where it does not say which they are."""
        function_key = values.get("function_code") or values.get("function")
        focus_key = values.get("focus_code") or values.get("focus")
        text = values.get(self.level_field)
        for what, given, names in (
            ("function", function_key, ("function", "function_code")),
            ("focus", focus_key, ("focus", "focus_code")),
            (self.level_field, text, (self.level_field,)),
        ):
            if not given:
                self.broken = True
                self.ledger.refuse(
                    "cell-missing", f"the row gives no {what}", self.find_place(values, picker.find_column(*names)), "",
                    "fill it in, or mark the row as unused in the mapping",
                )  # fmt: skip
        if not (function_key and focus_key and text):
            return None
        focus_name = values.get("focus") or focus_key
        level = self.levels.find(focus_name, text)
        if level is None:
            self.broken = True
            place, count = self._strange_levels.get(
                (focus_name, text), (self.find_place(values, picker.find_column(self.level_field)), 0)
            )
            self._strange_levels[focus_name, text] = (place, count + 1)
            return None
        focus = self._find_focus(function_key, focus_key, values)
        role = focus.roles.get(level)
        if role is None:
            spot = (values.layout.number, values.number, picker.find_column(self.level_field))
            role = focus.roles[level] = RoleDraft(level, spot)
        elif self._refuse_second(role, focus_name, values):
            return None
        self.state_role(role, values, f"{focus_name} at {level}")
        if self._joins:
            texts = {name: values.get(name) for name in JOIN_FIELDS if values.get(name)}
            self.joinable.append((texts, focus, role))
        return focus, role

    def _find_focus(self, function_key: str, focus_key: str, values: Values) -> FocusDraft:
        folded = function_key.casefold()
        function = self.drafts.functions.get(folded)
        if function is None:
            function = self.drafts.functions[folded] = FunctionDraft(function_key)
        self.stater.add(function.stated, FUNCTION_FIELDS, values, f"function {function.key}")
        key = (folded, focus_key.casefold())
        focus = self.drafts.focuses.get(key)
        if focus is None:
            focus = self.drafts.focuses[key] = FocusDraft(focus_key, function)
        self.stater.add(focus.stated, FOCUS_FIELDS, values, f"focus {focus.key}")
        return focus

    def _refuse_second(self, role: RoleDraft, focus: str, values: Values) -> bool:
        """Whether a row is about another role than the one that stands at this level already."""
        for name in _DISTINCT:
            held, text = role.stated.values.get(name), values.get(name)
            if held and text and held != text:
                first = self.stater.find_place(role.stated, name)
                self.broken = True
                self.ledger.refuse(
                    "role-double",
                    f"{quote(text)} and {quote(held)} ({first.cell if first else 'a constant'}) are both {role.level} of {quote(focus)}",
                    self.find_place(values, values.columns[name]), "", "give them different levels (levels: by_focus) or different focuses",
                )  # fmt: skip
                return True
        return False

    def _refuse_levels(self) -> None:
        for number, ((focus, text), (place, count)) in enumerate(self._strange_levels.items()):
            more = f", in {count} different rows" if count > 1 else ""
            reason, remedy = self.levels.explain(focus, text) if number < MOST else ("is no known level", "")
            self.ledger.refuse(
                "level-unknown", f"{quote(text)} of {quote(focus)} {reason}{more}", place, "", remedy
            )  # fmt: skip
