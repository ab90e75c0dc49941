"""The releases that stand beside an architecture: which of them answers for a classification, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.errors import InputError, Problem, RequestError
from rolegraph.records.files import RELEASE
from rolegraph.records.folder import load_lent
from rolegraph.releases.folder import (
    Tell,
    check_graph,
    find_graph,
    keep_silent,
    open_release,
    read_release,
    sort_version,
)
from rolegraph.releases.keys import Keys, split_key
from rolegraph.releases.remedies import tell_remedy
from rolegraph.releases.rows import Concept

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.index import Index


class Found(NamedTuple):
    """A concept, and the release that speaks of it."""

    concept: Concept
    release: Release


class Library:
    """The releases of a data folder, newest first; each is opened when it is first asked."""

    def __init__(
        self, folder: Path | None, taxonomy: Taxonomy, tell: Tell = keep_silent, *, of_graph: bool = False
    ) -> None:
        self._folder = folder
        self._of_graph = of_graph
        self._tell = tell
        self._taxonomy = taxonomy
        releases = () if folder is None else taxonomy.releases
        self.releases = tuple(
            sorted(releases, key=lambda release: (sort_version(release.version), release.code), reverse=True)
        )
        self._opened: dict[str, Index] = {}

    @cached_property
    def keys(self) -> Keys:
        """The keys and IRIs of what releases hold; made when the first is asked for, as it takes reading files."""
        return find_keys(self._taxonomy)

    def open(self, release: Release) -> Index:
        """The index of a release. Raises InputError where its graph is missing or changed."""
        if release.code not in self._opened:
            assert self._folder is not None, "releases stand in a folder"
            self._opened[release.code] = open_release(self._folder, release, self.keys, self._tell)
        return self._opened[release.code]

    def list_family(self, family: str) -> tuple[Release, ...]:
        """The releases of a family, newest first."""
        return tuple(release for release in self.releases if release.family == family)

    def find_damage(self) -> list[Problem]:
        """The problem of every release whose graph is missing, or is not the one that was imported."""
        problems: list[Problem] = []
        for release in self.releases:
            assert self._folder is not None, "releases stand in a folder"
            try:
                check_graph(find_graph(self._folder, release), release)
            except InputError as error:
                problems += error.problems
        return problems

    def list_graphs(self) -> Iterator[tuple[str, Path]]:
        """The IRI of the named graph of every release, and the file that holds it."""
        for release in self.releases:
            assert self._folder is not None, "releases stand in a folder"
            yield f"{self.keys.base}release/{release.code}", find_graph(self._folder, release)

    def newest(self, family: str) -> Release | None:
        """The newest release of a family."""
        return next(iter(self.list_family(family)), None)

    def find_newer(self, found: Found) -> Release | None:
        """The newest whole release of a family and classification, where it no longer holds what an older one holds."""
        scheme = split_key(found.concept.key)[0]
        for release in self.list_family(found.release.family):
            if release.code == found.release.code:
                return None
            if release.coverage == "all" and scheme in release.schemes:
                return release
        return None

    def tell_remedy(self, family: str, what: str = "brings it") -> str:
        """What brings a release of a family: a command, or a data folder where all there is is a graph file."""
        if self._of_graph:
            return "a graph file has no releases beside it; name its data folder with --data"
        return tell_remedy(family, what)

    def find_all(self, key: str) -> Iterator[Found]:
        """What each release says of a concept, newest first."""
        for release in self.releases:
            concept = self.open(release).find(key)
            if concept is not None:
                yield Found(concept, release)

    def find(self, key: str) -> Found | None:
        """What the newest release that knows a concept says of it."""
        return next(self.find_all(key), None)


def locate_release(library: Library, name: str) -> tuple[Release, Index]:
    """A release of a library by its code, or any release by its folder. Raises RequestError and InputError."""
    for release in library.releases:
        if release.code == name:
            return release, library.open(release)
    folder = Path(name)
    if (folder / RELEASE).is_file():
        release = read_release(folder)
        return release, open_release(
            folder.parent.parent, release, Keys(release.base, library.keys.namespaces)
        )
    known = ", ".join(release.code for release in library.releases)
    raise RequestError(
        f"there is no release {name}: "
        + (
            f"the data folder holds {known}"
            if known
            else "the data folder holds none; rolegraph import brings them"
        )
    )


def find_keys(taxonomy: Taxonomy) -> Keys:
    """The keys and IRIs of the concepts that releases bring beside a taxonomy."""
    schemes = (*load_lent().schemes, *taxonomy.schemes)
    return Keys(taxonomy.dataset.base, {s.code: s.namespace for s in schemes if s.namespace is not None})
