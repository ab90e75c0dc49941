"""Two job architectures as they are held, and the whole answer of how they differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from rolegraph.answers import DataDiff
from rolegraph.changes.compare import compare_taxonomies, count_changes

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy


class Held(Protocol):
    """A job architecture: its records, what a graph file holds beside them, and the roster that distances need."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The records, checked."""

    @property
    def foreign(self) -> tuple[Triple, ...]:
        """What a graph file holds beside the records."""

    @property
    def roster(self) -> Roster:
        """The compact form that distances and paths are computed from."""


def compare_architectures(
    old: Held, new: Held, names: tuple[str, str], *, consequences: bool, tell: Callable[[str], None]
) -> DataDiff:
    """Every change, the foreign triples that differ, and, unless they are not wanted, the consequences."""
    tell(f"reading {names[0]}")
    before = old.taxonomy
    tell(f"reading {names[1]}")
    after = new.taxonomy
    tell("comparing the records")
    changes, pairs = compare_taxonomies(before, after)
    gone = fresh = 0
    if old.foreign or new.foreign:
        from rolegraph.changes.patch import compare_foreign

        gone, fresh = map(len, compare_foreign(old.foreign, new.foreign))
    follows = None
    if changes and consequences:
        from rolegraph.changes.consequences import NONE_FOLLOWS, find_consequences, may_follow

        follows = NONE_FOLLOWS
        if may_follow(changes):
            follows = find_consequences(old.roster, new.roster, pairs.names("profile"), tell)
    same = not (changes or gone or fresh)
    return DataDiff(*names, same, count_changes(changes), changes, gone, fresh, follows)
