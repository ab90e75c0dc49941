"""Every named query gives the same rows through the endpoint as from the data themselves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from rolegraph.architecture import Architecture
from rolegraph.cache import CACHE_VARIABLE
from rolegraph.importing import import_release
from rolegraph.remote.ask import Endpoint
from rolegraph.resources import find_resource
from rolegraph.store.header import read_example
from rolegraph.store.named import list_queries, run_named
from rolegraph.store.result import Result
from rolegraph.store.store import load_store
from serving import Served, run_serve

ONET = Path(__file__).parent / "fixtures" / "classifications" / "onet-29.0"
RELEASE = "https://w3id.org/rolegraph/id/release/onet-29.0"
QUERIES = list_queries()
EXAMPLES = {"occupation-ratings": {"occupation": "11-3051.00", "release": "onet-29.0"}}
"""Of occupations that the release of the tests has."""


def to_values(answer: Result) -> list[list[object]]:
    """The terms as they are compared: a number may be spelt in several ways."""
    rows = answer.rows or [(t.subject, t.predicate, t.object) for t in answer.triples]
    return [[Decimal(t.value) if is_number(t) else t for t in row] for row in rows]


def is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in {"integer", "decimal"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The shipped data with a release beside it."""
    place = tmp_path_factory.mktemp("serve")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(place / "cache"))
        shutil.copytree(str(find_resource("data")), place / "data")
        import_release("onet", ONET, place / "data")
        yield place / "data"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with run_serve("--data", str(folder), "--workers", "2", "--quiet") as server:
        yield server


def test_every_named_query_answers_the_same(folder: Path, served: Served) -> None:
    store = load_store(Architecture(folder).documents(query="GRAPH ?any"))
    answered = set()
    with Endpoint(f"{served.url}/sparql") as endpoint:
        for query in QUERIES:
            given = EXAMPLES.get(query.name) or read_example(query.name, query.parameters, query.example)
            expected = run_named(store, query.name, given)
            found = endpoint.ask_named(query.name, given)
            assert (found.kind, found.variables, found.boolean) == (
                expected.kind,
                expected.variables,
                expected.boolean,
            )
            assert to_values(found) == to_values(expected), query.name
            if expected.rows or expected.triples or expected.boolean:
                answered.add(query.name)
    assert answered == {query.name for query in QUERIES}


def test_a_release_is_a_named_graph_whose_nodes_answer_too(served: Served) -> None:
    assert f"sd:name <{RELEASE}>" in served.get("/sparql").text
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{RELEASE}> {{ ?s ?p ?o }} }}"
    triples = int(served.ask(query, "text/csv").text.split()[1])
    assert triples > 100
    chosen = served.ask(
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv", f"&default-graph-uri={quote(RELEASE)}"
    )
    assert int(chosen.text.split()[1]) == triples
    occupation = served.ask(
        f"SELECT ?s {{ GRAPH <{RELEASE}> {{ ?s a rg:Occupation ; skos:notation '11-3051.00' }} }}", "text/csv"
    ).text.split()[1]
    answer = served.get(urlsplit(occupation).path, "application/n-triples")
    assert answer.status == 200
    assert f'<{occupation}> <http://www.w3.org/2004/02/skos/core#notation> "11-3051.00" .' in answer.text
