"""Which profiles an answer is about: those of some tracks, levels, functions or function groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from rolegraph.careers.closest import refuse_level, refuse_unknown
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from decimal import Decimal

    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster


class Filters(TypedDict, total=False):
    """What narrows an answer about what is near.

    ``within`` is the largest distance (0 to 1), see :func:`lies_within`, and ``band`` the worst match band; ``tracks``, ``levels`` (``M2``,
    ``P3..P5``, ``P3..``, ``..P5``), ``functions`` and ``groups`` name what a profile belongs to, one or several.
    """

    within: float | Decimal | None
    band: Band | None
    tracks: Sequence[str]
    levels: Sequence[str]
    functions: Sequence[str]
    groups: Sequence[str]


class Selection(NamedTuple):
    """The functions and levels whose profiles are asked for, by position; None for all."""

    functions: frozenset[int] | None = None
    levels: frozenset[int] | None = None

    def allows(self, function: int, level: int) -> bool:
        """Whether a profile of a function at a level is asked for."""
        return (self.functions is None or function in self.functions) and (
            self.levels is None or level in self.levels
        )


EVERYTHING = Selection()
_ROUNDED = (4, 5)
"""The digits of a distance that are shown, up to those that it has."""


def lies_within(distance: float, within: float | Decimal) -> bool:
    """Whether a distance is at most so large; limits are included.

    A limit that is written with four or five digits after the point is compared with the distance at as many digits,
    so that it includes what is shown so; any other is compared exactly. A Decimal keeps the zeros at its end.

    >>> lies_within(0.111111, 0.1111), lies_within(0.111111, 0.111), lies_within(0.3, 0.3), lies_within(0.333333, 0.3)
    (True, False, True, False)
    """
    digits = len(str(within).partition(".")[2])
    shown = float(f"{distance:.{digits}f}") if digits in _ROUNDED else distance
    return shown <= float(within)


def select(roster: Roster, filters: Filters) -> Selection:
    """The functions and levels that filters leave.

    Raises UnknownError for a name that nothing answers to, with the closest; RequestError for a distance outside 0
    to 1, for a range of levels that is none, and for filters that leave nothing together.
    """
    if strange := sorted(set(filters) - set(Filters.__annotations__)):
        known = ", ".join(Filters.__annotations__)
        raise TypeError(f"there is no filter {', '.join(strange)}; filters are {known}")
    within = filters.get("within")
    if within is not None and not 0 <= within <= 1:
        raise RequestError(
            f"a distance within {within} cannot be: distances run from 0 to 1; give one of these"
        )
    tracks, levels = filters.get("tracks", ()), filters.get("levels", ())
    functions, groups = filters.get("functions", ()), filters.get("groups", ())
    return Selection(
        _join(
            "functions",
            [_find(roster.function_codes, name, "function", roster.function_labels) for name in functions],
            {
                function
                for name in groups
                for function in roster.group_functions[_find(roster.group_codes, name, "function group")]
            },
            asked=(bool(functions), bool(groups)),
        ),
        _join(
            "levels",
            {level for text in levels for level in _read_levels(roster, text)},
            {
                level
                for name in tracks
                for level in _list_track(roster, _find(roster.track_codes, name, "track"))
            },
            asked=(bool(levels), bool(tracks)),
        ),
    )


def _join(
    what: str, ones: Iterable[int], others: Iterable[int], *, asked: tuple[bool, bool]
) -> frozenset[int] | None:
    if not any(asked):
        return None
    left = frozenset(ones) & frozenset(others) if all(asked) else frozenset((*ones, *others))
    if not left:
        other = "groups" if what == "functions" else "tracks"
        raise RequestError(f"the {what} and {other} asked for have nothing in common; leave one of them out")
    return left


def _find(codes: Iterable[str], name: str, kind: str, labels: Iterable[str] = ()) -> int:
    """The position of a code, in any letter case, or of a label."""
    known, wanted = list(codes), name.strip().casefold()
    named = list(labels)
    for texts in (known, named):
        for at, text in enumerate(texts):
            if text and text.casefold() == wanted:
                return at
    raise refuse_unknown(kind, name, known, named)


def _find_level(roster: Roster, name: str) -> int:
    wanted = name.strip().casefold()
    for at, code in enumerate(roster.level_codes):
        if code.casefold() == wanted:
            return at
    tracks = {
        track: [
            roster.level_codes[at]
            for at in sorted(_list_track(roster, number), key=lambda at: roster.level_rank[at])
        ]
        for number, track in enumerate(roster.track_codes)
    }
    raise refuse_level(name, tracks)


def _list_track(roster: Roster, track: int) -> list[int]:
    return [level for level, own in enumerate(roster.level_track) if own == track]


def _read_levels(roster: Roster, text: str) -> list[int]:
    """The levels of ``M2`` or ``P3..P5``; an end that is left out is that of the track."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        return [_find_level(roster, first)]
    if not first and not last:
        raise RequestError(f"{text!r} is no range of levels; write P3..P5, P3.. or ..P5")
    ends = [_find_level(roster, code) for code in (first, last) if code]
    ranks, tracks = [roster.level_rank[at] for at in ends], {roster.level_track[at] for at in ends}
    if len(tracks) > 1:
        raise RequestError(
            f"{text!r} runs from one track to another; give a range for each, as in --level P3..P5 --level M1..M2"
        )
    low, high = ranks[0] if first else 0, ranks[-1] if last else max(roster.level_rank)
    if low > high:
        raise RequestError(f"{text!r} runs from the higher level to the lower; write {last}..{first}")
    return [at for at in _list_track(roster, tracks.pop()) if low <= roster.level_rank[at] <= high]
