"""Focuses and their profiles, with everything that is stated of a role."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from rolegraph.model import codes
from rolegraph.model.fields import (
    Amount,
    Count,
    Currency,
    Day,
    Duration,
    FocusCode,
    Label,
    Labels,
    LevelCode,
    Number,
    OnetCode,
    PartId,
    ProfileCode,
    Share,
    Slug,
    Text,
    Texts,
    refuse,
    sort_distinct,
)
from rolegraph.model.mapping import Mapping, order_mappings
from rolegraph.model.record import Record, Retirement, check_distinct

Basis = Literal["documented", "implied"]
Split = Literal["stated", "even", "given"]
Differential = Literal["pay", "skill"]
Criterion = Literal["knowledge", "complexity", "collaboration", "experience"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


class Requirement(Record):
    """How well a skill is asked for at one level: a step of the dataset's scale of proficiency."""

    level: LevelCode
    proficiency: Slug


class SkillUse(Record):
    """A focus's own wording of a skill. With ``levels`` it holds for those levels alone.

    Without ``label`` the skill's own label is the wording. ``proficiency`` says how well the skill is asked for
    at each level, where that is known.
    """

    skill: Slug
    label: Label | None = None
    description: Text | None = None
    levels: Annotated[tuple[LevelCode, ...], AfterValidator(sort_distinct)] = ()
    proficiency: tuple[Requirement, ...] = ()

    @model_validator(mode="after")
    def _check_proficiency(self) -> Self:
        check_distinct("level", tuple(r.level for r in self.proficiency))
        ordered = tuple(sorted(self.proficiency, key=lambda r: codes.split_level(r.level)))
        if ordered != self.proficiency:
            object.__setattr__(self, "proficiency", ordered)
        strange = [r.level for r in self.proficiency if self.levels and r.level not in self.levels]
        if strange:
            raise refuse(
                "proficiency-level",
                f"a proficiency is given for {', '.join(strange)}, where the skill does not hold",
                "add the level to levels, or leave its proficiency out",
            )
        return self

    def find_proficiency(self, level: str) -> str | None:
        """The code of the proficiency that is asked for at a level; None where none is recorded."""
        return next((r.proficiency for r in self.proficiency if r.level == level), None)


class Responsibility(Record):
    """One statement of what a focus does at a level. ``id`` stays when the text is corrected."""

    id: PartId
    text: Text


class Guideline(Record):
    """The level rubric applied to a focus at one level, one text per criterion."""

    knowledge: Text | None = None
    complexity: Text | None = None
    collaboration: Text | None = None
    experience: Text | None = None

    @model_validator(mode="after")
    def _check_texts(self) -> Self:
        if all(getattr(self, criterion) is None for criterion in CRITERIA):
            raise refuse("guideline-empty", "guideline without a text", "give one, or leave guideline out")
        return self


class Confidence(Record):
    """How sure the source is of a profile: a share of 1 and, if stated, the word for it."""

    value: Share
    label: Label | None = None


class Pay(Record):
    """Annual market pay. ``low`` and ``high`` are a range that the source gives without percentiles.

    ``inherited`` pay is the function's pay for the level rather than the role's own. ``effective`` is the day from
    which the figures hold, ``source`` where they come from, ``region`` where they are paid.
    """

    ASSIGNABLE = frozenset({"currency", "duration"})

    currency: Currency
    duration: Duration = "P1Y"
    low: Amount | None = None
    median: Amount | None = None
    high: Amount | None = None
    percentile10: Amount | None = None
    percentile25: Amount | None = None
    percentile75: Amount | None = None
    percentile90: Amount | None = None
    inherited: bool = False
    effective: Day | None = None
    source: Text | None = None
    region: Slug | None = None
    assigned: Labels = ()

    @model_validator(mode="after")
    def _check_figures(self) -> Self:
        runs = (
            ("low", "median", "high"),
            ("percentile10", "percentile25", "median", "percentile75", "percentile90"),
        )
        for run in runs:
            known = [(name, getattr(self, name)) for name in run if getattr(self, name) is not None]
            for (name, value), (next_name, next_value) in pairwise(known):
                if value > next_value:
                    raise refuse(
                        "pay-order",
                        f"{name} ({value}) exceeds {next_name} ({next_value})",
                        "correct the figures",
                    )
        if not any(getattr(self, name) is not None for run in runs for name in run):
            raise refuse("pay-empty", "pay without a figure", "give one, or leave pay out")
        return self


class Score(Record):
    """The review panel's score of one dimension, from 1 to 5."""

    dimension: Slug
    value: Annotated[Number, Field(ge=1, le=5)]


class Source(Record):
    """One source that a profile cites, as it is cited; ``occupation`` is the O*NET-SOC code it names, if any."""

    id: PartId
    text: Text
    occupation: OnetCode | None = None

    @property
    def cited(self) -> str | None:
        """The O*NET-SOC code that is cited: ``occupation``, else the one that stands in the text."""
        return codes.find_occupation(self.text) if self.occupation is None else self.occupation


class Profile(Record):
    """One role: a focus at a level, with what the sources state of it.

    ``basis`` is ``documented`` (a page or row of its own) or ``implied`` (a rung that another page describes).
    Without ``title`` the role is shown as its focus and level. ``job_code`` and ``grade`` are the organisation's own.
    """

    code: ProfileCode
    basis: Basis
    title: Label | None = None
    definition: Text | None = None
    job_code: Label | None = None
    grade: Label | None = None
    status: Slug | None = None
    version: Label | None = None
    region: Slug | None = None
    confidence: Confidence | None = None
    pay: Pay | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    guideline: Guideline | None = None
    review: tuple[Score, ...] = ()
    source_count: Count | None = None
    sources: tuple[Source, ...] = ()
    aliases: Labels = ()
    mappings: tuple[Mapping, ...] = ()
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        check_distinct("responsibility", tuple(r.id for r in self.responsibilities))
        check_distinct("source", tuple(s.id for s in self.sources))
        check_distinct("review dimension", tuple(s.dimension for s in self.review))
        object.__setattr__(self, "mappings", order_mappings(self.mappings))
        return self

    @property
    def focus(self) -> str:
        """The code of the focus, with its function."""
        return codes.split_profile(self.code).focus

    @property
    def function(self) -> str:
        """The code of the function."""
        return codes.split_profile(self.code).function

    @property
    def level(self) -> str:
        """The code of the level."""
        return codes.split_profile(self.code).level


class Focus(Record):
    """The specialism inside a function: its definition, skills and the profiles of its levels.

    ``exclusions`` repeats the sentences of the definition that say what the focus is distinct from. ``split``
    says how responsibilities came to their levels: ``stated`` by the source, divided ``even``, or ``given``.
    """

    code: FocusCode
    label: Label
    definition: Text | None = None
    exclusions: Texts = ()
    differential: Annotated[tuple[Differential, ...], AfterValidator(sort_distinct)] = ()
    split: Split | None = None
    skills: tuple[SkillUse, ...] = ()
    profiles: tuple[Profile, ...]
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        check_distinct("skill", tuple(use.skill for use in self.skills))
        check_distinct("profile", tuple(p.code for p in self.profiles))
        strange = [p.code for p in self.profiles if p.focus != self.code]
        if strange:
            raise refuse(
                "profile-strange",
                f"{', '.join(strange)} does not belong to {self.code}",
                "move it to its focus",
            )
        ordered = tuple(sorted(self.profiles, key=lambda p: codes.split_level(p.level)))
        if ordered != self.profiles:
            object.__setattr__(self, "profiles", ordered)
        return self

    @property
    def function(self) -> str:
        """The code of the function."""
        return self.code.partition(".")[0]
