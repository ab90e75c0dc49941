"""Ladders."""

from __future__ import annotations

from dataclasses import dataclass


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
