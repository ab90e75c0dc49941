"""The editions: how distances and costs are defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class EditionConstant:
    """A number of an edition, and the reason for its value."""

    name: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One edition: what it measures, with which constants, and what it cannot tell (``limits``).

    ``measures`` is ``distance``, ``cost``, or ``unknown`` for a form that is not computed here.
    """

    code: str
    form: str
    label: str
    measures: Literal["distance", "cost", "unknown"]
    definition: str
    limits: str
    constants: tuple[EditionConstant, ...]


@dataclass(frozen=True, slots=True)
class Editions:
    """Editions, by code: all of the data, or the one that was asked for."""

    editions: tuple[EditionEntry, ...]
