"""What can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolegraph.answers.bands import Band
    from rolegraph.answers.ways import MoveKind


@dataclass(frozen=True, slots=True)
class Reached:
    """A profile that can be reached: by which profiles (``through``), at what cost, in which kinds of move.

    ``distance`` and ``band`` are from the origin to the profile.
    """

    code: str
    title: str
    moves: int
    cost: float
    years: tuple[float, float | None] | None
    kinds: tuple[MoveKind, ...]
    through: tuple[str, ...]
    distance: float | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be reached from ``origin``, fewest moves first, then least cost, then by code.

    ``total`` is how many profiles can be reached; ``reached`` may hold the first of them. ``reason`` says why there
    is none.
    """

    origin: str
    by: str
    edition: str
    cost_edition: str
    max_moves: int | None
    total: int
    reached: tuple[Reached, ...]
    reason: str | None = None
