"""Rows of a sheet that adds to the roles of another one, found by a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.table.drafts import FocusDraft, RoleDraft
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.rows import FOCUS_FIELDS, FUNCTION_FIELDS, SINGLE, Picker, Values
from rolegraph.records.table.sheets import fold_name
from rolegraph.records.table.taking import RowTaker
from rolegraph.records.table.values import find_like

_OF_FOCUS = frozenset(("function", "function_code", "focus", "focus_code"))
_ABOUT_FUNCTION = tuple(name for name in FUNCTION_FIELDS if name not in _OF_FOCUS)
_ABOUT_FOCUS = tuple(name for name in FOCUS_FIELDS if name not in _OF_FOCUS)

Partners = list[tuple[FocusDraft, list[RoleDraft]]]


class _Without(Enum):
    """Why a row that is passed over has no role."""

    PARTNER = "partner"
    UNUSED = "unused"


class Joiner:
    """Reads one sheet with ``join``."""

    def __init__(self, taker: RowTaker, layout: Layout) -> None:
        self._taker = taker
        self._layout = layout
        self._join = layout.rules.join
        self._whole = _OF_FOCUS.issuperset(self._join)
        self._index = self._index_roles()
        self._unused = self._show_keys(taker.unused)
        self._shown = self._show_keys([texts for texts, _, _ in taker.joinable])
        """The keys as the sheets of roles write them first."""
        self._by_number: dict[tuple[str, ...], str] | None = None
        self._missed: set[tuple[str, ...]] = set()

    def gather(self) -> None:
        """Adds every row to its roles.

        A row whose key has no partner is a problem, unless the mapping passes such rows over. A row that finds only
        roles which are passed over as unused is passed over too.
        """
        taker, layout = self._taker, self._layout
        picker = Picker(layout, SINGLE, taker.workbook, taker.ledger)
        items = taker.items.plan(layout)
        known: dict[tuple[str, ...], Partners | _Without | None] = {}
        for number, row in taker.iterate_rows(layout):
            cells = picker.pick(row)
            if cells not in known:
                values = picker.read(number, row)
                known[cells] = self._find_partners(picker, values)
                self._state(known[cells], values)
            found = known[cells]
            if isinstance(found, _Without):
                layout.passed += 1
                self._tally(
                    found, taker.workbook.find_place(layout.sheet, number, picker.find_column(*self._join))
                )
                continue
            for focus, roles in found or ():
                if items is not None:
                    taker.items.take(items, number, row, focus, roles, whole=self._whole)

    def _index_roles(self) -> dict[tuple[str, ...], dict[int, tuple[FocusDraft, dict[int, RoleDraft]]]]:
        index: dict[tuple[str, ...], dict[int, tuple[FocusDraft, dict[int, RoleDraft]]]] = {}
        for texts, focus, role in self._taker.joinable:
            key = self._fold([texts.get(name, "") for name in self._join])
            if all(key):
                index.setdefault(key, {}).setdefault(id(focus), (focus, {}))[1][id(role)] = role
        return index

    def _show_keys(self, roles: Iterable[Mapping[str, str]]) -> dict[tuple[str, ...], str]:
        found: dict[tuple[str, ...], str] = {}
        for role in roles:
            texts = [role.get(name, "") for name in self._join]
            if all(texts):
                found.setdefault(self._fold(texts), " / ".join(texts))
        return found

    @staticmethod
    def _fold(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(fold_name, texts))

    def _tally(self, found: _Without, place: Place) -> None:
        shown = self._layout.shown
        if found is _Without.UNUSED:
            self._taker.ledger.tally(
                "rows-unused", f"1 row of {shown} is about a role that is unused, and is passed over with it",
                f"{{count}} rows of {shown} are about roles that are unused, and are passed over with them",
                place, "nothing, if they are not to be imported",
            )  # fmt: skip
        else:
            self._taker.ledger.tally(
                "rows-unmatched", f"1 row of {shown} finds no role and is passed over, as the mapping says",
                f"{{count}} rows of {shown} find no role and are passed over, as the mapping says",
                place, "look whether a role or a key is missing",
            )  # fmt: skip

    def _find_partners(self, picker: Picker, values: Values) -> Partners | _Without | None:
        taker = self._taker
        texts = [values.get(name) for name in self._join]
        pass_over = self._layout.rules.unmatched == "pass"
        if not all(texts):
            if pass_over:
                return _Without.PARTNER
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
        key = self._fold(texts)
        found = self._index.get(key)
        if found is None:
            if key in self._unused:
                return _Without.UNUSED
            # A key that is there as another kind of cell is a mistake, and not a job that nobody has here.
            if pass_over and self._find_same_number(key) is None:
                return _Without.PARTNER
            # What a refused row said is not known, so that its partners are not to blame.
            if not taker.broken and key not in self._missed:
                self._missed.add(key)
                self._refuse_key(texts, key, values, picker)
            return None
        return [(focus, list(roles.values())) for focus, roles in found.values()]

    def _refuse_key(self, texts: list[str], key: tuple[str, ...], values: Values, picker: Picker) -> None:
        taker = self._taker
        remedy = "correct the key, add the role, or mark the row as unused in the mapping"
        same = self._find_same_number(key)
        if same is not None:
            remedy = f"the roles have {quote(same)}: one sheet holds numbers and the other texts; format both columns as text"
        elif len(self._missed) <= 20:
            closest = find_like(" / ".join(texts), self._shown.values())
            remedy = f"the closest is {quote(closest)}; {remedy}" if closest else remedy
        taker.ledger.refuse(
            "join-missing", f"there is no role with the {' and '.join(self._join)} {quote(' / '.join(texts))}",
            taker.workbook.find_place(values.layout.sheet, values.number, picker.find_column(*self._join)), "",
            remedy,
        )  # fmt: skip

    def _find_same_number(self, key: tuple[str, ...]) -> str | None:
        """The key of a role that is the same number, written with other zeros before it."""
        if self._by_number is None:
            self._by_number = {
                tuple(map(_strip_zeros, k)): shown for k, shown in {**self._unused, **self._shown}.items()
            }
        return self._by_number.get(tuple(map(_strip_zeros, key)))

    def _state(self, partners: Partners | _Without | None, values: Values) -> None:
        taker = self._taker
        for focus, roles in partners if isinstance(partners, list) else ():
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


def _strip_zeros(text: str) -> str:
    return text.lstrip("0") or "0" if text.isdigit() else text
