"""The Taxonomy: all records of one job architecture, checked against each other, with indexes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from rolegraph.errors import InputError, Problem
from rolegraph.model.checks import find_flaws
from rolegraph.model.parts import Parts
from rolegraph.model.reference import (
    Dataset,
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
from rolegraph.model.roles import Focus, Profile, SkillUse
from rolegraph.model.sameness import unite_skills


class Taxonomy(Parts):
    """A job architecture. Records stand sorted by code, so equal content is an equal Taxonomy.

    Raises :class:`rolegraph.errors.InputError` with every flaw where the records do not fit together.
    """

    dataset: Dataset

    @model_validator(mode="after")
    def _check_records(self) -> Self:
        flaws = find_flaws(self, self.dataset.base)
        if flaws:
            raise InputError(
                Problem(f.rule, f.message, None, ".".join((f.kind, f.code, *f.path)), f.remedy) for f in flaws
            )
        return self

    def replace_parts(self, **parts: Any) -> Taxonomy:
        """The same with other parts, which are not checked; indexes are made anew, as ``model_copy`` does not."""
        fields = {name: getattr(self, name) for name in Taxonomy.model_fields}
        return Taxonomy.model_construct(**fields | parts)

    @cached_property
    def profile_by_code(self) -> Mapping[str, Profile]:
        """Profiles by their code."""
        return {profile.code: profile for profile in self.profiles}

    @cached_property
    def focus_by_code(self) -> Mapping[str, Focus]:
        """Focuses by their code."""
        return {focus.code: focus for focus in self.focuses}

    @cached_property
    def function_by_code(self) -> Mapping[str, JobFunction]:
        """Functions by their code."""
        return {function.code: function for function in self.functions}

    @cached_property
    def group_by_code(self) -> Mapping[str, FunctionGroup]:
        """Function groups by their code."""
        return {group.code: group for group in self.groups}

    @cached_property
    def track_by_code(self) -> Mapping[str, Track]:
        """Tracks by their code."""
        return {track.code: track for track in self.tracks}

    @cached_property
    def level_by_code(self) -> Mapping[str, Level]:
        """Levels by their code."""
        return {level.code: level for level in self.levels}

    @cached_property
    def skill_by_code(self) -> Mapping[str, Skill]:
        """Skills by their code."""
        return {skill.code: skill for skill in self.skills}

    @cached_property
    def proficiency_by_code(self) -> Mapping[str, Proficiency]:
        """Steps of the scale of proficiency by their code."""
        return {step.code: step for step in self.proficiencies}

    @cached_property
    def scheme_by_code(self) -> Mapping[str, Scheme]:
        """Classifications by their code."""
        return {scheme.code: scheme for scheme in self.schemes}

    @cached_property
    def namespaces(self) -> Mapping[str, str]:
        """What the IRIs of the entries of a classification begin with, by its code, where it has a namespace."""
        return {scheme.code: scheme.namespace for scheme in self.schemes if scheme.namespace is not None}

    @cached_property
    def occupation_by_key(self) -> Mapping[tuple[str, str], Occupation]:
        """Occupations by scheme and code."""
        return {(o.scheme, o.code): o for o in self.occupations}

    @cached_property
    def edition_by_code(self) -> Mapping[str, Edition]:
        """Editions by their code."""
        return {edition.code: edition for edition in self.editions}

    @cached_property
    def canonical_skills(self) -> Mapping[str, str]:
        """The code that stands for each skill: its own, or the smallest of those that are the same skill.

        Skills are the same where they are an exact match of one external concept, also by way of a third one.
        """
        return unite_skills(self.skills)

    def same_skill(self, code: str) -> str:
        """The code that stands for a skill and all that are the same; two skills are the same if these are equal."""
        return self.canonical_skills[code]

    def title_of(self, profile: Profile) -> str:
        """The title of a profile: its own, or its focus and level where it has none."""
        return profile.title or f"{self.focus_by_code[profile.focus].label} — {profile.level}"

    def skill_uses_of(self, profile: Profile) -> tuple[SkillUse, ...]:
        """The skill uses that hold for a profile: those of its focus, less those limited to other levels."""
        uses = self.focus_by_code[profile.focus].skills
        return tuple(use for use in uses if not use.levels or profile.level in use.levels)

    def is_retired(self, profile: Profile) -> bool:
        """Whether the profile or its whole focus is no longer in use."""
        return profile.retired is not None or self.focus_by_code[profile.focus].retired is not None
