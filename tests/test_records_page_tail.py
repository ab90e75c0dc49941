"""The end of a page and its single lines: what is cut short, odd or missing there is refused or noted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from page_checks import BAKERY, HARBOUR, HARBOUR_HTML, find_problems, list_notes, read, refuse
from pages import find_line, replace_line

CODE = "code=53-6051source=quay-map.resolve"
BADGES = "M2M2 — Shift Bakermedium0.75in-reviewemeav2.1"


# The last section


@pytest.mark.parametrize(
    "end",
    ["", "O*NET / SO", "O*NET / SOC", "O*NET / SOC\n-", "O*NET / SOC\n- cod", "- code=", "- code=53-60", "- code=53-6051",
     "- code=53-6051sour", "- code=53-6051source", "- code=53-6051source=", "No classification"],
)  # fmt: skip
@pytest.mark.parametrize("page", [HARBOUR, BAKERY])
def test_a_page_that_ends_inside_its_last_section_is_refused(page: str, end: str) -> None:
    part = page[: page.index("O*NET / SOC")] + end
    (problem,) = find_problems(part)
    assert problem.rule == "page-truncated"
    assert problem.place is not None
    assert problem.place.line == max(i for i, line in enumerate(part.split("\n"), 1) if line.strip())
    assert "if it has no mappings" in problem.remedy


@pytest.mark.parametrize("sentence", ["No classification mappings yet.", "- No mappings recorded."])
def test_a_page_may_say_that_it_has_no_mappings(sentence: str) -> None:
    page = HARBOUR[: HARBOUR.index("O*NET / SOC")] + sentence
    assert read(page).focuses[0].profiles[1].mappings == ()
    assert read(page).notes == ()


def test_experience_without_its_years_is_refused() -> None:
    page = HARBOUR.replace("- 1–3 yrs\n", "")
    assert refuse(page) == [("page-level-field", find_line(page, "- Typical experience"))]


def test_a_minified_page_that_breaks_off_is_refused() -> None:
    page = HARBOUR_HTML.replace("\n", " ")
    for end in (
        "<h2>Level &mdash;",
        "<h2>Title",
        "<h2>Class",
        "<h4>O*NET",
        "<ul><li><span>code=",
        "<span>source=",
    ):
        assert [rule for rule, _ in refuse(page[: page.index(end)])] == ["page-truncated"]


# Mappings


def test_a_mapping_may_have_its_confidence() -> None:
    (focus,) = read(HARBOUR.replace(CODE, f"{CODE}confidence=0.8")).focuses
    (mapping,) = focus.profiles[1].mappings
    assert (mapping.tool, mapping.confidence) == ("quay-map.resolve", Decimal("0.8"))


@pytest.mark.parametrize(
    "more", [" · rank=2", "confidence=high", "confidence=1.5", "confidence=", "code=11-1011source=b"]
)
def test_a_mapping_with_anything_else_is_refused(more: str) -> None:
    page = HARBOUR.replace(CODE, CODE + more)
    assert [line for _, line in refuse(page)] == [find_line(page, "- code=")]


def test_a_code_and_its_source_may_stand_below_each_other() -> None:
    page = HARBOUR.replace("- code=53-6051source", "code=53-6051\nsource")
    assert read(page).focuses == read(HARBOUR).focuses


# Badges


@pytest.mark.parametrize(
    "badges",
    [
        BADGES.replace("in-review", "??"),
        BADGES.replace("0.75in-review", "0.75??"),
        BADGES.replace("emea", "??emea"),
        BADGES.replace("medium", "medium??"),
        BADGES.replace("0.75in-reviewemeav2.1", "0.75 ?? emea v2.1"),
    ],
)
def test_odd_badges_are_refused(badges: str) -> None:
    page = BAKERY.replace(BADGES, badges)
    assert page != BAKERY
    assert refuse(page) == [("page-badges", find_line(page, "M2M2"))]


def test_badges_of_another_level_are_refused() -> None:
    page = BAKERY.replace(BADGES, BADGES.replace("M2", "M3"))
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == ("page-badges", find_line(page, "M3M3"))
    assert "are those of M3, and the page is one of M2" in problem.message


# The review


@pytest.mark.parametrize(
    ("scores", "dimension"),
    [
        ("Level differentiation4.0Focus specificityReal-world coverage5", "'Focus specificity' has no score"),
        (
            "Level differentiationFocus specificity4.5Real-world coverage5",
            "'Level differentiation' has no score",
        ),
        ("Level differentiation4.0Focus specificity4.5Real-world coverage", "a dimension has no score"),
        (
            "Level differentiation4.0\nFocus specificity\nReal-world coverage5",
            "'Focus specificity' a dimension",
        ),
    ],
)
def test_a_dimension_without_its_score_is_refused(scores: str, dimension: str) -> None:
    page = replace_line(BAKERY, "Level differentiation4.0", *scores.split("\n"))
    (problem,) = find_problems(page)
    assert problem.rule == "page-scores"
    assert dimension in problem.message


def test_a_score_may_stand_below_its_dimension() -> None:
    scores = "Level differentiation\n4.0\nFocus specificity\n4.5\nReal-world coverage\n5"
    page = replace_line(BAKERY, "Level differentiation4.0", *scores.split("\n"))
    assert read(page).focuses == read(BAKERY).focuses


def test_a_range_of_pay_may_stand_below_its_median() -> None:
    page = BAKERY.replace("$52.5k ($44k$61k)", "$52.5k\n(\n$44k\n$61k\n)")
    assert read(page).focuses == read(BAKERY).focuses


# Levels


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("\nM1\n", "\nM1this profile\n", "M1this"),
        ("\nM3\n", "\nM3 (this profile)\n", "M3 (this"),
        ("\nM3\n", "\nM3\nthis profile\n", "this profile"),
        ("\nM1Knows", "\nM1 this profileKnows", "M1 this"),
    ],
)
def test_another_level_is_not_this_profile(old: str, new: str, line: str) -> None:
    page = BAKERY.replace(old, new)
    assert page != BAKERY
    assert refuse(page) == [("page-this-profile", find_line(page, line))]
    moved = page.replace("M2this profile", "M2")
    assert refuse(moved) == [("page-this-profile", find_line(moved, line))]


def test_the_row_of_the_page_may_be_marked_too() -> None:
    assert (
        read(HARBOUR.replace("| P2 | Knows", "| P2 (this profile) | Knows")).focuses == read(HARBOUR).focuses
    )
    page = HARBOUR.replace("| P3 | Knows", "| P3 (this profile) | Knows")
    assert refuse(page) == [("page-this-profile", find_line(page, "| P3"))]


def test_a_level_with_responsibilities_and_no_row_is_noted() -> None:
    page = "\n".join(line for line in BAKERY.split("\n") if not line.startswith("M1Knows"))
    intake = read(page)
    assert list_notes(intake) == [("page-guideline-absent", find_line(page, "• Feeds"))]
    assert "no row for M1" in intake.notes[0].message


def test_empty_cells_of_a_row_are_noted_and_dashes_are_not() -> None:
    page = HARBOUR.replace("Weighs delays against fees.", "").replace(
        "2+ years, or a degree with little practice.", "—"
    )
    intake = read(page)
    guideline = intake.focuses[0].profiles[1].guideline
    assert guideline is not None
    assert (guideline.complexity, guideline.experience) == (None, None)
    assert list_notes(intake) == [("page-guideline-empty", find_line(page, "| P2"))]
    assert intake.notes[0].message == "the row of P2 has an empty cell: complexity"


def test_a_field_of_the_level_that_the_page_lacks_is_not_stated() -> None:
    page = HARBOUR.replace("- Autonomy\n- Plans alone, is reviewed weekly\n", "")
    intake = read(page)
    (level,) = intake.levels
    assert (level.autonomy, level.scope) == (None, "One terminal")
    assert ("level", "P2", "autonomy") not in intake.places
    assert intake.notes == ()


# Codes that are almost there


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("harbor2.berthpla00fe.p2", "write HARBOR2.BERTHPLA00FE.P2"),
        ("HARBOR2.BERTHPLA00FE", "write it with the level, such as HARBOR2.BERTHPLA00FE."),
        ("Code: HARBOR2.BERTHPLA00FE.P2", "put HARBOR2.BERTHPLA00FE.P2 on a line of its own"),
        ("HARBOR2.BERTHPLA00FE.P2 (draft)", "put HARBOR2.BERTHPLA00FE.P2 on a line of its own"),
    ],
)
def test_a_code_that_is_almost_right_is_named_with_its_line(code: str, remedy: str) -> None:
    page = HARBOUR.replace("HARBOR2.BERTHPLA00FE.P2", code)
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == ("page-code", 2)
    assert problem.remedy.startswith(remedy)


def test_the_level_of_a_code_without_one_is_taken_from_the_page() -> None:
    page = BAKERY.replace("BAKERY.SOURDOUG7C21.M2", "BAKERY.SOURDOUG7C21")
    (problem,) = find_problems(page)
    assert problem.remedy == "write it with the level, such as BAKERY.SOURDOUG7C21.M2"


def test_a_code_in_a_text_of_another_kind_is_no_near_miss() -> None:
    assert refuse("How to ask\nCode: HARBOR2.BERTHPLA00FE.P2\nSkills\nNone\n") == [("page-form-unknown", 1)]


# Several pages in one file


@pytest.mark.parametrize("page", [BAKERY, HARBOUR])
def test_a_page_that_is_in_the_file_twice_is_one_problem(page: str) -> None:
    twice = page.rstrip("\n") + "\n\n" + page
    (problem,) = find_problems(twice)
    line = len(page.rstrip("\n").split("\n")) + 2
    assert (problem.rule, problem.place and problem.place.line) == ("page-twice", line)
    assert problem.message == f"the page is in the file twice, from line {line} again"


def test_two_pages_in_one_file_are_one_problem_that_names_both() -> None:
    (problem,) = find_problems(BAKERY + HARBOUR)
    line = len(BAKERY.split("\n"))
    assert (problem.rule, problem.place and problem.place.line) == ("page-twice", line)
    assert "BAKERY.SOURDOUG7C21.M2 and, from line" in problem.message
    assert problem.message.endswith("HARBOR2.BERTHPLA00FE.P2")


# Notes


def test_adjacent_roles_are_counted_and_not_read() -> None:
    roles = "Yard Planning — P2\nHARBOR2.YARDPLAN00AA.P2\n0.12 confident\n"
    page = HARBOUR.replace("Title aliases", f"{roles}Title aliases", 1)
    intake = read(page)
    assert intake.focuses == read(HARBOUR).focuses
    assert list_notes(intake) == [("page-adjacent-skipped", find_line(page, "Yard Planning"))]
    assert intake.notes[0].message.startswith("3 lines were left out")
    table = roles.replace(
        "Yard Planning — P2\nHARBOR2.YARDPLAN00AA.P2\n0.12 confident", "| Role | Distance |\n| Yard | 0.1 |"
    )
    assert [
        rule for rule, _ in list_notes(read(HARBOUR.replace("Title aliases", f"{table}Title aliases", 1)))
    ] == ["page-adjacent-skipped"]


def test_lines_that_follow_one_another_are_noted_once() -> None:
    footer = "<footer><p>Printed</p><p>on a</p><p>Tuesday</p><p>in May</p></footer>"
    page = HARBOUR_HTML.replace("<footer>Printed on a Tuesday</footer>", footer)
    for one in (page, page.replace("\n", " ")):
        notes = [note for note in read(one).notes if note.rule == "page-line-unknown"]
        assert [note.message for note in notes] == [
            "4 lines are not understood and were left out, the first here: 'Printed', 'on a', 'Tuesday', ..."
        ]


def test_problems_of_all_parts_are_told_in_one_run() -> None:
    page = BAKERY.replace(BADGES, BADGES.replace("emea", "??")).replace("\nM1\n", "\nM1this profile\n")
    page = page.replace("Level — M2", "Level — M3").replace("R&D tasting", "Tasting with others.")
    page = page.replace("Feeds the starter", "Feeds\x08 the starter".replace("\x08", "&#x81;"))
    assert [rule for rule, _ in refuse(page)] == [
        "page-badges", "page-this-profile", "page-control", "page-skills", "page-code",
    ]  # fmt: skip


# Bytes


def test_the_likely_encoding_is_told() -> None:
    page = "Löwe, Bär und Möwe\n" * 3
    remedies = [
        find_problems(page.encode("latin-1"))[0].remedy,
        find_problems(page.replace(",", " –").encode("cp1252"))[0].remedy,
        find_problems("Львы и медведи\n".encode("koi8-r"))[0].remedy,
        find_problems(HARBOUR.encode("utf-16-le"))[0].remedy,
        find_problems(HARBOUR.encode("utf-16-be"))[0].message,
    ]
    assert remedies == [
        "save the page as UTF-8 (it may be in Latin-1)", "save the page as UTF-8 (it may be in Windows-1252)",
        "save the page as UTF-8", "save the page as UTF-8, or as UTF-16 with its mark",
        "the file is in UTF-16 without its mark",
    ]  # fmt: skip


def test_the_size_of_a_file_is_told_as_it_is() -> None:
    (problem,) = find_problems(b"x" * 20_000_000)
    assert problem.message == "the file has 20,000,000 bytes or more; a page has less"
