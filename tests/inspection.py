"""What is looked at in an open page: whether it is wider than its window, and what keeps people out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

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
"""The elements that reach beyond the window; none where the page does not scroll sideways."""


def wait_until_drawn(page: Page) -> None:
    """Until nothing in the page says that it is busy."""
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")


def find_barriers(page: Page, axe: str, *, rules: Sequence[str] = (), without: str = "") -> list[str]:
    """What axe-core finds in a page, by all its rules, by some, or by all but one: rule, place and why."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    if without:
        options["rules"] = {without: {"enabled": False}}
    results: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
