"""Names and descriptions of skills: paired where it is certain, and no other text becomes a skill."""

from __future__ import annotations

import pytest

from page_checks import BAKERY, HARBOUR, HARBOUR_HTML, find_problems, list_notes, read, refuse
from pages import find_line, replace_line

NAMES = ("Tide reckoning", "Berth charting (PORTIS)")
PAIRS = (
    (NAMES[0], "Telling from tables and gauges how deep the water is at a quay in three days."),
    (NAMES[1], "Keeping the chart of ships, quays and times in the port's own system."),
)
TERM = f"<dt>{NAMES[0]}</dt><dd>{PAIRS[0][1]}</dd>"


def set_skills(*lines: str) -> str:
    """The page of the harbour with other lines for its two skills."""
    start, end = HARBOUR.index("- Tide reckoning"), HARBOUR.index("Provenance")
    return HARBOUR[:start] + "".join(f"{line}\n" for line in lines) + HARBOUR[end:]


def list_skills(page: str) -> tuple[tuple[str | None, str | None], ...]:
    (focus,) = read(page).focuses
    return tuple((use.label, use.description) for use in focus.skills)


def test_a_name_that_is_a_sentence_is_refused() -> None:
    long = "Reading tables, gauges, forecasts and logs so that the depth of water at a quay is known"
    page = replace_line(HARBOUR, "- Tide reckoning", f"- {long}")
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-skills",
        find_line(page, f"- {long}"),
    )
    assert "more than 80 characters" in problem.message
    page = replace_line(HARBOUR, "- Berth charting", "- Keeping charts.")
    assert refuse(page) == [("page-skills", find_line(page, "- Keeping charts."))]


def test_a_description_that_looks_like_a_name_is_refused() -> None:
    page = replace_line(BAKERY, "Running ovens so", "Steam and heat")
    (problem,) = find_problems(page)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-skills",
        find_line(page, "Steam and heat"),
    )
    assert "without a full stop, unlike the others" in problem.message


def test_descriptions_that_all_lack_a_full_stop_are_read() -> None:
    page = set_skills(*(f"- {text.rstrip('.')}" for pair in PAIRS for text in pair))
    assert list_skills(page) == tuple((name, text.rstrip(".")) for name, text in PAIRS)


@pytest.mark.parametrize("stop", [".", ""])
@pytest.mark.parametrize("mark", ["- {}: {}", "- **{}**: {}"])
def test_a_name_with_its_description_behind_a_colon_is_read(mark: str, stop: str) -> None:
    pairs = [(name, text.rstrip(".") + stop) for name, text in PAIRS]
    assert list_skills(set_skills(*(mark.format(*pair) for pair in pairs))) == tuple(pairs)


def test_colons_in_names_and_descriptions_that_stand_by_turns_stay() -> None:
    lines = ("- Baking: rye", "- One thing: heat.", "- Baking: wheat", "- Another thing: steam.")
    assert list_skills(set_skills(*lines)) == (
        ("Baking: rye", "One thing: heat."), ("Baking: wheat", "Another thing: steam."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "item",
    [
        "<li><span>{}</span><span>{}</span></li>",
        "<li><strong>{}</strong> {}</li>",
        "<li><b>{}</b>: {}</li>",
        "<li><a href='#'><b>{}</b> <i>{}</i></a></li>",
        "<div><span>{}</span>\n  <span>{}</span></div>",
        "<dt>{}</dt><dd>{}</dd>",
        "<h3>{}</h3><p>{}</p>",
        "<li>{}<br>{}</li>",
        "<li><p>{}</p><p>{}</p></li>",
    ],
)
def test_elements_of_html_keep_name_and_description_apart(item: str) -> None:
    assert HARBOUR_HTML.count(TERM) == 1
    page = HARBOUR_HTML.replace(TERM, "".join(item.format(*pair) for pair in PAIRS))
    assert list_skills(page) == PAIRS


def test_emphasis_inside_a_name_or_description_parts_nothing() -> None:
    items = "".join(f"<li>{name}</li><li><b>{text[:7]}</b>{text[7:]}</li>" for name, text in PAIRS)
    assert list_skills(HARBOUR_HTML.replace(TERM, items)) == PAIRS


@pytest.mark.parametrize("rank", ["#", "##", "######"])
def test_an_unknown_heading_of_markdown_begins_a_section_that_is_noted(rank: str) -> None:
    page = HARBOUR.replace(
        "Provenance\n", f"{rank} Working conditions\nWind, rain and night shifts.\nProvenance\n"
    )
    intake = read(page)
    assert intake.focuses == read(HARBOUR).focuses
    assert list_notes(intake) == [("page-line-unknown", find_line(page, f"{rank} Working"))]
    assert "2 lines" in intake.notes[0].message


def test_an_unknown_heading_of_html_begins_a_section_that_is_noted() -> None:
    page = HARBOUR_HTML.replace(
        "</dl>\n<h2>Level", "</dl>\n<h2>Working conditions</h2>\n<p>Wind.</p>\n<h2>Level"
    )
    assert page != HARBOUR_HTML
    intake = read(page)
    assert intake.focuses == read(HARBOUR_HTML).focuses
    assert ("page-line-unknown", find_line(page, "<h2>Working")) in list_notes(intake)


def test_a_paragraph_behind_the_skills_of_html_does_not_become_one() -> None:
    page = HARBOUR_HTML.replace("</dl>\n<h2>Level", "</dl>\n<p>Working conditions</p><p>Wind.</p>\n<h2>Level")
    assert refuse(page) == [("page-skills", find_line(page, "<p>Working"))]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (HARBOUR, "Working conditions\nWind, rain and night shifts.\n"),
        (BAKERY, "Working conditions\n\nHeat and night shifts.\n\n"),
        (BAKERY, "Working conditions\nHeat and night shifts.\n\n"),
        (BAKERY.replace("\n", "\n\n"), "\n\nWorking conditions\n\nHeat and night shifts.\n\n"),
        (BAKERY.replace("\n", "\r\n"), "\r\nWorking conditions\r\n\r\nHeat and night shifts.\r\n"),
    ],
)
def test_an_unknown_heading_of_a_text_does_not_become_a_skill(page: str, text: str) -> None:
    changed = page.replace("Provenance", f"{text}Provenance", 1)
    (problem,) = find_problems(changed)
    assert problem.rule == "page-skills"
    assert "'Working conditions'" in problem.message
    assert problem.place is not None
    assert problem.place.line == next(
        i for i, line in enumerate(changed.splitlines(), 1) if line == "Working conditions"
    )


def test_the_remedy_for_a_line_that_is_no_skill_works() -> None:
    page = BAKERY.replace("Provenance", "# Working conditions\n\nHeat and night shifts.\n\nProvenance")
    assert read(page).focuses == read(BAKERY).focuses
