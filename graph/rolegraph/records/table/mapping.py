"""Reads a mapping file and checks that its parts fit each other, before any table is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rolegraph.errors import InputError, Place, Problem, UnknownError
from rolegraph.model import codes
from rolegraph.model.reference import Level
from rolegraph.records.convert import read_record
from rolegraph.records.document import BROKEN, Document, Reading, join_path, quote
from rolegraph.records.files import describe_error, escape_unseen
from rolegraph.records.table.cells import Source
from rolegraph.records.table.schema import (
    DELIMITERS,
    FIGURES,
    IDENTITY,
    LISTS,
    SKILL_FIELDS,
    LevelText,
    SheetMap,
    TableRules,
)
from rolegraph.records.yaml import read_yaml

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class TableMap:
    """A mapping file that was read: its name, what it says, and where it says it."""

    file: str
    rules: TableRules
    reading: Reading

    @property
    def delimiter(self) -> str | None:
        """What stands between the cells of a text file; None where the header line tells."""
        return DELIMITERS[self.rules.delimiter] if self.rules.delimiter else None

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets that are to be read."""
        return tuple(sheet.name for sheet in self.rules.sheets)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the organisation's own ladder, their stages marked as assigned."""
        if self.rules.ladder is None:
            return ()
        return tuple(
            level if level.stage is None or "stage" in level.assigned
            else level.model_copy(update={"assigned": tuple(sorted((*level.assigned, "stage")))})
            for level in self.rules.ladder.levels
        )  # fmt: skip

    def find_place(self, *path: str) -> Place:
        """The line of a key of the mapping file, or of what is around it."""
        return self.reading.find_place(path)


def find_map(name: str) -> Source:
    """The mapping file that a path, or the name of a shipped map (``uk-ddat``), stands for.

    Raises UnknownError where it is neither.
    """
    path = Path(name)
    if path.suffix.lower() in SUFFIXES or path.exists():
        return path
    from rolegraph.resources import find_resource

    folder = find_resource("data").joinpath("maps")
    known = sorted(
        entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    )
    if name not in known:
        raise UnknownError(f"there is no file {quote(name)} and no shipped map of that name", known)
    return f"{name}.yaml", folder.joinpath(f"{name}.yaml").read_bytes()


def read_map(source: Source) -> TableMap:
    """The mapping that a file holds. Raises InputError with every problem, each with its line and remedy."""
    if isinstance(source, tuple):
        file, data = source
    else:
        file = escape_unseen(source.name)
        try:
            data = source.read_bytes()
        except OSError as error:
            reason = f"cannot be read: {describe_error(error)}"
            raise InputError(
                [Problem("file-unreadable", reason, Place(file), "", "check the path")]
            ) from None
    reading = read_yaml(data, file)
    _widen(reading)
    rules = read_record(TableRules, reading) if reading.document is not BROKEN else None
    if rules is None:
        raise InputError(reading.problems)
    table_map = TableMap(file, rules, reading)
    problems = [
        *_check_sheets(table_map), *_check_levels(table_map), *_check_scale(table_map)
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return table_map


def _widen(reading: Reading) -> None:
    """Writes a single text where a list may stand as a list of one, and a list of proficiencies as a mapping."""
    document = reading.document
    if not isinstance(document, dict):
        return
    _widen_keys(document, ("empty",))
    sheets = document.get("sheets")
    for sheet in sheets.values() if isinstance(sheets, dict) else ():
        if isinstance(sheet, dict):
            _widen_keys(sheet, ("header", "join", "fill_down"))
            for inner in (sheet.get("columns"), sheet.get("unused")):
                if isinstance(inner, dict):
                    _widen_keys(inner, tuple(inner))
    steps = document.get("proficiencies")
    if isinstance(steps, list):
        texts = [step for step in steps if isinstance(step, str)]
        if len(set(texts)) == len(steps):
            document["proficiencies"] = {text: text for text in texts}
            for number, text in enumerate(texts, 1):
                line = reading.lines.get(("proficiencies", str(number)))
                if line is not None:
                    reading.lines[("proficiencies", text)] = line
        else:
            reading.refuse(
                ("proficiencies",),
                "value-repeated",
                "a step is given twice, or is no text",
                "name each step once",
            )
            document["proficiencies"] = BROKEN


def _widen_keys(document: dict[str, Document], keys: tuple[str, ...]) -> None:
    for key in keys:
        value = document.get(key)
        if isinstance(value, str):
            document[key] = [value]


class _Complaints:
    """Makes problems of one mapping at the lines of its keys."""

    def __init__(self, table_map: TableMap) -> None:
        self._map = table_map

    def make(self, path: tuple[str, ...], rule: str, message: str, remedy: str) -> Problem:
        return Problem(rule, message, self._map.find_place(*path), join_path(path), remedy)


def _states(sheet: SheetMap, *fields: str) -> bool:
    """Whether a sheet gives one of some fields, by a column or a constant."""
    return any(getattr(sheet.columns, f) or getattr(sheet.constants, f, None) for f in fields)


def _check_sheets(table_map: TableMap) -> Iterator[Problem]:
    complaints = _Complaints(table_map)
    sheets = table_map.rules.sheets
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
        yield from _check_skills(complaints, table_map.rules, sheet)
        if sheet.join:
            yield from _check_join(complaints, sheet, mains)
        else:
            yield from _check_roles(complaints, table_map.rules, sheet)


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
                (*at, "columns", field), "column-count", f"{count} columns of {field} stand beside {skills} of skill",
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


def _check_levels(table_map: TableMap) -> Iterator[Problem]:
    complaints = _Complaints(table_map)
    rules = table_map.rules
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


def _check_scale(table_map: TableMap) -> Iterator[Problem]:
    from rolegraph.records.table.values import make_slug

    complaints = _Complaints(table_map)
    labels: dict[str, str] = {}
    for step in table_map.rules.proficiencies:
        slug = make_slug(step.label)
        if labels.setdefault(slug, step.label) != step.label:
            yield complaints.make(
                ("proficiencies", step.text), "value-repeated", f"{quote(step.label)} and {quote(labels[slug])} are one code",
                "name the steps apart",
            )  # fmt: skip
