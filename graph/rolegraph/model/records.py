"""The records of a job architecture: frozen, strict, compared by content.

A record holds what a source states and nothing else; a field that the source leaves out is ``None`` or empty.
``assigned`` lists the fields of a record that the publisher of the dataset decided where the source is silent.
Sequences whose order means nothing (aliases, exclusions, mappings ...) are kept sorted, so that two records
with the same content are equal whatever the order of their files.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rolegraph.model import codes


def _clean_text(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty")
    if text != text.strip():
        raise ValueError("the text begins or ends with white space")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in text):
        raise ValueError("the text holds a control character")
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("the text is not in Unicode normal form C")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("a label stands on one line")
    return text


def _distinct_sorted(values: tuple[str, ...]) -> tuple[str, ...]:
    if repeated := sorted({v for v in values if values.count(v) > 1}):
        raise ValueError(f"given more than once: {', '.join(repeated)}")
    return tuple(sorted(values))


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("the number is not finite")
    return value


def _iri(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+", value):
        raise ValueError("not an absolute IRI")
    return value


Text = Annotated[str, AfterValidator(_clean_text)]
Label = Annotated[str, AfterValidator(_clean_text), AfterValidator(_one_line)]
Labels = Annotated[tuple[Label, ...], AfterValidator(_distinct_sorted)]
Texts = Annotated[tuple[Text, ...], AfterValidator(_distinct_sorted)]
Iri = Annotated[str, AfterValidator(_iri)]
Number = Annotated[Decimal, AfterValidator(_finite)]
Years = Annotated[Number, Field(ge=0, le=80)]
Amount = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$")]
Slug = Annotated[str, StringConstraints(pattern=codes.SLUG_PATTERN)]
PartId = Annotated[str, StringConstraints(pattern=codes.ID_PATTERN)]
TrackCode = Annotated[str, StringConstraints(pattern=codes.TRACK_PATTERN)]
LevelCode = Annotated[str, StringConstraints(pattern=codes.LEVEL_PATTERN)]
FunctionCode = Annotated[str, StringConstraints(pattern=codes.FUNCTION_PATTERN)]
FocusCode = Annotated[str, StringConstraints(pattern=codes.FOCUS_PATTERN)]
ProfileCode = Annotated[str, StringConstraints(pattern=codes.PROFILE_PATTERN)]
EditionCode = Annotated[str, StringConstraints(pattern=codes.EDITION_PATTERN)]

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
        unknown = sorted(set(getattr(self, "assigned", ())) - self.ASSIGNABLE)
        if unknown:
            allowed = ", ".join(sorted(self.ASSIGNABLE)) or "nothing"
            raise ValueError(f"assigned names {', '.join(unknown)}; it may name {allowed}")
        return self


class YearRange(Record):
    """Typical years of experience, from ``min`` to ``max``; without ``max`` the range is open."""

    min: Years
    max: Years | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"years run from {self.min} to {self.max}: the first must not exceed the second")
        return self


class Retirement(Record):
    """That a code is no longer in use: what happened, and the code that takes its place, if one does."""

    note: Text
    replaced_by: Label | None = None


class Dataset(Record):
    """The dataset as a whole. Either ``licence`` (an IRI) or ``access_rights`` (a text) says who may use it."""

    title: Label
    description: Text | None = None
    publisher: Label
    version: Label
    base: Iri
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    issued: Day
    modified: Day
    licence: Iri | None = None
    access_rights: Text | None = None

    @model_validator(mode="after")
    def _check_terms(self) -> Self:
        if not self.base.endswith(("/", "#")):
            raise ValueError("base must end in / or #")
        if (self.licence is None) == (self.access_rights is None):
            raise ValueError("give either licence or access_rights")
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
        _distinct_sorted((self.label, *(a.label for a in self.alternatives)))
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
        _distinct_sorted(tuple(c.name for c in self.constants))
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
        _distinct_sorted(self.levels)
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"pattern is not a regular expression: {error}") from None
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
    levels: Annotated[tuple[LevelCode, ...], AfterValidator(_distinct_sorted)] = ()


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


class Confidence(Record):
    """How sure the source is of a profile: a share of 1 and, if stated, the word for it."""

    value: Share
    label: Label | None = None


class Pay(Record):
    """Annual market pay. ``low`` and ``high`` are a range that the source gives without percentiles.

    ``inherited`` pay is the function's pay for the level rather than the role's own.
    """

    ASSIGNABLE = frozenset({"currency", "duration"})

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    duration: Annotated[str, StringConstraints(pattern=r"^P(?:[0-9]+[YMWD])+$")] = "P1Y"
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
                    raise ValueError(f"{name} ({value}) exceeds {next_name} ({next_value})")
        if not any(getattr(self, name) is not None for run in runs for name in run):
            raise ValueError("pay without a figure; leave pay out")
        return self


class Score(Record):
    """The review panel's score of one dimension, from 1 to 5."""

    dimension: Slug
    value: Annotated[Number, Field(ge=1, le=5)]


class Source(Record):
    """One source that a profile cites, as it is cited; ``occupation`` is the O*NET-SOC code it names, if any."""

    id: PartId
    text: Text
    occupation: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$")] | None = None


class Mapping(Record):
    """The claim that a profile corresponds to an occupation. Never called a match.

    ``tool`` is what made the claim; ``justification`` a term of the Semantic Mapping Vocabulary
    (https://w3id.org/semapv/vocab/), by its local name.
    """

    ASSIGNABLE = frozenset({"predicate", "justification"})

    scheme: Slug
    code: Label
    predicate: Predicate
    justification: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")]
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
        _distinct_sorted(tuple(r.id for r in self.responsibilities))
        _distinct_sorted(tuple(s.id for s in self.sources))
        _distinct_sorted(tuple(s.dimension for s in self.review))
        _distinct_sorted(tuple(f"{m.scheme} {m.code}" for m in self.mappings))
        if self.guideline == Guideline():
            raise ValueError("guideline without a text; leave guideline out")
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
    differential: Annotated[tuple[Differential, ...], AfterValidator(_distinct_sorted)] = ()
    split: Split | None = None
    skills: tuple[SkillUse, ...] = ()
    profiles: tuple[Profile, ...]
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _check_parts(self) -> Self:
        _distinct_sorted(tuple(use.skill for use in self.skills))
        _distinct_sorted(tuple(p.code for p in self.profiles))
        strange = [p.code for p in self.profiles if p.focus != self.code]
        if strange:
            raise ValueError(f"{', '.join(strange)} does not belong to {self.code}")
        ordered = tuple(sorted(self.profiles, key=lambda p: codes.split_level(p.level)))
        if ordered != self.profiles:
            object.__setattr__(self, "profiles", ordered)
        return self

    @property
    def function(self) -> str:
        """The code of the function."""
        return self.code.partition(".")[0]
