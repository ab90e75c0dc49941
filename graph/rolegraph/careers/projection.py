"""The NetworkX graph of roles: the same profiles, neighbours and moves as the answers, with the same numbers.

Algorithms of NetworkX take a missing attribute for 1. Where adjacency and moves lie side by side, name what you
walk on: :func:`move_cost` and :func:`adjacency_distance` hide the other kind of edge and raise where a number is
missing.

>>> import networkx, rolegraph
>>> roles = rolegraph.projection()
>>> path = networkx.dijkstra_path(
...     roles, "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", weight=move_cost)
>>> path[-3:]
['MANUFA.BIOPROCE4427.M1', 'MANUFA.BIOPROCE4427.M2', 'MANUFA.BIOPROCE4427.M3']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx

from rolegraph.careers.edges import iterate_adjacencies, iterate_moves, iterate_nodes
from rolegraph.careers.moves import Moves
from rolegraph.careers.roster import Roster
from rolegraph.model.taxonomy import Taxonomy

Edges = Mapping[str, Mapping[str, Any]]
"""The parallel edges of a pair of nodes, by key."""


def projection(
    source: Taxonomy | Roster, k: int = 10, *, edition: str = "structural@1", allow_step_down: bool = False
) -> networkx.MultiDiGraph[str]:
    """Profiles in use as nodes; their ``k`` nearest and the moves that leave them as edges.

    Nodes are codes, with ``code``, ``title``, ``focus``, ``function``, ``level``, ``track`` and ``rank``. An edge
    with the key ``adjacency`` has ``kind`` (adjacency), ``distance`` (0 to 1) and ``band``; one with the key
    ``move`` has ``kind`` (promotion, track-switch, lateral, function-change, step-down), ``cost``, ``direction``
    and ``changes``. The graph itself states ``edition``, ``cost_edition`` and the ``version`` of the data. Nodes
    and edges stand in the order of their codes, so that what algorithms do with ties is the same in every run.

    Raises RequestError as :func:`rolegraph.careers.adjacency.rank_adjacent` and
    :class:`rolegraph.careers.rules.Rules` do.
    """
    roster = source if isinstance(source, Roster) else Roster.from_taxonomy(source)
    moves = Moves(roster)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        edition=edition, cost_edition=moves.rules.edition, version=roster.version
    )
    for node in iterate_nodes(roster):
        graph.add_node(node.code, **node.facts)
    for edge in iterate_adjacencies(roster, k, edition):
        graph.add_edge(edge.origin, edge.destination, key=edge.key, **edge.facts)
    for edge in iterate_moves(moves, allow_step_down=allow_step_down):
        graph.add_edge(edge.origin, edge.destination, key=edge.key, **edge.facts)
    return graph


def move_cost(origin: str, destination: str, edges: Edges) -> float | None:
    """The weight of a step on moves, for NetworkX: None (no edge) where only adjacency connects the two.

    Raises KeyError where a move has no cost.
    """
    move = edges.get("move")
    return None if move is None else float(move["cost"])


def adjacency_distance(origin: str, destination: str, edges: Edges) -> float | None:
    """The weight of a step on adjacency, for NetworkX: None (no edge) where only a move connects the two.

    Raises KeyError where an adjacency has no distance.
    """
    adjacency = edges.get("adjacency")
    return None if adjacency is None else float(adjacency["distance"])
