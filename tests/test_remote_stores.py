"""Publishing to real stores, and asking them: the same rows as from the data itself."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from rolegraph import Architecture
from rolegraph.answers import Build, Publication
from rolegraph.cache import CACHE_VARIABLE
from rolegraph.cli.main import run as run_command
from rolegraph.errors import OutputError, QueryError, RequestError, UnknownError
from rolegraph.importing import import_release
from rolegraph.remote.ask import Endpoint
from rolegraph.remote.publish import Wishes, publish
from rolegraph.resources import find_resource
from rolegraph.store.header import read_example
from rolegraph.store.named import list_queries, run_named
from rolegraph.store.result import Result
from rolegraph.store.store import load_store
from triple_stores import TripleStore, run_fuseki, run_oxigraph, run_rolegraph

ONET = Path(__file__).parent / "fixtures" / "classifications" / "onet-29.0"
QUERIES = list_queries()
BASE = "https://w3id.org/rolegraph/id/"
ROLE = "MANUFA.BIOPROCE4427.M3"
RELEASE = f"{BASE}release/onet-29.0"
NOISE = b"""
@prefix rg: <https://w3id.org/rolegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://other.example/level> a rg:Level ; skos:notation "M3" ; skos:prefLabel "Not ours" .
<https://w3id.org/rolegraph/id/level/M3> skos:prefLabel "Said by others" .
"""
"""What others keep in the same store; a query over the union of all its graphs would show it."""
EXAMPLES = {"occupation-ratings": {"occupation": "11-3051.00", "release": "onet-29.0"}}
"""Of occupations that the release of the tests has."""
PLACES = [f"{store} {kind}" for store in ("oxigraph", "fuseki") for kind in ("named", "union", "default")]
PLACES.append("rolegraph served")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the shipped data and a release beside it."""
    place = tmp_path_factory.mktemp("remote")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(place / "cache"))
        shutil.copytree(str(find_resource("data")), place / "data")
        import_release("onet", ONET, place / "data")
        yield place


@pytest.fixture(scope="module")
def jobs(folder: Path) -> Architecture:
    return Architecture(folder / "data")


@pytest.fixture(scope="module")
def fuseki(folder: Path) -> Iterator[dict[str, TripleStore]]:
    with run_fuseki(folder) as stores:
        yield stores


@pytest.fixture(scope="module")
def oxigraph(folder: Path) -> Iterator[dict[str, TripleStore]]:
    with (
        run_oxigraph(folder) as named,
        run_oxigraph(folder) as default,
        run_oxigraph(folder, union=True) as union,
    ):
        yield {"named": named, "default": default, "union": union}


@pytest.fixture(scope="module")
def rolegraph(folder: Path) -> Iterator[dict[str, TripleStore]]:
    with run_rolegraph(folder, folder / "data") as served:
        yield {"served": served}


@pytest.fixture(scope="module", params=PLACES)
def published(request: pytest.FixtureRequest, jobs: Architecture) -> Iterator[Endpoint]:
    """A store that the architecture was published to, in its one or other way, and where others keep something too."""
    name, kind = request.param.split()
    store: TripleStore = request.getfixturevalue(name)[kind]
    if name != "rolegraph":
        fill(store, kind, jobs)
    with Endpoint(store.queries) as endpoint:
        yield endpoint


def fill(store: TripleStore, kind: str, jobs: Architecture) -> None:
    """Publish the architecture to a store in which others keep something too."""
    send(f"{store.graphs}?graph=https://other.example/graph", "PUT", NOISE)
    answer = put(jobs, store.graphs, Wishes(default_graph=kind == "default"))
    graphs = [None] if kind == "default" else [f"{BASE}dataset", f"{BASE}adjacency"]
    assert [(g.graph, g.deed) for g in answer.graphs] == [(graph, "put") for graph in [*graphs, RELEASE]]


@pytest.fixture(scope="module")
def expected(jobs: Architecture) -> list[tuple[str, dict[str, str], Result]]:
    """Every named query with its example and with each of its other parameters, and its answer from the data itself."""
    store = load_store(jobs.documents(query="GRAPH ?any"))
    found = []
    for query in QUERIES:
        example = EXAMPLES.get(query.name) or read_example(query.name, query.parameters, query.example)
        answer = run_named(store, query.name, example)
        found.append((query.name, example, answer))
        for parameter in query.parameters:
            if parameter.name not in example and answer.rows:
                value = answer.rows[-1][answer.variables.index(parameter.name)]
                assert isinstance(value, ox.Literal)
                given = example | {parameter.name: value.value}
                found.append((query.name, given, run_named(store, query.name, given)))
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TripleStore]:
    """An empty Oxigraph."""
    with run_oxigraph(tmp_path) as running:
        yield running


def put(jobs: Architecture, url: str, wishes: Wishes | None = None) -> Publication:
    """Publish without validating, which takes longer than all else."""
    return publish(jobs.export_source(), url, wishes or Wishes())


def send(url: str, method: str = "GET", body: bytes | None = None) -> bytes:
    # Without a graph the answer is the whole dataset.
    accepted = "application/n-triples" if "?" in url else "application/n-quads"
    headers = {"Content-Type": "text/turtle", "Accept": accepted}
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        data: bytes = answer.read()
        return data


def name_graph(store: TripleStore, graph: str) -> str:
    return f"{store.graphs}?graph={urllib.parse.quote(graph, safe='')}"


def count(store: TripleStore, graph: str) -> int:
    return len(send(name_graph(store, graph)).splitlines())


def to_value(term: object) -> object:
    """A term as it is compared: stores spell numbers as they like."""
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in {
        "integer",
        "decimal",
        "double",
    }:
        return Decimal(term.value)
    return term


def compare(found: Result, expected: Result) -> None:
    assert (found.kind, found.variables, found.boolean) == (
        expected.kind,
        expected.variables,
        expected.boolean,
    )
    assert [tuple(map(to_value, row)) for row in found.rows] == [
        tuple(map(to_value, row)) for row in expected.rows
    ]
    assert {tuple(map(to_value, triple)) for triple in found.triples} == {
        tuple(map(to_value, triple)) for triple in expected.triples
    }


def test_every_named_query_gives_the_same_rows_in_every_store(
    published: Endpoint, expected: list[tuple[str, dict[str, str], Result]]
) -> None:
    assert {name for name, _, answer in expected if answer.rows or answer.triples or answer.boolean} == {
        query.name for query in QUERIES
    }
    for name, given, answer in expected:
        compare(published.ask_named(name, given), answer)


def test_a_query_of_ones_own_gives_the_same_rows_in_every_store(
    published: Endpoint, jobs: Architecture
) -> None:
    text = """
        SELECT ?code ?label ?release (COUNT(*) AS ?triples) {
          <dataset> vann:preferredNamespaceUri ?base .
          ?level a rg:Level ; skos:notation ?code ; skos:prefLabel ?label .
          ?release a rg:Release .
          GRAPH ?release { ?s ?p ?o }
        } GROUP BY ?code ?label ?release"""
    found = published.ask_text(text, {"code": ox.Literal("M3")})
    (release,) = jobs.library.releases
    assert [[getattr(term, "value", None) for term in row] for row in found.rows] == [
        ["M3", "M3 — Senior Manager", RELEASE, str(release.triples)]
    ]


def test_a_graph_file_answers_as_the_data_do(
    jobs: Architecture, folder: Path, expected: list[tuple[str, dict[str, str], Result]]
) -> None:
    assert isinstance(jobs.build(folder / "out"), Build)
    store = load_store(Architecture(graph=folder / "out" / "rolegraph.ttl").documents())
    for name, given, answer in expected:
        # A file has no public releases beside it.
        if name != "occupation-ratings":
            compare(run_named(store, name, given), answer)


def test_unknown_codes_name_the_closest(published: Endpoint) -> None:
    with pytest.raises(
        UnknownError, match=r"no profile MANUFA\.BIOPROCE4427\.M9 in the graph; did you mean"
    ) as caught:
        published.ask_named("skills-of-profile", {"profile": "manufa.bioproce4427.m9"})
    assert caught.value.closest
    with pytest.raises(UnknownError, match="no level M9 in the graph: it has E1, E2"):
        published.ask_named("profiles-by-level", {"level": "M9"})


def test_what_is_there_unchanged_is_not_sent_again(store: TripleStore, jobs: Architecture) -> None:
    first = put(jobs, store.graphs)
    assert first.size == sum(graph.size or 0 for graph in first.graphs)
    record = send(name_graph(store, f"{BASE}publication"))
    again = put(jobs, store.graphs)
    assert [graph.deed for graph in again.graphs] == ["unchanged"] * 3
    assert again.size == 0
    # A graph that somebody deleted is noticed, and all is sent where that is asked for.
    send(name_graph(store, f"{BASE}adjacency"), "DELETE")
    mended = put(jobs, store.graphs)
    assert [graph.deed for graph in mended.graphs] == ["unchanged", "put", "unchanged"]
    everything = put(jobs, store.graphs, Wishes(everything=True))
    assert [graph.deed for graph in everything.graphs] == ["put"] * 3
    assert send(name_graph(store, f"{BASE}publication")) == record
    assert [count(store, graph.graph or "") for graph in first.graphs] == [g.triples for g in first.graphs]


def test_a_dry_run_changes_nothing(store: TripleStore, jobs: Architecture) -> None:
    answer = put(jobs, store.graphs, Wishes(dry_run=True))
    assert (answer.size, [graph.deed for graph in answer.graphs]) == (0, ["to put"] * 3)
    assert send(store.graphs) == b""


def test_what_left_the_data_is_told_and_deleted_when_asked_for(
    store: TripleStore, jobs: Architecture
) -> None:
    put(jobs, store.graphs)
    without = Architecture()
    told = put(without, store.graphs)
    assert (told.graphs[-1].graph, told.graphs[-1].deed) == (RELEASE, "left")
    assert RELEASE in told.notes[0]
    planned = put(without, store.graphs, Wishes(prune=True, dry_run=True))
    assert planned.graphs[-1].deed == "to delete"
    assert count(store, RELEASE)
    pruned = put(without, store.graphs, Wishes(prune=True))
    assert (pruned.graphs[-1].graph, pruned.graphs[-1].deed) == (RELEASE, "deleted")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        count(store, RELEASE)
    assert RELEASE.encode() not in send(name_graph(store, f"{BASE}publication"))


def test_a_default_graph_of_others_is_spared(store: TripleStore, jobs: Architecture) -> None:
    send(f"{store.graphs}?default", "PUT", NOISE)
    with pytest.raises(RequestError, match=r"holds triples that rolegraph did not put there.*--replace"):
        put(jobs, store.graphs, Wishes(default_graph=True))
    assert b"Not ours" in send(f"{store.graphs}?default")
    put(jobs, store.graphs, Wishes(default_graph=True, replace=True))
    assert b"Not ours" not in send(f"{store.graphs}?default")
    # What is ours may be written over.
    put(jobs, store.graphs, Wishes(default_graph=True, everything=True))
    # The named graphs of ours that stand beside it are another publication.
    named = put(jobs, store.graphs)
    assert (named.graphs[-1].graph, named.graphs[-1].deed) == (None, "left")


def test_an_endpoint_without_an_architecture_says_so(store: TripleStore) -> None:
    with Endpoint(store.queries) as endpoint:
        with pytest.raises(QueryError, match="holds no architecture"):
            endpoint.ask_named("coverage")
        # One's own queries are asked of whatever is there.
        assert endpoint.ask_text("ASK { ?s ?p ?o }").boolean is False


def test_of_two_architectures_one_is_chosen(store: TripleStore, jobs: Architecture, tmp_path: Path) -> None:
    shutil.copytree(jobs.data or "", tmp_path / "other", ignore=shutil.ignore_patterns("releases"))
    dataset = tmp_path / "other" / "dataset.yaml"
    text = dataset.read_text(encoding="utf-8")
    assert BASE in text
    dataset.write_text(text.replace(BASE, "https://other.example/id/"), encoding="utf-8")
    put(jobs, store.graphs)
    put(Architecture(tmp_path / "other"), store.graphs)
    refused = (
        (None, f"several architectures.*--dataset {BASE}dataset"),
        ("https://x.example/", "has no architecture"),
    )
    for dataset_iri, message in refused:
        with (
            Endpoint(store.queries, dataset=dataset_iri) as endpoint,
            pytest.raises(RequestError, match=message),
        ):
            endpoint.ask_named("coverage")
    with Endpoint(store.queries, dataset=f"{BASE}dataset") as endpoint:
        compare(endpoint.ask_named("coverage"), jobs.query("coverage"))


def test_addresses_that_are_no_store_say_where_stores_have_theirs(
    store: TripleStore, jobs: Architecture
) -> None:
    home = store.graphs.removesuffix("store")
    with pytest.raises(
        OutputError, match=r"nothing was published: .* answered with text/html, which is no graph; the addr"
    ):
        put(jobs, home)
    with pytest.raises(OutputError, match=r"answered 40\d .*the address of a Graph Store is"):
        put(jobs, f"{home}nowhere")
    with Endpoint(f"{home}nowhere") as endpoint, pytest.raises(QueryError, match=r"answered 404"):
        endpoint.ask_named("coverage")


def test_the_commands_tell_what_they_did(
    store: TripleStore, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = run_command(list(arguments))
        return status, *capsys.readouterr()

    status, out, err = run("--data", "data", "publish", store.graphs)
    assert (status, err) == (0, "")
    assert "put" in out
    assert f"{BASE}adjacency" in out
    answer = json.loads(run("--data", "data", "publish", store.graphs, "--format", "json")[1])
    assert [graph["deed"] for graph in answer["graphs"]] == ["unchanged"] * 3
    local = run("--data", "data", "query", "pay-summary", "--format", "csv")
    assert run("query", "pay-summary", "--format", "csv", "--endpoint", store.queries) == local
    profile = ["--param", f"profile={ROLE}", "--endpoint", store.queries]
    assert "rg:Profile" in run("query", "profile-graph", *profile)[1]
    # An ASK that answers no.
    assert (
        run("query", "profile-has-skill", *profile, "--param", "skill=capital-and-automation-planning")[0]
        == 1
    )
    status, _, err = run("--data", "data", "query", "pay-summary", "--endpoint", store.queries)
    assert (status, "one of them" in err) == (2, True)
    status, _, err = run("query", "pay-summary", "--insecure")
    assert (status, "belong to --endpoint" in err) == (2, True)


def test_data_with_violations_are_not_sent(store: TripleStore, tmp_path: Path) -> None:
    graph = tmp_path / "broken.ttl"
    graph.write_text(
        "@prefix rg: <https://w3id.org/rolegraph/ns#> . <https://a.example/p> a rg:Profile .",
        encoding="utf-8",
    )
    answer = Architecture(graph=graph).publish(store.graphs)
    assert not isinstance(answer, Publication)
    assert not answer.conforms
    assert send(store.graphs) == b""
