"""Texts of a table -> codes of levels."""

from __future__ import annotations

import re

from rolegraph.model import codes
from rolegraph.records.explain import find_closest
from rolegraph.records.table.mapping import TableMap


class LevelTable:
    """Finds the level that a text means: in its focus, in every focus, or because it is a code itself."""

    def __init__(self, table_map: TableMap) -> None:
        rules = table_map.rules.levels
        self._everywhere = {_fold(entry.text): entry.code for entry in rules.map}
        self._by_focus = {
            _fold(each.focus): {_fold(entry.text): entry.code for entry in each.map}
            for each in rules.by_focus
        }
        ladder = table_map.rules.ladder
        self._known = None if ladder is None else frozenset(level.code for level in ladder.levels)
        self.used_focuses: set[str] = set()

    def find(self, focus: str, text: str) -> str | None:
        """The code of the level that a text means in a focus; None where nothing says it."""
        folded, focus = _fold(text), _fold(focus)
        own = self._by_focus.get(focus)
        if own is not None:
            self.used_focuses.add(focus)
            if folded in own:
                return own[folded]
        if folded in self._everywhere:
            return self._everywhere[folded]
        code = text.upper()
        if re.fullmatch(codes.LEVEL_PATTERN, code) and (self._known is None or code in self._known):
            return code
        return None

    def hint(self, focus: str, text: str) -> str:
        """The remedy for a text that means no level: the closest one that does, or how to add it."""
        known = {**self._everywhere, **self._by_focus.get(_fold(focus), {})}
        closest = find_closest(_fold(text), known)
        add = "add it under levels: map or by_focus"
        return f"the closest known text is '{closest}'; {add}" if closest else add


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
