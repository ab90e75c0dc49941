"""Sheets that add to the roles of others: what is passed over, and how keys that differ are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rolegraph.errors import InputError
from rolegraph.incoming import import_table
from rolegraph.records.table.compose import TableHarvest
from table_samples import harvest, list_rules, make_csv, make_xlsx

MAPPING = """
sheets:
  Jobs:
    columns: {function: F, focus: C, level: L, job_code: J, grade: G}
    unused: {State: [Obsolete]}
  Pay:
    join: job_code
    columns: {job_code: J, pay_median: M}
    constants: {currency: EUR}
  Guide:
    join: grade
    columns: {grade: G, knowledge: K}
"""
SHEETS: dict[str, list[list[Any]]] = {
    "Jobs": [
        ["F", "C", "L", "J", "G", "State"],
        ["A", "B", "P1", "J1", "g1", ""],
        ["A", "B", "P2", "J2", "g2", "obsolete"],
        ["A", "B", "P3", "J3", "g1", "Obsolete"],
    ],
    "Pay": [["J", "M"], ["J1", 5], ["J2", 6], ["J3", 7]],
    "Guide": [["G", "K"], ["g1", "one"], ["g2", "two"]],
}
SURVEY = MAPPING.replace("    constants:", "    unmatched: pass\n    constants:")


def list_notes(found: TableHarvest) -> list[str]:
    return [str(note) for note in found.intake.notes]


def test_rows_about_roles_that_are_unused_are_passed_over_with_them() -> None:
    found = harvest(make_xlsx(SHEETS), MAPPING)
    assert found.problems == ()
    assert (found.rows, found.passed) == (8, 5)
    (profile,) = found.intake.focuses[0].profiles
    assert profile.guideline is not None
    assert list_notes(found) == [
        "roles.xlsx Jobs!A3: 2 rows of 'Jobs' are marked as unused and passed over (Jobs!A3, Jobs!A4); nothing, if they are not to be imported [rows-unused]",
        "roles.xlsx Pay!A3: 2 rows of 'Pay' are about roles that are unused, and are passed over with them (Pay!A3, Pay!A4); nothing, if they are not to be imported [rows-unused]",
        "roles.xlsx Guide!A3: 1 row of 'Guide' is about a role that is unused, and is passed over with it (Guide!A3); nothing, if they are not to be imported [rows-unused]",
    ]  # fmt: skip


def test_rows_that_find_no_role_are_passed_over_where_the_mapping_says_so() -> None:
    rows = [*SHEETS["Pay"], *([f"X{n}", 5] for n in range(4)), ["X0", 9], [None, 3]]
    found = harvest(make_xlsx({**SHEETS, "Pay": rows}), SURVEY)
    assert found.problems == ()
    assert list_notes(found)[2] == (
        "roles.xlsx Pay!A5: 6 rows of 'Pay' find no role and are passed over, as the mapping says (Pay!A5, Pay!A6, Pay!A7 ...); look whether a role or a key is missing [rows-unmatched]"
    )  # fmt: skip
    assert found.passed == 5 + 6


def test_rows_that_find_no_role_are_refused_without_it() -> None:
    found = harvest(make_xlsx({**SHEETS, "Pay": [*SHEETS["Pay"], ["X1", 5]]}), MAPPING)
    assert list_rules(found) == ["join-missing"]


def test_closest_key_keeps_its_letter_case() -> None:
    jobs = [SHEETS["Jobs"][0], ["A", "B", "P1", "J1", "Grade Ten", ""]]
    sheets = {"Jobs": jobs, "Pay": [["J", "M"], ["J1", 5]], "Guide": [["G", "K"], ["GRADE TENN", "x"]]}
    assert "the closest is 'Grade Ten'; correct the key" in str(
        harvest(make_xlsx(sheets), MAPPING).problems[0]
    )


@pytest.mark.parametrize("state", ["", "Obsolete"])
@pytest.mark.parametrize("mapping", [MAPPING, SURVEY])
def test_numbers_against_texts_are_told_as_such(mapping: str, state: str) -> None:
    jobs = [SHEETS["Jobs"][0], ["A", "B", "P1", "00001", "g1", state]]
    sheets = {"Jobs": jobs, "Pay": [["J", "M"], [1, 5]], "Guide": [["G", "K"], ["g1", "x"]]}
    assert [str(problem) for problem in harvest(make_xlsx(sheets), mapping).problems] == [
        "roles.xlsx Pay!A2: there is no role with the job_code '1'; the roles have '00001': one sheet holds numbers and the other texts; format both columns as text [join-missing]"
    ]  # fmt: skip


def test_other_numbers_are_told_without_it() -> None:
    jobs = [SHEETS["Jobs"][0], ["A", "B", "P1", "00001", "g1", ""]]
    sheets = {"Jobs": jobs, "Pay": [["J", "M"], [10, 5]], "Guide": [["G", "K"], ["g1", "x"]]}
    assert "format both" not in str(harvest(make_xlsx(sheets), MAPPING).problems[0])


PLAIN = "sheets:\n  R:\n    columns: {function: F, focus: C, level: L}\n"


@pytest.mark.parametrize("text", ["L1", "g10", "P9"])
def test_code_that_the_ladder_of_the_folder_lacks_is_told_at_its_cell(text: str) -> None:
    rows = [["F", "C", "L"], ["A", "B", text]]
    found = harvest(make_csv(rows), PLAIN, known_levels=frozenset(("P1", "M1")))
    lacking = {"L1": "track L", "g10": "track G", "P9": "level P9"}[text]
    assert [str(problem) for problem in found.problems] == [
        f"roles.csv C2: '{text}' of 'B' looks like the code of a level, but the ladder of the data folder has no {lacking}; map it under levels: map or by_focus, or give a ladder that has it [level-unknown]"
    ]


def test_codes_of_the_ladder_of_the_folder_and_of_the_mapping_are_known() -> None:
    rows = [["F", "C", "L"], ["A", "B", "p1"]]
    assert harvest(make_csv(rows), PLAIN, known_levels=frozenset(("P1",))).problems == ()
    ladder = "ladder:\n  tracks: {L: {label: Line}}\n  levels: {L1: {stage: 0}}\n"
    rows = [["F", "C", "L"], ["A", "B", "L1"]]
    assert harvest(make_csv(rows), PLAIN + ladder, known_levels=frozenset(("P1",))).problems == ()


def test_code_of_the_mapping_that_the_ladder_of_the_folder_lacks_is_told_at_its_line() -> None:
    mapping = PLAIN + "levels:\n  map: {Junior: P1, Lead: Q4}\n"
    found = harvest(
        make_csv([["F", "C", "L"], ["A", "B", "Junior"]]), mapping, known_levels=frozenset(("P1", "M1"))
    )
    assert [str(problem) for problem in found.problems] == [
        "map.yaml:5 levels.map.Lead: the ladder of the data folder has no level Q4; write one of M1, P1, or give a ladder [level-unknown]"
    ]  # fmt: skip


def test_import_knows_the_ladder_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "roles.csv").write_text("F,C,L\nA,B,L1\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"roles.csv C2: 'L1' of 'B' looks like the code of a level, but the ladder"
    ):
        import_table(tmp_path / "roles.csv", tmp_path / "map.yaml", tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_rows_that_are_passed_over_are_told_as_infos(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(PLAIN + "    unused: {C: [old]}\n", encoding="utf-8")
    (tmp_path / "roles.csv").write_text("F,C,L\nA,B,P1\nA,old,P2\n", encoding="utf-8")
    answer = import_table(tmp_path / "roles.csv", tmp_path / "map.yaml", tmp_path / "made")
    assert [(note.rule, note.severity) for note in answer.notes] == [("rows-unused", "info")]


@pytest.mark.parametrize("more", ["", "    constants: {currency: EUR, pay_source: X}\n"])
def test_sheet_that_gives_nothing_but_its_key_is_told(more: str) -> None:
    mapping = MAPPING.replace("    columns: {grade: G, knowledge: K}\n", "    columns: {grade: G}\n" + more)
    found = harvest(make_xlsx(SHEETS), mapping)
    assert found.problems == ()
    assert (
        "map.yaml:10: nothing is taken from 'Guide' but the key that finds its roles; name what its columns hold under columns or matrix, or leave the sheet out of the mapping [sheet-unused]"
        in list_notes(found)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("knowledge: K}", "skill: K}"), ("{grade: G, knowledge: K}", "{grade: G}\n    matrix: {columns: [K]}"),
     ("{grade: G, knowledge: K}", "{grade: G}\n    constants: {region: North}")],
)  # fmt: skip
def test_sheet_that_gives_anything_is_not_told(old: str, new: str) -> None:
    found = harvest(make_xlsx(SHEETS), MAPPING.replace(old, new))
    assert "sheet-unused" not in [note.rule for note in found.intake.notes]
