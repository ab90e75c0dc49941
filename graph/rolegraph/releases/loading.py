"""A data folder with its releases: the occupations that profiles and skills name get their titles and places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import InputError, Place, Problem
from rolegraph.model.reference import Occupation
from rolegraph.records.files import RELEASES, show_folder
from rolegraph.records.folder import Loaded, load_folder
from rolegraph.releases.folder import Tell, keep_silent
from rolegraph.releases.keys import split_key
from rolegraph.releases.library import Library

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.files import Folder


def load_data(folder: Folder, tell: Tell = keep_silent) -> Loaded:
    """What a data folder holds, the occupations that its releases name among it; ``tell`` hears of long work.

    Raises InputError with every problem, as :func:`rolegraph.records.folder.load_folder` does.
    """
    loaded = load_folder(folder)
    if not (loaded.taxonomy.releases and isinstance(folder, Path)):
        return loaded
    _check_base(loaded.taxonomy, folder)
    return Loaded(add_occupations(loaded.taxonomy, Library(folder, loaded.taxonomy, tell)), loaded.places)


def add_occupations(taxonomy: Taxonomy, library: Library) -> Taxonomy:
    """The taxonomy with the entries of classifications that its mappings and sources name, and all that is wider."""
    added: dict[tuple[str, str], Occupation] = {}
    for key in sorted(_list_named(taxonomy)):
        added |= _find_line(taxonomy, library, key)
    if not added:
        return taxonomy
    occupations = sorted((*taxonomy.occupations, *added.values()), key=lambda o: (o.scheme, o.code))
    return taxonomy.replace_parts(occupations=tuple(occupations))


def _list_named(taxonomy: Taxonomy) -> Iterator[str]:
    for mappings in (*(p.mappings for p in taxonomy.profiles), *(s.mappings for s in taxonomy.skills)):
        yield from (f"{mapping.scheme}/{mapping.code}" for mapping in mappings)
    cited = {source.cited for profile in taxonomy.profiles for source in profile.sources}
    yield from (f"onet-soc-2019/{code}" for code in cited if code is not None)


def _find_line(taxonomy: Taxonomy, library: Library, key: str) -> dict[tuple[str, str], Occupation]:
    """An entry that is not among the taxonomy's own, with those above it, as far as its release and scheme go."""
    found: dict[tuple[str, str], Occupation] = {}
    step: str | None = key
    while step is not None:
        scheme_code, code = split_key(step)
        scheme = taxonomy.scheme_by_code.get(scheme_code)
        known = library.find(step)
        if scheme is None or known is None or known.concept.kind not in scheme.levels:
            break
        if (scheme_code, code) in taxonomy.occupation_by_key or (scheme_code, code) in found:
            break
        wider = [link.other for link in library.open(known.release).list_links(step, "broader")]
        # A record has one place; a concept of several (a skill of ESCO) has none here, and all in its release.
        above = (
            wider[0]
            if len(wider) == 1
            and split_key(wider[0])[0] == scheme_code
            and _is_above(taxonomy, library, wider[0], known.concept.kind)
            else None
        )
        found[scheme_code, code] = Occupation(
            scheme=scheme_code,
            code=code,
            title=known.concept.label,
            kind=known.concept.kind,
            broader=None if above is None else split_key(above)[1],
        )
        step = above
    return found


def _is_above(taxonomy: Taxonomy, library: Library, key: str, kind: str) -> bool:
    """Whether a concept can stand above one of a kind: it is known, and of a wider kind of the same scheme."""
    found, scheme = library.find(key), taxonomy.scheme_by_code.get(split_key(key)[0])
    levels = () if scheme is None else scheme.levels
    return (
        found is not None
        and {found.concept.kind, kind} <= set(levels)
        and levels.index(found.concept.kind) < levels.index(kind)
    )


def _check_base(taxonomy: Taxonomy, folder: Path) -> None:
    """Raise InputError for releases whose IRIs begin otherwise than those of the architecture now do."""
    base = taxonomy.dataset.base
    strange = [release for release in taxonomy.releases if release.base != base]
    if strange:
        raise InputError(
            Problem(
                "release-base", f"{release.code} was imported when IRIs began with {release.base}, now it is {base}",
                Place(f"{show_folder(folder)}/{RELEASES}/{release.code}/release.yaml"), "base",
                f"import {release.title} again, or give the dataset its base back",
            )
            for release in strange
        )  # fmt: skip
