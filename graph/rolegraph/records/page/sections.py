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
    "mappings", "unknown",
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
    "mappings": ("no classification mappings", "no mappings"),
    "unknown": (),
}  # fmt: skip
"""How the sentences begin that explain the page and state nothing of the profile, in small letters alone."""

_PAIRED: Final[frozenset[Name]] = frozenset({"opening", "level", "skills"})
"""Sections in which a name stands before what it means, so that they may be tables of two columns."""

_HEADED: Final[frozenset[Name]] = frozenset({"responsibilities", "guideline", "level", "mappings"})
_INNER: Final = re.compile(
    rf"{codes.TRACK}{codes.RANK}\b.*|(?i:scope|autonomy|complexity|impact|decision rights|leadership|typical "
    r"experience|.*\bSOC\b.*|O\*NET):?"
)
"""What may be marked as a heading inside these sections."""

_SKILL_COLUMNS: Final = frozenset({"skill", "skills", "name", "skill name"})
_OTHER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: the line of its heading, what the heading says besides its name, and its lines.

    The lines of ``unknown`` are those under headings that are not known, with these headings.
    """

    name: Name
    heading: Line | None
    said: Mapping[str, str | None]
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """The line of the heading, or else the first line."""
        return self.heading.number if self.heading else self.lines[0].number if self.lines else 1


def split_sections(lines: Iterable[Line], headings: Headings = HEADINGS) -> dict[Name, Section]:
    """The sections of a page by name; what stands before the first heading is the ``opening``.

    A line that is marked as a heading, as high as that of its section, and is none that is known, begins a section
    that is not known.
    """
    found: dict[Name, Section] = {}
    strange: list[Line] = []
    name: Name = "opening"
    heading: Line | None = None
    said: Mapping[str, str | None] = {}
    own: list[Line] = []
    for line in lines:
        match = _find_heading(line, headings, found, name)
        if match is None:
            if name != "unknown" and _begins_strange(line, name, heading, own):
                found[name] = Section(name, heading, said, tuple(own))
                name = "unknown"
            (strange if name == "unknown" else own).append(line)
            continue
        if name != "unknown":
            found[name] = Section(name, heading, said, tuple(own))
        (name, fits), heading, own = match, line, []
        said = fits.groupdict()
    if name != "unknown":
        found[name] = Section(name, heading, said, tuple(own))
    if strange:
        found["unknown"] = Section("unknown", None, {}, tuple(strange))
    return {name: spread_rows(section) for name, section in found.items()}


def _begins_strange(line: Line, name: Name, heading: Line | None, own: list[Line]) -> bool:
    """Whether a line that is no known heading begins a section of its own."""
    if not line.heading or line.bullet or line.cells or heading is None:
        return False
    if heading.heading:
        # Levels, fields and schemes are headings inside their sections, however high they are marked.
        inner = name in _HEADED and _INNER.fullmatch(line.text) is not None
        return line.heading <= heading.heading and not inner
    # Names of skills may be headings, then all of them are: one behind other lines is none.
    first = next((one for one in own if not explains("skills", one.text)), line)
    return name == "skills" and not first.heading


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
            cells = [cell for cell in line.cells if cell]
            spread += (Line(line.number, cell) for cell in cells[:-1])
            spread += (Line(line.number, cell, last=line.last) for cell in cells[-1:])
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
