"""A real browser for tests of pages: Chromium, the site in a folder and on a server, and what goes wrong in a page.

The fixtures are known to every test module (``conftest.py``). A page opened by ``visit`` fails its test where anything is
written to the console as an error, where the Content-Security-Policy refuses something, where a script fails, where a
dialog opens, or where something is asked for outside the site.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hostile import write_hostile
from node_tools import install_tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHOSEN = "ROLEGRAPH_TEST_BROWSER"
"""The environment variable that names another Chromium."""

DESK, PHONE = (1280, 800), (375, 700)
"""Widths and heights of windows, in CSS pixels."""

_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
"""


@dataclass(frozen=True)
class Site:
    """A site that can be visited: the address that all its pages begin with, and what may be asked for beside them."""

    name: str
    base: str
    folder: Path | None = None
    origin: str = ""

    def find(self, path: str) -> str:
        """The address of a file of the site."""
        return self.base + path

    def holds(self, url: str) -> bool:
        """Whether an address is inside."""
        return url.startswith((self.base, self.origin or self.base, "data:", "blob:"))


@dataclass
class Visits:
    """Opens pages and notes what goes wrong in them."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    _contexts: list[Any] = field(default_factory=list)

    def __call__(
        self,
        site: Site,
        path: str = "index.html",
        *,
        window: tuple[int, int] = DESK,
        dark: bool = False,
        scripts: bool = True,
        bypass_csp: bool = False,
    ) -> Page:
        """A page of the site in a window of its own, loaded, its scripts run."""
        context = self.browser.new_context(
            viewport={"width": window[0], "height": window[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
            locale="en-GB",
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        if scripts:
            context.add_init_script(_WATCH)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("dialog", self._refuse)
        context.on(
            "request",
            lambda request: None if site.holds(request.url) else self.faults.append(f"asked {request.url}"),
        )
        context.on("requestfailed", lambda request: self._miss(request.url, request.failure))
        context.on(
            "response",
            lambda answer: self._miss(answer.url, str(answer.status)) if answer.status >= 400 else None,
        )
        page = context.new_page()
        page.goto(site.find(path))
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _refuse(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _miss(self, url: str, why: str | None) -> None:
        # A download ends the navigation that began it.
        if "ERR_ABORTED" not in (why or ""):
            self.faults.append(f"missing: {url} ({why})")

    def close(self) -> None:
        """End all windows."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def find_browser() -> str | None:
    """The program of a Chromium; None where there is none."""
    chosen = os.environ.get(CHOSEN)
    return shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)


def run_site(*options: str | Path) -> None:
    """``rolegraph site``, as a command of its own."""
    command = [sys.executable, "-m", "rolegraph", "site", *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def list_kinds(folder: Path, *, bare: bool = True) -> list[str]:
    """Pages of a written site, by path: all that stand alone, the largest of each folder, and the smallest profile.

    ``bare``: also the smallest of the other folders, of whose entries least is recorded.
    """
    found = [page.name for page in sorted(folder.glob("*.html"))]
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        pages = sorted(place.glob("*.html"), key=lambda page: (page.stat().st_size, page.name))
        ends = [*pages[:1], *pages[-1:]] if bare or place.name == "profile" else pages[-1:]
        found += sorted({f"{place.name}/{page.name}" for page in ends})
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module: its event loop must not be there when others start theirs."""
    program = find_browser()
    if program is None:
        pytest.skip(f"no Chromium is on the path ({', '.join(NAMES)}; {CHOSEN} names another)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    # Chromium refuses its sandbox to root.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=[*root, "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visits]:
    """Opens pages; at the end, nothing may have gone wrong in one."""
    visits = Visits(chromium)
    try:
        yield visits
    finally:
        visits.close()
    assert visits.faults == []


@pytest.fixture(scope="session")
def in_folder(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the shipped data in a folder."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    run_site("-o", folder)
    return Site("folder", folder.as_uri() + "/", folder)


@pytest.fixture(scope="session")
def on_server() -> Iterator[Site]:
    """The same from a server that runs."""
    from serving import run_serve

    with run_serve() as served:
        yield Site("server", f"{served.url}/site/", origin=f"{served.url}/")


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site in a folder whose texts are made to break pages."""
    place = tmp_path_factory.mktemp("hostile")
    write_hostile(place / "data")
    run_site("-o", place / "site", "--data", place / "data")
    return Site("hostile", (place / "site").as_uri() + "/", place / "site")


@pytest.fixture(scope="session")
def node_tools(request: pytest.FixtureRequest) -> Path:
    """The folder of what node checks pages with."""
    return install_tools(Path(request.config.cache.mkdir("rolegraph-node")))
