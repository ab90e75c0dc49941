"""All skills by their letters, and the page of each skill: who uses it, in which words, and what it is mapped to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from rolegraph.folding import fold
from rolegraph.model.reference import Skill
from rolegraph.model.roles import Focus, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.site.book import Book, Chapter
from rolegraph.site.indexes import User, name_function
from rolegraph.site.mapped import describe_mappings

_OTHERS: Final = "#"
"""What skills stand under whose label begins with no letter."""


class Asked(NamedTuple):
    """At which levels a focus asks for a skill, none where at all of its levels; and the levels of each proficiency."""

    levels: Sequence[str]
    steps: Sequence[tuple[str, Sequence[str]]]


def _make_list(book: Book, name: str) -> bytes | None:
    if name != "skills.html":
        return None
    return book.render(
        "skills.html",
        name,
        count=len(book.taxonomy.skills),
        letters=group_by_letter(book.taxonomy.skills),
        users=lambda skill: len(book.indexes.users_of_skill.get(skill.code, ())),
    )


def group_by_letter(skills: Sequence[Skill]) -> list[tuple[str, list[Skill]]]:
    """Skills by what their labels begin with, in the order of the alphabet; without letter case and accents."""
    found = sorted((fold(skill.label), skill.code, skill) for skill in skills)
    by_letter = groupby(found, lambda entry: entry[0][:1].upper() if entry[0][:1].isalpha() else _OTHERS)
    return [(letter, [skill for *_, skill in group]) for letter, group in by_letter]


def _make_skill(book: Book, name: str) -> bytes | None:
    code = book.addresses.find("skill", name.removesuffix(".html")) if name.endswith(".html") else None
    if code is None:
        return None
    taxonomy = book.taxonomy
    skill = taxonomy.skill_by_code[code]
    users = book.indexes.users_of_skill.get(code, ())
    texts = {descriptor.proficiency: descriptor.text for descriptor in skill.descriptors}
    same = book.indexes.same_skills[taxonomy.same_skill(code)]
    return book.render(
        "skill.html",
        f"skill/{name}",
        skill=skill,
        same=[other for other in same if other.code != code],
        count=len(users),
        parts=list(_group_users(book, users)),
        wordings=[(alternative.label, alternative.reason) for alternative in skill.alternatives],
        descriptors=[(step.label, texts[step.code]) for step in taxonomy.proficiencies if step.code in texts],
        mappings=list(describe_mappings(book, skill.mappings)),
        list_asked=lambda focus, use: list_asked(taxonomy, focus, use),
    )


def _group_users(book: Book, users: Sequence[User]) -> Iterator[tuple[str, str, list[User]]]:
    """The users by function: its code, what it is called, and its focuses with their use."""
    groups: dict[str, list[User]] = {}
    for user in users:
        groups.setdefault(user.focus.function, []).append(user)
    for function in book.indexes.functions:
        if function.code in groups:
            yield function.code, name_function(function), groups[function.code]


def list_asked(taxonomy: Taxonomy, focus: Focus, use: SkillUse) -> Asked:
    """At which levels, and how well, a focus asks for a skill, where that is recorded."""
    everywhere = {profile.level for profile in focus.profiles if profile.retired is None}
    by_step: dict[str, list[str]] = {}
    for asked in use.proficiency:
        by_step.setdefault(asked.proficiency, []).append(asked.level)
    steps = [(step.label, by_step[step.code]) for step in taxonomy.proficiencies if step.code in by_step]
    levels = () if everywhere <= set(use.levels) else use.levels
    return Asked(levels, steps)


def _list_skills(book: Book) -> Iterator[str]:
    return (f"{book.addresses.name('skill', code)}.html" for code in book.addresses.list_codes("skill"))


CHAPTERS: Final = (
    Chapter("", lambda book: ("skills.html",), _make_list),
    Chapter("skill", _list_skills, _make_skill),
)
