"""Years of experience as a rubric states them in a sentence, read as ranges.

``5–7+ years`` is read as 5 to 7, ``8+`` as 8 or more, ``0–1 years`` as 0 to 1; alternatives by degree give one
range each. A sentence without such a figure gives none: unknown stays unknown.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rolegraph.model.record import YearRange

_FIGURE = r"[0-9]{1,2}(?:\.[0-9]+)?"
_RANGE = re.compile(
    rf"(?<![\w.])(?P<low>{_FIGURE})\s*(?:[-–—]\s*(?P<high>{_FIGURE})\s*\+?|(?P<open>\+)|)\s*(?:years?|yrs?)\b"
)


def read_years(text: str) -> tuple[YearRange, ...]:
    """The ranges of years that a sentence names, in its order, each once.

    >>> [(str(r.min), str(r.max)) for r in read_years("5+ years (BA), 3 years (MA)")]
    [('5', 'None'), ('3', '3')]
    """
    found: list[YearRange] = []
    for match in _RANGE.finditer(text):
        low = Decimal(match["low"])
        high = Decimal(match["high"]) if match["high"] else None if match["open"] else low
        if high is not None and high < low:
            continue
        years = YearRange(min=low, max=high)
        if years not in found:
            found.append(years)
    return tuple(found)
