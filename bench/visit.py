"""A part of a site in a folder, and a browser that opens it: what pages weigh and how fast they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rolegraph.architecture import Architecture
from rolegraph.site.book import Book
from rolegraph.site.contents import list_paths, write_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
EVERYWHERE = ("", "assets", "data")
"""The folders of what is not one entry's."""


class Part:
    """What a visitor of a few profiles reads of a site: the pages that stand alone, data, and those profiles' files.

    A whole site of 10,000 profiles takes minutes to write and is no other to a browser.
    """

    def __init__(self, data: Path | None, place: Path, profiles: int = 4) -> None:
        self.book = Book(Architecture(data))
        self.place = place
        taxonomy, addresses = self.book.taxonomy, self.book.addresses
        step = max(1, len(taxonomy.profiles) // profiles)
        self.codes = [profile.code for profile in taxonomy.profiles[::step]][:profiles]
        self.kinds = {
            "index": "index.html",
            "profile": addresses.page("profile", self._find_richest()),
            "focus": addresses.page("focus", taxonomy.focuses[0].code),
            "function": addresses.page("function", taxonomy.functions[0].code),
            "level": addresses.page("level", taxonomy.levels[0].code),
        }
        if taxonomy.skills:
            self.kinds["skill"] = addresses.page("skill", taxonomy.skills[0].code)
        if occupation := next(iter(addresses.list_codes("occupation")), None):
            self.kinds["occupation"] = addresses.page("occupation", occupation)
        self.kinds |= {
            name: f"{name}.html"
            for name in ("skills", "levels", "occupations", "findings", "coordinates", "about")
        }
        self.kinds["compare"] = f"compare.html?keys={','.join(self.codes[:3])}"
        self.kinds["path"] = f"path.html?from={self.codes[0]}&to={self.codes[-1]}"
        """By kind, the path of a page, with what it is asked."""

    def _find_richest(self) -> str:
        """The profile of which most is recorded, so that its page is the largest or near it."""
        profiles = self.book.taxonomy.profiles
        return max(profiles, key=lambda p: (len(p.model_dump_json()), p.code)).code

    def write(self) -> None:
        """Write the files of the part."""
        wanted = {path.partition("?")[0] for path in self.kinds.values()}
        addresses, profiles = self.book.addresses, self.book.taxonomy.profile_by_code
        names = {addresses.name("profile", code) for code in self.codes}
        names |= {addresses.name("focus", profiles[code].focus) for code in self.codes}
        for path in list_paths(self.book):
            place = PurePosixPath(path)
            folder = "" if str(place.parent) == "." else str(place.parent)
            if path in wanted or folder in EVERYWHERE or place.stem in names:
                file = self.place / path
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("wb") as sink:
                    write_file(self.book, path, sink)

    def find(self, kind: str) -> str:
        """The address of a page of a kind."""
        return f"{self.place.as_uri()}/{self.kinds[kind]}"


def find_program() -> str | None:
    """The program of a Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def open_browser(program: str) -> Iterator[Browser]:
    """A browser while the block runs."""
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*root, "--disable-gpu"])
        yield browser
        browser.close()


def open_page(window: BrowserContext, url: str, prepare: str = "") -> Page:
    """A page of a window, drawn to its end; ``prepare`` is a script that runs before those of the page."""
    page = window.new_page()
    if prepare:
        page.add_init_script(prepare)
    page.goto(url)
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    return page
