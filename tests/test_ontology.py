"""The vocabulary: every term is defined, of one kind, and used as OWL 2 in all its profiles allows."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from rdf_samples import Fact, to_facts
from rolegraph.rdf.vocab import DCTERMS, NAMESPACES, OWL, RDF, RDFS, RG, SCHEMA, SKOS, VANN, XSD

FOLDER = Path(__file__).parents[1] / "ontology"
FILES = ("rolegraph.ttl", "external.ttl")
NAMESPACE = "https://w3id.org/rolegraph/ns#"
ONTOLOGY = "https://w3id.org/rolegraph/ns"
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
KINDS = {OWL.Class, *PROPERTIES}


def read(*names: str) -> set[Fact]:
    return {
        fact
        for name in names
        for fact in to_facts(quad.triple for quad in pyoxigraph.parse(path=FOLDER / name))
    }


FACTS = read(*FILES)
TERMS = sorted({s for s, _, _ in read("rolegraph.ttl") if s.startswith(NAMESPACE)})
TYPES: defaultdict[str, set[str]] = defaultdict(set)
for subject, predicate, value in sorted(FACTS):
    if predicate == RDF.type:
        TYPES[subject].add(value[1])


def get(subject: str, predicate: str) -> list[tuple[str, str, str]]:
    return sorted(o for s, p, o in FACTS if (s, p) == (subject, predicate))


@pytest.mark.parametrize("name", FILES)
def test_files_are_read_the_same_by_rdflib(name: str) -> None:
    graph = rdflib.Graph().parse(FOLDER / name)
    assert len(graph) == len(read(name))
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_one_label_one_definition_and_a_home(term: str) -> None:
    ((_, label, language),) = get(term, RDFS.label)
    ((_, definition, other_language),) = get(term, SKOS.definition)
    assert language == other_language == "en"
    assert label == label.strip()
    assert definition.endswith(".")
    assert get(term, RDFS.isDefinedBy) == [("iri", ONTOLOGY, "")]


def test_labels_are_unique_among_terms_of_a_kind() -> None:
    labels = [(tuple(sorted(TYPES[term])), get(term, RDFS.label)[0][1]) for term in TERMS]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("term", sorted(TYPES))
def test_every_term_is_of_one_kind(term: str) -> None:
    types = TYPES[term]
    if types & KINDS:
        assert len(types) == 1
    elif OWL.NamedIndividual in types:
        assert len(types) == 2
    else:
        assert types == {OWL.Ontology}


def test_values_are_individuals_of_a_class_of_ours() -> None:
    values = [term for term in TERMS if not TYPES[term] & KINDS]
    assert values
    for term in values:
        (kind,) = TYPES[term] - {OWL.NamedIndividual}
        assert TYPES[kind] == {OWL.Class}
        assert kind in RG


def test_properties_say_where_they_are_used_and_never_restrict_it() -> None:
    predicates = {p for _, p, _ in FACTS}
    assert not predicates & {f"{RDFS.iri}domain", f"{RDFS.iri}range"}
    assert not predicates & {f"{OWL.iri}inverseOf", f"{OWL.iri}imports", f"{RDFS.iri}subClassOf"}
    for term in TERMS:
        if TYPES[term] & PROPERTIES:
            assert get(term, SCHEMA.domainIncludes)
            (kind,) = TYPES[term]
            ranges = {o[1] for o in get(term, SCHEMA.rangeIncludes)}
            assert ranges
            datatypes = {iri for iri in ranges if iri.startswith(XSD.iri)}
            assert datatypes == (ranges if kind == OWL.DatatypeProperty else datatypes)
            assert not (kind == OWL.ObjectProperty and datatypes)
            assert datatypes <= {XSD.string, XSD.decimal, XSD.integer}


def test_domains_and_ranges_are_declared_classes() -> None:
    named = {o[1] for _, p, o in FACTS if p in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)}
    beyond = {iri for iri in named if TYPES[iri] != {OWL.Class}}
    assert beyond <= {XSD.string, XSD.decimal, XSD.integer, f"{RDFS.iri}Resource"}


@pytest.mark.parametrize("name", FILES)
def test_no_term_is_used_undeclared(name: str) -> None:
    facts = read(name)
    declared = {s for s, p, _ in facts if p == RDF.type}
    used = {p for _, p, _ in facts} | {o[1] for _, p, o in facts if p == RDF.type}
    assert used - {*OWL, *RDF, *RDFS} <= declared


def test_the_ontology_describes_itself() -> None:
    ((_, version, _),) = get(ONTOLOGY, OWL.versionInfo)
    assert get(ONTOLOGY, OWL.versionIRI) == [("iri", f"{ONTOLOGY}/{version}", "")]
    assert get(ONTOLOGY, DCTERMS.license) == [("iri", "https://creativecommons.org/licenses/by/4.0/", "")]
    assert get(ONTOLOGY, VANN.preferredNamespacePrefix) == [("literal", "rg", XSD.string)]
    assert get(ONTOLOGY, VANN.preferredNamespaceUri) == [("literal", NAMESPACE, XSD.string)]
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified):
        assert len(get(ONTOLOGY, predicate)) == 1


def test_literals_are_of_datatypes_that_every_profile_knows() -> None:
    kinds = {o[2] for _, _, o in FACTS if o[0] == "literal"}
    assert kinds <= {"en", XSD.string, XSD.dateTime}


MODEL = (FOLDER / "MODEL.md").read_text(encoding="utf-8")


def test_the_model_names_only_terms_that_are_declared() -> None:
    spaces = {namespace.prefix: namespace for namespace in NAMESPACES}
    named = re.findall(rf"\b({'|'.join(spaces)}):([A-Za-z][\w-]*\w)", MODEL)
    assert len(named) > 150
    for prefix, name in named:
        assert spaces[prefix][name]


def test_the_model_explains_every_class_and_property() -> None:
    named = set(re.findall(r"\brg:([A-Za-z]\w*)", MODEL))
    ours = {term.removeprefix(NAMESPACE) for term in TERMS if TYPES[term] & KINDS}
    assert ours - named == set()
