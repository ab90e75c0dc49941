"""Every kind of page is sound HTML, can be used by everybody, is small, and holds what others write into the data."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import html5rdf
import pytest

from browser import DESK, PHONE, Site, Visits, list_kinds
from inspection import OVERFLOW, find_barriers, wait_until_drawn
from node_tools import read_axe, validate_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LARGEST = {"profile": 100_000, "": 120_000}
"""Bytes of a page, by its folder; of any other page by the empty name."""
QUESTIONS = {
    "compare.html": "?keys=MANUFA.BIOPROCE4427.M3,MANUFA.MANUFACTF950.M3,PROCES.UPSTREAMDF5B.P1",
    "path.html": "?from=PROCES.UPSTREAMDF5B.P1&to=MANUFA.BIOPROCE4427.M3&k=3",
    "search.html": "?q=manufacturing",
}
HOSTILE_QUESTIONS = {
    "compare.html": "?keys=CON.AUX.P1,CON.LPT1.M1,NUL.0.P2",
    "path.html": "?from=CON.AUX.P1&to=CON.AUX.P3",
    "search.html": "?q=script%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
}
"""What the pages that answer a question are asked, by page."""
DRAWN = {"compare.html": ".sides table", "path.html": "#answer h2", "search.html": "[data-hits] .hit"}
"""What is there when they have answered."""


@dataclass
class Found:
    """What is seen in the pages of a site, each opened once."""

    wide: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    drawn: list[Path] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def inspect(browser: Browser, site: Site, asked: dict[str, str], axe: str, place: Path) -> Found:
    """Look at every kind of page: at both widths, and by light and by dark where the texts are ordinary."""
    assert site.folder is not None
    visits, found = Visits(browser), Found()
    page = visits(site)
    place.mkdir()
    # Colours do not hang on texts; their rule takes most of the time.
    colours = site.name != "hostile"
    for path in list_kinds(site.folder, bare=False):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(site.find(path + asked.get(path, "")))
        wait_until_drawn(page)
        if path in asked:
            page.locator(DRAWN[path]).first.wait_for()
            found.drawn.append(place / path)
            found.drawn[-1].write_text(page.content(), encoding="utf-8")
        barriers = find_barriers(page, axe, without="" if colours else "color-contrast")
        found.barriers += [f"{path}: {barrier}" for barrier in barriers]
        if colours:
            page.emulate_media(color_scheme="dark")
            dark = find_barriers(page, axe, rules=["color-contrast", "link-in-text-block"])
            found.barriers += [f"{path}, dark: {barrier}" for barrier in dark]
        if page.locator(
            "[onerror], [onmouseover], [onfocus], img[src=x], script:not([src]), [autofocus], "
            "a[href^='javascript:' i], form[action^='javascript:' i]"
        ).count():
            found.strange.append(path)
        for width in (DESK[0], PHONE[0]):
            page.set_viewport_size({"width": width, "height": DESK[1]})
            if wide := page.evaluate(OVERFLOW):
                found.wide.append(f"{path} in {width} px: {wide}")
    visits.close()
    found.faults = visits.faults
    return found


@pytest.fixture(scope="module")
def shown(
    chromium: Browser, in_folder: Site, node_tools: Path, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    """What is seen in the site of the shipped data."""
    place = tmp_path_factory.mktemp("shown") / "shipped"
    return inspect(chromium, in_folder, QUESTIONS, read_axe(node_tools), place)


@pytest.fixture(scope="module")
def shown_hostile(
    chromium: Browser, hostile_site: Site, node_tools: Path, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    """What is seen in the site whose texts are made to break pages."""
    place = tmp_path_factory.mktemp("shown") / "hostile"
    return inspect(chromium, hostile_site, HOSTILE_QUESTIONS, read_axe(node_tools), place)


def list_pages(*sites: Site) -> Iterator[tuple[Path, str]]:
    """Every page of written sites, with its text."""
    for site in sites:
        assert site.folder is not None
        for file in sorted(site.folder.rglob("*.html")):
            yield file, file.read_text(encoding="utf-8")


def test_every_kind_of_page_parses_without_error(in_folder: Site, hostile_site: Site) -> None:
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        for path in list_kinds(site.folder):
            parser = html5rdf.HTMLParser(strict=False, namespaceHTMLElements=False)
            parser.parse((site.folder / path).read_bytes(), transport_encoding="utf-8")
            assert [(path, place, code) for place, code, _ in parser.errors] == []


def test_html_validate_finds_nothing(
    in_folder: Site, hostile_site: Site, shown: Found, shown_hostile: Found, node_tools: Path, tmp_path: Path
) -> None:
    files = []
    for site in (in_folder, hostile_site):
        assert site.folder is not None
        files += [site.folder / path for path in list_kinds(site.folder)]
    found = validate_html(node_tools, files, tmp_path)
    # What scripts have made of a page is as sound as the page.
    found += validate_html(node_tools, [*shown.drawn, *shown_hostile.drawn], tmp_path, drawn=True)
    assert not found, "\n".join(found)


def test_html_validate_sees_what_is_wrong(node_tools: Path, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>A</title><p><div></p><img src=a.png></html>")
    found = " ".join(validate_html(node_tools, [page], tmp_path))
    assert "wrong.html:1:" in found
    assert "img" in found


def test_axe_finds_nothing(shown: Found) -> None:
    assert not shown.barriers, "\n".join(shown.barriers)


def test_axe_finds_nothing_in_hostile_pages(shown_hostile: Found) -> None:
    assert not shown_hostile.barriers, "\n".join(shown_hostile.barriers)


def test_axe_sees_what_is_wrong(in_folder: Site, visit: Visits, node_tools: Path) -> None:
    page = visit(in_folder)
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert any(barrier.startswith("image-alt") for barrier in find_barriers(page, read_axe(node_tools)))


def test_no_page_is_wider_than_its_window(shown: Found) -> None:
    assert not shown.wide, "\n".join(shown.wide)


def test_hostile_texts_do_not_break_the_layout(shown_hostile: Found) -> None:
    assert not shown_hostile.wide, "\n".join(shown_hostile.wide)


def test_hostile_texts_stay_texts(shown_hostile: Found) -> None:
    """What is written in the data became no element, no handler and no address of a script."""
    assert not shown_hostile.strange, "\n".join(shown_hostile.strange)


def test_nothing_goes_wrong_in_any_page(shown: Found, shown_hostile: Found) -> None:
    """No error, no refusal by the policy, no dialog, nothing asked for outside."""
    assert not shown.faults, "\n".join(shown.faults)
    assert not shown_hostile.faults, "\n".join(shown_hostile.faults)


def test_no_page_holds_style_or_script_of_its_own(in_folder: Site, hostile_site: Site) -> None:
    for file, text in list_pages(in_folder, hostile_site):
        tags = re.findall(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", text)
        for tag in tags:
            bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag)
            assert not re.search(r"\s(?:style|on\w+)\s*=", bare), (file.name, tag[:200])
            assert not bare.startswith("<style"), file.name
        assert all(" src=" in tag for tag in tags if tag.startswith("<script")), file.name
        assert text.count('<meta http-equiv="Content-Security-Policy"') == 1, file.name


def test_pages_are_small(in_folder: Site) -> None:
    large = {
        f"{file.parent.name}/{file.name}": len(text.encode())
        for file, text in list_pages(in_folder)
        if len(text.encode()) > LARGEST.get(file.parent.name, LARGEST[""])
    }
    assert large == {}


def test_what_a_page_loads_lies_beside_it(in_folder: Site) -> None:
    for file, text in list_pages(in_folder):
        for tag in re.findall(r"<(?:script|link|img|iframe|source|use|object)\b[^>]*>", text):
            for address in re.findall(r"(?:src|href)=\"([^\"]*)\"", tag):
                assert not re.match(r"[a-z]+:|//|/", address), (file.name, tag)
                assert (file.parent / address.partition("#")[0].partition("?")[0]).exists(), (file.name, tag)


def test_every_link_inside_leads_somewhere(in_folder: Site, hostile_site: Site) -> None:
    for site in (in_folder, hostile_site):
        pages = dict(list_pages(site))
        names = {file: set(re.findall(r"\bid=\"([^\"]+)\"", text)) for file, text in pages.items()}
        there = {file.as_posix() for file in site.folder.rglob("*")} if site.folder else set()
        broken = set()
        for file, text in pages.items():
            for address in set(re.findall(r"<a\b[^>]*\bhref=\"([^\"]*)\"", text)):
                if re.match(r"(?:https?|mailto):", address):
                    continue
                path, _, fragment = address.partition("#")
                path = path.partition("?")[0]
                target = Path(os.path.normpath(file.parent / path)) if path else file
                if target.as_posix() not in there or (
                    fragment and target in names and fragment not in names[target]
                ):
                    broken.add(f"{file.parent.name}/{file.name}: {address[:200]}")
        assert not broken, "\n".join(sorted(broken))


def test_the_lock_of_node_names_no_address() -> None:
    lock = json.loads((Path(__file__).parent / "node" / "package-lock.json").read_text(encoding="utf-8"))
    listed = json.loads((Path(__file__).parent / "node" / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in listed["dependencies"].values())
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry, name
        assert not name or entry["integrity"].startswith("sha512-"), name
