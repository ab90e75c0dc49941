"""Career paths: the best sequences of moves between profiles or focuses, every move explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rolegraph.answers import CareerPath, Paths
from rolegraph.careers.alternatives import MOST
from rolegraph.careers.constraints import FREE, Constraints
from rolegraph.careers.finder import Finder, find_goals, find_starts
from rolegraph.careers.forms import MICRO
from rolegraph.careers.network import Networks
from rolegraph.careers.spans import span_years
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Move
    from rolegraph.careers.finder import Hop
    from rolegraph.careers.moves import Moves
    from rolegraph.careers.roster import Roster
from rolegraph.careers.yardstick import Yardstick

OBJECTIVES = ("effort", "moves", "years", "skills")
"""What the best path can have least of: cost, moves, years until its end, skills to learn; ties by effort."""


def find_paths(
    roster: Roster,
    origin: str | Sequence[str],
    destination: str | Sequence[str],
    *,
    k: int = 1,
    by: str = "effort",
    edition: str = "structural@1",
    constraints: Constraints = FREE,
    any_rung: bool = False,
    similar: bool = False,
    networks: Networks | None = None,
) -> Paths:
    """The best path from ``origin`` to ``destination``, and up to ``k`` - 1 alternatives.

    An end is the code of a profile or of a focus, or several of them, of which any will do. An origin focus stands
    for its lowest rung, or with ``any_rung`` for the one from which the path is best; a destination focus for the
    first of its rungs that is reached. ``by`` is the objective: it decides between paths, not which moves there are.
    ``effort`` is the sum of the costs; ``moves`` their number; ``skills`` the sum of their shares of skills to learn;
    ``years`` the years that the path takes, which between two profiles are the same on every path and choose the
    rung of a destination focus. Ties go to less effort, fewer moves, and the codes that come first. ``edition`` is
    the distance shown with each move. Where origin and destination are one, the path has no move and costs nothing.

    Alternatives are other ideas (see :mod:`rolegraph.careers.alternatives`), or with ``similar`` simply the next best.
    ``networks`` holds the moves, so that several questions about one roster make them once; it also says by which
    edition they cost.

    Raises UnknownError for a code that is not there, RequestError for a retired one, for an edition or objective
    that is not there, and for constraints that are wrong or contradict each other. A move whose ends the edition does
    not compare has no distance.
    """
    if by not in OBJECTIVES:
        raise RequestError(f"there is no objective {by}; choose {', '.join(OBJECTIVES)}")
    if not 1 <= k <= MOST:
        raise RequestError(f"k is {k}; ask for 1 to {MOST} paths")
    networks = networks or Networks(roster)
    moves, yardstick = networks.moves, open_yardstick(roster, edition)
    origins, destinations = _list(origin), _list(destination)
    starts = [at for code in origins for at in find_starts(moves, code, any_rung=any_rung)]
    goals = [at for code in destinations for at in find_goals(roster, code)]
    finder = Finder(networks, sorted(set(starts)), sorted(set(goals)), by)
    head = (", ".join(origins), ", ".join(destinations), by, edition, moves.rules.edition)
    found = finder.find(constraints, k, similar=similar)
    if found:
        return Paths(*head, tuple(describe_path(moves, yardstick, hops) for hops in found), None)
    from rolegraph.careers.obstacles import explain_absence

    absence = explain_absence(finder, constraints)
    miss = None if absence.hops is None else describe_path(moves, yardstick, absence.hops)
    return Paths(*head, (), absence.reason, absence.relaxed, miss)


def _list(ends: str | Sequence[str]) -> list[str]:
    return [ends] if isinstance(ends, str) else list(ends)


def describe_path(moves: Moves, yardstick: Yardstick, hops: Sequence[Hop]) -> CareerPath:
    """A path as it is answered; one without a move costs nothing and takes no time."""
    roster, levels = moves.roster, moves.roster.profile_level
    if not hops:
        return CareerPath(0, (0.0, 0.0), ())
    described = tuple(moves.describe(origin, step, yardstick) for origin, step in hops)
    ends = levels[hops[0][0]], levels[hops[-1][1][0]]
    full = moves.rules.constants["skills"]
    to_learn = round(sum(step[3] for _, step in hops) / full, 6) if full else 0.0
    cost = sum(step[1] for _, step in hops) / MICRO
    notes = tuple(_list_notes(moves, described, *ends))
    return CareerPath(cost, span_years(roster, *ends), described, to_learn, notes)


def _list_notes(moves: Moves, described: Sequence[Move], level: int, other: int) -> Iterator[str]:
    if all(move.band == "no-match" for move in described):
        yield "No move of this path is nearer than no-match: it is a change of career, not a step."
    falls = any(move.kind == "step-down" for move in described)
    if moves.rules.find_direction(level, other) == "down" and not falls:
        codes = moves.roster.level_codes
        yield (
            f"This path leads down, from {codes[level]} to {codes[other]}, by changes of track. No single move counts as "
            "a step-down, because the typical years of its levels overlap."
        )
