"""What changed between two releases of a classification: occupations added, retired, renamed, coded anew, moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.answers.releases import ChangedOccupation, Held, NamedOccupation, ReleaseDiff
from rolegraph.errors import RequestError
from rolegraph.releases.keys import split_key
from rolegraph.releases.rows import Concept

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.releases.index import Index

OCCUPATIONS: Final = ("major", "minor", "broad", "detailed", "isco-group", "occupation")
"""The kinds of concepts that are occupations or groups of them."""
OTHERS: Final = ("element", "activity", "skill", "knowledge", "skill-group", "technology", "task")
"""Kinds of which no more than numbers are told."""


def compare_releases(old: tuple[Release, Index], new: tuple[Release, Index]) -> ReleaseDiff:
    """What is different in the newer of two releases of one family.

    Of a release that was cut to what is mapped nothing is known but what it holds: then only what both hold is compared,
    and a note says so. A code that is gone while another one with the same title is new counts as coded anew, not as retired and added. The
    code of a crosswalk's successor is told where the newer release states one. Raises RequestError for two families.
    """
    (before, earlier), (after, later) = old, new
    if before.family != after.family:
        raise RequestError(f"{before.code} and {after.code} are of two families; name two releases of one")
    first, second = _list(earlier), _list(later)
    cut = [release for release in (before, after) if release.coverage != "all"]
    if cut:
        both = first.keys() & second.keys()
        first, second = ({key: side[key] for key in both} for side in (first, second))
    gone = {key: first[key] for key in first.keys() - second.keys()}
    fresh = {key: second[key] for key in second.keys() - first.keys()}
    recoded = _find_recoded(gone, fresh)
    moved = [
        ChangedOccupation(_code(key), first[key].label, above, below)
        for key in sorted(first.keys() & second.keys())
        if (above := _place(earlier, key)) != (below := _place(later, key))
    ]
    return ReleaseDiff(
        old=before.code,
        new=after.code,
        added=tuple(_name(fresh[key]) for key in sorted(fresh.keys() - recoded.values())),
        retired=tuple(_name(gone[key]) for key in sorted(gone.keys() - recoded.keys())),
        renamed=tuple(
            ChangedOccupation(_code(key), second[key].label, first[key].label, second[key].label)
            for key in sorted(first.keys() & second.keys())
            if first[key].label != second[key].label
        ),
        recoded=tuple(
            ChangedOccupation(_code(new_key), second[new_key].label, _code(key), _code(new_key))
            for key, new_key in sorted(recoded.items())
        ),
        moved=tuple(moved),
        same=sum(first[key].label == second[key].label for key in first.keys() & second.keys()),
        others=tuple(
            Held(kind, later.count(kind), earlier.count(kind))
            for kind in OTHERS
            if not cut and later.count(kind) != earlier.count(kind)
        ),
        note=_tell_cut(cut) if cut else None,
    )


def _tell_cut(cut: Sequence[Release]) -> str:
    codes = " and ".join(release.code for release in cut)
    verb = "were" if len(cut) > 1 else "was"
    return (
        f"{codes} {verb} imported with --only mapped: only what both releases hold is compared, and what was added or retired "
        "is not known; import again without --only to tell that"
    )


def _list(index: Index) -> dict[str, Concept]:
    return {concept.key: concept for concept in index.iterate_concepts(*OCCUPATIONS)}


def _find_recoded(gone: Mapping[str, Concept], fresh: Mapping[str, Concept]) -> dict[str, str]:
    """The new key of each old one whose title, of the same kind, one new concept and no other gone one has."""
    titles: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, concepts in enumerate((gone, fresh)):
        for key, concept in concepts.items():
            titles[concept.kind, concept.label.casefold()][side].append(key)
    return {before[0]: after[0] for before, after in titles.values() if len(before) == 1 and len(after) == 1}


def _place(index: Index, key: str) -> str:
    """The codes of what stands directly above, side by side."""
    return ", ".join(_code(link.other) for link in index.list_links(key, "broader"))


def _code(key: str) -> str:
    return split_key(key)[1]


def _name(concept: Concept) -> NamedOccupation:
    return NamedOccupation(concept.notation or _code(concept.key), concept.label, concept.kind)
