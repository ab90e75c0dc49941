"""How each record is written as a document: its keys, and the fields that stand as keyed mappings or lists.

Each record class is looked at once; reading and writing both follow what is found here.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record
from rolegraph.model.reference import (
    Dataset,
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Occupation,
    Proficiency,
    Scheme,
    Skill,
    Track,
)
from rolegraph.model.release import Release
from rolegraph.model.roles import Focus, Profile, SkillUse

Scalar = Literal["text", "count", "number", "flag", "choice"]
Shape = Literal["scalar", "record", "texts", "keyed", "listed"]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Records written as a mapping from their field ``key`` to the rest.

    Where ``value`` is given, it is their only other field and stands bare in place of the rest.
    """

    key: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Records written as a list. ``name`` are the fields by which one is found again, joined by ``/``.

    Where ``short`` is given, a bare text stands for a record with that field, and an id made from the text.
    """

    name: tuple[str, ...]
    short: str | None = None


FORMS: Final[MappingOf[tuple[type[Record], str], Keyed | Listed]] = {
    (Focus, "skills"): Keyed("skill"),
    (Focus, "profiles"): Keyed("code"),
    (Profile, "review"): Keyed("dimension", "value"),
    (Profile, "responsibilities"): Listed(("id",), "text"),
    (Profile, "sources"): Listed(("id",), "text"),
    (Profile, "mappings"): Listed(("scheme", "code")),
    (Skill, "alternatives"): Listed(("label",)),
    (Skill, "descriptors"): Keyed("proficiency", "text"),
    (Skill, "mappings"): Listed(("scheme", "code")),
    (SkillUse, "proficiency"): Keyed("level", "proficiency"),
    (Edition, "constants"): Keyed("name"),
    (Release, "files"): Keyed("name", "sha256"),
}

KEYS: Final[MappingOf[tuple[type[Record], str], str]] = {
    (Focus, "code"): "focus",
    (Focus, "profiles"): "levels",
    (Edition, "code"): "edition",
    (Release, "code"): "release",
}
"""The keys that differ from the names of their fields."""

KINDS: Final[MappingOf[type[Record], str]] = {
    Dataset: "dataset",
    FunctionGroup: "function-group",
    JobFunction: "function",
    Track: "track",
    Level: "level",
    Proficiency: "proficiency",
    Skill: "skill",
    Scheme: "scheme",
    Occupation: "occupation",
    Edition: "edition",
    Focus: "focus",
    Profile: "profile",
    Release: "release",
}
"""The kinds of the records that others refer to."""

TIES: Final[MappingOf[type[Record], tuple[str, ...]]] = {
    Focus: ("code", "profiles"),
    Profile: ("code",),
    SkillUse: ("skill",),
    Mapping: ("scheme", "code"),
}
"""The fields without which nothing can be said of what a broken record refers to."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How one field is written: its key and shape, and what its values or parts are."""

    name: str
    key: str
    required: bool
    default: Any
    shape: Shape
    scalar: Scalar = "text"
    choices: tuple[str, ...] = ()
    part: type[Record] | None = None
    form: Keyed | Listed | None = None


@dataclass(frozen=True, slots=True)
class RecordForm:
    """How one class of record is written; ``fields`` are by key, in the order of the record."""

    record: type[Record]
    fields: MappingOf[str, FieldForm]
    keys: MappingOf[str, str]
    """The key of each field."""
    required: tuple[str, ...]
    """The keys that must be there."""


@cache
def find_form(record: type[Record]) -> RecordForm:
    """The form of a class of records, compiled once.

    A class that is no record of the model says itself how its fields are written, in ``FORMS`` and ``KEYS``.
    """
    own_forms, own_keys = getattr(record, "FORMS", {}), getattr(record, "KEYS", {})
    fields = {}
    for name, info in record.model_fields.items():
        default = None if info.default is PydanticUndefined else info.default
        key = KEYS.get((record, name)) or own_keys.get(name, name)
        form = FORMS.get((record, name)) or own_forms.get(name)
        fields[key] = _judge_field(name, key, info.is_required(), default, form, info.annotation)
    return RecordForm(
        record,
        fields,
        {field.name: key for key, field in fields.items()},
        tuple(key for key, field in fields.items() if field.required),
    )


def _judge_field(
    name: str, key: str, required: bool, default: Any, form: Keyed | Listed | None, annotation: Any
) -> FieldForm:
    base, repeated = _strip_annotation(annotation)
    if isinstance(base, type) and issubclass(base, Record):
        shape: Shape = "record" if not repeated else "keyed" if isinstance(form, Keyed) else "listed"
        if repeated and form is None:
            raise TypeError(f"the list {name} of {base.__name__} has no form")
        return FieldForm(name, key, required, default, shape, part=base, form=form)
    scalar, choices = _judge_scalar(base)
    return FieldForm(name, key, required, default, "texts" if repeated else "scalar", scalar, choices)


def _strip_annotation(annotation: Any) -> tuple[Any, bool]:
    """The type inside ``Annotated``, ``... | None`` and ``tuple[..., ...]``, and whether there is a tuple."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _strip_annotation(get_args(annotation)[0])
    if origin in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not NoneType)
        return _strip_annotation(inner)
    if origin is tuple:
        return _strip_annotation(get_args(annotation)[0])[0], True
    return annotation, False


def _judge_scalar(base: Any) -> tuple[Scalar, tuple[str, ...]]:
    if get_origin(base) is Literal:
        return "choice", get_args(base)
    kinds: dict[Any, Scalar] = {str: "text", bool: "flag", int: "count", Decimal: "number"}
    return kinds[base], ()
