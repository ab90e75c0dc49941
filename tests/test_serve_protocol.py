"""The endpoint keeps the SPARQL 1.1 Protocol: the W3C's own cases, and the same behaviour on the project's data."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF

from rolegraph.architecture import Architecture
from rolegraph.store.documents import Documents
from rolegraph.web.application import make_application
from rolegraph.web.negotiation import GRAPH_TYPES, ROW_TYPES, choose_type
from rolegraph.web.settings import Settings
from serving import DIRECT, FORM, Client, Served, run_application, run_command, run_serve

FIXTURE = Path(__file__).parent / "fixtures" / "queries.ttl"
W3C = Path(__file__).parents[2] / "shared" / "data" / "w3c" / "sparql11-protocol"
SELECT = "SELECT ?c { ?s a rg:Profile ; skos:notation ?c } ORDER BY ?c LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s skos:notation ?c } WHERE { ?s a rg:Track ; skos:notation ?c }"
TRACK = '<https://example.org/jobs/track/P> <http://www.w3.org/2004/02/skos/core#notation> "P" .\n'


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with run_serve("--graph", str(FIXTURE), "--workers", "2") as server:
        yield server


def read_graph(data: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=form)}


class Graphs(Architecture):
    """An architecture whose data are named graphs of single files."""

    def __init__(self, graphs: tuple[tuple[str, Path], ...]) -> None:
        super().__init__()
        self.graphs = graphs

    def documents(self, edition: str = "", *, query: str = "", k: int = 10) -> Documents:
        return Documents(texts=(b"",), graphs=self.graphs)


# The W3C's cases ------------------------------------------------------------------------------------------------

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UPDATES = {"application/sparql-update"}
ACCEPTED = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {t for t, form in ROW_TYPES.items() if form in {"json", "xml", "csv", "tsv"}},
    "RDF": set(GRAPH_TYPES),
}


def read_cases() -> list[Any]:
    if not W3C.exists():
        reason = "the W3C's protocol tests are not here (../shared/data/w3c/sparql11-protocol)"
        return [pytest.param(None, None, marks=pytest.mark.skip(reason=reason))]
    graph = rdflib.Graph().parse(W3C / "manifest.ttl")
    [entries] = graph.objects(None, MF.entries)
    return [
        pytest.param(graph, case, id=str(case).rpartition("#")[2])
        for case in graph.items(entries)
        if (case, RDF.type, MF.ProtocolTest) in graph
    ]


@pytest.fixture(scope="module")
def w3c() -> Iterator[Client]:
    name = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
    graphs = tuple((name.format(n), W3C / f"data{n}.nt") for n in (1, 2, 3))
    with run_application(make_application(Graphs(graphs), Settings(quiet=True))) as client:
        yield client


def test_every_case_of_the_w3c_is_here() -> None:
    cases = read_cases()
    assert len(cases) in {1, 34}


@pytest.mark.parametrize(("graph", "case"), read_cases())
def test_w3c_case(graph: rdflib.Graph, case: Any, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue("w3c")
    [action] = graph.objects(case, MF.action)
    [requests] = graph.objects(action, HT.requests)
    told = [send(client, graph, node) for node in graph.items(requests)]
    if str(case).rpartition("#")[2].startswith("update_"):
        # This endpoint only reads: where the W3C's endpoint carries out an update, it refuses, and nothing has changed.
        assert told[0].status == 403
        assert "an update is refused: the graph is only read" in told[0].text
        assert [answer.json["boolean"] for answer in told[1:]] == [False] * (len(told) - 1)
        return
    for node, answer in zip(graph.items(requests), told, strict=True):
        [expected] = graph.objects(node, HT.resp)
        statuses = {str(s)[-3:-2] for s in graph.objects(expected, MF.expectedStatus)}
        assert str(answer.status)[0] in statuses, answer.text
        for form in graph.objects(expected, MF.expectedFormat):
            assert answer.headers["content-type"].partition(";")[0] in ACCEPTED[str(form)]
        for boolean in graph.objects(expected, MF.expectedBoolean):
            assert answer.json["boolean"] is boolean.toPython()  # type: ignore[attr-defined]


def send(client: Client, graph: rdflib.Graph, node: Any) -> Any:
    body = b""
    for content in graph.objects(node, HT.body):
        [chars], [encoding] = graph.objects(content, CNT.chars), graph.objects(content, CNT.characterEncoding)
        body = str(chars).encode(str(encoding))
    headers = {
        str(graph.value(header, HT.fieldName)): str(graph.value(header, HT.fieldValue))
        for collection in graph.objects(node, HT.headers)
        for header in graph.items(collection)
    }
    method, path = graph.value(node, HT.methodName), graph.value(node, HT.absolutePath)
    return client.call(str(method), str(path), headers, body)


# The same behaviour, on the project's own data -------------------------------------------------------------------


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Three named graphs ``urn:g:1`` to ``urn:g:3``, each with one triple that names it."""
    folder = tmp_path_factory.mktemp("graphs")
    files = tuple((f"urn:g:{n}", folder / f"{n}.nt") for n in (1, 2, 3))
    for name, file in files:
        file.write_text(f"<{name}> <urn:p> <urn:o> .\n")
    with run_application(make_application(Graphs(files), Settings(quiet=True))) as client:
        yield client


EVERY = "SELECT (GROUP_CONCAT(STR(?s)) AS ?all) { SELECT ?s { %s } ORDER BY ?s }"


@pytest.mark.parametrize(
    ("chosen", "pattern", "found"),
    [
        ("", "?s ?p ?o", ""),
        ("", "GRAPH ?g { ?s ?p ?o }", "1 2 3"),
        ("default-graph-uri=urn:g:1", "?s ?p ?o", "1"),
        ("default-graph-uri=urn:g:1&default-graph-uri=urn:g:3", "?s ?p ?o", "1 3"),
        ("default-graph-uri=urn:g:1", "GRAPH ?g { ?s ?p ?o }", ""),
        ("named-graph-uri=urn:g:2", "GRAPH ?g { ?s ?p ?o }", "2"),
        ("named-graph-uri=urn:g:2", "?s ?p ?o", ""),
        (
            "default-graph-uri=urn:g:1&named-graph-uri=urn:g:2",
            "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }",
            "1 2",
        ),
        ("default-graph-uri=urn:g:unknown", "?s ?p ?o", ""),
        ("named-graph-uri=urn:g:unknown", "GRAPH ?g { ?s ?p ?o }", ""),
    ],
)
def test_the_request_chooses_among_the_graphs_that_are_loaded(
    graphs: Client, chosen: str, pattern: str, found: str
) -> None:
    query = EVERY % pattern
    wanted = " ".join(f"urn:g:{n}" for n in found.split())
    url = f"/sparql?{chosen}"
    answers = (
        graphs.get(f"{url}&{urlencode({'query': query})}"),
        graphs.call("POST", url, {"Content-Type": DIRECT}, query.encode()),
        graphs.call(
            "POST", "/sparql", {"Content-Type": FORM}, (f"{chosen}&{urlencode({'query': query})}").encode()
        ),
    )
    for answer in answers:
        assert answer.json["results"]["bindings"][0]["all"]["value"] == wanted


def test_graphs_of_the_request_stand_in_place_of_from(graphs: Client) -> None:
    query = "SELECT * FROM <urn:g:3> FROM NAMED <urn:g:3> { ?s ?p ?o }"
    refused = graphs.get("/sparql?" + urlencode({"query": query}))
    assert (refused.status, "FROM is refused" in refused.text) == (400, True)
    chosen = graphs.get("/sparql?" + urlencode({"query": query, "default-graph-uri": "urn:g:1"}))
    assert [row["s"]["value"] for row in chosen.json["results"]["bindings"]] == ["urn:g:1"]
    # What was checked beside chosen graphs is not taken for checked without them.
    assert graphs.get("/sparql?" + urlencode({"query": query})).status == 400


def test_relative_iris_are_those_of_the_data_or_of_the_endpoint(served: Served, graphs: Client) -> None:
    assert served.ask("ASK { <profile/LAB.CELL.P1> a rg:Profile }").json["boolean"] is True
    built = graphs.ask("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples")
    assert built.text.startswith(f"<{graphs.url}/s> <{graphs.url}/p> ")


@pytest.mark.parametrize("graph", ["relative", "<urn:g>", ""])
def test_a_graph_is_an_absolute_iri(graphs: Client, graph: str) -> None:
    answer = graphs.get("/sparql?" + urlencode({"query": "ASK {}", "default-graph-uri": graph}))
    assert (answer.status, "not an absolute IRI" in answer.text) == (400, True)


def test_three_ways_to_send_a_query_give_one_answer(served: Served) -> None:
    by_get = served.ask(SELECT, "text/csv")
    by_post = served.post(SELECT, "text/csv")
    form = {"Content-Type": f"{FORM}; charset=UTF-8", "Accept": "text/csv"}
    by_form = served.call("POST", "/sparql", form, urlencode({"query": SELECT}).encode())
    assert by_get.body == by_post.body == by_form.body == b"c\r\nLAB.CELL.P1\r\nLAB.CELL.P10\r\n"
    assert {answer.status for answer in (by_get, by_post, by_form)} == {200}
    head = served.call("HEAD", f"/sparql?query={quote(SELECT)}", {"Accept": "text/csv"})
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(by_get.body)))


def test_every_form_of_a_table(served: Served) -> None:
    wanted = [["LAB.CELL.P1"], ["LAB.CELL.P10"]]
    for media_type, form in ROW_TYPES.items():
        answer = served.ask(SELECT, media_type)
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.headers["vary"] == "Accept"
        if form == "csv":
            assert list(csv.reader(io.StringIO(answer.text)))[1:] == wanted
        elif form == "tsv":
            assert answer.text == '?c\n"LAB.CELL.P1"\n"LAB.CELL.P10"\n'
        else:
            parsed = ox.parse_query_results(answer.body, format=getattr(ox.QueryResultsFormat, form.upper()))
            assert isinstance(parsed, ox.QuerySolutions)
            assert [[row[0].value] for row in parsed] == wanted


def test_every_form_of_a_graph(served: Served) -> None:
    forms = {
        "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
    }  # fmt: skip
    wanted = read_graph(TRACK.encode(), ox.RdfFormat.N_TRIPLES)
    for media_type, form in GRAPH_TYPES.items():
        answer = served.ask(CONSTRUCT, media_type)
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert read_graph(answer.body, forms[form]) == wanted
    described = served.ask('DESCRIBE ?s { ?s a rg:Track ; skos:notation "P" }', "application/n-triples")
    assert wanted < read_graph(described.body, ox.RdfFormat.N_TRIPLES)


def test_what_a_client_gets_that_does_not_say(served: Served) -> None:
    for accept in (None, "*/*", ""):
        assert served.ask(SELECT, accept).headers["content-type"] == "application/sparql-results+json"
        assert served.ask("ASK {}", accept).json == {"head": {}, "boolean": True}
        assert served.ask(CONSTRUCT, accept).headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/csv; header=present; q=0.5, text/tab-separated-values;q=0.500", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("text/csv;q=2, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("nonsense, text/csv", "text/csv"),
        ("image/png", None),
        ("*/*;q=0", None),
    ],
)
def test_the_form_is_chosen_by_quality(accept: str, chosen: str | None) -> None:
    assert choose_type(accept, ROW_TYPES) == chosen


def test_a_form_that_is_not_had_is_told_with_those_that_are(served: Served) -> None:
    for query, accept in (
        (SELECT, "image/png"),
        (SELECT, "text/turtle"),
        (CONSTRUCT, "text/csv"),
        ("ASK {}", "a/b"),
    ):
        answer = served.ask(query, accept)
        assert answer.status == 406
        assert "application/sparql-results+json" in answer.text
        assert "text/turtle" in answer.text
    assert served.ask(SELECT, "image/png", "&accept=text/csv").headers["content-type"].startswith("text/csv")


def test_xml_that_cannot_hold_the_answer_is_refused(served: Served) -> None:
    query = 'SELECT ("a\\u0001b" AS ?x) {}'
    assert (
        served.ask(query, "application/sparql-results+json").json["results"]["bindings"][0]["x"]["value"]
        == "a\x01b"
    )
    answer = served.ask(query, "application/sparql-results+xml")
    assert (answer.status, "XML cannot hold" in answer.text) == (406, True)
    graph = served.ask("CONSTRUCT { <urn:a> <urn:1> 1 } WHERE {}", "application/rdf+xml")
    assert (graph.status, "XML cannot hold" in graph.text) == (406, True)


@pytest.mark.parametrize(
    ("method", "path", "content", "body", "status", "message"),
    [
        ("PUT", "/sparql?query=ASK%20{}", None, b"", 405, "use GET or POST"),
        ("DELETE", "/sparql", None, b"", 405, "use GET or POST"),
        ("POST", "/sparql", "text/plain", b"ASK {}", 415, "send application/sparql-query or"),
        ("POST", "/sparql", None, b"ASK {}", 415, "without a type"),
        ("POST", "/sparql", f"{DIRECT}; charset=utf-16", "ASK {}".encode("utf-16"), 415, "UTF-8"),
        ("POST", "/sparql", DIRECT, b"ASK { \xff }", 400, "not UTF-8 at byte 7"),
        ("POST", "/sparql", FORM, b"query=%FF", 400, "not UTF-8"),
        ("POST", "/sparql", FORM, b"x=1", 400, "there is no query"),
        ("POST", "/sparql?query=ASK%20{}", DIRECT, b"ASK {}", 400, "there are 2 queries"),
        ("GET", "/sparql?query=ASK%20{}&query=ASK%20{}", None, None, 400, "there are 2 queries"),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 403, "an update is refused"),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403, "an update is refused"),
        ("POST", "/sparql", "application/sparql-update", b"CLEAR ALL", 403, "an update is refused"),
        ("GET", "/sparql?query=CLEAR%20ALL", None, None, 400, "an update is refused"),
        ("GET", "/sparql?query=ASK%20{", None, None, 400, "cannot be read as SPARQL"),
        ("GET", "/sparql?query=" + quote("ASK { SERVICE <http://127.0.0.1/> { } }"), None, None, 400, "SERVICE is refused"),
        ("GET", "/sparql?query=" + quote("ASK FROM <urn:a> { }"), None, None, 400, "FROM is refused"),
        ("GET", "/sparql?query=", None, None, 400, "cannot be read as SPARQL"),
        ("POST", "/health", FORM, b"", 405, "POST is not answered here; use GET"),
    ],
)  # fmt: skip
def test_refusals(
    served: Served, method: str, path: str, content: str | None, body: bytes | None, status: int, message: str
) -> None:
    headers = {} if content is None else {"Content-Type": content}
    answer = served.call(method, path, headers, body)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert message in answer.text
    told = served.call(method, path, {**headers, "Accept": "application/problem+json, */*;q=0.1"}, body)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json["status"] == status
    assert message in told.json["detail"]


def test_an_error_says_what_the_command_line_says(served: Served) -> None:
    query = "SELECT * { ?s nix:x ?o }"
    answer = served.ask(query)
    assert (
        answer.text
        == "line 1, column 15: the prefix nix: is not declared; add PREFIX nix: <...> at the top\n"
    )
    told = run_command("--graph", str(FIXTURE), "query", "-", text=query)
    assert told.stderr.removeprefix("error: ") == answer.text


def test_any_page_may_ask(served: Served) -> None:
    for path in ("/sparql", "/health", "/nowhere"):
        preflight = served.call("OPTIONS", path, {"Origin": "https://example.org"})
        assert (preflight.status, preflight.body) == (204, b"")
        assert "POST" in preflight.headers["access-control-allow-methods"]
        assert served.get(path).headers["access-control-allow-origin"] == "*"


def test_the_service_describes_itself(served: Served) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    graph = rdflib.Graph().parse(data=served.get("/sparql", "text/turtle").body, format="turtle")
    [service] = graph.subjects(RDF.type, rdflib.URIRef(sd + "Service"))
    assert graph.value(service, rdflib.URIRef(sd + "endpoint")) == rdflib.URIRef(f"{served.url}/sparql")
    formats = {str(o).rpartition("/")[2] for o in graph.objects(service, rdflib.URIRef(sd + "resultFormat"))}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "Turtle", "JSON-LD"} <= formats
    page = served.get("/sparql", "text/html,*/*;q=0.8")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<textarea id="query" name="query"' in page.text
    assert served.get("/sparql", "image/png").status == 406


def test_the_named_graphs_stand_in_the_description(graphs: Client) -> None:
    text = graphs.get("/sparql").text
    assert all(f"<urn:g:{n}>" in text for n in (1, 2, 3))
    assert "urn:g:2" in graphs.get("/sparql", "text/html").text


def test_a_host_that_is_no_name_is_refused_or_escaped(served: Served) -> None:
    for host in ('a"><script>', "a b", "<x>"):
        answer = served.call("GET", "/sparql", {"Host": host, "Accept": "text/turtle"})
        assert answer.status == 400 or b"<script>" not in answer.body


# Real clients ----------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_sparqlwrapper_asks_it(served: Served) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    for method in (wrapper.GET, wrapper.POST):
        for request_method in (wrapper.URLENCODED, wrapper.POSTDIRECTLY):
            client = wrapper.SPARQLWrapper(f"{served.url}/sparql", returnFormat=wrapper.JSON)
            client.setMethod(method)
            client.setRequestMethod(request_method)
            client.setQuery("PREFIX rg: <https://w3id.org/rolegraph/ns#> SELECT ?s { ?s a rg:Track }")
            if method == wrapper.GET and request_method == wrapper.POSTDIRECTLY:
                continue
            rows = client.query().convert()["results"]["bindings"]
            assert [row["s"]["value"] for row in rows] == ["https://example.org/jobs/track/P"]
    client = wrapper.SPARQLWrapper(f"{served.url}/sparql")
    client.setQuery(
        "PREFIX rg: <https://w3id.org/rolegraph/ns#> CONSTRUCT { ?s a rg:Track } WHERE { ?s a rg:Track }"
    )
    assert len(client.query().convert()) == 1
    client.setQuery("ASK {}")
    client.setReturnFormat(wrapper.XML)
    assert "<boolean>true</boolean>" in client.query().convert().toxml()


@pytest.mark.skipif(shutil.which("roqet") is None, reason="roqet (rasqal-utils) is not installed")
def test_roqet_asks_it(served: Served, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text("PREFIX rg: <https://w3id.org/rolegraph/ns#> SELECT ?s WHERE { ?s a rg:Track }")
    answer = subprocess.run(
        ["roqet", "-q", "-r", "csv", "-p", f"{served.url}/sparql", str(query)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "https://example.org/jobs/track/P" in answer.stdout


def test_rdflib_asks_it(served: Served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{served.url}/sparql"))
    rows = graph.query("SELECT ?s { ?s a <https://w3id.org/rolegraph/ns#Track> }")
    assert [str(row[0]) for row in rows] == ["https://example.org/jobs/track/P"]  # type: ignore[index]
