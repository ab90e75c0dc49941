"""Which skills of an architecture may be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Strength = Literal["sure", "likely"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The proposal that a skill (``other``) is the one that would be kept, with every reason for it.

    ``sure`` is what the records themselves say (the same words, one exact match); what is ``likely`` is to be looked at.
    ``kept_focuses`` and ``other_focuses`` use each. ``todo`` says what to do, ``yaml`` what then to write.
    """

    kept: str
    kept_label: str
    other: str
    other_label: str
    strength: Strength
    reasons: tuple[str, ...]
    kept_focuses: tuple[str, ...]
    other_focuses: tuple[str, ...]
    todo: str
    yaml: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The proposals among so many skills, the sure ones first."""

    skills: int
    merges: tuple[Merge, ...]
