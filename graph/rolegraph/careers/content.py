"""The arithmetic of content: how far apart weighted sets of items are, and which are nearest to which.

    distance  1 - sum of min(a, b) / sum of max(a, b), over the items of both sets

This is the Ruzicka distance (Ruzicka 1958), also called weighted Jaccard distance; for weights of 0 and 1 it is
the Jaccard distance. It is a metric. Here it is held as two whole numbers, what differs over what both hold
together, so that comparing two distances is exact. A set without items has no place: it is near nothing, and far
from nothing either.

Weights are whole numbers; a share is scaled by whoever gives it (an importance of 1 to 5 in hundredths becomes
``round(100 * (importance - 1))``). What the scale is does not change a distance.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Hashable, Iterable, Iterator
from heapq import heapify, heappop
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)

_DENSE = 8
"""An item is common where one in so many sets holds it."""


class Near(NamedTuple):
    """A set at the distance ``different / together`` from another."""

    position: int
    different: int
    together: int


class Contents(Generic[Item]):
    """Weighted sets of items, counted from 0 in the order in which they are given.

    Each set is pairs of an item and its weight. An item of weight 0 is none. Raises ValueError for a weight below
    0, for an item that a set holds twice, and for weights too large to count.

    >>> contents = Contents([[("steel", 1), ("glass", 1)], [("glass", 1)], [], [("wood", 3)]])
    >>> contents.measure(0, 1), contents.measure(0, 2)
    ((1, 2), None)
    >>> contents.find_nearest(1, 5)
    [Near(position=0, different=1, together=2), Near(position=3, different=4, together=4)]
    """

    def __init__(self, sets: Iterable[Iterable[tuple[Item, int]]]) -> None:
        self._sets = [_read_set(position, pairs) for position, pairs in enumerate(sets)]
        self.totals = [sum(weights.values()) for weights in self._sets]
        """The sum of the weights of each set; 0 for one without a place."""
        self._holders: dict[Item, list[tuple[int, int]]] = {}
        for position, weights in enumerate(self._sets):
            for item, weight in weights.items():
                self._holders.setdefault(item, []).append((position, weight))
        most = max(self.totals, default=0)
        if most >= 1 << 64:
            raise ValueError(f"the weights of a set sum to {most}; at most 2**64 - 1 is counted")
        # Wide enough for the largest sum, so that no sum runs over into its neighbour.
        self._width = "H" if most < 1 << 16 else "Q"
        # Two fractions with denominators up to n differ by 1 / n² or more, hence by a whole key.
        self._scale = max(1, 2 * most) ** 2
        self._columns: dict[tuple[Item, int], int] = {}

    def __len__(self) -> int:
        return len(self._sets)

    def __getitem__(self, position: int) -> dict[Item, int]:
        """The items of one set and their weights."""
        return self._sets[position]

    def measure(self, a: int, b: int) -> tuple[int, int] | None:
        """The distance of two sets as (different, together); None where one of them has no place."""
        small, large = sorted((self._sets[a], self._sets[b]), key=len)
        if not small:
            return None
        shared = sum(min(weight, large[item]) for item, weight in small.items() if item in large)
        return self._split(a, b, shared)

    def find_nearest(self, a: int, k: int) -> list[Near]:
        """The ``k`` sets nearest to one, nearest first, ties by position; fewer where there are fewer.

        Sets that share nothing with it are at distance 1 and come last. None are near a set without a place.
        """
        return list(islice(self.rank(a), k))

    def rank(self, a: int) -> Iterator[Near]:
        """All sets that have a place, nearest to one first, ties by position; worked out as far as asked for."""
        if not self._sets[a]:
            return
        shared = self.sum_shared(a)
        size, scale, own, totals = len(self._sets), self._scale, self.totals[a], self.totals
        # One number for both: first the distance, then the position.
        queue = [
            (own + totals[b] - 2 * common) * scale // (own + totals[b] - common) * size + b
            for b, common in enumerate(shared)
            if common and b != a
        ]
        heapify(queue)
        while queue:
            b = heappop(queue) % size
            yield Near(b, *self._split(a, b, shared[b]))
        for b, total in enumerate(totals):
            if total and not shared[b]:
                yield Near(b, own + total, own + total)

    def _split(self, a: int, b: int, shared: int) -> tuple[int, int]:
        both = self.totals[a] + self.totals[b]
        return both - 2 * shared, both - shared

    def sum_shared(self, a: int) -> list[int]:
        """The sum of min(a, b) of one set with every set.

        Common items are summed for all sets at once: a column of such minima is one long number, with a field
        for each set. The few holders of a rare item are visited one by one.
        """
        size, rare, added = len(self._sets), [], 0
        for item, weight in self._sets[a].items():
            holders = self._holders[item]
            if len(holders) * _DENSE < size:
                rare.append((holders, weight))
            else:
                added += self._find_column(item, weight)
        fields = array(self._width)
        fields.frombytes(added.to_bytes(size * fields.itemsize, sys.byteorder))
        sums = fields.tolist()
        for holders, weight in rare:
            for b, other in holders:
                sums[b] += min(weight, other)
        return sums

    def _find_column(self, item: Item, weight: int) -> int:
        column = self._columns.get((item, weight))
        if column is None:
            fields = array(self._width, bytes(len(self._sets) * array(self._width).itemsize))
            for b, other in self._holders[item]:
                fields[b] = min(weight, other)
            column = self._columns[item, weight] = int.from_bytes(fields.tobytes(), sys.byteorder)
        return column


def _read_set(position: int, pairs: Iterable[tuple[Item, int]]) -> dict[Item, int]:
    weights: dict[Item, int] = {}
    for item, weight in pairs:
        if weight < 0:
            raise ValueError(f"set {position} holds {item!r} with a weight below 0: {weight}")
        if item in weights:
            raise ValueError(f"set {position} holds {item!r} twice")
        weights[item] = weight
    return {item: weight for item, weight in weights.items() if weight}
