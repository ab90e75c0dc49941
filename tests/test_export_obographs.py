"""OBO Graphs, and mappings as SSSOM: what pronto and sssom-py find in the files; and the bytes of all ontology formats."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pronto
import pytest

import rolegraph
from architectures import read_shipped
from export_sources import BASE, HOSTILE, export, make_source
from ontology_samples import BESIDE, describe_tree, make_ontology_source, name_entry
from rolegraph.export.classes import iterate_classes
from rolegraph.export.owl import OBO
from rolegraph.export.source import Source
from rolegraph.rdf.vocab import SKOS

SOURCES: dict[str, Callable[[], Source]] = {
    "shipped": lambda: make_source(read_shipped()),
    "hostile": make_ontology_source,
}
every_source = pytest.mark.parametrize("name", SOURCES)
FORMATS = ("skos", "owl", "sssom", "obographs")
HERE = Path(__file__).parent


def read(source: Source) -> dict[str, Any]:
    (graph,) = json.loads(export("obographs", source))["graphs"]
    found: dict[str, Any] = graph
    return found


@every_source
def test_nodes_and_edges_are_the_tree_of_the_records(name: str) -> None:
    source = SOURCES[name]()
    graph, tree = read(source), describe_tree(source.taxonomy)
    assert {node["id"] for node in graph["nodes"]} == tree.keys()
    assert len(graph["nodes"]) == len(tree)
    assert {node["type"] for node in graph["nodes"]} == {"CLASS"}
    edges = [(edge["sub"], edge["pred"], edge["obj"]) for edge in graph["edges"]]
    assert sorted(edges) == sorted((iri, "is_a", above) for iri, above in tree.items() if above)
    assert graph["id"] == f"{source.taxonomy.dataset.base}dataset#classes"


def test_a_node_says_what_its_record_says() -> None:
    nodes = {node["id"].removeprefix(BASE): node for node in read(make_ontology_source())["nodes"]}
    sailor, hand = nodes["profile/CREW.DECK.P2"], nodes["profile/CREW.DECK.P1"]
    assert sailor["lbl"] == HOSTILE
    assert sailor["meta"]["synonyms"] == [
        {"pred": "hasExactSynonym", "val": f"{HOSTILE} {HOSTILE}"},
        {"pred": "hasExactSynonym", "val": 'Matelot \\ "1"'},
    ]
    assert nodes["focus/CREW.DECK"]["meta"]["definition"] == {"val": HOSTILE}
    assert hand["meta"]["deprecated"] is True
    said = [(value["pred"], value["val"]) for value in hand["meta"]["basicPropertyValues"]]
    assert (OBO.IAO_0100001, f"{BASE}profile/CREW.DECK.P2") in said
    assert (SKOS.historyNote, HOSTILE) in said
    assert "definition" not in nodes["focus/OLD.BOARD"]["meta"]


@every_source
def test_every_mapping_is_a_value_and_an_xref(name: str) -> None:
    taxonomy = SOURCES[name]().taxonomy
    expected = [
        (SKOS[mapping.predicate], name_entry(taxonomy, mapping.scheme, mapping.code))
        for _, mapping in taxonomy.mappings
    ]
    metas = [node.get("meta", {}) for node in read(SOURCES[name]())["nodes"]]
    values = [(v["pred"], v["val"]) for meta in metas for v in meta.get("basicPropertyValues", ())]
    assert sorted(v for v in values if v[0].endswith("Match")) == sorted(expected)
    xrefs = [xref["val"] for meta in metas for xref in meta.get("xrefs", ())]
    assert sorted(xrefs) == sorted(entry for _, entry in expected)


@every_source
@pytest.mark.filterwarnings("ignore:unsound encoding")
def test_pronto_reads_the_same_classes(name: str, tmp_path: Path) -> None:
    source = SOURCES[name]()
    file = tmp_path / "classes.json"
    file.write_bytes(export("obographs", source))
    ontology = pronto.Ontology(file)
    assert {
        term.id: next((t.id for t in term.superclasses(distance=1, with_self=False)), None)
        for term in ontology.terms()
    } == describe_tree(source.taxonomy)
    for node in iterate_classes(source.taxonomy):
        term = ontology[node.iri]
        assert (term.name, term.definition, term.obsolete) == (
            node.label,
            node.definition,
            node.note is not None,
        )
        assert {synonym.description for synonym in term.synonyms} == set(node.synonyms)
        assert {xref.id for xref in term.xrefs} == {claim.target for claim in node.claims}


def test_sssom_is_what_the_mappings_export_writes_and_sssom_py_finds_it_whole(tmp_path: Path) -> None:
    source = make_source(read_shipped())
    file = tmp_path / "mappings.sssom.tsv"
    file.write_bytes(export("sssom", source))
    assert file.read_text(encoding="utf-8") == rolegraph.load().export_mappings()
    file.write_bytes(export("sssom", make_ontology_source()))
    done = subprocess.run([sys.executable, HERE / "sssom_tool.py", file], capture_output=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["problems"] == []
    taxonomy = make_ontology_source().taxonomy
    assert sorted(row["predicate_id"] for row in answer["rows"]) == sorted(
        f"skos:{mapping.predicate}" for _, mapping in taxonomy.mappings
    )


@pytest.mark.parametrize("form", FORMATS)
def test_texts_are_in_normal_form_c_and_unicode_stays_readable(form: str) -> None:
    text = export(form, make_ontology_source(BESIDE)).decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\U0001f9ea é" in text
    assert "<script>" not in text or form != "owl"


def test_the_same_data_give_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    program = (
        "import hashlib\nfrom export_sources import export\nfrom ontology_samples import BESIDE, make_ontology_source\n"
        f"for form in {FORMATS!r}: print(hashlib.sha256(export(form, make_ontology_source(BESIDE))).hexdigest())"
    )
    here = [hashlib.sha256(export(form, make_ontology_source(BESIDE))).hexdigest() for form in FORMATS]
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, cwd=HERE, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.stdout.split() == here


def test_a_graph_without_skills_levels_or_mappings_is_whole() -> None:
    taxonomy = read_shipped()
    bare = taxonomy.replace_parts(focuses=(), skills=(), groups=(), functions=(), schemes=(), occupations=())
    source = Source(bare, lambda: pytest.fail("no distance is asked for"), "structural@1", 10)
    graph = read(source)
    assert {node["id"] for node in graph["nodes"]} == describe_tree(bare).keys() - {
        f"{bare.dataset.base}{name}" for name in ("architecture", "skills")
    }
    for form in FORMATS:
        assert export(form, source)
