"""What can be reached from a profile or focus within some moves, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.answers import Reach, Reached
from rolegraph.careers.constraints import FREE, Constraints
from rolegraph.careers.finder import Finder, Hop, find_starts
from rolegraph.careers.forms import MICRO
from rolegraph.careers.network import Networks
from rolegraph.careers.rules import name_kind
from rolegraph.careers.spans import span_years
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster
    from rolegraph.careers.yardstick import Yardstick


def list_reach(
    roster: Roster,
    origin: str,
    *,
    limit: int | None = None,
    edition: str = "structural@1",
    constraints: Constraints = FREE,
    networks: Networks | None = None,
) -> Reach:
    """The profiles that can be reached from a profile, or from the lowest rung of a focus, each by its best path.

    Fewest moves first (of the best path, which is the one of least effort), then least cost, then by code; the first
    ``limit`` of them. Errors as :func:`rolegraph.careers.paths.find_paths`.
    """
    if constraints.via:
        raise RequestError("reach passes by no stations; ask for a path with --via")
    if limit is not None and limit < 1:
        raise RequestError(f"limit is {limit}; ask for at least 1 role")
    networks = networks or Networks(roster)
    starts = find_starts(networks.moves, origin)
    finder = Finder(networks, starts, [], "effort")
    ways = finder.list_ways(constraints)
    order = sorted(
        (len(hops), sum(step[1] for _, step in hops), at) for at, hops in ways.items() if at not in starts
    )
    yardstick = open_yardstick(roster, edition)
    told = [_describe(roster, yardstick, ways[at], at) for _, _, at in order[:limit]]
    reason = None
    if not order:
        from rolegraph.careers.obstacles import explain_stillness

        reason = explain_stillness(finder, constraints)
    cost_edition = networks.moves.rules.edition
    return Reach(
        origin, "effort", edition, cost_edition, constraints.max_moves, len(order), tuple(told), reason
    )


def _describe(roster: Roster, yardstick: Yardstick, hops: list[Hop], at: int) -> Reached:
    start = hops[0][0]
    level, other = roster.profile_level[start], roster.profile_level[at]
    compared = yardstick.compare(start, at)
    return Reached(
        roster.code_of(at),
        roster.title_at(at),
        len(hops),
        sum(step[1] for _, step in hops) / MICRO,
        span_years(roster, level, other),
        tuple(name_kind(step[2]) for _, step in hops),
        tuple(roster.code_of(origin) for origin, _ in hops[1:]),
        compared.distance,
        compared.band,
    )
