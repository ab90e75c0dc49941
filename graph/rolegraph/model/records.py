"""The records of a job architecture: frozen, strict, compared by content.

A record holds what a source states and nothing else; a field that the source leaves out is ``None`` or empty.
``assigned`` lists the fields of a record that the publisher of the dataset decided where the source is silent.
Sequences whose order means nothing (aliases, exclusions, mappings ...) are kept sorted, so that two records
with the same content are equal whatever the order of their files.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rolegraph.model import codes
from rolegraph.model.fields import (
    Amount,
    Count,
    Currency,
    Day,
    Duration,
    EditionCode,
    FocusCode,
    FunctionCode,
    Iri,
    Label,
    Labels,
    Language,
    LevelCode,
    Number,
    OnetCode,
    PartId,
    ProfileCode,
    Share,
    Slug,
    TermName,
    Text,
    Texts,
    TrackCode,
    Years,
    find_repeated,
    refuse,
    sort_distinct,
)

Basis = Literal["documented", "implied"]
Split = Literal["stated", "even", "given"]
Differential = Literal["pay", "skill"]
Predicate = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]
Criterion = Literal["knowledge", "complexity", "collaboration", "experience"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


class Record(BaseModel):
    """A frozen record that refuses unknown fields and does not convert what it is given."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    ASSIGNABLE: ClassVar[frozenset[str]] = frozenset()
    """The names that ``assigned`` may hold, where the record has that field."""

    @model_validator(mode="after")
    def _check_assigned(self) -> Self:
        # Looked up where it is kept: most records have no such field, and pydantic is slow to say so.
        for name in self.__dict__.get("assigned", ()):
            if name not in self.ASSIGNABLE:
                allowed = ", ".join(sorted(self.ASSIGNABLE))
                raise refuse("assigned-unknown", f"assigned names {name}", f"it may name {allowed}")
            if not self._states(name):
                raise refuse(
                    "assigned-absent",
                    f"assigned names {name}, which is not given",
                    f"give {name}, or leave it out",
                )
        return self

    def _states(self, name: str) -> bool:
        """Whether the record gives what a name of ``assigned`` stands for."""
        # A record that is being read may lack what was refused; that is told already, and no reason for more.
        return self.__dict__.get(name, "refused") is not None


def _check_distinct(field: str, values: tuple[str, ...]) -> None:
    if repeated := find_repeated(values):
        raise refuse("value-repeated", f"{field} given more than once: {', '.join(repeated)}", "keep one")


class YearRange(Record):
    """Typical years of experience, from ``min`` to ``max``; without ``max`` the range is open."""

    min: Years
    max: Years | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise refuse(
                "years-order",
                f"min ({self.min}) exceeds max ({self.max})",
                "give the lower number of years as min",
            )
        return self


class Retirement(Record):
    """That a code is no longer in use: what happened, and the code that takes its place, if one does."""

    note: Text
    replaced_by: Label | None = None


class Dataset(Record):
    """The dataset as a whole. Either ``licence`` (an IRI) or ``access_rights`` (a text) says who may use it.

    ``base`` is what the IRIs of all records begin with.
    """

    title: Label
    description: Text | None = None
    publisher: Label
    version: Label
    base: Iri
    language: Language
    currency: Currency
    issued: Day
    modified: Day
    licence: Iri | None = None
    access_rights: Text | None = None

    @model_validator(mode="after")
    def _check_terms(self) -> Self:
        # Records have fragments of their own below the base, so it can hold none itself.
        if not self.base.endswith("/") or "#" in self.base or "?" in self.base:
            raise refuse(
                "base-form", "base must end in / and hold neither # nor ?", "write https://example.org/id/"
            )
        if (self.licence is None) == (self.access_rights is None):
            raise refuse(
                "dataset-terms",
                "who may use the data is not said once",
                "give either licence or access_rights",
            )
        return self


class FunctionGroup(Record):
    """Functions that belong together."""

    code: Slug
    label: Label
    definition: Text | None = None


class JobFunction(Record):
    """The part of an organisation that a role belongs to. Without ``label`` it is shown by its code."""

    ASSIGNABLE = frozenset({"label", "group"})

    code: FunctionCode
    label: Label | None = None
    definition: Text | None = None
    group: Slug | None = None
    assigned: Labels = ()

    @model_validator(mode="after")
    def _check_label(self) -> Self:
        if self.label == self.code and "label" in self.assigned:
            raise refuse(
                "label-code", "an assigned label that repeats the code says nothing", "leave label out"
            )
        return self


class Track(Record):
    """A line of progression, such as M for management."""

    code: TrackCode
    label: Label
    definition: Text | None = None


class Level(Record):
    """One rung of a track. The code gives track and rank (M3); without ``name`` it is shown by its code.

    ``years`` are typical years of experience; ``stage`` is the career stage in level steps, for ladders
    whose years are not known.
    """

    ASSIGNABLE = frozenset({"descriptor", "name", "years", "stage"})
    DESCRIPTOR: ClassVar[tuple[str, ...]] = (
        "scope", "autonomy", "complexity", "impact", "decision_rights", "leadership",
    )  # fmt: skip

    code: LevelCode
    name: Label | None = None
    summary: Text | None = None
    scope: Text | None = None
    autonomy: Text | None = None
    complexity: Text | None = None
    impact: Text | None = None
    decision_rights: Text | None = None
    leadership: Text | None = None
    years: YearRange | None = None
    stage: Amount | None = None
    assigned: Labels = ()

    def _states(self, name: str) -> bool:
        if name != "descriptor":
            return super()._states(name)
        return any(super(Level, self)._states(field) for field in ("summary", *self.DESCRIPTOR))

    @property
    def track(self) -> str:
        """The code of the track, the letters of the level code."""
        return codes.split_level(self.code)[0]

    @property
    def rank(self) -> int:
        """The place inside the track, counted from 1 at the bottom."""
        return codes.split_level(self.code)[1]

    @property
    def label(self) -> str:
        """Code and name: ``M3 — Senior Manager``; the code alone where no name is known."""
        return self.code if self.name is None else f"{self.code} — {self.name}"


class Alternative(Record):
    """Another wording of a skill, and the reason why it is the same skill."""

    label: Label
    reason: Text


class Skill(Record):
    """A shared skill concept. ``code`` is a stable slug; it is never derived again from the label."""

    code: Slug
    label: Label
    definition: Text | None = None
    alternatives: tuple[Alternative, ...] = ()
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _check_labels(self) -> Self:
        _check_distinct("label", (self.label, *(a.label for a in self.alternatives)))
        return self


class Constant(Record):
    """A number of an edition, with the reason for its value."""

    name: Slug
    value: Number
    reason: Text


class Edition(Record):
    """The definition of a distance or cost: its form (the arithmetic) and its constants.

    Changing a constant makes a new edition. ``limits`` says what the edition cannot tell.
    """

    code: EditionCode
    form: Slug
    label: Label
    definition: Text
    limits: Text
    constants: tuple[Constant, ...]

    @model_validator(mode="after")
    def _check_constants(self) -> Self:
        _check_distinct("constant", tuple(c.name for c in self.constants))
        return self


class Scheme(Record):
    """An external classification of occupations. ``levels`` names its kinds of entry, widest first."""

    code: Slug
    title: Label
    publisher: Label
    version: Label
    source: Iri
    licence: Text
    pattern: Label
    levels: tuple[Slug, ...]

    @model_validator(mode="after")
    def _check_pattern(self) -> Self:
        _check_distinct("level", self.levels)
        if self.code in codes.RESERVED_SCHEMES:
            raise refuse("scheme-reserved", f"{self.code} names a part of the graph", "choose another code")
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise refuse(
                "scheme-pattern", f"pattern is no regular expression: {error}", "correct it"
            ) from None
        return self


class Occupation(Record):
    """An entry of an external classification. Ours is a profile, never an occupation."""

    scheme: Slug
    code: Label
    title: Label
    kind: Slug
    broader: Label | None = None


class SkillUse(Record):
    """A focus's own wording of a skill. With ``levels`` it holds for those levels alone.

    Without ``label`` the skill's own label is the wording.
    """

    skill: Slug
    label: Label | None = None
    description: Text | None = None
    levels: Annotated[tuple[LevelCode, ...], AfterValidator(sort_distinct)] = ()


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

    ``inherited`` pay is the function's pay for the level rather than the role's own.
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


class Mapping(Record):
    """The claim that a profile corresponds to an occupation. Never called a match.

    ``tool`` is what made the claim; ``justification`` a term of the Semantic Mapping Vocabulary
    (https://w3id.org/semapv/vocab/), by its local name.
    """

    ASSIGNABLE = frozenset({"predicate", "justification"})

    scheme: Slug
    code: Label
    predicate: Predicate
    justification: TermName
    tool: Label | None = None
    confidence: Share | None = None
    assigned: Labels = ()


class Profile(Record):
    """One role: a focus at a level, with what the sources state of it.

    ``basis`` is ``documented`` (a page or row of its own) or ``implied`` (a rung that another page describes).
    Without ``title`` the role is shown as its focus and level.
    """

    code: ProfileCode
    basis: Basis
    title: Label | None = None
    definition: Text | None = None
    job_code: Label | None = None
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
        _check_distinct("responsibility", tuple(r.id for r in self.responsibilities))
        _check_distinct("source", tuple(s.id for s in self.sources))
        _check_distinct("review dimension", tuple(s.dimension for s in self.review))
        _check_distinct("mapping", tuple(f"{m.scheme}/{m.code}" for m in self.mappings))
        ordered = tuple(sorted(self.mappings, key=lambda m: (m.scheme, m.code)))
        if ordered != self.mappings:
            object.__setattr__(self, "mappings", ordered)
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
        _check_distinct("skill", tuple(use.skill for use in self.skills))
        _check_distinct("profile", tuple(p.code for p in self.profiles))
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
