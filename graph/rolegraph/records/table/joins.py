"""Rows of a sheet that adds to the roles of another one, found by a key."""

from __future__ import annotations

from rolegraph.records.document import quote
from rolegraph.records.explain import find_closest
from rolegraph.records.table.drafts import FocusDraft, RoleDraft
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.rows import FOCUS_FIELDS, FUNCTION_FIELDS, SINGLE, Picker, Values
from rolegraph.records.table.sheets import fold_name
from rolegraph.records.table.taking import RowTaker

_OF_FOCUS = frozenset(("function", "function_code", "focus", "focus_code"))
_ABOUT_FUNCTION = tuple(name for name in FUNCTION_FIELDS if name not in _OF_FOCUS)
_ABOUT_FOCUS = tuple(name for name in FOCUS_FIELDS if name not in _OF_FOCUS)

Partners = list[tuple[FocusDraft, list[RoleDraft]]]


class Joiner:
    """Reads one sheet with ``join``."""

    def __init__(self, taker: RowTaker, layout: Layout) -> None:
        self._taker = taker
        self._layout = layout
        self._join = layout.rules.join
        self._whole = _OF_FOCUS.issuperset(self._join)
        self._index = self._index_roles()
        self._missed: set[tuple[str, ...]] = set()

    def gather(self) -> None:
        """Adds every row to its roles; a row whose key has no partner is a problem."""
        taker, layout = self._taker, self._layout
        picker = Picker(layout, SINGLE, taker.workbook, taker.ledger)
        items = taker.items.plan(layout)
        known: dict[tuple[str, ...], Partners | None] = {}
        for number, row in taker.iterate_rows(layout):
            cells = picker.pick(row)
            if cells not in known:
                values = picker.read(number, row)
                known[cells] = self._find_partners(picker, values)
                self._state(known[cells], values)
            for focus, roles in known[cells] or ():
                if items is not None:
                    taker.items.take(items, number, row, focus, roles, whole=self._whole)

    def _index_roles(self) -> dict[tuple[str, ...], dict[int, tuple[FocusDraft, dict[int, RoleDraft]]]]:
        index: dict[tuple[str, ...], dict[int, tuple[FocusDraft, dict[int, RoleDraft]]]] = {}
        for texts, focus, role in self._taker.joinable:
            key = tuple(fold_name(texts.get(name, "")) for name in self._join)
            if all(key):
                index.setdefault(key, {}).setdefault(id(focus), (focus, {}))[1][id(role)] = role
        return index

    def _find_partners(self, picker: Picker, values: Values) -> Partners | None:
        taker = self._taker
        texts = [values.get(name) for name in self._join]
        place = taker.workbook.find_place(values.layout.sheet, values.number, picker.find_column(*self._join))
        if not all(texts):
            missing = next(name for name, text in zip(self._join, texts, strict=True) if not text)
            place = taker.workbook.find_place(values.layout.sheet, values.number, picker.find_column(missing))
            taker.ledger.refuse(
                "cell-missing",
                f"the row gives no {missing}",
                place,
                "",
                "fill it in, or mark the row as unused in the mapping",
            )
            return None
        key = tuple(map(fold_name, texts))
        found = self._index.get(key)
        if found is None:
            # What a refused row said is not known, so that its partners are not to blame.
            if not taker.broken and key not in self._missed:
                self._missed.add(key)
                self._refuse_key(texts, key, values, picker)
            return None
        return [(focus, list(roles.values())) for focus, roles in found.values()]

    def _refuse_key(self, texts: list[str], key: tuple[str, ...], values: Values, picker: Picker) -> None:
        taker = self._taker
        closest = None
        if len(self._missed) <= 20:
            closest = find_closest(" / ".join(key), {" / ".join(known) for known in self._index})
        hint = f"the closest is {quote(closest)}; " if closest else ""
        taker.ledger.refuse(
            "join-missing", f"there is no role with the {' and '.join(self._join)} {quote(' / '.join(texts))}",
            taker.workbook.find_place(values.layout.sheet, values.number, picker.find_column(*self._join)), "",
            f"{hint}correct the key, add the role, or mark the row as unused in the mapping",
        )  # fmt: skip

    def _state(self, partners: Partners | None, values: Values) -> None:
        taker = self._taker
        for focus, roles in partners or ():
            taker.stater.add(focus.function.stated, _ABOUT_FUNCTION, values, f"function {focus.function.key}")
            taker.stater.add(focus.stated, _ABOUT_FOCUS, values, f"focus {focus.key}")
            for role in roles:
                held = {
                    name: role.stated.values.get(name, values.get(name)) for name in ("title", "job_code")
                }
                shown = {n: t for n, t in values.texts.items() if n not in self._join or not held.get(n)}
                taker.state_role(
                    role,
                    Values(values.layout, values.number, shown, values.columns),
                    f"{focus.key} at {role.level}",
                )
