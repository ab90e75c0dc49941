"""The records of a job architecture side by side, sorted by code, not yet checked against each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator

from rolegraph.model import codes
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record
from rolegraph.model.reference import (
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Occupation,
    Proficiency,
    Scheme,
    Skill,
    Track,
)
from rolegraph.model.release import Release
from rolegraph.model.roles import Focus, Profile


def _sorted_by(key: Callable[[Any], Any]) -> AfterValidator:
    return AfterValidator(lambda records: tuple(sorted(records, key=key)))


ByCode = _sorted_by(lambda record: record.code)
ByRank = _sorted_by(lambda level: codes.split_level(level.code))
BySchemeAndCode = _sorted_by(lambda occupation: (occupation.scheme, occupation.code))


class Parts(Record):
    """All records but the dataset's own. They stand sorted by code, so equal content compares equal."""

    groups: Annotated[tuple[FunctionGroup, ...], ByCode] = ()
    functions: Annotated[tuple[JobFunction, ...], ByCode] = ()
    tracks: Annotated[tuple[Track, ...], ByCode] = ()
    levels: Annotated[tuple[Level, ...], ByRank] = ()
    proficiencies: Annotated[tuple[Proficiency, ...], _sorted_by(lambda step: step.rank)] = ()
    skills: Annotated[tuple[Skill, ...], ByCode] = ()
    schemes: Annotated[tuple[Scheme, ...], ByCode] = ()
    occupations: Annotated[tuple[Occupation, ...], BySchemeAndCode] = ()
    editions: Annotated[tuple[Edition, ...], ByCode] = ()
    focuses: Annotated[tuple[Focus, ...], ByCode] = ()
    releases: Annotated[tuple[Release, ...], ByCode] = ()

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile, by focus, then track and rank."""
        return tuple(profile for focus in self.focuses for profile in focus.profiles)

    @cached_property
    def mappings(self) -> tuple[tuple[Profile | Skill, Mapping], ...]:
        """Every mapping with the profile or skill that it speaks of, those of profiles first."""
        owners: tuple[Profile | Skill, ...] = (*self.profiles, *self.skills)
        return tuple((owner, mapping) for owner in owners for mapping in owner.mappings)
