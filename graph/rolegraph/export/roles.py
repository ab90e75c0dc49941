"""The graph of roles as network tools read it: which facts a role and an edge have, of what type, and what they mean.

They are those of :func:`rolegraph.careers.projection.projection`, with the same names and numbers. No edge has a
``weight``: tools take a weight for the strength of a tie, and distances and costs grow the other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

from rolegraph.careers.edges import Edge, Node, iterate_adjacencies, iterate_moves, iterate_nodes
from rolegraph.careers.moves import Moves
from rolegraph.careers.roster import Roster
from rolegraph.export.source import Source


class Fact(NamedTuple):
    """One attribute: its name, its type (string, double, integer), and what it is."""

    name: str
    kind: str
    meaning: str


NODE_FACTS: Final = (
    Fact("code", "string", "the code of the role"),
    Fact("title", "string", "the title of the role"),
    Fact("focus", "string", "the code of its focus"),
    Fact("function", "string", "the code of its function"),
    Fact("level", "string", "the code of its level"),
    Fact("track", "string", "the code of its track"),
    Fact("rank", "integer", "the place of the level in its track, from 1 at the bottom"),
)
EDGE_FACTS: Final = (
    Fact("kind", "string", "adjacency, or the kind of move"),
    Fact("distance", "double", "adjacency: 0 to 1, lower is nearer; no weight"),
    Fact("band", "string", "adjacency: the match band"),
    Fact("cost", "double", "move: lower is easier; no weight"),
    Fact("direction", "string", "move: up, level or down"),
    Fact("changes", "string", "move: what changes, separated by semicolons"),
)
GRAPH_FACTS: Final = (
    Fact("edition", "string", "the edition of the distances"),
    Fact("cost_edition", "string", "the edition of the costs"),
    Fact("version", "string", "the version of the data"),
)


class RoleGraph:
    """The roles of a source as nodes, their nearest roles and moves as edges, told one at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._roster: Roster = source.find_roster()
        self._moves = Moves(self._roster)

    def tell_facts(self) -> dict[str, str]:
        """What the graph states of itself."""
        return {
            "edition": self._source.edition,
            "cost_edition": self._moves.rules.edition,
            "version": self._roster.version,
        }

    def iterate_nodes(self) -> Iterator[Node]:
        """The roles in use, by code."""
        return iterate_nodes(self._roster)

    def iterate_edges(self) -> Iterator[Edge]:
        """The nearest of each role, then the moves of each role."""
        source = self._source
        return chain(iterate_adjacencies(self._roster, source.k, source.edition), iterate_moves(self._moves))


def name_edge(edge: Edge) -> str:
    """What an edge is known by: no other has the same ends and key, and codes hold no small letters.

    >>> name_edge(Edge("A.B.P1", "A.B.P2", "move", {}))
    'A.B.P1-to-A.B.P2-move'
    """
    return f"{edge.origin}-to-{edge.destination}-{edge.key}"


def write_value(value: Any) -> str:
    """A fact as text: numbers in their shortest form, several words separated by semicolons."""
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def list_facts(facts: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The facts that there are, by name, as text; one that is None is left out, and so is an empty list."""
    for name, value in facts.items():
        if value is not None and value != ():
            yield name, write_value(value)
