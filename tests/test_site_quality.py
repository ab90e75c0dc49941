"""Every kind of page is sound HTML, can be used by everybody, is small, and holds what others write into the data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5rdf
import pytest

from browser import DESK, PHONE, Site, Visits, list_kinds
from node_tools import read_axe, validate_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

LARGEST = {"profile": 100_000, "": 120_000}
"""Bytes of a page, by its folder; of any other page by the empty name."""
CHOICES = {
    "compare.html": "?keys=MANUFA.BIOPROCE4427.M3,MANUFA.MANUFACTF950.M3,PROCES.UPSTREAMDF5B.P1",
    "path.html": "?from=PROCES.UPSTREAMDF5B.P1&to=MANUFA.BIOPROCE4427.M3",
}
"""What pages that answer a question are asked."""

OVERFLOW = """
() => {
  const root = document.documentElement, wide = root.clientWidth + 1;
  if (root.scrollWidth <= wide) return [];
  const within = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > wide && !within(e))
    .map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 8).concat(root.scrollWidth + " px");
}
"""


def wait_until_drawn(page: Page) -> None:
    """Until scripts have what they need: nothing in the page says that it is busy."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")


def find_barriers(page: Page, axe: str) -> list[str]:
    """What axe-core finds in a page: rule, place and why."""
    page.evaluate(axe)
    results: dict[str, Any] = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations'], preload: false})"
    )
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def test_every_page_parses_strictly(in_folder: Site, hostile_site: Site) -> None:
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        for file in sorted(site.folder.rglob("*.html")):
            parser = html5rdf.HTMLParser(strict=False, namespaceHTMLElements=False)
            parser.parse(file.read_bytes(), transport_encoding="utf-8")
            assert [(file.name, place, code) for place, code, _ in parser.errors] == []


def test_html_validate_finds_nothing(
    in_folder: Site, hostile_site: Site, node_tools: Path, tmp_path: Path
) -> None:
    files = []
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        files += [site.folder / path for path in list_kinds(site.folder)]
    found = validate_html(node_tools, files, tmp_path)
    assert not found, "\n".join(found)


def test_html_validate_sees_what_is_wrong(node_tools: Path, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>A</title><p><div></p><img src=a.png></html>")
    found = " ".join(validate_html(node_tools, [page], tmp_path))
    assert "wrong.html:1:" in found
    assert "img" in found


def test_axe_finds_nothing(in_folder: Site, visit: Visits, node_tools: Path, tmp_path: Path) -> None:
    assert in_folder.folder is not None
    axe = read_axe(node_tools)
    found: list[str] = []
    drawn = []
    page = visit(in_folder, bypass_csp=True)
    for path in list_kinds(in_folder.folder):
        page.goto(in_folder.find(path + CHOICES.get(path, "")))
        wait_until_drawn(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if barriers := find_barriers(page, axe):
                found += [f"{path} ({scheme}): {barrier}" for barrier in barriers]
        if path in CHOICES:
            drawn.append(tmp_path / path)
            drawn[-1].write_text(page.content(), encoding="utf-8")
    if drawn:  # what scripts have made of a page is as sound as the page
        found += validate_html(node_tools, drawn, tmp_path)
    assert not found, "\n".join(found)


def test_axe_sees_what_is_wrong(in_folder: Site, visit: Visits, node_tools: Path) -> None:
    page = visit(in_folder, bypass_csp=True)
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert any(barrier.startswith("image-alt") for barrier in find_barriers(page, read_axe(node_tools)))


@pytest.mark.parametrize("width", [PHONE[0], DESK[0]])
def test_no_page_is_wider_than_its_window(width: int, in_folder: Site, visit: Visits) -> None:
    assert in_folder.folder is not None
    page = visit(in_folder, window=(width, 800))
    found = []
    for path in list_kinds(in_folder.folder):
        page.goto(in_folder.find(path + CHOICES.get(path, "")))
        wait_until_drawn(page)
        if wide := page.evaluate(OVERFLOW):
            found.append(f"{path}: {wide}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [PHONE[0], DESK[0]])
def test_hostile_texts_stay_texts(width: int, hostile_site: Site, visit: Visits) -> None:
    assert hostile_site.folder is not None
    page = visit(hostile_site, window=(width, 800))
    found = []
    for path in list_kinds(hostile_site.folder):
        page.goto(hostile_site.find(path))
        wait_until_drawn(page)
        if wide := page.evaluate(OVERFLOW):
            found.append(f"{path}: {wide}")
        # What is written in the data became no element, no handler and no address of a script.
        assert page.locator("[onerror], [onmouseover], [onfocus], img[src=x]").count() == 0, path
        assert page.locator("a[href^='javascript:' i], form[action^='javascript:' i]").count() == 0, path
        assert page.locator("script:not([src])").count() == 0, path
        assert "49" not in page.title(), path
    assert not found, "\n".join(found)


def test_no_page_holds_style_or_script_of_its_own(in_folder: Site, hostile_site: Site) -> None:
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        for file in sorted(site.folder.rglob("*.html")):
            text = file.read_text(encoding="utf-8")
            tags = re.findall(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", text)
            for tag in tags:
                bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag)
                assert not re.search(r"\s(?:style|on\w+)\s*=", bare), (file.name, tag[:200])
                assert not re.fullmatch(r"<style\b.*", bare), file.name
            assert all(" src=" in tag for tag in tags if tag.startswith("<script")), file.name
            assert text.count('<meta http-equiv="Content-Security-Policy"') == 1, file.name


def test_pages_are_small(in_folder: Site) -> None:
    assert in_folder.folder is not None
    large = {
        str(file.relative_to(in_folder.folder)): file.stat().st_size
        for file in in_folder.folder.rglob("*.html")
        if file.stat().st_size > LARGEST.get(file.parent.name, LARGEST[""])
    }
    assert large == {}


def test_no_address_leads_outside_by_itself(in_folder: Site) -> None:
    """Whatever is loaded with a page lies beside it; links to elsewhere are links only."""
    assert in_folder.folder is not None
    for file in sorted(in_folder.folder.rglob("*.html")):
        for tag in re.findall(
            r"<(?:script|link|img|iframe|source|use|object)\b[^>]*>", file.read_text("utf-8")
        ):
            for address in re.findall(r"(?:src|href)=\"([^\"]*)\"", tag):
                inside = (file.parent / address.partition("#")[0].partition("?")[0]).resolve()
                assert not re.match(r"[a-z]+:|//|/", address), (file.name, tag)
                assert inside.exists(), (file.name, tag)


def test_every_link_inside_leads_somewhere(in_folder: Site, hostile_site: Site) -> None:
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        pages = {file.resolve(): file.read_text(encoding="utf-8") for file in site.folder.rglob("*.html")}
        names = {file: set(re.findall(r"\bid=\"([^\"]+)\"", text)) for file, text in pages.items()}
        broken = set()
        for file, text in pages.items():
            for address in re.findall(r"<a\b[^>]*\bhref=\"([^\"]*)\"", text):
                if re.match(r"(?:https?|mailto):", address):
                    continue
                path, _, fragment = address.partition("#")
                target = (file.parent / path.partition("?")[0]).resolve() if path else file
                if not target.exists() or (fragment and target in names and fragment not in names[target]):
                    broken.add((str(file.relative_to(site.folder.resolve())), address[:200]))
        assert not broken, "\n".join(" ".join(link) for link in sorted(broken))


def test_the_lock_of_node_names_no_address() -> None:
    lock = json.loads((Path(__file__).parent / "node" / "package-lock.json").read_text(encoding="utf-8"))
    listed = json.loads((Path(__file__).parent / "node" / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in listed["dependencies"].values())
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry, name
        assert not name or entry["integrity"].startswith("sha512-"), name
