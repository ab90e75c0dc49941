"""JSON-LD: the same graph to every reader without fetching, short names from the published context, exact literals."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld
from rdflib.compare import isomorphic

from context_file import CONTEXT, list_names, render_context
from export_sources import (
    BASE,
    BESIDE,
    HOSTILE,
    SCHEMES,
    SOURCES,
    canonicalize,
    export,
    get_expected,
    get_export,
    list_expected,
    make_source,
)
from rdf_samples import make_taxonomy
from rolegraph.errors import InputError
from rolegraph.rdf.vocab import NAMESPACES, OWL, RDF, RDFS, RG, SCHEMA, SKOS, VOID

every_source = pytest.mark.parametrize("name", SOURCES)


def refuse_fetching(url: str, options: object) -> Any:
    raise AssertionError(f"{url} is fetched")


def parse(data: bytes) -> Any:
    return json.loads(data)


def find_node(document: Any, name: str) -> Any:
    (node,) = [node for node in document["@graph"] if node.get("id", node.get("@id")) == name]
    return node


@every_source
def test_pyoxigraph_reads_the_same_graph(name: str) -> None:
    data = get_export("jsonld", name)
    assert canonicalize(ox.parse(data, format=ox.RdfFormat.JSON_LD)) == get_expected(name)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@every_source
def test_rdflib_reads_the_same_graph(name: str) -> None:
    ours = rdflib.Graph().parse(data=get_export("jsonld", name), format="json-ld")
    assert isomorphic(ours, rdflib.Graph().parse(data=get_export("ntriples", name), format="nt"))


@every_source
def test_the_reference_processor_makes_the_same_canonical_graph(name: str) -> None:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": refuse_fetching,
        "produceGeneralizedRdf": False,
    }
    ours = jsonld.normalize(parse(get_export("jsonld", name)), options)
    theirs = ox.parse(ours, format=ox.RdfFormat.N_QUADS)
    assert canonicalize(theirs) == get_expected(name)


def test_nodes_have_short_names_and_nothing_else() -> None:
    document = parse(get_export("jsonld", "shipped"))
    terms = document["@context"]
    keys = {key for node in document["@graph"] for key in node}
    assert keys <= terms.keys()
    kinds = {
        kind
        for node in document["@graph"]
        for kind in [node["type"]]
        for kind in ([kind] if isinstance(kind, str) else kind)
    }
    assert kinds <= terms.keys()
    profile = find_node(document, "profile/MANUFA.BIOPROCE4427.M3")
    assert profile["inFocus"] == "focus/MANUFA.BIOPROCE4427"
    assert profile["basis"] == "rg:basis-documented"
    focus = find_node(document, "focus/MANUFA.BIOPROCE4427")
    assert focus["prefLabel"] == {"en": "Bioprocess Manufacturing (Upstream/Downstream)"}


def test_numbers_keep_their_digits() -> None:
    document = parse(export("jsonld", make_source()))
    profile = find_node(document, "profile/CREW.DECK.P2")
    assert profile["confidence"] == "0.90"
    assert profile["sourceCount"] == "3"
    pay = find_node(document, "profile/CREW.DECK.P2#pay")
    assert (pay["payLow"], pay["median"]) == ("31000.0", "36500.50")


def test_a_node_is_one_object_on_one_line() -> None:
    data = export("jsonld", make_source(beside=BESIDE)).decode()
    document = parse(data.encode())
    ids = [node["id"] for node in document["@graph"]]
    assert len(set(ids)) == len(ids)
    lines = data[data.index('"@graph"') :].splitlines()[1:-2]
    assert [json.loads(line.removesuffix(","))["id"] for line in lines] == ids


def test_texts_that_the_context_does_not_tell_of_are_written_out() -> None:
    focus = find_node(parse(export("jsonld", make_source(beside=BESIDE))), "focus/CREW.DECK")
    assert focus["prefLabel"] == {"en": HOSTILE, "fr": ["Deck", "Pont"]}
    assert "plain" in focus[SKOS.prefLabel]
    assert {"@value": "7", "type": "xsd:integer"} in focus[SKOS.prefLabel]
    assert {"@value": "high", "@language": "en"} in focus["confidence"]
    assert focus["notation"][0] == {"@value": "5", "type": "xsd:integer"}
    assert focus[RDF.type] == [{"@value": "no class"}]


def test_iris_that_short_names_would_hide_stand_in_objects_without_context() -> None:
    node = find_node(parse(export("jsonld", make_source(beside=SCHEMES))), "skos:hidden")
    assert node["@context"] is None
    assert node["id:x"] == [{"@id": "rg:Focus"}]
    assert node["@type"] == ["Focus:Focus"]


def test_directions_are_kept() -> None:
    beside = '<urn:a> <urn:p> "\\u202bx"@ar--rtl ; <http://www.w3.org/2004/02/skos/core#prefLabel> "y"@en--ltr, "z"@en .'
    source = make_source(make_taxonomy(), beside)
    data = export("jsonld", source)
    assert canonicalize(ox.parse(data, format=ox.RdfFormat.JSON_LD)) == list_expected(source)
    node = find_node(parse(data), "urn:a")
    assert node["urn:p"] == {"@value": "\u202bx", "@language": "ar", "@direction": "rtl"}


def test_control_characters_are_kept() -> None:
    source = make_source(make_taxonomy(), '<urn:a> <urn:p> "\\u0001\\u007f\\uffff\\u2028" .')
    data = export("jsonld", source)
    assert canonicalize(ox.parse(data, format=ox.RdfFormat.JSON_LD)) == list_expected(source)
    assert not {character for character in data.decode() if character != "\n" and not character.isprintable()}


def test_statements_as_values_are_refused_together() -> None:
    beside = "<urn:a> <urn:p> <<( <urn:a> <urn:b> 1 )>> , <<( <urn:a> <urn:b> 3 )>> . <urn:b> <urn:p> <<( <urn:a> <urn:b> 2 )>> ."
    with pytest.raises(InputError) as caught:
        export("jsonld", make_source(beside=beside))
    assert [problem.rule for problem in caught.value.problems] == ["jsonld-statement"] * 3


def test_markup_does_not_end_the_script_element_of_a_page() -> None:
    data = export("jsonld", make_source())
    assert b"<" not in data
    assert find_node(parse(data), "focus/CREW.DECK")["definition"] == {"en": HOSTILE}


def test_ids_below_the_base_resolve_to_what_they_stand_for() -> None:
    ids = [node["id"] for node in parse(export("jsonld", make_source(beside=BESIDE)))["@graph"]]
    assert "a:b" not in ids
    assert f"{BASE}a:b" in ids


def test_the_context_is_up_to_date() -> None:
    assert CONTEXT.read_text(encoding="utf-8") == render_context(), (
        "write it anew: python tests/context_file.py"
    )


def test_every_term_of_the_vocabulary_has_a_name_in_the_context() -> None:
    terms = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    names = list_names()
    for space in NAMESPACES:
        assert terms[space.prefix] == space.iri
        for iri in space:
            name = iri[len(space.iri) :]
            if space.prefix in ("rdf", "semapv", "xsd") or (space is RG and "-" in name):
                assert iri not in names
                continue
            told = terms[names[iri]]
            assert (told if isinstance(told, str) else told["@id"]) == f"{space.prefix}:{name}"
    expanded = jsonld.expand(
        {"@context": terms, **{name: "x" for name in names.values() if name[0].islower()}}
    )
    assert {iri for iri, name in names.items() if name[0].islower()} == expanded[0].keys()


def test_the_short_name_goes_to_our_own_term() -> None:
    names = list_names()
    assert (names[RG.value], names["http://www.w3.org/ns/dqv#value"]) == ("value", "dqvValue")
    assert (names[RG.currency], names[SCHEMA.currency]) == ("currency", "schemaCurrency")
    assert names[VOID.Dataset] == "voidDataset"
    assert names[RDFS.label] == "label"
    assert names[OWL.Class] == "Class"
