"""The beginning of a page: codes, title, badges, the facts of the level, and the definition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rolegraph.model import codes
from rolegraph.model.roles import Differential
from rolegraph.records.page.badges import find_badges_level, is_badges, read_badges
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.pay import is_pay_heading, read_pay
from rolegraph.records.page.rung import read_year_range
from rolegraph.records.page.sections import Section, explains

_CODE: Final = re.compile(codes.PROFILE_PATTERN)
_LEVEL: Final = re.compile(codes.LEVEL_PATTERN)
_FACT: Final = re.compile(r"(?:Level|Function\s*·\s*Focus):?", re.IGNORECASE)
_NAMED_LEVEL: Final = re.compile(rf"({codes.TRACK}{codes.RANK})(?:\s*[—–-]\s+(.+))?")
_SHORT: Final = 24
"""Badges have fewer characters than this; a definition has more."""

_PARTS: Final = re.compile(r"\s+·\s+")
_DIFFERENTIAL: Final = re.compile(
    r"Material\s+(PAY|SKILL)(?:\s*(?:,|/|&|\+|\band\b)\s*(PAY|SKILL))?\s+differentials?\b[\w\s]*\bbaseline\.?"
    r"|Material\s+(PAY|SKILL)(?:\s*(?:,|/|&|\+|\band\b)\s*(PAY|SKILL))?\s+differentials?\s+vs\.?\s[\w\s]+\.?",
    re.IGNORECASE,
)  # fmt: skip
_NO_DIFFERENTIAL: Final = re.compile(r"No (?:material )?differentials?\b.*", re.IGNORECASE)


def find_code(lines: Sequence[Line]) -> Line | None:
    """The line of the profile's code."""
    return next((line for line in lines if not line.cells and _CODE.fullmatch(line.text)), None)


def is_fact(line: Line) -> bool:
    """Whether a line is the name of a fact that form A gives before the focus."""
    return _FACT.fullmatch(line.text) is not None or is_pay_heading(line.text)


def read_head(lines: Sequence[Line], draft: Draft) -> tuple[list[Line], list[Line]]:
    """Reads the code; returns the candidates for titles, and the lines behind the head, in their order."""
    marks = [i for i, line in enumerate(lines) if _is_mark(line, draft)]
    last = marks[-1] if marks else -1
    candidates = []
    for line in lines[: last + 1]:
        if _CODE.fullmatch(line.text):
            _take_code(line, draft)
        elif _LEVEL.fullmatch(line.text):
            if draft.level and line.text != draft.level:
                draft.refuse(
                    "page-code", f"the page names the level {line.text} and a profile of {draft.level}",
                    line.number, "give the page of one profile",
                )  # fmt: skip
        elif not _is_back_link(line) and not is_badges(line.text, draft.level):
            candidates.append(line)
    return candidates, list(lines[last + 1 :])


def _is_mark(line: Line, draft: Draft) -> bool:
    text = line.text
    return bool(_CODE.fullmatch(text) or _LEVEL.fullmatch(text)) or is_badges(text, draft.level)


def _is_back_link(line: Line) -> bool:
    return line.text.startswith("←") or explains("opening", line.text)


def _take_code(line: Line, draft: Draft) -> None:
    known = draft.facts.code
    if known is None:
        draft.facts.code = Said(line.text, line.number)
    elif known.value != line.text:
        draft.refuse(
            "page-code", f"the page has two codes, {known.value} on line {known.line} and {line.text}",
            line.number, "give the page of one profile",
        )  # fmt: skip


def take_title(candidates: list[Line], draft: Draft) -> list[Line]:
    """Takes the title, which is the candidate that ends with the level, or is there twice, or comes first.

    Returns the candidates that are not the title.
    """
    if not candidates:
        return []
    texts = [line.text for line in candidates]
    ending = re.compile(rf"\s[—–-]\s+{re.escape(draft.level)}$") if draft.level else None
    title = next((line for line in candidates if ending is not None and ending.search(line.text)), None)
    title = title or next((line for line in candidates if texts.count(line.text) > 1), candidates[0])
    draft.facts.title = Said(title.text, title.number)
    return [line for line in candidates if line.text != title.text]


def read_plain_opening(section: Section, draft: Draft) -> None:
    """The opening of form B: title and code, then the definition once or twice."""
    candidates, rest = read_head(section.lines, draft)
    if not candidates and rest and re.search(rf"\s[—–-]\s+{re.escape(draft.level)}$", rest[0].text):
        candidates = [rest.pop(0)]
    for line in take_title(candidates, draft):
        draft.pass_over(line)
    draft.blocks.append(rest)


def read_badged_opening(section: Section, draft: Draft) -> None:
    """The opening of form A: codes, title, function and badges, the definition, the facts, the definition."""
    lines = section.lines
    lines = _join_badges(_drop_other_badges(lines, draft), draft)
    at = next((i for i, line in enumerate(lines) if is_fact(line)), len(lines))
    candidates, rest = read_head(lines[:at], draft)
    others = take_title(candidates, draft)
    focus, behind = _read_facts(lines[at:], draft)
    _take_function(others, focus, draft)
    draft.blocks += [rest, behind]
    badges = next((line for line in lines[:at] if is_badges(line.text, draft.level)), None)
    if badges is not None:
        read_badges(badges, draft)


def _drop_other_badges(lines: Sequence[Line], draft: Draft) -> tuple[Line, ...]:
    """The lines without badges of another level than the page's, which are refused."""
    kept = []
    for line in lines:
        level = find_badges_level(line.text)
        if level is None or level == draft.level:
            kept.append(line)
            continue
        draft.refuse(
            "page-badges", f"the badges {shorten(line.text)} are those of {level}, and the page is one of {draft.level}",
            line.number, "give the page of one profile",
        )  # fmt: skip
    return tuple(kept)


def _join_badges(lines: Sequence[Line], draft: Draft) -> tuple[Line, ...]:
    """The lines with badges that stand on lines of their own put together: level, level and name, and so on."""
    for i, (line, following) in enumerate(pairwise(lines)):
        named = _NAMED_LEVEL.fullmatch(following.text)
        if line.text != draft.level or named is None or not named[2] or named[1] != draft.level:
            continue
        end = i + 2
        while end < min(len(lines), i + 7) and len(lines[end].text) < _SHORT and not is_fact(lines[end]):
            end += 1
        badges = " ".join(part.text for part in lines[i:end])
        return (*lines[:i], Line(line.number, badges), *lines[end:])
    return tuple(lines)


def _read_facts(lines: Sequence[Line], draft: Draft) -> tuple[Said[str] | None, list[Line]]:
    """Reads level and pay; returns what stands under ``Function · Focus``, and the lines behind the facts."""
    focus: Said[str] | None = None
    at = 0
    while at < len(lines) and is_fact(lines[at]):
        name = lines[at]
        value = lines[at + 1] if at + 1 < len(lines) and not is_fact(lines[at + 1]) else None
        at += 1 if value is None else 2
        if value is None:
            draft.refuse(
                "page-fact", f"nothing stands under {shorten(name.text)}", name.number,
                "save the page again, or take the line out",
            )  # fmt: skip
        elif is_pay_heading(name.text):
            marks = [name.text]
            value, at = _join_pay(value, lines, at)
            while at < len(lines) and re.fullmatch(r"\(?inherited\b.*", lines[at].text, re.IGNORECASE):
                marks.append(lines[at].text)
                at += 1
            read_pay(value, " ".join(marks), draft)
        elif name.text.lower().startswith("level"):
            _read_level(value, draft)
        else:
            focus = Said(value.text, value.number)
    return focus, list(lines[at:])


def _join_pay(value: Line, lines: Sequence[Line], at: int) -> tuple[Line, int]:
    """The pay with its range, where this stands on lines of its own, and where the lines behind it begin."""
    text, most = value.text, at + 8
    while at < min(len(lines), most) and (
        (text.count("(") > text.count(")") and len(lines[at].text) < _SHORT)
        or re.match(r"\(\s*(?:\W?\d|$)", lines[at].text)
    ):
        text, at = f"{text} {lines[at].text}", at + 1
    return value._replace(text=text), at


def _read_level(line: Line, draft: Draft) -> None:
    """``M3 · M3 — Senior Manager · 8–12 yrs``."""
    for part in _PARTS.split(line.text):
        if (named := _NAMED_LEVEL.fullmatch(part)) is not None:
            if draft.level and named[1] != draft.level:
                draft.refuse(
                    "page-code", f"the page names the level {named[1]} and a profile of {draft.level}",
                    line.number, "give the page of one profile",
                )  # fmt: skip
            known = draft.facts.level_name
            if named[2] and known is None:
                draft.facts.level_name = Said(named[2], line.number)
            elif named[2] and known is not None and known.value != named[2]:
                draft.note(
                    "page-differs", f"the level is called {shorten(named[2])} here and {shorten(known.value)} on "
                    f"line {known.line}, which was kept", line.number,
                )  # fmt: skip
        else:
            read_year_range(Said(part, line.number), draft)


def _take_function(others: list[Line], focus: Said[str] | None, draft: Draft) -> None:
    """The function's name: what stands before the focus, or the line of the head that is not the title."""
    facts = draft.facts
    if focus is not None:
        label = facts.label
        if label is not None and focus.value.endswith(f" · {label.value}"):
            function = focus.value[: -len(label.value) - 2].rstrip()
        else:
            function, _, own = focus.value.rpartition(" · ")
            function, own = function.strip(), own.strip()
            if label is None and own:
                facts.label = Said(own, focus.line)
            elif label is not None and own != label.value:
                draft.note(
                    "page-differs", f"the focus is called {shorten(own)} here and {shorten(label.value)} on "
                    f"line {label.line}, which was kept", focus.line,
                )  # fmt: skip
        if function:
            facts.function_label = Said(function, focus.line)
    for line in others:
        known = facts.function_label
        if known is None:
            facts.function_label = Said(line.text, line.number)
        elif known.value == line.text:
            facts.function_label = min(known, Said(line.text, line.number), key=lambda said: said.line)
        else:
            draft.pass_over(line)


def read_focus(section: Section, draft: Draft) -> None:
    """Under the heading of the focus: the definition and, if there is one, the sentence on the differential."""
    if label := section.said.get("label"):
        draft.facts.label = Said(label, section.start)
    rest = []
    for line in section.lines:
        if match := _DIFFERENTIAL.fullmatch(line.text):
            named = tuple(sorted({word.lower() for word in match.groups() if word}))
            kinds: tuple[Differential, ...] = tuple(kind for kind in ("pay", "skill") if kind in named)
            draft.facts.differential = Said(kinds, line.number)
        elif re.match(r"Material\b.*\bdifferential", line.text, re.IGNORECASE) and len(line.text) < 160:
            draft.refuse(
                "page-differential", f"{shorten(line.text)} is not understood", line.number,
                "write Material PAY and SKILL differential vs the function baseline., or one of the two",
            )  # fmt: skip
        elif not _NO_DIFFERENTIAL.fullmatch(line.text):
            rest.append(line)
    draft.focus_text += rest
