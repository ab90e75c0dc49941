"""A visit as people make it, from a folder and from a server: search, a role, its ladder, three side by side, a path, a graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, parse

from browser import PHONE, Site, Visits
from inspection import OVERFLOW, wait_until_drawn
from rolegraph.cli.main import cli

if TYPE_CHECKING:
    from playwright.sync_api import Page

UP, BIO, OPS = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", "MANUFA.MANUFACTF950.M3"
NOTATION = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
KINDS = (
    "index.html", f"profile/{BIO}.html", "focus/MANUFA.BIOPROCE4427.html", f"compare.html?keys={UP},{BIO}",
    f"path.html?from={UP}&to={BIO}", "skills.html", "levels.html", "findings.html", "about.html", "coordinates.html",
)  # fmt: skip


@pytest.fixture(params=["folder", "server"])
def site(request: pytest.FixtureRequest) -> Site:
    """The site of the shipped data, as files and as a server shows it."""
    found: Site = request.getfixturevalue("in_folder" if request.param == "folder" else "on_server")
    return found


def ask_command(*arguments: str) -> Any:
    """What the command line answers."""
    done = CliRunner().invoke(cli, [*arguments, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def choose(page: Page, field: str, text: str) -> None:
    """Type into a field and take the first that is offered."""
    page.focus(field)
    page.keyboard.type(text)
    page.wait_for_selector(f"{field}[aria-expanded=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def read_file(address: str) -> bytes:
    """A file of the site, read apart from the browser."""
    with urlopen(address, timeout=30) as answer:
        body: bytes = answer.read()
    return body


def test_a_visit_from_search_to_the_graph(site: Site, visit: Visits) -> None:
    page = visit(site)
    # Search, and open a profile.
    choose(page, "#search", UP)
    page.wait_for_url(f"**/profile/{UP}.html")
    assert page.locator("h1").inner_text() == ask_command("show", UP)["label"]

    # Step the ladder: the next rung opens, this one closes.
    own = page.locator("details.rung.own")
    assert own.evaluate("rung => rung.open")
    page.locator("[data-step='1']").click()
    assert not own.evaluate("rung => rung.open")
    assert page.locator("details.rung[open]").get_attribute("id") == "rung-P2"

    # Compare it with two others; the numbers are the command line's.
    page.locator(f"a[href$='compare.html?keys={UP}']").first.click()
    page.wait_for_url("**/compare.html?**")
    wait_until_drawn(page)
    for place, code in enumerate((BIO, OPS), 2):
        choose(page, "#add", code)
        page.wait_for_function("n => document.querySelectorAll('#sides thead .code').length === n", arg=place)
    assert page.locator("#sides thead .code").all_inner_texts() == [UP, BIO, OPS]
    cells = page.locator("#sides tr", has_text="structural@1").locator("td").all_inner_texts()
    for cell, other in zip(cells[-2:], (BIO, OPS), strict=True):
        answer = ask_command("distance", UP, other)
        assert cell.split()[0] == f"{answer['distance']:.4f}"
        assert cell.split()[-1] == answer["band"]

    # A path between the first two, with the same moves and the same cost.
    page.locator("#to-path").click()
    page.wait_for_url("**/path.html?**")
    wait_until_drawn(page)
    [path] = ask_command("path", UP, BIO)["paths"]
    assert f"{path['cost']:.4f}" in page.locator("#way-1 .totals").inner_text()
    stops = [UP, *(move["destination"] for move in path["moves"])]
    assert page.locator("#way-1 .strip .code").all_inner_texts() == stops

    # Its last role, and what that is as Turtle.
    page.locator("#way-1 .strip .stop-title").last.click()
    page.wait_for_url(f"**/profile/{BIO}.html")
    link = page.get_by_role("link", name="Turtle")
    text = read_file(urljoin(page.url, str(link.get_attribute("href"))))
    told = {quad.object.value for quad in parse(text, format=RdfFormat.TURTLE) if quad.predicate == NOTATION}
    assert BIO in told
    follow_turtle(page, text)

    # Back, and the page before it.
    assert page.url.endswith(f"/profile/{BIO}.html")
    page.go_back()
    page.wait_for_url("**/path.html?**")
    wait_until_drawn(page)
    assert page.locator("#way-1 .strip .code").all_inner_texts() == stops


def follow_turtle(page: Page, text: bytes) -> None:
    """Follow the link; the browser keeps the file, or shows it and goes back."""
    kept: list[Any] = []
    page.on("download", lambda download: kept.append(download))
    before = page.url
    page.get_by_role("link", name="Turtle").click()
    for _ in range(100):
        if kept or page.url != before:
            break
        page.wait_for_timeout(50)
    if kept:
        assert Path(kept[0].path()).read_bytes() == text
        return
    page.wait_for_url("**/*.ttl")
    assert page.locator("body").inner_text().split() == text.decode().split()
    page.go_back()
    page.wait_for_url(before)


def test_the_first_keys_reach_the_content_and_every_key_stop_is_seen(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"profile/{BIO}.html")
    page.keyboard.press("Tab")
    skip = page.evaluate("() => document.activeElement.getBoundingClientRect().top")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert skip >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    # The order of keys is that of the page, and each stop is marked where it stands.
    seen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
              const order = [...document.querySelectorAll("*")].indexOf(e);
              return {order, shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
                      marked: style.outlineStyle !== "none" || style.boxShadow !== "none", what: e.outerHTML.slice(0, 100)};
            }"""
        )
        assert stop["shown"], stop
        assert stop["marked"], stop
        seen.append(stop["order"])
    assert seen == sorted(seen)
    # The ladder by its keys.
    page.locator(".stairs a.own").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("details.rung[open]").get_attribute("id") != "rung-M3"


def test_dark_and_narrow(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, window=PHONE, dark=True)
    for path in KINDS:
        page.goto(in_folder.find(path))
        wait_until_drawn(page)
        red, green, blue = page.evaluate(
            "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
        )
        assert max(red, green, blue) < 64, path
        assert page.evaluate(OVERFLOW) == [], path


def test_without_scripts_pages_show_what_they_have(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, scripts=False)
    assert page.locator("main a[href*='profile/']").count() > 10
    page.goto(in_folder.find(f"profile/{BIO}.html"))
    assert page.locator("#adjacent .near li").count() >= 10
    for path in ("compare.html", "path.html", "search.html"):
        page.goto(in_folder.find(path))
        assert "script" in page.locator("main").inner_text().lower(), path
