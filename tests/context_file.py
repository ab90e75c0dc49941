"""Writes ontology/context.jsonld from the vocabulary: python tests/context_file.py"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph

from rolegraph.rdf.vocab import (
    DCTERMS,
    DQV,
    NAMESPACES,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SEMAPV,
    SKOS,
    SSSOM,
    VOID,
    XKOS,
    XSD,
)

FOLDER = Path(__file__).parents[1] / "ontology"
CONTEXT = FOLDER / "context.jsonld"
FIRST = ("rg", "skos", "schema", "dcterms")
"""Whose terms have the short name where several vocabularies have a term of that name, and then by prefix."""

TEXT, NODE = "text", "node"
FORMS = {
    **dict.fromkeys(
        (
            RDFS.label, SKOS.altLabel, SKOS.definition, SKOS.hiddenLabel, SKOS.historyNote, SKOS.prefLabel,
            SKOS.scopeNote, DCTERMS.description, DCTERMS.rights, DCTERMS.title, SCHEMA.description, SSSOM.comment,
            XKOS.exclusionNote,
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            DCTERMS.creator, DCTERMS.isPartOf, DCTERMS.license, DCTERMS.publisher, DCTERMS.source, OWL.versionIRI,
            RDFS.isDefinedBy, SCHEMA.domainIncludes, SCHEMA.rangeIncludes, SSSOM.mapping_justification,
        ),
        NODE,
    ),
    **dict.fromkeys(
        (
            DQV.value, SCHEMA.median, SCHEMA.percentile10, SCHEMA.percentile25, SCHEMA.percentile75,
            SCHEMA.percentile90, SSSOM.confidence,
        ),
        XSD.decimal,
    ),
    **dict.fromkeys((VOID.triples, XKOS.depth, XKOS.numberOfLevels), XSD.integer),
    **dict.fromkeys(
        (DCTERMS.created, DCTERMS.issued, DCTERMS.modified, SCHEMA.validFrom, SSSOM.mapping_date), XSD.dateTime
    ),
    OWL.deprecated: XSD.boolean,
}  # fmt: skip
"""What borrowed properties hold where their kind does not say it; what is not listed holds plain strings."""


def read_facts() -> dict[str, dict[str, list[str]]]:
    """What the vocabulary's files say: values by subject and predicate."""
    facts: dict[str, dict[str, list[str]]] = {}
    for file in sorted(FOLDER.glob("*.ttl")):
        for quad in pyoxigraph.parse(path=file):
            said = facts.setdefault(str(quad.subject.value), {})
            said.setdefault(quad.predicate.value, []).append(quad.object.value)
    return facts


def find_form(iri: str, said: dict[str, list[str]]) -> str | None:
    """What a property holds: texts, nodes, literals of a datatype, or plain strings (None)."""
    if iri in FORMS:
        return FORMS[iri]
    kinds, ranges = said.get(RDF.type, []), said.get(SCHEMA.rangeIncludes, [])
    if OWL.ObjectProperty in kinds:
        return NODE
    if ranges == [XSD.string]:
        return TEXT if OWL.AnnotationProperty in kinds else None
    if len(ranges) == 1 and ranges[0].startswith(XSD.iri):
        return ranges[0]
    return NODE if ranges else None


def is_individual(said: dict[str, list[str]]) -> bool:
    return OWL.NamedIndividual in said.get(RDF.type, [])


def list_names() -> dict[str, str]:
    """The short name of every class and property, by IRI."""
    facts = read_facts()
    spaces = sorted(
        (s for s in NAMESPACES if s not in (RDF, SEMAPV, XSD)),
        key=lambda s: (FIRST.index(s.prefix) if s.prefix in FIRST else len(FIRST), s.prefix),
    )
    names: dict[str, str] = {}
    for space in spaces:
        for iri in space:
            name = iri[len(space.iri) :]
            if is_individual(facts.get(iri, {})):
                continue
            short = name if name not in names.values() else f"{space.prefix}{name[0].upper()}{name[1:]}"
            assert short not in names.values()
            names[iri] = short
    return names


def describe_term(iri: str, said: dict[str, list[str]]) -> str | dict[str, str]:
    """The definition of a term in the context."""
    space = next(s for s in NAMESPACES if iri in s)
    name = iri[len(space.iri) :]
    short = f"{space.prefix}:{name}"
    form = None if name[0].isupper() else find_form(iri, said)
    if form is None:
        return short
    if form == TEXT:
        return {"@id": short, "@container": "@language"}
    return {"@id": short, "@type": "@id" if form == NODE else f"xsd:{form.removeprefix(XSD.iri)}"}


def render_context() -> str:
    facts = read_facts()
    terms = {name: describe_term(iri, facts.get(iri, {})) for iri, name in list_names().items()}
    lines = [
        '"@version": 1.1',
        '"id": "@id"',
        '"type": "@type"',
        *(f'"{space.prefix}": "{space.iri}"' for space in NAMESPACES),
        *(f'"{name}": {json.dumps(terms[name])}' for name in sorted(terms, key=lambda n: (n.lower(), n))),
    ]
    inner = ",\n    ".join(lines)
    return f'{{\n  "@context": {{\n    {inner}\n  }}\n}}\n'


if __name__ == "__main__":
    CONTEXT.write_text(render_context(), encoding="utf-8")
