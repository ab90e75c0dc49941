"""Ladders, moves and career paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rolegraph.answers.near import Band

MoveKind = Literal["promotion", "track-switch", "lateral", "function-change", "step-down"]
Direction = Literal["up", "level", "down"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder; without ``code`` the focus has no profile at this level.

    ``changes`` says what differs from the rung below. ``name``, typical ``years`` and ``scope`` are those of the level,
    ``stage`` is its place in level steps, where the edition that aligns the ladder knows it.
    """

    code: str | None
    level: str
    title: str
    basis: str | None
    changes: tuple[str, ...]
    name: str | None = None
    years: tuple[float, float | None] | None = None
    scope: str | None = None
    stage: float | None = None


@dataclass(frozen=True, slots=True)
class LadderTrack:
    """The rungs of one track of a focus, lowest first."""

    track: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of a focus, one entry per track that it uses.

    ``aligned_by`` says by what rungs of different tracks stand side by side: the edition whose stages compare them
    all, or ``rank`` where there is none.
    """

    focus: str
    tracks: tuple[LadderTrack, ...]
    aligned_by: str = "rank"


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
    """A sequence of moves. ``years`` is a range from the levels, never a sum over moves."""

    cost: float
    years: tuple[float, float | None] | None
    moves: tuple[Move, ...]


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

    ``total`` is how many profiles can be reached; ``reached`` may hold the first of them.
    """

    origin: str
    by: str
    edition: str
    cost_edition: str
    max_moves: int | None
    total: int
    reached: tuple[Reached, ...]
