"""Takes the pictures of pages in docs/pages/: python tests/screenshot_docs.py [NAME ...]

It needs Chromium (see ``browser.py``). Pictures differ a little with the fonts of the machine, so that no test says whether
they are the ones that would be taken today.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from browser import DESK, PHONE, Site, find_browser, run_site
from inspection import wait_until_drawn

FOLDER = Path(__file__).parents[1] / "docs" / "pages"
COLOURS = 96
"""Colours of a picture; text and lines need few."""


class Shot(NamedTuple):
    """One picture: the page, the window, and what is done before it is taken."""

    path: str
    window: tuple[int, int] = DESK
    dark: bool = False
    scroll_to: str = ""


SHOTS: Mapping[str, Shot] = {
    "index": Shot("index.html", scroll_to="#matrix"),
    "profile": Shot("profile/MANUFA.BIOPROCE4427.M3.html"),
    "profile-dark": Shot("profile/MANUFA.BIOPROCE4427.M3.html", dark=True),
    "profile-phone": Shot("profile/MANUFA.BIOPROCE4427.M3.html", window=(PHONE[0], 800)),
    "compare": Shot(
        "compare.html?keys=MANUFA.BIOPROCE4427.M3,MANUFA.MANUFACTF950.M3,PROCES.UPSTREAMDF5B.P1",
        scroll_to="#told",
    ),
    "path": Shot("path.html?from=PROCES.UPSTREAMDF5B.P1&to=MANUFA.BIOPROCE4427.M3&k=3", scroll_to="#told"),
    "search": Shot("search.html?q=managment"),
    "focus": Shot("focus/PROCES.UPSTREAMDF5B.html", scroll_to="#ladder"),
    "coordinates": Shot("coordinates.html", scroll_to="#works"),
    "function": Shot("function/MANUFA.html"),
    "levels": Shot("levels.html"),
    "level": Shot("level/M3.html"),
    "skills": Shot("skills.html"),
    "skill": Shot("skill/technology-transfer-and-scale-up.html"),
    "occupations": Shot("occupations.html"),
    "occupation": Shot("occupation/soc-2018-51-1011-7f7b29b6.html"),
    "findings": Shot("findings.html"),
    "about": Shot("about.html"),
}


def take_pictures(names: list[str]) -> dict[str, bytes]:
    """PNG files by name, of the site of the data that comes with rolegraph."""
    from playwright.sync_api import sync_playwright

    program = find_browser()
    if program is None:
        sys.exit("there is no Chromium on the path")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    taken = {}
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "pages"
        run_site("-o", folder)
        site = Site("folder", folder.as_uri() + "/", folder)
        browser = playwright.chromium.launch(executable_path=program, args=[*root, "--disable-gpu"])
        for name in names:
            shot = SHOTS[name]
            if not (folder / shot.path.partition("?")[0]).exists():
                sys.exit(f"{name}: there is no {shot.path}")
            context = browser.new_context(
                viewport={"width": shot.window[0], "height": shot.window[1]},
                color_scheme="dark" if shot.dark else "light",
                reduced_motion="reduce",
                locale="en-GB",
            )
            page = context.new_page()
            page.goto(site.find(shot.path))
            page.wait_for_load_state("networkidle")
            wait_until_drawn(page)
            if shot.scroll_to:
                page.locator(shot.scroll_to).evaluate("element => element.scrollIntoView({block: 'start'})")
            taken[name] = shrink(page.screenshot())
            context.close()
        browser.close()
    return taken


def shrink(picture: bytes) -> bytes:
    """The same picture with fewer colours."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    out = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for taken_name, taken_bytes in take_pictures(sys.argv[1:] or list(SHOTS)).items():
        (FOLDER / f"{taken_name}.png").write_bytes(taken_bytes)
