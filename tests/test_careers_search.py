"""The search by itself, on graphs drawn for ties: small whole costs, several goals, limits of moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.careers import search
from rolegraph.careers.distance import FOCUS
from rolegraph.careers.moves import Step

Edges = dict[tuple[int, int], tuple[int, int]]
"""Cost and skills of a move, by its ends."""


class Blind:
    """A bound that knows nothing: whatever is left may cost nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def estimate(self, profile: int) -> int:
        return 0

    def estimate_reach(self, profile: int, reach: int) -> int | None:
        return 0 if reach == FOCUS else None


class Drawn:
    """Moves that are listed."""

    def __init__(self, edges: Edges) -> None:
        self.edges = edges

    def list_reach(self, origin: int, reach: int, *, allow_step_down: bool = False) -> list[Step]:
        return [
            (end, cost, 0, skills) for (start, end), (cost, skills) in self.edges.items() if start == origin
        ]


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "Outlook", Blind)
        found = search.Search(Drawn(edges), goals, by, max_moves=most).find_path(0)  # type: ignore[arg-type]
    ends = (path for path in list_paths(edges, (0,), 6 if most is None else most) if path[-1] in goals)
    expected = min(ends, key=lambda path: weigh(edges, path, by), default=None)
    assert (None if found is None else (0, *(step[0] for _, step in found))) == expected


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
