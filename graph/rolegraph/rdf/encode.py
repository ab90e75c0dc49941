"""Encodes a taxonomy as blocks of triples, one record at a time, without a store.

What is written of each record is described once, here and in :mod:`rolegraph.rdf.encode_focus`; a
:class:`rolegraph.rdf.form.Form` decides how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rolegraph.rdf.declare import LANGUAGE, encode_declarations, read_declarations
from rolegraph.rdf.draft import Pen
from rolegraph.rdf.encode_classification import ClassificationEncoder
from rolegraph.rdf.encode_focus import FocusEncoder
from rolegraph.rdf.encode_mapping import MappingEncoder
from rolegraph.rdf.fields import DESCRIPTOR
from rolegraph.rdf.form import Block, Form, Literals
from rolegraph.rdf.grouping import group_by
from rolegraph.rdf.header import add_terms, encode_header
from rolegraph.rdf.releases import encode_release
from rolegraph.rdf.vocab import (
    DCTERMS,
    DQV,
    RDFS,
    RG,
    SCHEMA,
    SEMAPV,
    SKOS,
    XKOS,
)  # fmt: skip

if TYPE_CHECKING:
    from rolegraph.model.reference import Edition, JobFunction, Level, Skill
    from rolegraph.model.roles import Focus
    from rolegraph.model.taxonomy import Taxonomy


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
        self.classifications = ClassificationEncoder(taxonomy, self.pen)
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
            yield from self.encode_skill(skill)
        yield from self.classifications.encode()
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
        functions = group_by(taxonomy.functions, lambda f: f.group)
        for group in taxonomy.groups:
            draft = self.pen.begin_concept(
                iris.node("function-group", group.code), RG.FunctionGroup, group.code, group.label
            )
            draft.add_text(SKOS.definition, group.definition)
            draft.place(scheme, None)
            draft.add_node(SKOS.narrower, *(iris.node("function", f.code) for f in functions[group.code]))
            yield draft.end()
        for function in taxonomy.functions:
            yield self.encode_function(function)

    @cached_property
    def _focuses(self) -> Mapping[str, Sequence[Focus]]:
        return group_by(self.taxonomy.focuses, lambda focus: focus.function)

    def encode_function(self, function: JobFunction) -> Block:
        """A function."""
        iris = self.iris
        above = None if function.group is None else iris.node("function-group", function.group)
        draft = self.pen.begin_concept(
            iris.node("function", function.code), RG.Function, function.code,
            function.label or function.code, function.label is None,
        )  # fmt: skip
        draft.add_text(SKOS.definition, function.definition)
        draft.place(iris.name("architecture"), above)
        draft.add_node(SKOS.narrower, *(iris.focus(f.code) for f in self._focuses[function.code]))
        draft.add_node(RG.inFunctionGroup, above)
        draft.add_plain(RG.assigned, *function.assigned)
        return draft.end()

    def _encode_levels(self) -> Iterator[Block]:
        taxonomy, iris = self.taxonomy, self.iris
        scheme = iris.name("levels")
        for track in taxonomy.tracks:
            draft = self.pen.begin_concept(iris.node("track", track.code), RG.Track, track.code, track.label)
            draft.add_text(SKOS.definition, track.definition)
            draft.place(scheme, None)
            rungs = (iris.node("level", level.code) for level in self._levels[track.code])
            draft.add_node(SKOS.narrower, *rungs)
            yield draft.end()
        for level in taxonomy.levels:
            yield self.encode_level(level)

    @cached_property
    def _levels(self) -> Mapping[str, Sequence[Level]]:
        return group_by(self.taxonomy.levels, lambda level: level.track)

    def encode_level(self, level: Level) -> Block:
        """A level, with those below and above it on its track."""
        iris = self.iris
        run = [other.code for other in self._levels[level.track]]
        at = run.index(level.code)
        track = iris.node("track", level.track)
        draft = self.pen.begin_concept(
            iris.node("level", level.code), RG.Level, level.code, level.label, level.name is None
        )
        draft.add_text(RG.levelName, level.name)
        draft.add_text(SKOS.definition, level.summary)
        draft.place(iris.name("levels"), track)
        draft.add_node(RG.onTrack, track)
        draft.add_integer(RG.rank, level.rank)
        draft.add_node(XKOS.next, *(iris.node("level", code) for code in run[at + 1 : at + 2]))
        draft.add_node(XKOS.previous, *(iris.node("level", code) for code in run[:at][-1:]))
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
            draft = self.pen.begin_concept(
                iris.node("proficiency", step.code), RG.Proficiency, step.code, step.label
            )
            draft.add_text(SKOS.definition, step.definition)
            draft.place(iris.name("proficiencies"), None)
            draft.add_integer(RG.rank, step.rank)
            if at + 1 < len(steps):
                draft.add_node(XKOS.next, iris.node("proficiency", steps[at + 1].code))
            if at > 0:
                draft.add_node(XKOS.previous, iris.node("proficiency", steps[at - 1].code))
            yield draft.end()

    def encode_skill(self, skill: Skill) -> Iterator[Block]:
        """A skill and its parts."""
        iris = self.iris
        draft = self.pen.begin_concept(iris.node("skill", skill.code), RG.Skill, skill.code, skill.label)
        draft.add_text(SKOS.altLabel, *(a.label for a in skill.alternatives))
        draft.add_text(SKOS.definition, skill.definition)
        draft.place(iris.name("skills"), None)
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

    def _encode_shared_values(self) -> Iterator[Block]:
        """The statuses, regions and review metrics that profiles name."""
        profiles = self.taxonomy.profiles
        for kind, family, scheme, slugs in (
            (RG.Status, "status", "statuses", self._find_statuses()),
            (RG.Region, "region", "regions", self._find_regions()),
        ):
            for slug in slugs:
                draft = self.pen.begin_concept(self.iris.node(family, slug), kind, slug, slug)
                draft.place(self.iris.name(scheme), None)
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
