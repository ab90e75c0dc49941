"""Texts of days -> days as records write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from rolegraph.model import codes

Order = Literal["day-first", "month-first"]
"""What stands first in a day that is written in digits."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DIGITS: Final = re.compile(r"([0-9]{1,2})([./-]) ?([0-9]{1,2})\2 ?([0-9]{4})")
_DAY_MONTH: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?[ -](?:of )?(?P<month>[a-z]+)\.?,?[ -](?P<year>[0-9]{4})"
)
_MONTH_DAY: Final = re.compile(
    r"(?P<month>[a-z]+)\.?[ -](?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?[ -](?P<year>[0-9]{4})"
)


def parse_day(text: str, order: Order | None = None) -> str:
    """A day as ``2025-07-01``, without the midnight that exports add to it; what is no day as it is.

    Months may be English words. Days in digits alone (``01.07.2025``, ``1/7/2025``) are read where ``order`` says
    what stands first.

    >>> parse_day("2025-01-02 00:00:00"), parse_day("2025-01-02T09:30:00"), parse_day("1 July 2025")
    ('2025-01-02', '2025-01-02T09:30:00', '2025-07-01')
    >>> parse_day("01/07/2025"), parse_day("01/07/2025", "day-first"), parse_day("01/07/2025", "month-first")
    ('01/07/2025', '2025-07-01', '2025-01-07')
    """
    text = re.sub(r"[ T]00:00(?::00(?:\.0+)?)?$", "", text)
    if re.fullmatch(codes.DAY_PATTERN, text):
        return text
    digits = _DIGITS.fullmatch(text)
    if digits is not None:
        first, second = int(digits[1]), int(digits[3])
        if order is None:
            return text
        day, month = (first, second) if order == "day-first" else (second, first)
        return _make_day(int(digits[4]), month, day) or text
    folded = text.casefold()
    words = _DAY_MONTH.fullmatch(folded) or _MONTH_DAY.fullmatch(folded)
    if words is not None:
        return _make_day(int(words["year"]), _find_month(words["month"]), int(words["day"])) or text
    return text


def guess_order(text: str) -> Order | None:
    """What stands first in a day in digits, where only one of both can be; None for all others.

    >>> guess_order("31.12.2025"), guess_order("12/31/2025"), guess_order("01/07/2025")
    ('day-first', 'month-first', None)
    """
    orders: tuple[Order, ...] = ("day-first", "month-first")
    possible = [order for order in orders if parse_day(text, order) != text]
    return possible[0] if len(possible) == 1 and is_day_in_digits(text) else None


def is_day_in_digits(text: str) -> bool:
    """Whether a text is a day in digits alone, the year last.

    >>> is_day_in_digits("1.7.2025"), is_day_in_digits("2025-07-01")
    (True, False)
    """
    return _DIGITS.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a text is written as records write a day."""
    return re.fullmatch(codes.DAY_PATTERN, text) is not None


def _find_month(word: str) -> int:
    """The number of a month by its name or its first letters, three at least; 0 where there is none."""
    return next((n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)), 0)


def _make_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
