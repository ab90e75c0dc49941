"""What focuses and profiles refer to: the dataset, functions, levels, skills, editions, classifications."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from rolegraph.model import codes
from rolegraph.model.fields import (
    Amount,
    Currency,
    Day,
    EditionCode,
    FunctionCode,
    Iri,
    Label,
    Labels,
    Language,
    LevelCode,
    Number,
    Slug,
    Text,
    TrackCode,
    refuse,
)
from rolegraph.model.mapping import Mapping, order_mappings
from rolegraph.model.record import Record, Retirement, YearRange, check_distinct


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


class Proficiency(Record):
    """One step of the dataset's scale of proficiency; ``rank`` orders the steps, 1 being the lowest."""

    code: Slug
    rank: Annotated[int, Field(ge=1, le=99)]
    label: Label
    definition: Text | None = None


class SkillDescriptor(Record):
    """What a skill means at one step of the scale of proficiency."""

    proficiency: Slug
    text: Text


class Skill(Record):
    """A shared skill concept. ``code`` is a stable slug; it is never derived again from the label.

    ``descriptors`` say what the skill means at steps of the scale of proficiency, ``mappings`` which entries of
    external classifications it corresponds to.
    """

    code: Slug
    label: Label
    definition: Text | None = None
    alternatives: tuple[Alternative, ...] = ()
    descriptors: tuple[SkillDescriptor, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    retired: Retirement | None = None

    @model_validator(mode="after")
    def _check_labels(self) -> Self:
        check_distinct("label", (self.label, *(a.label for a in self.alternatives)))
        check_distinct("proficiency", tuple(d.proficiency for d in self.descriptors))
        # Their order is that of the scale, which the skill does not know; here they stand by code.
        ordered = tuple(sorted(self.descriptors, key=lambda d: d.proficiency))
        if ordered != self.descriptors:
            object.__setattr__(self, "descriptors", ordered)
        object.__setattr__(self, "mappings", order_mappings(self.mappings))
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
        check_distinct("constant", tuple(c.name for c in self.constants))
        return self


class Scheme(Record):
    """An external classification of occupations or skills. ``levels`` names its kinds of entry, widest first.

    ``namespace`` is what the IRIs of its entries begin with, where its publisher gives them IRIs; without it they
    begin with the dataset's base and the code of the classification. The rest of such an IRI is the entry's code.
    """

    code: Slug
    title: Label
    publisher: Label
    version: Label
    source: Iri
    licence: Text
    pattern: Label
    levels: tuple[Slug, ...]
    namespace: Iri | None = None

    @model_validator(mode="after")
    def _check_pattern(self) -> Self:
        check_distinct("level", self.levels)
        if self.code in codes.RESERVED_SCHEMES:
            raise refuse("scheme-reserved", f"{self.code} names a part of the graph", "choose another code")
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise refuse(
                "scheme-pattern", f"pattern is no regular expression: {error}", "correct it"
            ) from None
        if self.namespace is not None and not self.namespace.endswith(("/", "#")):
            raise refuse(
                "namespace-form", "namespace must end in / or #", "write it up to where the codes begin"
            )
        return self


class Occupation(Record):
    """An entry of an external classification. Ours is a profile, never an occupation."""

    scheme: Slug
    code: Label
    title: Label
    kind: Slug
    broader: Label | None = None
