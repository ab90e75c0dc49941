"""The gap in skills: what a destination asks that its origin does not show, and by which record.

Each end shows the skills that are recorded for it. A skill is one at both ends where it is one concept, whatever each
focus calls it. What no record tells is unknown, and never counted as missing or as nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rolegraph.answers.sides import GapSkill
from rolegraph.careers.needs import is_one_record, list_needs

if TYPE_CHECKING:
    from rolegraph.answers.sides import Scope
    from rolegraph.careers.needs import Need
    from rolegraph.careers.roster import Roster


class SkillGap(NamedTuple):
    """The skills of a destination, each in one of three lists; see :class:`rolegraph.answers.sides.Gap`."""

    scope: Scope | None
    keep: tuple[GapSkill, ...]
    gain: tuple[GapSkill, ...]
    unknown: tuple[GapSkill, ...]
    notes: tuple[str, ...]


def find_skill_gap(roster: Roster, origin: int, destination: int) -> SkillGap:
    """The skills to keep, to gain, and of unknown standing, between two profiles (positions)."""
    needs = list_needs(roster, origin, destination)
    lists: dict[str, list[GapSkill]] = {"keep": [], "gain": [], "unknown": []}
    for need in needs:
        standing = "keep" if need.standing == "deepen" else need.standing
        lists[standing].append(_describe(roster, origin, destination, need))
    kept, gained, unknown = map(tuple, lists.values())
    return SkillGap(
        _find_scope(needs), kept, gained, unknown, _list_notes(roster, origin, destination, needs)
    )


def _describe(roster: Roster, origin: int, destination: int, need: Need) -> GapSkill:
    steps = roster.proficiency_labels
    return GapSkill(
        roster.skill_codes[need.skill],
        roster.wording_of(need.use),
        "level" if need.per_level else "focus",
        _find_evidence(roster, origin, destination, need),
        None if need.asked is None else steps[need.asked],
        None if need.known is None else steps[need.known],
        need.standing == "deepen",
    )


def _find_evidence(roster: Roster, origin: int, destination: int, need: Need) -> str:
    """Which record says that the origin shows a skill or not, or why none does."""
    code = roster.code_of(origin)
    if need.standing == "gain":
        number = len(roster.uses_of(origin))
        listed = "the one skill" if number == 1 else f"the {number} skills"
        return f"not among {listed} recorded for {code}"
    if need.shown is None:
        return f"no skill is recorded for {code}"
    focus, level = roster.profile_focus[origin], roster.profile_level[origin]
    holder = roster.focus_codes[focus]
    if need.standing == "unknown":
        return f"recorded for the whole focus {holder}, which does not tell its levels apart"
    own, other = roster.wording_of(need.shown), roster.wording_of(need.use)
    worded = "in the same words" if own == other else f"as “{own}”"
    at = f" at {roster.level_codes[level]}" if need.known is not None or roster.use_levels[need.shown] else ""
    return f"the same concept is recorded for {holder}{at} {worded}"


def _find_scope(needs: list[Need]) -> Scope | None:
    scopes = {need.per_level for need in needs}
    if len(scopes) > 1:
        return "mixed"
    return None if not scopes else "level" if scopes.pop() else "focus"


def _list_notes(roster: Roster, origin: int, destination: int, needs: list[Need]) -> tuple[str, ...]:
    start, end = roster.code_of(origin), roster.code_of(destination)
    if origin == destination:
        return ("Origin and destination are one role: there is no gap.",)
    if not needs:
        return (f"No skill is recorded for {end}: what it asks is unknown, not nothing.",)
    if roster.profile_set[origin] < 0:
        return (f"No skill is recorded for {start}: which skills of {end} are there already is unknown.",)
    level, other = (roster.level_codes[roster.profile_level[at]] for at in (origin, destination))
    focus = roster.focus_codes[roster.profile_focus[destination]]
    if is_one_record(roster, origin, destination):
        told = (
            f"The skills of {focus} are recorded for the whole focus, not per level: what {other} asks beyond"
            f" {level} is unknown here, not nothing. What the level and its guideline ask more is the gap."
        )
        return (told,)
    if not any(need.per_level for need in needs):
        told = (
            f"The skills of {focus} are recorded for the whole focus, not per level: they are the same whichever"
            " of its levels is the destination."
        )
        return (told,)
    return ()
