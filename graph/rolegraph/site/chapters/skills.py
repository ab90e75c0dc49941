"""All skills by their letters, and the page of each skill: who uses it, in which words, and what it is mapped to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rolegraph.folding import fold
from rolegraph.model.reference import Skill
from rolegraph.model.roles import SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.site.book import Book, Chapter
from rolegraph.site.indexes import User, name_function
from rolegraph.site.mapped import describe_mappings

_OTHERS: Final = "#"
"""What skills stand under whose label begins with no letter."""


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
        descriptors=[(step.label, texts[step.code]) for step in taxonomy.proficiencies if step.code in texts],
        mappings=list(describe_mappings(book, skill.mappings)),
        tell_steps=lambda use: tell_steps(taxonomy, use),
    )


def _group_users(book: Book, users: Sequence[User]) -> Iterator[tuple[str, str, list[User]]]:
    """The users by function: its code, what it is called, and its focuses with their use."""
    groups: dict[str, list[User]] = {}
    for user in users:
        groups.setdefault(user.focus.function, []).append(user)
    for function in book.indexes.functions:
        if function.code in groups:
            yield function.code, name_function(function), groups[function.code]


def tell_steps(taxonomy: Taxonomy, use: SkillUse) -> str:
    """How well a skill is asked for at each level, where that is recorded."""
    labels = taxonomy.proficiency_by_code
    return ", ".join(f"{asked.level} {labels[asked.proficiency].label}" for asked in use.proficiency)


def _list_skills(book: Book) -> Iterator[str]:
    return (f"{book.addresses.name('skill', code)}.html" for code in book.addresses.list_codes("skill"))


CHAPTERS: Final = (
    Chapter("", lambda book: ("skills.html",), _make_list),
    Chapter("skill", _list_skills, _make_skill),
)
