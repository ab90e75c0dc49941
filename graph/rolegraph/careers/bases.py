"""What stands under profiles, as columns: the content of the occupations that they are mapped to.

A base is the content of one occupation, or of several that a profile is mapped to; profiles that are mapped alike
share it. Its items are what :mod:`rolegraph.releases.base` tells of an occupation: rated skills and knowledge, work
activities, essential skills. An item that is an exact match of a skill of the architecture is that skill.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.careers.columns import Columns, Texts, group_column, number_column
from rolegraph.careers.forms import ACTIVITY, ESSENTIAL, HUNDREDTHS, KNOWLEDGE, SKILL
from rolegraph.model.sameness import EXACT
from rolegraph.releases.base import find_base
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.base import Base
    from rolegraph.releases.library import Library

CLAIMS: Final = frozenset({EXACT, "closeMatch", "broadMatch", "narrowMatch"})
"""The predicates of mappings that bring a base. What is merely related is other work."""

_RATED: Final = (("skills", SKILL), ("knowledge", KNOWLEDGE))


class Content(NamedTuple):
    """What one occupation asks for: its items by key, each with its kind and its importance in hundredths.

    An item without an importance, which is asked for or not, has 0.
    """

    key: str
    name: str
    release: Release
    items: Mapping[str, tuple[int, int]]


def compile_bases(
    taxonomy: Taxonomy,
    library: Library | None,
    profiles: Sequence[Profile],
    active: Sequence[bool],
    skill_at: Mapping[str, int],
) -> Columns:
    """The columns of bases; ``profile.base`` is -1 for a profile without one, and for one that is retired.

    ``profiles`` and ``skill_at``, the positions of skills by code, are in the order of the columns. Raises InputError
    where the graph of a release is missing or changed.
    """
    bases, base_of = _collect_bases(library, profiles, active)
    kinds = {key: kind for base in bases for part in base for key, (kind, _) in part.items.items()}
    keys = sorted(kinds)
    item_at = {key: at for at, key in enumerate(keys)}
    united = _find_united(taxonomy, skill_at)
    releases = sorted({part.release.code: part.release for base in bases for part in base}.items())
    release_at = {code: at for at, (code, _) in enumerate(releases)}
    items_at, items = group_column(
        [number for key, most in _unite_items(base) for number in (item_at[key], most)] for base in bases
    )
    sources_at, sources = group_column(
        sorted({release_at[part.release.code] for part in base}) for base in bases
    )
    return {
        "item.kind": number_column(kinds[key] for key in keys),
        "item.skill": number_column(united.get(key, -1) for key in keys),
        "release.title": Texts.of(release.title for _, release in releases),
        "release.absent": Texts.of(_list_absent(taxonomy, library)),
        "base.name": Texts.of("; ".join(part.name for part in base) for base in bases),
        "base.items:at": items_at,
        "base.items": items,
        "base.releases:at": sources_at,
        "base.releases": sources,
        "profile.base": number_column(base_of),
    }


def _list_absent(taxonomy: Taxonomy, library: Library | None) -> list[str]:
    """The titles of releases that the data describes and that are not at hand, as beside a graph file."""
    return [] if library is not None and library.releases else [r.title for r in taxonomy.releases]


def number_points(set_of: Iterable[int], base_of: Iterable[int]) -> Columns:
    """The columns of points: the distinct pairs of a skill set and a base (-1: none), of which one is there."""
    points: dict[tuple[int, int], int] = {}
    point_of = [
        -1 if skill_set < 0 and base < 0 else points.setdefault((skill_set, base), len(points))
        for skill_set, base in zip(set_of, base_of, strict=True)
    ]
    return {
        "point.set": number_column(skill_set for skill_set, _ in points),
        "point.base": number_column(base for _, base in points),
        "profile.point": number_column(point_of),
    }


def read_content(base: Base) -> Content | None:
    """What an occupation asks for; None where no release tells anything of it.

    Ratings that are not sound (suppressed, of an element that is not relevant, without an importance) are left out.
    """
    if base.found is None:
        return None
    items: dict[str, tuple[int, int]] = {}
    for group, kind in _RATED:
        for rated in base.list_ratings(group):
            if rated.sound and rated.importance is not None:
                hundredths = (rated.importance * HUNDREDTHS).to_integral_value(ROUND_HALF_EVEN)
                items[rated.concept.key] = kind, int(hundredths)
    items |= {concept.key: (ACTIVITY, 0) for concept in base.list_activities()}
    items |= {linked.concept.key: (ESSENTIAL, 0) for linked in base.list_linked("essential")}
    if not items:
        return None
    concept, release = base.found
    code = concept.notation or split_key(concept.key)[1]
    return Content(concept.key, f"{code} {concept.label} ({release.title})", release, items)


def _collect_bases(
    library: Library | None, profiles: Sequence[Profile], active: Sequence[bool]
) -> tuple[list[tuple[Content, ...]], list[int]]:
    """The distinct bases, each the contents of one or several occupations; and that of each profile."""
    if library is None or not library.releases:
        return [], [-1] * len(profiles)
    known: dict[tuple[str, ...], int] = {}
    bases: list[tuple[Content, ...]] = []

    @cache
    def read(key: str) -> Content | None:
        return read_content(find_base(library, key))

    @cache
    def number(keys: tuple[str, ...]) -> int:
        found = {content.key: content for content in map(read, keys) if content is not None}
        if not found:
            return -1
        base = tuple(found[key] for key in sorted(found))
        if (own := tuple(sorted(found))) not in known:
            known[own] = len(bases)
            bases.append(base)
        return known[own]

    base_of = [
        number(tuple(m.key for m in profile.mappings if m.predicate in CLAIMS)) if used else -1
        for profile, used in zip(profiles, active, strict=True)
    ]
    return bases, base_of


def _unite_items(base: Sequence[Content]) -> list[tuple[str, int]]:
    """The items of a base by key, each with the largest importance that one of its occupations gives it."""
    most: dict[str, int] = {}
    for part in base:
        for key, (_, importance) in part.items.items():
            most[key] = max(importance, most.get(key, 0))
    return sorted(most.items())


def _find_united(taxonomy: Taxonomy, skill_at: Mapping[str, int]) -> dict[str, int]:
    """The skills that external concepts are: by key, the position of the skill that stands for all the same."""
    return {
        mapping.key: skill_at[taxonomy.same_skill(skill.code)]
        for skill in taxonomy.skills
        for mapping in skill.mappings
        if mapping.predicate == EXACT
    }
