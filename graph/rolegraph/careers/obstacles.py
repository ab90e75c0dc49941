"""Why there is no path: what stands in the way, in plain words, what giving it up would give, the nearest role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.careers.constraints import Constraints, Relax, list_relaxations
from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP, relate
from rolegraph.careers.forms import BY_RANK, MICRO
from rolegraph.careers.rules import JUMP, STEP_DOWN, name_kind

if TYPE_CHECKING:
    from rolegraph.careers.finder import Finder, Hop
    from rolegraph.careers.moves import Moves

TRIED_UP_TO = 20_000
"""Up to so many profiles it is tried whether step-downs would help: making them takes as long as all other moves."""


class Absence(NamedTuple):
    """Why there is no path; and if giving up one constraint makes one, which (``relaxed``) and the path."""

    reason: str
    relaxed: str | None = None
    hops: list[Hop] | None = None


def explain_absence(finder: Finder, asked: Constraints) -> Absence:
    """Why no path leads from the starts of a finder to its goals under some constraints.

    Each constraint is given up alone, those that always hold (no step-down, one rung at a time) among them; the
    cheapest path that this makes is the nearest miss. If none helps alone, as few as will do are given up together.
    If there is no path even without any, the answer says from where the destination is entered, and the nearest role
    that can be reached.
    """
    tries = dict(_list_tries(finder, asked))
    kept = [told for told, _ in list_relaxations(asked)]
    holes = _tell_holes(finder.networks.moves, finder.starts[0], finder.goals)
    ends = f"{_name(finder, finder.starts)} to {_name(finder, finder.goals)}"
    under = f" under {_join(kept, 'and')}" if kept else ""
    parts = [
        f"No path leads from {ends}{under}.",
        _tell_pay(finder) if asked.min_pay_ratio is not None else "",
        "A path visits no role twice." if asked.via else "",
    ]
    ways = [(told, hops) for told, relax in tries.items() for hops in finder.find(relax(asked))]
    if ways:
        ways.sort(key=lambda way: sum(step[1] for _, step in way[1]))
        if any("--max-jump" in told for told, _ in ways):
            parts.append(holes)
        parts += [f"{told[0].upper()}{told[1:]} {_tell_best(hops)}." for told, hops in ways]
        return Absence(_join_parts(parts), *ways[0])
    if found := finder.find(_relax(asked, tries.values())):
        needed = dict(tries)
        # What always holds is kept to if it can be, so it is tried first whether that is needed.
        for told in reversed(tries):
            others = [relax for other, relax in needed.items() if other != told]
            if closer := finder.find(_relax(asked, others)):
                del needed[told]
                found = closer
        together = f"{_join(list(needed), 'and')} together"
        parts.append(f"No constraint stands in the way alone; {together} {_tell_best(found[0])}.")
        return Absence(_join_parts(parts), together, found[0])
    moves, start, goals = finder.networks.moves, finder.starts[0], finder.goals
    reached = finder.list_ways(_relax(asked, tries.values()))
    methods = _tell_methods(moves, start, goals)
    if methods:
        # Then a missing rung is not what stands in the way.
        holes = ""
    cause = methods or _tell_cut(moves, reached, goals) or _tell_entries(moves, goals)
    untried = "" if _tries_step_downs(finder, asked) else "Step-downs were not tried; --allow-step-down does."
    return Absence(
        _join_parts([*parts, holes, cause, _tell_nearest(moves, reached, finder.starts, goals), untried])
    )


def explain_stillness(finder: Finder, asked: Constraints) -> str:
    """Why nothing can be reached from the starts of a finder under some constraints, and what giving one up gives."""
    roster, measure = finder.roster, finder.networks.moves.rules.measure
    parts = [f"No role can be reached from {_name(finder, finder.starts)} as it was asked."]
    track = roster.level_track[roster.profile_level[finder.starts[0]]]
    if measure.method[track] == BY_RANK:
        parts.append(_tell_ranked([roster.track_codes[track]]))
    if asked.min_pay_ratio is not None and (pay := _tell_pay(finder)):
        parts.append(pay)
    for told, relax in _list_tries(finder, asked):
        if number := len(finder.list_ways(relax(asked))) - len(finder.starts):
            roles = "1 role" if number == 1 else f"{number:,} roles"
            parts.append(f"{told[0].upper()}{told[1:]} {roles} can be reached.")
    if len(parts) == 1:
        parts.append("No move leads from it by the rules, whatever constraint is given up.")
    return " ".join(parts)


def _list_tries(finder: Finder, asked: Constraints) -> Iterator[tuple[str, Relax]]:
    """Each constraint that can be given up, with what to say of it."""
    for told, relax in list_relaxations(asked):
        yield f"without {told}", relax
    if not asked.allow_step_down and "step-down" not in asked.no and _tries_step_downs(finder, asked):
        yield "with --allow-step-down", lambda kept: kept._replace(allow_step_down=True)
    wider = asked.max_jump + 1
    yield f"with --max-jump {wider}", lambda kept: kept._replace(max_jump=wider)


def _relax(asked: Constraints, relaxations: Iterable[Relax]) -> Constraints:
    for relax in relaxations:
        asked = relax(asked)
    return asked


def _tries_step_downs(finder: Finder, asked: Constraints) -> bool:
    return asked.allow_step_down or len(finder.roster) <= TRIED_UP_TO


def _tell_best(hops: Sequence[Hop]) -> str:
    cost = sum(step[1] for _, step in hops) / MICRO
    return f"the best path takes {_count(len(hops))} (cost {cost:.4f})"


def _join_parts(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _name(finder: Finder, profiles: Sequence[int]) -> str:
    return _join([finder.roster.code_of(at) for at in profiles], "or")


def _tell_pay(finder: Finder) -> str:
    roster = finder.roster
    active = list(roster.active_profiles())
    unknown = sum(roster.pay_median[at] < 0 for at in active)
    if not unknown:
        return ""
    return f"The median pay of {unknown:,} of {len(active):,} roles is not recorded; no move from or to them is made."


def _tell_methods(moves: Moves, start: int, goals: Sequence[int]) -> str:
    """Tracks whose stages are not known in the same way are not connected by any move."""
    roster, measure = moves.roster, moves.rules.measure
    tracks = {roster.level_track[roster.profile_level[at]] for at in (start, goals[0])}
    ranked = [roster.track_codes[track] for track in sorted(tracks) if measure.method[track] == BY_RANK]
    if len(tracks) < 2:
        return ""
    if ranked:
        return _tell_ranked(ranked)
    if len({measure.method[track] for track in tracks}) > 1:
        return (
            "No move connects the two tracks: the stages of one are known from typical years, those of the "
            "other as given, and they are not mixed."
        )
    return ""


def _tell_ranked(tracks: list[str]) -> str:
    return (
        f"No move leads to or from track {_join(tracks)}: neither typical years nor stages are known for all of its "
        "levels in use."
    )


def _tell_cut(moves: Moves, reached: Iterable[int], goals: Sequence[int]) -> str:
    """A move into a goal that the rules allow, but that its origin does not keep among its cheapest."""
    roster = moves.roster
    for profile in sorted(reached):
        for goal in goals:
            step = moves.judge_step(profile, goal)
            if step is not None:
                inside = roster.function_of(profile) == roster.function_of(goal)
                most = moves.rules.constants["keep-lateral" if inside else "keep-function-change"]
                return (
                    f"{roster.code_of(profile)} could move there ({name_kind(step[2])}), but a profile keeps only "
                    f"its {most} cheapest moves of a kind, and this is not one of them."
                )
    return ""


def _tell_entries(moves: Moves, goals: Sequence[int]) -> str:
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
            if (kind := rules.judge(level, roster.profile_level[goal], relation)) is not None
            and kind != STEP_DOWN
            and kind < JUMP
        ]
        if levels:
            ways.append(f"{_join(levels)} {place}")
    if not ways:
        return f"No move leads up or across into {roster.code_of(goal)}."
    return f"It is entered from {'; '.join(ways)}; no such role can be reached."


def _tell_holes(moves: Moves, start: int, goals: Sequence[int]) -> str:
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


def _tell_nearest(moves: Moves, reached: Iterable[int], starts: Sequence[int], goals: Sequence[int]) -> str:
    roster, measure = moves.roster, moves.rules.measure
    known = []
    for profile in reached:
        level, focus = roster.profile_level[profile], roster.profile_focus[profile]
        for goal in goals:
            other = roster.profile_level[goal]
            if profile not in starts and measure.compares(level, other):
                relation = relate(roster, focus, roster.profile_focus[goal])
                known.append((measure.count_steps(level, other, relation), profile))
    if not known:
        return ""
    steps, nearest = min(known)
    if steps >= measure.truncation:
        # Everything is as far as can be: none of it is near.
        return ""
    return (
        f"The nearest role that can be reached is {roster.code_of(nearest)} "
        f"({measure.judge(steps)[0]:.4f} away by {measure.edition})."
    )


def _count(moves: int) -> str:
    return f"{moves} move{'' if moves == 1 else 's'}"


def _join(names: list[str], last: str = "or") -> str:
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
