"""Skills of a folder that are likely the same become one, where a person asks for it after both came in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rolegraph.model.record import Retirement
from rolegraph.model.reference import Alternative, Skill
from rolegraph.model.roles import Focus, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.merging.likeness import explain_likeness, list_forms


@dataclass(frozen=True, slots=True)
class Union:
    """That one skill took in another, which is retired; ``reason`` says why they are the same."""

    kept: str
    wording: str
    retired: str
    label: str
    reason: str


def unite_skills(taxonomy: Taxonomy, labels: Collection[str]) -> tuple[Taxonomy, tuple[Union, ...]]:
    """The job architecture with skills that are likely the same united, where ``labels`` holds a label of either.

    The one whose code comes first is kept and gets the other's wording, with the reason, and what it says where the
    kept one is silent; focuses use it in the words that they have. The other one is retired and names it. Two
    skills that one focus lists side by side stay apart: there someone told them apart.
    """
    by_form: dict[str, Skill] = {}
    unions: list[Union] = []
    skills = dict(taxonomy.skill_by_code)
    together = {
        frozenset((one.skill, other.skill))
        for focus in taxonomy.focuses
        for one in focus.skills
        for other in focus.skills
        if one.skill < other.skill
    }
    for skill in taxonomy.skills:
        if skill.retired is not None:
            continue
        forms = list_forms(skill.label)
        like = next((by_form[form] for form in forms if form in by_form), None)
        apart = like is None or frozenset((like.code, skill.code)) in together
        if like is None or apart or not {like.label, skill.label} & set(labels):
            for form in forms:
                by_form.setdefault(form, skill)
            continue
        reason = explain_likeness(like.label, skill.label)
        unions.append(Union(like.code, like.label, skill.code, skill.label, reason))
        skills[like.code] = _take_in(skills[like.code], skill, reason)
        note = f"the same skill as {like.code}"
        retired = Retirement(note=note, replaced_by=like.code)
        skills[skill.code] = skill.model_copy(update={"retired": retired})
    if not unions:
        return taxonomy, ()
    kept = {union.retired: union for union in unions}
    focuses = tuple(_rename(focus, kept) for focus in taxonomy.focuses)
    return taxonomy.replace_parts(skills=tuple(skills.values()), focuses=focuses), tuple(unions)


def _take_in(skill: Skill, other: Skill, reason: str) -> Skill:
    known = {skill.label, *(alternative.label for alternative in skill.alternatives)}
    more = (Alternative(label=other.label, reason=reason), *other.alternatives)
    described = {descriptor.proficiency for descriptor in skill.descriptors}
    return skill.model_copy(
        update={
            "definition": skill.definition or other.definition,
            "alternatives": (*skill.alternatives, *(a for a in more if a.label not in known)),
            "descriptors": (
                *skill.descriptors,
                *(d for d in other.descriptors if d.proficiency not in described),
            ),
        }
    )


def _rename(focus: Focus, kept: dict[str, Union]) -> Focus:
    if not any(use.skill in kept for use in focus.skills):
        return focus

    def rename(use: SkillUse) -> SkillUse:
        union = kept.get(use.skill)
        if union is None:
            return use
        return use.model_copy(update={"skill": union.kept, "label": use.label or union.label})

    return focus.model_copy(update={"skills": tuple(map(rename, focus.skills))})
