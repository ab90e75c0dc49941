"""Writes docs/records.md, the keys of every record, from the model: python tests/record_docs.py"""

from __future__ import annotations

import re
import types
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from rolegraph.model import reference, roles
from rolegraph.model.record import Record, Retirement, YearRange

PAGE = Path(__file__).parents[1] / "docs" / "records.md"

PLACES: tuple[tuple[type[Record], str], ...] = (
    (reference.Dataset, "`dataset.yaml`"),
    (reference.FunctionGroup, "`functions.yaml`, under `groups`, by code"),
    (reference.JobFunction, "`functions.yaml`, under `functions`, by code"),
    (reference.Track, "`levels.yaml`, under `tracks`, by code"),
    (reference.Level, "`levels.yaml`, under `levels`, by code"),
    (YearRange, "the value of `years`"),
    (reference.Proficiency, "`skills.yaml`, under `proficiencies`, by code"),
    (reference.Skill, "`skills.yaml`, under `skills`, by code"),
    (reference.SkillDescriptor, "under `descriptors` of a skill, as `proficiency: text`"),
    (reference.Alternative, "an item of `alternatives`"),
    (roles.Focus, "`focuses/CODE.yaml`, its code under `focus`; or one line of `focuses/*.jsonl`"),
    (roles.SkillUse, "under `skills` of a focus, by the code of the skill"),
    (roles.Requirement, "under `proficiency` of a skill use, as `level: proficiency`"),
    (roles.Profile, "under `levels` of a focus, by the code of the level"),
    (roles.Responsibility, "an item of `responsibilities`; a plain text will do, then the id is computed"),
    (roles.Guideline, "the value of `guideline`"),
    (roles.Confidence, "the value of `confidence`"),
    (roles.Pay, "the value of `pay`"),
    (roles.Score, "under `review`, as `dimension: value`"),
    (roles.Source, "an item of `sources`; a plain text will do, then the id is computed"),
    (roles.Mapping, "an item of `mappings`"),
    (Retirement, "the value of `retired`"),
    (reference.Scheme, "`occupations/CODE.yaml`, under `scheme`"),
    (reference.Occupation, "`occupations/CODE.yaml`, under `occupations`, by code"),
    (reference.Edition, "`editions/CODE.yaml`, its code under `edition`"),
    (reference.Constant, "under `constants` of an edition, by name"),
)
"""Every record, and where it stands in a data folder."""

INTRODUCTION = """\
# The records of a data folder

Every key of every record, and where it stands. All values are text as far as YAML goes, and quotes carry no meaning:
`NO` is a region, `010` a code. A key without a value is an error; leave out what is not known. A code that stands as
the key of a mapping (`M3:`) is not repeated inside. This page is written by `python tests/record_docs.py`.
"""
WORDS = {str: "text", int: "count", bool: "true or false", Decimal: "number"}
YAML_NAMES = {("Focus", "profiles"): "levels", ("Focus", "code"): "focus", ("Edition", "code"): "edition"}


def describe_type(annotation: Any) -> str:
    """What may stand for a field, in plain words."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return describe_type(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return " or ".join(describe_type(part) for part in get_args(annotation) if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in get_args(annotation))
    if origin is tuple:
        return f"list of {describe_type(get_args(annotation)[0])}"
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return WORDS[annotation]


def describe_record(record: type[Record], place: str) -> str:
    doc = re.sub(r"``", "`", " ".join((record.__doc__ or "").split()))
    lines = [
        f"## {record.__name__}",
        "",
        f"Where: {place}.",
        "",
        doc,
        "",
        "| key | value | |",
        "|---|---|---|",
    ]
    for name, field in record.model_fields.items():
        shown = YAML_NAMES.get((record.__name__, name), name)
        need = "required" if field.is_required() else ""
        if name == "assigned":
            need = f"may name {', '.join(f'`{n}`' for n in sorted(record.ASSIGNABLE))}"
        lines.append(f"| `{shown}` | {describe_type(field.annotation)} | {need} |")
    return "\n".join(lines) + "\n"


def render_page() -> str:
    return "\n".join([INTRODUCTION, *(describe_record(record, place) for record, place in PLACES)])


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
