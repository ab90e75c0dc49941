"""Content on two layers: points that hold what they ask for themselves, and what the ground under them does.

The two layers have no item in common, so that what two points share is what they share above plus what they share
below. Many points stand on few grounds, and nearly all grounds have something in common; points that share nothing
above are therefore not compared one by one. Over one ground they stand in the order of what they hold above, and only
the first of each is looked at, until it is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import Generic

from rolegraph.careers.content import Contents, Item, Near

_REMEMBERED = 64
"""For how many grounds it is kept what all others share with them."""


class Layers(Generic[Item]):
    """Points, counted from 0, each the positions of a set above and of one below, or -1 for none.

    >>> own = Contents([[("weld", 6)], [("weld", 6), ("solder", 6)]])
    >>> ground = Contents([[("steel", 3)], [("steel", 1)]])
    >>> layers = Layers(own, ground, [(0, 0), (1, 1), (-1, 1)])
    >>> layers.measure(0, 1), layers.measure(0, 2)
    ((8, 15), (8, 9))
    >>> [near.position for near in layers.rank(0)]
    [1, 2]
    """

    def __init__(
        self, above: Contents[Item], below: Contents[Item], points: Sequence[tuple[int, int]]
    ) -> None:
        self._above, self._below = above, below
        self._over, self._under = ([point[layer] for point in points] for layer in (0, 1))
        self.totals = [_total(above, a) + _total(below, b) for a, b in points]
        """The sum of the weights of each point; 0 for one without a place."""
        # Two fractions with denominators up to n differ by 1 / n² or more, hence by a whole key.
        self.scale = max(1, 2 * max(self.totals, default=0)) ** 2
        """What makes whole numbers of distances that stand in their order: ``different * scale // together``."""
        self._by_above = _sort_points(self._over, len(above))
        self._by_below = _sort_points(self._under, len(below))
        for members in self._by_below:
            members.sort(key=self.totals.__getitem__)
        self._known: dict[int, list[int]] = {}

    def measure(self, a: int, b: int) -> tuple[int, int] | None:
        """The distance of two points as (different, together); None where one of them has no place."""
        if not self.totals[a] or not self.totals[b]:
            return None
        shared = _count_shared(self._above, self._over[a], self._over[b])
        return self._split(a, b, shared + _count_shared(self._below, self._under[a], self._under[b]))

    def rank(self, a: int) -> Iterator[Near]:
        """All other points that have a place, nearest to one first, ties in no order; worked out as far as asked for.

        Those that share nothing come last, by position.
        """
        own, totals, size, scale = self.totals[a], self.totals, len(self.totals), self.scale
        if not own:
            return
        over, under = self._over, self._under
        # The last place, which is that of -1, is of points without a set: these share nothing.
        above = [*_sum_shared(self._above, over[a]), 0]
        below = self._sum_below(under[a])

        # One number for the distance and, after it, the position.
        def key(b: int) -> int:
            both, common = own + totals[b], below[under[b]]
            return (both - 2 * common) * scale // (both - common) * size + b

        queue = [
            (both - 2 * common) * scale // (both - common) * size + b
            for kernel, held in enumerate(above)
            if held
            for b in self._by_above[kernel]
            for both, common in ((own + totals[b], held + below[under[b]]),)
            if b != a
        ]
        standing = {
            base: (b for b in self._by_below[base] if b != a and not above[over[b]])
            for base, held in enumerate(below)
            if held
        }
        queue.extend(key(b) for members in standing.values() for b in islice(members, 1))
        heapify(queue)
        while queue:
            b = heappop(queue) % size
            yield Near(b, *self._split(a, b, above[over[b]] + below[under[b]]))
            if not above[over[b]]:
                for follower in islice(standing[under[b]], 1):
                    heappush(queue, key(follower))
        for b, total in enumerate(totals):
            if total and b != a and not above[over[b]] and not below[under[b]]:
                yield Near(b, own + total, own + total)

    def _split(self, a: int, b: int, shared: int) -> tuple[int, int]:
        both = self.totals[a] + self.totals[b]
        return both - 2 * shared, both - shared

    def _sum_below(self, ground: int) -> list[int]:
        found = self._known.get(ground)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[ground] = [*_sum_shared(self._below, ground), 0]
        return found


def _sort_points(sets: Sequence[int], number: int) -> list[list[int]]:
    """The points that hold each of so many sets."""
    members: list[list[int]] = [[] for _ in range(number)]
    for position, own in enumerate(sets):
        if own >= 0:
            members[own].append(position)
    return members


def _sum_shared(contents: Contents[Item], position: int) -> list[int]:
    return contents.sum_shared(position) if position >= 0 else [0] * len(contents)


def _total(contents: Contents[Item], position: int) -> int:
    return contents.totals[position] if position >= 0 else 0


def _count_shared(contents: Contents[Item], a: int, b: int) -> int:
    found = contents.measure(a, b) if a >= 0 and b >= 0 else None
    return 0 if found is None else found[1] - found[0]
