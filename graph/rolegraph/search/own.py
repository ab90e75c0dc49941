"""What an architecture's own records are found by: codes, names and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.model.roles import CRITERIA

if TYPE_CHECKING:
    from rolegraph.model.reference import Occupation
    from rolegraph.model.roles import Focus, Profile
    from rolegraph.model.taxonomy import Taxonomy

CLASSES = {
    "major": "occupation", "minor": "occupation", "broad": "occupation", "detailed": "occupation",
    "occupation": "occupation", "isco-group": "occupation", "element": "element", "activity": "element",
    "skill": "skill", "knowledge": "skill", "skill-group": "skill", "technology": "technology",
    "commodity": "technology",
}  # fmt: skip
"""What an entry of a classification is found as, by its kind."""

KINDS = ("profile", "focus", "function", "level", "skill", "occupation", "element", "technology")
"""Everything that can be found."""

LABEL, CODE, ALIAS, TEXT = 0, 1, 2, 3
"""How much a name counts for, less being more."""


class Owner(NamedTuple):
    """What a text belongs to; ``scheme`` is the classification of an entry of one, ``entry`` its kind there."""

    kind: str
    code: str
    label: str
    scheme: str | None = None
    entry: str = ""


class Found(NamedTuple):
    """A code, name or text: ``found`` says which, ``weight`` how much it counts for."""

    owner: Owner
    found: str
    text: str
    weight: int


def list_names(taxonomy: Taxonomy) -> Iterator[Found]:
    """Every code and name, those of one owner one after another."""
    for function in taxonomy.functions:
        yield from _name("function", function.code, function.label or function.code)
    for level in taxonomy.levels:
        yield from _name("level", level.code, level.label)
    for skill in taxonomy.skills:
        yield from _name("skill", skill.code, skill.label, (("alias", a.label) for a in skill.alternatives))
    for occupation in taxonomy.occupations:
        owner = own_entry(occupation)
        yield Found(owner, "code", occupation.code, CODE)
        yield Found(owner, "label", occupation.title, LABEL)
    for focus in taxonomy.focuses:
        yield from _name("focus", focus.code, focus.label)
        for profile in focus.profiles:
            aliases = [("alias", alias) for alias in profile.aliases]
            aliases += [("job code", profile.job_code)] if profile.job_code else []
            yield from _name("profile", profile.code, taxonomy.title_of(profile), aliases)


def own_entry(occupation: Occupation) -> Owner:
    """An entry of a classification as the owner of its names."""
    kind = CLASSES.get(occupation.kind, "occupation")
    return Owner(kind, occupation.code, occupation.title, occupation.scheme, occupation.kind)


def list_texts(taxonomy: Taxonomy) -> Iterator[Found]:
    """Every text that is no name."""
    for function in taxonomy.functions:
        if function.definition:
            owner = Owner("function", function.code, function.label or function.code)
            yield Found(owner, "definition", function.definition, TEXT)
    for level in taxonomy.levels:
        if level.summary:
            yield Found(Owner("level", level.code, level.label), "summary", level.summary, TEXT)
    for skill in taxonomy.skills:
        owner = Owner("skill", skill.code, skill.label)
        if skill.definition:
            yield Found(owner, "definition", skill.definition, TEXT)
        for descriptor in skill.descriptors:
            yield Found(owner, "proficiency", descriptor.text, TEXT)
    for focus in taxonomy.focuses:
        yield from _list_focus_texts(focus)
        for profile in focus.profiles:
            yield from _list_profile_texts(
                profile, Owner("profile", profile.code, taxonomy.title_of(profile))
            )


def _name(kind: str, code: str, label: str, more: Iterable[tuple[str, str]] = ()) -> Iterator[Found]:
    owner = Owner(kind, code, label)
    yield Found(owner, "code", code, CODE)
    yield Found(owner, "label", label, LABEL)
    for found, text in more:
        yield Found(owner, found, text, ALIAS)


def _list_focus_texts(focus: Focus) -> Iterator[Found]:
    owner = Owner("focus", focus.code, focus.label)
    if focus.definition:
        yield Found(owner, "definition", focus.definition, TEXT)
    for use in focus.skills:
        if use.description:
            yield Found(owner, "skill", f"{use.label or use.skill}: {use.description}", TEXT)


def _list_profile_texts(profile: Profile, owner: Owner) -> Iterator[Found]:
    if profile.definition:
        yield Found(owner, "definition", profile.definition, TEXT)
    for responsibility in profile.responsibilities:
        yield Found(owner, "responsibility", responsibility.text, TEXT)
    for criterion in CRITERIA:
        text = getattr(profile.guideline, criterion, None)
        if text:
            yield Found(owner, "guideline", text, TEXT)
