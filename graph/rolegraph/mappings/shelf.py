"""The releases that mappings are judged by, each made ready for comparing when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.mappings.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.model.release import Release
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library
    from rolegraph.releases.rows import Concept


class _Use(NamedTuple):
    """A classification that can be suggested: the families whose releases tell it, best first, and the kinds of concept."""

    families: tuple[str, ...]
    kinds: tuple[str, ...]


OCCUPATIONS: Final = {
    "soc-2018": _Use(("onet", "soc"), ("occupation", "detailed")),
    "onet-soc-2019": _Use(("onet",), ("occupation", "detailed")),
    "esco": _Use(("esco",), ("occupation",)),
}
"""The classifications of occupations. O*NET tells more of a SOC occupation than SOC does."""
SKILLS: Final = {
    "onet-element": _Use(("onet",), ("element",)),
    "onet-technology": _Use(("onet",), ("technology",)),
    "esco": _Use(("esco",), ("skill", "knowledge")),
}
"""The classifications of skills."""
FAMILIES: Final = {
    "soc": "soc", "onet-soc": "onet", "onet-element": "onet", "onet-technology": "onet", "esco": "esco",
    "unspsc": "onet", "onet": "onet",
}  # fmt: skip
"""The families of releases by how the codes of their classifications begin."""


class Shelf:
    """The releases beside an architecture as they are compared with it."""

    def __init__(self, taxonomy: Taxonomy, library: Library) -> None:
        self.taxonomy = taxonomy
        self.library = library
        self._corpora: dict[tuple[str, tuple[str, ...]], Corpus] = {}

    def open_corpus(self, scheme: str, *, skills: bool = False, whole: bool = False) -> Corpus | None:
        """The newest release that tells the occupations (or skills) of a classification; None where none is loaded.

        One that was imported with ``--only mapped`` is taken where there is no other, and never where ``whole`` is asked.
        """
        use = (SKILLS if skills else OCCUPATIONS).get(scheme)
        for family in use.families if use is not None else ():
            release = self._choose(family)
            if release is not None and use is not None and (release.coverage == "all" or not whole):
                return self._open(release, use.kinds)
        return None

    def list_corpora(self, scheme: str) -> Iterator[Corpus]:
        """Every release that tells the occupations of a classification: the newest first, cut or not."""
        use = OCCUPATIONS.get(scheme)
        for family in use.families if use is not None else ():
            for release in self.library.list_family(family):
                yield self._open(release, use.kinds if use is not None else ())

    def find_cut(self, family: str, before: Release | None = None) -> Release | None:
        """The newest release of a family, where it was imported with ``--only mapped`` and is not ``before``."""
        newest = self.library.newest(family)
        return None if newest is None or newest.coverage == "all" or newest == before else newest

    def _open(self, release: Release, kinds: tuple[str, ...]) -> Corpus:
        key = (release.code, kinds)
        if key not in self._corpora:
            language = self.taxonomy.dataset.language
            self._corpora[key] = Corpus(release, self.library.open(release), kinds, (language,))
        return self._corpora[key]

    def list_defining(self, scheme: str) -> tuple[Release, ...]:
        """The releases that define the codes of a classification, newest first."""
        family = find_family(scheme)
        return tuple(r for r in self.library.releases if r.family == family and scheme in r.schemes)

    def find_successors(self, key: str) -> tuple[Concept, ...] | None:
        """What took the place of a code of an older edition, by a crosswalk; None where none knows the code.

        A code of ``soc-2018`` is looked up as one of ``soc-2010`` too, and so for O*NET.
        """
        for name in (key, key.replace("soc-2018/", "soc-2010/").replace("onet-soc-2019/", "onet-soc-2010/")):
            for release in self.library.list_family("crosswalk"):
                index = self.library.open(release)
                if index.find(name) is not None:
                    links = index.list_links(name, "successor")
                    return tuple(self._name(index.find(link.other), link.other) for link in links)
        return None

    def _name(self, concept: Concept | None, key: str) -> Concept:
        from rolegraph.releases.rows import Concept

        found = self.library.find(key)
        return found.concept if found is not None else concept or Concept(key, "", key.partition("/")[2])

    def _choose(self, family: str) -> Release | None:
        """The newest release of a family that is whole; else the newest."""
        releases: Iterator[Release] = iter(self.library.list_family(family))
        return next((r for r in releases if r.coverage == "all"), self.library.newest(family))


def find_family(scheme: str) -> str | None:
    """The family of the releases that define the codes of a classification."""
    return next((family for begin, family in FAMILIES.items() if scheme == begin or scheme.startswith(f"{begin}-")), None)  # fmt: skip
