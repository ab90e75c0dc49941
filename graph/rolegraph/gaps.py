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
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy


_ABOUT_DATA: Final = frozenset({"Descriptor", "Stage"})
"""Rows of a level that tell how it was recorded, not what it asks."""


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
    return Gap(
        origin,
        destination,
        skills.scope,
        skills.keep,
        skills.gain,
        skills.unknown,
        tuple(_list_expectations(taxonomy, origin, destination)),
        skills.notes,
        round(len(skills.gain) / total, 6) if total else None,
        edition,
        compared.distance,
        compared.band,
        roster.title_at(start),
        roster.title_at(end),
        compared.reason,
    )


def rank_gaps(
    taxonomy: Taxonomy,
    roster: Roster,
    origin: str,
    destinations: Sequence[str],
    edition: str = "structural@1",
) -> Gaps:
    """The gaps to several destinations, the smallest share of skills to gain first, unknown shares last.

    Ties go to the nearer one, then to the code that comes first. Raises as :func:`describe_gap` does, and for a
    destination that is named twice.
    """
    if not destinations:
        raise RequestError("no destination is named; name one or more")
    if twice := sorted(code for code, number in Counter(destinations).items() if number > 1):
        raise RequestError(f"{', '.join(twice)} is named more than once; name each destination once")
    gaps = [describe_gap(taxonomy, roster, origin, code, edition) for code in destinations]
    order = f"share of skills to gain, then distance ({edition}), then code; where a share is unknown, after the others"
    return Gaps(origin, order, tuple(sorted(gaps, key=_rank)))


def _rank(gap: Gap) -> tuple[bool, Fraction, bool, float, str]:
    total = len(gap.keep) + len(gap.gain)
    share = Fraction(len(gap.gain), total) if total else Fraction(0)
    return not total, share, gap.distance is None, gap.distance or 0.0, gap.destination


def _list_expectations(taxonomy: Taxonomy, origin: str, destination: str) -> Iterator[Expectation]:
    """The rows that differ between two profiles, what is recorded at one end alone among them."""
    ends = taxonomy.profile_by_code[origin], taxonomy.profile_by_code[destination]
    for section, rows in (
        (LEVEL, compare_levels(taxonomy, ends)),
        (GUIDELINE, compare_guidelines(ends)),
        (RESPONSIBILITIES, compare_responsibilities(ends)),
    ):
        for label, (before, after) in rows:
            if before != after and label not in _ABOUT_DATA:
                yield Expectation(label, before, after, section)
