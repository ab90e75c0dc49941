"""The gap between roles: the skills that a destination asks, and the expectations that change on the way there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rolegraph.answers.sides import Expectation, Gap, Gaps
from rolegraph.careers.gap import find_skill_gap
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.comparison import (
    GUIDELINE,
    LEVEL,
    RESPONSIBILITIES,
    compare_guidelines,
    compare_levels,
    compare_responsibilities,
)
from rolegraph.entries import YEARS_LABEL
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster
    from rolegraph.comparison import Values
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy

_ABOUT_DATA: Final = frozenset({"Descriptor", "Stage"})
"""Rows of a level that tell how it was recorded, not what it asks."""
_ROWS_OF_THEIR_OWN: Final = frozenset({LEVEL, YEARS_LABEL})
"""Rows of a level that are no part of its descriptor."""
DESCRIPTOR: Final = "level descriptor"


def describe_gap(
    taxonomy: Taxonomy, roster: Roster, origin: str, destination: str, edition: str = "structural@1"
) -> Gap:
    """What a destination asks that an origin does not show; both are codes of profiles in use.

    The skills come from :func:`rolegraph.careers.gap.find_skill_gap`; the expectations are what the descriptor of
    the level, its guideline and the responsibilities say differently at the destination. Raises UnknownError or
    RequestError for a code or an edition that is not there.
    """
    start, end = roster.locate_profile(origin), roster.locate_profile(destination)
    skills = find_skill_gap(roster, start, end)
    total = len(skills.keep) + len(skills.gain)
    compared = open_yardstick(roster, edition).compare(start, end)
    rows = list(_align_ends(taxonomy, origin, destination))
    equal, unrecorded = _sort_equal(rows)
    return Gap(
        origin,
        destination,
        skills.scope,
        skills.keep,
        skills.gain,
        skills.unknown,
        tuple(
            Expectation(label, before, after, section)
            for section, label, (before, after) in rows
            if before != after
        ),
        skills.notes,
        round(len(skills.gain) / total, 6) if total else None,
        edition,
        compared.distance,
        compared.band,
        roster.title_at(start),
        roster.title_at(end),
        compared.reason,
        equal,
        unrecorded,
    )


def rank_gaps(
    taxonomy: Taxonomy,
    roster: Roster,
    origin: str,
    destinations: Sequence[str],
    edition: str = "structural@1",
) -> Gaps:
    """The gaps to several destinations, the smallest share of skills to gain first, unknown shares last.

    Ties go to the one with fewer skills to deepen, then to the nearer one, then to the code that comes first. The
    origin itself is no destination: it is left out, and a note says so. Raises as :func:`describe_gap` does, and for
    a destination that is named twice.
    """
    if not destinations:
        raise RequestError("no destination is named; name one or more")
    if twice := sorted(code for code, number in Counter(destinations).items() if number > 1):
        raise RequestError(f"{', '.join(twice)} is named more than once; name each destination once")
    gaps = [describe_gap(taxonomy, roster, origin, code, edition) for code in destinations if code != origin]
    order = (
        f"share of skills to gain, then number to deepen, then distance ({edition}), then code; where a share is"
        " unknown, after the others"
    )
    notes = (f"{origin} is the origin: there is no gap to it, and it is left out.",)
    return Gaps(origin, order, tuple(sorted(gaps, key=_rank)), notes if len(gaps) < len(destinations) else ())


def _rank(gap: Gap) -> tuple[bool, Fraction, int, bool, float, str]:
    total = len(gap.keep) + len(gap.gain)
    share = Fraction(len(gap.gain), total) if total else Fraction(0)
    deepen = sum(skill.deepen for skill in gap.keep)
    return not total, share, deepen, gap.distance is None, gap.distance or 0.0, gap.destination


def _align_ends(taxonomy: Taxonomy, origin: str, destination: str) -> Iterator[tuple[str, str, Values]]:
    """Section, label and texts of what is asked at two profiles, what is the same among them."""
    ends = taxonomy.profile_by_code[origin], taxonomy.profile_by_code[destination]
    for section, rows in (
        (LEVEL, _compare_rungs(taxonomy, ends)),
        (GUIDELINE, compare_guidelines(ends)),
        (RESPONSIBILITIES, compare_responsibilities(ends)),
    ):
        yield from ((section, label, values) for label, values in rows if label not in _ABOUT_DATA)


def _compare_rungs(taxonomy: Taxonomy, ends: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    """The levels themselves, which are always known, and what is recorded of them."""
    yield LEVEL, tuple(taxonomy.level_by_code[profile.level].label for profile in ends)
    yield from compare_levels(taxonomy, ends)


def _sort_equal(rows: Sequence[tuple[str, str, Values]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of descriptor, guideline and responsibilities those that are the same at both ends, and those without record."""
    equal: list[str] = []
    unrecorded: list[str] = []
    for name, section in (
        (DESCRIPTOR, LEVEL),
        (GUIDELINE.lower(), GUIDELINE),
        (RESPONSIBILITIES.lower(), RESPONSIBILITIES),
    ):
        ends = [values for part, label, values in rows if part == section and label not in _ROWS_OF_THEIR_OWN]
        if all(value is None for values in ends for value in values):
            unrecorded.append(name)
        elif all(before == after for before, after in ends):
            equal.append(name)
    return tuple(equal), tuple(unrecorded)
