"""The ten nearest of every role: the index beside brute force and NetworkX.

The peers answer for a sample of the roles; times are for one role.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import TYPE_CHECKING, Any

import networkx

from bench.measure import Comparison, make_variant
from rolegraph.careers.adjacency import rank_adjacent, rank_all, rank_rows
from rolegraph.careers.distance import Measure, relate
from rolegraph.careers.projection import adjacency_distance, projection

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.careers.roster import Roster

K = 10
EDITION = "structural@1"
SAMPLE = 20
NETWORKX_MOST = 10_000

Near = dict[str, list[tuple[str, float]]]
"""By origin, the nearest roles and their distance."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """All roles by the index; a sample of them one by one, by brute force and on the projection."""
    roster = stock.get(size).roster
    active = list(roster.active_profiles())
    origins = sorted(Random(size).sample(active, min(SAMPLE, len(active))))
    codes = [roster.code_of(at) for at in origins]

    def pick(rows: Near) -> Near:
        return {code: rows[code] for code in codes}

    variants = [
        make_variant("rolegraph, rank_rows of all", lambda: _rank_rows(roster), pick, units=len(active)),
        make_variant("rolegraph, rank_all with titles", lambda: _rank_all(roster), pick, units=len(active)),
        make_variant(
            "rolegraph, rank_adjacent one by one", lambda: _rank_each(roster, codes), units=len(codes)
        ),
        make_variant(
            "plain Python, brute force", lambda: _measure_all(roster, active, origins), units=len(origins)
        ),
    ]
    if find_spec("numpy"):
        variants.append(
            make_variant("numpy, brute force", _prepare_numpy(roster, active, origins), units=len(origins))
        )
    yield Comparison("10 nearest, index and brute force", size, variants, per="role")
    if size <= NETWORKX_MOST:
        graph = projection(roster, K)
        yield Comparison(
            "10 smallest distances, on a graph of neighbours",
            size,
            [
                make_variant(
                    "rolegraph, rank_adjacent one by one",
                    lambda: _rank_each(roster, codes),
                    _keep_distances,
                    units=len(codes),
                ),
                make_variant(
                    "NetworkX, single_source_dijkstra",
                    lambda: _walk_networkx(graph, codes),
                    _keep_distances,
                    units=len(codes),
                ),
            ],
            per="role",
        )


def _rank_rows(roster: Roster) -> Near:
    return {
        origin: [(code, float(distance)) for code, distance, _ in row]
        for origin, row in rank_rows(roster, K, EDITION)
    }


def _rank_all(roster: Roster) -> Near:
    return {
        part.origin: [(near.code, near.distance) for near in part.adjacent]
        for part in rank_all(roster, K, EDITION)
    }


def _rank_each(roster: Roster, codes: Sequence[str]) -> Near:
    return {
        code: [(near.code, near.distance) for near in rank_adjacent(roster, code, K, EDITION).adjacent]
        for code in codes
    }


def _measure_all(roster: Roster, active: Sequence[int], origins: Sequence[int]) -> Near:
    measure = Measure(roster, EDITION)
    focuses, levels = roster.profile_focus.tolist(), roster.profile_level.tolist()
    found: Near = {}
    for origin in origins:
        focus, level = focuses[origin], levels[origin]
        steps = (
            (
                min(
                    measure.count_steps(level, levels[at], relate(roster, focus, focuses[at])),
                    measure.truncation,
                ),
                at,
            )
            for at in active
            if at != origin
        )
        nearest = nsmallest(K, steps)
        found[roster.code_of(origin)] = [(roster.code_of(at), measure.judge(step)[0]) for step, at in nearest]
    return found


def _prepare_numpy(roster: Roster, active: Sequence[int], origins: Sequence[int]) -> Callable[[], Near]:
    numpy: Any = import_module("numpy")
    measure = Measure(roster, EDITION)
    _, in_function, in_group, elsewhere = measure.taxonomy
    # Positions stand in the order of codes, retired profiles left out.
    focus = numpy.array(roster.profile_focus.tolist())[active]
    function = numpy.array(roster.focus_function.tolist())[focus]
    group = numpy.array(roster.function_group.tolist())[function]
    level = numpy.array(roster.profile_level.tolist())[active]
    track = numpy.array(roster.level_track)[level]
    stage = numpy.array(measure.stages)[level]
    count = len(active)
    k = min(K, count - 1)

    def rank(at: int) -> list[tuple[str, float]]:
        shared = numpy.where((group == group[at]) & (group >= 0), in_group, elsewhere)
        shared = numpy.where(function == function[at], in_function, shared)
        shared = numpy.where(focus == focus[at], 0, shared)
        steps = abs(stage - stage[at]) + numpy.where(track == track[at], 0, measure.track) + shared
        # One number orders by steps and then by code.
        keys = numpy.minimum(steps, measure.truncation) * count + numpy.arange(count)
        keys[at] = numpy.iinfo(keys.dtype).max
        nearest = numpy.sort(numpy.partition(keys, k)[:k]).tolist()
        return [(roster.code_of(active[key % count]), measure.judge(key // count)[0]) for key in nearest]

    places = [bisect_left(active, origin) for origin in origins]
    return lambda: {roster.code_of(origin): rank(at) for origin, at in zip(origins, places, strict=True)}


def _walk_networkx(graph: networkx.MultiDiGraph[str], codes: Sequence[str]) -> Near:
    found: Near = {}
    for origin in codes:
        reached: dict[str, Any] = networkx.single_source_dijkstra_path_length(
            graph, origin, weight=adjacency_distance
        )
        del reached[origin]
        found[origin] = nsmallest(K, reached.items(), key=lambda entry: (entry[1], entry[0]))
    return found


def _keep_distances(near: Near) -> dict[str, list[float]]:
    """The distances alone: among equal ones the graph of neighbours knows only those that are linked.

    Distances of edges are rounded to six digits, so sums of them differ from what they stand for in the last.
    """
    return {origin: [round(distance, 4) for _, distance in row] for origin, row in near.items()}
