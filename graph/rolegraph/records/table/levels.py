"""Texts of a table -> codes of levels."""

from __future__ import annotations

import re

from rolegraph.model import codes
from rolegraph.records.explain import find_closest
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.sheets import fold_name


class LevelTable:
    """Finds the level that a text means: in its focus, in every focus, or because it is a code itself."""

    def __init__(self, table_map: TableMap) -> None:
        rules = table_map.rules.levels
        self._everywhere = {fold_name(entry.text): entry.code for entry in rules.map}
        self._by_focus = {
            fold_name(each.focus): {fold_name(entry.text): entry.code for entry in each.map}
            for each in rules.by_focus
        }
        self._texts = {
            fold_name(entry.text): entry.text
            for entries in (rules.map, *(each.map for each in rules.by_focus))
            for entry in entries
        }
        """The texts as the mapping writes them."""
        ladder = table_map.rules.ladder
        self._known = None if ladder is None else frozenset(level.code for level in ladder.levels)
        self._focuses = {fold_name(each.focus): each.focus for each in rules.by_focus}
        self._found: dict[tuple[str, str], str | None] = {}

    def find(self, focus: str, text: str) -> str | None:
        """The code of the level that a text means in a focus; None where nothing says it."""
        key = (focus, text)
        if key not in self._found:
            self._found[key] = self._find(fold_name(focus), text)
        return self._found[key]

    def _find(self, focus: str, text: str) -> str | None:
        self._focuses.pop(focus, None)
        folded, own = fold_name(text), self._by_focus.get(focus, {})
        if folded in own:
            return own[folded]
        if folded in self._everywhere:
            return self._everywhere[folded]
        code = text.upper()
        if re.fullmatch(codes.LEVEL_PATTERN, code) and (self._known is None or code in self._known):
            return code
        return None

    def list_unmet(self) -> list[str]:
        """The focuses of the mapping of which no row was met."""
        return list(self._focuses.values())

    def hint(self, focus: str, text: str) -> str:
        """The remedy for a text that means no level: the closest one that does, or how to add it."""
        known = {**self._everywhere, **self._by_focus.get(fold_name(focus), {})}
        closest = find_closest(fold_name(text), known)
        add = "add it under levels: map or by_focus"
        return f"the closest known text is '{self._texts[closest]}'; {add}" if closest else add
