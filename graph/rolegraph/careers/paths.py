"""Career paths: the best sequence of moves between two profiles or focuses, every move explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.answers import CareerPath, Paths
from rolegraph.careers.distance import Measure, require_comparable
from rolegraph.careers.forms import BY_RANK, MICRO
from rolegraph.careers.ladders import describe_ladder as describe_ladder
from rolegraph.careers.moves import Moves
from rolegraph.careers.search import Search
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.moves import Step
    from rolegraph.careers.roster import Roster

OBJECTIVES = ("effort", "moves", "years", "skills")
"""What the best path can have least of: cost, moves, years until its end, skills to learn; ties by effort."""


def find_paths(
    roster: Roster,
    origin: str,
    destination: str,
    *,
    by: str = "effort",
    edition: str = "structural@1",
    max_moves: int | None = None,
    allow_step_down: bool = False,
) -> Paths:
    """The best path from ``origin`` to ``destination``, each the code of a profile or of a focus.

    An origin focus stands for its lowest rung, a destination focus for the first of its rungs that is reached.
    ``by`` is the objective: it decides between paths, not which moves there are. ``effort`` is the sum of the
    costs; ``moves`` their number; ``skills`` the sum of their shares of skills to learn; ``years`` the years in
    which the path ends, which between two profiles are the same on every path and choose the rung of a
    destination focus. Ties go to less effort, fewer moves, and the codes that come first. ``edition`` is the
    distance shown with each move. Where origin and destination are one, the path has no move and costs nothing.

    Raises UnknownError for a code that is not there, RequestError for a retired one, an edition or objective
    that is not there, a negative ``max_moves``, or an edition that does not compare the ends of a move.
    """
    if by not in OBJECTIVES:
        raise RequestError(f"there is no objective {by}; choose {', '.join(OBJECTIVES)}")
    if max_moves is not None and max_moves < 0:
        raise RequestError(f"max_moves is {max_moves}; give 0 or more")
    moves, measure = Moves(roster), Measure(roster, edition)
    start = _find_lowest(moves, origin) if origin.count(".") == 1 else roster.locate_profile(origin)
    if destination.count(".") == 1:
        goals = _list_rungs(roster, destination)
    else:
        goals = [roster.locate_profile(destination)]
    rounds = [[goal] for goal in _order_by_years(roster, goals)] if by == "years" else [goals]
    objective = "effort" if by == "years" else by
    for tried in rounds:
        search = Search(moves, tried, objective, max_moves=max_moves, allow_step_down=allow_step_down)
        found = search.find_path(start)
        if found is not None:
            path = _describe_path(moves, measure, start, found)
            return Paths(origin, destination, by, edition, moves.rules.edition, (path,), None)
    from rolegraph.careers.obstacles import explain_absence

    reason = explain_absence(
        moves,
        start,
        goals,
        max_moves=max_moves,
        allow_step_down=allow_step_down,
        searched=search if len(rounds) == 1 else None,
    )
    return Paths(origin, destination, by, edition, moves.rules.edition, (), reason)


def _list_rungs(roster: Roster, code: str) -> list[int]:
    rungs = sorted(roster.rungs_of(roster.locate_focus(code)).values())
    if not rungs:
        raise RequestError(f"the focus {code} has no profile in use")
    return rungs


def _find_lowest(moves: Moves, code: str) -> int:
    """The lowest rung of a focus: by career stage where that compares all its tracks, else by rank."""
    roster, measure = moves.roster, moves.rules.measure
    rungs = _list_rungs(roster, code)
    levels = {at: roster.profile_level[at] for at in rungs}
    methods = {measure.method[roster.level_track[level]] for level in levels.values()}
    if len(methods) == 1 and BY_RANK not in methods:
        return min(rungs, key=lambda at: (measure.stages[levels[at]], at))
    return min(rungs, key=lambda at: (roster.level_rank[levels[at]], at))


def _order_by_years(roster: Roster, goals: list[int]) -> list[int]:
    """Goals by the years of their level, last year first, unknown and open ones last, then by code."""

    def order(goal: int) -> tuple[bool, int, int, int]:
        level = roster.profile_level[goal]
        low, high = roster.years_min[level], roster.years_max[level]
        return high < 0, high, low, goal

    return sorted(goals, key=order)


def _describe_path(moves: Moves, measure: Measure, start: int, found: list[tuple[int, Step]]) -> CareerPath:
    roster, levels = moves.roster, moves.roster.profile_level
    described = []
    for origin, step in found:
        require_comparable(roster, measure, levels[origin], levels[step[0]])
        described.append(moves.describe(origin, step, measure))
    end = found[-1][1][0] if found else start
    years = span_years(roster, levels[start], levels[end]) if found else (0.0, 0.0)
    return CareerPath(sum(step[1] for _, step in found) / MICRO, years, tuple(described))


def span_years(roster: Roster, level: int, other: int) -> tuple[float, float | None] | None:
    """The years between two levels, at least and at most; None where the years of either are not known.

    From the first year of the destination less the last of the origin, to the last less the first; a range that
    is open above has no most. What would be less than no time is none.
    """
    low, high = roster.years_min[level], roster.years_max[level]
    other_low, other_high = roster.years_min[other], roster.years_max[other]
    if low < 0 or other_low < 0:
        return None
    least = 0 if high < 0 else max(0, other_low - high)
    if other_high < 0:
        return least / MICRO, None
    return least / MICRO, max(least, other_high - low) / MICRO
