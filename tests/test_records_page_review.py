"""The scores of a review as lists and tables, and a level that stands on one line with the code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from page_checks import BAKERY, HARBOUR_HTML, find_problems, list_notes, read, refuse
from pages import find_line, replace_line

SCORES = (("Level differentiation", "4.0"), ("Focus specificity", "4.5"), ("Real-world coverage", "5"))
REVIEW = [(slug, Decimal(value)) for slug, value in (
    ("focus-specificity", "4.5"), ("level-differentiation", "4.0"), ("real-world-coverage", "5"),
)]  # fmt: skip
COUNT = "<details><summary>2 sources</summary></details>"
CODE = "HARBOR2.BERTHPLA00FE.P2"


def set_review(inner: str, count: str = COUNT) -> str:
    """The page of the harbour with a review; all of it is on one line."""
    return HARBOUR_HTML.replace("<h2>Level &mdash;", f"<h2>Provenance</h2>{inner}{count}\n<h2>Level &mdash;")


def write_scores(item: str, around: str = "<ul>{}</ul>") -> str:
    return around.format("".join(item.format(name, value) for name, value in SCORES))


def find_review(page: str) -> tuple[list[tuple[str, Decimal]], list[str], int | None]:
    profile = next(p for p in read(page).focuses[0].profiles if p.source_count is not None or p.review)
    scores = sorted((score.dimension, score.value) for score in profile.review)
    return scores, [source.text for source in profile.sources], profile.source_count


# Lists and tables of scores

ITEMS = (
    "<li><span>{}</span><span>{}</span></li>", "<li>{} <b>{}</b></li>", "<li>{}{}</li>", "<li>{}: {}",
    "<li>{} — {}</li>", "<li><div>{}</div><div>{}</div></li>", "<p>• {} {}</p>", "<li><b>{}</b>\n<i> {} </i></li>",
)  # fmt: skip


@pytest.mark.parametrize("item", ITEMS)
def test_items_before_the_count_that_are_scores_are_no_sources(item: str) -> None:
    page = set_review(write_scores(item))
    assert find_review(page) == (REVIEW, [], 2)
    assert "page-sources-differ" not in [rule for rule, _ in list_notes(read(page))]


@pytest.mark.parametrize("header", ["", "<tr><th>Dimension</th><th>Score</th></tr>"])
@pytest.mark.parametrize("row", ["<tr><th>{}</th><td>{}</td></tr>", "<tr><td><b>{}</b><td> <p>{}</p>"])
def test_a_table_of_two_columns_before_the_count_holds_scores(header: str, row: str) -> None:
    page = set_review(write_scores(row, f"<table>{header}{{}}</table>"))
    assert find_review(page) == (REVIEW, [], 2)


def test_scores_of_a_text_may_stand_in_items_in_cells_and_in_a_table() -> None:
    for item in ("- {}{}\n", "- {} {}\n", "{}\t{}\n", "- {}\t{}\n", "| {} | {} |\n"):
        scores = write_scores(item, "{}").rstrip("\n").split("\n")
        page = replace_line(BAKERY, "Level differentiation4.0", *scores)
        assert read(page).focuses == read(BAKERY).focuses


def test_a_dimension_with_a_digit_keeps_it_in_a_cell_of_its_own() -> None:
    for inner in (
        "<table><tr><td>Top 3 duties</td><td>4.5</td></tr></table>",
        "<ul><li><span>Top 3 duties</span><span>4.5</span></li></ul>",
    ):
        assert find_review(set_review(inner)) == ([("top-3-duties", Decimal("4.5"))], [], 2)


def test_items_behind_the_count_are_sources_whatever_they_end_with() -> None:
    sources = "<ul><li>Handbook of quays 4</li><li>Harbour charter 1.5</li></ul>"
    page = set_review(write_scores(ITEMS[0]), COUNT + sources)
    assert find_review(page) == (REVIEW, ["Handbook of quays 4", "Harbour charter 1.5"], 2)


def test_items_before_the_count_that_are_no_scores_are_sources() -> None:
    names = ["Handbook of quays, edition 2", "ISO 28000", "Talks with pilots", "5 days at the quay"]
    page = set_review("<ul>" + "".join(f"<li>{name}</li>" for name in names) + "</ul>", "<p>4 sources</p>")
    assert find_review(page) == ([], names, 4)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("<li>Concreteness</li>", "in 'Concreteness' a dimension has no score"),
        ("<li>Concreteness 4,5</li>", "'Concreteness 4,5' is no dimension with a score behind it"),
        ("<li>Concreteness (4.5/5)</li>", "'Concreteness (4.5/5)' is no dimension"),
        ("<li><span>4.5</span><span>Concreteness</span></li>", "'4.5Concreteness' is no dimension"),
        ("<li>4.5</li>", "'4.5' is no dimension"),
        ("<li>Focus specificity 3.0</li>", "two scores for 'Focus specificity'"),
        ("<li>Sources <b>4</b></li>", "'Sources 4' is no score"),
    ],
)
def test_an_item_that_may_be_a_score_is_no_source(item: str, message: str) -> None:
    page = set_review(write_scores(ITEMS[0], "<ul>{}" + item + "</ul>"))
    (problem,) = find_problems(page)
    assert problem.rule == "page-scores"
    assert message in problem.message


def test_items_that_may_be_scores_need_the_count() -> None:
    page = set_review(write_scores(ITEMS[0]), "")
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-scores",
        find_line(page, "<h2>Provenance"),
    )
    assert "whether 'Level differentiation4.0' is a score or a source is not known" in problem.message
    cut = page[: page.index("<h2>Level &mdash;")].replace("</li>", "</li>\n")
    assert [rule for rule, _ in refuse(cut)] == ["page-truncated"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("<tr><td>Concreteness</td><td></td></tr>", "page-scores"),
        ("<tr><td>Sources</td><td>4</td></tr>", "page-scores"),
        ("<tr><td>Concreteness</td><td>high</td></tr>", "page-table"),
        ("<tr><td>4.5</td><td>Concreteness</td></tr>", "page-table"),
        ("<tr><td>Concreteness</td><td>4.5</td><td>good</td></tr>", "page-table"),
    ],
)
def test_a_row_that_is_no_score_is_refused(row: str, rule: str) -> None:
    for around in ("<table>{}" + row + "</table>", "<table>" + row + "{}</table>"):
        scores = write_scores("<tr><td>{}</td><td>{}</td></tr>", around)
        assert [found for found, _ in refuse(set_review(scores))] == [rule]


def test_a_table_behind_the_count_is_refused() -> None:
    table = "<table><tr><td>Handbook of quays</td><td>4.5</td></tr></table>"
    assert [rule for rule, _ in refuse(set_review(write_scores(ITEMS[0]), COUNT + table))] == ["page-table"]


# The level and the code on one line

TOP = f"<p><code>{CODE}</code></p>"


@pytest.mark.parametrize(
    "top",
    [
        f"<div>P2{CODE}</div>{TOP}", f"{TOP}<div>P2{CODE}</div>", f"<div>P2 {CODE}</div>",
        f"<div><span class='badge'>P2</span><code>{CODE}</code></div>{TOP}",
        f"<div><span class='badge'>P2</span><code>{CODE}</code></div>",
    ],
)  # fmt: skip
def test_a_level_and_a_code_on_one_line_are_parted(top: str) -> None:
    page = HARBOUR_HTML.replace(TOP, top)
    assert page != HARBOUR_HTML
    assert read(page).focuses == read(HARBOUR_HTML).focuses
    assert list_notes(read(page)) == list_notes(read(HARBOUR_HTML))


def test_a_level_is_parted_from_the_code_in_a_text() -> None:
    page = BAKERY.replace("M2\nBAKERY.SOURDOUG7C21.M2\n", "M2BAKERY.SOURDOUG7C21.M2\n", 1)
    assert page != BAKERY
    assert read(page).focuses == read(BAKERY).focuses


@pytest.mark.parametrize("glued", [f"P3{CODE}", f"P2X{CODE}"])
def test_another_level_or_code_before_the_code_is_a_second_code(glued: str) -> None:
    (problem,) = find_problems(HARBOUR_HTML.replace(TOP, f"<p>{glued}</p>{TOP}"))
    assert problem.rule == "page-code"
    assert "two codes" in problem.message


def test_a_level_that_is_not_the_one_of_the_code_beside_it_is_refused() -> None:
    page = HARBOUR_HTML.replace(TOP, f"<p><b>P3</b><code>{CODE}</code></p>")
    (problem,) = find_problems(page)
    assert problem.message == "the page names the level P3 and a profile of P2"


def test_a_code_that_begins_like_a_level_stays_whole() -> None:
    page = HARBOUR_HTML.replace(CODE, f"P2{CODE}")
    assert [focus.code for focus in read(page).focuses] == [f"P2{CODE[:-3]}"]


def test_codes_of_adjacent_roles_are_not_parted() -> None:
    other = "P2 HARBOR2.YARDPLAN00AA.P2"
    page = HARBOUR_HTML.replace("<h2>Title", f"<h2>Adjacent roles</h2><p>{other}</p>\n<h2>Title")
    assert any(note.message.startswith("1 line was left out") for note in read(page).notes)
