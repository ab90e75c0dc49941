"""Texts of cells -> the values of fields: items, skills with proficiency, periods, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rolegraph.model import codes
from rolegraph.records.explain import find_closest
from rolegraph.records.table.schema import LINE

_BULLET = re.compile(r"(?:[-–—*•·▪◦‣●○■□]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+|[•▪‣●]")
_SKILL_FORMS: Final = {
    "name (proficiency)": re.compile(r"(?P<name>.*\S)\s*[(\[](?P<step>[^()\[\]]+)[)\]]", re.DOTALL),
    "name: proficiency": re.compile(r"(?P<name>.*\S)\s*:\s*(?P<step>[^:]+)", re.DOTALL),
    "name - proficiency": re.compile(r"(?P<name>.*\S)\s+[-–—]\s+(?P<step>.+?)", re.DOTALL),
}
_PERIODS: Final = {
    "P1Y": ("year", "yearly", "annual", "annually", "per year", "per annum", "a year", "pa", "p.a."),
    "P1M": ("month", "monthly", "per month", "a month"),
    "P1W": ("week", "weekly", "per week", "a week"),
    "P1D": ("day", "daily", "per day", "a day"),
}
_PERIOD_BY_WORD: Final = {word: code for code, words in _PERIODS.items() for word in words}
_SOC = re.compile(r"[0-9]{2}-[0-9]{4}")
_ONET = re.compile(codes.ONET_PATTERN)


def split_items(text: str, separator: str | None) -> tuple[list[str], str]:
    """The items of a cell, and a line before the first bullet that introduces the others (empty if none).

    >>> split_items("SQL; Python;", ";")
    (['SQL', 'Python'], '')
    >>> split_items("You will:\\n- plan\\n- build", "line")
    (['plan', 'build'], 'You will:')
    """
    if not text:
        return [], ""
    if separator is None:
        return [text], ""
    if separator != LINE:
        return [item for part in text.split(separator) if (item := part.strip())], ""
    lines = [line for part in text.split("\n") if (line := part.strip())]
    bullets = [_BULLET.match(line) is not None for line in lines]
    lead = ""
    if len(lines) > 1 and not bullets[0] and lines[0].endswith(":") and all(bullets[1:]):
        lead = lines.pop(0)
    return [
        item
        for line in lines
        if (item := _BULLET.sub("", line, count=1).strip() if _BULLET.match(line) else line)
    ], lead


def split_skill(text: str, form: str) -> tuple[str, str]:
    """The name of a skill and the words for its proficiency; the latter are empty where there are none.

    >>> split_skill("SQL (Working)", "name (proficiency)"), split_skill("SQL: 3", "name: proficiency")
    (('SQL', 'Working'), ('SQL', '3'))
    """
    pattern = _SKILL_FORMS.get(form)
    match = pattern.fullmatch(text) if pattern is not None else None
    return (match["name"], match["step"].strip()) if match is not None else (text, "")


def find_like(text: str, known: Iterable[str]) -> str | None:
    """The known text that is most like another one, letter case apart; None where none is like it.

    >>> find_like("SKILL NAMES", ["Skill Name", "Level"])
    'Skill Name'
    """
    folded = {each.casefold(): each for each in sorted(known, reverse=True)}
    closest = find_closest(text.casefold(), folded)
    return folded[closest] if closest is not None else None


def parse_period(text: str) -> str | None:
    """The duration that words for a period, or a duration itself, stand for.

    >>> parse_period("Per annum"), parse_period("P1M"), parse_period("hour")
    ('P1Y', 'P1M', None)
    """
    if re.fullmatch(codes.DURATION_PATTERN, text):
        return text
    return _PERIOD_BY_WORD.get(text.casefold())


def find_scheme(code: str) -> str | None:
    """The classification to which a code belongs by its form.

    >>> find_scheme("15-1252"), find_scheme("15-1252.00"), find_scheme("2134")
    ('soc-2018', 'onet-soc-2019', None)
    """
    if _SOC.fullmatch(code):
        return "soc-2018"
    return "onet-soc-2019" if _ONET.match(code) else None
