"""HTML and Markdown as tools write them: minified, with hidden parts, tables without rows, code and escapes."""

from __future__ import annotations

import html
import re

import pytest

from page_checks import HARBOUR, HARBOUR_HTML, find_problems, read
from pages import COLUMNS, find_line


def minify(page: str) -> str:
    """The page on one line, as tools write it."""
    page = re.sub(r">\s+<(?=[/a-z])", "><", page)
    return re.sub(r"\s*\n\s*", " ", page)


@pytest.mark.parametrize("doctype", [True, False])
def test_a_minified_page_is_read_like_any_other(doctype: bool) -> None:
    page = minify(HARBOUR_HTML)
    page = page if doctype else page[page.index("<main>") : page.index("</main>")]
    assert "\n" not in page
    intake = read(page)
    assert intake.focuses == read(HARBOUR_HTML).focuses
    assert {place.line for place in intake.places.values()} == {1}


@pytest.mark.parametrize(
    "hidden",
    [
        "<span hidden>secret <span>and</span> more</span>",
        '<span aria-hidden="true">secret</span>',
        '<div style="color: red; DISPLAY : none">secret<div>more</div></div>',
        "<p style='visibility:hidden'>secret</p>",
        "<template><li>secret</li></template>",
        "<!-- <li>secret</li> -->",
        "<img hidden>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    for at in ("over 200&nbsp;m", "<dl>\n<dt>Scope", "</main>"):
        assert HARBOUR_HTML.count(at) == 1
        page = HARBOUR_HTML.replace(at, f"{hidden}{at}" if at.startswith("<") else f"{at}{hidden}")
        intake = read(page)
        assert intake.focuses == read(HARBOUR_HTML).focuses
        assert intake.levels == read(HARBOUR_HTML).levels
        assert len(intake.notes) == len(read(HARBOUR_HTML).notes)


def test_a_hidden_item_without_its_end_hides_no_other() -> None:
    page = HARBOUR_HTML.replace("<li>Proposes", "<li hidden>secret\n<li>Proposes")
    page = page.replace("a crane stands still\n</ul>", "a crane stands still\n<li hidden>secret\n</ul>")
    assert page.count("secret") == 2
    assert read(page).focuses == read(HARBOUR_HTML).focuses


def test_a_hidden_item_hides_all_that_is_in_it() -> None:
    for inner in ("<div>secret</div>secret", "<ul><li>secret</ul>secret", "<ul><li>secret</li></ul>secret"):
        page = HARBOUR_HTML.replace("<li>Proposes", f"<li hidden>{inner}</li>\n<li>Proposes")
        assert page != HARBOUR_HTML
        assert read(page).focuses == read(HARBOUR_HTML).focuses


@pytest.mark.parametrize("attribute", ['aria-hidden="false"', 'style="display: block"', 'class="hidden-xs"'])
def test_what_is_shown_is_read(attribute: str) -> None:
    page = HARBOUR_HTML.replace("<em>morning", f"<em {attribute}>morning")
    assert read(page).focuses == read(HARBOUR_HTML).focuses


@pytest.mark.parametrize(
    "cell", ["<b>P1</b> <i>Trainee I</i>", "<b>P1</b><i>Trainee I</i>", "P1 — Trainee", "P1 (Trainee)", "<p>P1</p><p>Trainee</p>"]
)  # fmt: skip
def test_a_level_may_have_its_name_in_its_cell(cell: str) -> None:
    page = HARBOUR_HTML.replace("<td>P1</td>", f"<td>{cell}</td>")
    assert page != HARBOUR_HTML
    assert read(page).focuses == read(HARBOUR_HTML).focuses


def list_rows() -> list[list[str]]:
    lines = [line for line in HARBOUR.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def set_guideline(text: str) -> str:
    start, end = HARBOUR.index("| Level |"), HARBOUR.index("Skills\n")
    return HARBOUR[:start] + text + HARBOUR[end:]


def test_a_guideline_may_have_one_cell_to_a_line() -> None:
    rows = list_rows()
    assert rows[0] == list(COLUMNS)
    page = set_guideline("".join(f"{cell}\n" for row in rows for cell in row))
    assert read(page).focuses == read(HARBOUR).focuses


def test_a_guideline_may_be_made_of_blocks() -> None:
    source = HARBOUR_HTML
    start, end = source.index("<table>"), source.index("</table>") + 8
    cells = (
        (*COLUMNS,),
        ("P1", "Knows the quays and the chart.", "Solves what the handbook foresees.",
         "Works with agents; asks the shift lead.", "0–1 years; a diploma in shipping."),
    )  # fmt: skip
    rows = "".join(
        f"<div class='row'>{''.join(f'<div>{html.escape(cell)}</div>' for cell in row)}</div>"
        for row in cells
    )
    (focus,) = read(source[:start] + rows + source[end:]).focuses
    assert focus.profiles[0] == read(source).focuses[0].profiles[0]


def test_cells_on_lines_that_do_not_make_groups_of_five_are_refused() -> None:
    cells = [cell for row in list_rows() for cell in row]
    lost = set_guideline("".join(f"{cell}\n" for cell in cells if cell != "Weighs delays against fees."))
    (problem,) = find_problems(lost)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-guideline-row",
        find_line(lost, "P2"),
    )
    assert problem.message.startswith("the row of P2 has 3 cells where four are expected")
    bare = set_guideline("".join(f"{cell}\n" for cell in cells if cell != "Complexity & Problem Solving"))
    (problem,) = find_problems(bare)
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-guideline",
        find_line(bare, "Level", 1),
    )
    assert "its whole header, but with 'Level', 'Knowledge & Application', 'Collaboration" in problem.message
    assert "Complexity & Problem Solving" in problem.remedy


# Markdown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("HARBOR2.BERTHPLA00FE.P2", "`HARBOR2.BERTHPLA00FE.P2`"),
        ("HARBOR2.BERTHPLA00FE.P2", "**`HARBOR2.BERTHPLA00FE.P2`**"),
        ("Berth charting (PORTIS)", r"Berth charting \(PORTIS\)"),
        ("5+ years (BA)", r"5\+ years \(BA\)"),
        ("Enters arrivals", "*Enters* _arrivals_"),
        ("Enters arrivals", "***Enters*** __arrivals__"),
        ("Enters arrivals", "**Enters arrivals**"),
        ("the berth chart", "the `berth chart`"),
        ("Skills\n", "###### Skills\n"),
        ("O*NET / SOC", "#### O\\*NET / SOC"),
        ("Provenance\n", "# Provenance #\n"),
        ("- Proposes berths", "+ Proposes berths"),
    ],
)
def test_marks_of_markdown_are_taken_for_what_they_mean(old: str, new: str) -> None:
    page = HARBOUR.replace(old, new, 1)
    assert page != HARBOUR
    intake = read(page)
    assert intake.focuses == read(HARBOUR).focuses
    assert intake.notes == ()


@pytest.mark.parametrize(
    "text", ["snake_case_names", "O*NET and O*NET", "5 * 3 * 2", "a * b", "_ and _", "2*3*4", "`", "an *open one", "C:\\folder"]
)  # fmt: skip
def test_marks_inside_words_or_alone_stay(text: str) -> None:
    page = HARBOUR.replace("Enters arrivals", f"Enters {text} arrivals")
    (focus,) = read(page).focuses
    assert focus.profiles[0].responsibilities[0].text.startswith(f"Enters {text} arrivals")


def test_an_escaped_mark_is_no_mark() -> None:
    page = HARBOUR.replace("Enters arrivals", r"Enters \*all\* \_arrivals\_ \[here\](/x)")
    (focus,) = read(page).focuses
    assert focus.profiles[0].responsibilities[0].text.startswith("Enters *all* _arrivals_ [here](/x)")
