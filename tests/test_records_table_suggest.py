"""The proposal of a mapping: what it recognises, what it leaves open, and that it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.errors import InputError
from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.compose import read_source, read_table
from rolegraph.records.table.files import read_workbook
from rolegraph.records.table.guesses import HEADERS, guess_field
from rolegraph.records.table.schema import FIELDS
from rolegraph.records.table.sheets import Workbook
from rolegraph.records.table.suggest import suggest_map
from table_samples import FOLDER, make_csv, make_xlsx, parse_map

DDAT = Path(__file__).parents[2] / "shared" / "data" / "uk-ddat" / "roles.csv"


def suggest(source: tuple[str, bytes]) -> str:
    return suggest_map(read_workbook(source))


def test_proposal_for_a_plain_sheet_is_what_a_person_would_write() -> None:
    text = suggest_map(read_workbook(FOLDER / "bakery.csv"))
    text = text.replace("State: [not in use]", "State: [not in use]")
    rules = parse_map(
        text.replace('{currency: "?"}', "{currency: EUR}").replace('focus: "?"', "focus: Craft")
    ).rules
    columns = rules.sheets[0].columns
    assert (columns.function, columns.level, columns.title, columns.definition) == (
        ("Family",), ("Level",), ("Title",), ("Purpose",),
    )  # fmt: skip
    assert (columns.skill, columns.responsibility, columns.alias) == (
        ("Key skills",),
        ("Duties",),
        ("Also called",),
    )
    assert (columns.pay_low, columns.pay_median, columns.pay_high) == (("Min",), ("Median",), ("Max",))
    assert (columns.grade, columns.occupation) == (("Band",), ("SOC",))
    split = rules.sheets[0].split
    assert (split.skill, split.responsibility, split.alias) == (";", "line", ";")
    assert rules.sheets[0].skill_form == "name (proficiency)"


def test_proposal_says_what_it_does_not_know() -> None:
    text = suggest_map(read_workbook(FOLDER / "bakery.csv"))
    assert 'focus: "?"' in text
    assert "# not used: Craft, State\n" in text
    assert "# unsure: the currency of pay, as no column says it" in text
    with pytest.raises(InputError) as caught:
        parse_map(text)
    assert [problem.where for problem in caught.value.problems] == [
        "sheets.bakery.columns.focus",
        "sheets.bakery.constants.currency",
    ]


def test_open_places_are_refused_by_name() -> None:
    rows = [["Function", "Family", "Level", "Title"], ["A", "B", "Teal", "x"], ["A", "B", "Senior", "y"]]
    text = suggest(make_csv(rows))
    assert '    Teal: "?"\n' in text
    assert "    Senior: P4\n" in text
    with pytest.raises(InputError, match=r"levels.map.Teal: '\?' stands where a level is"):
        parse_map(text)


def test_proposal_reads_the_workbook_that_it_was_made_for() -> None:
    sheets = {
        "Job list": [
            ["Jobs of 2025"],
            ["Job Function", "Job Family", "Career Level", "Job Title", "Job Code"],
            ["Baking", "Bread", "P1", "Apprentice", "J1"],
            ["Baking", "Bread", "P3", "Baker", "J2"],
        ],
        "Skills": [
            ["Job Code", "Competency", "Proficiency"],
            ["J1", "Kneading", "Basic"],
            ["J2", "Kneading", "Advanced"],
        ],
        "Pay": [
            ["Job Code", "P25", "P50", "P75", "Currency", "Effective Date"],
            ["J1", 1, 2, 3, "EUR", "2025-01-01"],
        ],
        "Notes": [["Written by hand"], ["nothing else"]],
    }
    source = make_xlsx(sheets)
    text = suggest(source)
    table_map = parse_map(text)
    assert "    header: 2\n" in text
    assert [(sheet.name, sheet.join) for sheet in table_map.rules.sheets] == [
        ("Job list", ()), ("Skills", ("job_code",)), ("Pay", ("job_code",)),
    ]  # fmt: skip
    found = read_table(read_source(source, table_map), table_map, CodeBook(), {})
    assert found.problems == ()
    (focus,) = found.intake.focuses
    assert [p.title for p in focus.profiles] == ["Apprentice", "Baker"]
    assert focus.skills[0].find_proficiency("P3") == "advanced"
    assert focus.profiles[0].pay is not None
    assert focus.profiles[0].pay.effective == "2025-01-01"


def test_merged_headers_and_numbered_columns_are_recognised() -> None:
    def merge(book: object) -> None:
        book["R"].merge_cells("E1:F1")  # type: ignore[index]

    rows = [
        ["Function", "Focus", "Level", "Skill 1", "Pay", None, "Skill 2"],
        [None, None, None, None, "minimum", "maximum", None],
        ["A", "B", "P1", "x", 1, 2, "y"],
    ]
    text = suggest(make_xlsx({"R": rows}, merge))
    assert "    header: [1, 2]\n" in text
    assert "      skill: [Skill 1, Skill 2]\n" in text
    assert "      pay_low: Pay minimum\n" in text


def test_columns_with_one_header_go_by_letter() -> None:
    text = suggest(make_csv([["Function", "Focus", "Level", "Skill", "Skill"], ["A", "B", "P1", "x", "y"]]))
    assert "      skill: [D, E]\n" in text


def test_proposal_is_the_same_each_time() -> None:
    workbook = read_workbook(FOLDER / "bakery.csv")
    assert suggest_map(workbook) == suggest_map(workbook)


def test_every_guess_is_a_field() -> None:
    assert {field for field, _ in HEADERS} - {"family", "role"} == set(FIELDS) - {"skill_description"}


def test_no_header_is_claimed_twice() -> None:
    phrases = [phrase for _, texts in HEADERS for phrase in texts.split("|")]
    assert len(phrases) == len(set(phrases))
    assert all(
        guess_field(phrase) == (field, True) for field, texts in HEADERS for phrase in texts.split("|")
    )


def test_workbook_without_a_known_header_gives_an_empty_proposal() -> None:
    text = suggest_map(Workbook("a.csv", read_workbook(make_csv([["x", "y"], ["1", "2"]])).sheets))
    with pytest.raises(InputError):
        parse_map(text)


@pytest.mark.skipif(not DDAT.exists(), reason="the framework is not beside this checkout")
def test_proposal_for_the_public_framework_lacks_only_levels() -> None:
    text = suggest_map(read_workbook(DDAT))
    with pytest.raises(InputError) as caught:
        parse_map(text)
    assert {problem.where.split(".")[0] for problem in caught.value.problems} == {"levels"}
    for line in ("function: Role Family", "focus: Role", "skill_descriptor: Skill Level Description", "empty: [MISSING]",
                 "proficiencies: [Awareness, Working, Practitioner, Expert]", "Role Level: [NOT IN USE]"):  # fmt: skip
        assert line in text
