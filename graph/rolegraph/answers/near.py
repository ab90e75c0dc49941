"""Distances and the roles nearest to a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Band = Literal["confident", "needs-review", "no-match"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One adjacent profile."""

    code: str
    title: str
    distance: float
    band: Band
    components: dict[str, float]


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The profiles nearest to ``origin``, nearest first, ties by code."""

    origin: str
    edition: str
    adjacent: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class AllAdjacent:
    """The nearest profiles of every profile, by origin."""

    edition: str
    profiles: tuple[Adjacent, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """The distance between two profiles and its parts."""

    origin: str
    destination: str
    edition: str
    distance: float
    band: Band
    components: dict[str, float]
