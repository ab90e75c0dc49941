"""Distances and the roles nearest to a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolegraph.answers.bands import Band


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One adjacent profile.

    ``components`` are the parts of the distance, in units of the edition: ``level``, ``track`` and ``taxonomy`` in
    level steps; ``shared`` and ``together`` in skills (each counts 1); ``origin`` and ``destination`` are median pay, in
    the currency and for the period in which it is recorded. ``band`` is None where the edition has no match bands. ``plain`` says the distance in plain words where the
    edition has any (``+18 % median``); ``notes`` are what a reader should know of the figures.
    """

    code: str
    title: str
    distance: float
    band: Band | None
    components: dict[str, float]
    plain: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The profiles nearest to ``origin``, nearest first, ties by code.

    ``reason`` says why there are none. ``left_out`` is how many profiles have no distance to it; ``notes`` say why,
    and what the edition cannot tell of those that are listed.
    """

    origin: str
    edition: str
    adjacent: tuple[Neighbour, ...]
    reason: str | None = None
    left_out: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllAdjacent:
    """The nearest profiles of every profile, by origin; ``left_out`` profiles have no place by the edition.

    ``reason`` says why no profile has any near it.
    """

    edition: str
    profiles: tuple[Adjacent, ...]
    left_out: int = 0
    notes: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Distance:
    """The distance between two profiles and its parts; ``reason`` says why there is none.

    ``components``, ``band``, ``plain`` and ``notes`` are as in :class:`Neighbour`.
    """

    origin: str
    destination: str
    edition: str
    distance: float | None
    band: Band | None
    components: dict[str, float]
    reason: str | None = None
    plain: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HiddenRole:
    """A profile that is near by content and not by structure, with both distances.

    ``shared`` are the skills of both, ``missing`` those that the origin does not show, in the profile's own words.
    """

    code: str
    title: str
    distance: float
    band: Band | None
    structural_distance: float
    structural_band: Band | None
    shared: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The profiles near to ``origin`` in what the work involves and not in the architecture, nearest first.

    ``reason`` says why there is none; ``left_out`` is how many profiles have no distance, ``notes`` why.
    """

    origin: str
    edition: str
    structural_edition: str
    hidden: tuple[HiddenRole, ...]
    reason: str | None = None
    left_out: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A skill that a person gave, and the skill of the data that it names."""

    given: str
    skill: str
    label: str


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A skill that a person gave and that names none of the data, or several; ``closest`` may be meant."""

    given: str
    closest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonNeighbour:
    """A profile near to a person's skills: what is shared and what is missing, in the profile's own words."""

    code: str
    title: str
    distance: float
    band: Band | None
    components: dict[str, float]
    shared: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonAdjacent:
    """The profiles nearest to the skills of a person, nearest first, ties by code.

    ``reason`` says why there is no answer; ``left_out`` is how many profiles have no content, ``notes`` why.
    """

    edition: str
    recognised: tuple[Recognised, ...]
    unrecognised: tuple[Unrecognised, ...]
    adjacent: tuple[PersonNeighbour, ...]
    reason: str | None = None
    left_out: int = 0
    notes: tuple[str, ...] = ()
