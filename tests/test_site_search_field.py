"""The search field of every page, the page of all hits, and the field that roles are chosen with, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import PHONE, Site, Visits
from node_tools import read_axe
from test_site_quality import OVERFLOW, find_barriers

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MANAGER = "MANUFA.MANUFACTF950.M3"


def search(page: Page, text: str) -> Locator:
    """Type into the search field; what is offered."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.locator("form.search .offers").wait_for(state="visible")
    return page.locator("form.search [role=option]")


def test_search_by_keyboard_alone(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "about.html")
    offers = search(page, MANAGER.lower())
    field = page.locator("#search")
    assert field.evaluate("e => e === document.activeElement")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    first = offers.first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    assert MANAGER in first.inner_text()
    assert "".join(first.locator("mark").all_inner_texts()).endswith(MANAGER.replace(".", ""))
    # One up is what was typed; Escape closes the list, once more empties the field.
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == MANAGER.lower()
    page.keyboard.press("ArrowDown")
    page.locator("form.search .offers").wait_for(state="visible")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/profile/{MANAGER}.html")
    page.go_back()
    page.wait_for_url("**/about.html")


def test_enter_without_a_choice_shows_all_hits(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"profile/{MANAGER}.html")
    search(page, "zzqq & xxyy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=zzqq%20%26%20xxyy")
    page.locator("[data-hits]").get_by_text("Nothing is called “zzqq & xxyy”").wait_for()
    page.locator("#search").fill("managment")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for()
    count = page.locator(".hit").count()
    assert page.locator("[data-hits] [role=status]").inner_text() == f"{count} hits for “managment”"
    assert page.locator("#search").input_value() == "managment"
    assert "Management" in page.locator(".hit mark").all_inner_texts()
    page.locator(".hit a", has_text="P&L Management").click()
    page.wait_for_url("**/skill/profit-and-loss-management.html")


def test_a_click_opens_and_the_number_of_hits_is_told(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, window=PHONE)
    offers = search(page, "manuf")
    status = page.locator("form.search [role=status]")
    count = int(status.inner_text().split()[0])
    assert count > offers.count() == 10
    assert page.locator(".offers-foot a").inner_text() == f"Show all {count} hits"
    assert page.evaluate(OVERFLOW) == []
    page.keyboard.type("zqzqzqzq")
    page.wait_for_function("() => !document.querySelector('form.search [role=option]')")
    assert status.inner_text().startswith("Nothing is called “manufzqzqzqzq”")
    assert page.locator("#search").get_attribute("aria-expanded") == "false"
    search(page, "").count()
    page.locator("#search").fill("manuf")
    page.locator(".offers-foot a").click()
    page.wait_for_url("**/search.html?q=manuf")
    page.locator("#search").fill(MANAGER)
    offers.first.click()
    page.wait_for_url(f"**/profile/{MANAGER}.html")


def test_what_is_offered_can_be_used_by_everybody(in_folder: Site, visit: Visits, node_tools: Path) -> None:
    page = visit(in_folder, "search.html?q=manag", bypass_csp=True)
    page.locator(".hit").first.wait_for()
    axe = read_axe(node_tools)
    search(page, "manuf")
    page.locator("#search").fill("manuf")
    page.locator("form.search [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert find_barriers(page, axe) == []
    page.locator("#search").fill("zzqq")
    page.wait_for_function("() => !document.querySelector('form.search [role=option]')")
    assert find_barriers(page, axe) == []


def test_hostile_names_are_offered_as_text(hostile_site: Site, visit: Visits) -> None:
    page = visit(hostile_site, window=PHONE)
    for text in ("script", "alert 1", "w", "WWWWWWWWWW", "constructor", "gdp", "מנהל", "👩 mechanic"):
        page.locator("#search").fill(text)
        page.locator("form.search .offers").wait_for(state="visible")
        assert page.locator("form.search .offers script, form.search .offers img").count() == 0
        assert page.evaluate(OVERFLOW) == [], text
    assert "\u202e" not in page.locator("form.search").inner_text()
    page.goto(hostile_site.find("search.html?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
    page.locator(".hit").first.wait_for()
    assert "<script>alert(1)</script>" in page.locator("[data-hits] [role=status]").inner_text()
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("path", ["search.html", "about.html"])
def test_without_scripts_the_field_is_not_there(path: str, in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, path, scripts=False)
    assert page.locator("form.search").is_hidden()
    assert page.locator("noscript p").first.is_visible()
    assert "Search needs scripts" in page.locator("noscript p").first.inner_text()


def test_roles_are_chosen(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "search.html")
    page.evaluate(
        """(root) => new Promise((done) => {
          const script = document.createElement("script");
          script.src = rolegraph.root + "assets/chooser.js";
          script.onload = () => {
            const label = document.createElement("label"), box = document.createElement("div");
            const field = document.createElement("input");
            field.id = "role"; label.htmlFor = "role"; label.textContent = "Role"; box.className = "chooser";
            box.append(field);
            document.querySelector("main").append(label, box);
            window.changes = [];
            window.chooser = rolegraph.choose(field, {kinds: ["profile", "focus"], most: 2,
              onchange: (hits) => window.changes.push(hits.map((hit) => hit.code))});
            done();
          };
          document.head.append(script);
        })"""
    )
    field, chosen = page.get_by_label("Role"), page.locator(".chosen-one")
    codes = [MANAGER, "MANUFA.MANUFACTF950.M4", "MANUFA.MANUFACTF950"]
    for code in codes:
        field.fill(code)
        page.locator(".chooser [role=option]").first.wait_for()
        kinds = set(page.locator(".chooser .hit-kind").all_inner_texts())
        assert kinds <= {"role", "focus"}
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert field.input_value() == ""
    # At most two: the oldest leaves.
    assert page.evaluate("() => window.changes") == [codes[:1], codes[:2], codes[1:]]
    assert chosen.count() == 2
    chosen.first.get_by_role("button").click()
    assert page.evaluate("() => window.chooser.chosen.map((hit) => hit.code)") == codes[2:]
    found = page.evaluate("(codes) => window.chooser.set(codes)", [codes[0].lower(), "NO.SUCH.M1"])
    assert [hit["code"] for hit in found] == codes[:1]
    assert chosen.count() == 1
    page.evaluate("() => window.chooser.clear()")
    assert page.evaluate("() => window.changes.at(-1)") == []
    assert chosen.count() == 0
