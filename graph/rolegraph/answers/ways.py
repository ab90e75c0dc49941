"""Moves and career paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rolegraph.answers.bands import Band

MoveKind = Literal["promotion", "track-switch", "lateral", "function-change", "step-down"]
Direction = Literal["up", "level", "down"]


@dataclass(frozen=True, slots=True)
class Move:
    """One directed step between two profiles.

    ``gain`` are the labels of the destination's skills that the origin does not show, ``deepen`` those that it
    shows at a lower proficiency than is asked for, ``keep`` the others; ``unknown`` says that the skills of an end are
    not recorded, or not per level. ``evidence`` names the records that the move rests on. ``distance`` and ``band`` are
    None where the edition does not compare the two, ``band`` also where it has no match bands.
    """

    origin: str
    destination: str
    origin_title: str
    destination_title: str
    kind: MoveKind
    direction: Direction
    changes: tuple[str, ...]
    cost: float
    distance: float | None
    band: Band | None
    gain: tuple[str, ...]
    keep: tuple[str, ...]
    unknown: bool
    deepen: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CareerPath:
    """A sequence of moves. ``years`` is a range from the levels, never a sum over moves.

    ``to_learn`` is the sum over the moves of the share of the destination's skills that the origin does not show, as
    far as it is part of the cost. ``notes`` are what a reader should know of the path as a whole.
    """

    cost: float
    years: tuple[float, float | None] | None
    moves: tuple[Move, ...]
    to_learn: float = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths from ``origin`` to ``destination``, best first; ``reason`` says why there is none.

    Ends are codes, several of them joined by commas. Where there is no path but giving up one constraint would make
    one, ``relaxed`` says which (``without --avoid X``, ``with --allow-step-down``) and ``nearest_miss`` is that path.
    """

    origin: str
    destination: str
    by: str
    edition: str
    cost_edition: str
    paths: tuple[CareerPath, ...]
    reason: str | None
    relaxed: str | None = None
    nearest_miss: CareerPath | None = None
