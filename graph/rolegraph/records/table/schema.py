"""The mapping file as records: what it may say, key by key.

People who own a job architecture write it; a page of the documentation is made from what is said here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator

from rolegraph.model.fields import Label, LevelCode, Slug, refuse
from rolegraph.model.record import Record, check_distinct
from rolegraph.model.reference import Level, Track
from rolegraph.records.forms import Keyed
from rolegraph.records.table.days import Order
from rolegraph.records.table.figures import Mark

FIELDS: Final[Mapping[str, str]] = {
    "function_group": "the group that the function belongs to",
    "function": "the name of the function (job family group)",
    "function_code": "the organisation's own code of the function",
    "function_definition": "what the function is",
    "focus": "the name of the focus (job family, specialism)",
    "focus_code": "the organisation's own code of the focus",
    "focus_definition": "what the focus is",
    "level": "the level, in the organisation's words",
    "title": "the title of the role",
    "definition": "what the role is at this level",
    "job_code": "the organisation's own code of the role",
    "grade": "the organisation's own grade",
    "status": "the status of the role, such as approved",
    "region": "where the role is defined for",
    "version": "the version of the role",
    "skill": "the name of a skill",
    "skill_definition": "what the skill is, wherever it is asked for",
    "skill_description": "what the skill means in this focus",
    "proficiency": "how well the skill is asked for",
    "skill_descriptor": "what the skill means at that proficiency",
    "responsibility": "a statement of what the role does",
    "alias": "another title of the role",
    "occupation": "a SOC or O*NET-SOC code",
    "knowledge": "level guideline: knowledge and application",
    "complexity": "level guideline: complexity and problem solving",
    "collaboration": "level guideline: collaboration and interaction",
    "experience": "level guideline: typical degree and years",
    "pay_low": "the lower end of a pay range without percentiles",
    "pay_median": "median pay",
    "pay_high": "the upper end of a pay range without percentiles",
    "pay_percentile10": "10th percentile of pay",
    "pay_percentile25": "25th percentile of pay",
    "pay_percentile75": "75th percentile of pay",
    "pay_percentile90": "90th percentile of pay",
    "currency": "the currency of pay, three letters of ISO 4217",
    "period": "what pay is for: a year, a month, a week or a day",
    "pay_effective": "the day from which pay holds",
    "pay_source": "where the figures of pay come from",
    "pay_region": "where pay is paid",
}  # fmt: skip
"""What a column, or a constant, may hold."""

LISTS: Final = (
    "skill", "skill_definition", "skill_description", "proficiency", "skill_descriptor", "responsibility", "alias",
    "occupation",
)  # fmt: skip
"""The fields of which a role may have several, so that several columns may hold them."""

SKILL_FIELDS: Final = LISTS[:5]
IDENTITY: Final = ("function", "function_code", "focus", "focus_code", "level")
"""The fields that say which focus and level a row is about."""

JOIN_FIELDS: Final = (*IDENTITY, "title", "job_code", "grade")
PAY_FIELDS: Final = (*(field for field in FIELDS if field.startswith("pay_")), "currency", "period")
FIGURES: Final = tuple(
    field for field in PAY_FIELDS if field in ("pay_low", "pay_median", "pay_high") or "percentile" in field
)
CRITERIA: Final = ("knowledge", "complexity", "collaboration", "experience")

SkillForm = Literal["name", "name (proficiency)", "name: proficiency", "name - proficiency"]
Delimiter = Literal["comma", "semicolon", "tab", "bar"]
DELIMITERS: Final[Mapping[str, str]] = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

LINE: Final = "line"
"""The separator of items that stand on lines of their own."""


def _check_rows(rows: tuple[str, ...]) -> tuple[str, ...]:
    for row in rows:
        if not re.fullmatch(r"[0-9]{1,7}", row):
            raise refuse(
                "value-wrong", f"{row} is not the number of a row", "write digits, such as 1, or [1, 2]"
            )
    numbers = [int(row) for row in rows]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or (
        numbers[0] == 0 and len(numbers) > 1
    ):
        raise refuse(
            "header-rows", "the rows of a header follow each other", "write one, or two such as [1, 2]"
        )
    return rows


def _check_fields(known: tuple[str, ...]) -> AfterValidator:
    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct("field", names)
        for name in names:
            if name not in known:
                from rolegraph.records.explain import find_closest

                closest = find_closest(name, known)
                remedy = f"did you mean {closest}?" if closest else f"write one of {', '.join(known)}"
                raise refuse("field-unknown", f"{name} is no field here", remedy)
        return names

    return AfterValidator(check)


def _check_several(texts: tuple[str, ...]) -> tuple[str, ...]:
    check_distinct("text", texts)
    return texts


Headers = tuple[Label, ...]
Texts = Annotated[tuple[Label, ...], AfterValidator(_check_several)]


class Columns(Record):
    """Which column holds which field: the text of its header in any letter case, or the letter of the column.

    A list of headers names several columns that hold the same kind of thing (``skill: [Skill 1, Skill 2]``). Amounts
    are digits, with commas between thousands or not; a sign or code of a currency beside one (``€40,000``, ``5 USD``)
    must fit the currency of the row. Days are cells with a date, ``2025-07-30`` or ``30 July 2025``; other orders and
    decimal commas are said by ``dates`` and ``decimal`` of the file. A period is ``year``, ``month``, ``week``,
    ``day`` or a duration such as ``P1Y``. Texts of ``status``, ``region`` and
    ``pay_region`` become short names: ``North Sea`` is ``north-sea``.
    """

    function_group: Headers = ()
    function: Headers = ()
    function_code: Headers = ()
    function_definition: Headers = ()
    focus: Headers = ()
    focus_code: Headers = ()
    focus_definition: Headers = ()
    level: Headers = ()
    title: Headers = ()
    definition: Headers = ()
    job_code: Headers = ()
    grade: Headers = ()
    status: Headers = ()
    region: Headers = ()
    version: Headers = ()
    skill: Headers = ()
    skill_definition: Headers = ()
    skill_description: Headers = ()
    proficiency: Headers = ()
    skill_descriptor: Headers = ()
    responsibility: Headers = ()
    alias: Headers = ()
    occupation: Headers = ()
    knowledge: Headers = ()
    complexity: Headers = ()
    collaboration: Headers = ()
    experience: Headers = ()
    pay_low: Headers = ()
    pay_median: Headers = ()
    pay_high: Headers = ()
    pay_percentile10: Headers = ()
    pay_percentile25: Headers = ()
    pay_percentile75: Headers = ()
    pay_percentile90: Headers = ()
    currency: Headers = ()
    period: Headers = ()
    pay_effective: Headers = ()
    pay_source: Headers = ()
    pay_region: Headers = ()


class Constants(Record):
    """What holds for every row of a sheet, in place of a column, or where the cell is empty."""

    function_group: Label | None = None
    function: Label | None = None
    function_code: Label | None = None
    focus: Label | None = None
    focus_code: Label | None = None
    level: Label | None = None
    grade: Label | None = None
    status: Label | None = None
    region: Label | None = None
    version: Label | None = None
    currency: Label | None = None
    period: Label | None = None
    pay_effective: Label | None = None
    pay_source: Label | None = None
    pay_region: Label | None = None


class Splits(Record):
    """Columns of which one cell holds several items, and what stands between them.

    ``line`` means one item per line, with or without a bullet or number before it; other texts (``;``) are taken
    as they are.
    """

    skill: Label | None = None
    proficiency: Label | None = None
    responsibility: Label | None = None
    alias: Label | None = None
    occupation: Label | None = None


class UnusedColumn(Record):
    """The texts of a column (by header or letter) that mark a row as not in use."""

    column: Label
    values: Texts


class Matrix(Record):
    """Skills that head columns of their own, with a row for each role.

    ``columns`` lists the headers or letters of the skills, or ``from`` and ``to`` name the first and the last one.
    The name of a skill is its header; of a header of two rows the lower one, or both where two columns would have one
    name. ``cells`` says what stands in the
    cells: a ``mark`` (x, ✓, yes, y, 1 or true), or a ``proficiency``, which is meant where ``proficiencies`` are
    given. An empty cell, or one of the texts under ``empty``, does not ask for the skill. So a 0 that means "not asked
    for" belongs under ``empty``, and one that is a step under ``proficiencies``.
    """

    KEYS: ClassVar[Mapping[str, str]] = {"first": "from", "last": "to"}

    columns: Headers = ()
    first: Label | None = None
    last: Label | None = None
    cells: Literal["mark", "proficiency"] | None = None


class SheetMap(Record):
    """One sheet: its header, its columns, and how its rows belong to those of the others.

    A sheet without ``join`` holds roles, one or several rows for each. A sheet with ``join`` adds to the roles of
    the others: ``join`` names the fields by which a row finds its roles (``[job_code]``, ``[focus, level]``). A row
    of it that finds no role is refused; with ``unmatched: pass`` such rows, and rows without a key, are passed
    over and counted, as for a survey that knows more jobs than there are here. Rows that find only a role which is passed over as ``unused``
    are passed over with it. The pay of a role is that of one sheet, the first in the mapping that states a figure of it,
    sheets of roles before joined ones; what others state of it is passed over with a note. Where a file has one sheet, its name does not matter. ``header`` is the number of the header row, two for a header of
    two rows, 0 where there is none and columns go by letter. ``fill_down`` names fields whose empty cells take the
    text from above. ``skill_form`` says how a proficiency stands beside the name of a skill in one text. ``matrix``
    is for sheets in which each skill has a column.
    """

    FORMS: ClassVar[Mapping[str, Keyed]] = {"unused": Keyed("column", "values")}

    name: Label
    header: Annotated[tuple[str, ...], AfterValidator(_check_rows)] = ("1",)
    columns: Columns
    constants: Constants = Constants()
    split: Splits = Splits()
    skill_form: SkillForm = "name"
    matrix: Matrix | None = None
    join: Annotated[tuple[str, ...], _check_fields(JOIN_FIELDS)] = ()
    unmatched: Literal["refuse", "pass"] = "refuse"
    fill_down: Annotated[tuple[str, ...], _check_fields(tuple(FIELDS))] = ()
    unused: tuple[UnusedColumn, ...] = ()


class LevelText(Record):
    """A text that means a level, and the code of that level."""

    text: Label
    code: LevelCode


class FocusLevels(Record):
    """The levels that texts mean in one focus."""

    FORMS: ClassVar[Mapping[str, Keyed]] = {"map": Keyed("text", "code")}

    focus: Label
    map: tuple[LevelText, ...]


class LevelRules(Record):
    """How texts become levels. A text that is a code of the ladder already (``M3``, in any letter case) needs no entry.

    ``from`` names the field whose texts say the level: ``level`` (without it), ``title`` or ``grade``. ``map`` gives
    the level of a text in every focus, ``by_focus`` in one focus by its name, which comes first.
    """

    FORMS: ClassVar[Mapping[str, Keyed]] = {"map": Keyed("text", "code"), "by_focus": Keyed("focus", "map")}
    KEYS: ClassVar[Mapping[str, str]] = {"source": "from"}

    source: Literal["level", "title", "grade"] = "level"
    map: tuple[LevelText, ...] = ()
    by_focus: tuple[FocusLevels, ...] = ()


class Ladder(Record):
    """The organisation's own tracks and levels, written as in ``levels.yaml`` of a data folder.

    Give ``years`` where typical years of experience are known. Where they are not, ``stage`` (a number of level
    steps, equal for levels of equal standing) takes their place, and is marked as assigned.
    """

    FORMS: ClassVar[Mapping[str, Keyed]] = {"tracks": Keyed("code"), "levels": Keyed("code")}

    tracks: tuple[Track, ...]
    levels: tuple[Level, ...]


class Step(Record):
    """A text of the proficiency column, and the label of the step that it means."""

    text: Label
    label: Label


class TableRules(Record):
    """The whole mapping file. Without ``ladder`` the levels are those of the data folder.

    ``proficiencies`` lists the labels of the scale, lowest first (``[Awareness, Working]``), or what stands in the
    cells for each label (``{1: Awareness, 2: Working}``). ``empty`` lists the texts that mean that nothing is
    stated. ``occupation_scheme`` names the classification of codes that are neither SOC nor O*NET-SOC.
    ``delimiter`` is what stands between the cells of a text file, where the header line does not tell. ``decimal``
    is what stands before the decimals of amounts that are texts: with ``comma``, ``42.500,00`` and ``42 500,00`` are
    42500.00; cells of a workbook that hold numbers need nothing. ``dates`` says what stands first in days such as
    ``01.07.2025`` and ``1/7/2025``, which are refused without it.
    """

    FORMS: ClassVar[Mapping[str, Keyed]] = {"sheets": Keyed("name"), "proficiencies": Keyed("text", "label")}

    sheets: tuple[SheetMap, ...]
    levels: LevelRules = LevelRules()
    ladder: Ladder | None = None
    proficiencies: tuple[Step, ...] = ()
    empty: Texts = ()
    occupation_scheme: Slug | None = None
    delimiter: Delimiter | None = None
    decimal: Mark = "point"
    dates: Order | None = None
