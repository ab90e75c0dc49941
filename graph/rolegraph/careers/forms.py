"""The forms that an edition can have: which constants each needs, and in which units they are held.

Nothing is imported here but types: every answer reads this, and answers must come at once.
"""

from __future__ import annotations

from collections.abc import Mapping

STEP = 1000
"""Thousandths in a level step; stages, components and distances are counted in these."""
MICRO = 1_000_000
"""Millionths in 1; costs, shares and years are counted in these."""

CENTS = 100
"""Hundredths in an amount of pay."""

_DISTANCE = {
    "track": STEP,
    "same-function": STEP,
    "same-group": STEP,
    "elsewhere": STEP,
    "truncation": STEP,
    "band-confident": STEP,
    "band-needs-review": STEP,
}
FORMS: Mapping[str, Mapping[str, int]] = {
    "structural": _DISTANCE,
    "experience": {**_DISTANCE, "stage-divisor": MICRO},
    "effort": {
        "skills": MICRO,
        "unknown-share": MICRO,
        "promotion": MICRO,
        "track-switch": MICRO,
        "lateral": MICRO,
        "function-change": MICRO,
        "step-down": MICRO,
        "rise": MICRO,
        "seniority": MICRO,
        "seniority-track": MICRO,
        "overlap-years": MICRO,
        "track-rise": STEP,
        "skill-share": MICRO,
        "keep-lateral": 1,
        "keep-function-change": 1,
    },
}
"""The forms known here: their constants, in order, and how many units make 1."""

DISTANCE_FORMS = frozenset({"structural", "experience"})

BY_RANK, BY_YEARS, BY_STAGE = 0, 1, 2
"""How the stages of a track are known: not at all, from typical years, or as the data states them."""

DOCUMENTED, RETIRED = 1, 2
"""Bits of a profile's flags."""
UNRECORDED, WHOLE_FOCUS, PER_LEVEL = 0, 1, 2
"""How the skills of a focus are recorded: not at all, for the whole focus, or (some of them) for levels."""
