"""The best route through a space, exactly and always the same one, and the trees and rankings of routes around it.

The best route is found from both ends (bidirectional Dijkstra; Pohl 1971): two searches settle states in the order of
what they weigh until no route through states that neither has settled can be as good as the best one seen. All
routes of that weight have been seen by then; among them the one whose profiles come first wins. Effort, number of
moves and codes thus decide in this order, whatever the order of the data.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rolegraph.careers.space import Space, Way

_ENDLESS = 1 << 200
"""More than anything weighs."""


class Route(NamedTuple):
    """A way through a space: what it weighs, the profiles on it, and the numbers of the moves between them."""

    weight: int
    stops: tuple[int, ...]
    moves: tuple[int, ...]

    @property
    def is_simple(self) -> bool:
        """Whether no profile is visited twice."""
        return len(set(self.stops)) == len(self.stops)


class _Side:
    """One of the two searches: what was spent on every state seen, and all best ways to it."""

    def __init__(self, roots: Iterable[int], expand: Callable[[int], list[Way]]) -> None:
        self.spent = dict.fromkeys(roots, 0)
        self.ties: dict[int, list[tuple[int, int]]] = {root: [] for root in self.spent}
        self.queue = [(0, root) for root in sorted(self.spent)]
        self._expand = expand

    def find_next(self) -> int | None:
        """What was spent on the next state to settle; None where there is none."""
        queue, spent = self.queue, self.spent
        while queue and queue[0][0] > spent[queue[0][1]]:
            heappop(queue)
        return queue[0][0] if queue else None

    def settle(self, other: _Side, best: int) -> int:
        """Settle the next state; the weight of the best route that is known now."""
        spent, ties, queue, met = self.spent, self.ties, self.queue, other.spent
        so_far, state = heappop(queue)
        for weight, end, move in self._expand(state):
            total = so_far + weight
            known = spent.get(end, _ENDLESS)
            if total < known:
                spent[end] = total
                ties[end] = [(state, move)]
                heappush(queue, (total, end))
                whole = total + met.get(end, _ENDLESS)
                if whole < best:
                    best = whole
            elif total == known:
                ties[end].append((state, move))
        return best

    def list_ties(self, states: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """All best ways from the roots to some states, step by step: a state, the one next to it on the way, the move."""
        waiting = list(states)
        seen = set(waiting)
        while waiting:
            state = waiting.pop()
            for nearer, move in self.ties[state]:
                yield state, nearer, move
                if nearer not in seen:
                    seen.add(nearer)
                    waiting.append(nearer)


def find_best(space: Space) -> Route | None:
    """The best route from a start to a goal; of equal ones the one of fewer moves, then the first by profiles.

    Where a start is a goal the route is that profile. With stations a route may visit a profile twice; then
    :func:`rank_simple` finds the best one that does not.
    """
    at_once = [state for state in space.starts if state in space.goals]
    if at_once:
        return Route(0, (space.profile_of(at_once[0]),), ())
    ahead, back = _Side(space.starts, space.leave), _Side(space.goals, space.enter)
    best = _ENDLESS
    while True:
        one, other = ahead.find_next(), back.find_next()
        if one is None or other is None or one + other > best:
            break
        side, facing = (ahead, back) if len(ahead.queue) <= len(back.queue) else (back, ahead)
        best = side.settle(facing, best)
    return None if best == _ENDLESS else _walk_first(space, ahead, back, best)


def _walk_first(space: Space, ahead: _Side, back: _Side, best: int) -> Route:
    """Of all routes of the best weight the one whose profiles come first."""
    following: dict[int, set[tuple[int, int, int]]] = {}
    few, many = sorted((ahead.spent, back.spent), key=len)
    meetings = [state for state in few if state in many and few[state] + many[state] == best]
    for state, before, move in ahead.list_ties(meetings):
        following.setdefault(before, set()).add((space.profile_of(state), state, move))
    for state, after, move in back.list_ties(meetings):
        following.setdefault(state, set()).add((space.profile_of(after), after, move))
    state = next(start for start in space.starts if start in following)
    stops, moves = [space.profile_of(state)], []
    while state not in space.goals:
        profile, state, move = min(following[state])
        stops.append(profile)
        moves.append(move)
    return Route(best, tuple(stops), tuple(moves))


class Tree(NamedTuple):
    """Best ways from some states: what each takes, and the state and move before it on its way."""

    spent: dict[int, int]
    before: dict[int, tuple[int, int]]


def grow_tree(
    roots: Iterable[int],
    expand: Callable[[int], list[Way]],
    most: int = _ENDLESS,
    left: Mapping[int, int] | None = None,
) -> Tree:
    """The best ways from ``roots`` to every state that takes at most ``most`` (Dijkstra); ties by state before.

    With ``left``, what is left to spend from each state, only states of whole routes of at most ``most`` are seen.
    """
    spent = dict.fromkeys(roots, 0)
    before: dict[int, tuple[int, int]] = {}
    settled: set[int] = set()
    queue = [(0, root) for root in sorted(spent)]
    while queue:
        so_far, state = heappop(queue)
        if state in settled:
            continue
        settled.add(state)
        for weight, end, move in expand(state):
            total = so_far + weight
            if total > most if left is None else total + left.get(end, _ENDLESS) > most:
                continue
            known = spent.get(end, _ENDLESS)
            if total < known:
                spent[end] = total
                before[end] = (state, move)
                heappush(queue, (total, end))
            elif total == known and end in before and (state, move) < before[end]:
                before[end] = (state, move)
    return Tree(spent, before)


def trace(tree: Tree, state: int) -> list[tuple[int, int]]:
    """The states and moves between a state and the root of its tree, the nearest to the state first."""
    found = []
    while state in tree.before:
        state, move = tree.before[state]
        found.append((state, move))
    return found


BEGINNINGS = 20_000
"""So many beginnings of routes are followed before the ranking of simple routes ends."""


def rank_simple(space: Space) -> Iterator[Route]:
    """The routes that visit no profile twice, best first; equal ones by number of moves, then by profiles.

    What is left to spend is known exactly from a search backwards, so only beginnings of routes that are among the
    next best are followed. Where stations are reached only by coming back to a profile, every beginning fails, and
    there are more of them than can be followed: the ranking ends after :data:`BEGINNINGS`.
    """
    left = grow_tree(space.goals, space.enter).spent
    # What the whole route weighs at least, its profiles and moves so far, the state where it ends.
    queue: list[tuple[Any, ...]] = [
        (left[state], (space.profile_of(state),), (), state) for state in space.starts if state in left
    ]
    queue.sort()
    for _ in range(BEGINNINGS):
        if not queue:
            return
        whole, stops, moves, state = heappop(queue)
        if state in space.goals:
            yield Route(whole, stops, moves)
            continue
        spent = whole - left[state]
        for weight, end, move in space.leave(state):
            profile = space.profile_of(end)
            if end in left and profile not in stops:
                whole = spent + weight + left[end]
                heappush(queue, (whole, (*stops, profile), (*moves, move), end))
