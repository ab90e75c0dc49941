"""Encodes a taxonomy as blocks of triples, one record at a time, without a store.

What is written of each record is described once, here and in :mod:`rolegraph.rdf.encode_focus`; a
:class:`rolegraph.rdf.form.Form` decides how it looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from rolegraph.rdf.concepts import find_class
from rolegraph.rdf.declare import LANGUAGE, encode_declarations, read_declarations
from rolegraph.rdf.draft import Draft, Pen
from rolegraph.rdf.encode_focus import FocusEncoder
from rolegraph.rdf.encode_mapping import MappingEncoder
from rolegraph.rdf.fields import DESCRIPTOR
from rolegraph.rdf.form import Block, Form, Literals
from rolegraph.rdf.header import add_terms, encode_agent, encode_header
from rolegraph.rdf.releases import encode_release
from rolegraph.rdf.vocab import (
    DCTERMS,
    DQV,
    OWL,
    RDFS,
    RG,
    SCHEMA,
    SEMAPV,
    SKOS,
    VANN,
    XKOS,
)  # fmt: skip

if TYPE_CHECKING:
    from rolegraph.model.reference import Edition, Level, Occupation, Scheme, Skill
    from rolegraph.model.taxonomy import Taxonomy

Item = TypeVar("Item")
Key = TypeVar("Key")


def encode(taxonomy: Taxonomy, form: Form) -> Iterator[Block]:
    """The blocks of a taxonomy: each subject once, in a fixed order, the dataset first.

    The triple that counts all triples is left to the writer, which alone knows the number.
    """
    yield from Encoder(taxonomy, form).encode()


class Encoder:
    """Encodes one taxonomy in one form."""

    def __init__(self, taxonomy: Taxonomy, form: Form) -> None:
        self.taxonomy = taxonomy
        self.form = form
        self.iris = form.iris.with_namespaces(taxonomy.namespaces)
        self.pen = Pen(form, taxonomy.dataset.language)
        self.mappings = MappingEncoder(form, self.pen.literals, self.iris)
        self.declarations = read_declarations()

    def encode(self) -> Iterator[Block]:
        """All blocks, in their order."""
        taxonomy = self.taxonomy
        yield from encode_header(taxonomy.dataset, self.pen)
        yield from self._encode_schemes()
        yield from self._encode_functions()
        yield from self._encode_levels()
        yield from self._encode_proficiencies()
        for skill in taxonomy.skills:
            yield from self._encode_skill(skill)
        yield from self._encode_classifications()
        for release in taxonomy.releases:
            yield from encode_release(release, self.pen)
        yield from self._encode_shared_values()
        for edition in taxonomy.editions:
            yield from self._encode_edition(edition)
        focuses = FocusEncoder(taxonomy, self.form)
        for focus in taxonomy.focuses:
            yield from focuses.encode(focus)
        used = {mapping.justification for _, mapping in taxonomy.mappings}
        extra = frozenset(SEMAPV.iri + name for name in used)
        yield from encode_declarations(self.declarations, self.form, extra)

    def _begin_concept(
        self, iri: str, kind: str | None, code: str, label: str, derived: bool = False
    ) -> Draft:
        draft = self.pen.begin(iri, SKOS.Concept, *([kind] if kind else []))
        draft.add_plain(SKOS.notation, code)
        draft.add_text(SKOS.prefLabel, label)
        draft.add_plain(RG.derived, "label" if derived else None)
        return draft

    def _place(self, draft: Draft, scheme: str, broader: str | None) -> None:
        draft.add_node(SKOS.inScheme, scheme)
        if broader is None:
            draft.add_node(SKOS.topConceptOf, scheme)
        else:
            draft.add_node(SKOS.broader, broader)

    def _encode_schemes(self) -> Iterator[Block]:
        taxonomy, iris = self.taxonomy, self.iris
        ungrouped = [f.code for f in taxonomy.functions if f.group is None]
        regions = self._find_regions()
        for name, kind, tops in (
            (
                "architecture",
                RG.ArchitectureScheme,
                [iris.node("function-group", g.code) for g in taxonomy.groups]
                + [iris.node("function", code) for code in ungrouped],
            ),
            ("levels", RG.LevelScheme, [iris.node("track", t.code) for t in taxonomy.tracks]),
            ("skills", RG.SkillScheme, [iris.node("skill", s.code) for s in taxonomy.skills]),
            (
                "proficiencies",
                RG.ProficiencyScheme,
                [iris.node("proficiency", step.code) for step in taxonomy.proficiencies],
            ),
            ("statuses", RG.StatusScheme, [iris.node("status", s) for s in self._find_statuses()]),
            ("regions", RG.RegionScheme, [iris.node("region", r) for r in regions]),
        ):
            if not tops:
                continue
            declaration = self.declarations[kind]
            english = Literals(self.form, LANGUAGE)
            draft = self.pen.begin(iris.name(name), SKOS.ConceptScheme, kind)
            draft.add(SKOS.prefLabel, english.write_text(declaration.label))
            draft.add(SKOS.definition, english.write_text(declaration.definition))
            draft.add_node(DCTERMS.creator, iris.publisher())
            add_terms(draft, taxonomy.dataset)
            draft.add_node(SKOS.hasTopConcept, *tops)
            yield draft.end()

    def _find_statuses(self) -> list[str]:
        return sorted({p.status for p in self.taxonomy.profiles if p.status is not None})

    def _find_regions(self) -> list[str]:
        """The regions where profiles hold, and those where pay is given for."""
        named = {p.region for p in self.taxonomy.profiles}
        named |= {p.pay.region for p in self.taxonomy.profiles if p.pay is not None}
        return sorted(region for region in named if region is not None)

    def _encode_functions(self) -> Iterator[Block]:
        taxonomy, iris = self.taxonomy, self.iris
        scheme = iris.name("architecture")
        functions = _group_by(taxonomy.functions, lambda f: f.group)
        focuses = _group_by(taxonomy.focuses, lambda f: f.function)
        for group in taxonomy.groups:
            draft = self._begin_concept(
                iris.node("function-group", group.code), RG.FunctionGroup, group.code, group.label
            )
            draft.add_text(SKOS.definition, group.definition)
            self._place(draft, scheme, None)
            draft.add_node(SKOS.narrower, *(iris.node("function", f.code) for f in functions[group.code]))
            yield draft.end()
        for function in taxonomy.functions:
            above = None if function.group is None else iris.node("function-group", function.group)
            draft = self._begin_concept(
                iris.node("function", function.code), RG.Function, function.code,
                function.label or function.code, function.label is None,
            )  # fmt: skip
            draft.add_text(SKOS.definition, function.definition)
            self._place(draft, scheme, above)
            draft.add_node(SKOS.narrower, *(iris.focus(f.code) for f in focuses[function.code]))
            draft.add_node(RG.inFunctionGroup, above)
            draft.add_plain(RG.assigned, *function.assigned)
            yield draft.end()

    def _encode_levels(self) -> Iterator[Block]:
        taxonomy, iris = self.taxonomy, self.iris
        scheme = iris.name("levels")
        levels = _group_by(taxonomy.levels, lambda level: level.track)
        for track in taxonomy.tracks:
            draft = self._begin_concept(iris.node("track", track.code), RG.Track, track.code, track.label)
            draft.add_text(SKOS.definition, track.definition)
            self._place(draft, scheme, None)
            draft.add_node(SKOS.narrower, *(iris.node("level", level.code) for level in levels[track.code]))
            yield draft.end()
        following = {a.code: b.code for run in levels.values() for a, b in pairwise(run)}
        preceding = {b: a for a, b in following.items()}
        for level in taxonomy.levels:
            yield self._encode_level(level, scheme, preceding.get(level.code), following.get(level.code))

    def _encode_level(self, level: Level, scheme: str, below: str | None, above: str | None) -> Block:
        iris = self.iris
        track = iris.node("track", level.track)
        draft = self._begin_concept(
            iris.node("level", level.code), RG.Level, level.code, level.label, level.name is None
        )
        draft.add_text(RG.levelName, level.name)
        draft.add_text(SKOS.definition, level.summary)
        self._place(draft, scheme, track)
        draft.add_node(RG.onTrack, track)
        draft.add_integer(RG.rank, level.rank)
        draft.add_node(XKOS.next, above and iris.node("level", above))
        draft.add_node(XKOS.previous, below and iris.node("level", below))
        for field, predicate in DESCRIPTOR.items():
            draft.add_text(predicate, getattr(level, field))
        if level.years is not None:
            draft.add_decimal(RG.minYears, level.years.min)
            draft.add_decimal(RG.maxYears, level.years.max)
        draft.add_decimal(RG.stage, level.stage)
        draft.add_plain(RG.assigned, *level.assigned)
        return draft.end()

    def _encode_proficiencies(self) -> Iterator[Block]:
        iris, steps = self.iris, self.taxonomy.proficiencies
        for at, step in enumerate(steps):
            draft = self._begin_concept(
                iris.node("proficiency", step.code), RG.Proficiency, step.code, step.label
            )
            draft.add_text(SKOS.definition, step.definition)
            self._place(draft, iris.name("proficiencies"), None)
            draft.add_integer(RG.rank, step.rank)
            if at + 1 < len(steps):
                draft.add_node(XKOS.next, iris.node("proficiency", steps[at + 1].code))
            if at > 0:
                draft.add_node(XKOS.previous, iris.node("proficiency", steps[at - 1].code))
            yield draft.end()

    def _encode_skill(self, skill: Skill) -> Iterator[Block]:
        iris = self.iris
        draft = self._begin_concept(iris.node("skill", skill.code), RG.Skill, skill.code, skill.label)
        draft.add_text(SKOS.altLabel, *(a.label for a in skill.alternatives))
        draft.add_text(SKOS.definition, skill.definition)
        self._place(draft, iris.name("skills"), None)
        nodes = [iris.alternative(skill.code, a.label) for a in skill.alternatives]
        draft.add_node(RG.alternative, *nodes)
        described = [iris.skill_descriptor(skill.code, d.proficiency) for d in skill.descriptors]
        draft.add_node(RG.skillDescriptor, *described)
        stated, mapped = self.mappings.encode(
            skill.mappings, f"<{iris.node('skill', skill.code)}>",
            lambda scheme, code: iris.skill_mapping(skill.code, scheme, code),
        )  # fmt: skip
        draft.add_statements(stated)
        if skill.retired is not None:
            successor = skill.retired.replaced_by
            draft.add_retirement(skill.retired.note, successor and iris.node("skill", successor))
        yield draft.end()
        for position, (iri, alternative) in enumerate(zip(nodes, skill.alternatives, strict=True), 1):
            part = self.pen.begin(iri, RG.Alternative)
            part.add_text(RDFS.label, alternative.label)
            part.add_text(RG.reason, alternative.reason)
            part.add_integer(RG.position, position)
            yield part.end()
        for iri, descriptor in zip(described, skill.descriptors, strict=True):
            part = self.pen.begin(iri, RG.SkillDescriptor)
            part.add_node(RG.proficiency, iris.node("proficiency", descriptor.proficiency))
            part.add_text(SCHEMA.description, descriptor.text)
            yield part.end()
        yield from mapped

    def _encode_classifications(self) -> Iterator[Block]:
        taxonomy = self.taxonomy
        loaded = _group_by(taxonomy.occupations, lambda o: o.scheme)
        mapped = {(m.scheme, m.code): False for _, m in taxonomy.mappings}
        # What a profile is mapped to is an occupation; a skill may be mapped to a skill, a tool or a task.
        mapped |= {(m.scheme, m.code): True for profile in taxonomy.profiles for m in profile.mappings}
        unloaded = _group_by(sorted(mapped.keys() - taxonomy.occupation_by_key.keys()), lambda key: key[0])
        for scheme in taxonomy.schemes:
            occupations = loaded[scheme.code]
            yield from self._encode_classification(scheme, occupations)
            yield from self._encode_occupations(scheme, occupations)
            for _, code in unloaded[scheme.code]:
                iri = self.iris.occupation(scheme.code, code)
                kind = RG.Occupation if mapped[scheme.code, code] else None
                draft = self._begin_concept(iri, kind, code, code, derived=True)
                draft.add_node(SKOS.inScheme, self.iris.scheme(scheme.code))
                yield draft.end()

    def _encode_classification(self, scheme: Scheme, occupations: Sequence[Occupation]) -> Iterator[Block]:
        iris = self.iris
        node = iris.scheme(scheme.code)
        draft = self.pen.begin(node, SKOS.ConceptScheme, RG.Classification)
        draft.add_plain(SKOS.notation, scheme.code)
        draft.add_text(SKOS.prefLabel, scheme.title)
        draft.add_node(DCTERMS.publisher, iris.scheme_publisher(scheme.code))
        draft.add_plain(OWL.versionInfo, scheme.version)
        draft.add_node(DCTERMS.source, scheme.source)
        draft.add_text(DCTERMS.rights, scheme.licence)
        draft.add_plain(RG.codePattern, scheme.pattern)
        draft.add_plain(VANN.preferredNamespaceUri, scheme.namespace)
        draft.add_integer(XKOS.numberOfLevels, len(scheme.levels))
        tops = (iris.occupation(o.scheme, o.code) for o in occupations if o.broader is None)
        draft.add_node(SKOS.hasTopConcept, *tops)
        yield draft.end()
        yield encode_agent(iris.scheme_publisher(scheme.code), scheme.publisher, self.pen)
        for depth, kind in enumerate(scheme.levels, 1):
            part = self.pen.begin(iris.kind(scheme.code, kind), XKOS.ClassificationLevel)
            part.add_plain(SKOS.notation, kind)
            part.add_text(RDFS.label, kind)
            part.add_integer(XKOS.depth, depth)
            part.add_node(RG.ofClassification, node)
            yield part.end()

    def _encode_occupations(self, scheme: Scheme, occupations: Sequence[Occupation]) -> Iterator[Block]:
        iris = self.iris
        below = _group_by(occupations, lambda o: o.broader)
        for occupation in occupations:
            draft = self._begin_concept(
                iris.occupation(scheme.code, occupation.code),
                find_class(occupation.kind),
                occupation.code,
                occupation.title,
            )
            above = occupation.broader and iris.occupation(scheme.code, occupation.broader)
            self._place(draft, iris.scheme(scheme.code), above)
            draft.add_node(
                SKOS.narrower, *(iris.occupation(scheme.code, o.code) for o in below[occupation.code])
            )
            draft.add_node(RG.classificationLevel, iris.kind(scheme.code, occupation.kind))
            yield draft.end()

    def _encode_shared_values(self) -> Iterator[Block]:
        """The statuses, regions and review metrics that profiles name."""
        profiles = self.taxonomy.profiles
        for kind, family, scheme, slugs in (
            (RG.Status, "status", "statuses", self._find_statuses()),
            (RG.Region, "region", "regions", self._find_regions()),
        ):
            for slug in slugs:
                draft = self._begin_concept(self.iris.node(family, slug), kind, slug, slug)
                self._place(draft, self.iris.name(scheme), None)
                yield draft.end()
        for dimension in sorted({score.dimension for p in profiles for score in p.review}):
            draft = self.pen.begin(self.iris.node("review", dimension), DQV.Metric)
            draft.add_plain(SKOS.notation, dimension)
            draft.add_text(RDFS.label, dimension)
            yield draft.end()

    def _encode_edition(self, edition: Edition) -> Iterator[Block]:
        iris = self.iris
        draft = self.pen.begin(iris.edition(edition.code), RG.Edition)
        draft.add_plain(SKOS.notation, edition.code)
        draft.add_text(RDFS.label, edition.label)
        draft.add_text(SKOS.definition, edition.definition)
        draft.add_plain(RG.form, edition.form)
        draft.add_text(RG.limits, edition.limits)
        draft.add_node(RG.constant, *(iris.constant(edition.code, c.name) for c in edition.constants))
        yield draft.end()
        for position, constant in enumerate(edition.constants, 1):
            part = self.pen.begin(iris.constant(edition.code, constant.name), RG.Constant)
            part.add_plain(DCTERMS.identifier, constant.name)
            part.add_decimal(RG.value, constant.value)
            part.add_text(RG.reason, constant.reason)
            part.add_integer(RG.position, position)
            yield part.end()


def _group_by(records: Iterable[Item], key: Callable[[Item], Key]) -> defaultdict[Key, list[Item]]:
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return groups
