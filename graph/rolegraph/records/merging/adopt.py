"""Skills of a source -> skills of a folder: the same one where the wording is, a new one where it is not.

A wording that is likely that of a known skill is proposed, and merged only where that is asked for. Wordings are
looked up by their normal forms, never compared in pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rolegraph.model.reference import Alternative, Skill
from rolegraph.records.merging.likeness import explain_likeness, list_forms


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a wording of a source is likely that of a skill with another code, and why.

    ``code`` is the provisional code of the source's skill, ``known`` the code of the other one and ``wording`` its
    label or alternative. ``merged`` says that it was taken for the same.
    """

    code: str
    label: str
    known: str
    wording: str
    reason: str
    merged: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """That a source's skill (provisional ``code``) says something else than skill ``known``, whose own was kept.

    ``field`` is ``("definition",)`` or ``("descriptors", STEP)``.
    """

    code: str
    known: str
    field: tuple[str, ...]
    kept: str
    stated: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """All skills, known and new, by code; the final code of each provisional one; what a person should look at."""

    codes: Mapping[str, str]
    skills: tuple[Skill, ...]
    proposals: tuple[Proposal, ...]
    clashes: tuple[Clash, ...]


def adopt_skills(known: Sequence[Skill], incoming: Sequence[Skill], *, merge: bool) -> Adoption:
    """Finds or adds the skills of a source, in the order of their labels.

    A label that is exactly a label or an alternative of a skill is that skill. One that is likely the same gives a
    proposal and a new skill; with ``merge`` it becomes an alternative of the known one, with the reason. What the
    source states of a known skill fills what is empty there. A code that is taken gets ``-2``, ``-3`` ...

    >>> adoption = adopt_skills([Skill(code="kneading", label="Kneading")], [Skill(code="k", label="kneading")],
    ...                         merge=True)
    >>> adoption.codes, adoption.skills[0].alternatives[0].reason
    ({'k': 'kneading'}, 'The same words in other letter case.')
    """
    adopter = _Adopter(known, merge)
    for skill in sorted(incoming, key=lambda skill: (skill.label, skill.code)):
        adopter.take(skill)
    return adopter.finish()


class _Adopter:
    def __init__(self, known: Sequence[Skill], merge: bool) -> None:
        self.merge = merge
        self.skills: dict[str, Skill] = {}
        self.changes: dict[str, dict[str, Any]] = {}
        self.by_wording: dict[str, str] = {}
        self.by_form: dict[str, tuple[str, str]] = {}
        self.codes: dict[str, str] = {}
        self.proposals: list[Proposal] = []
        self.clashes: list[Clash] = []
        ordered = sorted(known, key=lambda skill: skill.code)
        self.skills.update((skill.code, skill) for skill in ordered)
        # Labels come before alternatives: a wording that is the label of one skill is that skill's. A wording of a
        # skill in use is never that of a retired one.
        for retired in (False, True):
            alike = [skill for skill in ordered if (skill.retired is not None) is retired]
            for skill in alike:
                self._learn(skill.label, skill.code)
            for skill in alike:
                for alternative in skill.alternatives:
                    self._learn(alternative.label, skill.code)

    def _learn(self, wording: str, code: str) -> None:
        self.by_wording.setdefault(wording, code)
        for form in list_forms(wording):
            self.by_form.setdefault(form, (code, wording))

    def take(self, skill: Skill) -> None:
        wordings = (skill.label, *(alternative.label for alternative in skill.alternatives))
        same = next((self.by_wording[w] for w in wordings if w in self.by_wording), None)
        if same is None:
            same = self._judge_likeness(skill)
        if same is None:
            self._add(skill)
        else:
            self.codes[skill.code] = same
            self._fill(same, skill)
        for wording in wordings:
            self._learn(wording, self.codes[skill.code])

    def _judge_likeness(self, skill: Skill) -> str | None:
        """The code of the skill with which a likely one is merged; None where it becomes one of its own."""
        like = next((self.by_form[form] for form in list_forms(skill.label) if form in self.by_form), None)
        if like is None:
            return None
        code, wording = like
        reason = explain_likeness(wording, skill.label)
        self.proposals.append(Proposal(skill.code, skill.label, code, wording, reason, self.merge))
        if not self.merge:
            return None
        self._add_alternative(code, Alternative(label=skill.label, reason=reason))
        return code

    def _add(self, skill: Skill) -> None:
        code, number = skill.code, 1
        while code in self.skills:
            number += 1
            code = f"{skill.code}-{number}"
        self.codes[skill.code] = code
        self.skills[code] = skill if code == skill.code else skill.model_copy(update={"code": code})

    def _get(self, code: str, field: str) -> Any:
        return self.changes.get(code, {}).get(field, getattr(self.skills[code], field))

    def _set(self, code: str, field: str, value: Any) -> None:
        self.changes.setdefault(code, {})[field] = value

    def _add_alternative(self, code: str, alternative: Alternative) -> None:
        held = self._get(code, "alternatives")
        if alternative.label not in {self.skills[code].label, *(a.label for a in held)}:
            self._set(code, "alternatives", (*held, alternative))

    def _fill(self, code: str, skill: Skill) -> None:
        """Adds to a known skill what the source states and it lacks; what differs is kept and noted."""
        for alternative in skill.alternatives:
            # A wording that is another skill's already stays there.
            if self.by_wording.get(alternative.label, code) == code:
                self._add_alternative(code, alternative)
        own = self._get(code, "definition")
        if own is None and skill.definition is not None:
            self._set(code, "definition", skill.definition)
        elif skill.definition not in (None, own):
            self.clashes.append(Clash(skill.code, code, ("definition",), own, skill.definition))
        held = {d.proficiency: d for d in self._get(code, "descriptors")}
        for descriptor in skill.descriptors:
            kept = held.setdefault(descriptor.proficiency, descriptor)
            if kept.text != descriptor.text:
                path = ("descriptors", descriptor.proficiency)
                self.clashes.append(Clash(skill.code, code, path, kept.text, descriptor.text))
        if len(held) > len(self._get(code, "descriptors")):
            self._set(code, "descriptors", tuple(held.values()))

    def finish(self) -> Adoption:
        for code, changed in self.changes.items():
            self.skills[code] = self.skills[code].model_copy(update=changed)
        skills = tuple(self.skills[code] for code in sorted(self.skills))
        return Adoption(self.codes, skills, tuple(self.proposals), tuple(self.clashes))
