"""Reads the declarations of ``ontology/*.ttl``, which every export repeats so that it needs no import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph

from rolegraph.rdf.form import Block, Form, escape_text
from rolegraph.rdf.vocab import OWL, RDF, RDFS, RG, SKOS
from rolegraph.resources import read_resources

LANGUAGE = "en"
"""The language of the vocabulary's own labels and definitions."""

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@dataclass(slots=True)
class Declaration:
    """A term: its types, and for a term of ours its label, definition and ontology."""

    iri: str
    types: list[str] = field(default_factory=list)
    label: str = ""
    definition: str = ""
    defined_by: str = ""


def read_declarations() -> dict[str, Declaration]:
    """Every declared term by its IRI, borrowed terms first, sorted inside each group."""
    found: dict[str, Declaration] = {}
    for text in read_resources("ontology", ".ttl").values():
        for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            if not isinstance(triple.subject, pyoxigraph.NamedNode):
                continue
            iri, value = triple.subject.value, triple.object.value
            declaration = found.setdefault(iri, Declaration(iri))
            predicate = triple.predicate.value
            if predicate == RDF.type and value not in declaration.types:
                declaration.types.append(value)
            elif predicate == RDFS.label:
                declaration.label = value
            elif predicate == SKOS.definition:
                declaration.definition = value
            elif predicate == RDFS.isDefinedBy:
                declaration.defined_by = value
    terms = [d for d in found.values() if d.iri in RG or set(d.types) & set(_KINDS)]
    terms.sort(key=lambda d: (d.iri in RG, d.iri))
    return {d.iri: d for d in terms}


def encode_declarations(
    declarations: dict[str, Declaration], form: Form, extra_classes: frozenset[str]
) -> Iterator[Block]:
    """The blocks that declare every term; ``extra_classes`` are further classes that the data names."""
    label, definition, defined_by = map(form.write_predicate, (RDFS.label, SKOS.definition, RDFS.isDefinedBy))
    for iri in sorted(extra_classes - declarations.keys()):
        yield Block(form.write_term(iri), form.write_head(OWL.Class), [])
    for declaration in declarations.values():
        flat: list[str] = []
        if declaration.iri in RG:
            flat = [
                label, f'"{escape_text(declaration.label)}"@{LANGUAGE}',
                definition, f'"{escape_text(declaration.definition)}"@{LANGUAGE}',
                defined_by, form.write_term(declaration.defined_by),
            ]  # fmt: skip
        yield Block(form.write_term(declaration.iri), form.write_head(*declaration.types), flat)
