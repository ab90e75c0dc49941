"""The search by itself, on graphs drawn for ties: small whole costs, several goals, limits of moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.careers.network import Network
from rolegraph.careers.search import find_best
from rolegraph.careers.space import Limits, Space

Edges = dict[tuple[int, int], tuple[int, int]]
"""Cost and skills of a move, by its ends."""


class Drawn(NamedTuple):
    """As much of a roster as a search asks for."""

    size: int

    def __len__(self) -> int:
        return self.size


def make_space(
    edges: Edges,
    starts: set[int],
    goals: set[int],
    by: str = "effort",
    *,
    counted: bool = False,
    **limits: Any,
) -> Space:
    rows = sorted((start, end, cost, skills) for (start, end), (cost, skills) in edges.items())
    network = Network.from_rows(6, [(start, (end, cost, 0, skills)) for start, end, cost, skills in rows])
    return Space(Drawn(6), network, Limits(**limits), starts, goals, by, counted=counted)  # type: ignore[arg-type]


def list_paths(edges: Edges, at: tuple[int, ...], most: int) -> Iterator[tuple[int, ...]]:
    yield at
    if len(at) <= most:
        for start, end in edges:
            if start == at[-1] and end not in at:
                yield from list_paths(edges, (*at, end), most)


def weigh(edges: Edges, path: tuple[int, ...], by: str) -> tuple[int, ...]:
    steps = [edges[pair] for pair in pairwise(path)]
    cost = sum(cost for cost, _ in steps)
    first = {"effort": 0, "moves": len(steps), "skills": sum(skills for _, skills in steps)}[by]
    return first, cost, len(steps), *path


def draw_edges(random: Random) -> Edges:
    """A graph of six profiles in which many paths cost the same: in some all paths between two profiles do."""
    density, most = random.choice((0.3, 0.5, 0.7)), random.choice((2, 3, 9))
    heights = [0, *random.sample(range(1, 6), 5)] if random.random() < 0.5 else None
    edges: Edges = {}
    for start, end in permutations(range(6), 2):
        cost = random.randint(1, most) if heights is None else heights[end] - heights[start]
        if cost > 0 and random.random() < density:
            edges[start, end] = cost, random.randint(0, 1)
    return edges


@pytest.mark.parametrize("by", ["effort", "moves", "skills"])
@pytest.mark.parametrize("most", [None, 0, 1, 2, 3])
@given(seed=st.integers(0, 2**32 - 1), goals=st.sets(st.integers(1, 5), min_size=1, max_size=3))
def test_the_best_path_of_all_is_found(seed: int, goals: set[int], by: str, most: int | None) -> None:
    random = Random(seed)
    for _ in range(10):
        compare(draw_edges(random), goals, by, most)


def compare(edges: Edges, goals: set[int], by: str, most: int | None) -> None:
    space = make_space(edges, {0}, goals, by, counted=most is not None, max_moves=most)
    found = find_best(space)
    ends = (path for path in list_paths(edges, (0,), 6 if most is None else most) if path[-1] in goals)
    expected = min(ends, key=lambda path: weigh(edges, path, by), default=None)
    assert (None if found is None else found.stops) == expected


@pytest.mark.parametrize(
    ("costs", "most", "best"),
    [
        # Of equal paths the one of fewer moves wins, though 5 is first seen by way of 3.
        ({(0, 1): 1, (1, 3): 1, (3, 5): 2, (0, 2): 3, (2, 5): 1}, None, (0, 2, 5)),
        # And then the one whose codes come first, though 5 is first seen by way of 4.
        ({(0, 4): 1, (4, 5): 3, (0, 2): 2, (2, 5): 2}, None, (0, 2, 5)),
        # The cheap way to 2 leaves too few moves.
        ({(0, 1): 1, (1, 2): 1, (0, 2): 5, (2, 3): 1, (3, 5): 1}, 3, (0, 2, 3, 5)),
        ({(0, 1): 1, (1, 2): 1, (0, 2): 5, (2, 3): 1, (3, 5): 1}, 4, (0, 1, 2, 3, 5)),
    ],
)
def test_ties_and_limits(costs: dict[tuple[int, int], int], most: int | None, best: tuple[int, ...]) -> None:
    edges = {pair: (cost, 0) for pair, cost in costs.items()}
    compare(edges, {5}, "effort", most)
    assert (
        min(
            (path for path in list_paths(edges, (0,), most or 6) if path[-1] == 5),
            key=lambda path: weigh(edges, path, "effort"),
        )
        == best
    )
