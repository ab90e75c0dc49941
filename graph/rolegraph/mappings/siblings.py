"""What to look at in place of a code that does not exist: entries of its own group, never just the nearest digits."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.claims import join
from rolegraph.releases.keys import SHORT, split_key

if TYPE_CHECKING:
    from rolegraph.mappings.claims import Desk
    from rolegraph.releases.index import Index

_GROUPS: Final = {SHORT: "SOC occupation", 6: "broad group", 4: "minor group"}
"""The groups of a SOC code, by how many of its characters their codes begin with."""
_CROSSWALK: Final = (
    "if the code is of an older edition, rolegraph import crosswalk SRC -o DIR tells what took its place"
)


def tell_instead(desk: Desk, index: Index, key: str, subject: str) -> str:
    """The remedy for a code that a release does not have."""
    scheme = split_key(key)[0]
    if scheme.startswith(("soc-", "onet-soc-")):
        for length, group in _GROUPS.items():
            begin = key[: len(scheme) + 1 + length]
            found = sorted(_list_beginning(index, begin, ("detailed", "occupation")))
            if found:
                names = join([desk.name(one) for one in found], "and", most=3)
                return f"Of the same {group}: {names}; {_CROSSWALK}."
        return f"rolegraph mappings suggest {subject} names some that fit; {_CROSSWALK}."
    if scheme == "onet-technology":
        # The code is the name: what is spelt nearly so is meant.
        near = get_close_matches(key, _list_beginning(index, f"{scheme}/", ("technology",)), n=3, cutoff=0.9)
        if near:
            return f"Map to {join([desk.name(one) for one in near])}."
    if scheme == "onet-element":
        begin = key.rpartition(".")[0] + "."
        found = sorted(_list_beginning(index, begin, ("element",)))
        if found and begin.count(".") > 1:
            return f"Of the same group: {join([desk.name(one) for one in found], 'and')}."
    return f"rolegraph mappings suggest {subject} names some that fit."


def _list_beginning(index: Index, begin: str, kinds: tuple[str, ...]) -> Iterator[str]:
    return (concept.key for concept in index.iterate_concepts(*kinds) if concept.key.startswith(begin))
