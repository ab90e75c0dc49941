"""The lines of a page -> its sections, by the headings that are known, and its sentences that explain the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from rolegraph.model import codes
from rolegraph.records.page.lines import Line

Name: TypeAlias = Literal[
    "opening", "focus", "responsibilities", "guideline", "skills", "provenance", "level", "adjacent", "aliases",
    "mappings",
]  # fmt: skip
Headings: TypeAlias = Mapping[Name, re.Pattern[str]]

_DASH: Final = r"\s*[—–:-]\s+"
_FOLD: Final = r"\s*:?\s*(?:(?:show|hide)\b[^\w]*)?"

HEADINGS: Final[Headings] = {
    "focus": re.compile(rf"Focus{_DASH}(?P<label>.+)", re.IGNORECASE),
    "responsibilities": re.compile(r"Responsibilities by level:?", re.IGNORECASE),
    "guideline": re.compile(r"Level guidelines?:?", re.IGNORECASE),
    "skills": re.compile(r"Skills:?", re.IGNORECASE),
    "provenance": re.compile(r"Provenance:?", re.IGNORECASE),
    "level": re.compile(
        rf"(?i:Level){_DASH}(?P<code>{codes.TRACK}{codes.RANK})(?:{_DASH}(?P<name>.+))?"
    ),
    "adjacent": re.compile(r"Adjacent roles:?", re.IGNORECASE),
    "aliases": re.compile(rf"Title aliases{_FOLD}", re.IGNORECASE),
    "mappings": re.compile(rf"Classification mappings{_FOLD}", re.IGNORECASE),
}  # fmt: skip
"""The headings of both forms, in the order of a page. Each is looked for once: a second one is a plain line."""

_INTROS: Final[Mapping[Name, tuple[str, ...]]] = {
    "opening": ("canon taxonomy",),
    "responsibilities": ("what this person actually does", "your level is highlighted"),
    "guideline": ("the universal leveling rubric", "the universal levelling rubric"),
    "skills": ("focus specific skills the role applies",),
    "provenance": ("the evidence base behind this profile",),
    "adjacent": (
        "nearest roles by structural coordinates", "distance 0 1", "each carries its 3 state",
        "how coordinates work", "compare side by side",
    ),
    "aliases": ("no title aliases",),
    "mappings": ("no classification mappings",),
}  # fmt: skip
"""How the sentences begin that explain the page and state nothing of the profile, in small letters alone."""

_PAIRED: Final[frozenset[Name]] = frozenset({"opening", "level", "skills"})
"""Sections in which a name stands before what it means, so that they may be tables of two columns."""

_SKILL_COLUMNS: Final = frozenset({"skill", "skills", "name", "skill name"})
_OTHER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: the line of its heading, what the heading says besides its name, and its lines."""

    name: Name
    heading: Line | None
    said: Mapping[str, str | None]
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """The line of the heading, or else the first line."""
        return self.heading.number if self.heading else self.lines[0].number if self.lines else 1


def split_sections(lines: Iterable[Line], headings: Headings = HEADINGS) -> dict[Name, Section]:
    """The sections of a page by name; what stands before the first heading is the ``opening``."""
    found: dict[Name, Section] = {}
    name: Name = "opening"
    heading: Line | None = None
    said: Mapping[str, str | None] = {}
    own: list[Line] = []
    for line in lines:
        match = _find_heading(line, headings, found, name)
        if match is None:
            own.append(line)
            continue
        found[name] = Section(name, heading, said, tuple(own))
        (name, fits), heading, own = match, line, []
        said = fits.groupdict()
    found[name] = Section(name, heading, said, tuple(own))
    return {name: spread_rows(section) for name, section in found.items()}


def _find_heading(
    line: Line, headings: Headings, found: Mapping[Name, Section], current: Name
) -> tuple[Name, re.Match[str]] | None:
    if line.bullet or line.cells:
        return None
    for name, pattern in headings.items():
        if name not in found and name != current and (fits := pattern.fullmatch(line.text)):
            return name, fits
    return None


def spread_rows(section: Section) -> Section:
    """The section with tables of two columns as lines: names of facts and what they are, skills by turns.

    Of other tables the rows stay what they are.
    """
    lines = section.lines
    if section.name not in _PAIRED or not any(line.row for line in lines):
        return section
    if section.name == "skills":
        lines = drop_intro(section)
        if any(len(line.cells) != 2 for line in lines):
            return section
        lines = lines[1:] if fold(lines[0].cells[0]) in _SKILL_COLUMNS else lines
    spread: list[Line] = []
    for line in lines:
        if line.row and len(line.cells) == 2:
            spread += (Line(line.number, cell) for cell in line.cells if cell)
        else:
            spread.append(line)
    return replace(section, lines=tuple(spread))


def drop_intro(section: Section) -> tuple[Line, ...]:
    """The lines of a section without the sentences that explain it."""
    return tuple(line for line in section.lines if line.bullet or not explains(section.name, line.text))


def explains(name: Name, text: str) -> bool:
    """Whether a text is one of the sentences that explain a section of this name."""
    return fold(text).startswith(_INTROS[name])


def begins_intro(name: Name, text: str) -> bool:
    """Whether a text is the beginning of such a sentence, cut before it can be told apart."""
    folded = fold(text)
    return any(intro.startswith(folded) and intro != folded for intro in _INTROS[name])


def fold(text: str) -> str:
    """The words of a text in small letters, without punctuation."""
    return _OTHER.sub(" ", text.casefold()).strip()
