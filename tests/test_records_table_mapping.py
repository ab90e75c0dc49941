"""The mapping file: what it may say, and every mistake in it at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.errors import InputError, Place, UnknownError
from rolegraph.records.files import list_data_files
from rolegraph.records.table.mapping import find_map, read_map
from rolegraph.records.table.schema import FIELDS, Columns
from table_samples import FOLDER, parse_map

GOOD = """\
sheets:
  Roles:
    header: [1, 2]
    columns:
      function: Family
      focus: Craft
      level: Level
      skill: [Skill 1, Skill 2]
      proficiency: [Need 1, Need 2]
      job_code: Job
    fill_down: function
    unused:
      Level: [old, gone]
  Pay:
    join: job_code
    columns: {job_code: Job, pay_low: Min}
    constants: {currency: EUR}
proficiencies: [Basic, Good]
empty: n/a
levels:
  map:
    Baker: P3
  by_focus:
    Bread:
      Head baker: M1
ladder:
  tracks:
    P: {label: Craft}
    M: {label: Leading}
  levels:
    P3: {name: Baker, stage: 1}
    M1: {name: Head, years: {min: 3}}
"""


def test_mapping_is_read() -> None:
    table_map = parse_map(GOOD)
    roles, pay = table_map.rules.sheets
    assert roles.header == ("1", "2")
    assert roles.columns.skill == ("Skill 1", "Skill 2")
    assert roles.columns.function == ("Family",)
    assert [(u.column, u.values) for u in roles.unused] == [("Level", ("old", "gone"))]
    assert pay.join == ("job_code",)
    assert [(s.text, s.label) for s in table_map.rules.proficiencies] == [
        ("Basic", "Basic"),
        ("Good", "Good"),
    ]
    assert table_map.rules.levels.by_focus[0].map[0].code == "M1"


def test_stages_are_marked_as_assigned() -> None:
    by_code = {level.code: level.assigned for level in parse_map(GOOD).levels}
    assert by_code == {"P3": ("stage",), "M1": ()}


def test_steps_of_proficiency_may_be_numbers_with_labels() -> None:
    table_map = parse_map(GOOD.replace("proficiencies: [Basic, Good]", "proficiencies: {1: Basic, 2: Good}"))
    assert [(s.text, s.label) for s in table_map.rules.proficiencies] == [("1", "Basic"), ("2", "Good")]


def test_every_field_is_described_and_is_a_column() -> None:
    assert list(FIELDS) == list(Columns.model_fields)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("      focus: Craft", "      fokus: Craft", "map.yaml:6 sheets.Roles.columns.fokus: there is no key 'fokus' here; did you mean focus?"),
        ("    fill_down: function", "    filldown: function", "map.yaml:11 sheets.Roles.filldown: there is no key 'filldown' here; did you mean fill_down?"),
        ("    fill_down: function", "    fill_down: functoin", "map.yaml:11 sheets.Roles.fill_down: functoin is no field here; did you mean function?"),
        ("    fill_down: function", "    fill_down: title", "map.yaml:11 sheets.Roles.fill_down: no column of title is named"),
        ("header: [1, 2]", "header: [1, 3]", "map.yaml:3 sheets.Roles.header: the rows of a header follow each other"),
        ("header: [1, 2]", "header: first", "map.yaml:3 sheets.Roles.header: first is not the number of a row"),
        ("      focus: Craft\n", "", "map.yaml:4 sheets.Roles.columns: no column of focus or focus_code is named; add focus: HEADER, or a constant"),
        ("      function: Family\n", "", "no column of function or function_code is named"),
        ("      level: Level\n", "", "no column of level is named"),
        ("      focus: Craft", "      focus: [Craft, Trade]", "map.yaml:6 sheets.Roles.columns.focus: focus has one value, and 2 columns are named"),
        ("[Skill 1, Skill 2]", "[Skill 1, skill 1]", "map.yaml:8 sheets.Roles.columns.skill: a column is named twice"),
        ("[Need 1, Need 2]", "[Need 1]", "map.yaml:9 sheets.Roles.columns.proficiency: 1 column of proficiency and 2 of skill stand side by side"),
        ("      skill: [Skill 1, Skill 2]\n", "", "map.yaml:8 sheets.Roles.columns.proficiency: proficiency is given without skill"),
        ("proficiencies: [Basic, Good]\n", "", "map.yaml:9 sheets.Roles.columns.proficiency: the steps of proficiency are not listed"),
        ("proficiencies: [Basic, Good]", "proficiencies: [Basic, Basic]", "map.yaml:18 proficiencies: a step is given twice"),
        ("proficiencies: [Basic, Good]", "proficiencies: [Basic, basic]", "map.yaml:18 proficiencies.basic: 'basic' and 'Basic' are one code"),
        ("    fill_down: function", "    skill_form: \"name: proficiency\"", "map.yaml:11 sheets.Roles.skill_form: the proficiency cannot stand both"),
        ("    fill_down: function", "    skill_form: name/proficiency", "map.yaml:11 sheets.Roles.skill_form: 'name/proficiency' is not known here"),
        ("    fill_down: function", "    split: {alias: \";\"}", "map.yaml:11 sheets.Roles.split.alias: no column of alias is named"),
        ("    join: job_code\n", "", "map.yaml:15 sheets.Pay.columns: no column of focus or focus_code is named"),
        ("    join: job_code", "    join: title", "map.yaml:15 sheets.Pay.join: no column of title is named in this sheet"),
        ("    join: job_code", "    join: salary", "map.yaml:15 sheets.Pay.join: salary is no field here"),
        ("      job_code: Job\n", "", "map.yaml:14 sheets.Pay.join: no sheet of roles has a column of job_code"),
        ("pay_low: Min}", "pay_low: Min, level: Level}", "map.yaml:16 sheets.Pay.columns.level: level is not among the fields of join"),
        ("    constants: {currency: EUR}\n", "", "map.yaml:14 sheets.Pay: pay is given without its currency"),
        ("currency: EUR", "currency: \"?\"", "map.yaml:17 sheets.Pay.constants.currency: '?' stands where the currency is to be decided; write the three capital letters of ISO 4217"),
        ("    Baker: P3", "    Baker: \"?\"", "map.yaml:22 levels.map.Baker: '?' stands where a level is to be decided; write a track and a rank, such as M3"),
        ("    Baker: P3", "    Baker: p3", "map.yaml:22 levels.map.Baker: 'p3' is not the code of a level; did you mean P3?"),
        ("    Baker: P3", "    Baker: P4", "map.yaml:22 levels.map.Baker: the ladder has no level P4; its levels are M1, P3"),
        ("      Head baker: M1", "      Head baker: M2", "map.yaml:25 levels.by_focus.Bread.Head baker: the ladder has no level M2; its levels are M1, P3"),
        ("    Baker: P3", "    Baker: P3\n    baker: M1", "map.yaml:23 levels.map.baker: 'baker' means two levels"),
        ("    M: {label: Leading}\n", "", "map.yaml:31 ladder.levels.M1: the ladder has no track M"),
        ("stage: 1", "stages: 1", "map.yaml:31 ladder.levels.P3.stages: there is no key 'stages' here; did you mean stage?"),
        ("  Pay:", "  roles:", "map.yaml:14 sheets.roles: 'roles' is there twice"),
        ("empty: n/a", "empty: n/a\ndelimiter: \";\"", "map.yaml:20 delimiter: ';' is not known here"),
        ("    fill_down: function", "    matrix: {from: Oven}", "map.yaml:11 sheets.Roles.matrix: it is not said which columns are skills"),
        ("    fill_down: function", "    matrix: {columns: Oven, from: A, to: B}", "map.yaml:11 sheets.Roles.matrix: it is not said which columns are skills"),
        ("header: [1, 2]", "header: 0\n    matrix: {from: C, to: D}", "map.yaml:4 sheets.Roles.matrix: the sheet has no header, so that the skills have no names"),
        ("    join: job_code", "    join: job_code\n    unmatched: skip", "map.yaml:16 sheets.Pay.unmatched: 'skip' is not known here"),
        ("    fill_down: function", "    unmatched: pass", "map.yaml:11 sheets.Roles.unmatched: the sheet holds roles, and looks for none"),
        ("empty: n/a", "empty: n/a\ndecimal: dot", "map.yaml:20 decimal: 'dot' is not known here"),
        ("empty: n/a", "empty: n/a\ndates: european", "map.yaml:20 dates: 'european' is not known here"),
        ("empty: n/a", "empty:", "map.yaml:19 empty: the value is empty"),
    ],
)  # fmt: skip
def test_mistake_is_told_with_its_line(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        parse_map(GOOD.replace(old, new, 1))
    assert problem in str(caught.value)


def test_places_that_are_left_open_are_told_at_once() -> None:
    text = (
        GOOD.replace("focus: Craft", 'focus: "?"')
        .replace("[Need 1, Need 2]", '[Need 1, "?"]')
        .replace("currency: EUR", 'currency: "?"')
        .replace("Baker: P3", 'Baker: "?"', 1)
        .replace("stage: 1", "stages: 1")
    )
    with pytest.raises(InputError) as caught:
        parse_map(text)
    assert [(problem.where, problem.rule) for problem in caught.value.problems] == [
        ("sheets.Roles.columns.focus", "value-open"),
        ("sheets.Roles.columns.proficiency", "value-open"),
        ("sheets.Pay.constants.currency", "value-open"),
        ("levels.map.Baker", "value-open"),
        ("ladder.levels.P3.stages", "key-unknown"),
    ]
    assert "write the header or letter of the name of the focus" in str(caught.value)


def test_question_mark_may_be_a_text_of_cells() -> None:
    text = GOOD.replace("empty: n/a", 'empty: "?"').replace("[old, gone]", '[old, "?"]')
    rules = parse_map(text).rules
    assert (rules.empty, rules.sheets[0].unused[0].values) == (("?",), ("old", "?"))


def test_scale_is_needed_where_a_matrix_holds_proficiencies() -> None:
    text = "sheets:\n  R:\n    columns: {function: F, focus: C, level: L}\n    matrix: {from: A, to: B, cells: proficiency}\n"
    with pytest.raises(
        InputError, match=r"map.yaml:4 sheets.R.matrix.cells: the steps of proficiency are not"
    ):
        parse_map(text)


def test_sheet_of_roles_is_needed() -> None:
    text = "sheets:\n  Pay:\n    join: job_code\n    columns: {job_code: Job, alias: Name}\n"
    with pytest.raises(InputError, match=r"map.yaml:1 sheets: no sheet holds roles"):
        parse_map(text)


def test_sheet_without_a_column_is_refused() -> None:
    with pytest.raises(InputError, match=r"map.yaml:3 sheets.Roles.columns: no column is named"):
        parse_map("sheets:\n  Roles:\n    columns: {}\n")


def test_all_mistakes_are_told_together() -> None:
    text = (
        GOOD.replace("Baker: P3", "Baker: P9")
        .replace("[Need 1, Need 2]", "Need")
        .replace("currency: EUR", "currency: e")
    )
    with pytest.raises(InputError) as caught:
        parse_map(text)
    assert [problem.rule for problem in caught.value.problems] == [
        "column-count",
        "value-wrong",
        "level-unknown",
    ]


def test_map_is_found_by_path_and_by_shipped_name(tmp_path: Path) -> None:
    assert find_map(str(FOLDER / "bakery.yaml")) == FOLDER / "bakery.yaml"
    assert read_map(find_map("uk-ddat")).file == "uk-ddat.yaml"
    with pytest.raises(UnknownError, match="did you mean uk-ddat"):
        find_map("uk-dat")


def test_map_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file-unreadable"):
        read_map(tmp_path / "none.yaml")


def test_map_that_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(InputError, match=r"map.yaml:2 .*key-duplicate|map.yaml:2 sheets"):
        parse_map("sheets: {}\nsheets: {}\n")


def test_maps_may_stand_in_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "ours.yaml").write_text("sheets: {}\n")
    (tmp_path / "mops").mkdir()
    (tmp_path / "mops" / "ours.yaml").write_text("sheets: {}\n")
    strays = [p.place for p in list_data_files(tmp_path, "d").problems if p.rule == "file-unknown"]
    assert strays == [Place("d/mops/ours.yaml")]
