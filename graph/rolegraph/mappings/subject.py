"""What is mapped, as it is compared with occupations: names, skills, texts, what its sources cite, and its levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolegraph.errors import UnknownError
from rolegraph.mappings.stems import list_stems

if TYPE_CHECKING:
    from rolegraph.model.reference import Skill
    from rolegraph.model.roles import Focus, Profile
    from rolegraph.model.taxonomy import Taxonomy

_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
_PARTED: Final = re.compile(r"\s+/\s+|\s*;\s*")
_ONET: Final = re.compile(r"O\*NET(-SOC)?")
_LEVEL: Final = re.compile(r"[\s,–—-]*\b[A-Z]{1,2}[0-9]{1,2}\b")


@dataclass(frozen=True)
class Subject:
    """A profile, a focus or a skill. ``cited`` are the O*NET codes that its own sources name, ``elsewhere`` those that
    other levels of its focus cite; each code with the text of the source.
    """

    kind: str
    code: str
    label: str
    names: tuple[str, ...]
    skills: tuple[tuple[str, ...], ...]
    """The labels of each skill, its own wording first."""
    texts: tuple[str, ...]
    cited: dict[str, str]
    elsewhere: dict[str, str]
    levels: tuple[str, ...]


def describe_profiles(taxonomy: Taxonomy, profiles: Iterable[Profile], kind: str, code: str) -> Subject:
    """One profile, or the profiles of a focus together."""
    chosen = tuple(profiles)
    focus = taxonomy.focus_by_code[chosen[0].focus]
    levels = tuple(profile.level for profile in chosen)
    titles = [name for p in chosen for name in (p.title, *p.aliases) if name is not None]
    # Employers' titles name the work and the rank: "Bioprocess Manufacturing" of a Senior Manager is such a manager's.
    ranks = {level: name for level in levels if (name := taxonomy.level_by_code[level].name) is not None}
    if kind == "focus" or _is_named_after(titles, focus.label):
        labels = _vary_names([focus.label])
        titles += [f"{name} {rank}" for name in labels for rank in _vary_names(ranks.values())] + [
            focus.label
        ]
    cited = _list_cited(chosen)
    others = _list_cited(p for p in focus.profiles if p not in chosen)
    return Subject(
        kind, code, chosen[0].title or f"{focus.label} — {levels[0]}" if kind == "profile" else focus.label,
        _vary_names(titles),
        tuple(_list_skills(taxonomy, focus, levels)),
        tuple(_list_texts(taxonomy, focus, chosen)),
        cited, {code: text for code, text in others.items() if code not in cited}, levels,
    )  # fmt: skip


def describe_skill(skill: Skill) -> Subject:
    """A skill of the architecture."""
    names = (skill.label, *(a.label for a in skill.alternatives))
    texts = tuple(filter(None, (skill.definition, *(d.text for d in skill.descriptors))))
    return Subject("skill", skill.code, skill.label, _vary_names(names), (), texts, {}, {}, ())


def find_skill(taxonomy: Taxonomy, name: str) -> Skill | None:
    """The skill that a code, a label or another wording of it names, in any letter case."""
    folded = name.casefold()
    by_code = (skill for skill in taxonomy.skills if skill.code.casefold() == folded)
    by_label = (
        skill
        for skill in taxonomy.skills
        if folded in {skill.label.casefold(), *(a.label.casefold() for a in skill.alternatives)}
    )
    return next(by_code, None) or next(by_label, None)


def find_subject(taxonomy: Taxonomy, code: str) -> Subject:
    """The profile, focus or skill of a code. Raises UnknownError where there is none."""
    if (skill := taxonomy.skill_by_code.get(code)) is not None:
        return describe_skill(skill)
    focus = taxonomy.focus_by_code.get(code)
    if focus is not None:
        living = [profile for profile in focus.profiles if profile.retired is None] or list(focus.profiles)
        if not living:
            raise UnknownError(f"the focus {code} has no profile, so nothing is known to compare")
        return describe_profiles(taxonomy, living, "focus", code)
    profile = taxonomy.profile_by_code.get(code)
    if profile is None:
        raise UnknownError(f"there is no profile, focus or skill {code}")
    return describe_profiles(taxonomy, [profile], "profile", code)


def _is_named_after(titles: Iterable[str], focus: str) -> bool:
    """Whether the label of a focus names a role as well, whose titles and aliases are ``titles``.

    A role without a title has none but this. A title of its own says more than the field that it is in, unless it holds
    the label: a theatre nurse is of the focus "Theatre" and no theatre, a lead data scientist is a data scientist.
    """
    words = set(list_stems(focus))
    named = [set(list_stems(name)) for title in titles for name in _vary_names([title])]
    return not named or any(words == name or (len(words) > 1 and words < name) for name in named)


def _list_cited(profiles: Iterable[Profile]) -> dict[str, str]:
    return {s.cited: s.text for p in profiles for s in p.sources if s.cited is not None}


def _vary_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names without level and brackets, and the parts of those that name two things with a stroke between them."""
    found: dict[str, None] = {}
    for name in names:
        whole = _LEVEL.sub("", _ASIDE.sub("", name)).strip(" ,–—-")
        for part in (whole, *_PARTED.split(whole)):
            if part:
                found[part] = None
    return tuple(found)


def _list_skills(taxonomy: Taxonomy, focus: Focus, levels: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The labels of the skills that hold at one of the levels."""
    for use in focus.skills:
        if use.levels and not set(use.levels) & set(levels):
            continue
        skill = taxonomy.skill_by_code[use.skill]
        labels = (use.label, skill.label, *(a.label for a in skill.alternatives))
        yield tuple(dict.fromkeys(label for label in labels if label is not None))


def _list_texts(taxonomy: Taxonomy, focus: Focus, profiles: tuple[Profile, ...]) -> Iterator[str]:
    """What the profiles do and know. What the focus is distinct from is no evidence of what it is."""
    definition = focus.definition or ""
    for sentence in focus.exclusions:
        definition = definition.replace(sentence, " ")
    if definition.strip():
        yield definition
    levels = {profile.level for profile in profiles}
    for profile in profiles:
        yield from (r.text for r in profile.responsibilities)
    for use in focus.skills:
        if not use.levels or levels & set(use.levels):
            yield f"{use.label or taxonomy.skill_by_code[use.skill].label}. {use.description or ''}"


def clean_source(text: str, code: str) -> str:
    """The title of the occupation in the text of a source that cites it.

    >>> clean_source("O*NET 17-2199.01 Biochemical Engineers (retired)", "17-2199.01")
    'Biochemical Engineers'
    """
    return _ASIDE.sub("", _ONET.sub(" ", text.replace(code, " "))).strip(" ,:;–—-")
