"""The page that compares roles in a real browser: its address, its columns, its rows, and what is wrong with a choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bakery import write_bakery
from browser import Site, run_site
from rolegraph import Architecture

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from browser import Visits

BIO, OPS, UP = "MANUFA.BIOPROCE4427.M3", "MANUFA.MANUFACTF950.M3", "PROCES.UPSTREAMDF5B.P1"
FOURTH = "MANUFA3.MANUFACT13A2.M2"
DRAWN = "() => !document.querySelector('[aria-busy=true]')"


RIGHT = "מנהל אופניים — مدير الورشة"
ROLES = f"""\
  P1: {{basis: implied, title: "Baker, senior"}}
  P3: {{basis: implied, title: "Baker, senior"}}
  M1: {{basis: implied, title: {RIGHT}, definition: {RIGHT}, aliases: [Oven lead], responsibilities: [{{text: {RIGHT}}}]}}
  M2: {{basis: implied, title: Old oven lead, retired: {{note: Closed., replaced_by: BAKE.BREAD.M1}}}}
"""


@pytest.fixture(scope="module")
def bakery_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with roles of one title, one that is written from the right, and one that is retired."""
    place: Path = tmp_path_factory.mktemp("bakery")
    given = "  P1: {basis: implied}\n  P3: {basis: implied}\n  M1: {basis: implied}\n"
    write_bakery(place / "data", bread=(given, ROLES))
    run_site("-o", place / "site", "--data", place / "data")
    return Site("bakery", (place / "site").as_uri() + "/", place / "site")


def open_page(visit: Visits, site: Site, query: str = "", **more: object) -> Page:
    page = visit(site, f"compare.html{query}", **more)  # type: ignore[arg-type]
    page.wait_for_function(DRAWN)
    return page


def read_heads(page: Page) -> list[str]:
    return page.locator("#sides thead .code").all_inner_texts()


def read_problems(page: Page) -> list[str]:
    return page.locator("#problems li").all_inner_texts()


def test_the_rows_in_the_page_are_those_of_the_command(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder, f"?keys={BIO},{OPS},{UP}")
    assert read_heads(page) == [BIO, OPS, UP]
    answer = Architecture().compare(BIO, OPS, UP)
    labels = page.locator("#sides tbody .row-name").all_inner_texts()
    assert labels == [row.row for row in answer.rows if row.row != "Title"]
    assert page.locator("#sides .section-name").all_inner_texts() == list(
        dict.fromkeys(row.section for row in answer.rows)
    )
    assert page.locator("#sides tr.same").count() == sum(row.same for row in answer.rows)
    distance = page.locator("#sides tr", has_text="structural@1").locator("td").nth(2)
    assert re.sub(r"\s+", " ", distance.inner_text()) == "0.6000 far no-match"
    assert page.locator("#command").inner_text() == f"rolegraph compare {BIO} {OPS} {UP}"
    assert page.title().endswith("Compare roles · rolegraph job architecture")


def test_only_differences_are_shown_on_wish_and_counted(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder, f"?keys={BIO},{OPS}")
    answer = Architecture().compare(BIO, OPS, differences=True)
    page.check("#differences")
    page.wait_for_function("() => location.search.endsWith('&differences=yes')")
    assert page.locator("#sides tr.same").count() == 0
    assert page.locator("#hidden-rows").inner_text().startswith(f"{answer.hidden} rows that are the same")
    assert page.locator("#command").inner_text().endswith("--differences")
    page.go_back()
    page.wait_for_function("() => !document.getElementById('differences').checked")
    assert page.locator("#sides tr.same").count() == answer.hidden


def test_columns_are_moved_taken_out_and_brought_back_by_the_keyboard(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder, f"?keys={BIO},{OPS},{UP}")
    page.locator("#sides [data-act=left][data-at='1']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => location.search === '?keys={OPS},{BIO},{UP}'")
    assert read_heads(page) == [OPS, BIO, UP]
    assert page.evaluate("document.activeElement.dataset.at") == "0"
    assert "now stands at place 1 of 3" in page.locator("#told").inner_text()
    page.locator("#sides [data-act=remove][data-at='2']").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => location.search === '?keys={OPS},{BIO}'")
    assert page.evaluate("document.activeElement.id") == "add"
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('#sides thead .code').length === 3")
    page.go_forward()
    page.wait_for_function("() => document.querySelectorAll('#sides thead .code').length === 2")
    assert read_heads(page) == [OPS, BIO]


def test_roles_are_found_and_added_until_four_stand_there(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder)
    assert "Find two to four" in page.locator("#told").inner_text()
    assert page.locator("#example a").is_visible()
    for number, code in enumerate((BIO, OPS, UP, FOURTH, "PROCES.UPSTREAMDF5B.P2"), 1):
        page.fill("#add", code)
        page.get_by_role("option").first.wait_for()
        page.press("#add", "ArrowDown")
        page.press("#add", "Enter")
        if number <= 4:
            page.wait_for_function(
                f"() => location.search.split(',').length === {number} && location.search.includes('{code}')"
            )
            page.wait_for_function(DRAWN)
    assert read_heads(page) == [BIO, OPS, UP, FOURTH]
    assert "Four roles stand side by side at most" in page.locator("#told").inner_text()


WRONG: tuple[tuple[str, list[str], list[str]], ...] = (
    ("?keys=", [], []),
    (f"?keys={BIO}", [], []),
    (f"?keys={BIO},NO.SUCH.P1", [], ["There is no role NO.SUCH.P1"]),
    (f"?keys={BIO.lower()},,{OPS},", [BIO, OPS], []),
    (f"?keys={BIO},{BIO},{OPS}", [BIO, OPS], ["is named more than once"]),
    (f"?keys={BIO},{OPS},{UP},{FOURTH},PROCES.UPSTREAMDF5B.P2", [BIO, OPS, UP, FOURTH], ["left out here: PROCES.UPSTREAMDF5B.P2"]),
    (f"?keys={BIO},{OPS}" + ",NO.SUCH" * 3000 + f",{BIO}" * 3000, [BIO, OPS], ["no role NO.SUCH", "more than once"]),
    ("?keys=" + ",".join(f"X.{n}" for n in range(3000)), [], [*(f"no role X.{n}" for n in range(5)), "and 2,995 more"]),
    ("?keys=%22%3E%3Cscript%3Ealert(1)%3C/script%3E,__proto__,..%2F..%2Fx", [], ["<script>", "__proto__", "../../x"]),
)  # fmt: skip
"""What an address asks for, the columns that there are, and a part of each thing that is told of it."""


def test_what_is_wrong_with_a_choice_is_told(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder)
    for query, heads, told in WRONG:
        page.goto(in_folder.find(f"compare.html{query}"))
        page.wait_for_function(DRAWN)
        assert read_heads(page) == heads, query
        problems = read_problems(page)
        assert len(problems) == len(told), query
        assert all(part in problem for part, problem in zip(told, problems, strict=True)), query


def test_two_roles_fill_a_phone_and_more_scroll_in_their_own_group(in_folder: Site, visit: Visits) -> None:
    page = open_page(visit, in_folder, f"?keys={BIO},{OPS},{UP}", window=(375, 700))
    box = page.locator("#sides").bounding_box()
    columns = [cell.bounding_box() for cell in page.locator("#sides th.column").all()]
    assert box is not None
    assert columns[1] is not None
    assert columns[1]["x"] + columns[1]["width"] <= box["x"] + box["width"] + 2
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert page.evaluate("document.getElementById('sides').scrollWidth") > 375
    page.evaluate("document.getElementById('sides').scrollTop = 900")
    head = page.locator("#sides thead").bounding_box()
    assert head is not None
    assert abs(head["y"] - box["y"]) < 4


def test_without_scripts_the_page_says_what_does_the_same(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"compare.html?keys={BIO},{OPS}", scripts=False)
    assert "needs scripts" in page.locator("main").inner_text()
    assert "rolegraph compare" in page.locator("main").inner_text()
    assert not page.locator("#add").is_visible()


def test_names_are_taken_for_roles_and_the_address_shows_their_codes(
    bakery_site: Site, visit: Visits
) -> None:
    page = open_page(
        visit, bakery_site, "?keys=cake-1,OVEN  lead,Baker, senior,Old oven lead&differences=yes"
    )
    assert read_heads(page) == ["BAKE.CAKES.P1", "BAKE.BREAD.M1"]
    assert page.evaluate("decodeURIComponent(location.search)") == (
        "?keys=BAKE.CAKES.P1,BAKE.BREAD.M1,Baker, senior,BAKE.BREAD.M2&differences=yes"
    )
    ambiguous, retired = read_problems(page)
    assert ambiguous == (
        "“Baker, senior” names 2 roles. Which one is meant? "
        "Baker, senior (BAKE.BREAD.P1) · Baker, senior (BAKE.BREAD.P3)"
    )
    assert "retired (Closed.)" in retired
    page.locator("#problems a", has_text="BAKE.BREAD.P3").click()
    page.wait_for_function("() => location.search.includes('BAKE.BREAD.P3')")
    page.wait_for_function(DRAWN)
    assert read_heads(page) == ["BAKE.CAKES.P1", "BAKE.BREAD.M1", "BAKE.BREAD.P3"]
    assert len(read_problems(page)) == 1


def test_text_from_the_right_leaves_the_table_as_it_stands(bakery_site: Site, visit: Visits) -> None:
    page = open_page(visit, bakery_site, "?keys=BAKE.CAKES.P2,BAKE.BREAD.M1")
    directions = "(cells) => cells.map((cell) => getComputedStyle(cell).direction)"
    assert set(page.locator("#sides :is(th, td)").evaluate_all(directions)) == {"ltr"}
    assert page.locator("#sides td > div", has_text=RIGHT).evaluate_all(directions) == ["rtl", "rtl"]
    starts = page.locator("#sides th.column").evaluate_all(
        "(heads) => heads.map((head) => [...head.children].map((part) => part.getBoundingClientRect().left))"
    )
    assert all(len(set(places)) == 1 for places in starts)
    title = page.locator("#sides th.column bdi").nth(1).bounding_box()
    assert title is not None
    assert title["x"] == starts[1][0]


def test_skills_lead_to_their_pages(bakery_site: Site, visit: Visits) -> None:
    page = open_page(visit, bakery_site, "?keys=BAKE.CAKES.P2,BAKE.BREAD.M1")
    page.locator("#sides .row-head a", has_text="Dough").click()
    page.wait_for_url("**/skill/dough.html")


def test_hits_say_what_is_retired_and_tell_roles_of_one_title_apart(bakery_site: Site, visit: Visits) -> None:
    page = visit(bakery_site, "search.html?q=lead")
    page.locator(".hit").first.wait_for()
    retired = page.locator(".hit", has=page.locator(".hit-retired"))
    assert [text.split("\n")[0] for text in retired.all_inner_texts()] == ["Old oven lead"]
    assert page.locator(".hit-level").count() == 0
    page.fill("#search", "baker senior")
    page.locator("form.search [role=option]").first.wait_for()
    assert page.locator("form.search .hit-label").all_inner_texts() == [
        "Baker, senior P1",
        "Baker, senior P3",
    ]
    page = open_page(visit, bakery_site)
    page.fill("#add", "old")
    page.get_by_role("option").first.wait_for()
    assert page.locator(".chooser .hit-retired").all_inner_texts() == ["retired"]
