"""What the comparison in the page takes of profiles: ``data/sides.js`` for all, and ``data/sides/NAME.js`` for each focus.

Every text is one that ``rolegraph compare`` shows, so that the script only sets them side by side. A focus has one
file with all of its profiles, as most of what is compared is the same for all of them and stands in it once: its
definition, its skills, and what the classifications say of one occupation. What levels ask stands in ``sides.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rolegraph.careers.yardstick import open_yardstick
from rolegraph.comparison import (
    AGAINST_FIRST,
    DEFINITION,
    DESCRIPTOR,
    DISTANCE,
    EDITIONS,
    GUIDELINE,
    HEAD,
    HEAD_WHERE_PRESENT,
    HERE,
    LEVEL,
    MAPPINGS,
    MOST,
    PAY,
    PAY_STATED,
    PROFILE,
    RECORDED_FOR,
    RESPONSIBILITIES,
    SHARED,
    SKILLS,
    SOME,
    TITLE,
    UNMAPPED,
    UNSURE,
    compare_levels,
    list_rows,
    tell_origin,
    tell_scope,
)
from rolegraph.entries import CRITERION_LABELS, DESCRIPTOR_LABELS, PAY_LABELS, YEARS_LABEL, tell_unit
from rolegraph.errors import RequestError
from rolegraph.model.roles import Focus, Profile, SkillUse
from rolegraph.occupational.base import format_figure
from rolegraph.occupational.rows import (
    LABELS,
    MOST_DIFFERENT,
    SECTION,
    choose_base,
    compare_bases,
    read_importance,
)
from rolegraph.site.book import Book, Chapter, write_data

Texts = dict[str, str]
Parts = dict[str, Texts]
"""Texts by section and label."""

_UNITS: Final = 1_000_000
"""Units in 1 of a scale of importance: enough for every figure that is published, and exact in a script."""
_SKILL_SECTIONS: Final = frozenset({SHARED, SOME, HERE, UNSURE, SKILLS})
_ELSEWHERE: Final = frozenset({DISTANCE, LEVEL, *_SKILL_SECTIONS})
"""What the script works out, or has from ``sides.js``."""


def make_common(book: Book) -> bytes:
    """``data/sides.js``: the order of rows, what levels ask, and how the files of focuses are called."""
    taxonomy = book.taxonomy
    levels: dict[str, object] = {}
    for code, profiles in sorted(book.indexes.profiles_of_level.items()):
        rows = compare_levels(taxonomy, profiles[:1])
        texts = {label: text for label, (text,) in rows if text is not None and label != DESCRIPTOR}
        level = taxonomy.level_by_code[code]
        levels[code] = {
            "texts": texts,
            "origin": tell_origin(level),
            "assigned": "descriptor" in level.assigned,
        }
    return write_data(
        "sides",
        {
            "most": MOST,
            # What follows in each section after these labels goes by name.
            "sections": [
                [PROFILE, [TITLE, *HEAD], sorted(HEAD_WHERE_PRESENT)],
                [DISTANCE, list(EDITIONS), []],
                [PAY, [*PAY_LABELS.values()], [*PAY_LABELS.values()][1:]],
                [LEVEL, [*DESCRIPTOR_LABELS.values(), YEARS_LABEL], []],
                [GUIDELINE, [*CRITERION_LABELS.values()], []],
                [DEFINITION, ["Role", "Focus", "Differential"], ["Role", "Differential"]],
                [RESPONSIBILITIES, [RESPONSIBILITIES], []],
                [SKILLS, [RECORDED_FOR], []],
                [MAPPINGS, [], []],
            ],
            "names": {
                "distance": DISTANCE, "pay": PAY, "level": LEVEL, "skills": SKILLS, "mappings": MAPPINGS,
                "shared": SHARED, "some": SOME, "here": HERE, "unsure": UNSURE, "base": SECTION,
                "against": AGAINST_FIRST, "stated": PAY_STATED, "descriptor": DESCRIPTOR, "unmapped": UNMAPPED,
                "recorded": RECORDED_FOR, "different": MOST_DIFFERENT, "listed": RESPONSIBILITIES, "title": TITLE,
            },
            "editions": {edition: _find_refusal(book, edition) for edition in EDITIONS},
            "levels": levels,
            "base": list(LABELS) if book.architecture.library.releases else [],
            "files": {
                code: name
                for code in book.addresses.list_codes("focus")
                if (name := book.addresses.name("focus", code)) != code
            },
        },
    )  # fmt: skip


def _find_refusal(book: Book, edition: str) -> str | None:
    """Why an edition compares no roles of this data; None where it does."""
    try:
        open_yardstick(book.roster, edition)
    except RequestError as error:
        return str(error)
    return None


def make_focus(book: Book, focus: Focus) -> bytes:
    """``data/sides/NAME.js``: the profiles of a focus by level, what they share, and their skills."""
    parts: dict[str, Parts] = {}
    rungs: dict[str, dict[str, Any]] = {}
    bases: list[object] = []
    for profile in focus.profiles:
        rung: dict[str, Any] = {
            "page": book.addresses.name("profile", profile.code),
            "title": book.taxonomy.title_of(profile),
        }
        rungs[profile.level] = rung
        try:
            book.roster.locate_profile(profile.code)
        except RequestError as error:
            rung["retired"] = str(error)
            continue
        parts[profile.level] = _read_parts(book, profile)
        rung["scope"] = tell_scope(book.taxonomy, profile)
        pay = profile.pay
        if pay is not None and pay.median is not None:
            cents = book.roster.pay_median[book.roster.locate_profile(profile.code)]
            rung["pay"] = [cents, tell_unit(pay)]
        base = _read_base(book, profile)
        if base is not None:
            if base not in bases:
                bases.append(base)
            rung["base"] = bases.index(base)
    shared = _find_shared(list(parts.values()))
    for level, own in parts.items():
        rungs[level]["parts"] = _drop_shared(own, shared)
    name = book.addresses.name("focus", focus.code)
    return write_data(
        f"sides/{name}",
        {
            "focus": focus.code,
            "shared": shared,
            "skills": [_read_use(book, use) for use in focus.skills],
            "rungs": rungs,
            "bases": bases,
        },
    )


def _read_parts(book: Book, profile: Profile) -> Parts:
    parts: Parts = {}
    for row in list_rows(book.taxonomy, book.roster, [profile.code]):
        (text,) = row.values
        if text is not None and row.section not in _ELSEWHERE and row.row != AGAINST_FIRST:
            parts.setdefault(row.section, {})[row.row] = text
    return parts


def _find_shared(every: Sequence[Parts]) -> Parts:
    """What all have alike."""
    if not every:
        return {}
    first, *others = every
    shared = {
        section: {
            label: text
            for label, text in texts.items()
            if all(other.get(section, {}).get(label) == text for other in others)
        }
        for section, texts in first.items()
    }
    return {section: texts for section, texts in shared.items() if texts}


def _drop_shared(own: Parts, shared: Parts) -> Parts:
    left = {
        section: {label: text for label, text in texts.items() if label not in shared.get(section, {})}
        for section, texts in own.items()
    }
    return {section: texts for section, texts in left.items() if texts}


def _read_use(book: Book, use: SkillUse) -> list[object]:
    """Code and label of the skill that stands for all that are the same, and what it is sorted by where that is another
    text than the label in small letters; the levels that the use is recorded for, and what each asks; the name of the
    page of the skill where that is another than the code.
    """
    taxonomy = book.taxonomy
    code = taxonomy.same_skill(use.skill)
    label = taxonomy.skill_by_code[code].label
    asked = {step.level: taxonomy.proficiency_by_code[step.proficiency].label for step in use.proficiency}
    read: list[object] = [code, label, "" if label.isascii() else label.casefold(), list(use.levels), asked]
    name = book.addresses.name("skill", code)
    return read if name == code else [*read, name]


def _read_base(book: Book, profile: Profile) -> Mapping[str, object] | None:
    """What the releases say of the occupation of a profile: texts by label, and the importance of skills."""
    library = book.architecture.library
    if not library.releases or not profile.mappings:
        return None
    base = choose_base(library, profile)
    if base is None:
        return None
    # Beside itself nothing differs, so every text but that of the differences is there.
    rows = compare_bases(library, [profile, profile])
    return {
        "texts": {label: values[0] for label, values in rows if values[0] is not None},
        "importance": list(_list_importance(read_importance(base))),
    }


def _list_importance(importance: Mapping[str, Decimal]) -> Iterator[list[object]]:
    for label, value in importance.items():
        yield [label, round(value * _UNITS), format_figure(value)]


def _list_names(book: Book) -> Iterable[str]:
    return (f"{book.addresses.name('focus', focus)}.js" for focus in book.addresses.list_codes("focus"))


def _make_named(book: Book, name: str) -> bytes | None:
    code = book.addresses.find("focus", name.removesuffix(".js")) if name.endswith(".js") else None
    return None if code is None else make_focus(book, book.taxonomy.focus_by_code[code])


CHAPTERS: Final = (
    Chapter(
        "data",
        lambda book: ("sides.js",),
        lambda book, name: make_common(book) if name == "sides.js" else None,
    ),
    Chapter("data/sides", _list_names, _make_named),
)
