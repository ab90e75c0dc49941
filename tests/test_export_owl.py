"""OWL classes: what pronto, owlready2 with HermiT, rdflib and the OWL API find in the file, and in the graph beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import owlready2
import pronto
import pyoxigraph as ox
import pytest

from architectures import read_shipped
from export_sources import BASE, HOSTILE, export, make_source
from ontology_samples import BESIDE, describe_tree, make_ontology, make_ontology_source, name_entry
from owl_api import HAS_JAVA, ask_owl_api
from rolegraph.export.classes import iterate_classes
from rolegraph.export.owl import CLAIM, OBO, OIO, PROPERTIES
from rolegraph.export.source import Source
from rolegraph.model.roles import Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.vocab import OWL, RDF, RDFS, RG, SEMAPV, SKOS, SSSOM
from rolegraph.resources import find_resource

SOURCES: dict[str, Callable[[], Source]] = {
    "shipped": lambda: make_source(read_shipped()),
    "hostile": make_ontology_source,
    "beside": lambda: make_ontology_source(BESIDE),
}
every_source = pytest.mark.parametrize("name", SOURCES)
PROFILES = ("OWL2_DL", "OWL2_EL", "OWL2_QL", "OWL2_RL")
OUTSIDE = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix e: <http://example.com/> .
<http://example.com/> a owl:Ontology . e:day a owl:DatatypeProperty . e:one a owl:NamedIndividual ; e:day "2024-01-01"^^xsd:date .
e:part a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty . e:A a owl:Class ; rdfs:subClassOf e:Undeclared ;
    owl:equivalentClass [ a owl:Class ; owl:unionOf ( e:A e:B ) ] . e:B a owl:Class ; rdfs:subClassOf
    [ a owl:Restriction ; owl:onProperty e:part ; owl:minCardinality "2"^^xsd:nonNegativeInteger ] .
"""
"""A file outside all profiles, so that a checker which finds nothing is noticed."""


def parse(source: Source) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(export("owl", source), format=ox.RdfFormat.RDF_XML)}


def about(triples: set[ox.Triple], iri: str) -> set[tuple[str, str]]:
    node = ox.NamedNode(iri)
    return {(t.predicate.value, str(t.object)) for t in triples if t.subject == node}


def list_facts(taxonomy: Taxonomy) -> dict[tuple[str, str, str], set[tuple[str, str]]]:
    """The facts of each mapping as the records have them, by subject, predicate and object."""
    base, found = taxonomy.dataset.base, {}
    for owner, mapping in taxonomy.mappings:
        family = "profile" if isinstance(owner, Profile) else "skill"
        subject, target = f"{base}{family}/{owner.code}", name_entry(taxonomy, mapping.scheme, mapping.code)
        local = name_entry(taxonomy.replace_parts(schemes=()), mapping.scheme, mapping.code).removeprefix(
            base
        )
        facts = {
            (CLAIM.record_id, f"{subject}#mapping-{local}"),
            (SSSOM.mapping_justification, SEMAPV.iri + mapping.justification),
            *((CLAIM.other, f"assigned={name}") for name in mapping.assigned),
        }
        for predicate, value in (
            (SSSOM.mapping_tool, mapping.tool),
            (SSSOM.author_label, mapping.author),
            (SSSOM.comment, mapping.comment),
            (SSSOM.mapping_date, mapping.day and f"{mapping.day}T00:00:00Z"),
            (SSSOM.confidence, mapping.confidence and str(mapping.confidence)),
        ):
            if value is not None:
                facts.add((predicate, value))
        found[subject, SKOS[mapping.predicate], target] = facts
    return found


@every_source
def test_the_tree_is_that_of_the_records(name: str) -> None:
    source = SOURCES[name]()
    triples = parse(source)
    classes = {
        t.subject.value for t in triples if t.predicate.value == RDF.type and t.object.value == OWL.Class
    }
    above = {t.subject.value: t.object.value for t in triples if t.predicate.value == f"{RDFS.iri}subClassOf"}
    expected = describe_tree(source.taxonomy)
    assert {iri: above.get(iri) for iri in classes} == expected
    assert sum(t.predicate.value == f"{RDFS.iri}subClassOf" for t in triples) == len(above)
    nodes = list(iterate_classes(source.taxonomy))
    assert len(nodes) == len({node.iri for node in nodes})


def test_texts_come_back_whole_and_stand_under_the_names_of_both_communities() -> None:
    triples = parse(make_ontology_source())
    label = str(ox.Literal(HOSTILE, language="en"))
    assert (RDFS.label, label) in about(triples, f"{BASE}focus/CREW.DECK")
    for predicate in (OBO.IAO_0000115, SKOS.definition):
        assert (predicate, label) in about(triples, f"{BASE}focus/CREW.DECK")
    for alias in (f"{HOSTILE} {HOSTILE}", 'Matelot \\ "1"'):
        for predicate in (OIO.hasExactSynonym, SKOS.altLabel):
            synonym = str(ox.Literal(alias, language="en"))
            assert (predicate, synonym) in about(triples, f"{BASE}profile/CREW.DECK.P2")
    bare = about(triples, f"{BASE}focus/OLD.BOARD")
    assert not {predicate for predicate, _ in bare} & {OBO.IAO_0000115, SKOS.definition}
    assert b"<script" not in export("owl", make_ontology_source())


def test_retired_classes_are_deprecated_and_name_their_successors() -> None:
    triples = parse(make_ontology_source())
    retired = {t.subject.value.removeprefix(BASE) for t in triples if t.predicate.value == OWL.deprecated}
    assert retired == {"profile/CREW.DECK.P1", "profile/OLD.BOARD.P2", "focus/OLD.BOARD", "skill/ropes"}
    assert (OBO.IAO_0100001, f"<{BASE}skill/mooring>") in about(triples, f"{BASE}skill/ropes")


def test_annotations_of_an_editor_are_kept_and_nothing_that_breaks_the_profiles() -> None:
    triples = parse(make_ontology_source(BESIDE))
    plain = parse(make_ontology_source())
    deck = about(triples - plain, f"{BASE}focus/CREW.DECK")
    e = "http://example.com/x#"
    assert deck == {
        (SKOS.prefLabel, '"Pont"@fr'), (SKOS.prefLabel, '"甲板"@ja'), (f"{SKOS.iri}hiddenLabel", '"deck"'),
        (f"{SKOS.iri}note", '"<b>&"@fr'), (SKOS.exactMatch, "<http://example.com/deck>"),
        (f"{e}owner", '"Ann & \\"Bo\\""@en'), (f"{e}count", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (f"{RDFS.iri}seeAlso", "<http://example.com/>"),
    }  # fmt: skip
    property_type = (RDF.type, f"<{OWL.AnnotationProperty}>")
    assert about(triples, f"{e}owner") == {property_type, (RDFS.label, '"owner"@en'), (f"{e}kept", '"yes"')}
    for iri in (SKOS.prefLabel, f"{e}count", f"{e}kept", f"{SKOS.iri}related", f"{SKOS.iri}note"):
        assert property_type in about(triples, iri)
    assert (SKOS.altLabel, '"Festmachen"@de') in about(triples, f"{BASE}skill/mooring")


@every_source
def test_every_property_is_declared_once(name: str) -> None:
    triples = parse(SOURCES[name]())
    declared = {t.subject.value for t in triples if t.object == ox.NamedNode(OWL.AnnotationProperty)}
    used = {t.predicate.value for t in triples}
    assert {iri for iri in used - declared if not iri.startswith((OWL.iri, RDF.iri, RDFS.iri))} == set()
    assert set(PROPERTIES) <= declared
    assert not {t.predicate.value for t in triples} & {RG.atLevel, SKOS.broader}


@every_source
@pytest.mark.filterwarnings("ignore")
def test_pronto_finds_all_classes_and_their_places(name: str, tmp_path: Path) -> None:
    source = SOURCES[name]()
    file = tmp_path / "classes.owl"
    file.write_bytes(export("owl", source))
    ontology = pronto.Ontology(file)
    assert {
        term.id: next((t.id for t in term.superclasses(distance=1, with_self=False)), None)
        for term in ontology.terms()
    } == describe_tree(source.taxonomy)
    assert ontology.metadata.ontology == f"{source.taxonomy.dataset.base}dataset#classes"
    for node in iterate_classes(source.taxonomy):
        term = ontology[node.iri]
        assert term.name == node.label
        assert term.definition == node.definition
        assert {synonym.description for synonym in term.synonyms} >= set(node.synonyms)
        assert term.obsolete == (node.note is not None)
        assert {r.id for r in term.replaced_by} == ({node.successor} if node.successor else set())


@pytest.mark.skipif(not HAS_JAVA, reason="Java is not installed")
def test_hermit_finds_the_classes_consistent(tmp_path: Path) -> None:
    source = make_ontology_source(BESIDE)
    file = tmp_path / "classes.owl"
    file.write_bytes(export("owl", source))
    world = reason(file)
    assert {found.iri for found in world.classes()} == describe_tree(source.taxonomy).keys()
    assert not list(world.individuals())
    assert list(world.inconsistent_classes()) == []


@pytest.mark.skipif(not HAS_JAVA, reason="Java is not installed")
def test_hermit_finds_the_graph_consistent_and_sees_all_individuals(tmp_path: Path) -> None:
    """A class that cannot have members stands beside, so that a reasoner that was not asked is noticed."""
    source = make_ontology_source()
    e, typed, class_ = "http://example.com/", f"<{RDF.iri}type>", f"<{OWL.Class}>"
    torn = (
        f"<{e}A> {typed} {class_} .\n<{e}B> {typed} {class_} .\n<{e}A> <{OWL.iri}disjointWith> <{e}B> .\n"
        f"<{e}C> {typed} {class_} .\n<{e}C> <{RDFS.iri}subClassOf> <{e}A> .\n<{e}C> <{RDFS.iri}subClassOf> <{e}B> .\n"
    )
    file = tmp_path / "graph.nt"
    file.write_bytes(export("ntriples", source) + torn.encode())
    world = reason(file)
    assert sorted(found.iri for found in world.individuals()) == list_individuals(source)
    assert [found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing] == [
        f"{e}C"
    ]


def reason(file: Path) -> owlready2.World:
    """The world of a file, after HermiT has thought about it."""
    world = owlready2.World()
    ontology = world.get_ontology(file.as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, debug=0)
    return world


def test_the_owl_api_finds_every_profile_kept_and_every_mapping_with_its_facts(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """One run of Java for all files, as it takes seconds to start."""
    shipped, full = SOURCES["shipped"](), SOURCES["beside"]()
    texts = {
        "classes.owl": export("owl", shipped),
        "beside.owl": export("owl", full),
        "graph.ttl": export("turtle", shipped),
        "graph.rdf": export("rdfxml", shipped),
        "full.ttl": export("turtle", make_ontology_source()),
        "both.nt": join_vocabulary(export("turtle", shipped)),
        "outside.ttl": OUTSIDE.encode(),
    }
    files = [tmp_path / name for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_bytes(text)

    said = dict(zip(texts, ask_owl_api(files, pytestconfig.cache.mkdir("owl-api")), strict=True))

    outside = said.pop("outside.ttl")
    assert all(outside["violations"][profile] for profile in PROFILES)
    for name, answer in said.items():
        assert answer["violations"] == {profile: [] for profile in PROFILES}, name
        assert answer["unparsed"] == [], name
    for name, source in (("classes.owl", shipped), ("beside.owl", full)):
        base = source.taxonomy.dataset.base
        check_classes(said[name], source.taxonomy)
        assert said[name]["ontology"] == f"{base}dataset#classes"
        assert said[name]["version"] == f"{base}dataset/{source.taxonomy.dataset.version}#classes"
    assert said["graph.ttl"]["individuals"] == list_individuals(shipped)
    assert said["graph.rdf"] == {**said["graph.ttl"], "format": "RDF/XML Syntax"}
    assert said["full.ttl"]["individuals"] == list_individuals(make_ontology_source())


def list_individuals(source: Source) -> list[str]:
    """The nodes of the graph of a source that are individuals."""
    named = ox.NamedNode(OWL.NamedIndividual)
    return sorted(t.subject.value for t in source.iterate_triples() if t.object == named)


def join_vocabulary(graph: bytes) -> bytes:
    """A graph and the whole vocabulary as one ontology, which keeps the header of the graph."""
    vocabulary = (find_resource("ontology") / "rolegraph.ttl").read_bytes()
    header = ox.NamedNode(RG.iri.removesuffix("#"))
    triples = [
        quad.triple for text in (graph, vocabulary) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
    ]
    kept = [t for t in triples if t.subject != header]
    assert len(kept) < len(triples)
    joined: bytes = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES)
    return joined


def check_classes(answer: dict[str, Any], taxonomy: Taxonomy) -> None:
    """The classes and mappings that the OWL API found are those of the records."""
    tree = describe_tree(taxonomy)
    assert answer["classes"] == sorted(tree)
    assert answer["individuals"] == []
    assert {tuple(pair) for pair in answer["subclasses"]} == {
        (iri, above) for iri, above in tree.items() if above
    }
    found = {
        (axiom["subject"], axiom["predicate"], axiom["object"]): {tuple(fact) for fact in axiom["facts"]}
        for axiom in answer["annotated"]
    }
    assert found == list_facts(taxonomy)
    assert len(found) == len(answer["annotated"]) == len(taxonomy.mappings)


def test_statements_of_a_dataset_without_description_or_licence_are_left_out() -> None:
    taxonomy = make_ontology()
    dataset = taxonomy.dataset.model_copy(update={"licence": None, "access_rights": "Ask us."})
    said = about(parse(make_source(taxonomy.replace_parts(dataset=dataset))), f"{BASE}dataset#classes")
    predicates = {predicate for predicate, _ in said}
    assert "http://purl.org/dc/terms/rights" in predicates
    assert not predicates & {"http://purl.org/dc/terms/license", "http://purl.org/dc/terms/description"}
