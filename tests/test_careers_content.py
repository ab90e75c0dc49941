"""Content: the Ruzicka distance of weighted sets, and the nearest sets from an index."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.careers.content import Contents

weighted = st.dictionaries(st.integers(0, 7), st.integers(0, 4), max_size=6)
many = st.lists(weighted, min_size=1, max_size=24)


def compute(a: dict[int, int], b: dict[int, int]) -> Fraction | None:
    """The definition, item by item."""
    if not any(a.values()) or not any(b.values()):
        return None
    items = set(a) | set(b)
    least = sum(min(a.get(item, 0), b.get(item, 0)) for item in items)
    most = sum(max(a.get(item, 0), b.get(item, 0)) for item in items)
    return 1 - Fraction(least, most)


def make(sets: list[dict[int, int]]) -> Contents[int]:
    return Contents(weights.items() for weights in sets)


def test_a_distance_worked_out_by_hand() -> None:
    # min 2 + 1, max 3 + 1 + 4
    contents = make([{0: 3, 1: 1}, {0: 2, 1: 1, 2: 4}])
    assert contents.measure(0, 1) == (5, 8)
    assert contents.totals == [4, 7]


@given(many)
def test_it_is_the_definition(sets: list[dict[int, int]]) -> None:
    contents = make(sets)
    for a, b in product(range(len(sets)), repeat=2):
        found, expected = contents.measure(a, b), compute(sets[a], sets[b])
        assert (found is None) == (expected is None)
        assert found is None or Fraction(*found) == expected


@given(st.lists(weighted.filter(lambda weights: any(weights.values())), min_size=1, max_size=4))
def test_it_is_a_metric(sets: list[dict[int, int]]) -> None:
    contents, places = make(sets), range(len(sets))
    found = {(a, b): Fraction(*(contents.measure(a, b) or ())) for a, b in product(places, repeat=2)}
    for a, b in found:
        assert 0 <= found[a, b] <= 1
        assert found[a, b] == found[b, a]
        assert (found[a, b] == 0) is (contents[a] == contents[b])
    for a, b, c in product(places, repeat=3):
        assert found[a, c] <= found[a, b] + found[b, c]


@given(many, st.sampled_from((1, 3, 1000)), st.sampled_from((1, 30_000)))
def test_the_index_finds_what_measuring_all_finds(sets: list[dict[int, int]], k: int, scale: int) -> None:
    sets = [{item: weight * scale for item, weight in weights.items()} for weights in sets]
    contents = make(sets)
    for a, weights in enumerate(sets):
        known = [(compute(weights, other), b) for b, other in enumerate(sets) if b != a]
        expected = sorted((distance, b) for distance, b in known if distance is not None)[:k]
        found = contents.find_nearest(a, k)
        assert [(Fraction(near.different, near.together), near.position) for near in found] == expected


def test_rare_and_common_items_are_counted_alike() -> None:
    sets = [{0: 1, 1: 1, 10 + at % 20: 2} for at in range(200)]
    contents = make(sets)
    nearest = contents.find_nearest(0, 10)
    assert [near.position for near in nearest] == [*range(20, 200, 20), 1]
    assert nearest[-1] == (1, 4, 6)


def test_fractions_that_are_nearly_equal_keep_their_order() -> None:
    large = 10**9
    contents = make([{0: large}, {0: large - 2}, {0: large - 1}, {0: large + 1}])
    assert [near.position for near in contents.find_nearest(0, 3)] == [3, 2, 1]


def test_a_set_without_items_is_near_nothing_and_far_from_nothing() -> None:
    contents = make([{}, {0: 1}, {0: 0}, {1: 1}])
    assert contents.find_nearest(0, 9) == []
    assert [near.position for near in contents.find_nearest(1, 9)] == [3]
    assert contents.measure(0, 0) is None
    assert contents.measure(1, 2) is None


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("x", -1)], "below 0"),
        ([("x", 1), ("x", 2)], "holds 'x' twice"),
        ([("x", 1 << 63), ("y", 1 << 63)], "at most"),
    ],
)
def test_what_is_no_weighted_set_is_refused(pairs: list[tuple[str, int]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Contents([pairs])
