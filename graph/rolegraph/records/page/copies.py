"""Several pages in one file: the same one pasted twice, or pages that were saved one behind the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.records.page.draft import Draft
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import HEADINGS, Name

_CODE: Final = re.compile(codes.PROFILE_PATTERN)
_MAIN: Final[tuple[Name, ...]] = ("focus", "responsibilities", "guideline", "skills", "provenance", "level")
_ENOUGH: Final = 3
"""So many headings that stand in a file twice make a second page."""


def refuse_copies(lines: Sequence[Line], draft: Draft) -> bool:
    """Refuses a file with more than one page, by one problem; whether it did."""
    firsts: dict[Name, int] = {}
    seconds: dict[Name, int] = {}
    for at, line in enumerate(lines):
        if line.bullet or line.cells:
            continue
        name = next((name for name in _MAIN if HEADINGS[name].fullmatch(line.text)), None)
        if name is not None and name in firsts:
            seconds.setdefault(name, at)
        elif name is not None:
            firsts[name] = at
    if len(seconds) < _ENOUGH:
        return False
    again = min(seconds.values())
    behind = max(at for at in firsts.values() if at < again) + 1
    start, code = _find_start(lines, behind, again)
    known = next((line.text for line in lines[:behind] if _CODE.fullmatch(line.text)), "")
    number = lines[start].number
    if code in ("", known):
        draft.refuse(
            "page-twice", f"the page is in the file twice, from line {number} again", number, "keep it once"
        )
    else:
        draft.refuse(
            "page-twice", f"the file holds two pages, {known} and, from line {number}, {code}", number,
            "give each page a file of its own",
        )  # fmt: skip
    return True


def _find_start(lines: Sequence[Line], behind: int, before: int) -> tuple[int, str]:
    """Where the second page begins, between these lines, and its code ("" where it has none there)."""
    at = next((i for i in range(behind, before) if _CODE.fullmatch(lines[i].text)), None)
    if at is None:
        return before, ""
    level = lines[at].text.rpartition(".")[2]
    heads = {lines[0].text, level, f"# {level}"}
    start = at
    while start > behind and (
        lines[start - 1].text in heads
        or lines[start - 1].text.startswith("←")
        or re.search(rf"\s[—–-]\s+{level}$", lines[start - 1].text)
    ):
        start -= 1
    return start, lines[at].text
