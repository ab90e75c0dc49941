"""Content on two layers: points that hold what they ask for themselves, and what the ground under them does.

The two layers have no item in common, so that what two points share is what they share above plus what they share
below. Many points stand on few grounds, and nearly all grounds have something in common; points that share nothing
above are therefore not compared one by one. Over one ground they stand in the order of what they hold above, and only
the first of each is looked at, until it is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
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
        self._above, self._below, self._points = above, below, points
        self.totals = [_total(above, a) + _total(below, b) for a, b in points]
        """The sum of the weights of each point; 0 for one without a place."""
        # Two fractions with denominators up to n differ by 1 / n² or more, hence by a whole key.
        self._scale = max(1, 2 * max(self.totals, default=0)) ** 2
        self._by_above: dict[int, list[int]] = {}
        self._by_below: dict[int, list[int]] = {}
        for position, (a, b) in enumerate(points):
            self._by_above.setdefault(a, []).append(position)
            self._by_below.setdefault(b, []).append(position)
        for members in self._by_below.values():
            members.sort(key=self.totals.__getitem__)
        self._known: dict[int, list[int]] = {}

    def measure(self, a: int, b: int) -> tuple[int, int] | None:
        """The distance of two points as (different, together); None where one of them has no place."""
        if not self.totals[a] or not self.totals[b]:
            return None
        shared = sum(
            _count_shared(contents, one, other)
            for contents, one, other in zip(
                (self._above, self._below), self._points[a], self._points[b], strict=True
            )
        )
        return self._split(a, b, shared)

    def rank(self, a: int) -> Iterator[Near]:
        """All other points that have a place, nearest to one first, ties in no order; worked out as far as asked for.

        Those that share nothing come last, by position.
        """
        if not self.totals[a]:
            return
        points, totals, size = self._points, self.totals, len(self._points)
        own, ground = points[a]
        above = self._above.sum_shared(own) if own >= 0 else []
        below = self._sum_below(ground) if ground >= 0 else []

        def shares_above(b: int) -> bool:
            return bool(above) and (kernel := points[b][0]) >= 0 and above[kernel] > 0

        def share(b: int) -> int:
            one, other = points[b]
            return (above[one] if above and one >= 0 else 0) + (below[other] if below and other >= 0 else 0)

        def key(b: int) -> int:
            # One number for the distance and, after it, the position.
            both, common = totals[a] + totals[b], share(b)
            return (both - 2 * common) * self._scale // (both - common) * size + b

        queue = [
            key(b)
            for kernel, common in enumerate(above)
            if common
            for b in self._by_above.get(kernel, ())
            if b != a
        ]
        standing = {
            base: (b for b in self._by_below.get(base, ()) if b != a and not shares_above(b))
            for base, common in enumerate(below)
            if common
        }
        queue.extend(key(b) for members in standing.values() for b in _take_one(members))
        heapify(queue)
        while queue:
            b = heappop(queue) % size
            yield Near(b, *self._split(a, b, share(b)))
            if not shares_above(b):
                for follower in _take_one(standing[points[b][1]]):
                    heappush(queue, key(follower))
        for b, total in enumerate(totals):
            if total and b != a and not share(b):
                yield Near(b, totals[a] + total, totals[a] + total)

    def _split(self, a: int, b: int, shared: int) -> tuple[int, int]:
        both = self.totals[a] + self.totals[b]
        return both - 2 * shared, both - shared

    def _sum_below(self, ground: int) -> list[int]:
        found = self._known.get(ground)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[ground] = self._below.sum_shared(ground)
        return found


def _take_one(members: Iterator[int]) -> list[int]:
    first = next(members, None)
    return [] if first is None else [first]


def _total(contents: Contents[Item], position: int) -> int:
    return contents.totals[position] if position >= 0 else 0


def _count_shared(contents: Contents[Item], a: int, b: int) -> int:
    found = contents.measure(a, b) if a >= 0 and b >= 0 else None
    return 0 if found is None else found[1] - found[0]
