"""The occupational base as entries: what a release says of the occupation that a profile is mapped to.

Every figure is the occupation's, never the role's own; the headings say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Entry, Section
from rolegraph.occupational.naming import (
    FULL,
    code_of,
    find_title,
    name_concept,
    tell_coverage,
)
from rolegraph.occupational.wages import list_wage_entries, list_wages
from rolegraph.releases.base import find_base
from rolegraph.releases.keys import split_key
from rolegraph.releases.remedies import find_family

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.base import Base, Linked, Rated
    from rolegraph.releases.library import Library

SHOWN: Final = 10
"""How many entries of a part are shown where not all are."""
NAMES: Final = 8
"""How many alternate titles are shown where not all are."""
UNRELIABLE: Final = "unreliable (suppressed by the source)"
NOT_LOADED: Final = "Not loaded"
RELATED: Final = "Related occupations"

_NEAREST: Final = "primary-short"
_PREPARATION: Final = ("Education", "Experience", "Job Training")
_CLASSIFIED: Final = frozenset({"soc", "onet", "esco"})
"""Families whose entries have a base."""


def list_bases(
    taxonomy: Taxonomy, library: Library, profile: Profile, *, full: bool = False
) -> Iterator[Section]:
    """A section for each mapping of a profile to an occupation; an occupation that two lead to stands once."""
    seen: dict[str, str] = {}
    for mapping in profile.mappings:
        if find_family(mapping.scheme) not in _CLASSIFIED:
            continue
        base = find_base(library, mapping.key)
        content = mapping.key if base.found is None else base.found.concept.key
        if content in seen:
            entries: tuple[Entry, ...] = (Entry("Occupation", f"the same as that of {seen[content]}, above"),)
        else:
            entries = tuple(list_entries(base, full=full))
        seen.setdefault(content, mapping.code)
        yield Section(tell_heading(taxonomy, base), entries)


def tell_heading(taxonomy: Taxonomy, base: Base) -> str:
    """Whose base it is."""
    code = split_key(base.mapped)[1]
    if base.found is not None and base.found.concept.key == base.mapped:
        named = name_concept(base.found.concept)
    else:
        title = find_title(taxonomy, base.library, base.mapped)
        named = code if title is None else f"{code} {title}"
    return f"Occupational base: {named} (the occupation's, not the role's own)"


def list_entries(base: Base, *, full: bool = False, defined: bool = False) -> Iterator[Entry]:
    """What stands under an occupation, with ``full`` all of it, and last where it is from.

    With ``defined`` its definition has been told already.
    """
    if base.found is None:
        yield _tell_missing(base)
    else:
        concept, release = base.found
        newer = base.library.find_newer(base.found)
        note = release.title if newer is None else f"{release.title}; the {newer.title} no longer has it"
        yield Entry("Occupation", name_concept(concept), note)
    # Told also where no occupation stands for the whole of the code: these are then all there is.
    yield from (Entry("Also under this code", name_concept(concept)) for concept in base.beside)
    if base.found is not None:
        if base.found.concept.definition and not defined:
            yield Entry("Definition", base.found.concept.definition)
        yield from _list_content(base, full)
    wages = list_wages(base)
    yield from list_wage_entries(base, wages, full=full)
    releases = [base.release, *(wage.release for wage in wages)]
    yield from map(tell_source, list_distinct(releases))


def list_distinct(releases: Sequence[Release | None]) -> list[Release]:
    """Releases, each once, in their order."""
    return list({release.code: release for release in releases if release is not None}.values())


def tell_source(release: Release) -> Entry:
    """Where something is from, and on what terms."""
    return Entry("Source", f"{release.title}. {release.attribution}", release.licence)


def pick_sound(rated: Sequence[Rated]) -> list[Rated]:
    """The elements that are relevant: those with a reliable importance first, in the order that they have."""
    relevant = [r for r in rated if "not-relevant" not in r.flags]
    return sorted(relevant, key=lambda r: not r.sound)


def format_figure(value: Decimal) -> str:
    """A rating without needless zeros.

    >>> format_figure(Decimal("4.50"))
    '4.5'
    """
    return f"{value.normalize():f}"


def sort_technology(linked: Sequence[Linked]) -> list[Linked]:
    """Technology in demand first, then hot technology, then the rest."""
    return sorted(linked, key=lambda item: ("in-demand" not in item.flags, "hot" not in item.flags))


def cap(label: str, entries: Sequence[Entry], full: bool, most: int = SHOWN) -> Iterator[Entry]:
    """The first entries of a part, and how many there are where some are left out."""
    if full or len(entries) <= most:
        yield from entries
        return
    yield from entries[:most]
    yield Entry(label, f"{most} of {len(entries):,} shown", FULL)


def _tell_left(number: int, which: str) -> str:
    return f"{number} {which} {'is' if number == 1 else 'are'} left out"


def _tell_missing(base: Base) -> Entry:
    scheme, code = split_key(base.mapped)
    family = find_family(scheme)
    family = "onet" if family in {None, "soc"} else str(family)
    held = next(iter(base.library.list_family(family)), None)
    if held is None:
        return Entry(
            NOT_LOADED,
            f"no release that holds what stands under {code} is here",
            base.library.tell_remedy(family),
        )
    if base.beside:
        return Entry(
            NOT_LOADED, f"no occupation of the {held.title} stands for the whole of {code}", held.title
        )
    cut = tell_coverage(held)
    note = f"it was {cut}; {base.library.tell_remedy(family)}" if cut else ""
    return Entry(NOT_LOADED, f"the {held.title} holds nothing that stands under {code}", note)


def _list_content(base: Base, full: bool) -> Iterator[Entry]:
    yield from _list_zones(base, full)
    for label, group in (("Skills", "skills"), ("Knowledge", "knowledge")):
        rated = [Entry(label, r.concept.label, _tell_rating(r)) for r in pick_sound(base.list_ratings(group))]
        yield from cap(label, rated, full)
    technology = [
        Entry("Technology", item.concept.label, _tell_flags(item))
        for item in sort_technology(base.list_linked("technology"))
    ]
    yield from cap("Technology", technology, full)
    yield from _list_tasks(base, full)
    activities = base.list_activities()
    if full:
        yield from (Entry("Work activities", concept.label, code_of(concept)) for concept in activities)
    elif activities:
        yield Entry("Work activities", f"{len(activities)} intermediate activities", FULL)
    yield from _list_names(base, full)
    yield from _list_related(base, full)
    for label, kind in (("Essential skills", "essential"), ("Optional skills", "optional")):
        skills = [Entry(label, item.concept.label, item.concept.kind) for item in base.list_linked(kind)]
        yield from cap(label, skills, full)


def _list_zones(base: Base, full: bool) -> Iterator[Entry]:
    for zone in base.list_linked("job-zone"):
        yield Entry("Job zone", zone.concept.label)
        for note in base.list_notes(zone.concept):
            what, _, text = note.partition(": ")
            if full or what in _PREPARATION:
                yield Entry(f"Job zone: {what if what.isupper() else what.lower()}", text)


def _tell_rating(rated: Rated) -> str:
    figures = (("importance", rated.importance, 5), ("level", rated.level, 7))
    return ", ".join(
        f"{name} {format_figure(value)} of {top}"
        + (f", {UNRELIABLE}" if f"{name}-suppressed" in rated.flags else "")
        for name, value, top in figures
        if value is not None
    )


def _tell_flags(item: Linked) -> str:
    return ", ".join(flag.replace("-", " ") for flag in item.flags)


def _list_tasks(base: Base, full: bool) -> Iterator[Entry]:
    """The core tasks; all of them, those first, with ``full`` or where none is marked."""
    tasks = sorted(base.list_linked("task"), key=lambda item: "core" not in item.flags)
    core = [item for item in tasks if "core" in item.flags]
    entries = [
        Entry("Tasks", item.concept.label, _tell_flags(item))
        for item in (tasks if full or not core else core)
    ]
    yield from cap("Tasks", entries, full)
    if not full and core and len(core) < len(tasks):
        yield Entry("Tasks", _tell_left(len(tasks) - len(core), "not core"), FULL)


def _list_names(base: Base, full: bool) -> Iterator[Entry]:
    reported = base.list_names("reported")
    # What people at work were heard to say is the better sample of hundreds.
    alternate = sorted(base.list_names("alternate"), key=lambda name: name not in reported)
    names = alternate or reported
    if full:
        yield from (
            Entry("Alternate titles", name, "reported" if name in reported else "")
            for name in dict.fromkeys((*names, *reported))
        )
        yield from (Entry("Short titles", name) for name in base.list_names("short"))
    elif names:
        shown = "; ".join(names[:NAMES])
        note = FULL if len(names) > NAMES else ""
        yield Entry("Alternate titles", f"{len(names):,}: {shown}{' ...' if note else ''}", note)


def _list_related(base: Base, full: bool) -> Iterator[Entry]:
    """Related occupations of the nearest tier; all with ``full``, the first where the release has no tiers."""
    related = base.list_linked("related")
    near = [item for item in related if _NEAREST in item.flags]
    shown = related if full or not any(item.flags for item in related) else near
    entries = [
        Entry(
            RELATED,
            name_concept(item.concept),
            ", ".join(filter(None, (*item.flags, "" if item.order is None else str(item.order)))),
        )
        for item in shown
    ]
    yield from cap(RELATED, entries, full)
    if len(shown) < len(related):
        yield Entry(RELATED, _tell_left(len(related) - len(shown), "less near"), FULL)
