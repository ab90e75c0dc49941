"""Encodes classifications: what each says of itself, and its entries that the records list or are mapped to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rolegraph.rdf.concepts import find_class
from rolegraph.rdf.draft import Pen
from rolegraph.rdf.form import Block
from rolegraph.rdf.grouping import group_by
from rolegraph.rdf.header import encode_agent
from rolegraph.rdf.vocab import DCTERMS, OWL, RDFS, RG, SKOS, VANN, XKOS

if TYPE_CHECKING:
    from rolegraph.model.reference import Occupation, Scheme
    from rolegraph.model.taxonomy import Taxonomy


class ClassificationEncoder:
    """Encodes the classifications of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy, pen: Pen) -> None:
        self.taxonomy = taxonomy
        self.pen = pen
        self.iris = pen.form.iris.with_namespaces(taxonomy.namespaces)

    def encode(self) -> Iterator[Block]:
        """Every classification with its entries, then those that are only mapped to."""
        taxonomy = self.taxonomy
        loaded = group_by(taxonomy.occupations, lambda o: o.scheme)
        unloaded = group_by(
            sorted(self._mapped.keys() - taxonomy.occupation_by_key.keys()), lambda key: key[0]
        )
        for scheme in taxonomy.schemes:
            occupations = loaded[scheme.code]
            yield from self._encode_classification(scheme, occupations)
            for occupation in occupations:
                yield self._encode_occupation(occupation)
            for _, code in unloaded[scheme.code]:
                yield self._encode_unloaded(scheme.code, code)

    @cached_property
    def _mapped(self) -> Mapping[tuple[str, str], bool]:
        """All that is mapped to, and whether it is an occupation."""
        taxonomy = self.taxonomy
        mapped = {(m.scheme, m.code): False for _, m in taxonomy.mappings}
        # What a profile is mapped to is an occupation; a skill may be mapped to a skill, a tool or a task.
        return mapped | {(m.scheme, m.code): True for profile in taxonomy.profiles for m in profile.mappings}

    def encode_occupation(self, scheme: str, code: str) -> Block:
        """An entry of a classification, one that the records list or that one of them is mapped to."""
        occupation = self.taxonomy.occupation_by_key.get((scheme, code))
        return (
            self._encode_unloaded(scheme, code) if occupation is None else self._encode_occupation(occupation)
        )

    def _encode_unloaded(self, scheme: str, code: str) -> Block:
        kind = RG.Occupation if self._mapped[scheme, code] else None
        draft = self.pen.begin_concept(self.iris.occupation(scheme, code), kind, code, code, derived=True)
        draft.add_node(SKOS.inScheme, self.iris.scheme(scheme))
        return draft.end()

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

    @cached_property
    def _below(self) -> Mapping[tuple[str, str | None], Sequence[Occupation]]:
        return group_by(self.taxonomy.occupations, lambda o: (o.scheme, o.broader))

    def _encode_occupation(self, occupation: Occupation) -> Block:
        iris, scheme = self.iris, occupation.scheme
        draft = self.pen.begin_concept(
            iris.occupation(scheme, occupation.code),
            find_class(occupation.kind),
            occupation.code,
            occupation.title,
        )
        above = occupation.broader and iris.occupation(scheme, occupation.broader)
        draft.place(iris.scheme(scheme), above)
        narrower = (iris.occupation(scheme, o.code) for o in self._below[scheme, occupation.code])
        draft.add_node(SKOS.narrower, *narrower)
        draft.add_node(RG.classificationLevel, iris.kind(scheme, occupation.kind))
        return draft.end()
