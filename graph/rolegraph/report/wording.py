"""Words that texts and pictures share: what a move is, how long a path takes, what years a level asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolegraph.answers import Move

Years = tuple[float, float | None]
"""From so many years to so many; None: open."""


def list_changes(move: Move) -> list[str]:
    """What a move changes; its kind with it only where the changes do not say it, or where nothing else changes."""
    named = [move.kind] if move.kind in {"promotion", "step-down"} else []
    return [*named, *move.changes] or [move.kind]


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
