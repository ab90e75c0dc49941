"""What a visitor waits for in pages that are opened from a folder: a page, the first hit of a search, a comparison, a path.

Nothing is measured where Chromium or Playwright is not there. What pages weigh is measured by ``bench.budgets``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from bench.measure import Comparison, Sample, Variant
from bench.visit import Part, find_program, open_browser, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from bench.data import Architectures

FIRST_HIT = """
async (text) => {
  const input = document.querySelector("#search"), options = "form.search [role=option]";
  const isShown = () => [...document.querySelectorAll(options)].some((option) => option.getClientRects().length);
  const seen = (there) => new Promise((resolve, reject) => {
    const last = performance.now() + 60000;
    const look = () => {
      if (isShown() === there) resolve();
      else if (performance.now() > last) reject(new Error("no hit for " + text));
      else requestAnimationFrame(look);
    };
    look();
  });
  const type = (letters) => { input.value = letters; input.dispatchEvent(new Event("input", {bubbles: true})); };
  input.focus();
  type("");
  await seen(false);
  const start = performance.now();
  type(text);
  await seen(true);
  return performance.now() - start;
}
"""
"""Milliseconds from the last letter to the first hit that is drawn."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The waits at one size, each from a fresh window."""
    program = find_program()
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return
    if program is None:
        return
    part = Part(stock.get(size).folder, stock.place / f"pages-{size}")
    part.write()
    title = part.book.roster.title_of(part.codes[1])
    slip = title.replace(title[2], "", 1)
    with open_browser(program) as browser:
        yield Comparison(
            "waiting in the browser",
            size,
            [
                _make_opening("profile, opened", browser, part, "profile"),
                _make_search(
                    "first hit of a code, names not loaded", browser, part, part.codes[0], warm=False
                ),
                _make_search("first hit of a code", browser, part, part.codes[0]),
                _make_search("first hit of a title", browser, part, title),
                _make_search("first hit of a title with a slip", browser, part, slip),
                _make_opening("three roles side by side", browser, part, "compare", "#sides table"),
                _make_opening(
                    "a path, found and drawn", browser, part, "path", "#answer > *, #told.note-warn"
                ),
            ],
        )


def _make_opening(name: str, browser: Browser, part: Part, kind: str, drawn: str = "main h1") -> Variant:
    def open_it(window: BrowserContext) -> float:
        start = perf_counter()
        page = open_page(window, part.find(kind))
        page.locator(drawn).first.wait_for(state="attached")
        return perf_counter() - start

    return _make_variant(name, browser, open_it)


def _make_search(name: str, browser: Browser, part: Part, text: str, *, warm: bool = True) -> Variant:
    def search(window: BrowserContext) -> float:
        page: Page = open_page(window, part.find("profile"))
        if warm:
            page.evaluate(FIRST_HIT, part.codes[2])
        return float(page.evaluate(FIRST_HIT, text)) / 1000

    return _make_variant(name, browser, search)


def _make_variant(name: str, browser: Browser, wait: Callable[[BrowserContext], float]) -> Variant:
    def measure() -> Sample:
        window = browser.new_context(viewport={"width": 1280, "height": 800})
        window.set_default_timeout(120_000)
        try:
            return Sample(wait(window), None)
        finally:
            window.close()

    return Variant(name, measure)
