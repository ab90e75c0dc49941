"""SKOS: the concepts and nothing else of the graph, whole, within the conditions of SKOS, and no complaint of skosify."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import pytest
import rdflib
import skosify
from rdflib.namespace import RDF as RDF_NS
from rdflib.namespace import SKOS as SKOS_NS

from architectures import read_shipped
from export_sources import BASE, export, make_source
from ontology_samples import BESIDE, make_ontology_source
from rolegraph.export.source import Source
from rolegraph.rdf.vocab import DCTERMS, OWL, RDF, RG, SKOS

SOURCES = {
    "shipped": lambda: make_source(read_shipped()),
    "hostile": make_ontology_source,
    "beside": lambda: make_ontology_source(BESIDE),
}
every_source = pytest.mark.parametrize("name", SOURCES)


def parse(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}


def list_values(triples: set[ox.Triple], predicate: str) -> set[tuple[str, str]]:
    return {(str(t.subject), str(t.object)) for t in triples if t.predicate.value == predicate}


@every_source
def test_what_is_written_stands_in_the_graph(name: str) -> None:
    source = SOURCES[name]()
    written = parse(export("skos", source))
    more = {t for t in written - set(source.iterate_triples()) if t.predicate.value != DCTERMS.title}
    assert more == set()


@every_source
def test_no_concept_is_missing_and_no_class_or_property_of_ours_is_there(name: str) -> None:
    source = SOURCES[name]()
    triples, all_triples = parse(export("skos", source)), set(source.iterate_triples())
    for predicate in (
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.definition,
        SKOS.broader,
        SKOS.narrower,
        SKOS.topConceptOf,
    ):
        of_records = set(all_triples) - set(source.foreign)
        concepts = {
            s
            for s, o in list_values(all_triples, RDF.type)
            if o in (f"<{SKOS.Concept}>", f"<{SKOS.ConceptScheme}>")
        }
        expected = {(s, o) for s, o in list_values(of_records, predicate) if s in concepts}
        assert expected <= list_values(triples, predicate)
        assert expected
    text = export("skos", source).decode()
    assert RG.iri not in text
    assert "rg:" not in text
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    parts = {iri for iri in subjects if "#" in iri and not iri.endswith("#publisher")}
    assert parts == set()
    assert not any("#" in iri for iri in subjects if "/release/" in iri)


def test_retired_concepts_say_so_and_name_their_successors() -> None:
    triples = parse(export("skos", make_ontology_source()))
    retired = {s for s, _ in list_values(triples, OWL.deprecated)}
    assert retired == {
        f"<{BASE}{name}>"
        for name in ("profile/CREW.DECK.P1", "profile/OLD.BOARD.P2", "focus/OLD.BOARD", "skill/ropes")
    }
    assert (f"<{BASE}skill/ropes>", f"<{BASE}skill/mooring>") in list_values(triples, DCTERMS.isReplacedBy)
    assert {s for s, _ in list_values(triples, SKOS.historyNote)} == retired


def test_labels_notes_and_mappings_of_an_editor_are_kept_and_no_other_links() -> None:
    triples = parse(export("skos", make_ontology_source(BESIDE)))
    deck = {
        (t.predicate.value, str(t.object))
        for t in triples
        if t.subject == ox.NamedNode(f"{BASE}focus/CREW.DECK")
    }
    assert (SKOS.prefLabel, '"Pont"@fr') in deck
    assert (SKOS.prefLabel, '"甲板"@ja') in deck
    assert (SKOS.hiddenLabel, '"deck"') in deck
    assert (f"{SKOS.iri}note", '"<b>&"@fr') in deck
    assert (SKOS.exactMatch, "<http://example.com/deck>") in deck
    assert {o for p, o in deck if p == SKOS.broader} == {f"<{BASE}function/CREW>"}
    assert not [t for t in triples if "example.com/x#" in str(t) or t.predicate.value == f"{SKOS.iri}related"]


@every_source
def test_the_conditions_of_skos_hold(name: str) -> None:
    """S9, S13, S14, S27 and S46 of https://www.w3.org/TR/skos-reference/, as rdflib sees the graph."""
    graph = rdflib.Graph().parse(data=export("skos", SOURCES[name]()), format="turtle")
    concepts = set(graph.subjects(RDF_NS.type, SKOS_NS.Concept))
    assert concepts
    assert not concepts & set(graph.subjects(RDF_NS.type, SKOS_NS.ConceptScheme))
    kinds = [
        set(graph.subject_objects(kind))
        for kind in (SKOS_NS.prefLabel, SKOS_NS.altLabel, SKOS_NS.hiddenLabel)
    ]
    for at, labels in enumerate(kinds):
        assert not labels & set().union(*kinds[at + 1 :])
    preferred = [(s, o.language) for s, o in kinds[0] if isinstance(o, rdflib.Literal)]
    assert len(preferred) == len(set(preferred)) == len(kinds[0])
    assert concepts <= {s for s, _ in preferred}
    assert not set(graph.subject_objects(SKOS_NS.related))
    exact = set(graph.subject_objects(SKOS_NS.exactMatch))
    assert not exact & (
        set(graph.subject_objects(SKOS_NS.broadMatch)) | set(graph.subject_objects(SKOS_NS.relatedMatch))
    )
    for concept in concepts:
        assert concept not in set(graph.transitive_objects(concept, SKOS_NS.broader)) - {concept}
        schemes = set(graph.objects(concept, SKOS_NS.inScheme))
        assert len(schemes) == 1
    tops = set(graph.subject_objects(SKOS_NS.topConceptOf))
    assert tops == {(o, s) for s, o in graph.subject_objects(SKOS_NS.hasTopConcept)}


@every_source
def test_skosify_has_nothing_to_mend(name: str, caplog: pytest.LogCaptureFixture) -> None:
    graph = rdflib.Graph().parse(data=export("skos", SOURCES[name]()), format="turtle")
    with caplog.at_level(logging.WARNING):
        mended = skosify.skosify(graph)
    (said,) = [record.getMessage() for record in caplog.records]
    # That there are several schemes is as it should be: one for the architecture, one for skills, ...
    assert said.startswith("Multiple concept schemes found.")
    assert set(graph) - set(mended) == set()
    # It adds what follows from mappings, as SKOS has it, and takes entries that are not loaded for top concepts, as no
    # more is known of their place.
    added = set(mended) - set(graph)
    assert not {p for _, p, _ in added} & {SKOS_NS.inScheme, SKOS_NS.prefLabel}
    placed = {s for s, p, _ in graph if p in (SKOS_NS.broader, SKOS_NS.topConceptOf)}
    assert not {s for s, p, _ in added if p == SKOS_NS.topConceptOf} & placed


def test_a_scheme_has_its_label_where_thesaurus_tools_look_for_it() -> None:
    triples = parse(export("skos", make_ontology_source()))
    schemes = {s for s, o in list_values(triples, RDF.type) if o == f"<{SKOS.ConceptScheme}>"}
    labels = list_values(triples, SKOS.prefLabel)
    assert {pair for pair in list_values(triples, DCTERMS.title) if pair[0] in schemes} == {
        pair for pair in labels if pair[0] in schemes
    }


def test_a_base_that_is_no_base_of_turtle_is_written_in_full() -> None:
    taxonomy = make_ontology_source().taxonomy
    dataset = taxonomy.dataset.model_copy(update={"base": "urn:jobs:/"})
    beside = BESIDE.replace(f"@base <{BASE}>", "@base <http://never/>").replace(
        "<focus/", "<urn:jobs:/focus/"
    )
    source: Source = make_source(taxonomy.replace_parts(dataset=dataset), beside)
    triples = parse(export("skos", source))
    assert ("<urn:jobs:/focus/CREW.DECK>", '"Pont"@fr') in list_values(triples, SKOS.prefLabel)
