"""Ladders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal[
    "level", "years", "descriptor", "guideline", "skill-new", "skill-unclear", "skill-higher", "skill-lower",
    "skill-dropped",
]  # fmt: skip
"""What changes from a rung to the next: skills come in, may come in (the rung below records none), or are asked for
at a higher or lower proficiency, or no longer."""


@dataclass(frozen=True, slots=True)
class RungChange:
    """One thing that differs from the rung below; null where a rung does not state it.

    ``what`` is the field of the level, or the wording of the skill, whose proficiency is then ``below`` and ``here``.
    """

    kind: ChangeKind
    what: str
    below: str | None
    here: str | None


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder; without ``code`` the focus has no profile at this level.

    ``changes`` says what differs from the rung below. ``name``, typical ``years`` and ``scope`` are those of the level,
    ``stage`` is its place in level steps, where the edition that aligns the ladder knows it. ``differences`` are the
    changes in parts.
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
    differences: tuple[RungChange, ...] = ()


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
