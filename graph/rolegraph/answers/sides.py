"""Two and more roles side by side: comparisons, and the gap between an origin and a destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rolegraph.answers.bands import Band

Scope = Literal["level", "focus", "mixed"]
"""What skills are recorded for: levels, the whole focus, or some for this and some for that."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing that is recorded of roles: a text for each profile, in their order; null where it is not recorded.

    ``same`` says that nothing recorded tells the profiles apart here: all texts are equal, or none is recorded.
    """

    row: str
    values: tuple[str | None, ...]
    same: bool
    section: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Up to four profiles side by side; ``hidden`` counts the equal rows that were left out."""

    profiles: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    titles: tuple[str, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class GapSkill:
    """One skill of a destination: ``label`` is its wording there, ``scope`` what it is recorded for there.

    ``evidence`` says which record the verdict rests on. ``asked`` is the proficiency that the destination requires,
    ``shown`` the one that the origin requires, where the data has them; a kept skill is to ``deepen`` where more is
    asked than shown.
    """

    code: str
    label: str
    scope: Literal["level", "focus"]
    evidence: str
    asked: str | None = None
    shown: str | None = None
    deepen: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a level or its guideline asks at both ends, where it changes; null where it is not recorded."""

    row: str
    origin: str | None
    destination: str | None
    section: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a destination asks that its origin does not show. ``keep``, ``gain`` and ``unknown`` hold each of its
    skills once.

    ``scope`` is null where no skill of the destination is recorded. ``notes`` say what the records cannot tell.
    ``share`` is the part of the destination's skills that is to be gained, null where that is unknown; ``distance``
    and ``band`` are null where the edition has none for the two roles, and ``reason`` says why there is no distance.
    Of the level, the guideline and the responsibilities, ``equal`` names what is recorded and asks the same at both
    ends, ``unrecorded`` what is recorded at neither.
    """

    origin: str
    destination: str
    scope: Scope | None
    keep: tuple[GapSkill, ...]
    gain: tuple[GapSkill, ...]
    unknown: tuple[GapSkill, ...]
    expectations: tuple[Expectation, ...]
    notes: tuple[str, ...]
    share: float | None
    edition: str
    distance: float | None
    band: Band | None
    origin_title: str
    destination_title: str
    reason: str | None = None
    equal: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps between one origin and several destinations, the smallest first; ``order`` says by what.

    ``notes`` say which destination was left out, and why.
    """

    origin: str
    order: str
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...] = ()
