"""The ways to rank occupations by nearness that stand side by side: content@1's arithmetic, and its peers.

All rank the same occupations, which are counted from 0. Ties are drawn by lot, from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt
from random import Random
from typing import Final

from bench.evaluate.content import Item
from rolegraph.careers.content import Contents

SEED: Final = "rolegraph"

Rank = Callable[[int, int], list[int]]
"""From an origin and a number k to the k nearest, nearest first, without the origin."""

Weights = Mapping[str, Mapping[Item, int]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to rank, by its name."""

    name: str
    rank: Rank


def draw_order(codes: Sequence[str]) -> list[str]:
    """The codes in an order drawn by lot, the same for the same codes."""
    drawn = sorted(codes)
    Random(SEED).shuffle(drawn)
    return drawn


def make_contents(codes: Sequence[str], weights: Weights) -> Contents[Item]:
    """The content of each occupation in turn, with rolegraph's own arithmetic."""
    return Contents(sorted(weights.get(code, {}).items()) for code in codes)


def rank_content(codes: Sequence[str], weights: Weights) -> Rank:
    """By weighted Jaccard (Ruzicka) distance: ``Contents`` of rolegraph, as content@1 uses it.

    Its ties go by position; give the codes in an order drawn by lot.
    """
    contents = make_contents(codes, weights)
    return lambda origin, k: [near.position for near in contents.find_nearest(origin, k)]


def rank_jaccard(codes: Sequence[str], weights: Weights) -> Rank:
    """By plain Jaccard distance: the same items, each there or not."""
    return rank_content(codes, {code: dict.fromkeys(items, 1) for code, items in weights.items()})


def rank_cosine(codes: Sequence[str], weights: Weights) -> Rank:
    """By the angle between the vectors of weights. One without weights is near none."""
    vectors = [weights.get(code, {}) for code in codes]
    holders: dict[Item, list[tuple[int, int]]] = {}
    for position, vector in enumerate(vectors):
        for item, weight in vector.items():
            holders.setdefault(item, []).append((position, weight))
    lengths = [sqrt(sum(weight * weight for weight in vector.values())) for vector in vectors]

    def rank(origin: int, k: int) -> list[int]:
        # Sums of whole numbers: the same in whatever order.
        products = [0] * len(codes)
        for item, weight in vectors[origin].items():
            for position, other in holders[item]:
                products[position] += weight * other
        keys = [
            -product / length if length else 0.0 for product, length in zip(products, lengths, strict=True)
        ]
        return _take(origin, k, keys, codes)

    return rank


def rank_tree(codes: Sequence[str], first: Rank | None = None) -> Rank:
    """By distance in the SOC tree, as the codes tell it; ties as ``first`` ranks them, or by lot."""

    def rank(origin: int, k: int) -> list[int]:
        keys = [measure_tree(codes[origin], code) for code in codes]
        if first is None:
            return _take(origin, k, keys, codes)
        return sorted(first(origin, len(codes)), key=keys.__getitem__)[:k]

    return rank


def rank_by_lot(codes: Sequence[str]) -> Rank:
    """By lot: what a measure reaches that knows nothing."""
    return lambda origin, k: _take(origin, k, [0] * len(codes), codes)


def measure_tree(a: str, b: str) -> int:
    """Steps up from two O*NET-SOC codes to where they meet: 0 for one detailed SOC occupation, 5 for nothing shared.

    >>> measure_tree("15-1252.00", "15-1252.01"), measure_tree("15-1252.00", "15-1254.00")
    (0, 1)
    >>> measure_tree("15-1252.00", "15-2011.00"), measure_tree("15-1252.00", "17-2011.00")
    (4, 5)
    """
    # Major group, then digit by digit: minor groups have two or three digits, and the tree no more levels than this.
    return sum(a[:end] != b[:end] for end in (2, 4, 5, 6, 7))


def _take(origin: int, k: int, keys: Sequence[float], codes: Sequence[str]) -> list[int]:
    # A lot of its own for each origin, so that no occupation is lucky everywhere.
    lots = list(range(len(codes)))
    Random(f"{SEED} {codes[origin]}").shuffle(lots)
    ranked = sorted(lots, key=keys.__getitem__)
    return list(islice((position for position in ranked if position != origin), k))
