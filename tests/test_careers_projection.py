"""The NetworkX graph: the same profiles, neighbours, moves and numbers as the answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from hypothesis import given

import rolegraph
from architectures import architectures, read_roster, read_shipped
from rolegraph.careers.adjacency import rank_adjacent
from rolegraph.careers.moves import Moves
from rolegraph.careers.paths import find_paths
from rolegraph.careers.projection import adjacency_distance, move_cost, projection
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import KINDS
from rolegraph.model.taxonomy import Taxonomy


@given(architectures(effort__keep_lateral=2, effort__keep_function_change=2))
def test_edges_are_the_neighbours_and_moves_of_the_answers(taxonomy: Taxonomy) -> None:
    graph, roster = projection(taxonomy, k=3), Roster.from_taxonomy(taxonomy)
    moves = Moves(roster)
    assert list(graph) == sorted(p.code for p in taxonomy.profiles if not taxonomy.is_retired(p))
    for code in graph:
        near = {
            (end, edge["distance"], edge["band"])
            for _, end, key, edge in graph.out_edges(code, keys=True, data=True)
            if key == "adjacency"
        }
        assert near == {(n.code, n.distance, n.band) for n in rank_adjacent(roster, code, 3).adjacent}
        at = roster.locate_profile(code)
        steps = {
            (roster.code_of(end), KINDS[kind], cost / 10**6) for end, cost, kind, _ in moves.list_steps(at)
        }
        assert steps == {
            (end, edge["kind"], edge["cost"])
            for _, end, key, edge in graph.out_edges(code, keys=True, data=True)
            if key == "move"
        }


def test_edges_of_a_path_are_its_moves() -> None:
    graph, roster = projection(read_roster()), read_roster()
    for move in find_paths(roster, "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M5").paths[0].moves:
        edge = graph.edges[move.origin, move.destination, "move"]
        assert edge == {
            "kind": move.kind, "cost": move.cost, "direction": move.direction, "changes": move.changes,
        }  # fmt: skip


def test_nodes_say_what_a_profile_is() -> None:
    graph = projection(read_shipped())
    assert graph.nodes["MANUFA.BIOPROCE4427.M3"] == {
        "code": "MANUFA.BIOPROCE4427.M3",
        "title": "Bioprocess Manufacturing (Upstream/Downstream) — M3",
        "focus": "MANUFA.BIOPROCE4427",
        "function": "MANUFA",
        "level": "M3",
        "track": "M",
        "rank": 3,
    }
    assert graph.graph == {
        "edition": "structural@1", "cost_edition": "effort@1", "version": read_shipped().dataset.version,
    }  # fmt: skip


def test_step_downs_are_there_only_if_allowed() -> None:
    def kinds(graph: networkx.MultiDiGraph[str]) -> set[str]:
        return {edge["kind"] for *_, edge in graph.edges(data=True)}

    every = {"adjacency", "promotion", "lateral", "function-change"}
    assert kinds(projection(read_roster())) == every
    assert kinds(projection(read_roster(), allow_step_down=True)) == every | {"step-down"}


def test_weights_hide_the_other_edges_and_miss_no_number() -> None:
    graph = projection(read_roster(), k=2)
    a, b = "PROCES.UPSTREAMDF5B.P1", "PROCES.UPSTREAMDF5B.P2"
    assert set(graph[a][b]) == {"adjacency", "move"}
    assert move_cost(a, b, graph[a][b]) == graph[a][b]["move"]["cost"]
    assert adjacency_distance(a, b, graph[a][b]) == graph[a][b]["adjacency"]["distance"]
    assert set(graph[b][a]) == {"adjacency"}
    assert move_cost(b, a, graph[b][a]) is None
    only_move = next((u, v) for u, v in graph.edges() if set(graph[u][v]) == {"move"})
    assert adjacency_distance(*only_move, graph.get_edge_data(*only_move)) is None
    # NetworkX would take a missing number for 1.
    del graph[a][b]["move"]["cost"], graph[a][b]["adjacency"]["distance"]
    with pytest.raises(KeyError):
        networkx.dijkstra_path(graph, a, b, weight=move_cost)
    with pytest.raises(KeyError):
        networkx.dijkstra_path(graph, a, b, weight=adjacency_distance)


def test_the_order_of_nodes_and_edges_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "from rolegraph.careers.projection import projection;"
        "from rolegraph.careers.snapshot import open_roster;"
        "g = projection(open_roster());"
        "print(list(g.nodes(data=True)), list(g.edges(keys=True, data=True)))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "ROLEGRAPH_CACHE": str(tmp_path), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("edition", ["structural@1", "experience@1", "content@1", "pay@1"])
def test_neighbours_are_those_of_the_edition_asked_for(edition: str) -> None:
    jobs = rolegraph.load()
    graph = rolegraph.projection(k=3, edition=edition)
    assert graph.graph["edition"] == edition
    told = {
        (part.origin, near.code): (near.distance, near.band)
        for part in jobs.all_adjacent(3, edition).profiles
        for near in part.adjacent
    }
    edges = graph.edges(keys=True, data=True)
    assert told == {(a, b): (d["distance"], d["band"]) for a, b, key, d in edges if key == "adjacency"}
