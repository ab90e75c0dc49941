"""The architecture as OWL classes in RDF/XML, for tools that show class trees: Protege, OAK, pronto.

Every concept of roles, levels, skills and classifications is an ``owl:Class`` here and nothing else, under the IRI that
it has in the graph. The file stays in OWL 2 DL and in its profiles EL, QL and RL: each property is an annotation
property, and no class is described by an expression. A mapping is an annotation that is annotated in turn (an
``owl:Axiom`` on a blank node), with its SSSOM facts. Definitions and synonyms stand under the names that OBO tools read
and under those of SKOS, which portals such as BioPortal read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rolegraph.export.annotations import Annotations
from rolegraph.export.classes import Claim, TreeClass, iterate_classes
from rolegraph.export.rdfxml import write_nodes
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.fields import MATCHES
from rolegraph.rdf.iris import Iris, format_decimal
from rolegraph.rdf.vocab import DCTERMS, OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM, VANN, XSD, Namespace

if TYPE_CHECKING:
    from rolegraph.export.source import Subject
    from rolegraph.model.reference import Dataset

    Node = tuple[Subject, list[Triple]]
    Said = tuple[str, NamedNode | Literal | str | None]

OBO: Final = Namespace("obo", "http://purl.obolibrary.org/obo/", "IAO_0000115 IAO_0100001")
"""Definition, and what takes the place of a term, as OBO tools read them."""

OIO: Final = Namespace("oboInOwl", "http://www.geneontology.org/formats/oboInOwl#", "hasExactSynonym")
AXIOM: Final = Namespace("owl", OWL.iri, "Axiom annotatedProperty annotatedSource annotatedTarget")
HIERARCHY: Final = Namespace("rdfs", RDFS.iri, "subClassOf")
CLAIM: Final = Namespace("sssom", SSSOM.iri, "other record_id")
"""The facts of a mapping that are no annotation of the graph: there they are its IRI, and ``rg:assigned``."""

_SPACES: Final = (DCTERMS, OBO, OIO, OWL, RDF, RDFS, SKOS, SSSOM, VANN, XSD)

_LABELS: Final = {OBO.IAO_0000115: "definition", OBO.IAO_0100001: "term replaced by"}
"""What says nothing by its name."""

PROPERTIES: Final = tuple(
    sorted(
        {
            *OBO, *OIO, *MATCHES.values(), SKOS.altLabel, SKOS.definition, SKOS.historyNote, SKOS.notation, *SSSOM, *CLAIM,
            DCTERMS.description, DCTERMS.isPartOf, DCTERMS.issued, DCTERMS.language, DCTERMS.license, DCTERMS.modified,
            DCTERMS.publisher, DCTERMS.rights, DCTERMS.title, VANN.preferredNamespaceUri,
        }
    )
)  # fmt: skip
"""The annotation properties that are written, besides those of OWL itself."""


def write(source: Source, sink: Sink) -> None:
    """Write the classes and their mappings as RDF/XML, a class at a time; only what is foreign is held.

    Raises InputError for a foreign text or property that XML cannot hold.
    """
    write_nodes(iterate_nodes(source), source.taxonomy.dataset.base, sink, _SPACES)


def iterate_nodes(source: Source) -> Iterator[Node]:
    """The ontology, its properties, and each class, followed by the axioms that annotate its mappings."""
    dataset = source.taxonomy.dataset
    yield from _describe_ontology(dataset)
    for iri in PROPERTIES:
        yield _declare(iri, _LABELS.get(iri))
    beside = Annotations(source.foreign, PROPERTIES)
    language = dataset.language.lower()
    axioms = 0
    for node in iterate_classes(source.taxonomy):
        subject, triples = _describe_class(node)
        yield subject, [*triples, *beside.take(node.iri)]
        for claim in node.claims:
            axioms += 1
            yield _annotate_claim(node.iri, claim, BlankNode(f"mapping{axioms}"), language)
    yield from beside.declare()


def name_ontology(dataset: Dataset) -> tuple[str, str]:
    """The IRI of the ontology of classes, and that of its version; the graph itself is another ontology."""
    iris = Iris(dataset.base)
    return f"{iris.name('dataset')}#classes", f"{iris.dataset_version(dataset.version)}#classes"


def _describe_ontology(dataset: Dataset) -> Iterator[Node]:
    iris, language = Iris(dataset.base), dataset.language.lower()
    name, version = name_ontology(dataset)
    publisher = iris.publisher()
    said: list[Said] = [
        (RDF.type, NamedNode(OWL.Ontology)),
        (OWL.versionIRI, NamedNode(version)),
        (OWL.versionInfo, Literal(dataset.version)),
        (DCTERMS.title, Literal(dataset.title, language=language)),
        (DCTERMS.description, dataset.description and Literal(dataset.description, language=language)),
        (DCTERMS.publisher, NamedNode(publisher)),
        (DCTERMS.isPartOf, NamedNode(iris.name("dataset"))),
        (DCTERMS.language, Literal(dataset.language)),
        (DCTERMS.license, dataset.licence and NamedNode(dataset.licence)),
        (DCTERMS.rights, dataset.access_rights and Literal(dataset.access_rights, language=language)),
        (DCTERMS.issued, _write_day(dataset.issued)),
        (DCTERMS.modified, _write_day(dataset.modified)),
        (VANN.preferredNamespaceUri, Literal(dataset.base)),
    ]
    yield _join(NamedNode(name), said)
    yield _join(NamedNode(publisher), [(RDFS.label, Literal(dataset.publisher))])


def _declare(iri: str, label: str | None = None) -> Node:
    said = [
        (RDF.type, NamedNode(OWL.AnnotationProperty)),
        (RDFS.label, label and Literal(label, language="en")),
    ]
    return _join(NamedNode(iri), said)


def _describe_class(node: TreeClass) -> Node:
    def text(value: str | None) -> Literal | None:
        return None if value is None else Literal(value, language=node.language)

    retired = node.note is not None
    said = [
        (RDF.type, NamedNode(OWL.Class)),
        (HIERARCHY.subClassOf, node.parent and NamedNode(node.parent)),
        (RDFS.label, text(node.label)),
        (SKOS.notation, node.code and Literal(node.code)),
        (OBO.IAO_0000115, text(node.definition)),
        (SKOS.definition, text(node.definition)),
        *(
            (name, text(synonym))
            for synonym in node.synonyms
            for name in (OIO.hasExactSynonym, SKOS.altLabel)
        ),
        *((MATCHES[claim.mapping.predicate], NamedNode(claim.target)) for claim in node.claims),
        (OWL.deprecated, Literal("true", datatype=NamedNode(XSD.boolean)) if retired else None),
        (SKOS.historyNote, text(node.note)),
        (OBO.IAO_0100001, node.successor and NamedNode(node.successor)),
    ]
    return _join(NamedNode(node.iri), said)


def _annotate_claim(subject: str, claim: Claim, node: BlankNode, language: str) -> Node:
    """The axiom that says how a mapping came about."""
    mapping = claim.mapping
    said = [
        (RDF.type, NamedNode(AXIOM.Axiom)),
        (AXIOM.annotatedSource, NamedNode(subject)),
        (AXIOM.annotatedProperty, NamedNode(MATCHES[mapping.predicate])),
        (AXIOM.annotatedTarget, NamedNode(claim.target)),
        (CLAIM.record_id, NamedNode(claim.iri)),
        (SSSOM.mapping_justification, NamedNode(SEMAPV.iri + mapping.justification)),
        (SSSOM.mapping_tool, mapping.tool and Literal(mapping.tool)),
        (
            SSSOM.confidence,
            None
            if mapping.confidence is None
            else Literal(format_decimal(mapping.confidence), datatype=NamedNode(XSD.decimal)),
        ),
        (SSSOM.author_label, mapping.author and Literal(mapping.author)),
        (SSSOM.mapping_date, mapping.day and _write_day(mapping.day)),
        (SSSOM.comment, mapping.comment and Literal(mapping.comment, language=language)),
        *((CLAIM.other, Literal(f"assigned={name}")) for name in mapping.assigned),
    ]
    return _join(node, said)


def _write_day(day: str) -> Literal:
    """A day as its first instant: the profiles of OWL know no ``xsd:date``."""
    return Literal(f"{day}T00:00:00Z", datatype=NamedNode(XSD.dateTime))


def _join(subject: Subject, said: Iterable[Said]) -> Node:
    """A node with its statements, without those that have no value."""
    triples = [
        Triple(subject, NamedNode(predicate), value)
        for predicate, value in said
        if isinstance(value, (NamedNode, Literal))
    ]
    return subject, triples
