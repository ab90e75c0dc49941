"""What a destination asks of skills, seen from an origin: the one way to split skills for moves, gaps and ladders.

Unknown is not missing. Where no skill is recorded for the origin, nothing is known of any skill of the destination;
and where both ends belong to one focus whose skills are recorded for the focus as a whole, the record cannot tell its
levels apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rolegraph.careers.forms import PER_LEVEL

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

Standing = Literal["keep", "deepen", "gain", "unknown"]


class Need(NamedTuple):
    """One skill of a destination. Skills, uses and steps of proficiency are positions in a roster.

    ``use`` is the use of the skill by the destination's focus, ``asked`` the proficiency that is required there;
    ``shown`` and ``known`` are the same of the origin. None: not recorded. ``per_level`` says whether the
    destination's focus records the skill for the level or for the focus as a whole.
    """

    skill: int
    use: int
    asked: int | None
    shown: int | None
    known: int | None
    per_level: bool
    standing: Standing


def list_needs(roster: Roster, origin: int, destination: int) -> list[Need]:
    """The destination's skills in the order of its focus, each with where the origin stands.

    A skill is to be deepened where both ends say how well they ask for it, and the destination asks for more.
    """
    recorded = roster.profile_set[origin] >= 0
    apart = recorded and (origin == destination or not is_one_record(roster, origin, destination))
    uses = roster.uses_of(origin)
    needs = []
    for skill, (use, asked) in roster.uses_of(destination).items():
        shown, known = uses.get(skill, (None, None))
        standing: Standing = "gain"
        if not apart:
            standing = "unknown"
        elif shown is not None:
            rises = asked is not None and known is not None and asked > known
            standing = "deepen" if rises else "keep"
        per_level = asked is not None or bool(roster.use_levels[use])
        needs.append(Need(skill, use, asked, shown, known, per_level, standing))
    return needs


def is_one_record(roster: Roster, origin: int, destination: int) -> bool:
    """Whether both ends belong to one focus that does not record skills per level."""
    focus = roster.profile_focus[origin]
    return bool(focus == roster.profile_focus[destination] and roster.focus_scope[focus] != PER_LEVEL)


def describe_rise(roster: Roster, step: int, other: int) -> str:
    """From one step of proficiency to another, in words."""
    return f"{roster.proficiency_labels[step]} -> {roster.proficiency_labels[other]}"
