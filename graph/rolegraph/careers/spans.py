"""Spans of time: how people write them, and how many years lie between two levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rolegraph.careers.forms import MICRO

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

_PERIODS: Final = {"P1Y": "a year", "P1M": "a month", "P1W": "a week", "P1D": "a day", "PT1H": "an hour"}


def name_period(duration: str) -> str:
    """What pay is for, from its ISO 8601 duration.

    >>> name_period("P1M"), name_period("P1Y6M")
    ('a month', 'per P1Y6M')
    """
    return _PERIODS.get(duration, f"per {duration}")


def format_years(low: int, high: int) -> str:
    """A range of years (millionths; a ``high`` of -1 is open) as people write it.

    >>> format_years(3_000_000, 5_000_000), format_years(8_000_000, -1), format_years(1_500_000, 1_500_000)
    ('3–5', '8+', '1.5')
    """
    first = _tell_number(low)
    if high < 0:
        return f"{first}+"
    return first if high == low else f"{first}–{_tell_number(high)}"


def _tell_number(years: int) -> str:
    whole, part = divmod(years, MICRO)
    return f"{whole}.{part:06}".rstrip("0") if part else str(whole)


def span_years(roster: Roster, level: int, other: int) -> tuple[float, float | None] | None:
    """The years between two levels, at least and at most; None where the years of either are not known.

    From the first year of the destination less the last of the origin, to the last less the first; a range that
    is open above has no most. What would be less than no time is none.
    """
    low, high = roster.years_min[level], roster.years_max[level]
    other_low, other_high = roster.years_min[other], roster.years_max[other]
    if low < 0 or other_low < 0:
        return None
    least = 0 if high < 0 else max(0, other_low - high)
    if other_high < 0:
        return least / MICRO, None
    return least / MICRO, max(least, other_high - low) / MICRO
