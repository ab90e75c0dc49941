"""Words that texts and pictures share: what a move is, how long a path takes, what years a level asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.report.layout import BANDS

if TYPE_CHECKING:
    from rolegraph.answers import Band, Move

_VALUE = r"[^\s,;]*[^\s,;.]"
_OPTIONS = {
    f"--max-moves {_VALUE}": "the limit of moves",
    f"--max-jump {_VALUE}": "jumps over rungs",
    f"--avoid {_VALUE}": "what is to be avoided",
    f"--via {_VALUE}": "the role to pass by",
    f"--no {_VALUE}": "the kind of move that is barred",
    f"--track {_VALUE}": "the track to keep to",
    f"--min-pay-ratio {_VALUE}": "the floor of pay",
    "--allow-step-down": "moves to a lower level",
}
"""What the options that shape a path stand for, by how they are written."""
_GIVEN = [
    (re.compile(rf"\b(with|without|under|and|or) ({option})", re.IGNORECASE), words)
    for option, words in _OPTIONS.items()
]

Years = tuple[float, float | None]
"""From so many years to so many; None: open."""


def list_changes(move: Move) -> list[str]:
    """What a move changes; its kind with it only where the changes do not say it, or where nothing else changes."""
    named = [move.kind] if move.kind in {"promotion", "step-down"} else []
    return [*named, *move.changes] or [move.kind]


def explain_options(text: str) -> str:
    """A reason for readers who see no command line: what its options stand for, and they in parentheses.

    >>> explain_options("None under --max-moves 1. With --allow-step-down there is one.")
    'None under the limit of moves (--max-moves 1). With moves to a lower level (--allow-step-down) there is one.'
    """
    for option, words in _GIVEN:
        text = option.sub(rf"\1 {words} (\2)", text)
    return text


def list_wanted(move: Move) -> list[str]:
    """The skills to gain, and those to deepen marked so."""
    return [*move.gain, *(f"{skill} (deeper)" for skill in move.deepen)]


def tell_band(band: Band) -> str:
    """A match band in both its words.

    >>> tell_band("needs-review")
    'check · needs-review'
    """
    return f"{BANDS[band]} · {band}"


def tell_duration(years: Years | None) -> str:
    """How long a path typically takes.

    >>> tell_duration((6, 12)), tell_duration((3, None)), tell_duration((0, 0)), tell_duration(None)
    ('typically 6 to 12 years', 'typically 3 years or more', 'no further years', 'typical years unknown')
    """
    if years is None:
        return "typical years unknown"
    low, high = years
    if high is None:
        return f"typically {low:g} years or more"
    return f"typically {low:g} to {high:g} years" if high else "no further years"


def tell_years(years: Years) -> str:
    """The years of a level or path, shortly.

    >>> tell_years((3, 5)), tell_years((8, None)), tell_years((1.5, 1.5))
    ('3–5 years', '8+ years', '1.5 years')
    """
    low, high = years
    if high is None:
        return f"{low:g}+ years"
    return f"{low:g} years" if high == low else f"{low:g}–{high:g} years"
