"""RDF/XML: the same graph to every reader, one element a node, and refused where XML has no way to say it."""

from __future__ import annotations

import shutil
import subprocess
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import owlready2
import pronto
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from export_sources import (
    BASE,
    BESIDE,
    HOSTILE,
    SOURCES,
    canonicalize,
    export,
    get_expected,
    get_export,
    get_source,
    list_expected,
    make_hostile,
    make_source,
)
from rdf_samples import make_taxonomy
from rolegraph.errors import InputError
from rolegraph.rdf.vocab import OWL, RDF, RG

every_source = pytest.mark.parametrize("name", SOURCES)


def read(data: bytes) -> list[str]:
    return canonicalize(ox.parse(data, format=ox.RdfFormat.RDF_XML))


@every_source
def test_pyoxigraph_reads_the_same_graph(name: str) -> None:
    assert read(get_export("rdfxml", name)) == get_expected(name)


@every_source
def test_rdflib_reads_the_same_graph(name: str) -> None:
    ours = rdflib.Graph().parse(data=get_export("rdfxml", name), format="xml")
    assert isomorphic(ours, rdflib.Graph().parse(data=get_export("ntriples", name), format="nt"))


@every_source
@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")
def test_rapper_reads_the_same_graph(name: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.rdf"
    file.write_bytes(get_export("rdfxml", name))
    done = subprocess.run(
        ["rapper", "-q", "-i", "rdfxml", "-o", "ntriples", file], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr
    assert canonicalize(ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)) == get_expected(name)


def test_owlready_sees_every_individual(tmp_path: Path) -> None:
    source = get_source("shipped")
    file = tmp_path / "graph.rdf"
    file.write_bytes(get_export("rdfxml", "shipped"))
    world = owlready2.World()
    ontology = world.get_ontology(file.as_uri()).load()
    named = {
        triple.subject.value for triple in source.iterate_triples() if triple.object == ox.NamedNode(OWL.NamedIndividual)
    }  # fmt: skip
    assert {individual.iri for individual in ontology.individuals()} == named
    assert len(world.graph) >= len(get_expected("shipped"))


def test_pronto_finds_the_ontology_and_its_terms(tmp_path: Path) -> None:
    file = tmp_path / "graph.rdf"
    source = get_source("shipped")
    file.write_bytes(get_export("rdfxml", "shipped"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ontology = pronto.Ontology(file)
    assert ontology.metadata.ontology == f"{source.taxonomy.dataset.base}dataset"
    assert ontology[RG.Profile].name == "profile"
    assert RG.inFocus in ontology.relationships()


def test_every_node_is_one_element_named_by_its_class() -> None:
    root = ET.fromstring(export("rdfxml", make_source()))
    abouts = [element.get(f"{{{RDF.iri}}}about") for element in root]
    assert len(set(abouts)) == len(abouts)
    kinds = {about: element.tag for about, element in zip(abouts, root, strict=True)}
    assert kinds[f"{BASE}profile/CREW.DECK.P2"] == f"{{{RG.iri}}}Profile"
    assert kinds[f"{BASE}dataset"] == f"{{{OWL.iri}}}Ontology"
    assert f"{{{OWL.iri}}}NamedIndividual" not in kinds.values()
    assert root.get("{http://www.w3.org/XML/1998/namespace}base") == BASE


def test_what_is_beside_a_record_stands_in_its_element() -> None:
    root = ET.fromstring(export("rdfxml", make_source(beside=BESIDE)))
    (element,) = [e for e in root if e.get(f"{{{RDF.iri}}}about") == f"{BASE}focus/CREW.DECK"]
    assert element.find("{http://example.com/x#}note") is not None
    assert element.find(f"{{{RG.iri}}}inFunction") is not None


def test_markup_in_a_label_stays_text() -> None:
    data = export("rdfxml", make_source()).decode()
    assert "<script" not in data
    root = ET.fromstring(data)
    assert HOSTILE in {element.text for element in root.iter()}


def test_directions_and_statements_are_kept_as_rdf_1_2_writes_them() -> None:
    beside = """@prefix e: <http://example.com/x#> .
    e:a e:p "\\u202bx"@ar--rtl, "y"@en--ltr ; e:says <<( e:a e:p <<( e:b e:q "z"@en )>> )>> ."""
    source = make_source(make_taxonomy(), beside)
    assert read(export("rdfxml", source)) == list_expected(source)


@pytest.mark.parametrize(
    ("beside", "rule"),
    [
        ("<urn:a> <http://example.com/1/2> 1 .", "rdfxml-property"),
        ("<urn:a> <http://example.com/> 1 .", "rdfxml-property"),
        (f"<urn:a> <{RDF.iri}li> 1 .", "rdfxml-property"),
        (f"<urn:a> <{RDF.iri}about> 1 .", "rdfxml-property"),
        ('<urn:a> <urn:x:p> "bell\\u0007" .', "xml-character"),
        ('<urn:a> <urn:x:p> "\\uFFFF" .', "xml-character"),
    ],
)
def test_what_xml_cannot_say_is_refused(beside: str, rule: str) -> None:
    with pytest.raises(InputError) as caught:
        export("rdfxml", make_source(beside=beside))
    assert {problem.rule for problem in caught.value.problems} == {rule}
    assert all(problem.where and problem.remedy for problem in caught.value.problems)


def test_all_that_xml_cannot_say_is_told_at_once_and_each_once() -> None:
    beside = """<urn:a> <urn:x:1> 1, 2 . <urn:b> <urn:x:1> 1 .
    <urn:c> <urn:x:p> "\\u0001" ; <urn:y:2> 1 ; <urn:z:q> "\\u0002" ."""
    with pytest.raises(InputError) as caught:
        export("rdfxml", make_source(beside=beside))
    places = [problem.where for problem in caught.value.problems]
    assert places == ["<urn:x:1>", "<urn:c> <urn:x:p>", "<urn:y:2>", "<urn:c> <urn:z:q>"]


def test_a_class_without_a_name_in_xml_is_a_statement() -> None:
    source = make_source(
        make_taxonomy(),
        f"<urn:a> a <urn:x:1> . <urn:d> a <urn:x:D>, 'urn:x:D' . <urn:b> a <{RDF.iri}Seq> . _:c a <urn:x:C> .",
    )
    data = export("rdfxml", source)
    assert read(data) == list_expected(source)
    assert b'<rdf:Description rdf:about="urn:a">' in data


def test_names_beyond_ascii_are_split_where_every_parser_can(tmp_path: Path) -> None:
    source = make_source(
        make_hostile(), "<urn:a> <http://example.com/préfixe> 1 ; <http://example.com/日本> 2 ."
    )
    data = export("rdfxml", source)
    assert read(data) == list_expected(source)
    assert ' xmlns:x="http://example.com/pré"'.encode() in data
