"""Other paths worth telling: each a different idea, not the best one with a detour.

Candidates are the best routes through each single profile ("single-via paths" of Abraham, Delling, Goldberg and
Werneck, "Alternative routes in road networks", 2013): two trees, from the starts and to the goals, give them all.
A candidate is another idea where, with every path told before, it shares at most half of the stops, the ends left
out, and at most half of the changes (moves that are no promotions), and where it leaves out a stop of each of them. One
that costs more than twice the best is no way to go.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rolegraph.careers.rules import count_rungs
from rolegraph.careers.search import Route, grow_tree, rank_simple, trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.careers.space import Space

MOST = 100
"""The most paths that are told."""
_WORTH = 2
"""How many times the weight of the best path an alternative may have."""


def list_routes(
    space: Space, best: Route, count: int, *, similar: bool, max_moves: int | None
) -> list[Route]:
    """The best route and up to ``count`` - 1 alternatives, best first, all simple and distinct.

    With ``similar`` these are simply the next best routes, however alike they are.
    """
    if count == 1 or not best.moves:
        return [best]
    if similar:
        routes = (r for r in rank_simple(space) if max_moves is None or len(r.moves) <= max_moves)
        return list(islice(routes, count))
    told = [best]
    for route in _list_candidates(space, best.weight * _WORTH):
        fits = max_moves is None or len(route.moves) <= max_moves
        if fits and route.is_simple and all(_differ(space, route, other) for other in told):
            told.append(route)
            if len(told) == count:
                break
    return told


def _list_candidates(space: Space, most: int) -> Iterator[Route]:
    """The best route through each state, best first; equal ones by state."""
    back = grow_tree(space.goals, space.enter, most)
    ahead = grow_tree(space.starts, space.leave, most, back.spent)
    whole = sorted(
        (spent + back.spent[state], state) for state, spent in ahead.spent.items() if state in back.spent
    )
    seen: set[tuple[int, ...]] = set()
    for weight, state in whole:
        head, tail = trace(ahead, state), trace(back, state)
        stops = (*(space.profile_of(at) for at, _ in reversed(head)), space.profile_of(state))
        stops += tuple(space.profile_of(at) for at, _ in tail)
        if stops not in seen:
            seen.add(stops)
            moves = (*(move for _, move in reversed(head)), *(move for _, move in tail))
            yield Route(weight, stops, moves)


def _differ(space: Space, route: Route, told: Route) -> bool:
    """Whether a route is another idea than one that is told."""
    if route.stops == told.stops:
        return False
    changes, others = _list_changes(space, route), _list_changes(space, told)
    if 2 * len(changes & others) > min(len(changes), len(others)):
        return False
    own, other = set(route.stops[1:-1]), set(told.stops[1:-1])
    if not other:
        return True
    return 2 * len(own & other) <= max(len(own), len(other)) and not other <= own


def _list_changes(space: Space, route: Route) -> set[int]:
    return {move for move in route.moves if not count_rungs(space.network.kinds[move])}
