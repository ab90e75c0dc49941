"""The occupational bases of several profiles side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.occupational.base import (
    format_figure,
    list_distinct,
    pick_sound,
    sort_technology,
)
from rolegraph.occupational.naming import name_concept
from rolegraph.occupational.wages import list_wages, tell_median
from rolegraph.releases.base import find_base
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from decimal import Decimal

    from rolegraph.model.release import Release
    from rolegraph.model.roles import Profile
    from rolegraph.releases.base import Base, Rated
    from rolegraph.releases.library import Library

SECTION: Final = "Occupational base (the occupations', not the roles' own)"
MOST_DIFFERENT: Final = "Most different skills"
_SAID: Final = (
    "Occupation",
    "Release",
    "Job zone",
    "Skills (most important)",
    "Knowledge (most important)",
    "Technology in demand",
    "Median wage",
)
_TERMS: Final = ("Licence", "Attribution")
LABELS: Final = (*_SAID, MOST_DIFFERENT, *_TERMS)
"""The labels of all rows, in their order."""
_TOP: Final = 5
_STRENGTH: Final = ("exactMatch", "closeMatch", "narrowMatch", "broadMatch", "relatedMatch")

Values = tuple[str | None, ...]


def compare_bases(library: Library, profiles: Sequence[Profile]) -> Iterator[tuple[str, Values]]:
    """A row for each thing that releases say of the occupations; none where no profile has a base.

    Of several mappings the strongest whose occupation a release holds counts.
    """
    bases = [choose_base(library, profile) for profile in profiles]
    if all(base is None for base in bases):
        return
    tells: tuple[Callable[[Base], str | None], ...] = (
        _tell_occupation,
        lambda base: _join(release.title for release in _list_releases(base)),
        lambda base: _join(zone.concept.label for zone in base.list_linked("job-zone")),
        _tell_skills,
        lambda base: _tell_rated(base, "knowledge"),
        _tell_technology,
        _tell_wage,
    )
    for label, tell in zip(_SAID, tells, strict=True):
        yield label, tuple(None if base is None else tell(base) for base in bases)
    yield from _compare_ratings(bases)
    releases = [() if base is None else _list_releases(base) for base in bases]
    yield _TERMS[0], tuple(_join(dict.fromkeys(r.licence for r in some)) for some in releases)
    yield _TERMS[1], tuple(" ".join(r.attribution for r in some) or None for some in releases)


def choose_base(library: Library, profile: Profile) -> Base | None:
    """The base of the strongest mapping whose occupation a release holds; without one, of the first that has wages."""
    strongest = sorted(profile.mappings, key=lambda mapping: _STRENGTH.index(mapping.predicate))
    bases = [find_base(library, mapping.key) for mapping in strongest]
    content = next((base for base in bases if base.found is not None), None)
    return content or next((base for base in bases if base.list_wages()), None)


def _list_releases(base: Base) -> list[Release]:
    return list_distinct([base.release, *(wage.release for wage in list_wages(base)[:1])])


def _tell_occupation(base: Base) -> str:
    found = base.found or base.library.find(base.mapped)
    return split_key(base.mapped)[1] if found is None else name_concept(found.concept)


def _tell_skills(base: Base) -> str | None:
    """The rated skills; where the release rates none, the essential ones."""
    essential = base.list_linked("essential")
    return _tell_rated(base, "skills") or _join(item.concept.label for item in essential[:_TOP])


def _tell_rated(base: Base, group: str) -> str | None:
    return _join(map(_tell_rating, [r for r in pick_sound(base.list_ratings(group)) if r.sound][:_TOP]))


def _tell_rating(rated: Rated) -> str:
    return f"{rated.concept.label} {_format(rated.importance)}"


def _tell_technology(base: Base) -> str | None:
    every = base.list_linked("technology")
    wanted = [item for item in every if "in-demand" in item.flags]
    if every and not wanted:
        return "none is marked as in demand"
    return _join(item.concept.label for item in sort_technology(wanted)[:_TOP])


def _tell_wage(base: Base) -> str | None:
    wages = list_wages(base)
    # One that is paid by the hour alone has no wage a year.
    stated = [wage for wage in wages if "median" in wage.figures or "top-coded-median" in wage.flags]
    return tell_median(base, (stated or wages)[0]) if wages else None


def _compare_ratings(bases: Sequence[Base | None]) -> Iterator[tuple[str, Values]]:
    """The skills whose importance differs most between the first two, with the importance that each profile has."""
    found = [None if base is None else read_importance(base) for base in bases]
    first, second = found[:2]
    if not first or not second:
        return
    shared = [(abs(first[label] - second[label]), label) for label in first.keys() & second.keys()]
    apart = sorted((difference, label) for difference, label in shared if difference)
    most = sorted(apart, key=lambda pair: (-pair[0], pair[1]))[:_TOP]
    if most:
        yield (
            MOST_DIFFERENT,
            tuple(
                None
                if not importance
                else _join(f"{label} {_format(importance.get(label))}" for _, label in most)
                for importance in found
            ),
        )


def read_importance(base: Base) -> dict[str, Decimal]:
    """The importance of the skills that are rated reliably, those that are not relevant among them."""
    return {
        rated.concept.label: rated.importance
        for rated in base.list_ratings("skills")
        if rated.importance is not None and "importance-suppressed" not in rated.flags
    }


def _format(value: Decimal | None) -> str:
    return "not rated" if value is None else format_figure(value)


def _join(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None
