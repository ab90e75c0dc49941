"""Whether the parts of a mapping fit each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rolegraph.errors import Place, Problem
from rolegraph.model import codes
from rolegraph.records.document import join_path, quote
from rolegraph.records.slugs import make_slug
from rolegraph.records.table.schema import (
    FIGURES,
    IDENTITY,
    LISTS,
    SKILL_FIELDS,
    LevelText,
    SheetMap,
    TableRules,
)


def find_misfits(rules: TableRules, find_place: Callable[..., Place]) -> Iterator[Problem]:
    """What is wrong with a mapping as a whole; ``find_place`` gives the line of a key by the keys that lead to it."""
    complaints = _Complaints(find_place)
    yield from _check_sheets(rules, complaints)
    yield from _check_levels(rules, complaints)
    yield from _check_scale(rules, complaints)


class _Complaints:
    """Makes problems of one mapping at the lines of its keys."""

    def __init__(self, find_place: Callable[..., Place]) -> None:
        self._find_place = find_place

    def make(self, path: tuple[str, ...], rule: str, message: str, remedy: str) -> Problem:
        return Problem(rule, message, self._find_place(*path), join_path(path), remedy)


def _states(sheet: SheetMap, *fields: str) -> bool:
    """Whether a sheet gives one of some fields, by a column or a constant."""
    return any(getattr(sheet.columns, f) or getattr(sheet.constants, f, None) for f in fields)


def _check_sheets(rules: TableRules, complaints: _Complaints) -> Iterator[Problem]:
    sheets = rules.sheets
    mains = [sheet for sheet in sheets if not sheet.join]
    if not mains:
        yield complaints.make(
            ("sheets",), "sheet-roles", "no sheet holds roles", "give one sheet without join"
        )
    names: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in names:
            yield complaints.make(
                ("sheets", sheet.name), "sheet-twice", f"{quote(sheet.name)} is there twice", "keep one"
            )
        names.add(sheet.name.casefold())
        yield from _check_columns(complaints, sheet)
        yield from _check_skills(complaints, rules, sheet)
        yield from _check_matrix(complaints, rules, sheet)
        if sheet.join:
            yield from _check_join(complaints, sheet, mains)
        else:
            yield from _check_roles(complaints, rules, sheet)
            if sheet.unmatched != "refuse":
                yield complaints.make(
                    ("sheets", sheet.name, "unmatched"), "join-absent", "the sheet holds roles, and looks for none",
                    "add join, or leave unmatched out",
                )  # fmt: skip


def _check_columns(complaints: _Complaints, sheet: SheetMap) -> Iterator[Problem]:
    at = ("sheets", sheet.name)
    given = [field for field in type(sheet.columns).model_fields if getattr(sheet.columns, field)]
    if not given:
        yield complaints.make(
            (*at, "columns"), "columns-none", "no column is named", "write FIELD: HEADER for each"
        )
    for field in given:
        headers = getattr(sheet.columns, field)
        if len(headers) > 1 and field not in LISTS:
            yield complaints.make(
                (*at, "columns", field), "column-many", f"{field} has one value, and {len(headers)} columns are named",
                "name one",
            )  # fmt: skip
        folded = [header.casefold() for header in headers]
        if len(set(folded)) < len(folded):
            yield complaints.make(
                (*at, "columns", field), "value-repeated", "a column is named twice", "keep one"
            )
    for field in type(sheet.split).model_fields:
        if getattr(sheet.split, field) and not getattr(sheet.columns, field):
            yield complaints.make(
                (*at, "split", field), "column-absent", f"no column of {field} is named", f"add it under columns, or leave {field} out here",
            )  # fmt: skip
    for field in sheet.fill_down:
        if not getattr(sheet.columns, field):
            yield complaints.make(
                (*at, "fill_down"), "column-absent", f"no column of {field} is named", f"add it under columns, or leave {field} out here",
            )  # fmt: skip
    currency = sheet.constants.currency
    if currency is not None and not re.fullmatch(codes.CURRENCY_PATTERN, currency):
        yield complaints.make(
            (*at, "constants", "currency"), "value-wrong", f"{quote(currency)} is not a currency", "write the three capital letters of ISO 4217, such as GBP",
        )  # fmt: skip
    if _states(sheet, *FIGURES) and not _states(sheet, "currency"):
        yield complaints.make(
            at, "currency-missing", "pay is given without its currency", "name a column currency, or write constants: {currency: GBP}",
        )  # fmt: skip


def _check_skills(complaints: _Complaints, rules: TableRules, sheet: SheetMap) -> Iterator[Problem]:
    at = ("sheets", sheet.name)
    columns = sheet.columns
    skills = len(columns.skill)
    for field in SKILL_FIELDS[1:]:
        count = len(getattr(columns, field))
        if count and not skills:
            yield complaints.make(
                (*at, "columns", field),
                "column-absent",
                f"{field} is given without skill",
                "name the column of skill",
            )
        elif count and count != skills:
            yield complaints.make(
                (*at, "columns", field), "column-count", f"{count} {'column' if count == 1 else 'columns'} of {field} and {skills} of skill stand side by side",
                "name one for each, in the same order",
            )  # fmt: skip
    joined = sheet.skill_form != "name"
    if joined and (columns.proficiency or not skills):
        yield complaints.make(
            (*at, "skill_form"), "skill-form", "the proficiency cannot stand both beside the skill and in a column" if skills
            else "no column of skill is named", "leave one of both out" if skills else "name it under columns",
        )  # fmt: skip
    if (columns.proficiency or joined) and not rules.proficiencies:
        yield complaints.make(
            (*at, "columns", "proficiency") if columns.proficiency else (*at, "skill_form"), "scale-missing",
            "the steps of proficiency are not listed", "write proficiencies: [LOWEST, ..., HIGHEST]",
        )  # fmt: skip
    if columns.skill_descriptor and not (columns.proficiency or joined):
        yield complaints.make(
            (*at, "columns", "skill_descriptor"), "column-absent", "skill_descriptor is given without proficiency",
            "name the column of proficiency",
        )  # fmt: skip


def _check_matrix(complaints: _Complaints, rules: TableRules, sheet: SheetMap) -> Iterator[Problem]:
    matrix = sheet.matrix
    if matrix is None:
        return
    at = ("sheets", sheet.name, "matrix")
    if bool(matrix.columns) == bool(matrix.first or matrix.last) or bool(matrix.first) != bool(matrix.last):
        yield complaints.make(
            at, "matrix-columns", "it is not said which columns are skills",
            "write from: HEADER and to: HEADER, or columns: [HEADER, ...]",
        )  # fmt: skip
    if sheet.header == ("0",):
        yield complaints.make(
            at, "matrix-columns", "the sheet has no header, so that the skills have no names", "give header"
        )
    if matrix.cells == "proficiency" and not rules.proficiencies:
        yield complaints.make(
            (*at, "cells"), "scale-missing", "the steps of proficiency are not listed", "write proficiencies: [LOWEST, ..., HIGHEST]",
        )  # fmt: skip


def _check_roles(complaints: _Complaints, rules: TableRules, sheet: SheetMap) -> Iterator[Problem]:
    at = ("sheets", sheet.name)
    for fields in (("function", "function_code"), ("focus", "focus_code"), (rules.levels.source,)):
        if not _states(sheet, *fields):
            yield complaints.make(
                (*at, "columns"), "column-absent", f"no column of {' or '.join(fields)} is named",
                f"add {fields[0]}: HEADER, or a constant" if fields[0] != "title" else "add title: HEADER",
            )  # fmt: skip


def _check_join(complaints: _Complaints, sheet: SheetMap, mains: list[SheetMap]) -> Iterator[Problem]:
    at = ("sheets", sheet.name)
    for field in sheet.join:
        if not _states(sheet, field):
            yield complaints.make(
                (*at, "join"),
                "column-absent",
                f"no column of {field} is named in this sheet",
                "add it under columns",
            )
        if not any(_states(main, field) for main in mains):
            yield complaints.make(
                (*at, "join"), "column-absent", f"no sheet of roles has a column of {field}",
                "join by a field that both have",
            )  # fmt: skip
    for field in IDENTITY:
        if getattr(sheet.columns, field) and field not in sheet.join:
            yield complaints.make(
                (*at, "columns", field), "join-field", f"{field} is not among the fields of join",
                "add it to join, or leave the column out",
            )  # fmt: skip


def _check_levels(rules: TableRules, complaints: _Complaints) -> Iterator[Problem]:
    known = None
    if rules.ladder is not None:
        known = {level.code for level in rules.ladder.levels}
        tracks = {track.code for track in rules.ladder.tracks}
        for code in sorted(known):
            if codes.split_level(code)[0] not in tracks:
                yield complaints.make(
                    ("ladder", "levels", code), "track-unknown", f"the ladder has no track {codes.split_level(code)[0]}",
                    "add it under tracks, or correct the level",
                )  # fmt: skip
    runs: list[tuple[tuple[str, ...], tuple[LevelText, ...]]] = [(("levels", "map"), rules.levels.map)]
    runs += [(("levels", "by_focus", each.focus), each.map) for each in rules.levels.by_focus]
    for at, texts in runs:
        folded: dict[str, str] = {}
        for entry in texts:
            if folded.setdefault(entry.text.casefold(), entry.code) != entry.code:
                yield complaints.make(
                    (*at, entry.text), "level-twice", f"{quote(entry.text)} means two levels", "keep one"
                )
            if known is not None and entry.code not in known:
                yield complaints.make(
                    (*at, entry.text), "level-unknown", f"the ladder has no level {entry.code}",
                    f"its levels are {', '.join(sorted(known, key=codes.split_level))}",
                )  # fmt: skip


def _check_scale(rules: TableRules, complaints: _Complaints) -> Iterator[Problem]:
    labels: dict[str, str] = {}
    for step in rules.proficiencies:
        slug = make_slug(step.label)
        if labels.setdefault(slug, step.label) != step.label:
            yield complaints.make(
                ("proficiencies", step.text), "value-repeated", f"{quote(step.label)} and {quote(labels[slug])} are one code",
                "name the steps apart",
            )  # fmt: skip
