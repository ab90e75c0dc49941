"""The skills: lines that are by turns the name of a skill and what it means, or both in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from rolegraph.records.page.draft import Draft, Said, UsedSkill, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro

Pair: TypeAlias = tuple[Line, Line]

_LONGEST: Final = 80
"""The name of a skill has at most so many characters; what is longer is a sentence."""

_STOP: Final = re.compile(r"[.!?…][)\]”’\"']*$")
_COLON: Final = re.compile(r"(?P<name>[^:]{1,80}?)\s*:\s+(?P<description>\S.*)")
_LEAD: Final = re.compile(r"^[:—–-]\s*")
_REMEDY: Final = (
    "give each skill a line with its name and a line with its description; begin what is no skill with a heading "
    "(# HEADING)"
)


def read_skills(section: Section, draft: Draft) -> None:
    """Reads names and descriptions. One that is missing is reported rather than shifting those behind it."""
    firsts: dict[str, UsedSkill] = {}
    for name, description in _pair(drop_intro(section), draft):
        used = UsedSkill(Said(name.text, name.number), Said(description.text, description.number))
        first = firsts.setdefault(name.text, used)
        if first is used:
            draft.facts.skills.append(used)
        elif first.description is not None and first.description.value == description.text:
            draft.note(
                "page-skill-repeated", f"the skill {shorten(name.text)} stands on line {first.label.line} already, "
                "and was taken once", name.number,
            )  # fmt: skip
        else:
            draft.refuse(
                "page-skill-repeated", f"the skill {shorten(name.text)} stands on line {first.label.line} already, "
                "with another description", name.number, "keep one, or tell their names apart",
            )  # fmt: skip


def _pair(lines: Sequence[Line], draft: Draft) -> list[Pair]:
    """Names and descriptions; none where it is not certain which line is which."""
    if pairs := _split_elements(lines) or _split_colons(lines):
        strange = next(((line, why) for line, _ in pairs if (why := _judge_name(line))), None)
    else:
        pairs = list(zip(lines[::2], lines[1::2], strict=False))
        if len(lines) % 2 and lines[-1].last:
            draft.cut.append(f"the description of the skill {shorten(lines[-1].text)}")
            return []
        strange = _find_strange(pairs, html=draft.html)
        if strange is None and len(lines) % 2:
            draft.refuse(
                "page-skills", f"{len(lines)} lines are no pairs of name and description; the last is "
                f"{shorten(lines[-1].text)}", lines[-1].number, _REMEDY,
            )  # fmt: skip
            return []
    if strange is not None:
        line, why = strange
        draft.refuse("page-skills", f"the line {shorten(line.text)} {why}", line.number, _REMEDY)
        return []
    return pairs


def _split_elements(lines: Sequence[Line]) -> list[Pair]:
    """The pairs of lines of HTML that all begin with an element, which is the name, and have more behind it."""
    if not all(line.parts for line in lines):
        return []
    return [
        (line._replace(text=line.parts[0].rstrip(" :")), line._replace(text=_LEAD.sub("", line.parts[1])))
        for line in lines
    ]  # fmt: skip


def _split_colons(lines: Sequence[Line]) -> list[Pair]:
    """The pairs of lines that all have a colon behind the name, unless names and descriptions stand by turns."""
    found = [(line, _COLON.fullmatch(line.text)) for line in lines]
    names, descriptions = lines[::2], lines[1::2]
    by_turns = len(names) == len(descriptions) and not any(_ends(line) for line in names)
    if by_turns and all(_ends(line) for line in descriptions):
        return []
    pairs = [
        (line._replace(text=match["name"]), line._replace(text=match["description"]))
        for line, match in found if match is not None
    ]  # fmt: skip
    return pairs if len(pairs) == len(lines) else []


def _find_strange(pairs: Sequence[Pair], *, html: bool) -> tuple[Line, str] | None:
    """The first line that is not what the others at its place are, and why it is not."""
    if not pairs:
        return None
    (first_name, first_text), whole = pairs[0], sum(_ends(text) for _, text in pairs)
    usual = None if html else _find_gaps(pairs)
    before: Line | None = None
    for name, text in pairs:
        if why := _judge_name(name):
            return name, why
        if _find_marks(name) != _find_marks(first_name):
            return (
                name,
                "stands where the name of a skill is expected and is not marked as the other names are",
            )
        if text.heading or _find_marks(text) != _find_marks(first_text):
            return (
                text,
                "stands where a description is expected and is not marked as the other descriptions are",
            )
        others = len(pairs) - 1
        if not _ends(text) and others > 1 and whole >= 0.8 * others:
            return (
                text,
                "stands where the description of a skill is expected and ends without a full stop, unlike the others",
            )
        if usual is not None:
            if before is not None and name.number - before.number > usual[0]:
                return (
                    name,
                    "stands where the name of a skill is expected, behind more empty lines than the other names",
                )
            if text.number - name.number > usual[1]:
                return name, "stands apart from what follows it, unlike the names of the other skills"
        before = text
    return None


def _find_marks(line: Line) -> tuple[bool, bool, str]:
    """How a line is set apart on its page: as a heading, as a bullet, or by the block of HTML that it is in."""
    return bool(line.heading), line.bullet, line.block


def _judge_name(line: Line) -> str:
    """Why a line can be no name of a skill; empty where it can."""
    if len(line.text) > _LONGEST:
        return f"stands where the name of a skill is expected and has more than {_LONGEST} characters"
    return "stands where the name of a skill is expected and ends as a sentence does" if _ends(line) else ""


def _find_gaps(pairs: Sequence[Pair]) -> tuple[int, int]:
    """How many lines usually lie between a skill and the next, and between a name and its description."""
    between = [after[0].number - before[1].number for before, after in pairwise(pairs)]
    within = [text.number - name.number for name, text in pairs]
    return _find_usual(between), _find_usual(within)


def _find_usual(numbers: Sequence[int]) -> int:
    counted = Counter(numbers)
    return min(counted, key=lambda number: (-counted[number], number), default=0)


def _ends(line: Line) -> bool:
    return _STOP.search(line.text) is not None
