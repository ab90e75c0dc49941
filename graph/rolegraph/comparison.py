"""Roles side by side: the entries of their sheets in rows, and what is equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.answers.bands import BANDS
from rolegraph.answers.sides import ComparedRow, Comparison
from rolegraph.careers.evidence import tell_change
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.entries import (
    ASSIGNED,
    CRITERION_LABELS,
    DESCRIPTOR_LABELS,
    INHERITED,
    PAY_LABELS,
    YEARS_LABEL,
    format_entry,
    format_pay,
    list_definitions,
    list_guideline,
    list_head,
    list_level,
    list_mappings,
    list_pay_notes,
    tell_unit,
)
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Entry
    from rolegraph.careers.roster import Roster
    from rolegraph.careers.yardstick import Compared
    from rolegraph.model.reference import Level
    from rolegraph.model.roles import Profile, SkillUse
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library

MOST: Final = 4
"""How many profiles stand side by side."""

PROFILE, DISTANCE, PAY = "Profile", "Distance to the first", "Market pay"
LEVEL, GUIDELINE, DEFINITION = "Level", "Level guidelines", "Definition"
RESPONSIBILITIES, MAPPINGS, SKILLS = "Responsibilities", "Classification mappings", "Skills"
SHARED, SOME, HERE, UNSURE = (
    "Skills shared by all",
    "Skills shared by some",
    "Skills only here",
    "Skills that not all record",
)
LISTED: Final = frozenset({RESPONSIBILITIES, MAPPINGS})
"""Sections in which every line of a text is an item of a list."""
TITLE: Final = "Title"
AGAINST_FIRST: Final = "Median against the first"
PAY_STATED: Final = "Pay is stated"
DESCRIPTOR: Final = "Descriptor"
UNMAPPED: Final = "Occupations"
RECORDED_FOR: Final = "Recorded for"
EDITIONS: Final = ("structural@1", "experience@1")

HEAD: Final = (
    "Level", "Function", "Function group", "Focus", "Basis", "Status", "Job code", "Grade", "Region", "Version",
    "Confidence",
)  # fmt: skip
HEAD_WHERE_PRESENT: Final = frozenset({"Job code", "Grade", "Region", "Version", "Confidence"})
"""Those of ``HEAD`` that have a row only where one of the profiles has an entry."""

Values = tuple[str | None, ...]


def compare_profiles(
    taxonomy: Taxonomy,
    roster: Roster,
    codes: Sequence[str],
    *,
    library: Library | None = None,
    differences: bool = False,
) -> Comparison:
    """Two to four profiles (by code) side by side; with ``differences`` without the rows that are equal.

    With a ``library`` that holds releases the occupations that the profiles are mapped to stand beside each other. What is not recorded is None. Raises RequestError for too few or too many profiles and for one named twice.
    """
    check_number(len(codes))
    if twice := sorted(code for code, number in Counter(codes).items() if number > 1):
        raise RequestError(f"{', '.join(twice)} is named more than once; name each role once")
    rows = [*list_rows(taxonomy, roster, codes), *_compare_occupations(taxonomy, library, codes)]
    shown = tuple(row for row in rows if not (differences and row.same))
    titles = tuple(taxonomy.title_of(taxonomy.profile_by_code[code]) for code in codes)
    return Comparison(tuple(codes), shown, titles, len(rows) - len(shown))


def check_number(number: int) -> None:
    """Raise RequestError unless so many profiles can stand side by side."""
    if not 2 <= number <= MOST:
        given = "1 role" if number == 1 else f"{number} roles"
        raise RequestError(f"two to four roles stand side by side, not {given}; name two, three or four")


def list_rows(taxonomy: Taxonomy, roster: Roster, codes: Sequence[str]) -> list[ComparedRow]:
    """Every row of profiles side by side, section by section."""
    profiles = [taxonomy.profile_by_code[code] for code in codes]
    sections: tuple[tuple[str, Iterable[tuple[str, Values]]], ...] = (
        (PROFILE, _compare_heads(taxonomy, profiles)),
        (DISTANCE, _compare_distances(roster, codes)),
        (PAY, _compare_pay(roster, profiles)),
        (LEVEL, compare_levels(taxonomy, profiles)),
        (GUIDELINE, compare_guidelines(profiles)),
        (DEFINITION, _compare_definitions(taxonomy, profiles)),
        (RESPONSIBILITIES, compare_responsibilities(profiles)),
    )
    rows = [_make_row(section, label, values) for section, part in sections for label, values in part]
    rows += _compare_skills(taxonomy, profiles)
    rows += [_make_row(MAPPINGS, *row) for row in _compare_mappings(taxonomy, profiles)]
    return rows


def compare_levels(taxonomy: Taxonomy, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    """The descriptors and typical years of the levels of profiles."""
    levels = [taxonomy.level_by_code[profile.level] for profile in profiles]
    for label, values in _align(map(list_level, levels), (*DESCRIPTOR_LABELS.values(), YEARS_LABEL)):
        # That the dataset wrote a descriptor is noted; that the source states one goes without saying on a sheet.
        yield label, tuple(map(tell_origin, levels)) if label == DESCRIPTOR else values


def tell_origin(level: Level) -> str | None:
    """Who states the descriptor of a level; None where it has none."""
    if all(getattr(level, field) is None for field in DESCRIPTOR_LABELS):
        return None
    return ASSIGNED if "descriptor" in level.assigned else "stated by the source"


def compare_guidelines(profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    """The guideline cells of profiles."""
    return _align(map(list_guideline, profiles), tuple(CRITERION_LABELS.values()))


def compare_responsibilities(profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    """What the focuses of profiles do at their levels, a line for each responsibility."""
    yield (
        RESPONSIBILITIES,
        tuple(_join(responsibility.text for responsibility in p.responsibilities) for p in profiles),
    )


def _make_row(section: str, label: str, values: Values) -> ComparedRow:
    return ComparedRow(label, values, len(set(values)) == 1, section)


def _join(lines: Iterable[str]) -> str | None:
    """Texts that belong to one cell, a line each; None where there is none."""
    return "\n".join(" ".join(line.split()) for line in lines) or None


def _align(
    parts: Iterable[Iterable[Entry]], labels: Sequence[str], optional: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Values]]:
    """Entries of several profiles in rows by label: ``labels`` first, in their order, then others by name.

    An ``optional`` label has a row only where one of the profiles has an entry.
    """
    texts: list[dict[str, list[str]]] = []
    for entries in parts:
        found: dict[str, list[str]] = {}
        for entry in entries:
            found.setdefault(entry.label, []).append(format_entry(entry))
        texts.append(found)
    others = sorted({label for found in texts for label in found} - set(labels))
    for label in (*labels, *others):
        values = tuple("\n".join(found[label]) if label in found else None for found in texts)
        if label not in optional or any(value is not None for value in values):
            yield label, values


def _compare_heads(taxonomy: Taxonomy, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    yield TITLE, tuple(map(taxonomy.title_of, profiles))
    for label, values in _align((list_head(taxonomy, p) for p in profiles), HEAD, HEAD_WHERE_PRESENT):
        if label == "Level":
            # Its years have a row of their own.
            yield label, tuple(taxonomy.level_by_code[profile.level].label for profile in profiles)
        else:
            yield label, values


def _compare_distances(roster: Roster, codes: Sequence[str]) -> Iterator[tuple[str, Values]]:
    places = [roster.locate_profile(code) for code in codes]
    for edition in EDITIONS:
        try:
            yardstick = open_yardstick(roster, edition)
        except RequestError as error:
            yield edition, (f"not compared: {error}",) * len(codes)
            continue
        found = (yardstick.compare(places[0], place) for place in places)
        yield edition, tuple(map(_tell_distance, found))


def _tell_distance(found: Compared) -> str:
    if found.distance is None:
        return f"not compared: {found.reason}"
    band = "" if found.band is None else f" {BANDS[found.band]} · {found.band}"
    return f"{found.distance:.4f}{band}"


def _compare_pay(roster: Roster, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    pays = [profile.pay for profile in profiles]
    for name, label in PAY_LABELS.items():
        figures = [getattr(pay, name, None) for pay in pays]
        if name != "median" and all(figure is None for figure in figures):
            continue
        told: list[str | None] = []
        for pay, figure in zip(pays, figures, strict=True):
            if pay is None or figure is None:
                told.append(None)
            else:
                told.append(format_pay(pay, figure) + (f" ({INHERITED})" if pay.inherited else ""))
        yield label, tuple(told)
    yield (
        AGAINST_FIRST,
        tuple(_tell_difference(roster, profiles[0], profile) for profile in profiles),
    )
    notes = tuple(None if pay is None else "; ".join(list_pay_notes(pay)) or None for pay in pays)
    if any(notes):
        yield PAY_STATED, notes


def _tell_difference(roster: Roster, first: Profile, profile: Profile) -> str | None:
    """How much the median lies above or below the first one's, in per cent, where one can be set against the other."""
    pay, base = profile.pay, first.pay
    if pay is None or base is None or pay.median is None or base.median is None:
        return None
    if (pay.currency, pay.duration) != (base.currency, base.duration):
        return f"not comparable: {tell_unit(base)} and {tell_unit(pay)}"
    if base.median == 0:
        return "not comparable: the first is 0"
    return tell_change(*(roster.pay_median[roster.locate_profile(each.code)] for each in (first, profile)))


def _compare_definitions(taxonomy: Taxonomy, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    entries = (list_definitions(profile, taxonomy.focus_by_code[profile.focus]) for profile in profiles)
    return _align(entries, ("Role", "Focus", "Differential"), frozenset({"Role", "Differential"}))


def _compare_mappings(taxonomy: Taxonomy, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    entries = [list(list_mappings(taxonomy, profile)) for profile in profiles]
    if not any(entries):
        yield UNMAPPED, (None,) * len(profiles)
    yield from _align(entries, ())


def _compare_occupations(
    taxonomy: Taxonomy, library: Library | None, codes: Sequence[str]
) -> Iterator[ComparedRow]:
    if library is None or not library.releases:
        return
    from rolegraph.occupational.rows import SECTION, compare_bases

    profiles = [taxonomy.profile_by_code[code] for code in codes]
    yield from (_make_row(SECTION, *row) for row in compare_bases(library, profiles))


def _compare_skills(taxonomy: Taxonomy, profiles: Sequence[Profile]) -> list[ComparedRow]:
    """A row for each skill that one of the profiles shows: shared by all first, only here last."""
    shown = [_list_uses(taxonomy, profile) for profile in profiles]
    scopes = tuple(tell_scope(taxonomy, profile) for profile in profiles)
    rows: dict[str, list[ComparedRow]] = {SHARED: [], SOME: [], HERE: [], UNSURE: []}
    skills = {skill for uses in shown for skill in uses}
    for code in sorted(skills, key=lambda code: (taxonomy.skill_by_code[code].label.casefold(), code)):
        values: list[str | None] = []
        for profile, uses in zip(profiles, shown, strict=True):
            if not uses:
                values.append(None)
            elif code not in uses:
                values.append("no")
            else:
                asked = uses[code].find_proficiency(profile.level)
                step = "" if asked is None else f", at {taxonomy.proficiency_by_code[asked].label}"
                values.append(f"yes{step}")
        holders = sum(value not in {None, "no"} for value in values)
        section = (
            SHARED
            if holders == len(profiles)
            else UNSURE
            if None in values
            else HERE
            if holders == 1
            else SOME
        )
        rows[section].append(_make_row(section, taxonomy.skill_by_code[code].label, tuple(values)))
    head = _make_row(SKILLS, RECORDED_FOR, scopes)
    return [head, *(row for part in rows.values() for row in part)]


def _list_uses(taxonomy: Taxonomy, profile: Profile) -> dict[str, SkillUse]:
    """The skill uses of a profile by the skill that stands for all that are the same; of two of one, the first."""
    uses: dict[str, SkillUse] = {}
    for use in taxonomy.skill_uses_of(profile):
        uses.setdefault(taxonomy.same_skill(use.skill), use)
    return uses


def tell_scope(taxonomy: Taxonomy, profile: Profile) -> str | None:
    """What the skills of a profile are recorded for; None where there are none."""
    if not taxonomy.skill_uses_of(profile):
        return None
    uses = taxonomy.focus_by_code[profile.focus].skills
    return (
        "levels" if any(use.levels or use.proficiency for use in uses) else "the whole focus, not per level"
    )
