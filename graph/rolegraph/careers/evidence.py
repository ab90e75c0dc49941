"""What a move rests on, in plain words: typical years, recorded skills, recorded pay. What is not recorded says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rolegraph.careers.needs import is_one_record, list_needs
from rolegraph.careers.spans import format_years

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster


def list_evidence(roster: Roster, origin: int, destination: int) -> Iterator[str]:
    """The records behind a move between two profiles, one short phrase each."""
    yield from _tell_years(roster, origin, destination)
    yield _tell_skills(roster, origin, destination)
    yield from _tell_pay(roster, origin, destination)


def _tell_years(roster: Roster, origin: int, destination: int) -> Iterator[str]:
    levels = roster.profile_level[origin], roster.profile_level[destination]
    if levels[0] != levels[1] and any(roster.years_min[level] >= 0 for level in levels):
        told = [
            "not recorded"
            if roster.years_min[level] < 0
            else format_years(roster.years_min[level], roster.years_max[level])
            for level in levels
        ]
        yield f"typical years {told[0]} -> {told[1]}"


def _tell_skills(roster: Roster, origin: int, destination: int) -> str:
    if roster.profile_set[destination] < 0:
        return "skills of the destination not recorded"
    if roster.profile_set[origin] < 0:
        return "skills of the origin not recorded"
    if is_one_record(roster, origin, destination):
        return "skills recorded for the whole focus, not per level"
    needs = list_needs(roster, origin, destination)
    shown = sum(need.shown is not None for need in needs)
    return f"{shown} of {len(needs)} skills shown by the origin"


def _tell_pay(roster: Roster, origin: int, destination: int) -> Iterator[str]:
    before, after = roster.pay_median[origin], roster.pay_median[destination]
    if before < 0 or after < 0:
        if before >= 0 or after >= 0:
            yield f"median pay of the {'origin' if before < 0 else 'destination'} not recorded"
        return
    if roster.pay_kind[origin] != roster.pay_kind[destination]:
        yield "median pay in unlike currencies or periods"
        return
    inherited = roster.pay_inherited[origin] or roster.pay_inherited[destination]
    note = ", inherited from the function" if inherited else ""
    yield f"median pay {tell_change(before, after)}{note}"


def tell_change(before: int, after: int) -> str:
    """By how much an amount changes, in per cent; with a digit after the point where it is small.

    >>> tell_change(100, 118), tell_change(1000, 996), tell_change(5, 5), tell_change(0, 5)
    ('+18 %', '-0.4 %', 'same', 'from nothing')
    """
    if before == after:
        return "same"
    if not before:
        return "from nothing"
    share = (after - before) * 100 / before
    return f"{share:+.1f} %" if abs(share) < 1 else f"{share:+,.0f} %"
