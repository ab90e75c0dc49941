"""The forms that an edition can have: which constants each needs, and in which units they are held.

Nothing is imported here but types: every answer reads this, and answers must come at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

STEP = 1000
"""Thousandths in a level step; stages, components and distances are counted in these."""
MICRO = 1_000_000
"""Millionths in 1; costs, shares and years are counted in these."""

CENTS = 100
"""Hundredths in an amount of pay."""

HUNDREDTHS = 100
"""Hundredths in 1 of a scale of importance, in which importances are published."""

WEIGHT = 600
"""Units in the weight 1 of an item. Importances in hundredths, rising over two or three points, give whole numbers."""


class Form(NamedTuple):
    """One form: its constants, in order, with how many units make 1; and the class that measures by it.

    ``measure`` is ``module:class`` of a :class:`rolegraph.careers.yardstick.Yardstick`; None for a form that is no
    distance.
    """

    constants: Mapping[str, int]
    measure: str | None = None


_PLACE = {
    "track": STEP,
    "same-function": STEP,
    "same-group": STEP,
    "elsewhere": STEP,
    "truncation": STEP,
    "band-confident": STEP,
    "band-needs-review": STEP,
}
FORMS: Mapping[str, Form] = {
    "structural": Form(_PLACE, "rolegraph.careers.by_place:ByPlace"),
    "experience": Form({**_PLACE, "stage-divisor": MICRO}, "rolegraph.careers.by_place:ByPlace"),
    "content": Form(
        {
            "own-skill": WEIGHT,
            "base-skill-from": HUNDREDTHS,
            "base-skill-full": HUNDREDTHS,
            "base-knowledge-from": HUNDREDTHS,
            "base-knowledge-full": HUNDREDTHS,
            "base-activity": WEIGHT,
            "base-essential": WEIGHT,
            "least-skills": 1,
            "band-confident": MICRO,
            "band-needs-review": MICRO,
        },
        "rolegraph.careers.by_content:ByContent",
    ),
    "pay": Form({"truncation-ratio": MICRO}, "rolegraph.careers.by_pay:ByPay"),
    "effort": Form(
        {
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
        }
    ),
}
"""The forms known here. A new form is an entry here and the class that it names."""

BY_RANK, BY_YEARS, BY_STAGE = 0, 1, 2
"""How the stages of a track are known: not at all, from typical years, or as the data states them."""

DOCUMENTED, RETIRED = 1, 2
"""Bits of a profile's flags."""
UNRECORDED, WHOLE_FOCUS, PER_LEVEL = 0, 1, 2
"""How the skills of a focus are recorded: not at all, for the whole focus, or (some of them) for levels."""

SKILL, KNOWLEDGE, ACTIVITY, ESSENTIAL = range(4)
"""What an item of an occupation is: a rated skill or subject, a work activity of its tasks, an essential skill."""
