"""Writes docs/records.md and docs/tables.md, the keys of every record and mapping: python tests/record_docs.py"""

from __future__ import annotations

import re
import types
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from rolegraph.model import mapping, reference, roles
from rolegraph.model.record import Record, Retirement, YearRange
from rolegraph.records.table import schema

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "records.md"
TABLE_PAGE = DOCS / "tables.md"

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
    (mapping.Mapping, "an item of `mappings` of a profile or a skill"),
    (Retirement, "the value of `retired`"),
    (reference.Scheme, "`occupations/CODE.yaml`, under `scheme`"),
    (reference.Occupation, "`occupations/CODE.yaml`, under `occupations`, by code"),
    (reference.Edition, "`editions/CODE.yaml`, its code under `edition`"),
    (reference.Constant, "under `constants` of an edition, by name"),
)
"""Every record, and where it stands in a data folder."""

TABLE_PLACES: tuple[tuple[type[Record], str], ...] = (
    (schema.TableRules, "the file itself"),
    (schema.SheetMap, "under `sheets`, by the name of the sheet"),
    (schema.Columns, "the value of `columns`"),
    (schema.Constants, "the value of `constants`"),
    (schema.Splits, "the value of `split`"),
    (schema.Matrix, "the value of `matrix` of a sheet"),
    (schema.UnusedColumn, "under `unused` of a sheet, as `column: [text, ...]`"),
    (schema.Step, "under `proficiencies`, as `text: label`; a list of labels will do"),
    (schema.LevelRules, "the value of `levels`"),
    (schema.LevelText, "under `map`, as `text: code`"),
    (schema.FocusLevels, "under `by_focus`, as `focus: {text: code, ...}`"),
    (schema.Ladder, "the value of `ladder`"),
)
"""Every record of a mapping file, and where it stands."""

TABLE_INTRODUCTION = """\
# From a spreadsheet to records

`rolegraph import table FILE --map MAP.yaml -o DIR` reads a CSV, TSV or XLSX file by a mapping file that says which
column is what. Begin with a proposal, and set what it is unsure of:

```text
rolegraph import table roles.xlsx --suggest > roles.yaml
rolegraph import table roles.xlsx --map roles.yaml -o my-architecture
rolegraph --data my-architecture validate
```

A mapping is short where the sheet is plain:

```yaml
sheets:
  Roles:
    columns:
      function: Job family group
      focus: Job family
      level: Level
      title: Job title
      job_code: Job code
      skill: Skills
    split: {skill: ";"}
    constants: {currency: EUR}
levels:
  map: {Junior: P1, Senior: P3, Lead: M1}
```

- **Several sheets** are joined by a key: `join: [job_code]` of a sheet says how its rows find their roles. With
  `unmatched: pass` rows that find none are passed over and counted, as for a survey that knows more jobs than you have.
- **Wide or long**: `skill: [Skill 1, Skill 2]` names several columns; a row for each skill of a role needs nothing.
- **Skills as headers**, with a mark or a proficiency in the cells: `matrix: {from: FIRST HEADER, to: LAST HEADER}`.
- **Your own ladder** stands under `ladder`, written as in `levels.yaml`; without it the levels are those of the folder.
- **Amounts and days**: `decimal: comma` reads `42.500,00`, `dates: day-first` reads `01.07.2025`. A sign such as € must
  fit the currency of its row. Numbers of a workbook have the 15 digits that a spreadsheet program shows.
- **Codes** that the sheet lacks are made once and kept in `codes.csv` of the folder, which ties a name to
  its code for good. A focus or function that gets another name keeps its code where its roles carry job codes, for
  those tell that it is the same; without job codes another name is another focus. Your own job code is accepted
  wherever a code is.
- **Again**: importing an edited sheet shows what is added, changed and retired; `--apply` writes it. A row that is gone
  becomes retired, with its history. A table is known by the name of its file; `--as NAME` names the one that a renamed
  file takes the place of; a file that was never imported, and states the roles of another table, is asked about. What
  you added to the folder by hand stays.
- **Cells**: `cells.csv` of the folder keeps the sheet, row and column of every record, and findings name them
  (`Roles!F214`). `rolegraph --data DIR validate --format xlsx -o checked.xlsx` returns a copy of your workbook with the
  findings marked. `tables.csv` keeps the SHA-256 of the file: a workbook that changed since is not marked, as its cells
  may have moved; import it again with `--apply`, which keeps its cells as they are now even if no record changes.
- **XLSX**: formulas are read by their values; an error (`#N/A`) or a formula that was never calculated in a column that
  is read is refused with its cell. Merged cells count for every row of theirs. Hidden sheets are read where they are
  named. Dates become `2025-01-31`.
- **Example**: the mapping `uk-ddat`, which ships, reads the role sheet of the UK Government Digital and Data framework:
  `rolegraph import table roles.csv --map uk-ddat -o digital`.

This page is written by `python tests/record_docs.py`; below is every key of a mapping file.

## Fields

What a column may hold:

| field | what |
|---|---|
"""

INTRODUCTION = """\
# The records of a data folder

Every key of every record, and where it stands. All values are text as far as YAML goes, and quotes carry no meaning:
`NO` is a region, `010` a code. A key without a value is an error; leave out what is not known. A code that stands as
the key of a mapping (`M3:`) is not repeated inside. The code of a skill, a group or a step of proficiency is lower-case
letters, digits and single hyphens (`aseptic-technique`). This page is written by `python tests/record_docs.py`.
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
        shown = YAML_NAMES.get((record.__name__, name)) or getattr(record, "KEYS", {}).get(name, name)
        need = "required" if field.is_required() else ""
        if name == "assigned":
            need = f"may name {', '.join(f'`{n}`' for n in sorted(record.ASSIGNABLE))}"
        lines.append(f"| `{shown}` | {describe_type(field.annotation)} | {need} |")
    return "\n".join(lines) + "\n"


def render_page() -> str:
    return "\n".join([INTRODUCTION, *(describe_record(record, place) for record, place in PLACES)])


def render_table_page() -> str:
    fields = "".join(f"| `{name}` | {what} |\n" for name, what in schema.FIELDS.items())
    parts = (describe_record(record, place) for record, place in TABLE_PLACES)
    return "\n".join([TABLE_INTRODUCTION + fields, *parts])


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
    TABLE_PAGE.write_text(render_table_page(), encoding="utf-8")
