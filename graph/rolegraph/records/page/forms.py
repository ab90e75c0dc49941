"""The forms in which pages come: how each is recognised by its content, and who reads its sections.

A further form is one more entry of ``FORMS``, with headings and readers of its own where they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rolegraph.records.page.badges import is_badges
from rolegraph.records.page.draft import Draft
from rolegraph.records.page.duties import read_duties
from rolegraph.records.page.guideline import read_guideline
from rolegraph.records.page.lines import Line
from rolegraph.records.page.opening import (
    find_code,
    is_fact,
    read_badged_opening,
    read_focus,
    read_plain_opening,
)
from rolegraph.records.page.provenance import read_provenance
from rolegraph.records.page.references import read_adjacent, read_aliases, read_mappings
from rolegraph.records.page.rung import read_rung
from rolegraph.records.page.sections import HEADINGS, Headings, Name, Section, split_sections
from rolegraph.records.page.skills import read_skills

Reader: TypeAlias = Callable[[Section, Draft], None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page.

    ``readers`` are called in their order for the sections that the page has. ``order`` is the order in which the
    sections stand on a page; one that is missing at the end tells that the page breaks off.
    ``tables`` are the sections that are tables or whose reader judges them.
    """

    name: str
    recognises: Callable[[Sequence[Line]], bool]
    readers: Mapping[Name, Reader]
    order: tuple[Name, ...]
    headings: Headings
    tables: frozenset[Name] = frozenset({"guideline", "provenance", "adjacent"})

    def split(self, lines: Sequence[Line]) -> dict[Name, Section]:
        """The sections of a page of this form."""
        return split_sections(lines, self.headings)


_SHARED: Final[Mapping[Name, Reader]] = {
    # The focus and the level come first: their names tell what the glued lines of the opening are made of.
    "focus": read_focus,
    "level": read_rung,
    "responsibilities": read_duties,
    "guideline": read_guideline,
    "skills": read_skills,
    "provenance": read_provenance,
    "adjacent": read_adjacent,
    "aliases": read_aliases,
    "mappings": read_mappings,
}
_ORDER: Final[tuple[Name, ...]] = ("opening", *HEADINGS)


def _find_opening(lines: Sequence[Line]) -> tuple[Line, ...]:
    return split_sections(lines)["opening"].lines


def _has_badges(lines: Sequence[Line]) -> bool:
    opening = _find_opening(lines)
    code = find_code(opening)
    if code is None:
        return False
    level = code.text.rpartition(".")[2]
    return any(is_fact(line) or is_badges(line.text, level) for line in opening)


def _has_code(lines: Sequence[Line]) -> bool:
    return find_code(_find_opening(lines)) is not None


FORMS: Final = (
    Form(
        "badges and facts",
        _has_badges,
        {**_SHARED, "opening": read_badged_opening},
        _ORDER,
        HEADINGS,
    ),
    Form("title and code", _has_code, {**_SHARED, "opening": read_plain_opening}, _ORDER, HEADINGS),
)
"""Tried in their order: the first that recognises a page reads it."""


def find_form(lines: Sequence[Line]) -> Form | None:
    """The form of a page; None where it is of none that is known."""
    return next((form for form in FORMS if form.recognises(lines)), None)
