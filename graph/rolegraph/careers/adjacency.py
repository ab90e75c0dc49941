"""Answers about what is near: the nearest profiles of one profile or of every profile, and single distances.

They are the same for every edition: what measures, and the index that finds the nearest, is the edition's
:class:`rolegraph.careers.yardstick.Yardstick`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from rolegraph.answers import Adjacent, Distance, Neighbour
from rolegraph.careers.selection import Filters, lies_within, select
from rolegraph.careers.yardstick import Found, Key, Yardstick, open_yardstick
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster

DEFAULT_EDITION = "structural@1"
NO_FILTERS: Filters = {}
_WORSE = {"confident": ("needs-review", "no-match"), "needs-review": ("no-match",), "no-match": ()}


def measure_distance(
    roster: Roster, origin: str, destination: str, edition: str = DEFAULT_EDITION
) -> Distance:
    """The distance between two profiles, given by code, with its match band and components.

    Where the edition cannot place one of them, distance and band are None and ``reason`` says why. Raises
    UnknownError for a code that is not there and RequestError for a retired one and for an edition that is not
    there or is none of distance.
    """
    yardstick = open_yardstick(roster, edition)
    start, end = roster.locate_profile(origin), roster.locate_profile(destination)
    return Distance(origin, destination, edition, *yardstick.compare(start, end))


def rank_adjacent(
    roster: Roster, code: str, k: int = 10, edition: str = DEFAULT_EDITION, filters: Filters = NO_FILTERS
) -> Adjacent:
    """The ``k`` profiles in use nearest to a profile, nearest first, ties by code; fewer if there are fewer.

    Profiles that the edition does not compare with the origin are left out and counted. Where there is none,
    ``reason`` says why. Raises UnknownError for a code or filter that is not there, RequestError for a
    retired code, for ``k`` below 1, for an edition of no distance and for filters that contradict each other.
    """
    yardstick = _open(roster, k, edition, filters)
    origin = roster.locate_profile(code)
    reason = yardstick.find_reason(origin, origin)
    if reason is not None:
        return Adjacent(code, edition, (), reason)
    found = cut(yardstick, yardstick.find_nearest(origin, k), filters)
    return _answer(yardstick, origin, found, filters, partial(_name, roster))


def rank_all(
    roster: Roster, k: int = 10, edition: str = DEFAULT_EDITION, filters: Filters = NO_FILTERS
) -> Iterator[Adjacent]:
    """The answer of :func:`rank_adjacent` for every profile in use, in the order of their codes.

    A profile that the edition cannot place is left out; :func:`count_unplaced` tells how many there are.
    """
    yardstick = _open(roster, k, edition, filters)
    # Every profile is a neighbour of many.
    name = cache(partial(_name, roster))
    for origin, found in yardstick.find_all(k):
        yield _answer(yardstick, origin, cut(yardstick, found, filters), filters, name)


def count_unplaced(roster: Roster, edition: str) -> tuple[int, tuple[str, ...]]:
    """How many profiles in use an edition cannot place, and, as notes for an answer, why, and what it cannot tell."""
    yardstick = open_yardstick(roster, edition)
    number = yardstick.count_left_out()
    placed = [at for at in roster.active_profiles() if yardstick.find_reason(at, at) is None]
    return number, (*tell_left_out(yardstick, number), *yardstick.tell_limits(None, placed))


def tell_none(roster: Roster, edition: str, filters: Filters) -> str:
    """Why an answer about what is near holds no role, where the edition can place the origin."""
    if sum(1 for _ in islice(roster.active_profiles(), 2)) < 2:
        return "there is no other role: it is the only one in use"
    if any(value not in (None, (), []) for value in filters.values()):
        return "no other role lies within what was asked for"
    return f"no other role can be compared with it by {edition}"


def rank_rows(
    roster: Roster, k: int = 10, edition: str = DEFAULT_EDITION
) -> Iterator[tuple[str, list[tuple[str, str, Band | None]]]]:
    """As :func:`rank_all`, without titles and components, for writing: (origin, [(destination, distance, band)]).

    The distance is a text of six digits after the point. This is the way to all neighbours of a large
    architecture: by structure, some ten microseconds for each profile.
    """
    yardstick = _open(roster, k, edition, NO_FILTERS)
    codes = roster.list_codes()
    told: dict[Key, tuple[str, Band | None]] = {}
    for origin, found in yardstick.find_all(k):
        row = []
        for key, at in found:
            if key not in told:
                distance, band = yardstick.judge(key)
                told[key] = f"{distance:.6f}", band
            row.append((codes[at], *told[key]))
        yield codes[origin], row


def check_number(k: int) -> None:
    """Raise RequestError for a number of neighbours below 1."""
    if k < 1:
        raise RequestError(f"k is {k}; ask for at least 1 neighbour")


def cut(yardstick: Yardstick, found: Found, filters: Filters) -> Found:
    """What lies within the distance and the match band that are asked for.

    Distance and band only grow along the list, so what is cut off is its end.
    """
    within, band = filters.get("within"), filters.get("band")
    if within is None and band is None:
        return found
    worse = () if band is None else _WORSE[band]
    for number, (key, _) in enumerate(found):
        distance, own = yardstick.judge(key)
        if (within is not None and not lies_within(distance, within)) or own in worse:
            return found[:number]
    return found


def tell_left_out(yardstick: Yardstick, number: int) -> tuple[str, ...]:
    """The note on profiles that are left out, where there are any."""
    return (yardstick.tell_left_out(number),) if number else ()


def check_bands(yardstick: Yardstick, filters: Filters) -> None:
    """Raise RequestError where a match band is asked for by an edition that has none."""
    if filters.get("band") is not None and not yardstick.banded:
        raise RequestError(f"{yardstick.edition} has no match bands; use --within with a distance")


def _open(roster: Roster, k: int, edition: str, filters: Filters) -> Yardstick:
    check_number(k)
    yardstick = open_yardstick(roster, edition, select(roster, filters))
    check_bands(yardstick, filters)
    return yardstick


def _answer(
    yardstick: Yardstick,
    origin: int,
    found: Found,
    filters: Filters,
    name: Callable[[int], tuple[str, str]],
) -> Adjacent:
    left_out = yardstick.count_left_out(origin)
    return Adjacent(
        name(origin)[0],
        yardstick.edition,
        tuple(_describe(yardstick, origin, found, name)),
        None if found else tell_none(yardstick.roster, yardstick.edition, filters),
        left_out,
        (*tell_left_out(yardstick, left_out), *yardstick.tell_limits(origin, [at for _, at in found])),
    )


def _describe(
    yardstick: Yardstick, origin: int, found: Found, name: Callable[[int], tuple[str, str]]
) -> Iterator[Neighbour]:
    judge, split = yardstick.judge, yardstick.split
    describe = yardstick.describe if yardstick.speaks else None
    for key, at in found:
        code, title = name(at)
        distance, band = judge(key)
        parts = split(origin, at)
        if describe is None:
            yield Neighbour(code, title, distance, band, parts)
        else:
            yield Neighbour(code, title, distance, band, parts, *describe(origin, at))


def _name(roster: Roster, profile: int) -> tuple[str, str]:
    return roster.code_of(profile), roster.title_at(profile)
