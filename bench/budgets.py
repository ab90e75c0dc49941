"""What pages weigh, beside what they may: ``python -m bench.budgets [--sizes 0 10000] [--write-readme]``.

Each kind of page is opened from a folder three times in a fresh window; the table has the middle of what the browser
tells. 0 profiles is the shipped data. The command fails where a page is beyond its budget.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from bench.data import SEED
from bench.generate import write_architecture
from bench.tables import README, describe_machine, format_time, replace_table
from bench.visit import Part, find_program, open_browser, open_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 3


class Weight(NamedTuple):
    """What one page takes: bytes of its file and of all that it loads, files, elements, times in seconds, and how far
    its content jumps while it loads (0 is not at all; the layout shift that browsers tell)."""

    page: float
    loaded: float
    files: float
    elements: float
    painted: float
    blocked: float
    shift: float


BUDGET = Weight(page=100_000, loaded=400_000, files=16, elements=3_000, painted=1.0, blocked=0.2, shift=0.1)
"""For a page of one entry at any size."""
BUDGETS: Mapping[str, Weight] = {
    "level": BUDGET._replace(page=250_000, elements=6_000),
    "skill": BUDGET._replace(page=250_000, elements=6_000),
    "index": BUDGET._replace(page=1_500_000, loaded=2_000_000, elements=30_000),
    "skills": BUDGET._replace(page=1_500_000, loaded=2_000_000, elements=30_000),
    "occupations": BUDGET._replace(page=1_500_000, loaded=2_000_000, elements=30_000),
    "findings": BUDGET._replace(page=1_500_000, loaded=2_000_000, elements=30_000),
    "path": BUDGET._replace(loaded=6_000_000, files=32, blocked=1.5, shift=0.15),
    "compare": BUDGET._replace(loaded=6_000_000, files=32, blocked=0.5, shift=0.15),
}
"""Where a page has a list of everything, or data to compute from: for 10,000 profiles."""

PREPARE = """
window.benched = {shift: 0, blocked: 0};
new PerformanceObserver((list) => list.getEntries().forEach((e) => {
  if (!e.hadRecentInput) benched.shift += e.value;
})).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((e) => {
  benched.blocked += Math.max(0, e.duration - 50);
})).observe({type: "longtask", buffered: true});
"""
READ = """
() => ({
  painted: (performance.getEntriesByName("first-contentful-paint")[0] || {startTime: 0}).startTime,
  elements: document.querySelectorAll("*").length,
  ...benched,
})
"""


def weigh(browser: Browser, part: Part, kind: str) -> Weight:
    """The middle of what some openings of a page tell."""
    found = [_weigh_once(browser, part, kind) for _ in range(RUNS)]
    return Weight(*(statistics.median(values) for values in zip(*found, strict=True)))


def _weigh_once(browser: Browser, part: Part, kind: str) -> Weight:
    loaded: set[str] = set()

    def note(request: Any) -> None:
        loaded.add(url2pathname(urlsplit(request.url).path))

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.on("request", note)
    page = open_page(context, part.find(kind), PREPARE)
    page.wait_for_load_state("networkidle")
    told = page.evaluate(READ)
    context.close()
    own = part.place / part.kinds[kind].partition("?")[0]
    return Weight(
        page=own.stat().st_size,
        loaded=sum(Path(file).stat().st_size for file in loaded),
        files=len(loaded),
        elements=told["elements"],
        painted=told["painted"] / 1000,
        blocked=told["blocked"] / 1000,
        shift=told["shift"],
    )


def list_excesses(weight: Weight, budget: Weight) -> list[str]:
    """What of a page is beyond its budget."""
    return [
        f"{name}: {value:,.6g} is more than {most:,.6g}"
        for name, value, most in zip(Weight._fields, weight, budget, strict=True)
        if value > most
    ]


def make_table(weights: Mapping[tuple[int, str], Weight]) -> str:
    """The weights as Markdown."""
    lines = [
        "| profiles | page | its file | all it loads | files | elements | first painted | blocked | shift |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    last = None
    for (size, kind), weight in weights.items():
        shown = "" if size == last else f"{size:,}" if size else "shipped"
        last = size
        lines.append(
            f"| {shown} | {kind} | {_kilo(weight.page)} | {_kilo(weight.loaded)} | {weight.files:.0f} "
            f"| {weight.elements:,.0f} | {format_time(weight.painted)} | {_time(weight.blocked)} "
            f"| {weight.shift:.3f} |"
        )
    return "\n".join(lines)


def _time(seconds: float) -> str:
    return format_time(seconds) if seconds else "0"


def _kilo(count: float) -> str:
    return f"{count / 1000:,.1f} kB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Weigh pages of some sizes; 1 where one is beyond its budget."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.budgets", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 10_000], metavar="PROFILES")
    parser.add_argument("--write-readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args(arguments)
    program = find_program()
    if program is None:
        sys.exit("there is no Chromium on the path")
    machine = describe_machine()
    weights: dict[tuple[int, str], Weight] = {}
    excesses = []
    with tempfile.TemporaryDirectory(prefix="rolegraph-pages-") as place, open_browser(program) as browser:
        for size in options.sizes:
            data = Path(place) / f"data-{size}" if size else None
            if data is not None:
                write_architecture(data, size, SEED)
            part = Part(data, Path(place) / f"site-{size}")
            part.write()
            for kind in part.kinds:
                weights[size, kind] = weight = weigh(browser, part, kind)
                excesses += [
                    f"{kind}, {size}: {told}" for told in list_excesses(weight, BUDGETS.get(kind, BUDGET))
                ]
    table = make_table(weights)
    print(table)
    if options.write_readme:
        text = README.read_text(encoding="utf-8")
        README.write_text(replace_table(text, "budgets", f"{table}\n\n{machine}."), encoding="utf-8")
    for told in excesses:
        print(told, file=sys.stderr)
    return 1 if excesses else 0


if __name__ == "__main__":
    sys.exit(main())
