"""The occupations of a release as they are compared with roles: names, texts, skills and tools, all indexed once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rolegraph.mappings.stems import fold
from rolegraph.mappings.texts import TextIndex
from rolegraph.mappings.titles import NameIndex
from rolegraph.releases.kinds import LINKS

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.releases.index import Index
    from rolegraph.releases.rows import Link

_NAMES: Final = ("alternate", "reported", "hidden", "preferred")
_SOFTWARE: Final = " software"
_NEEDED: Final = 3.0
"""The importance from which an element is needed: 3 is 'important' on the scale from 1 to 5."""


class Corpus:
    """The occupations of one release by key, with what is known of them. Indexes are made when first asked for.

    ``kinds`` are the kinds of concept that are compared; ``languages`` those whose names count. Further names that fold to
    one in ``held_out`` are left out, for judging how well the rest finds them.
    """

    def __init__(
        self,
        release: Release,
        index: Index,
        kinds: Collection[str],
        languages: Collection[str],
        held_out: Collection[str] = (),
    ) -> None:
        self.release = release
        self.index = index
        self.concepts = {concept.key: concept for concept in index.iterate_concepts(*kinds)}
        self._languages = frozenset((release.language, *languages))
        self._held_out = frozenset(held_out)
        self._users: dict[str, tuple[str, ...]] = {}

    @cached_property
    def titles(self) -> NameIndex:
        """The occupations by their titles."""
        return NameIndex((key, concept.label) for key, concept in self.concepts.items())

    @cached_property
    def alternates(self) -> NameIndex:
        """The occupations by their further names."""
        held_out = self._held_out
        return NameIndex(
            (key, name)
            for key, name in self._names
            if key in self.concepts and (not held_out or fold(name) not in held_out)
        )

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """The further names of all concepts, in the languages that count."""
        labels = self.index.iterate_labels(*_NAMES)
        return [(label.key, label.text) for label in labels if label.language in self._languages]

    @cached_property
    def texts(self) -> TextIndex:
        """The occupations by their definitions and task statements."""
        texts = {key: [concept.definition] for key, concept in self.concepts.items()}
        tasks = {concept.key: concept.label for concept in self.index.iterate_concepts("task")}
        for link in self.index.iterate_links("task"):
            if link.key in texts and link.other in tasks:
                texts[link.key].append(tasks[link.other])
        return TextIndex(texts)

    @cached_property
    def parts(self) -> NameIndex:
        """Technologies, elements and skills by their names."""
        kinds = ("technology", "element", "skill", "knowledge")
        # Half of all technologies are called "... software", which tells none of them apart.
        names = [(c.key, c.label.removesuffix(_SOFTWARE)) for c in self.index.iterate_concepts(*kinds)]
        known = {key for key, _ in names}
        names += [(key, name) for key, name in self._names if key in known]
        return NameIndex(names)

    def list_users(self, part: str) -> tuple[str, ...]:
        """The occupations that use or need a technology, element or skill."""
        if part not in self._users:
            self._users[part] = tuple(
                link.key
                for kind in ("technology", "rating", "essential")
                for link in self.index.list_origins(part, kind)
                if link.key in self.concepts and (kind != "rating" or _is_needed(link))
            )
        return self._users[part]

    @cached_property
    def zones(self) -> dict[str, int]:
        """The job zone of each occupation that has one, from 1 (little preparation) to 5."""
        return {
            link.key: int(zone)
            for link in self.index.iterate_links("job-zone")
            if (zone := link.other.rpartition("/")[2]).isdecimal()
        }

    @cached_property
    def wider(self) -> dict[str, str]:
        """The SOC occupation that each O*NET occupation stands under."""
        return {link.key: link.other for link in self.index.iterate_links("broad-match")}

    def list_above(self, key: str) -> list[str]:
        """The keys of the concepts wider than one."""
        return [concept.key for concept in self.index.list_ancestors(key)]


def _is_needed(link: Link) -> bool:
    names = [figure.name for figure in LINKS["rating"].figures]
    value = link.figures[names.index("importance")] if link.figures else ""
    doubtful = {"importance-suppressed", "not-relevant"} & set(link.flags)
    return bool(value) and not doubtful and float(value) >= _NEEDED
