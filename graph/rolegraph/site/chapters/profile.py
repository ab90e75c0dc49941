"""The page of a profile: every section of a profile page, in its order, and the roles near to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from rolegraph.answers import Entry
from rolegraph.catalogue import format_number, format_years
from rolegraph.entries import (
    ASSIGNED,
    CRITERION_LABELS,
    PAY_LABELS,
    format_pay,
    list_level,
    list_pay_notes,
)
from rolegraph.model.mapping import Mapping
from rolegraph.model.reference import Level, Skill
from rolegraph.model.roles import CRITERIA, Focus, Pay, Profile, SkillUse, Source
from rolegraph.occupational.base import list_bases
from rolegraph.occupational.naming import FULL, find_title
from rolegraph.releases.keys import find_soc
from rolegraph.releases.remedies import find_family, tell_remedy
from rolegraph.site.book import Book, Chapter
from rolegraph.site.definitions import leave_out
from rolegraph.site.mapped import tell_note
from rolegraph.site.near import find_nearest
from rolegraph.site.neighbourhood import draw_neighbourhood
from rolegraph.site.rungs import Cell, find_cells, list_columns

EVIDENCE: Final = ("confidence", "tool", "author", "day", "comment")
"""What a mapping may say of where it comes from."""
FOLDED: Final = 5
"""So many entries of one kind are shown of an occupation before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the focus; ``is_own`` where it is the level of the profile. One that is missing has no profile."""

    profile: Profile | None
    level: str
    label: str
    years: str | None
    is_own: bool
    is_retired: bool


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill as the focus words it; ``shared`` is how many other focuses use it."""

    use: SkillUse
    skill: Skill
    shared: int
    proficiency: str | None
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Market pay: its figures by name, and where they stand in the drawing of the range, as shares of its width."""

    headline: Entry | None
    figures: tuple[Entry, ...]
    notes: tuple[str, ...]
    inherited: bool
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class MappingCard:
    """A mapping with its evidence; ``title`` is None where the entry that it leads to is not known."""

    mapping: Mapping
    scheme: str
    title: str | None
    remedy: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a release says of an occupation under one label."""

    label: str
    shown: tuple[Entry, ...]
    folded: tuple[Entry, ...]


def _list_names(book: Book) -> Iterable[str]:
    return (f"{book.addresses.name('profile', code)}.html" for code in book.addresses.list_codes("profile"))


def _make(book: Book, name: str) -> bytes | None:
    if not name.endswith(".html"):
        return None
    stem = name.removesuffix(".html")
    code = book.addresses.find("profile", stem)
    if code is None:
        return None
    taxonomy = book.taxonomy
    profile = taxonomy.profile_by_code[code]
    focus = taxonomy.focus_by_code[profile.focus]
    level = taxonomy.level_by_code[profile.level]
    nearest = find_nearest(book, profile)
    return book.render(
        "profile.html",
        f"profile/{name}",
        stem=stem,
        profile=profile,
        title=taxonomy.title_of(profile),
        focus=focus,
        function=taxonomy.function_by_code[profile.function],
        level=level,
        years=format_years(level.years.min, level.years.max) if level.years else None,
        group=_find_group(book, profile),
        retired=profile.retired or focus.retired,
        is_retired=taxonomy.is_retired(profile),
        missing=[
            name for name in ("status", "region", "version", "confidence") if not getattr(profile, name)
        ],
        pay=_tell_pay(profile.pay) if profile.pay else None,
        definition=leave_out(focus.definition, focus.exclusions),
        tracks=_list_rungs(book, focus, profile),
        criteria=[(criterion, CRITERION_LABELS[criterion]) for criterion in CRITERIA],
        skills=_list_skills(book, profile),
        sources=[(source, _find_occupation(book, source)) for source in profile.sources],
        descriptor=tuple(list_level(level)),
        nearest=nearest,
        drawing=draw_neighbourhood(taxonomy, profile, nearest.roles) if nearest.roles else None,
        edition=book.edition,
        mappings=[_tell_mapping(book, mapping) for mapping in profile.mappings],
        bases=_list_bases(book, profile),
        assigned=ASSIGNED,
        number=format_number,
    )


def _find_group(book: Book, profile: Profile) -> str | None:
    group = book.taxonomy.function_by_code[profile.function].group
    return None if group is None else book.taxonomy.group_by_code[group].label


def _tell_pay(pay: Pay) -> Figures:
    known = {
        name: Entry(label, format_pay(pay, value))
        for name, label in PAY_LABELS.items()
        if (value := getattr(pay, name)) is not None
    }
    headline = known.pop("median", None)
    return Figures(
        headline, tuple(known.values()), tuple(list_pay_notes(pay)), pay.inherited, _lay_points(pay)
    )


def _lay_points(pay: Pay) -> tuple[tuple[str, float], ...]:
    """Each figure from the lowest, at 0, to the highest, at 1; nothing where there is no range."""
    values: dict[str, Decimal] = {
        name: value for name in PAY_LABELS if (value := getattr(pay, name)) is not None
    }
    low, high = min(values.values()), max(values.values())
    if low == high:
        return ()
    return tuple((name, float((value - low) / (high - low))) for name, value in values.items())


def _list_rungs(book: Book, focus: Focus, own: Profile) -> list[tuple[str, list[Rung]]]:
    """The levels of a focus by track, those that are missing with them, the track of the profile first."""
    taxonomy = book.taxonomy
    cells = find_cells(taxonomy, focus)
    tracks = list_columns(taxonomy, set(cells))
    return [
        (taxonomy.track_by_code[track].label, [_tell_rung(level, cells[level.code], own) for level in levels])
        for track, levels in sorted(
            tracks, key=lambda found: found[0] != taxonomy.level_by_code[own.level].track
        )
    ]


def _tell_rung(level: Level, cell: Cell, own: Profile) -> Rung:
    years = format_years(level.years.min, level.years.max) if level.years else None
    return Rung(cell.profile, level.code, level.label, years, cell.profile is own, cell.standing == "retired")


def _list_skills(book: Book, profile: Profile) -> list[SkillLine]:
    taxonomy, users = book.taxonomy, book.indexes.users_of_skill
    lines = []
    for use in taxonomy.skill_uses_of(profile):
        skill = taxonomy.skill_by_code[use.skill]
        same = book.indexes.same_skills[taxonomy.same_skill(use.skill)]
        shared = (
            len(users[use.skill]) - 1
            if len(same) == 1
            else len({user.focus.code for other in same for user in users.get(other.code, ())}) - 1
        )
        asked = use.find_proficiency(profile.level)
        meaning = next((d.text for d in skill.descriptors if d.proficiency == asked), None)
        step = None if asked is None else taxonomy.proficiency_by_code[asked].label
        lines.append(SkillLine(use, skill, shared, step, meaning))
    return lines


def _find_occupation(book: Book, source: Source) -> str | None:
    """The key of the occupation that a source cites, where there is a page for it or for what it stands under."""
    if source.cited is None:
        return None
    key = f"onet-soc-2019/{source.cited}"
    return next((k for k in (key, find_soc(key)) if k and book.addresses.has("occupation", k)), None)


def _tell_mapping(book: Book, mapping: Mapping) -> MappingCard:
    scheme = book.taxonomy.scheme_by_code.get(mapping.scheme)
    title = find_title(book.taxonomy, book.architecture.library, mapping.key)
    family = find_family(mapping.scheme)
    remedy = tell_remedy(family, "names it") if title is None and family is not None else None
    missing = tuple(name for name in EVIDENCE if getattr(mapping, name) is None)
    return MappingCard(mapping, scheme.title if scheme else mapping.scheme, title, remedy, missing)


def _list_bases(book: Book, profile: Profile) -> list[tuple[str, list[Part]]]:
    """What stands under each mapping, its entries grouped by their labels."""
    bases = []
    for section in list_bases(book.taxonomy, book.architecture.library, profile):
        parts = []
        for label, group in groupby(section.entries, key=lambda entry: entry.label):
            entries = tuple(
                Entry(e.label, e.text, "" if e.note == FULL else tell_note(book.wording, e)) for e in group
            )
            cut = FOLDED if len(entries) > FOLDED + 1 else len(entries)
            parts.append(Part(label, entries[:cut], entries[cut:]))
        bases.append((section.heading.removeprefix("Occupational base: "), parts))
    return bases


CHAPTER = Chapter("profile", _list_names, _make)
