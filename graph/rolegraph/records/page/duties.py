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
    rf"({codes.TRACK}{codes.RANK})(?:\s+[—–-]\s+[^.]{{1,60}}?)?\s*(?P<own>[(·]?\s*(?i:this profile)\)?)?:?"
)


_OWN: Final = re.compile(r"\(?this profile\)?", re.IGNORECASE)


def read_duties(section: Section, draft: Draft) -> None:
    """Reads the bullets under their levels; without levels they wait for :func:`divide_duties`."""
    lines = drop_intro(section)
    any_bullet = any(line.bullet for line in lines)
    duties, level = draft.facts.duties, ""
    for line in lines:
        heading = None if line.bullet else _LEVEL.fullmatch(line.text)
        if heading is not None:
            level = heading[1]
            if heading["own"]:
                judge_own(level, line.number, draft)
            if level in duties:
                draft.refuse(
                    "page-level-repeated", f"responsibilities of {level} stand here for the second time",
                    line.number, "keep one heading for each level",
                )  # fmt: skip
            duties.setdefault(level, [])
            draft.facts.headed.setdefault(level, line.number)
        elif level and _OWN.fullmatch(line.text):
            judge_own(level, line.number, draft)
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
        if not said and lines[-1].last and line == lines[-1].number and level == list(duties)[-1]:
            draft.cut.append(f"the responsibilities of {level}")
        elif not said:
            draft.note("page-level-empty", f"no responsibilities stand under {level}", line)


def judge_own(level: str, line: int, draft: Draft) -> None:
    """Refuses the words "this profile" at a level that is not the page's."""
    if draft.level and level != draft.level:
        draft.refuse(
            "page-this-profile", f"the level {level} is marked as this profile, and the page is one of {draft.level}", line,
            "take the words away where they are wrong, or correct the code of the page",
        )  # fmt: skip


def divide_duties(draft: Draft) -> None:
    """Divides bullets without levels over the levels of the guideline: as given, or evenly where that comes out.

    Counts that were given for all pages hold for one which has as many levels and bullets; those that were given
    for a page or focus have to. An uneven number of bullets is never divided by guessing.
    """
    bullets, levels = draft.bullets, list(draft.facts.guideline)
    if not bullets or draft.facts.duties:
        return
    total, given = len(bullets), draft.counts
    counts = given.numbers if given else ()
    if counts and len(counts) == len(levels) and sum(counts) == total and min(counts) >= 0:
        draft.facts.split = Said("given", bullets[0].line)
        draft.needed = True
        draft.note(
            "page-counts-used", f"{total} responsibilities stand without their levels; they were divided as given, "
            f"{_join(counts)}", bullets[0].line,
        )  # fmt: skip
    elif levels and total % len(levels) == 0 and not (given and given.name):
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
    draft.needed = True
    if not levels:
        draft.refuse(
            "page-responsibilities",
            f"{total} responsibilities stand without their levels, and no guideline names the levels", line,
            "put each level before its responsibilities",
        )  # fmt: skip
        return
    message = f"{total} responsibilities stand without their levels"
    if total % len(levels):
        message += " and do not divide evenly over"
    else:
        message += " beside"
    message += f" {_count(len(levels), 'level')} ({', '.join(levels)})"
    if draft.counts is not None:
        numbers = draft.counts.numbers
        message += f"; the counts given, {_join(numbers)}, are for {_count(len(numbers), 'level')} and add up to {sum(numbers)}"
    each, over = divmod(total, len(levels))
    example = ",".join(str(each + (i >= len(levels) - over)) for i in range(len(levels)))
    draft.refuse(
        "page-responsibilities", message, line,
        f"count those of each level and give the numbers; --responsibilities {example} is only one way to add up to {total}",
    )  # fmt: skip


def _join(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
