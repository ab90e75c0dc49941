"""The architecture as a tree of classes, for formats whose readers know classes and not concepts.

Each concept scheme is the root of a tree, and what stands under another concept in the graph is its subclass here: a
profile is a subclass of its focus, that of its function, that of its group. Statuses, regions and proficiencies are
values that others have, no kinds of work or skill: they are left out. IRIs are those of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolegraph.rdf.declare import LANGUAGE, read_declarations
from rolegraph.rdf.iris import Iris
from rolegraph.rdf.vocab import RG

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.model.mapping import Mapping
    from rolegraph.model.record import Retirement
    from rolegraph.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Claim:
    """A mapping of a class: the record, the IRI of the claim itself, and that of the entry it leads to."""

    mapping: Mapping
    iri: str
    target: str


@dataclass(frozen=True, slots=True)
class TreeClass:
    """One class: where it stands and what is said of it. ``note`` and ``successor`` are those of a retired one."""

    iri: str
    code: str | None
    label: str
    language: str
    parent: str | None
    definition: str | None = None
    synonyms: tuple[str, ...] = ()
    note: str | None = None
    successor: str | None = None
    claims: tuple[Claim, ...] = ()


def iterate_classes(taxonomy: Taxonomy) -> Iterator[TreeClass]:
    """Every class, each after the one that it stands under; nothing is kept.

    An entry that is mapped to but not loaded has its code for a label and stands directly under its classification, as
    no more is known of its place.
    """
    yield from _Tree(taxonomy).iterate()


class _Tree:
    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.iris = Iris(taxonomy.dataset.base, taxonomy.namespaces)
        self.language = taxonomy.dataset.language.lower()

    def iterate(self) -> Iterator[TreeClass]:
        taxonomy = self.taxonomy
        declarations = read_declarations()
        for name, kind, members, classes in (
            (
                "architecture",
                RG.ArchitectureScheme,
                taxonomy.groups or taxonomy.functions,
                self._iterate_roles,
            ),
            ("levels", RG.LevelScheme, taxonomy.tracks, self._iterate_levels),
            ("skills", RG.SkillScheme, taxonomy.skills, self._iterate_skills),
        ):
            if members:
                root, said = self.iris.name(name), declarations[kind]
                yield TreeClass(root, None, said.label, LANGUAGE, None, said.definition)
                yield from classes(root)
        yield from self._iterate_classifications()

    def _make(
        self,
        iri: str,
        code: str,
        label: str,
        parent: str,
        definition: str | None = None,
        *,
        synonyms: tuple[str, ...] = (),
        retired: Retirement | None = None,
        family: str = "",
        claims: tuple[Claim, ...] = (),
    ) -> TreeClass:
        note = successor = None
        if retired is not None:
            note = retired.note
            successor = retired.replaced_by and self.iris.node(family, retired.replaced_by)
        return TreeClass(
            iri, code, label, self.language, parent, definition, synonyms, note, successor, claims
        )

    def _iterate_roles(self, root: str) -> Iterator[TreeClass]:
        taxonomy, iris = self.taxonomy, self.iris
        for group in taxonomy.groups:
            iri = iris.node("function-group", group.code)
            yield self._make(iri, group.code, group.label, root, group.definition)
        for function in taxonomy.functions:
            above = root if function.group is None else iris.node("function-group", function.group)
            label = function.label or function.code
            yield self._make(
                iris.node("function", function.code), function.code, label, above, function.definition
            )
        for focus in taxonomy.focuses:
            node = iris.focus(focus.code)
            yield self._make(
                node, focus.code, focus.label, iris.node("function", focus.function), focus.definition,
                retired=focus.retired, family="focus",
            )  # fmt: skip
            for profile in focus.profiles:
                yield self._make(
                    iris.profile(profile.code), profile.code, taxonomy.title_of(profile), node, profile.definition,
                    synonyms=profile.aliases, retired=profile.retired, family="profile",
                    claims=self._list_claims(profile.code, profile.mappings, iris.mapping),
                )  # fmt: skip

    def _iterate_levels(self, root: str) -> Iterator[TreeClass]:
        iris = self.iris
        for track in self.taxonomy.tracks:
            yield self._make(iris.node("track", track.code), track.code, track.label, root, track.definition)
        for level in self.taxonomy.levels:
            above = iris.node("track", level.track)
            yield self._make(iris.node("level", level.code), level.code, level.label, above, level.summary)

    def _iterate_skills(self, root: str) -> Iterator[TreeClass]:
        for skill in self.taxonomy.skills:
            yield self._make(
                self.iris.node("skill", skill.code), skill.code, skill.label, root, skill.definition,
                synonyms=tuple(alternative.label for alternative in skill.alternatives),
                retired=skill.retired, family="skill",
                claims=self._list_claims(skill.code, skill.mappings, self.iris.skill_mapping),
            )  # fmt: skip

    def _iterate_classifications(self) -> Iterator[TreeClass]:
        taxonomy, iris = self.taxonomy, self.iris
        roots = {scheme.code: iris.scheme(scheme.code) for scheme in taxonomy.schemes}
        for scheme in taxonomy.schemes:
            yield TreeClass(roots[scheme.code], scheme.code, scheme.title, self.language, None)
        for entry in taxonomy.occupations:
            above = (
                roots[entry.scheme] if entry.broader is None else iris.occupation(entry.scheme, entry.broader)
            )
            yield self._make(iris.occupation(entry.scheme, entry.code), entry.code, entry.title, above)
        named = {(mapping.scheme, mapping.code) for _, mapping in taxonomy.mappings}
        for scheme_code, code in sorted(named - taxonomy.occupation_by_key.keys()):
            yield self._make(iris.occupation(scheme_code, code), code, code, roots[scheme_code])

    def _list_claims(
        self, code: str, mappings: tuple[Mapping, ...], name: Callable[[str, str, str], str]
    ) -> tuple[Claim, ...]:
        return tuple(
            Claim(m, name(code, m.scheme, m.code), self.iris.occupation(m.scheme, m.code)) for m in mappings
        )
