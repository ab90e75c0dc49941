"""The shipped data as triples: every reader sees the same graph, and it keeps the rules of OWL 2 and SKOS."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import owlready2
import pytest
import rdflib

from rdf_samples import Fact, parse, to_bytes, to_facts, to_rdflib_facts
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.decode import from_file, from_turtle
from rolegraph.rdf.vocab import DCAT, DCTERMS, OWL, RDF, RDFS, RG, SKOS, VOID, XSD
from rolegraph.rdf.write import write_ntriples, write_turtle
from rolegraph.records import load_folder
from rolegraph.resources import find_resource

BUILTIN = {*OWL, *RDF, *RDFS}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


@cache
def load() -> Taxonomy:
    return load_folder(find_resource("data")).taxonomy


@cache
def load_facts() -> frozenset[Fact]:
    return frozenset(to_facts(parse(to_bytes(write_turtle, load()))))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("graph")
    paths = {"turtle": folder / "rolegraph.ttl", "ntriples": folder / "rolegraph.nt"}
    paths["turtle"].write_bytes(to_bytes(write_turtle, load()))
    paths["ntriples"].write_bytes(to_bytes(write_ntriples, load()))
    return paths


def test_pyoxigraph_reads_both_forms_equal(files: dict[str, Path]) -> None:
    assert to_facts(parse(files["ntriples"].read_bytes())) == load_facts()


@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_rdflib_reads_the_same(form: str, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Graph().parse(files[form])
    assert to_rdflib_facts(graph) == load_facts()


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_rapper_reads_the_same(form: str, files: dict[str, Path]) -> None:
    done = subprocess.run(
        ["rapper", "-q", "-i", form, "-o", "ntriples", str(files[form])], capture_output=True, check=True
    )
    assert done.stderr == b""
    assert to_facts(parse(done.stdout)) == load_facts()


def test_the_records_come_back(files: dict[str, Path]) -> None:
    for path in files.values():
        decoded = from_file(path)
        assert decoded.taxonomy == load()
        assert decoded.foreign == ()


def test_a_build_of_what_was_read_has_the_same_bytes(files: dict[str, Path]) -> None:
    again = from_turtle(files["turtle"].read_bytes()).taxonomy
    assert to_bytes(write_turtle, again) == files["turtle"].read_bytes()
    assert to_bytes(write_ntriples, again) == files["ntriples"].read_bytes()


def test_every_term_is_declared_as_what_it_is_used_as() -> None:
    facts = load_facts()
    types: dict[str, set[str]] = {}
    for subject, predicate, value in facts:
        if predicate == RDF.type:
            types.setdefault(subject, set()).add(value[1])
    for _, predicate, value in facts:
        if predicate == RDF.type:
            assert value[1] in BUILTIN or types[value[1]] == {OWL.Class}
        elif predicate not in BUILTIN:
            (kind,) = types[predicate]
            assert kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty), predicate
            assert kind != OWL.ObjectProperty or value[0] == "iri", predicate
            assert kind != OWL.DatatypeProperty or value[0] == "literal", predicate


def test_every_node_is_a_typed_individual() -> None:
    facts = load_facts()
    base = load().dataset.base
    typed = {s for s, p, o in facts if p == RDF.type and o[1] == OWL.NamedIndividual}
    classed = {s for s, p, o in facts if p == RDF.type and o[1] not in BUILTIN}
    declared = {s for s, p, o in facts if p == RDF.type and o[1] in KINDS}
    subjects = {s for s, _, _ in facts}
    assert subjects == typed | declared
    assert typed <= classed
    version = next(o[1] for s, p, o in facts if p == OWL.versionIRI)
    objects = {o[1] for _, _, o in facts if o[0] == "iri" and o[1].startswith((base, RG.iri))}
    assert objects - {version} <= subjects


def test_literals_stay_within_what_every_owl_profile_knows() -> None:
    plain = {XSD.string, XSD.decimal, XSD.integer, XSD.dateTime, load().dataset.language, "en"}
    for _, predicate, (kind, lexical, datatype) in load_facts():
        if kind == "literal" and datatype not in plain:
            assert (predicate, lexical, datatype) == (OWL.deprecated, "true", XSD.boolean)


def test_nothing_is_restricted_imported_or_reified() -> None:
    used = {p for _, p, _ in load_facts()} | {o[1] for _, _, o in load_facts()}
    beyond = {iri for iri in used if iri.startswith((OWL.iri, RDF.iri, RDFS.iri))} - BUILTIN
    assert beyond == set()


def test_concepts_keep_the_conditions_of_skos() -> None:
    facts = load_facts()
    concepts = {s for s, p, o in facts if p == RDF.type and o[1] == SKOS.Concept}
    schemes = {s for s, p, o in facts if p == RDF.type and o[1] == SKOS.ConceptScheme}
    labels: dict[str, list[str]] = {}
    for subject, predicate, value in facts:
        if predicate == SKOS.prefLabel:
            labels.setdefault(subject, []).append(value[2])
    assert concepts
    assert not concepts & schemes
    for node in concepts | schemes:
        assert len(labels[node]) == 1
    alternative = {(s, o) for s, p, o in facts if p == SKOS.altLabel}
    assert not alternative & {(s, o) for s, p, o in facts if p == SKOS.prefLabel}
    placed = {s for s, p, _ in facts if p in (SKOS.broader, SKOS.topConceptOf)}
    assert concepts == placed


def test_the_dataset_describes_itself() -> None:
    facts = load_facts()
    dataset = f"{load().dataset.base}dataset"
    said = {p: o for s, p, o in facts if s == dataset and p != RDF.type}
    assert {o[1] for s, p, o in facts if (s, p) == (dataset, RDF.type)} == {
        DCAT.Dataset, VOID.Dataset, OWL.Ontology, OWL.NamedIndividual
    }  # fmt: skip
    assert said[VOID.triples][1] == str(len(facts))
    assert said[OWL.versionIRI][1] == f"{dataset}/{load().dataset.version}"
    assert said[DCTERMS.modified][1] == f"{load().dataset.modified}T00:00:00Z"
    assert said[DCTERMS.license][1] == load().dataset.licence


def test_owlready2_sees_individuals_and_labels(files: dict[str, Path]) -> None:
    world = owlready2.World()
    world.get_ontology(files["ntriples"].as_uri()).load()
    facts = load_facts()
    individuals = {s for s, p, o in facts if p == RDF.type and o[1] == OWL.NamedIndividual}
    assert {node.iri for node in world.individuals()} == individuals
    for profile in load().profiles:
        node = world[f"{load().dataset.base}profile/{profile.code}"]
        assert [str(label) for label in node.prefLabel] == [load().title_of(profile)]
        assert node.inFocus[0].iri == f"{load().dataset.base}focus/{profile.focus}"
        assert world[RG.Profile] in node.is_a
    assert len(list(world.annotation_properties())) > 20
