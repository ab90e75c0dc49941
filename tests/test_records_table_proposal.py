"""What a proposal says of levels, scales, matrices, German sheets, sheets that are left out and cells that will be refused."""

from __future__ import annotations

from typing import Any

import pytest

from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.compose import read_table
from rolegraph.records.table.files import read_workbook
from rolegraph.records.table.guesses import guess_currency, guess_field, guess_separator
from rolegraph.records.table.levelwords import close_ranks, list_lent_levels
from rolegraph.records.table.scales import sort_steps
from rolegraph.records.table.suggest import suggest_map
from table_samples import make_csv, make_xlsx, parse_map

HEADER = ["Function", "Focus", "Level", "Title", "Job Code"]


def suggest(*rows: list[Any], header: list[str] = HEADER) -> str:
    return suggest_map(read_workbook(make_csv([header, *rows])))


def list_rows(*levels: str) -> list[list[str]]:
    return [["A", "B", level, f"x{n}", f"J{n}"] for n, level in enumerate(levels)]


def test_codes_that_the_usual_ladder_lacks_are_listed_and_left_open() -> None:
    text = suggest(*list_rows("L2", "L10", "P1", "P99"))
    assert '  map:\n    L2: "?"\n    L10: "?"\n    P99: "?"\n' in text
    assert (
        "# L2 looks like the code of a level that the usual ladder does not have: give each text a level of"
        in text
    )
    assert "codes of levels themselves" not in text


def test_codes_of_the_usual_ladder_need_nothing() -> None:
    text = suggest(*list_rows("P1", "m2"))
    assert "# The texts of the level column are codes of levels themselves." in text
    assert {"P1", "M2", "E1"} <= set(list_lent_levels())


def test_sheet_without_rows_is_said_to_have_none() -> None:
    text = suggest()
    assert "    # no row stands below the header, so that nothing but the header could be looked at" in text
    assert "# No row gives a level, so that no level could be looked at." in text
    assert "codes of levels themselves" not in text


@pytest.mark.parametrize(("grade", "shown"), [("G10", 'G10: "?"'), ("P3", "P3: P3"), ("2", "2: P2")])
def test_texts_of_grades_are_listed_where_they_say_the_level(grade: str, shown: str) -> None:
    text = suggest(["A", "B", grade, "x"], header=["Function", "Focus", "Grade", "Title"])
    assert f"  from: grade\n  map:\n    {shown}\n" in text


def test_guesses_of_levels_leave_no_hole() -> None:
    text = suggest(*list_rows("Entry", "Intermediate", "Senior", "Manager", "Director"))
    assert "# unsure: ranks follow each other without a hole, as a missing rung stops promotions" in text
    assert (
        parse_map(text).rules.levels.map
        == parse_map(
            text[: text.index("  map:")]
            + "  map: {Director: M3, Entry: P1, Intermediate: P2, Manager: M2, Senior: P3}\n"
        ).rules.levels.map
    )


def test_ranks_of_a_track_that_texts_name_stay() -> None:
    guessed = {"P1": ("P1", True), "Senior": ("P4", False), "Head": ("M4", False), "x": ("?", False)}
    assert close_ranks(guessed) == guessed


def test_sheets_that_are_left_out_are_named_with_the_reason() -> None:
    def hide(book: Any) -> None:
        book["Old"].sheet_state = "hidden"

    sheets = {
        "Jobs": [HEADER, ["A", "B", "P1", "x", "J1"]],
        "Empty": [],
        "Words": [["Written by hand"]],
        "Loose": [["Currency", "Min"], ["EUR", 5]],
        "Old": [HEADER],
    }
    text = suggest_map(read_workbook(make_xlsx(sheets, hide)))
    for line in (
        "# left out: Empty, as it is empty",
        "# left out: Words, as no row of it looks like a header of known columns",
        "# left out: Loose, as no column of it (such as a job code) says to which roles its rows belong",
        "# left out: Old, as it is hidden, and is read only where it is named",
    ):
        assert f"  {line}\n" in text
    assert [sheet.name for sheet in parse_map(text).rules.sheets] == ["Jobs"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("JobID", "job_code"), ("Position ID", "job_code"), ("Ccy", "currency"), ("Required Level (1-5)", "proficiency"),
        ("Salary (EUR) P25", "pay_percentile25"), ("Salary (EUR) P50", "pay_median"), ("GBP Min", "pay_low"),
        ("Währung", "currency"), ("Stelle", "role"), ("Stellenbezeichnung", "title"), ("Fähigkeiten", "skill"),
        ("KOMPETENZEN", "skill"), ("Funktion", "function"), ("Abteilung", "function"), ("Bereich", "function"),
        ("Ebene", "level"), ("Stufe", "level"), ("Berufsfamilie", "family"), ("Gehalt Median", "pay_median"),
        ("Gültig ab", "pay_effective"), ("Stellen-Nr.", "job_code"), ("Aufgaben", "responsibility"),
    ],
)  # fmt: skip
def test_headers_are_recognised(header: str, field: str) -> None:
    assert guess_field(header) == (field, True)


@pytest.mark.parametrize("header", ["Gehalt", "Salary", "Base pay"])
def test_one_column_of_pay_is_likely_the_median(header: str) -> None:
    assert guess_field(header) == ("pay_median", False)


def test_currency_of_the_headers_becomes_a_constant() -> None:
    header = [*HEADER, "Salary (CHF) P25", "Salary (CHF) P50"]
    text = suggest(["A", "B", "P1", "x", "J1", "1", "2"], header=header)
    assert "    # unsure: the currency that the headers of pay name\n    constants: {currency: CHF}\n" in text
    assert (guess_currency("FTE"), guess_currency("EUR or USD")) == (None, None)


@pytest.mark.parametrize(
    ("field", "cells", "found"),
    [
        ("alias", ["a; b", "c", "d", "e", "f"], (";", False)),
        ("skill", ["a, b", "c"], (",", False)),
        ("alias", ["a / b", "c / d"], (" / ", False)),
        ("skill", ["a, b", "c", "d"], None),
        ("responsibility", ["a; b", "c", "d", "e", "f"], None),
        ("alias", ["a", "b"], None),
    ],
)
def test_separators_are_proposed(field: str, cells: list[str], found: tuple[str, bool] | None) -> None:
    assert guess_separator(cells, field) == found


@pytest.mark.parametrize(
    "scale",
    [
        ["Low", "Mid", "High"], ["low", "medium", "HIGH"], ["Basic", "Intermediate", "Advanced", "Expert"],
        ["Awareness", "Working", "Practitioner", "Expert"], ["Beginner", "Intermediate", "Advanced", "Expert"],
        ["Novice", "Advanced Beginner", "Competent", "Proficient", "Expert"], ["9", "10", "11"],
        ["Level 2", "Level 10"], ["1 - Some", "2 - More"], ["Grundkenntnisse", "Fortgeschritten", "Experte"],
    ],
)  # fmt: skip
def test_well_known_scales_are_put_in_order(scale: list[str]) -> None:
    assert sort_steps(reversed(scale)) == (scale, True)


def test_scale_that_nobody_knows_is_unsure() -> None:
    assert sort_steps(["Teal", "Basic"])[1] is False
    assert sort_steps(["Mid", "Medium"])[1] is False
    assert sort_steps(["A2", "B1"])[1] is False


def test_matrix_of_marks_is_proposed_and_read() -> None:
    rows = [["A", "B", "P1", "x", "J1", "x", "", "x"], ["A", "B", "P2", "y", "J2", "", "X", ""]]
    source = make_csv([[*HEADER, "Kneading", "Problem solving", "Oven care"], *rows])
    text = suggest_map(read_workbook(source))
    assert "    matrix: {from: Kneading, to: Oven care, cells: mark}\n" in text
    found = read_table(read_workbook(source), parse_map(text), CodeBook(), {})
    assert found.problems == ()
    assert [skill.label for skill in found.intake.skills] == ["Kneading", "Oven care", "Problem solving"]


def test_matrix_of_steps_below_groups_is_proposed_with_its_scale() -> None:
    def merge(book: Any) -> None:
        book["Matrix"].merge_cells("A1:B1")
        book["Matrix"].merge_cells("C1:D1")

    sheets = {
        "Jobs": [HEADER, ["A", "B", "P1", "x", "J1"]],
        "Matrix": [["Role", None, "Hand", None, "Mind"], ["Job Code", "Title", "Kneading", "Shaping", "Recipes"], ["J1", "x", 1, 3, 2]],
    }  # fmt: skip
    source = make_xlsx(sheets, merge)
    text = suggest_map(read_workbook(source))
    assert "    matrix: {from: Hand Kneading, to: Mind Recipes}\n" in text
    assert "proficiencies: [1, 2, 3]\n" in text
    found = read_table(read_workbook(source), parse_map(text), CodeBook(), {})
    assert found.problems == ()
    assert [skill.label for skill in found.intake.skills] == ["Kneading", "Recipes", "Shaping"]


def test_columns_of_other_texts_are_no_matrix() -> None:
    header = [*HEADER, "Colour", "Size", "Shape"]
    text = suggest(["A", "B", "P1", "x", "J1", "red", "x", "y"], header=header)
    assert "matrix" not in text
    assert "# not used: Colour, Size, Shape\n" in text


def test_title_above_a_table_is_no_part_of_its_header() -> None:
    def merge(book: Any) -> None:
        book["Jobs"].merge_cells("A1:E1")

    rows = [["All our jobs"], HEADER, ["A", "B", "P1", "x", "J1"]]
    assert "    header: 2\n" in suggest_map(read_workbook(make_xlsx({"Jobs": rows}, merge)))


def test_description_in_a_sheet_of_skills_is_that_of_the_skill() -> None:
    sheets = {
        "Jobs": [[*HEADER, "Description"], ["A", "B", "P1", "x", "J1", "d"]],
        "Skills": [["Job Code", "Skill", "Description"], ["J1", "Kneading", "Works dough"]],
    }
    jobs, skills = parse_map(suggest_map(read_workbook(make_xlsx(sheets)))).rules.sheets
    assert (jobs.columns.definition, skills.columns.definition) == (("Description",), ())
    assert skills.columns.skill_definition == ("Description",)


PAY_HEADER = [*HEADER, "Median", "Currency", "Effective date"]


def suggest_pay(*rows: list[str]) -> str:
    return suggest(
        *(["A", "B", f"P{n}", "x", f"J{n}", *row] for n, row in enumerate(rows, 1)), header=PAY_HEADER
    )


def test_decimal_comma_and_order_of_days_are_proposed() -> None:
    text = suggest_pay(["42.500,00", "EUR", "01.07.2025"], ["70.000", "EUR", "31.12.2025"])
    assert "decimal: comma\n" in text
    assert "dates: day-first\n" in text
    assert "will be refused" not in text
    rules = parse_map(text).rules
    assert (rules.decimal, rules.dates) == ("comma", "day-first")


def test_order_of_days_that_the_cells_do_not_tell_is_left_open() -> None:
    assert '# unsure: what stands first in days such as 01/07/2025\ndates: "?"' in suggest_pay(
        ["5", "EUR", "01/07/2025"]
    )
    assert "dates: month-first\n" in suggest_pay(["5", "EUR", "01/07/2025"], ["5", "EUR", "12/31/2025"])
    assert "dates:" not in suggest_pay(["5", "EUR", "2025-07-01"])
    assert "decimal:" not in suggest_pay(["45,000.50", "EUR", ""], ["42.500,00", "EUR", ""])


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (["60k", "EUR", ""], "'60k' in F2 is no amount that can be read: this will be refused"),
        (["£5", "USD", ""], "'£5' in F2 bears the sign of another currency than its row: this will be refused"),
        (["5", "EUR", "soon"], "'soon' in H2 is no day that can be read: this will be refused"),
        (["n/a", "EUR", "n/a"], None),
    ],
)  # fmt: skip
def test_cells_that_will_be_refused_are_told(row: list[str], line: str | None) -> None:
    text = suggest_pay(row)
    assert (f"    # {line}\n" in text) if line else ("will be refused" not in text)


def test_numbers_of_a_workbook_are_not_taken_for_refused_texts() -> None:
    rows = [
        PAY_HEADER,
        ["A", "B", "P1", "x", "J1", 45.125, "EUR"],
        ["A", "B", "P2", "x", "J2", 4500.5, "EUR"],
    ]
    text = suggest_map(read_workbook(make_xlsx({"Jobs": rows})))
    assert "will be refused" not in text
    assert "decimal:" not in text


def test_errors_and_formulas_in_columns_of_the_proposal_are_told() -> None:
    def break_cells(book: Any) -> None:
        for cell in ("D2", "D3"):
            book["Jobs"][cell] = "#N/A"
            book["Jobs"][cell].data_type = "e"
        book["Jobs"]["E2"] = "=1+1"
        book["Jobs"]["F2"] = "=1+1"

    rows = [[*HEADER, "Note"], ["A", "B", "P1", "x", "J1", "n"], ["A", "B", "P2", "x", "J2", "n"]]
    text = suggest_map(read_workbook(make_xlsx({"Jobs": rows}, break_cells)))
    assert "    # Jobs!D2 shows the error '#N/A', and 1 more like it: this will be refused\n" in text
    assert "    # Jobs!E2 holds a formula that was saved without its value: this will be refused\n" in text
    assert "F2" not in text


def test_german_sheet_is_proposed_and_read() -> None:
    header = [
        "Stellencode",
        "Funktion",
        "Berufsfamilie",
        "Stufe",
        "Stellenbezeichnung",
        "Kompetenzen",
        "Gehalt",
        "Währung",
        "Gültig ab",
    ]
    row = [
        "0100",
        "Bäckerei",
        "Brot",
        "Junior",
        "Bäcker/in",
        "Kneten (Grundkenntnisse), Backen (Experte)",
        "32.500,00",
        "EUR",
        "01.07.2025",
    ]
    source = make_csv([header, row], ";")
    text = suggest_map(read_workbook(source))
    found = read_table(read_workbook(source), parse_map(text), CodeBook(), {})
    assert found.problems == ()
    (profile,) = found.intake.focuses[0].profiles
    assert profile.pay is not None
    assert (str(profile.pay.median), profile.pay.effective, profile.job_code) == (
        "32500.00",
        "2025-07-01",
        "0100",
    )
    assert [skill.label for skill in found.intake.skills] == ["Backen", "Kneten"]


SKILLS = ["Job Code", "Title", "Kneading", "Shaping", "Recipes"]


def suggest_matrix(*rows: list[Any], header: list[str] = SKILLS, more: tuple[str, ...] = ()) -> str:
    """The proposal for a sheet of jobs and one of skills, whose rows hold what stands below the skills."""
    numbers = range(1, len(rows) + 1)
    jobs = [[*HEADER, *more], *(["A", "B", f"P{n}", f"x{n}", f"J{n}", *("0" for _ in more)] for n in numbers)]
    skills = [header, *([f"J{n}", f"x{n}", *row] for n, row in enumerate(rows, 1))]
    return suggest_map(read_workbook(make_xlsx({"Jobs": jobs, "Skills": skills})))


ZEROS = ([1, 0, 1], [2, 1, 2], [3, 2, 3], [0, 4, 4])


def test_zero_in_a_matrix_of_numbers_asks_for_nothing() -> None:
    text = suggest_matrix(*ZEROS)
    assert "proficiencies: [1, 2, 3, 4]\n" in text
    assert (
        "# unsure: 0 in the matrix of Skills means that a skill is not asked for; if it is\n"
        "# a step of the scale, take it out here and put it first under proficiencies\nempty: [0]\n"
    ) in text
    assert "too, which is then empty" not in text


def test_zero_of_other_columns_is_told_beside_that_of_a_matrix() -> None:
    assert "# 0 stands in Jobs!F2 too, which is then empty as well\nempty: [0]\n" in suggest_matrix(
        *ZEROS, more=("Grade",)
    )


def test_zero_that_is_a_step_of_another_sheet_is_one() -> None:
    text = suggest_matrix(*ZEROS, more=("Skill", "Proficiency"))
    assert "proficiencies: [0, 1, 2, 3, 4]\n" in text
    assert "empty:" not in text


def test_zeros_and_ones_are_marks() -> None:
    text = suggest_matrix([1, 0, 1], [1, 1, 0])
    assert "    matrix: {from: Kneading, to: Recipes, cells: mark}\n" in text
    assert "proficiencies" not in text.replace("first under proficiencies", "")
    assert parse_map(text).rules.empty == ("0",)


def test_zero_that_a_mapping_lists_as_a_step_is_one() -> None:
    source = make_csv([[*HEADER, *SKILLS[2:]], ["A", "B", "P1", "x", "J1", "0", "1", "2"]])
    mapping = suggest_map(read_workbook(source))
    mapping = mapping.replace("proficiencies: [1", "proficiencies: [0, 1").replace("empty: [0]", "")
    found = read_table(read_workbook(source), parse_map(mapping), CodeBook(), {})
    assert found.problems == ()
    assert [use.find_proficiency("P1") for use in found.intake.focuses[0].skills] == ["0", "1", "2"]


def test_numbered_words_of_a_matrix_are_steps() -> None:
    text = suggest_matrix(
        ["1 - Basic", None, "0 - None"], ["2 - Good", "1 - Basic", "1 - Basic"], ["3 - Expert"] * 3
    )
    assert "    matrix: {from: Kneading, to: Recipes}\n" in text
    assert 'proficiencies: {"1 - Basic": Basic, "2 - Good": Good, "3 - Expert": Expert}\n' in text
    rules = parse_map(text).rules
    assert [step.label for step in rules.proficiencies] == ["Basic", "Good", "Expert"]
    assert rules.empty == ("0 - None",)


@pytest.mark.parametrize(
    ("header", "rows", "steps", "line"),
    [
        (SKILLS[:4], [[1, 2], [2, 3], [4, 4]], "proficiencies: [1, 2, 3, 4].", "matrix: {columns: [Kneading, Shaping]}"),
        (SKILLS, [[1, 2, 2], [2, 3, 2], [3, 3, 2.5]], "proficiencies: [1, 2, 2.5, 3].", "matrix: {from: Kneading, to: Recipes}"),
        (SKILLS, [["B", "", "B"], ["W", "B", "W"], ["E", "W", "E"]], "proficiencies: [B, E, W] (put into their order).", "matrix: {from: Kneading, to: Recipes}"),
        (SKILLS[:4], [["x", ""], ["x", "x"]], "(its cells are marks).", "matrix: {columns: [Kneading, Shaping], cells: mark}"),
        (SKILLS[:4], [[0, 2], [2, 3]], 'proficiencies: [2, 3], and empty: ["0"] where that asks for nothing.', "matrix: {columns: [Kneading, Shaping]}"),
    ],
)  # fmt: skip
def test_unused_columns_that_may_be_a_matrix_are_told(
    header: list[str], rows: list[list[Any]], steps: str, line: str
) -> None:
    text = suggest_matrix(*rows, header=header)
    names = ", ".join(header[2:])
    assert f"    # unsure: columns of few short texts, which are not used: [{names}].\n" in text
    assert f" {steps}\n    # {line}\n" in text
    assert [sheet.matrix for sheet in parse_map(text).rules.sheets] == [None, None]
    taken = text.replace(f"    # {line}", f"    {line}")
    assert parse_map(taken + 'proficiencies: ["1", "2"]\n').rules.sheets[1].matrix is not None


def test_unused_columns_of_other_texts_are_no_matrix() -> None:
    rows = [["red", "a long text about it", 1], ["blue", "another one about that", 2], ["red", "", 3]]
    assert "matrix" not in suggest_matrix(*rows, header=[*SKILLS[:2], "Colour", "Remark", "Order"])
    remark = "more words than a step has"
    assert "matrix" not in suggest_matrix(*[[remark, remark]] * 4, header=[*SKILLS[:2], "Note", "Remark"])
