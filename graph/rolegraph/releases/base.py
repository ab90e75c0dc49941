"""The occupational base: what a release says of the occupation that a profile is mapped to.

A SOC occupation has its content from the O*NET occupation that stands for the whole of it (code ``.00``), and its wages
from the wage statistics. All of it is the occupation's, never the profile's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.releases.keys import find_soc, split_key
from rolegraph.releases.kinds import LINKS
from rolegraph.releases.library import Found, Library
from rolegraph.releases.rows import Concept, Link

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.releases.index import Index

GROUPS: Final = {
    "2.A": "skills",
    "2.B": "skills",
    "2.C": "knowledge",
    "1.A": "abilities",
    "1.C": "styles",
    "1.D": "styles",
    "4.A": "activities",
}
"""The groups of rated elements, by how the ids of their elements begin in the content model of O*NET."""

_WHOLE: Final = ".00"


class Rated(NamedTuple):
    """An element with its ratings: importance from 1 to 5, level from 0 to 7; None where it is not stated.

    ``flags`` are those of :data:`rolegraph.releases.kinds.LINKS`: a suppressed rating is unreliable, an element that is
    not relevant is not needed.
    """

    concept: Concept
    importance: Decimal | None
    level: Decimal | None
    flags: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the importance is stated, reliable, and of an element that is relevant."""
        return self.importance is not None and not {"importance-suppressed", "not-relevant"} & set(self.flags)


class Linked(NamedTuple):
    """A concept that the occupation has to do with, with the flags of the link."""

    concept: Concept
    flags: tuple[str, ...] = ()
    order: int | None = None


class Wage(NamedTuple):
    """Wages of an occupation in an area: figures by name, as published; ``flags`` say which are top-coded or missing.

    ``hourly`` tells whether they are per hour or per year. ``broad`` is the wider occupation whose wages stand in
    because the occupation itself has none.
    """

    area: Concept
    hourly: bool
    figures: dict[str, Decimal]
    flags: tuple[str, ...]
    broad: Concept | None
    release: Release


@dataclass(frozen=True)
class Base:
    """What stands under one occupation; everything is looked up when it is asked for.

    ``mapped`` is the occupation that was asked about, ``found`` the one that the content is of: the same, or the O*NET
    occupation of a SOC code. ``beside`` are further O*NET occupations under that SOC code, which are not counted in.
    """

    library: Library
    mapped: str
    found: Found | None
    beside: tuple[Concept, ...] = ()

    @property
    def release(self) -> Release | None:
        """The release that the content is from."""
        return None if self.found is None else self.found.release

    def list_ratings(self, group: str) -> list[Rated]:
        """The rated elements of one of :data:`GROUPS`, the most important first, ties by label."""
        rated = [
            Rated(concept, _read(link, "importance"), _read(link, "level"), link.flags)
            for link, concept in self._follow("rating")
            if GROUPS.get(split_key(link.other)[1][:3]) == group
        ]
        return sorted(rated, key=lambda r: (-(r.importance or 0), r.concept.label, r.concept.key))

    def list_linked(self, kind: str) -> list[Linked]:
        """The concepts at the ends of links of a kind, those with an index by it, the others by label."""
        linked = [
            Linked(concept, link.flags, None if (index := _read(link, "index")) is None else int(index))
            for link, concept in self._follow(kind)
        ]
        return sorted(linked, key=lambda item: (item.order or 0, item.concept.label, item.concept.key))

    def list_activities(self) -> list[Concept]:
        """The intermediate work activities of the tasks, each once, by key."""
        index = self._index
        if index is None:
            return []
        found: dict[str, Concept] = {}
        for task, _ in self._follow("task"):
            for link in index.list_links(task.other, "activity"):
                for wider in index.list_links(link.other, "broader"):
                    if wider.other not in found and (concept := index.find(wider.other)) is not None:
                        found[wider.other] = concept
        return [found[key] for key in sorted(found)]

    def list_names(self, *kinds: str) -> list[str]:
        """Further names of the occupation of some kinds (``alternate``, ``reported``), each once, in their order."""
        index = self._index
        if index is None or self.found is None:
            return []
        language = self.found.release.language
        labels = index.list_labels(self.found.concept.key)
        return sorted({label.text for label in labels if label.kind in kinds and label.language == language})

    def list_notes(self, concept: Concept) -> list[str]:
        """The texts that go with a concept, such as what a job zone says of preparation."""
        index = self._index
        return [] if index is None else [r.text for r in index.list_labels(concept.key) if r.kind == "note"]

    def list_wages(self) -> list[Wage]:
        """The wages of the occupation from the newest wage statistics, by area, the annual ones first."""
        release = self.library.newest("oews")
        if release is None or (soc := self.find_soc()) is None:
            return []
        index = self.library.open(release)
        for key in (soc, *self._list_broad(soc)):
            links = [link for kind in ("wage-annual", "wage-hourly") for link in index.list_links(key, kind)]
            if links:
                broad = None if key == soc else self._name(key)
                return [
                    wage for link in links if (wage := _read_wage(index, link, broad, release)) is not None
                ]
        return []

    @property
    def _index(self) -> Index | None:
        return None if self.found is None else self.library.open(self.found.release)

    def _follow(self, kind: str) -> Iterator[tuple[Link, Concept]]:
        index = self._index
        if index is None or self.found is None:
            return
        for link in index.list_links(self.found.concept.key, kind):
            concept = index.find(link.other)
            yield link, concept or Concept(link.other, "", split_key(link.other)[1])

    def find_soc(self) -> str | None:
        """The key of the SOC occupation, whose wages these are; None where the classification has no SOC codes."""
        return self.mapped if self.mapped.startswith("soc-") else find_soc(self.mapped)

    def _list_broad(self, soc: str) -> Iterator[str]:
        """The broad occupation of a detailed one: as a release says, else by its code, whose last digit is then 0."""
        found = self.library.find(soc)
        if found is None:
            yield f"{soc[:-1]}0"
            return
        if found.concept.kind == "detailed":
            yield from (link.other for link in self.library.open(found.release).list_links(soc, "broader"))

    def _name(self, key: str) -> Concept:
        found = self.library.find(key)
        return Concept(key, "broad", split_key(key)[1]) if found is None else found.concept


def find_base(library: Library, key: str) -> Base:
    """What stands under an occupation (``soc-2018/51-1011``); without content where no release has any."""
    found = library.find(key)
    if not key.startswith("soc-"):
        return Base(library, key, found)
    for release in library.list_family("onet"):
        index = library.open(release)
        under = [index.find(link.key) for link in index.list_origins(key, "broad-match")]
        known = [concept for concept in under if concept is not None]
        whole = next((concept for concept in known if concept.key.endswith(_WHOLE)), None)
        if known:
            beside = tuple(concept for concept in known if concept is not whole)
            return Base(library, key, None if whole is None else Found(whole, release), beside)
    return Base(library, key, None)


def _read(link: Link, name: str) -> Decimal | None:
    names = [figure.name for figure in LINKS[link.kind].figures]
    if name not in names or len(link.figures) <= names.index(name):
        return None
    value = link.figures[names.index(name)]
    return Decimal(value) if value else None


def _read_wage(index: Index, link: Link, broad: Concept | None, release: Release) -> Wage | None:
    area = index.find(link.other)
    if area is None:
        return None
    names = [figure.name for figure in LINKS[link.kind].figures]
    figures = {name: value for name in names if (value := _read(link, name)) is not None}
    return Wage(area, link.kind == "wage-hourly", figures, link.flags, broad, release)
