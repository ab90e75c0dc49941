"""Sheets in which each skill has a column: marks and proficiencies, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from rolegraph.errors import Place
from rolegraph.records.table.compose import TableHarvest
from table_samples import harvest, make_csv, make_xlsx

HEADER = ["F", "C", "L", "T", "Kneading", "Oven care", "", "Hygiene", "Note"]
MARKED = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, title: T}
    matrix: {from: Kneading, to: Hygiene}
"""


def list_uses(found: TableHarvest) -> dict[str, dict[str, str | None]]:
    """The skills of the first focus by label: the levels that ask for them, each with its proficiency."""
    labels = {skill.code: skill.label for skill in found.intake.skills}
    return {
        labels[use.skill]: {level: use.find_proficiency(level) for level in use.levels}
        for use in found.intake.focuses[0].skills
    }


@pytest.mark.parametrize("mark", ["x", "X", "✓", "yes", "Y", "1", "TRUE"])
def test_marked_skills_are_asked_for(mark: str) -> None:
    rows = [
        HEADER,
        ["A", "B", "P1", "x", mark, "", "", "", "no"],
        ["A", "B", "P2", "y", mark, mark, "", "", ""],
    ]
    found = harvest(make_csv(rows), MARKED)
    assert found.problems == ()
    assert list_uses(found) == {"Kneading": {"P1": None, "P2": None}, "Oven care": {"P2": None}}


def test_cells_of_a_matrix_are_known() -> None:
    rows = [HEADER, ["A", "B", "P1", "x", "", "x"]]
    intake = harvest(make_csv(rows), MARKED).intake
    focus = ("focus", intake.focuses[0].code)
    assert intake.places["skill", "oven-care", "label"] == Place("roles.csv", 1, "F1")
    assert intake.places[*focus, "skills", "oven-care", "levels", "P1"] == Place("roles.csv", 2, "F2")


def test_proficiencies_of_a_matrix_are_read_and_empty_texts_ask_for_nothing() -> None:
    rows = [HEADER, ["A", "B", "P1", "x", "1", "0", "", "Good"], ["A", "B", "P2", "y", "2", "1"]]
    found = harvest(make_csv(rows), MARKED + 'proficiencies: {1: Basic, 2: Good}\nempty: "0"\n')
    assert found.problems == ()
    assert list_uses(found) == {
        "Kneading": {"P1": "basic", "P2": "good"}, "Hygiene": {"P1": "good"}, "Oven care": {"P2": "basic"},
    }  # fmt: skip


def test_marks_may_stand_beside_a_scale_that_other_sheets_use() -> None:
    mapping = MARKED.replace("Hygiene}", "Hygiene, cells: mark}") + "proficiencies: {1: Basic, 2: Good}\n"
    found = harvest(make_csv([HEADER, ["A", "B", "P1", "x", "1"]]), mapping)
    assert list_uses(found) == {"Kneading": {"P1": None}}


def test_columns_of_a_matrix_may_be_named_one_by_one_and_by_letter() -> None:
    mapping = MARKED.replace("{from: Kneading, to: Hygiene}", "{columns: [Kneading, H]}")
    found = harvest(make_csv([HEADER, ["A", "B", "P1", "x", "x", "x", "", "x"]]), mapping)
    assert list(list_uses(found)) == ["Kneading", "Hygiene"]


def test_matrix_of_a_joined_sheet_adds_to_its_roles() -> None:
    def merge(book: Any) -> None:
        book["Matrix"].merge_cells("B1:C1")

    sheets = {
        "Roles": [["F", "C", "L", "T", "J"], ["A", "B", "P1", "x", 1], ["A", "B", "P2", "y", 2]],
        "Matrix": [["Job", "By hand", None, "Rest"], [None, "Kneading", "Shaping", "Hygiene"], [1, 2, None, 1], [2, 3, 1, None]],
    }  # fmt: skip
    mapping = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, title: T, job_code: J}
  Matrix:
    header: [1, 2]
    join: job_code
    columns: {job_code: Job}
    matrix: {from: By hand Kneading, to: Rest Hygiene}
proficiencies: {1: Basic, 2: Good, 3: Expert}
"""
    found = harvest(make_xlsx(sheets, merge), mapping)
    assert found.problems == ()
    assert list_uses(found) == {
        "Kneading": {"P1": "good", "P2": "expert"}, "Shaping": {"P2": "basic"}, "Hygiene": {"P1": "basic"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "cells", "problem"),
    [
        ("", "", ["2"], "roles.csv E2: '2' is no mark that 'Kneading' is asked for; write one of x,"),
        ("Hygiene}", "Hygiene}\nproficiencies: [Basic, Good]", ["Goood"], "roles.csv E2: 'Goood' is no step of the scale; did you mean 'Good'?"),
        ("", "", ["", "", "x"], "map.yaml:5 matrix: column G of roles.csv has cells and no header"),
        ("from: Kneading", "from: T", [], "map.yaml:5 matrix: column D of roles.csv is a field and a skill of the matrix"),
        ("{from: Kneading, to: Hygiene}", "{from: Hygiene, to: Kneading}", [], "map.yaml:5 matrix: 'Kneading' stands before 'Hygiene'"),
        ("to: Hygiene", "to: Hygene", [], "map.yaml:5 to: roles.csv has no column 'Hygene' in row 1; did you mean 'Hygiene'?"),
        ("{from: Kneading, to: Hygiene}", "{columns: [Kneading, E]}", [], "map.yaml:5 matrix: two columns of the matrix in roles.csv are headed 'Kneading'"),
    ],
)  # fmt: skip
def test_matrix_that_does_not_fit_is_told(old: str, new: str, cells: list[str], problem: str) -> None:
    mapping = MARKED.replace(old, new) if old else MARKED
    found = harvest(make_csv([HEADER, ["A", "B", "P1", "x", *cells]]), mapping)
    assert len(found.problems) == 1
    assert problem in str(found.problems[0])


def test_error_in_a_cell_of_a_matrix_is_told() -> None:
    def break_cell(book: Any) -> None:
        book["Roles"]["F2"] = "#N/A"
        book["Roles"]["F2"].data_type = "e"

    found = harvest(make_xlsx({"Roles": [HEADER, ["A", "B", "P1", "x", "x"]]}, break_cell), MARKED)
    assert "Roles!F2: the cell shows the error '#N/A'" in str(found.problems[0])
