"""What a path must keep to, as it is asked for; and as what a search keeps to.

Whatever is wrong with a request is told at once: kinds and tracks that are not there, numbers out of range, and
constraints that contradict each other or the ends of the path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from rolegraph.careers.forms import MICRO
from rolegraph.careers.rules import KINDS
from rolegraph.careers.space import Limits
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster


class Constraints(NamedTuple):
    """What a path must keep to.

    ``via`` are codes of profiles, focuses or functions that are visited in this order (any profile of them will do);
    ``avoid`` codes of profiles, focuses or functions in which no move ends; ``no`` kinds of move that are not made, nor as step-downs;
    ``tracks`` the only
    tracks in which moves end. ``max_moves`` is the most moves, ``max_jump`` the most rungs that a promotion climbs.
    ``min_pay_ratio`` is the least that the median pay of a move's destination may be of its origin's; where either is
    not recorded, or they are in unlike currencies or periods, the move is not made.
    """

    via: Sequence[str] = ()
    avoid: Sequence[str] = ()
    no: Sequence[str] = ()
    tracks: Sequence[str] = ()
    max_moves: int | None = None
    max_jump: int = 1
    min_pay_ratio: float | None = None
    allow_step_down: bool = False


class Asked(TypedDict, total=False):
    """The same as arguments of a question, with names in place of codes."""

    via: Sequence[str]
    avoid: Sequence[str]
    no: Sequence[str]
    tracks: Sequence[str]
    max_moves: int | None
    max_jump: int
    min_pay_ratio: float | None
    allow_step_down: bool


FREE = Constraints()


def resolve_limits(roster: Roster, asked: Constraints, starts: Iterable[int], goals: Iterable[int]) -> Limits:
    """The constraints as positions, for a search from ``starts`` to ``goals``.

    Raises RequestError with everything that is wrong with them, and UnknownError for a code that is not there.
    """
    limits = Limits(
        allow_step_down=asked.allow_step_down,
        max_jump=asked.max_jump,
        max_moves=asked.max_moves,
        barred=frozenset(at for code in asked.avoid for at in list_members(roster, code)),
        barred_kinds=frozenset(KINDS.index(kind) for kind in asked.no if kind in KINDS),
        tracks=frozenset(at for at, code in enumerate(roster.track_codes) if code in asked.tracks)
        if asked.tracks
        else None,
        via=tuple(frozenset(list_members(roster, code)) for code in asked.via),
        pay_ratio=_read_ratio(asked.min_pay_ratio),
    )
    problems = [
        *_find_bad_values(roster, asked),
        *_find_contradictions(roster, asked, limits, frozenset(starts), frozenset(goals)),
    ]
    if problems:
        raise RequestError("; ".join(problems))
    return limits


def list_members(roster: Roster, code: str) -> list[int]:
    """The profiles in use of a function, a focus, or the profile itself, by code; errors as ``locate_profile``."""
    dots = code.count(".")
    if dots == 2:
        return [roster.locate_profile(code)]
    if dots == 1:
        return sorted(roster.rungs_of(roster.locate_focus(code)).values())
    function = roster.locate_function(code)
    return [at for focus in roster.focuses_of(function) for at in sorted(roster.rungs_of(focus).values())]


Relax = Callable[[Constraints], Constraints]
"""Gives up one constraint."""


def list_relaxations(asked: Constraints) -> Iterator[tuple[str, Relax]]:
    """Each constraint that is set, as a user would say it, with what gives it up."""

    for code in dict.fromkeys(asked.via):
        yield f"--via {code}", partial(_drop_via, code)
    for code in dict.fromkeys(asked.avoid):
        yield f"--avoid {code}", partial(_drop_avoid, code)
    for kind in dict.fromkeys(asked.no):
        yield f"--no {kind}", partial(_drop_no, kind)
    if asked.tracks:
        yield " ".join(f"--track {track}" for track in asked.tracks), lambda kept: kept._replace(tracks=())
    if asked.min_pay_ratio is not None:
        yield (
            f"--min-pay-ratio {asked.min_pay_ratio:g}",
            lambda kept: kept._replace(min_pay_ratio=None),
        )
    if asked.max_moves is not None:
        yield f"--max-moves {asked.max_moves}", lambda kept: kept._replace(max_moves=None)


def _drop_via(code: str, kept: Constraints) -> Constraints:
    return kept._replace(via=_without(kept.via, code))


def _drop_avoid(code: str, kept: Constraints) -> Constraints:
    return kept._replace(avoid=_without(kept.avoid, code))


def _drop_no(kind: str, kept: Constraints) -> Constraints:
    return kept._replace(no=_without(kept.no, kind))


def _without(values: Sequence[str], value: str) -> Sequence[str]:
    return tuple(other for other in values if other != value)


def _read_ratio(ratio: float | None) -> int | None:
    """A ratio of pay in millionths; None where there is none or it is no use."""
    return round(ratio * MICRO) if ratio is not None and 0 < ratio < MICRO else None


def _find_bad_values(roster: Roster, asked: Constraints) -> Iterator[str]:
    unknown = [kind for kind in asked.no if kind not in KINDS]
    if unknown:
        yield f"there is no kind of move {', '.join(unknown)}; the kinds are {', '.join(KINDS)}"
    elif len(set(asked.no)) == len(KINDS):
        yield "every kind of move is excluded by --no; leave one"
    if "step-down" in asked.no and asked.allow_step_down:
        yield "--no step-down contradicts --allow-step-down; leave one of them out"
    strange = [track for track in asked.tracks if track not in roster.track_codes]
    if strange:
        yield f"there is no track {', '.join(strange)}; the tracks are {', '.join(roster.track_codes)}"
    if asked.max_moves is not None and asked.max_moves < 0:
        yield f"--max-moves is {asked.max_moves}; give 0 or more"
    if asked.max_jump < 1:
        yield f"--max-jump is {asked.max_jump}; a promotion climbs at least 1 rung"
    if asked.min_pay_ratio is not None and _read_ratio(asked.min_pay_ratio) is None:
        yield f"--min-pay-ratio is {asked.min_pay_ratio:g}; give a number above 0, such as 0.9"


def _find_contradictions(
    roster: Roster, asked: Constraints, limits: Limits, starts: frozenset[int], goals: frozenset[int]
) -> Iterator[str]:
    for code, members in zip(asked.via, limits.via, strict=True):
        if members and members <= limits.barred:
            yield f"--via {code} is excluded by --avoid"
        elif (
            members
            and limits.tracks is not None
            and not starts & members
            and all(roster.level_track[roster.profile_level[at]] not in limits.tracks for at in members)
        ):
            yield f"--via {code} is on none of the tracks {', '.join(asked.tracks)}"
    # A focus or function that holds the origin may be left, but not come back to; a role that is named is contradicted.
    if {roster.code_of(at) for at in starts} <= set(asked.avoid):
        yield "--avoid excludes the origin"
    elif goals and goals <= limits.barred:
        yield "--avoid excludes the destination"
    if (
        limits.tracks
        and goals
        and not goals & starts
        and all(roster.level_track[roster.profile_level[at]] not in limits.tracks for at in goals)
    ):
        yield f"the destination is on none of the tracks {', '.join(asked.tracks)}"
