"""What belongs to what: profiles of a level, focuses of a function, users of a skill, what maps to an occupation.

Each is found once for all pages, so that a page costs no walk over the whole architecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from rolegraph.model.mapping import Mapping as MappingTo
from rolegraph.model.reference import JobFunction, Skill
from rolegraph.model.roles import Focus, Profile, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.releases.keys import find_soc

Key = TypeVar("Key")
Item = TypeVar("Item")
Owner = TypeVar("Owner", Profile, Skill)


class User(NamedTuple):
    """A focus, and its use of a skill."""

    focus: Focus
    use: SkillUse


class Mapped(NamedTuple, Generic[Owner]):
    """A profile or skill, and its mapping to an entry of a classification."""

    owner: Owner
    mapping: MappingTo


class Indexes:
    """The entries of a taxonomy by what they belong to, each in the order of the records."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy

    @cached_property
    def profiles_of_level(self) -> Mapping[str, Sequence[Profile]]:
        """The profiles at each level, retired ones among them."""
        return _group((profile.level, profile) for profile in self._taxonomy.profiles)

    @cached_property
    def focuses_of_function(self) -> Mapping[str, Sequence[Focus]]:
        """The focuses of each function."""
        return _group((focus.function, focus) for focus in self._taxonomy.focuses)

    @cached_property
    def users_of_skill(self) -> Mapping[str, Sequence[User]]:
        """The focuses that use each skill, and their use of it."""
        return _group(
            (use.skill, User(focus, use)) for focus in self._taxonomy.focuses for use in focus.skills
        )

    @cached_property
    def same_skills(self) -> Mapping[str, Sequence[Skill]]:
        """The skills that are one skill, by the code that stands for all of them."""
        same_skill = self._taxonomy.same_skill
        return _group((same_skill(skill.code), skill) for skill in self._taxonomy.skills)

    @cached_property
    def profiles_of_occupation(self) -> Mapping[str, Sequence[Mapped[Profile]]]:
        """The profiles mapped to each entry of a classification, by ``scheme/code``."""
        return _group(
            (mapping.key, Mapped(profile, mapping))
            for profile in self._taxonomy.profiles
            for mapping in profile.mappings
        )

    @cached_property
    def skills_of_occupation(self) -> Mapping[str, Sequence[Mapped[Skill]]]:
        """The skills mapped to each entry of a classification, by ``scheme/code``."""
        return _group(
            (mapping.key, Mapped(skill, mapping))
            for skill in self._taxonomy.skills
            for mapping in skill.mappings
        )

    @cached_property
    def occupations_of_soc(self) -> Mapping[str, Sequence[str]]:
        """By the key of a SOC occupation, the keys of those under it that profiles are mapped to."""
        keys = sorted(self.profiles_of_occupation)
        return _group((soc, key) for key in keys if (soc := find_soc(key)) is not None)

    @cached_property
    def bare(self) -> Taxonomy:
        """The taxonomy without focuses and skills: what a release says of an occupation needs none of them."""
        return self._taxonomy.replace_parts(focuses=(), skills=())

    @cached_property
    def functions(self) -> Sequence[JobFunction]:
        """The functions by what they are called."""
        return sorted(
            self._taxonomy.functions, key=lambda function: (name_function(function).casefold(), function.code)
        )


def name_function(function: JobFunction) -> str:
    """What a function is called: its label, or its code where it has none."""
    return function.label or function.code


def _group(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups
