"""GraphML and GEXF hold the graph of roles as NetworkX has it; other readers find the same, whatever labels hold."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx
import pytest

from architectures import read_shipped
from export_sources import HOSTILE, export, make_source
from rolegraph.architecture import Architecture
from rolegraph.errors import InputError
from rolegraph.export.source import Source
from rolegraph.export.xmltext import escape_text, escape_value

READERS = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}
DAY = re.compile(r'lastmodifieddate="([^"]+)"')


@pytest.fixture(scope="module")
def shipped() -> Source:
    return Architecture().export_source()


def read(form: str, data: bytes) -> Any:
    return READERS[form](io.BytesIO(data))


def list_edges(graph: Any) -> list[tuple[Any, ...]]:
    """Every edge with its facts as a file holds them: words in one text, what is None left out."""
    found = []
    for origin, destination, facts in graph.edges(data=True):
        shown = {
            name: "; ".join(value) if isinstance(value, tuple) else value
            for name, value in facts.items()
            if value is not None and name != "id"
        }
        found.append((origin, destination, sorted(shown.items())))
    return sorted(found)


@pytest.mark.parametrize("form", READERS)
def test_the_graph_comes_back_with_every_number(form: str, shipped: Source) -> None:
    made, expected = read(form, export(form, shipped)), shipped.project()
    assert made.is_directed()
    assert made.is_multigraph()
    assert list(made) == list(expected)
    for code, facts in made.nodes(data=True):
        assert facts.pop("label") == facts["title"]
        assert facts == expected.nodes[code]
        assert type(facts["rank"]) is int
    assert list_edges(made) == list_edges(expected)
    assert len({data for *_, data in made.edges(keys=True)}) == made.number_of_edges()


def test_graphml_says_what_it_was_made_by(shipped: Source) -> None:
    graph, expected = read("graphml", export("graphml", shipped)), shipped.project()
    assert {name: graph.graph[name] for name in expected.graph} == expected.graph


def test_igraph_reads_the_same_types(shipped: Source, tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_bytes(export("graphml", shipped))
    graph, expected = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml")), shipped.project()
    assert (graph.vcount(), graph.ecount()) == (len(expected), expected.number_of_edges())
    assert graph.vs["label"] == [title for _, title in expected.nodes(data="title")]
    distances = sorted(e["distance"] for e in graph.es if e["kind"] == "adjacency")
    costs = sorted(e["cost"] for e in graph.es if e["kind"] != "adjacency")
    assert distances == sorted(d for *_, d in expected.edges(data="distance") if d is not None)
    assert costs == sorted(c for *_, c in expected.edges(data="cost") if c is not None)


@pytest.mark.parametrize("form", READERS)
def test_no_edge_has_a_weight(form: str, shipped: Source) -> None:
    # Tools take a weight for how strongly two nodes are tied, and a distance says the contrary.
    assert b'weight"' not in export(form, shipped)


@pytest.mark.parametrize("form", READERS)
def test_hostile_labels_come_back_as_they_are(form: str) -> None:
    data = export(form, make_source())
    assert b"<script>" not in data
    graph = read(form, data)
    assert graph.nodes["CREW.DECK.P2"]["title"] == graph.nodes["CREW.DECK.P2"]["label"] == HOSTILE
    assert list_edges(graph) == list_edges(make_source().project())


def test_a_label_is_utf8_in_normal_form_c() -> None:
    for form in READERS:
        data = export(form, make_source())
        assert "\U0001f9ea é".encode() in data
        assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')


def test_gexf_is_dated_by_the_data(shipped: Source) -> None:
    found = DAY.search(export("gexf", shipped).decode())
    assert found is not None
    assert found[1] == read_shipped().dataset.modified


def test_gexf_keeps_edges_between_the_same_roles_apart(shipped: Source) -> None:
    names = {"g": "http://gexf.net/1.3"}
    edges = ElementTree.fromstring(export("gexf", shipped)).findall(".//g:edge", names)
    triples = [(e.get("source"), e.get("target"), e.get("kind")) for e in edges]
    assert len(set(triples)) == len(triples) == shipped.project().number_of_edges()


@pytest.mark.parametrize("form", READERS)
def test_what_edition_and_number_are_asked_for_is_written(form: str) -> None:
    source = Architecture().export_source(k=2)
    graph = read(form, export(form, source))
    near = [o for o, _, kind in graph.edges(data="kind") if kind == "adjacency"]
    assert len(near) == 2 * len(graph)


def test_the_bytes_are_the_same_in_every_run(tmp_path: Path) -> None:
    forms = ("graphml", "gexf", "csv", "xlsx", "dot", "mermaid")
    runs = []
    for seed in ("0", "1"):
        place = tmp_path / seed
        place.mkdir()
        code = (
            "import pathlib, sys, rolegraph; jobs, place = rolegraph.load(), pathlib.Path(sys.argv[1]);"
            " [jobs.export(form, place / form) for form in sys.argv[2:]]"
        )
        environment = {"PYTHONHASHSEED": seed, "ROLEGRAPH_CACHE": str(tmp_path / "cache")}
        subprocess.run([sys.executable, "-c", code, str(place), *forms], check=True, env=environment)
        files = sorted(file for file in place.rglob("*") if file.is_file() and file.suffix != ".lock")
        runs.append({file.relative_to(place): file.read_bytes() for file in files})
    assert runs[0] == runs[1]
    assert {path.parts[0] for path in runs[0]} == set(forms)
    assert all(runs[0].values())


def test_xml_gives_a_text_back() -> None:
    text = "a\tb\nc\rd \"q\" 'p' <&> ]]> \x85\u2028 é \U0001f9ea"
    made = ElementTree.fromstring(f'<a b="{escape_value(text)}">{escape_text(text)}</a>')
    assert (made.text, made.get("b")) == (text, text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_a_problem(character: str) -> None:
    for escape in (escape_text, escape_value):
        with pytest.raises(
            InputError, match=r"A\.B\.P1: the text holds .*XML cannot hold; remove it"
        ) as raised:
            escape(f"a{character}b", "A.B.P1")
        assert raised.value.problems[0].rule == "xml-character"
