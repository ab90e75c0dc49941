"""Why there is no path: what stands in the way, in plain words, and the nearest role that can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP, relate
from rolegraph.careers.forms import BY_RANK, MICRO
from rolegraph.careers.rules import KINDS, STEP_DOWN
from rolegraph.careers.search import Search

if TYPE_CHECKING:
    from rolegraph.careers.moves import Moves, Step


def explain_absence(
    moves: Moves,
    start: int,
    goals: list[int],
    *,
    max_moves: int | None,
    allow_step_down: bool,
    searched: Search | None = None,
) -> str:
    """Why no path leads from a profile to any of ``goals``, profiles of one focus.

    ``searched`` is the search for all of them that found none, if there was one.

    If a path is there without the limits, the answer names the limit that stands in the way; otherwise it says
    from where the destination is entered, and the nearest role that can be reached.
    """
    origin = moves.roster.code_of(start)
    if searched is not None and searched.is_free:
        widest, free = searched, None
    else:
        widest = Search(moves, goals, allow_step_down=True)
        free = widest.find_path(start)
    if free is not None:
        limits, found = _find_limits(moves, start, goals, max_moves, allow_step_down) or (
            f"at most {_count(max_moves or 0)}, no step-down",
            free,
        )
        end = moves.roster.code_of(found[-1][1][0])
        return (
            f"No path from {origin} to {end} keeps to the limit: {limits}. "
            f"Without it the best path takes {_count(len(found))}."
        )
    end = moves.roster.code_of(goals[0])
    cause = (
        _tell_methods(moves, start, goals) or _tell_cut(moves, widest, goals) or _tell_entries(moves, goals)
    )
    holes = _tell_holes(moves, start, goals)
    nearest = _tell_nearest(moves, widest, start, goals)
    parts = (f"No path leads from {origin} to {end}.", holes, cause, nearest)
    return " ".join(part for part in parts if part)


def _find_limits(
    moves: Moves, start: int, goals: list[int], max_moves: int | None, allow_step_down: bool
) -> tuple[str, list[tuple[int, Step]]] | None:
    """The one limit without which there is a path, and that path; None where both stand in the way."""
    if max_moves is not None:
        found = Search(moves, goals, allow_step_down=allow_step_down).find_path(start)
        if found is not None:
            return f"at most {_count(max_moves)}", found
    if not allow_step_down:
        search = Search(moves, goals, max_moves=max_moves, allow_step_down=True)
        found = search.find_path(start)
        if found is not None:
            return "no step-down", found
    return None


def _tell_methods(moves: Moves, start: int, goals: list[int]) -> str:
    """Tracks whose stages are not known in the same way are not connected by any move."""
    roster, measure = moves.roster, moves.rules.measure
    tracks = {roster.level_track[roster.profile_level[at]] for at in (start, goals[0])}
    ranked = [roster.track_codes[track] for track in sorted(tracks) if measure.method[track] == BY_RANK]
    if len(tracks) < 2:
        return ""
    if ranked:
        return (
            f"No move leads to or from track {' or '.join(ranked)}: neither typical years nor stages are known "
            "for all of its levels in use."
        )
    if len({measure.method[track] for track in tracks}) > 1:
        return (
            "No move connects the two tracks: the stages of one are known from typical years, those of the "
            "other as given, and they are not mixed."
        )
    return ""


def _tell_cut(moves: Moves, search: Search, goals: list[int]) -> str:
    """A move into a goal that the rules allow, but that its origin does not keep among its cheapest."""
    roster = moves.roster
    for profile in sorted(search.settled):
        for goal in goals:
            step = moves.judge_step(profile, goal)
            if step is not None:
                inside = roster.function_of(profile) == roster.function_of(goal)
                most = moves.rules.constants["keep-lateral" if inside else "keep-function-change"]
                return (
                    f"{roster.code_of(profile)} could move there ({KINDS[step[2]]}), but a profile keeps only "
                    f"its {most} cheapest moves of a kind, and this is not one of them."
                )
    return ""


def _tell_entries(moves: Moves, goals: list[int]) -> str:
    """From which levels the first goal can be entered, inside its focus, its function and beyond."""
    roster, rules = moves.roster, moves.rules
    goal = goals[0]
    places = {
        FOCUS: "in its focus",
        FUNCTION: "in its function",
        GROUP: "in its function group",
        ELSEWHERE: f"elsewhere with at least {rules.constants['skill-share'] * 100 / MICRO:g} % of its skills",
    }
    ways = []
    for relation, place in places.items():
        levels = [
            roster.level_codes[level]
            for level in range(roster.level_count)
            if rules.judge(level, roster.profile_level[goal], relation) not in {None, STEP_DOWN}
        ]
        if levels:
            ways.append(f"{_join(levels)} {place}")
    if not ways:
        return f"No move leads up or across into {roster.code_of(goal)}."
    return f"It is entered from {'; '.join(ways)}; no such role can be reached."


def _tell_holes(moves: Moves, start: int, goals: list[int]) -> str:
    """The rungs that are missing on the ladders of both ends: a promotion goes up one rung at a time."""
    roster = moves.roster
    missing: list[str] = []
    for focus in dict.fromkeys(roster.profile_focus[at] for at in (start, goals[0])):
        rungs = roster.rungs_of(focus)
        for track in sorted({roster.level_track[level] for level in rungs}):
            levels = [level for level in range(roster.level_count) if roster.level_track[level] == track]
            taken = [place for place, level in enumerate(levels) if level in rungs]
            missing += [
                f"{roster.focus_codes[focus]}.{roster.level_codes[level]}"
                for level in levels[taken[0] : taken[-1]]
                if level not in rungs
            ]
    if not missing:
        return ""
    there = f"There is no role {_join(missing[:6])}{' ...' if len(missing) > 6 else ''}"
    return f"{there}, and a promotion goes up one rung at a time."


def _tell_nearest(moves: Moves, search: Search, start: int, goals: list[int]) -> str:
    roster, measure = moves.roster, moves.rules.measure
    known = []
    for profile in search.settled:
        level, focus = roster.profile_level[profile], roster.profile_focus[profile]
        for goal in goals:
            other = roster.profile_level[goal]
            if profile != start and measure.compares(level, other):
                relation = relate(roster, focus, roster.profile_focus[goal])
                known.append((measure.count_steps(level, other, relation), profile))
    if not known:
        return ""
    steps, nearest = min(known)
    return (
        f"The nearest role that can be reached is {roster.code_of(nearest)} "
        f"({measure.judge(steps)[0]:.4f} away by {measure.edition})."
    )


def _count(moves: int) -> str:
    return f"{moves} move{'' if moves == 1 else 's'}"


def _join(codes: list[str]) -> str:
    return " or ".join([", ".join(codes[:-1]), codes[-1]] if len(codes) > 1 else codes)
