"""The best path between two roles: the search on columns beside NetworkX on the projection of the same moves.

Both walk on moves that were made before: NetworkX in the time that the benchmark ``projection`` tells, rolegraph in
the time that ``network`` tells. rolegraph's time includes the description of every move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

import networkx

from bench.measure import Comparison, make_variant
from rolegraph.careers.constraints import Constraints
from rolegraph.careers.network import Networks
from rolegraph.careers.paths import find_paths
from rolegraph.careers.projection import move_cost, projection
from rolegraph.careers.reach import list_reach

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.careers.roster import Roster

PATHS, NO_PATHS = 8, 3
NETWORKX_MOST = 10_000
"""The largest size for which the projection is built."""
JUNIOR, SENIOR = 1_000_000, 8_000_000
"""A junior level begins at most at one year of experience, a senior one at least at eight (in millionths)."""

SEARCHES: Mapping[str, Callable[..., Any]] = {
    "bidirectional_dijkstra": networkx.bidirectional_dijkstra,
    "single_source_dijkstra": networkx.single_source_dijkstra,
}

Pair = tuple[str, str]
Costs = list[float | None]
"""The cost of each path; None where there is none."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Ways up from junior to senior roles drawn at random, then ways down, which there are none."""
    roster = stock.get(size).roster
    networks = Networks(roster)
    networks.get()
    graph = projection(roster) if size <= NETWORKX_MOST else None
    ways_up = draw_ways_up(roster, PATHS, networks)
    yield _compare_pairs("way up", size, networks, graph, ways_up)
    more = {
        "3 other ideas": lambda: _count(networks, ways_up, k=4),
        "the 3 next best": lambda: _count(networks, ways_up, k=4, similar=True),
        "all roles within 4 moves": lambda: _reach(networks, ways_up),
    }
    for job, call in more.items():
        yield Comparison(job, size, [make_variant("rolegraph", call, units=PATHS)], per="path")
    down = [(senior, junior) for junior, senior in islice(draw_pairs(roster, seed=2), NO_PATHS)]
    yield _compare_pairs("way down: none, and why", size, networks, graph, down)


def draw_pairs(roster: Roster, seed: int) -> Iterator[Pair]:
    """Pairs of a junior and a senior role, by code, without end and the same in every run."""
    chance = Random(seed)
    starts = [roster.years_min[level] for level in roster.profile_level]
    active = list(roster.active_profiles())
    junior = [at for at in active if starts[at] <= JUNIOR]
    senior = [at for at in active if starts[at] >= SENIOR]
    while True:
        yield roster.code_of(chance.choice(junior)), roster.code_of(chance.choice(senior))


def draw_ways_up(roster: Roster, count: int, networks: Networks | None = None) -> list[Pair]:
    """So many pairs of a junior and a senior role that a path connects. Raises RuntimeError where few have one."""
    pairs = islice(draw_pairs(roster, seed=1), 10 * count)
    networks = networks or Networks(roster)
    ways = (pair for pair in pairs if find_paths(roster, *pair, networks=networks).paths)
    found = list(islice(ways, count))
    if len(found) < count:
        raise RuntimeError(f"of {10 * count} pairs of roles only {len(found)} have a path")
    return found


def _compare_pairs(
    job: str,
    size: int,
    networks: Networks,
    graph: networkx.MultiDiGraph[str] | None,
    pairs: Sequence[Pair],
) -> Comparison:
    variants = [make_variant("rolegraph, find_paths", lambda: _find(networks, pairs), units=len(pairs))]
    if graph is not None:
        variants += [
            make_variant(f"NetworkX, {name}", partial(_walk, function, graph, pairs), units=len(pairs))
            for name, function in SEARCHES.items()
        ]
    return Comparison(job, size, variants, per="path")


def _count(networks: Networks, pairs: Sequence[Pair], **options: Any) -> int:
    answers = (find_paths(networks.roster, *pair, networks=networks, **options) for pair in pairs)
    return sum(len(answer.paths) for answer in answers)


def _reach(networks: Networks, pairs: Sequence[Pair]) -> int:
    near = Constraints(max_moves=4)
    return sum(
        list_reach(networks.roster, origin, limit=20, constraints=near, networks=networks).total
        for origin, _ in pairs
    )


def _find(networks: Networks, pairs: Sequence[Pair]) -> Costs:
    answers = [find_paths(networks.roster, *pair, networks=networks) for pair in pairs]
    return [round(answer.paths[0].cost, 6) if answer.paths else None for answer in answers]


def _walk(function: Callable[..., Any], graph: networkx.MultiDiGraph[str], pairs: Sequence[Pair]) -> Costs:
    costs: Costs = []
    for origin, destination in pairs:
        try:
            cost, _ = function(graph, origin, destination, weight=move_cost)
        except networkx.NetworkXNoPath:
            costs.append(None)
        else:
            costs.append(round(float(cost), 6))
    return costs
