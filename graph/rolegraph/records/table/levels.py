"""Texts of a table -> codes of levels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolegraph.model import codes
from rolegraph.records.explain import find_closest
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.sheets import fold_name


class LevelTable:
    """Finds the level that a text means: in its focus, in every focus, or because it is a code itself."""

    def __init__(self, table_map: TableMap, known_levels: frozenset[str] | None = None) -> None:
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
        self._known = known_levels if ladder is None else frozenset(level.code for level in ladder.levels)
        self._is_lent = ladder is None
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

    def explain(self, focus: str, text: str) -> tuple[str, str]:
        """Why a text means no level, and the remedy, with the closest text that does mean one."""
        known = {**self._everywhere, **self._by_focus.get(fold_name(focus), {})}
        closest = find_closest(fold_name(text), known)
        hint = f"the closest known text is '{self._texts[closest]}'; " if closest else ""
        code = text.upper()
        if self._known is None or not re.fullmatch(codes.LEVEL_PATTERN, code):
            return "is no known level", f"{hint}add it under levels: map or by_focus"
        track = codes.split_level(code)[0]
        tracks = {codes.split_level(level)[0] for level in self._known}
        lacking = f"level {code}" if track in tracks else f"track {track}"
        whose = "data folder" if self._is_lent else "mapping"
        give = "give a ladder that has it" if self._is_lent else "add it to the ladder"
        return (
            f"looks like the code of a level, but the ladder of the {whose} has no {lacking}",
            f"{hint}map it under levels: map or by_focus, or {give}",
        )


def find_strange_codes(
    table_map: TableMap, known_levels: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The codes of a mapping without ladder that the ladder of the data folder does not have, with their keys."""
    rules = table_map.rules.levels
    runs = [
        (("levels", "map"), rules.map),
        *((("levels", "by_focus", f.focus), f.map) for f in rules.by_focus),
    ]
    for at, entries in runs if table_map.rules.ladder is None else ():
        yield from (((*at, entry.text), entry.code) for entry in entries if entry.code not in known_levels)
