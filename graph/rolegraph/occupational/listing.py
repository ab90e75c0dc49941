"""Listings of what releases hold, beside the taxonomy's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rolegraph.answers import Item, Listing
from rolegraph.catalogue import list_entries
from rolegraph.errors import UnknownError
from rolegraph.occupational.naming import OCCUPATIONS, code_of, resolve_code
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library


def list_releases(taxonomy: Taxonomy, within: str | None = None) -> Listing:
    """The releases of a data folder; ``within`` keeps those of a family or classification, in any letter case."""
    releases = taxonomy.releases
    if within is not None:
        wanted = within.casefold()
        known = {name for release in releases for name in (release.family, release.code, *release.schemes)}
        if wanted not in {name.casefold() for name in known}:
            raise UnknownError(f"no release here is of {within}", sorted(known)[:3])
        releases = tuple(
            release
            for release in releases
            if wanted in {name.casefold() for name in (release.family, release.code, *release.schemes)}
        )
    return Listing(
        "releases",
        tuple(
            Item(release.code, release.title, release.family, f"{release.coverage}; {release.licence}")
            for release in releases
        ),
    )


def list_occupations(taxonomy: Taxonomy, library: Library, within: str | None = None) -> Listing:
    """The taxonomy's occupations; ``within`` a code of a classification also what releases hold under it.

    ``notes`` say how many occupations each release holds. Raises UnknownError where nothing has the code.
    """
    notes = tuple(_count(library))
    if within is None:
        return Listing("occupations", list_entries(taxonomy, "occupations").items, notes)
    key = resolve_code(library, within, OCCUPATIONS)
    try:
        items = list_entries(taxonomy, "occupations", within).items
    except UnknownError:
        if key is None:
            raise
        items = ()
    held = _list_scheme(library, within) if key is None else _list_under(library, key)
    found = {(item.within, item.code): item for item in held}
    found |= {(item.within, item.code): item for item in items}
    return Listing(
        "occupations", tuple(sorted(found.values(), key=lambda i: (i.code, i.within or ""))), notes
    )


def _count(library: Library) -> Iterator[str]:
    for release in library.releases:
        number = sum(map(library.open(release).count, OCCUPATIONS))
        if number:
            yield f"{release.title} holds {number:,} occupations and groups (--in CODE lists those under a code)."


def _list_scheme(library: Library, scheme: str) -> Iterator[Item]:
    """All that the newest release which speaks of a classification holds of it."""
    wanted = scheme.casefold()
    for release in library.releases:
        found = [
            Item(code_of(concept), concept.label, split_key(concept.key)[0], concept.kind)
            for concept in library.open(release).iterate_concepts(*OCCUPATIONS)
            if split_key(concept.key)[0] == wanted
        ]
        if found:
            yield from found
            return


def _list_under(library: Library, key: str) -> Iterator[Item]:
    """An entry and all that is narrower, each once."""
    seen: set[str] = set()
    ring = [key]
    while ring:
        seen.update(ring)
        for step in ring:
            found = library.find(step)
            if found is not None and found.concept.kind in OCCUPATIONS:
                concept = found.concept
                yield Item(code_of(concept), concept.label, split_key(step)[0], concept.kind)
        ring = sorted(
            {
                link.key
                for step in ring
                for release in library.releases
                for kind in ("broader", "broad-match")
                for link in library.open(release).list_origins(step, kind)
            }
            - seen
        )
