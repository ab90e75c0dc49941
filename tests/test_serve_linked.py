"""The path of each IRI answers: as triples, or as a page that shows hostile labels as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from rolegraph.architecture import Architecture
from rolegraph.web.application import make_application
from rolegraph.web.settings import Settings
from serving import Client, Served, run_application, run_serve

BASE = "https://w3id.org/rolegraph/id/"
PATH = "/rolegraph/id/profile/MANUFA.BIOPROCE4427.M3"
IRI = f"{BASE}profile/MANUFA.BIOPROCE4427.M3"
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
FORMS = {
    ".ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    ".nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ".rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ".jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with run_serve("--workers", "2", "-k", "3") as server:
        yield server


def read(body: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, format=form)}


class Links(HTMLParser):
    """The links, elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def test_an_iri_answers_in_every_form_with_the_same_triples(served: Served) -> None:
    wanted = read(served.get(f"{PATH}.nt").body, ox.RdfFormat.N_TRIPLES)
    for suffix, (media_type, form) in FORMS.items():
        by_suffix, by_accept = served.get(PATH + suffix), served.get(PATH, media_type)
        assert read(by_suffix.body, form) == read(by_accept.body, form) == wanted
        for answer in (by_suffix, by_accept):
            assert answer.headers["content-type"].partition(";")[0] == media_type
            assert answer.headers["vary"] == "Accept"
            assert f'<{PATH}.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
        assert by_accept.headers["content-location"] == PATH + suffix
        assert "content-location" not in by_suffix.headers
    assert served.get(PATH).headers["content-type"] == "text/turtle; charset=utf-8"
    assert served.get(PATH, "image/png").status == 406


def test_it_answers_with_the_node_its_parts_and_the_labels_of_what_it_links_to(served: Served) -> None:
    triples = read(served.get(f"{PATH}.nt").body, ox.RdfFormat.N_TRIPLES)
    whole = Architecture()
    graph = ox.Store()
    for text in whole.documents(k=3).texts:
        graph.bulk_load(text, format=ox.RdfFormat.TURTLE)
    own = {quad.triple for quad in graph.quads_for_pattern(ox.NamedNode(IRI), None, None)}
    parts = {
        quad.triple
        for quad in graph
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(f"{IRI}#")
    }
    linked = {triple for triple in triples if triple not in own | parts}
    assert own
    assert parts
    # With -k 3, three nearest roles.
    assert (
        sum("#adjacent-" in str(triple.subject) and "#distance" in str(triple.predicate) for triple in parts)
        == 3
    )
    assert own <= triples
    assert {t.subject for t in parts if "#adjacent-" not in str(t.subject)} <= {t.subject for t in triples}
    assert linked
    assert all(re.search(r"prefLabel|label|title", triple.predicate.value) for triple in linked)
    assert ox.Triple(
        ox.NamedNode(f"{BASE}function/MANUFA"), LABEL, ox.Literal("Manufacturing Operations", language="en")
    ) in linked  # fmt: skip


def test_a_browser_gets_a_page_whose_links_this_server_answers(served: Served) -> None:
    answer = served.get(PATH, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-location"] == f"{PATH}.html"
    assert "Manufacturing Operations" in answer.text
    assert "Linked from" in answer.text
    page = Links(answer.text)
    assert page.elements.isdisjoint({"script", "img", "style", "iframe", "object"})
    assert all(link.startswith("/") and not link.startswith("//") for link in page.links)
    statuses = {link: served.get(link.partition("#")[0]).status for link in sorted(set(page.links))[:25]}
    unanswered = {link for link, status in statuses.items() if status != 200}
    assert all(link.startswith("/resource?iri=http") for link in unanswered)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_is_not_there_names_the_closest(served: Served) -> None:
    for path in (f"{PATH}3", "/rolegraph/id/profile/MANUFA.BIOPROCE4427.M9", "/rolegraph/id/skill/hplcc.ttl"):
        answer = served.get(path)
        assert answer.status == 404
        assert re.search(r"did you mean /rolegraph/id/(profile/MANUFA|skill/hplc)", answer.text)
    assert served.get("/rolegraph/id/").status == 404
    assert served.get("/nothing/like/it").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/rolegraph/id/../../../etc/passwd",
        "/../../etc/passwd",
        "/rolegraph/id/profile/..%2F..%2F..%2Fetc%2Fpasswd",
        "/rolegraph/id/profile%2FMANUFA.BIOPROCE4427.M3",
        "/rolegraph/id/profile/%00",
        "/rolegraph/id/%ff%fe",
        "//example.org/",
        "/rolegraph/id/a%22%3E%3Cscript%3E",
        '/rolegraph/id/a"><script>',
        "/rolegraph/id/profile/MANUFA.BIOPROCE4427.M3/",
        "/rolegraph/id/{}|^`",
        "/rolegraph/id/" + "a/" * 2000,
        "/data/focuses",
    ],
)
def test_a_hostile_path_is_not_there(served: Served, path: str) -> None:
    for accept, form in (("text/html", "text/html"), ("text/turtle", "text/plain")):
        answer = served.get(path, accept)
        assert answer.status == 404
        assert answer.headers["content-type"] == f"{form}; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert form == "text/plain" or "<script" not in answer.text


def test_any_iri_is_looked_up_by_its_parameter(served: Served) -> None:
    soc = f"{BASE}soc-2018/51-1011"
    answer = served.get(f"/resource?iri={quote(soc, safe='')}", "application/n-triples")
    assert soc in answer.text
    assert served.get(f"/resource?iri={quote(soc, safe='')}&accept=text%2Fhtml").headers["content-type"].startswith("text/html")  # fmt: skip
    for wrong in (
        "",
        "?iri=",
        "?iri=relative",
        "?iri=a:b&iri=a:c",
        "?iri=" + quote("urn:a b"),
        "?iri=" + quote("urn:<a>"),
    ):
        assert served.get(f"/resource{wrong}").status == 400
    assert served.get("/resource?iri=urn:nobody").status == 404


def test_the_vocabulary_answers(served: Served) -> None:
    wanted = read(served.get("/rolegraph/ns.nt").body, ox.RdfFormat.N_TRIPLES)
    assert ox.NamedNode("https://w3id.org/rolegraph/ns#Profile") in {triple.subject for triple in wanted}
    for suffix, (media_type, form) in FORMS.items():
        assert read(served.get(f"/rolegraph/ns{suffix}").body, form) == wanted
        assert read(served.get("/rolegraph/ns", media_type).body, form) == wanted
    page = served.get("/rolegraph/ns", "text/html").text
    assert '<tr id="Profile">' in page
    assert served.get("/rolegraph/ns", "image/png").status == 406


def test_start_health_and_void(served: Served) -> None:
    assert 'href="/sparql"' in served.get("/").text
    assert served.get("/health").json["status"] == "ok"
    void = served.get("/.well-known/void")
    assert f"void:sparqlEndpoint <{served.url}/sparql>" in void.text
    assert f"<{BASE}dataset>" in void.text
    for link in Links(served.get("/").text).links:
        assert served.get(link).status == 200


# A graph that means harm ----------------------------------------------------------------------------------------

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' & \u202egnp.exe\u0001 \U0001f600"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    node = ox.NamedNode("https://example.org/jobs/profile/X.Y.P1")
    name = {word: ox.NamedNode(rdfs + word) for word in ("label", "seeAlso", "comment")}
    dataset = ox.NamedNode("https://example.org/jobs/dataset")
    triples = [
        ox.Triple(dataset, ox.NamedNode(rdf + "type"), ox.NamedNode("http://www.w3.org/ns/dcat#Dataset")),
        ox.Triple(
            dataset, ox.NamedNode("http://purl.org/vocab/vann/preferredNamespaceUri"), ox.Literal("https://example.org/jobs/")
        ),
        ox.Triple(node, LABEL, ox.Literal(EVIL)),
        ox.Triple(node, name["comment"], ox.Literal(EVIL, language="en")),
        ox.Triple(node, name["seeAlso"], ox.NamedNode("javascript:alert(1)")),
        ox.Triple(node, name["seeAlso"], ox.NamedNode("https://example.org/jobs//evil.example/")),
        ox.Triple(node, name["seeAlso"], ox.NamedNode("https://example.org/jobs/a'onclick=alert(1)")),
        ox.Triple(node, name["seeAlso"], ox.NamedNode(f"{node.value}#a'onmouseover=alert(1)")),
        ox.Triple(ox.NamedNode(f"{node.value}#a'onmouseover=alert(1)"), name["label"], ox.Literal(EVIL)),
        ox.Triple(node, name["seeAlso"], ox.BlankNode("b")),
        ox.Triple(ox.BlankNode("b"), name["label"], ox.Literal("blank")),
        ox.Triple(ox.NamedNode("https://example.org/jobs/other"), name["seeAlso"], node),
        ox.Triple(node, ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated"), ox.Literal(True)),
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("hostile") / "graph.nt"
    file.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    with run_application(make_application(Architecture(graph=file), Settings(quiet=True))) as client:
        yield client


def test_a_hostile_label_is_text(hostile: Client) -> None:
    answer = hostile.get("/jobs/profile/X.Y.P1.html")
    assert answer.status == 200
    page = Links(answer.text)
    assert page.elements.isdisjoint({"script", "img"})
    assert not any(name.startswith("on") for name in page.attributes)
    assert not any(link.lower().startswith("javascript") or link.startswith("//") for link in page.links)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "\x01" not in answer.text
    assert "<bdi>" in answer.text
    assert "blank" in answer.text
    assert "https://example.org/jobs/other" in answer.text


def test_a_retired_node_answers_and_what_xml_cannot_hold_is_told(hostile: Client) -> None:
    assert "deprecated" in hostile.get("/jobs/profile/X.Y.P1", "text/turtle").text
    refused = hostile.get("/jobs/profile/X.Y.P1.rdf")
    assert (refused.status, "XML cannot hold" in refused.text) == (406, True)
    assert EVIL in [
        triple.object.value
        for triple in read(hostile.get("/jobs/profile/X.Y.P1.jsonld").body, ox.RdfFormat.JSON_LD)
        if triple.predicate == LABEL
    ]


def test_blank_nodes_come_along(hostile: Client) -> None:
    triples = read(hostile.get("/jobs/profile/X.Y.P1.nt").body, ox.RdfFormat.N_TRIPLES)
    assert any(isinstance(triple.subject, ox.BlankNode) for triple in triples)
    assert len([t for t in triples if t.predicate.value.endswith("seeAlso")]) == 5


def test_a_graph_without_a_base_has_no_paths(tmp_path: Path) -> None:
    file = tmp_path / "bare.ttl"
    file.write_text("<https://a.org/x> <https://a.org/p> <https://a.org/y> .")
    with run_application(make_application(Architecture(graph=file), Settings(quiet=True))) as client:
        assert client.get("/x").status == 404
        assert client.get("/resource?iri=https://a.org/x").status == 200
        assert client.get("/.well-known/void").status == 200
        assert client.get("/").status == 200


def test_routes_of_others_come_before_the_paths_of_iris(tmp_path: Path) -> None:
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    from rolegraph.web.site import find_site

    async def answer(request: Request) -> Response:
        if "fail" in request.query_params:
            raise ValueError("a fault <of> the code")
        return JSONResponse({"triples": find_site(request).pool.triples})

    file = tmp_path / "bare.ttl"
    file.write_text("<https://a.org/x> <https://a.org/p> <https://a.org/y> .")
    routes = [Route("/api/size", answer)]
    with run_application(make_application(Architecture(graph=file), Settings(quiet=True), routes)) as client:
        assert client.get("/api/size").json == {"triples": 1}
        fault = client.get("/api/size?fail")
        assert (fault.status, fault.text) == (500, "something went wrong in the server; its log says what\n")
        assert fault.headers["access-control-allow-origin"] == "*"
