"""Small intakes of an invented bakery, as pages or a table state them, for tests of merging and saving."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from rolegraph.errors import Place
from rolegraph.model import codes
from rolegraph.model.reference import FunctionGroup, JobFunction, Skill
from rolegraph.model.roles import Focus, Pay, Profile, Responsibility, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.intake import Intake
from rolegraph.records.saving.blank import make_dataset, start_taxonomy

BREAD = "BAKERY.BREAD"


@cache
def start() -> Taxonomy:
    """A fresh folder, with nothing but what is lent."""
    return start_taxonomy(make_dataset(title="Bakery", day="2026-01-02"))


def duties(*texts: str) -> tuple[Responsibility, ...]:
    return tuple(Responsibility(id=codes.text_id(text), text=text) for text in texts)


def profile(level: str, *, focus: str = BREAD, **fields: Any) -> Profile:
    fields = {"basis": "documented", **fields}
    return Profile(code=codes.compose_profile(focus, level), **fields)


def pay(**figures: Any) -> Pay:
    numbers = {k: Decimal(v) if isinstance(v, int) else v for k, v in figures.items()}
    return Pay(**{"currency": "EUR", **numbers})


def focus(*profiles: Profile, code: str = BREAD, label: str = "Bread", **fields: Any) -> Focus:
    return Focus(code=code, label=label, profiles=profiles, **fields)


def intake(*focuses: Focus, skills: tuple[str, ...] = (), **fields: Any) -> Intake:
    """An intake with its function; skills are given by their labels, and every part has a place."""
    records = {
        "functions": (JobFunction(code="BAKERY", label="Bakery"),),
        "skills": tuple(Skill(code=slug(label), label=label) for label in skills),
        **fields,
    }
    return Intake(focuses=focuses, **records)


def slug(label: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())


def uses(*labels: str, **fields: Any) -> tuple[SkillUse, ...]:
    return tuple(SkillUse(skill=slug(label), **fields) for label in labels)


def place_cells(source: Intake, file: str = "jobs.xlsx") -> Intake:
    """The intake with a cell for every field that it states, a row for every profile and skill use."""
    places: dict[tuple[str, ...], Place] = {}
    row = 1

    def put(key: tuple[str, ...], column: str) -> None:
        places[key] = Place(file, row, f"Jobs!{column}{row}")

    for kind, records in (
        ("function-group", source.groups), ("function", source.functions), ("track", source.tracks),
        ("level", source.levels), ("proficiency", source.proficiencies), ("skill", source.skills),
    ):  # fmt: skip
        for record in records:
            row += 1
            put((kind, record.code), "A")
            _put_fields(record, (kind, record.code), put)
    for each in source.focuses:
        row += 1
        key = ("focus", each.code)
        put(key, "A")
        _put_fields(each, key, put)
        for one in each.profiles:
            row += 1
            put((*key, "levels", one.level), "A")
            _put_fields(one, (*key, "levels", one.level), put)
            for duty in one.responsibilities:
                put((*key, "levels", one.level, "responsibilities", duty.id), "R")
        for use in each.skills:
            row += 1
            put((*key, "skills", use.skill), "S")
            _put_fields(use, (*key, "skills", use.skill), put)
            for level in use.levels:
                put((*key, "skills", use.skill, "levels", level), "U")
            for required in use.proficiency:
                put((*key, "skills", use.skill, "proficiency", required.level), "T")
    return Intake(
        **{
            name: getattr(source, name)
            for name in Intake.__dataclass_fields__
            if name not in ("places", "notes")
        },
        places=places,
    )


def _put_fields(record: Any, key: tuple[str, ...], put: Any) -> None:
    kept_apart = {
        "code",
        "skill",
        "assigned",
        "profiles",
        "skills",
        "responsibilities",
        "proficiency",
        "levels",
    }
    for number, (name, info) in enumerate(type(record).model_fields.items()):
        value = getattr(record, name)
        if name in kept_apart or value == info.default:
            continue
        if isinstance(value, Pay):
            _put_fields(value, (*key, name), put)
        else:
            put((*key, name), chr(ord("B") + number))


GROUP = FunctionGroup(code="making", label="Making")
