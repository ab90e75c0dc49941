"""The level and the code at the top of a page, where both stand on one line: ``M3MANUFA.BIOPROCE4427.M3``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import HEADINGS

_CODE: Final = re.compile(codes.PROFILE_PATTERN)
_BOTH: Final = re.compile(
    rf"(?P<level>{codes.TRACK}{codes.RANK})(?P<blank>\s+|)(?P<code>{codes.PROFILE_PATTERN[1:-1]})"
)


def part_codes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page, where a level and a code on one line before the first heading are two lines.

    They are parted where that is certain: a blank or the elements of HTML part them, or the code stands there alone
    as well and its level is the one before it.

    >>> lines = [Line(2, "M3BAKERY.OVENS00AA.M3"), Line(4, "BAKERY.OVENS00AA.M3")]
    >>> [(line.number, line.text) for line in part_codes(lines)]
    [(2, 'M3'), (2, 'BAKERY.OVENS00AA.M3'), (4, 'BAKERY.OVENS00AA.M3')]
    """
    end = next((at for at, line in enumerate(lines) if _is_heading(line)), len(lines))
    alone = {line.text for line in lines[:end] if not line.cells and _CODE.fullmatch(line.text)}
    parted: list[Line] = []
    for line in lines[:end]:
        both = None if line.row else _find_both(line, alone)
        if both is None:
            parted.append(line)
            continue
        bare = line._replace(cells=(), parts=())
        parted += (bare._replace(text=both[0], last=False), bare._replace(text=both[1]))
    return (*parted, *lines[end:])


def _is_heading(line: Line) -> bool:
    return (
        not line.bullet
        and not line.cells
        and any(pattern.fullmatch(line.text) for pattern in HEADINGS.values())
    )


def _find_both(line: Line, alone: set[str]) -> tuple[str, str] | None:
    """Level and code of a line that certainly is both."""
    if len(line.parts) == 2 and "".join(line.parts) == line.text:
        level, code = line.parts
        if re.fullmatch(codes.LEVEL_PATTERN, level) and _CODE.fullmatch(code):
            return level, code
    match = _BOTH.fullmatch(line.text)
    if match is not None and match["blank"]:
        return match["level"], match["code"]
    level = line.text.rpartition(".")[2]
    code = line.text.removeprefix(level)
    return (level, code) if code != line.text and code in alone else None
