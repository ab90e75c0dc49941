"""What there is in a taxonomy: listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from rolegraph.answers import Item, Listing
from rolegraph.errors import UnknownError
from rolegraph.model.reference import Occupation
from rolegraph.model.roles import Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.concepts import is_occupation

ListingKind = Literal["functions", "focuses", "profiles", "levels", "skills", "occupations", "releases"]


def list_entries(taxonomy: Taxonomy, kind: ListingKind, within: str | None = None) -> Listing:
    """The entries of one kind, in the order of the taxonomy.

    ``within`` (any letter case) keeps those that belong to a function group, function, focus, track, level or
    classification. Raises UnknownError where nothing has that code.
    """
    items = tuple(_list(taxonomy, kind))
    if within is not None:
        wanted = within.casefold()
        known = _container_codes(taxonomy)
        if wanted not in {code.casefold() for code in known}:
            from rapidfuzz import process

            close = [match[0] for match in process.extract(within.upper(), known, limit=3, score_cutoff=75)]
            raise UnknownError(f"nothing has the code {within}", close)
        items = tuple(
            item for item, owners in zip(items, _owners(taxonomy, kind), strict=True) if wanted in owners
        )
    return Listing(kind, items)


def _container_codes(taxonomy: Taxonomy) -> list[str]:
    return [
        record.code
        for records in (
            taxonomy.groups,
            taxonomy.functions,
            taxonomy.focuses,
            taxonomy.tracks,
            taxonomy.levels,
            taxonomy.schemes,
            taxonomy.occupations,
        )
        for record in records
    ]


def _list(taxonomy: Taxonomy, kind: ListingKind) -> Iterator[Item]:
    if kind == "functions":
        counts = Counter(focus.function for focus in taxonomy.focuses)
        for function in taxonomy.functions:
            note = _plural(counts[function.code], "focus", "focuses")
            yield Item(function.code, function.label or function.code, function.group, note)
    elif kind == "focuses":
        for focus in taxonomy.focuses:
            levels = ", ".join(profile.level for profile in focus.profiles)
            yield Item(focus.code, focus.label, focus.function, "retired" if focus.retired else levels)
    elif kind == "profiles":
        for profile in taxonomy.profiles:
            note = "retired" if taxonomy.is_retired(profile) else profile.basis
            yield Item(profile.code, taxonomy.title_of(profile), profile.focus, note)
    elif kind == "levels":
        counts = Counter(profile.level for profile in taxonomy.profiles)
        for level in taxonomy.levels:
            years = f"{format_years(level.years.min, level.years.max)}, " if level.years else ""
            note = years + _plural(counts[level.code], "profile", "profiles")
            yield Item(level.code, level.name or level.code, level.track, note)
    elif kind == "skills":
        counts = Counter(use.skill for focus in taxonomy.focuses for use in focus.skills)
        for skill in taxonomy.skills:
            used = _plural(counts[skill.code], "focus", "focuses")
            yield Item(skill.code, skill.label, None, "retired" if skill.retired else f"used by {used}")
    else:
        for occupation in _list_occupations(taxonomy):
            yield Item(occupation.code, occupation.title, occupation.scheme, occupation.kind)


def _owners(taxonomy: Taxonomy, kind: ListingKind) -> Iterator[set[str]]:
    """For every entry of ``_list`` the codes, in lower case, that it belongs to."""
    groups = {function.code: function.group or "" for function in taxonomy.functions}
    if kind == "functions":
        yield from ({f.code.casefold(), (f.group or "").casefold()} for f in taxonomy.functions)
    elif kind == "focuses":
        yield from (
            {focus.code.casefold(), focus.function.casefold(), groups.get(focus.function, "").casefold()}
            | {part.casefold() for p in focus.profiles for part in _level_and_track(taxonomy, p)}
            for focus in taxonomy.focuses
        )
    elif kind == "profiles":
        yield from (
            {p.focus.casefold(), p.function.casefold(), groups.get(p.function, "").casefold()}
            | {part.casefold() for part in _level_and_track(taxonomy, p)}
            for p in taxonomy.profiles
        )
    elif kind == "levels":
        yield from ({level.code.casefold(), level.track.casefold()} for level in taxonomy.levels)
    elif kind == "skills":
        users: dict[str, set[str]] = {}
        for focus in taxonomy.focuses:
            for use in focus.skills:
                owners = users.setdefault(use.skill, set())
                owners |= {focus.code.casefold(), focus.function.casefold()}
                owners.add(groups.get(focus.function, "").casefold())
        yield from (users.get(skill.code, set()) for skill in taxonomy.skills)
    else:
        yield from (
            {occupation.scheme.casefold(), *_list_wider(taxonomy, occupation)}
            for occupation in _list_occupations(taxonomy)
        )


def _list_occupations(taxonomy: Taxonomy) -> Iterator[Occupation]:
    """The entries of classifications that are occupations; skills are mapped to others."""
    return (entry for entry in taxonomy.occupations if is_occupation(entry.kind))


def _list_wider(taxonomy: Taxonomy, occupation: Occupation) -> Iterator[str]:
    """The codes of an occupation and of all that is wider than it."""
    step: Occupation | None = occupation
    while step is not None:
        yield step.code.casefold()
        step = taxonomy.occupation_by_key.get((step.scheme, step.broader)) if step.broader else None


def _level_and_track(taxonomy: Taxonomy, profile: Profile) -> tuple[str, str]:
    level = taxonomy.level_by_code[profile.level]
    return level.code, level.track


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def format_years(low: Decimal, high: Decimal | None) -> str:
    """A range of years as people write it: ``3–5 years``, ``8 years or more``.

    >>> format_years(Decimal("3.0"), Decimal("5.5"))
    '3–5.5 years'
    """
    if high is None:
        return f"{format_number(low)} years or more"
    return f"{format_number(low)}–{format_number(high)} years"


def format_number(value: Decimal) -> str:
    """A number with thousands separated, and without the zero that the graph adds to a whole one.

    >>> format_number(Decimal("118000.0"))
    '118,000'
    """
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,}"
