"""Responsibilities by level: under the headings of their levels, or divided where those are lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro

_LEVEL: Final = re.compile(
    rf"({codes.TRACK}{codes.RANK})(?:\s+[—–-]\s+[^.]{{1,60}}?)?\s*(?:[(·]?\s*(?i:this profile)\)?)?:?"
)


def read_duties(section: Section, draft: Draft) -> None:
    """Reads the bullets under their levels; without levels they wait for :func:`divide_duties`."""
    lines = drop_intro(section)
    any_bullet = any(line.bullet for line in lines)
    duties, level = draft.facts.duties, ""
    for line in lines:
        heading = None if line.bullet else _LEVEL.fullmatch(line.text)
        if heading is not None:
            level = heading[1]
            if level in duties:
                draft.refuse(
                    "page-level-repeated", f"responsibilities of {level} stand here for the second time",
                    line.number, "keep one heading for each level",
                )  # fmt: skip
            duties.setdefault(level, [])
            draft.facts.headed.setdefault(level, line.number)
        elif any_bullet and not line.bullet:
            _judge_plain(line, lines, draft)
        elif level:
            duties[level].append(Said(line.text, line.number))
        else:
            draft.bullets.append(Said(line.text, line.number))
    _judge(duties, lines, draft)


def _judge_plain(line: Line, lines: Sequence[Line], draft: Draft) -> None:
    """A line without the sign of a bullet among others that have one."""
    if line == lines[0]:
        draft.pass_over(line)
        return
    draft.refuse(
        "page-bullet", f"the line {shorten(line.text)} is no bullet and no level", line.number,
        "join it to the bullet before it, or begin it with - ",
    )  # fmt: skip


def _judge(duties: dict[str, list[Said[str]]], lines: Sequence[Line], draft: Draft) -> None:
    if duties and draft.bullets:
        draft.refuse(
            "page-responsibilities", "bullets stand before the first level, others below levels",
            draft.bullets[0].line, "put the level of these bullets before them",
        )  # fmt: skip
        draft.bullets.clear()
    elif duties:
        draft.facts.split = Said("stated", lines[0].number)
    for level, said in duties.items():
        line = draft.facts.headed[level]
        if not said and line == draft.end:
            draft.cut.append(f"the responsibilities of {level}")
        elif not said:
            draft.note("page-level-empty", f"no responsibilities stand under {level}", line)


def divide_duties(draft: Draft) -> None:
    """Divides bullets without levels over the levels of the guideline: as given, or evenly where that comes out.

    Counts that were given hold for a page which has as many levels and bullets. An uneven number of bullets is
    never divided by guessing.
    """
    bullets, levels = draft.bullets, list(draft.facts.guideline)
    if not bullets or draft.facts.duties:
        return
    total, counts = len(bullets), draft.counts
    fits = counts is not None and len(counts) == len(levels) and sum(counts) == total and min(counts) >= 0
    if counts is not None and fits:
        draft.facts.split = Said("given", bullets[0].line)
    elif levels and total % len(levels) == 0:
        counts = (total // len(levels),) * len(levels)
        draft.facts.split = Said("even", bullets[0].line)
    else:
        _refuse_division(draft, levels)
        return
    start = 0
    for level, count in zip(levels, counts, strict=True):
        draft.facts.duties[level] = bullets[start : start + count]
        start += count


def _refuse_division(draft: Draft, levels: Sequence[str]) -> None:
    bullets = draft.bullets
    total, line = len(bullets), bullets[0].line
    if not levels:
        draft.refuse(
            "page-responsibilities",
            f"{total} responsibilities stand without their levels, and no guideline names the levels", line,
            "put each level before its responsibilities",
        )  # fmt: skip
        return
    message = f"{total} responsibilities stand without their levels and do not divide evenly over {len(levels)} levels ({', '.join(levels)})"
    if draft.counts is not None:
        given = ",".join(map(str, draft.counts))
        message += (
            f"; the counts given, {given}, are {len(draft.counts)} numbers with the sum {sum(draft.counts)}"
        )
    each, over = divmod(total, len(levels))
    example = ",".join(str(each + (i >= len(levels) - over)) for i in range(len(levels)))
    draft.refuse(
        "page-responsibilities", message, line,
        f"give the number of each level, such as --responsibilities {example}",
    )  # fmt: skip
