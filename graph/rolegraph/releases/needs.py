"""Cuts a release to what some of its concepts need: their own rows, what those name, and all that is wider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rolegraph.releases.rows import Concept, Link, Row

_OWN = frozenset({"task"})
"""Links whose ends belong to the concept where they begin: such a concept is kept with all its rows."""


_TELLING = frozenset({"preferred", "note", "scope"})
"""Labels that say what a concept is called in other languages, and what is meant by it."""


def keep_needed(rows: Sequence[Row], wanted: Iterable[str]) -> list[Row]:
    """The rows that the concepts of the keys ``wanted`` need, in their order.

    A wanted concept keeps all its rows, and so do its tasks; of what they name by any link, and of all that is wider
    than any of these, the concept and its place stay. Keys that the release does not have are passed over.
    """
    links: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        if type(row) is Link:
            links[row.key].append(row)
    whole = set(wanted)
    whole |= {link.other for key in whole for link in links[key] if link.kind in _OWN}
    named = {link.other for key in whole for link in links[key]}
    ring = whole | named
    while ring:
        ring = {link.other for key in ring for link in links[key] if link.kind == "broader"} - named - whole
        named |= ring
    return [row for row in rows if row.key in whole or (row.key in named and _names(row))]


def _names(row: Row) -> bool:
    """Whether a row says what a concept is called, what it is, or where it stands."""
    if type(row) is Link:
        return row.kind == "broader"
    return type(row) is Concept or row.kind in _TELLING
