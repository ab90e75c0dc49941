"""Finds the routes between two ends under constraints, as the moves that they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.careers.alternatives import list_routes
from rolegraph.careers.constraints import Constraints, resolve_limits
from rolegraph.careers.forms import BY_RANK
from rolegraph.careers.search import find_best, grow_tree, rank_simple, trace
from rolegraph.careers.space import Space
from rolegraph.careers.spans import span_years
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.careers.moves import Moves, Step
    from rolegraph.careers.network import Network, Networks
    from rolegraph.careers.roster import Roster
    from rolegraph.careers.search import Route

Hop = tuple[int, "Step"]
"""The profile that a move leaves, and the move."""


class Finder:
    """The routes from any of ``starts`` to any of ``goals`` (profiles) by one objective.

    By ``years`` the goals that take the fewest years are tried first; among those that take as many, effort decides.
    """

    def __init__(self, networks: Networks, starts: Sequence[int], goals: Sequence[int], by: str) -> None:
        self.networks = networks
        self.roster: Roster = networks.roster
        self.starts = starts
        self.goals = goals
        self._by = "effort" if by == "years" else by
        self._rounds = _group_by_years(self.roster, starts, goals) if by == "years" else [list(goals)]

    def find(self, asked: Constraints, k: int = 1, *, similar: bool = False) -> list[list[Hop]]:
        """The best route and its alternatives; none where there is no route.

        Raises RequestError where the constraints are wrong or contradict each other.
        """
        for goals in self._rounds:
            space = self.open_space(asked, goals)
            best = find_best(space)
            most = asked.max_moves
            if best is not None and most is not None and len(best.moves) > most:
                space = self.open_space(asked, goals, counted=True)
                best = find_best(space)
            if best is not None and not best.is_simple:
                best = next(rank_simple(space), None)
            if best is not None:
                routes = list_routes(space, best, k, similar=similar, max_moves=most)
                return [_list_hops(space.network, route) for route in routes]
        return []

    def list_ways(self, asked: Constraints) -> dict[int, list[Hop]]:
        """The best route to every profile that can be reached, the starts among them, which need none.

        Of equally good routes to a profile the one of fewer moves is taken.
        """
        most = asked.max_moves
        ways = self._list_ways(asked, counted=False)
        # Counting takes as many times longer as there may be moves.
        if most is None or all(len(hops) <= most for hops in ways.values()):
            return ways
        return self._list_ways(asked, counted=True)

    def _list_ways(self, asked: Constraints, *, counted: bool) -> dict[int, list[Hop]]:
        space = self.open_space(asked, [], counted=counted)
        tree = grow_tree(space.starts, space.leave)
        best: dict[int, tuple[int, int]] = {}
        for state, spent in tree.spent.items():
            profile = space.profile_of(state)
            best[profile] = min((spent, state), best.get(profile, (spent, state)))
        network = space.network
        return {
            profile: [
                (network.origins[move], network.read_step(move)) for _, move in reversed(trace(tree, state))
            ]
            for profile, (_, state) in best.items()
        }

    def open_space(self, asked: Constraints, goals: Sequence[int], *, counted: bool = False) -> Space:
        """The space of one search."""
        limits = resolve_limits(self.roster, asked, self.starts, goals)
        network = self.networks.get(allow_step_down=asked.allow_step_down)
        return Space(self.roster, network, limits, self.starts, goals, self._by, counted=counted)


def find_starts(moves: Moves, code: str, *, any_rung: bool = False) -> list[int]:
    """The profiles from which an end is left: the profile, or the lowest rung of a focus, or any of its rungs.

    The lowest rung is the one of the earliest career stage where that compares all tracks of the focus, else the one
    of the lowest rank; where several are equally low, any of them. Errors as :func:`find_goals`.
    """
    roster, measure = moves.roster, moves.rules.measure
    rungs = find_goals(roster, code)
    if any_rung or len(rungs) == 1:
        return rungs
    levels = {at: roster.profile_level[at] for at in rungs}
    methods = {measure.method[roster.level_track[level]] for level in levels.values()}
    places = measure.stages if len(methods) == 1 and BY_RANK not in methods else roster.level_rank
    lowest = min(places[level] for level in levels.values())
    return [at for at, level in levels.items() if places[level] == lowest]


def find_goals(roster: Roster, code: str) -> list[int]:
    """The profiles at which an end is reached: the profile, or any rung of a focus.

    Raises UnknownError, and RequestError for what is retired or has no profile in use.
    """
    if code.count(".") == 2:
        return [roster.locate_profile(code)]
    rungs = sorted(roster.rungs_of(roster.locate_focus(code)).values())
    if not rungs:
        raise RequestError(f"the focus {code} has no profile in use")
    return rungs


def _group_by_years(roster: Roster, starts: Sequence[int], goals: Sequence[int]) -> list[list[int]]:
    """Goals by the years that lie between the first start and them, least first, unknown and open ones last."""
    groups: dict[tuple[bool, float, float], list[int]] = {}
    for goal in goals:
        span = span_years(roster, roster.profile_level[starts[0]], roster.profile_level[goal])
        low, high = (0.0, None) if span is None else span
        groups.setdefault((high is None, high or 0.0, low), []).append(goal)
    return [groups[key] for key in sorted(groups)]


def _list_hops(network: Network, route: Route) -> list[Hop]:
    return [(network.origins[move], network.read_step(move)) for move in route.moves]
