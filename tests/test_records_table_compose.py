"""Tables and mappings -> records: every form of sheet, and what is told of cells that do not fit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rolegraph.errors import Place
from rolegraph.model.mapping import Mapping
from rolegraph.model.reference import SkillDescriptor
from rolegraph.model.roles import Focus, Guideline, Pay, Profile
from rolegraph.records.intake import Intake
from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.compose import TableHarvest, read_source, read_table
from rolegraph.records.table.mapping import read_map
from rolegraph.records.table.sheets import Sheet, Workbook
from rolegraph.records.table.spots import CellPlaces
from table_samples import FOLDER, change_part, harvest, list_rules, make_csv, make_xlsx, parse_map

PLAIN = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, title: T}
"""


def find_focus(intake: Intake, label: str) -> Focus:
    return next(focus for focus in intake.focuses if focus.label == label)


def list_profiles(found: TableHarvest) -> list[Profile]:
    return [profile for focus in found.intake.focuses for profile in focus.profiles]


def read_bakery() -> TableHarvest:
    table_map = read_map(FOLDER / "bakery.yaml")
    return read_table(read_source(FOLDER / "bakery.csv", table_map), table_map, CodeBook(), {})


def test_sheet_with_one_row_for_each_role_is_read_to_the_last_cell() -> None:
    found = read_bakery()
    assert found.problems == ()
    assert (found.rows, found.passed) == (4, 1)
    bread = find_focus(found.intake, "Bread")
    first, second = bread.profiles
    assert (first.title, first.definition, first.job_code, first.grade) == (
        "Apprentice baker", "Learns to bake bread.", "B-001", "1",
    )  # fmt: skip
    assert (first.status, first.basis, first.level, second.level) == ("approved", "documented", "P1", "P3")
    assert first.pay == Pay(
        currency="EUR",
        low=Decimal(18000),
        median=Decimal(20000),
        high=Decimal("22500.50"),
        effective="2025-01-01",
    )
    assert [r.text for r in first.responsibilities] == ["weighs flour", "cleans the bench"]
    assert [r.text for r in second.responsibilities] == ["shapes loaves", "watches the oven"]
    assert second.aliases == ("Bread maker", "Night baker")
    assert bread.split == "stated"
    assert first.mappings == (
        Mapping(
            scheme="soc-2018", code="51-3011", predicate="broadMatch", justification="UnspecifiedMatching",
            assigned=("justification", "predicate"),
        ),
    )  # fmt: skip
    assert second.mappings[0].scheme == "onet-soc-2019"
    pastry = find_focus(found.intake, "Pastry")
    assert [profile.title for profile in pastry.profiles] == ["Pastry cook"]
    assert (pastry.profiles[0].pay, pastry.profiles[0].responsibilities, pastry.split) == (None, (), None)


def test_skills_carry_levels_and_proficiency() -> None:
    found = read_bakery()
    uses = {use.skill: use for use in find_focus(found.intake, "Bread").skills}
    assert uses["kneading"].levels == ("P1", "P3")
    assert [(r.level, r.proficiency) for r in uses["kneading"].proficiency] == [
        ("P1", "basic"),
        ("P3", "good"),
    ]
    assert (uses["hygiene"].levels, uses["hygiene"].proficiency) == (("P3",), ())
    assert [(s.code, s.rank, s.label) for s in found.intake.proficiencies] == [
        ("basic", 1, "Basic"), ("good", 2, "Good"), ("expert", 3, "Expert"),
    ]  # fmt: skip
    assert [s.label for s in found.intake.skills] == ["Decorating", "Hygiene", "Kneading", "Oven care"]


def test_every_part_knows_its_cell() -> None:
    intake = read_bakery().intake
    code = find_focus(intake, "Bread").code
    role = ("focus", code, "levels", "P3")
    duty = find_focus(intake, "Bread").profiles[1].responsibilities[1].id
    cells = {
        (*role, "title"): "D3",
        (*role, "job_code"): "F3",
        (*role, "pay", "median"): "M3",
        (*role, "pay"): "L3",
        (*role, "responsibilities", duty): "I3",
        (*role, "aliases"): "J3",
        (*role, "mappings", "onet-soc-2019/51-3011.00"): "K3",
        ("focus", code): "B2",
        ("focus", code, "label"): "B2",
        ("focus", code, "skills", "kneading"): "H2",
        ("focus", code, "skills", "kneading", "proficiency", "P3"): "H3",
        ("focus", code, "skills", "kneading", "levels", "P3"): "H3",
        ("function", "BAKING", "label"): "A2",
        ("skill", "hygiene", "label"): "H3",
    }
    for key, cell in cells.items():
        row = int(cell.lstrip("ABCDEFGHIJKLM"))
        assert intake.places[key] == Place("bakery.csv", row, cell), key
    assert intake.find_place(*role, "grade", "more") == Place("bakery.csv", 3, "G3")
    assert intake.places["proficiency", "good"] == Place("bakery.yaml", 28)
    assert len(list(intake.places)) == len(set(intake.places)) == len(intake.places)
    assert all(isinstance(place, Place) for place in intake.places.values())


def test_constants_have_no_cell_of_their_own() -> None:
    intake = read_bakery().intake
    role = ("focus", find_focus(intake, "Bread").code, "levels", "P3", "pay")
    assert (*role, "currency") not in intake.places
    assert intake.find_place(*role, "currency") == intake.places[role]


LONG = """
sheets:
  Roles:
    columns:
      function: Family
      focus: Craft
      focus_definition: About
      level: Level
      title: Title
      skill: Skill
      skill_definition: Meaning
      skill_description: Here
      proficiency: Need
      skill_descriptor: Looks like
      responsibility: Duty
proficiencies: {1: Basic, 2: Good}
"""
LONG_ROWS = [
    ["Family", "Craft", "About", "Level", "Title", "Skill", "Meaning", "Here", "Need", "Looks like", "Duty"],
    [
        "Baking",
        "Bread",
        "Loaves",
        "P1",
        "Apprentice",
        "Kneading",
        "Work dough",
        "By hand",
        "1",
        "Follows",
        "weigh",
    ],
    ["Baking", "Bread", "Loaves", "P1", "Apprentice", "Hygiene", "Be clean", "", "1", "Washes", "weigh"],
    ["Baking", "Bread", "Loaves", "P3", "Baker", "Kneading", "Work dough", "", "2", "Leads", "bake"],
    ["Baking", "Bread", "Loaves", "P3", "Baker", "Kneading", "Work dough", "", "2", "Leads", "sell"],
]


def test_sheet_with_one_row_for_each_role_and_skill_is_read() -> None:
    found = harvest(make_csv(LONG_ROWS), LONG)
    assert found.problems == ()
    (focus,) = found.intake.focuses
    assert (focus.definition, [p.title for p in focus.profiles]) == ("Loaves", ["Apprentice", "Baker"])
    kneading, hygiene = focus.skills
    assert (kneading.skill, kneading.description, kneading.levels) == ("kneading", "By hand", ("P1", "P3"))
    assert (hygiene.levels, [(r.level, r.proficiency) for r in hygiene.proficiency]) == (
        ("P1",),
        [("P1", "basic")],
    )
    assert [[r.text for r in p.responsibilities] for p in focus.profiles] == [["weigh"], ["bake", "sell"]]
    skills = {skill.code: skill for skill in found.intake.skills}
    assert skills["kneading"].definition == "Work dough"
    assert skills["kneading"].descriptors == (
        SkillDescriptor(proficiency="basic", text="Follows"),
        SkillDescriptor(proficiency="good", text="Leads"),
    )


def test_several_columns_of_skills_are_paired_with_their_proficiencies() -> None:
    rows = [["F", "C", "L", "S1", "S2", "N1", "N2"], ["A", "B", "P1", "Kneading", "Hygiene", "Good", "Basic"]]
    mapping = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, skill: [S1, S2], proficiency: [N1, N2]}
proficiencies: [Basic, Good]
"""
    (focus,) = harvest(make_csv(rows), mapping).intake.focuses
    assert [(use.skill, use.find_proficiency("P1")) for use in focus.skills] == [
        ("kneading", "good"),
        ("hygiene", "basic"),
    ]


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("name (proficiency)", "Oven care (Good)"),
        ("name: proficiency", "Oven care: good"),
        ("name - proficiency", "Oven care – Good"),
    ],
)
def test_proficiency_may_stand_beside_the_skill(form: str, cell: str) -> None:
    mapping = (
        PLAIN.replace("title: T}", f'title: T, skill: S}}\n    skill_form: "{form}"')
        + "proficiencies: [Basic, Good]\n"
    )
    (focus,) = harvest(
        make_csv([["F", "C", "L", "T", "S"], ["A", "B", "P1", "x", cell]]), mapping
    ).intake.focuses
    assert [(use.skill, use.find_proficiency("P1")) for use in focus.skills] == [("oven-care", "good")]


def test_words_in_brackets_that_are_no_step_belong_to_the_name_and_are_told() -> None:
    mapping = (
        PLAIN.replace("title: T}", 'title: T, skill: S}\n    skill_form: "name (proficiency)"')
        + "proficiencies: [Basic, Good]\n"
    )
    found = harvest(make_csv([["F", "C", "L", "T", "S"], ["A", "B", "P1", "x", "Baking (XYQZ)"]]), mapping)
    assert [skill.label for skill in found.intake.skills] == ["Baking (XYQZ)"]
    assert [note.rule for note in found.intake.notes] == ["proficiency-none"]
    refused = harvest(make_csv([["F", "C", "L", "T", "S"], ["A", "B", "P1", "x", "Baking (Goood)"]]), mapping)
    assert (
        str(refused.problems[0])
        == "roles.csv E2: 'Goood' is no step of the scale; did you mean 'Good'? [proficiency-unknown]"
    )


JOINED = """
sheets:
  Roles:
    columns: {function: Family, focus: Craft, level: Level, title: Title, job_code: Job}
  Skills:
    join: job_code
    columns: {job_code: Code, skill: Skill, proficiency: Need}
  Pay:
    header: [2, 3]
    join: job_code
    columns: {job_code: Job, pay_low: Pay low, pay_median: Pay median, currency: Currency, pay_source: Survey, pay_region: Where, period: Per}
  Crafts:
    join: focus
    columns: {focus: Name, focus_definition: About, function_group: Group, skill: Everybody knows}
    split: {skill: line}
proficiencies: [Basic, Good]
"""
SHEETS: dict[str, list[list[Any]]] = {
    "Roles": [
        ["Family", "Craft", "Level", "Title", "Job"],
        ["Baking", "Bread", "P1", "Apprentice", 1010],
        ["Baking", "Bread", "P3", "Baker", 1020],
    ],
    "Skills": [["Code", "Skill", "Need"], [1010, "Kneading", "Basic"], [1020, "Kneading", "Good"]],
    "Pay": [
        ["Figures of spring"],
        ["Job", "Pay", None, "Currency", "Survey", "Where", "Per"],
        [None, "low", "median"],
        [1010, 18000, 20000.5, "EUR", "Own survey", "Upper Town", "year"],
    ],
    "Crafts": [
        ["Name", "About", "Group", "Everybody knows"],
        ["bread", "Loaves", "Makers", "• Hygiene\n• Waste care"],
    ],
}


def merge_header(book: Any) -> None:
    book["Pay"].merge_cells("B2:C2")
    book["Pay"].merge_cells("A2:A3")


def test_sheets_of_a_workbook_are_joined_by_their_keys() -> None:
    found = harvest(make_xlsx(SHEETS, merge_header), JOINED)
    assert found.problems == ()
    (focus,) = found.intake.focuses
    first, second = focus.profiles
    assert first.pay == Pay(
        currency="EUR",
        low=Decimal(18000),
        median=Decimal("20000.5"),
        source="Own survey",
        region="upper-town",
    )
    assert second.pay is None
    assert focus.definition == "Loaves"
    assert found.intake.functions[0].group == "makers"
    assert [group.label for group in found.intake.groups] == ["Makers"]
    uses = {use.skill: use for use in focus.skills}
    assert uses["kneading"].levels == ("P1", "P3")
    assert uses["hygiene"].levels == uses["waste-care"].levels == ()
    at = ("focus", focus.code)
    assert found.intake.places[*at, "levels", "P1", "pay", "median"] == Place("roles.xlsx", 4, "Pay!C4")
    assert found.intake.places[*at, "skills", "kneading", "proficiency", "P3"] == Place(
        "roles.xlsx", 3, "Skills!C3"
    )
    assert found.intake.places[*at, "definition"] == Place("roles.xlsx", 2, "Crafts!B2")


def test_key_without_partner_is_told_with_its_cell() -> None:
    sheets = {**SHEETS, "Skills": [*SHEETS["Skills"], [1030, "Selling", "Good"], [None, "Selling", "Good"]]}
    found = harvest(make_xlsx(sheets, merge_header), JOINED)
    assert [str(problem) for problem in found.problems] == [
        "roles.xlsx Skills!A4: there is no role with the job_code '1030'; the closest is '1010'; correct the key, add the role, or mark the row as unused in the mapping [join-missing]",
        "roles.xlsx Skills!A5: the row gives no job_code; fill it in, or mark the row as unused in the mapping [cell-missing]",
    ]  # fmt: skip


def test_row_of_roles_that_is_refused_is_not_told_again_by_its_partners() -> None:
    sheets = {**SHEETS, "Roles": [*SHEETS["Roles"][:2], ["Baking", "Bread", "Wizard", "Baker", 1020]]}
    found = harvest(make_xlsx(sheets, merge_header), JOINED)
    assert list_rules(found) == ["level-unknown"]


def test_row_of_roles_with_an_error_is_not_told_again_by_its_partners() -> None:
    def break_cell(book: Any) -> None:
        merge_header(book)
        book["Roles"]["D3"] = "#N/A"
        book["Roles"]["D3"].data_type = "e"

    assert list_rules(harvest(make_xlsx(SHEETS, break_cell), JOINED)) == ["cell-error"]


def test_proficiency_that_a_focus_asks_for_as_a_whole_is_that_of_each_level() -> None:
    sheets = {"Roles": SHEETS["Roles"], "Crafts": [["Craft", "Skill", "Need"], ["Bread", "Hygiene", "Good"]]}
    mapping = """
sheets:
  Roles:
    columns: {function: Family, focus: Craft, level: Level, title: Title}
  Crafts:
    join: focus
    columns: {focus: Craft, skill: Skill, proficiency: Need}
proficiencies: [Basic, Good]
"""
    (focus,) = harvest(make_xlsx(sheets), mapping).intake.focuses
    (use,) = focus.skills
    assert (use.levels, [(r.level, r.proficiency) for r in use.proficiency]) == (
        (),
        [("P1", "good"), ("P3", "good")],
    )


def test_merged_cells_and_empty_ones_to_be_filled_hold_for_the_rows_below() -> None:
    def merge(book: Any) -> None:
        book["Roles"].merge_cells("A2:A3")

    rows = [
        ["F", "C", "L", "T"],
        ["Baking", "Bread", "P1", "x"],
        [None, None, "P2", "y"],
        ["Selling", "Shop", "P1", "z"],
    ]
    mapping = PLAIN + "    fill_down: [focus]\n"
    found = harvest(make_xlsx({"Roles": rows}, merge), mapping)
    assert found.problems == ()
    assert [(f.label, len(f.profiles)) for f in found.intake.focuses] == [("Bread", 2), ("Shop", 1)]
    assert list_rules(harvest(make_xlsx({"Roles": rows}), mapping)) == ["cell-missing"]


def test_used_cells_without_a_value_are_told_and_others_are_not() -> None:
    def break_cells(book: Any) -> None:
        for cell in ("D2", "E2"):
            book["Roles"][cell] = "#N/A"
            book["Roles"][cell].data_type = "e"
        book["Roles"]["D3"] = "=A1"

    rows = [
        ["F", "C", "L", "T", "Note"],
        ["A", "B", "P1", "x", "y"],
        ["A", "B", "P2", "x"],
        ["A", "B", "P3", "z"],
    ]
    found = harvest(make_xlsx({"Roles": rows}, break_cells), PLAIN)
    assert [str(problem) for problem in found.problems] == [
        "roles.xlsx Roles!D2: the cell shows the error '#N/A'; correct its formula, or write the value [cell-error]",
        "roles.xlsx Roles!D3: the formula was saved without its value; open the workbook in a spreadsheet program and save it, or write the value [cell-formula]",
    ]  # fmt: skip


def test_formula_that_was_saved_with_its_value_is_that_value() -> None:
    _, data = make_xlsx({"Roles": [["F", "C", "L", "T"], ["A", "B", "P1", "=1+1"]]})
    data = change_part(data, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert [p.title for p in list_profiles(harvest(("r.xlsx", data), PLAIN))] == ["2"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["F", "C", "L", "T"], ["A", "B", "Chief", "x"]], "roles.csv C2: 'Chief' of 'B' is no known level; add it under levels: map or by_focus [level-unknown]"),
        ([["F", "C", "L", "T"], ["A", "", "P1", "x"]], "roles.csv B2: the row gives no focus; fill it in, or mark the row as unused in the mapping [cell-missing]"),
        ([["F", "C", "L", "T"], ["A", "B", "P1", "x"], ["A", "B", "P1", "y"]], "roles.csv D3: 'y' and 'x' (D2) are both P1 of 'B'; give them different levels (levels: by_focus) or different focuses [role-double]"),
        ([["F", "C", "L", "T"], ["A", "B", "P1", "x", "", "y"]], "roles.csv F2: the row has 6 cells, its header 4; put quotes around a cell that holds the delimiter [row-long]"),
        ([["F", "C", "L", "Titel"], ["A", "B", "P1", "x"]], "map.yaml:4 title: roles.csv has no column 'T' in row 1; correct the header in the mapping [column-missing]"),
        ([["F", "C", "Title", "l"], ["A", "B", "P1", "x"]], "map.yaml:4 title: roles.csv has no column 'T' in row 1; correct the header in the mapping [column-missing]"),
        ([["A list"], ["F", "C", "L", "T"], ["A", "B", "P1", "x"]], "row 2 has it: write header: 2 [column-missing]"),
        ([["F", "C", "L", "T", "t"], ["A", "B", "P1", "x"]], "map.yaml:4 title: the columns D, E of roles.csv are all headed 'T'; write the letter of the one that is meant [header-twice]"),
    ],
)  # fmt: skip
def test_row_or_header_that_does_not_fit_is_told(rows: list[list[str]], problem: str) -> None:
    found = harvest(make_csv(rows), PLAIN)
    assert problem in str(found.problems[0])


def test_shorter_rows_are_filled_with_empty_cells() -> None:
    found = harvest(("a.csv", b"F,C,L,T\nA,B,P1\nA,B,P2,x\n"), PLAIN)
    assert found.problems == ()
    assert [p.title for p in list_profiles(found)] == [None, "x"]


def test_missing_sheet_names_the_closest() -> None:
    found = harvest(make_xlsx({"Roless": [["F"]], "Other": [["x"]]}), PLAIN)
    assert (
        str(found.problems[0])
        == "map.yaml:3: roles.xlsx has no sheet 'Roles'; did you mean 'Roless'? [sheet-missing]"
    )


def test_name_of_the_only_sheet_does_not_matter() -> None:
    rows = [["F", "C", "L", "T"], ["A", "B", "P1", "x"]]
    assert harvest(make_xlsx({"Anything": rows}), PLAIN).problems == ()


def test_columns_go_by_letter_where_there_is_no_header() -> None:
    mapping = "sheets:\n  Roles:\n    header: 0\n    columns: {function: A, focus: B, level: C, title: D}\n"
    found = harvest(make_csv([["Baking", "Bread", "P1", "x"]]), mapping)
    assert (found.problems, [p.title for p in list_profiles(found)]) == ((), ["x"])


def test_same_text_may_mean_other_levels_in_other_focuses() -> None:
    mapping = PLAIN + "levels:\n  map: {Senior: P4}\n  by_focus:\n    Bread: {senior: P3}\n"
    rows = [
        ["F", "C", "L", "T"],
        ["A", "Bread", "Senior", "x"],
        ["A", "Cake", "SENIOR", "y"],
        ["A", "Cake", "m2", "z"],
    ]
    levels = {p.title: p.level for p in list_profiles(harvest(make_csv(rows), mapping))}
    assert levels == {"x": "P3", "y": "P4", "z": "M2"}


def test_level_outside_the_own_ladder_is_unknown_and_the_closest_text_is_named() -> None:
    mapping = (
        PLAIN
        + "levels:\n  map: {Baker: P1}\nladder:\n  tracks: {P: {label: Craft}}\n  levels: {P1: {stage: 0}}\n"
    )
    rows = [["F", "C", "L", "T"], ["A", "B", "P3", "x"], ["A", "B", "Bakers", "y"], ["A", "B", "Bakers", "z"]]
    found = harvest(make_csv(rows), mapping)
    assert [str(problem) for problem in found.problems] == [
        "roles.csv C2: 'P3' of 'B' looks like the code of a level, but the ladder of the mapping has no level P3; map it under levels: map or by_focus, or add it to the ladder [level-unknown]",
        "roles.csv C3: 'Bakers' of 'B' is no known level, in 2 different rows; the closest known text is 'Baker'; add it under levels: map or by_focus [level-unknown]",
    ]  # fmt: skip
    assert [(level.code, level.assigned) for level in found.intake.levels] == [("P1", ("stage",))]
    assert [track.code for track in found.intake.tracks] == ["P"]


def test_level_may_be_said_by_the_title() -> None:
    mapping = "sheets:\n  R:\n    columns: {function: F, focus: C, title: T}\nlevels:\n  from: title\n  map: {Baker: P3}\n"
    (profile,) = list_profiles(harvest(make_csv([["F", "C", "T"], ["A", "B", "Baker"]]), mapping))
    assert (profile.level, profile.title) == ("P3", "Baker")


def test_unused_rows_are_counted_and_repeated_ones_told() -> None:
    mapping = PLAIN.replace("columns", "unused: {T: [not in use, old]}\n    columns")
    rows = [
        ["F", "C", "L", "T"],
        ["A", "B", "P1", "x"],
        ["A", "B", "P1", "x"],
        ["A", "B", "P2", "NOT in use"],
        ["A", "B", "P1", "x"],
    ]
    found = harvest(make_csv(rows), mapping)
    assert (found.rows, found.passed, found.problems) == (4, 3, ())
    assert sorted(map(str, found.intake.notes), reverse=True) == [
        "roles.csv A4: 1 row of roles.csv is marked as unused and passed over (A4); nothing, if they are not to be imported [rows-unused]",
        "roles.csv A3: 2 rows of roles.csv repeat another one exactly and are passed over (A3, A5); remove them if they say nothing [row-repeated]",
    ]  # fmt: skip


def test_texts_that_mean_nothing_stated_are_empty_in_any_letter_case() -> None:
    found = harvest(make_csv([["F", "C", "L", "T"], ["A", "B", "P1", "N/A"]]), PLAIN + "empty: [n/a, tbc]\n")
    assert [p.title for p in list_profiles(found)] == [None]


def test_constants_take_the_place_of_columns_and_of_empty_cells() -> None:
    mapping = "sheets:\n  R:\n    columns: {focus: C, level: L, region: G}\n    constants: {function: Baking, region: North Sea}\n"
    found = harvest(make_csv([["C", "L", "G"], ["B", "P1", ""], ["B", "P2", "South"]]), mapping)
    assert [f.label for f in found.intake.functions] == ["Baking"]
    assert [p.region for p in list_profiles(found)] == ["north-sea", "south"]


def test_other_value_of_a_part_is_told_and_the_first_is_kept() -> None:
    mapping = PLAIN.replace(
        "title: T}", "title: T, definition: D, pay_median: M}\n    constants: {currency: EUR}"
    )
    rows = [
        ["F", "C", "L", "T", "D", "M"],
        ["A", "B", "P1", "x", "one", "5"],
        ["A", "B", "P1", "x", "two", "6"],
    ]
    found = harvest(make_csv(rows), mapping)
    assert found.problems == ()
    assert [(p.definition, p.pay and p.pay.median) for p in list_profiles(found)] == [("one", Decimal(5))]
    assert [str(note) for note in found.intake.notes] == [
        "roles.csv E3: the definition of B at P1 is 'two' here; 'one' (E2) is kept; correct one of the cells [value-differs]",
        "roles.csv F3: the pay of B at P1 is given again with another pay_median; the first (F2) is kept; keep one row of pay for each role [pay-differs]",
    ]  # fmt: skip


def test_skill_that_is_defined_in_two_ways_keeps_them_as_descriptions() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, skill: S, skill_definition: D}")
    rows = [
        ["F", "C", "L", "T", "S", "D"],
        ["A", "B", "P1", "x", "Kneading", "one"],
        ["A", "E", "P1", "y", "Kneading", "two"],
    ]
    found = harvest(make_csv(rows), mapping)
    assert [s.definition for s in found.intake.skills] == [None]
    assert [f.skills[0].description for f in found.intake.focuses] == ["one", "two"]
    assert "(F2, F3)" in str(found.intake.notes[0])


def test_differing_proficiency_and_descriptor_are_told() -> None:
    rows = [
        *LONG_ROWS[:2],
        [*LONG_ROWS[1][:8], "2", "Leads", "weigh"],
        [*LONG_ROWS[3][:8], "2", "Guides", "bake"],
    ]
    found = harvest(make_csv(rows), LONG)
    notes = [str(note) for note in found.intake.notes]
    assert "asked for as good here and as basic in I2, which is kept" in notes[0]
    assert "what the skill 'Kneading' means at good is said in 2 ways; none is kept (J3, J4)" in notes[1]


def test_proficiency_that_a_later_row_adds_is_taken() -> None:
    first = [*LONG_ROWS[1][:8], "", "", "weigh"]
    found = harvest(make_csv([LONG_ROWS[0], first, LONG_ROWS[1]]), LONG)
    (use,) = found.intake.focuses[0].skills
    assert (use.find_proficiency("P1"), found.intake.notes) == ("basic", ())
    at = ("focus", found.intake.focuses[0].code, "skills", "kneading", "proficiency", "P1")
    assert found.intake.places[at] == Place("roles.csv", 3, "I3")


def test_names_that_differ_in_letter_case_alone_are_one_focus() -> None:
    found = harvest(
        make_csv([["F", "C", "L", "T"], ["A", "Bread", "P1", "x"], ["a", "bread", "P2", "y"]]), PLAIN
    )
    assert [f.label for f in found.intake.focuses] == ["Bread"]
    assert [note.rule for note in found.intake.notes] == ["value-differs", "value-differs"]


def test_skills_that_differ_in_letter_case_stay_apart() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, skill: S}\n    split: {skill: line}")
    found = harvest(make_csv([["F", "C", "L", "T", "S"], ["A", "B", "P1", "x", "C++\nC#\nc++"]]), mapping)
    assert {s.label: s.code for s in found.intake.skills} == {"C#": "c", "C++": "c-2", "c++": "c-3"}


@pytest.mark.parametrize(
    ("field", "cell", "problem"),
    [
        ("pay_median", "45.000", "roles.csv E2 A.BB97C.levels.P1.pay.median: '45.000' is no amount"),
        ("pay_median", "many", "roles.csv E2 A.BB97C.levels.P1.pay.median: 'many' is no amount"),
        ("pay_effective", "01/04/2025", "roles.csv E2 A.BB97C.levels.P1.pay.effective: '01/04/2025' is not a day; write YYYY-MM-DD"),
        ("period", "hour", "roles.csv E2 A.BB97C.levels.P1.pay.duration: 'hour' is no period"),
        ("currency", "euro", "roles.csv E2 A.BB97C.levels.P1.pay.currency: 'euro' is not a currency"),
        ("occupation", "2134", "roles.csv E2: '2134' is neither a SOC nor an O*NET-SOC code"),
        ("pay_low", "9999999", "roles.csv E2 A.BB97C.levels.P1.pay: low (9999999) exceeds median (5) (E2 and D2); correct the figures"),
        ("title", "x\udc80", "the text holds half of a surrogate pair"),
    ],
)  # fmt: skip
def test_value_that_does_not_fit_is_told_with_its_cell(field: str, cell: str, problem: str) -> None:
    fields = {"function": "F", "focus": "C", "level": "L", "pay_median": "M", field: "X"}
    header, row = ["F", "C", "L", "M", "X"], ["A", "B", "P1", "5", cell]
    mapping = (
        "sheets:\n  R:\n    columns: {"
        + ", ".join(f"{k}: {v}" for k, v in fields.items())
        + "}\n    constants: {currency: EUR}\n"
    )
    workbook = Workbook("roles.csv", (Sheet("", (tuple(header), tuple(row))),))
    found = harvest(workbook, mapping)
    assert len(found.problems) == 1
    shown = str(found.problems[0])
    assert problem in shown


def test_pay_without_its_currency_is_told() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, pay_low: P, currency: Q}")
    found = harvest(make_csv([["F", "C", "L", "T", "P", "Q"], ["A", "B", "P1", "x", "5", ""]]), mapping)
    assert "E2" in str(found.problems[0])
    assert "pay is given without its currency" in str(found.problems[0])


def test_other_classification_is_named_in_the_mapping() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, occupation: O}") + "occupation_scheme: soc-2020\n"
    (profile,) = list_profiles(
        harvest(make_csv([["F", "C", "L", "T", "O"], ["A", "B", "P1", "x", "2134"]]), mapping)
    )
    assert [(m.scheme, m.code) for m in profile.mappings] == [("soc-2020", "2134")]


def test_line_that_introduces_a_list_is_told() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, responsibility: R}\n    split: {responsibility: line}")
    found = harvest(
        make_csv([["F", "C", "L", "T", "R"], ["A", "B", "P1", "x", "You will:\n- plan\n2) bake\n• sell"]]),
        mapping,
    )
    (profile,) = list_profiles(found)
    assert [r.text for r in profile.responsibilities] == ["plan", "bake", "sell"]
    assert [note.rule for note in found.intake.notes] == ["line-passed"]


def test_name_that_is_broken_into_lines_is_read_as_one_and_told() -> None:
    found = harvest(make_csv([["F", "C", "L", "T"], ["A", "B", "P1", "Night\nbaker"]]), PLAIN)
    assert [p.title for p in list_profiles(found)] == ["Night baker"]
    assert [note.rule for note in found.intake.notes] == ["label-lines"]


def test_job_code_of_two_roles_is_told() -> None:
    mapping = PLAIN.replace("title: T}", "title: T, job_code: J}")
    found = harvest(
        make_csv([["F", "C", "L", "T", "J"], ["A", "B", "P1", "x", "1"], ["A", "B", "P2", "y", "1"]]), mapping
    )
    assert "2 roles have the job code '1' (E2, E3)" in str(found.intake.notes[0])


def test_uneven_lists_in_one_row_are_told() -> None:
    mapping = PLAIN.replace(
        "title: T}", 'title: T, skill: S, proficiency: N}\n    split: {skill: ";", proficiency: ";"}'
    )
    mapping += "proficiencies: [Basic, Good]\n"
    rows = [
        ["F", "C", "L", "T", "S", "N"],
        ["A", "B", "P1", "x", "a;b;c", "Good;Basic"],
        ["A", "B", "P2", "y", "a;b", "Good"],
    ]
    found = harvest(make_csv(rows), mapping)
    assert [str(p) for p in found.problems] == [
        "roles.csv F2: 3 skills stand beside 2 proficiencies; give one for each, or one for all [items-uneven]"
    ]
    assert [[r.proficiency for r in use.proficiency] for use in found.intake.focuses[0].skills] == [
        ["good"],
        ["good"],
    ]


def test_flood_of_one_kind_is_cut_and_counted() -> None:
    rows = [["F", "C", "L", "T"], *(["A", "B", f"level {n}", "x"] for n in range(150))]
    found = harvest(make_csv(rows), PLAIN)
    assert len(found.problems) == 101
    assert "50 more of this kind are not listed" in str(found.problems[-1])


def test_same_input_gives_the_same_records_in_any_order_of_rows() -> None:
    first, second = (
        harvest(make_csv(LONG_ROWS), LONG),
        harvest(make_csv([LONG_ROWS[0], *LONG_ROWS[:0:-1]]), LONG),
    )
    assert {f.code for f in first.intake.focuses} == {f.code for f in second.intake.focuses}
    assert first.intake.skills == second.intake.skills
    assert first.codebook == second.codebook


def test_empty_table_gives_nothing() -> None:
    found = harvest(make_csv([["F", "C", "L", "T"]]), PLAIN)
    assert (found.intake.focuses, found.problems, found.rows) == ((), (), 0)


def test_delimiter_of_the_mapping_is_used() -> None:
    table_map = parse_map(PLAIN + "delimiter: bar\n")
    assert read_source(("a.csv", b"F|C;x|L|T\n"), table_map).sheets[0].rows == (("F", "C;x", "L", "T"),)


def test_sheets_are_found_whatever_blanks_their_names_hold() -> None:
    rows = [["F", "C", "L", "T"], ["A", "B", "P1", "x"]]
    mapping = PLAIN.replace("Roles:", "role list:")
    found = harvest(make_xlsx({"Role\u00a0List ": rows, "Other": [["x"]]}), mapping)
    assert found.problems == ()
    place = found.intake.places["focus", found.intake.focuses[0].code]
    assert place == Place("roles.xlsx", 2, "Role\\xa0List !B2")


def test_focus_of_the_mapping_that_no_row_has_is_told() -> None:
    mapping = PLAIN + "levels:\n  by_focus:\n    Bread: {Baker: P1}\n    Cakes: {Baker: P2}\n"
    found = harvest(make_csv([["F", "C", "L", "T"], ["A", "bread", "Baker", "x"]]), mapping)
    assert found.problems == ()
    assert [str(note) for note in found.intake.notes] == [
        "map.yaml:8: the mapping gives levels of 'Cakes', of which no row is in use; correct the name, or remove it from the mapping [focus-unmet]"
    ]


def test_guideline_version_and_day_of_pay_are_read() -> None:
    mapping = PLAIN.replace(
        "title: T}",
        "title: T, knowledge: K, experience: E, version: V, pay_percentile25: P25, pay_effective: Day, period: Per}\n"
        "    constants: {currency: EUR}",
    )
    rows = [
        ["F", "C", "L", "T", "K", "E", "V", "P25", "Day", "Per"],
        [
            "A",
            "B",
            "P1",
            "x",
            "Knows dough.\nKnows ovens.",
            "2-4 years",
            "2",
            "90",
            "2025-04-01 00:00:00",
            "Monthly",
        ],
    ]
    found = harvest(make_csv(rows), mapping)
    assert found.problems == ()
    (profile,) = list_profiles(found)
    assert profile.guideline == Guideline(knowledge="Knows dough.\nKnows ovens.", experience="2-4 years")
    assert profile.version == "2"
    assert profile.pay == Pay(
        currency="EUR", percentile25=Decimal(90), effective="2025-04-01", duration="P1M"
    )
    at = ("focus", profile.focus, "levels", "P1")
    assert found.intake.places[*at, "guideline", "experience"] == Place("roles.csv", 2, "F2")
    assert found.intake.places[*at, "pay", "duration"] == Place("roles.csv", 2, "J2")
    assert found.intake.places[*at, "version"] == Place("roles.csv", 2, "G2")


def test_role_of_which_only_the_level_is_stated_stands_at_its_level() -> None:
    mapping = PLAIN.replace(", title: T", "")
    found = harvest(make_csv([["F", "C", "L"], ["A", "B", "P1"]]), mapping)
    (profile,) = list_profiles(found)
    assert found.intake.places["focus", profile.focus, "levels", "P1"] == Place("roles.csv", 2, "C2")


def test_headers_are_compared_without_their_line_feeds_and_letter_case() -> None:
    rows = [["Job\nFamily", " CRAFT", "Level ", "Job  title"], ["A", "B", "P1", "x"]]
    mapping = (
        "sheets:\n  R:\n    columns: {function: Job family, focus: craft, level: level, title: job title}\n"
    )
    assert [p.title for p in list_profiles(harvest(make_xlsx({"R": rows}), mapping))] == ["x"]


def test_places_are_the_same_one_by_one_and_all_at_once() -> None:
    places = CellPlaces(Workbook("roles.xlsx", ()), (Sheet("Jobs", ()), Sheet("", ())))
    role = ("focus", "A.B", "levels", "P1")
    places.add(role, 0, 2, (("title", 3), ("grade", 27)))
    places.add(role, 1, 5, (("title", 0), ("status", 1)))
    places.add((*role, "grade"), 0, 9, (("", 4),))
    places.add_place(("level", "P1"), Place("map.yaml", 3))
    pairs = list(places.items())
    assert dict(pairs) == {
        role: Place("roles.xlsx", 2, "Jobs!D2"),
        (*role, "title"): Place("roles.xlsx", 2, "Jobs!D2"),
        (*role, "status"): Place("roles.xlsx", 5, "B5"),
        (*role, "grade"): Place("roles.xlsx", 9, "Jobs!E9"),
        ("level", "P1"): Place("map.yaml", 3),
    }
    assert [key for key, _ in pairs] == list(dict.fromkeys(places))
    assert all(places[key] == place for key, place in pairs)
