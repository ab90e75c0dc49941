"""The pages of the site on a server: the bytes of the folder, with headers that fit, and the way there for people."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from rolegraph.architecture import Architecture
from rolegraph.rdf.write import write_turtle
from rolegraph.site.book import POLICY, Book
from rolegraph.site.contents import list_paths, make_file
from rolegraph.web.application import make_application
from rolegraph.web.settings import Settings
from serving import Client, run_application

SMALL = Path(__file__).parent / "fixtures" / "small"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PROFILE = "BUILD1.FRAMES01.P3"
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "zip": "application/zip",
    "gz": "application/gzip",
    "graphml": "application/graphml+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def architecture() -> Architecture:
    return Architecture(SMALL)


@pytest.fixture(scope="module")
def book(architecture: Architecture) -> Book:
    return Book(Architecture(SMALL), k=3)


@pytest.fixture(scope="module")
def served(architecture: Architecture) -> Iterator[Client]:
    settings = Settings(workers=1, k=3, quiet=True)
    with run_application(make_application(architecture, settings)) as client:
        yield client


class Page(HTMLParser):
    """The links of a page, and the cells of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.cells: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag == "td":
            self.cells.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.cells[-1] += data


# The files ------------------------------------------------------------------------------------------------------


def test_every_sort_of_file_has_the_bytes_of_the_folder_and_its_type(served: Client, book: Book) -> None:
    sorts: dict[tuple[str, str], str] = {}
    for path in list_paths(book):
        sorts.setdefault((path.rpartition("/")[0], path.rpartition(".")[2]), path)
    assert {ending for _, ending in sorts} == TYPES.keys()
    for path in sorts.values():
        answer = served.get(f"/site/{path}")
        assert (answer.status, answer.body) == (200, make_file(book, path)), path
        assert answer.headers["content-type"] == TYPES[path.rpartition(".")[2]]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-length"] == str(len(answer.body))
        assert "content-encoding" not in answer.headers
    packed = served.get("/site/downloads/rolegraph.nt.gz").body
    assert gzip.decompress(packed).startswith(b"<")


def test_a_page_has_the_policy_of_its_file_and_may_not_be_framed(served: Client) -> None:
    answer = served.get(f"/site/profile/{PROFILE}.html")
    assert answer.headers["content-security-policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert "default-src 'none'" in served.get("/site/assets/load.js").headers["content-security-policy"]


@pytest.mark.parametrize("path", ["index.html", "assets/site.css", "downloads/rolegraph.ttl"])
def test_a_client_keeps_a_file_by_its_tag(served: Client, path: str) -> None:
    first = served.get(f"/site/{path}")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = served.call("GET", f"/site/{path}", {"If-None-Match": known})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    changed = served.call("GET", f"/site/{path}", {"If-None-Match": '"other"'})
    assert (changed.status, changed.body) == (200, first.body)
    head = served.call("HEAD", f"/site/{path}")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-length"] == str(len(first.body))


def test_addresses_keep_their_questions(served: Client, book: Book) -> None:
    assert served.get("/site/compare.html?keys=A,B").body == make_file(book, "compare.html")


# What is not there ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "nothing.html", "profile/NOBODY.html", "profile/", "site.json", "assets/../index.html", "../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd", "assets/..%2f..%2fbook.py", "assets/%2e%2e/texts/en/frame.json", "/index.html",
        "//etc/passwd", "assets%5c..%5cbook.py", "index.html%00.css", "downloads/..%2findex.html", "templates/frame.html",
        "downloads/nothing.ttl", "%ff%fe", "x" * 5_000, "profile/" + quote(PROFILE) + ".html/",
        quote('"><script>alert(1)</script>'),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(served: Client, path: str) -> None:
    answer = served.call("GET", f"/site/{path}")
    assert answer.status == 404
    assert answer.text == "there is no such file of the site; /site/index.html is its first page\n"
    page = served.get(f"/site/{path}", BROWSER)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no such page" in page.text
    assert "<script>alert" not in page.text
    assert page.headers["content-security-policy"].startswith(POLICY)


def test_the_page_for_what_is_not_there_finds_its_styles(served: Client) -> None:
    for path in ("a.html", "profile/a.html", "a/b/c/d"):
        page = Page(served.get(f"/site/{path}", BROWSER).text)
        up = "../" * path.count("/")
        assert f"{up or './'}assets/site.css".removeprefix("./") in {
            link.removeprefix("./") for link in page.links
        }


def test_pages_are_read_and_not_written(served: Client) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert served.call(method, "/site/index.html").status == 405


# The way there --------------------------------------------------------------------------------------------------


def test_people_are_led_to_the_pages_and_programs_are_not(served: Client) -> None:
    for path in ("/", "/site", "/site/"):
        answer = served.get(path, BROWSER)
        assert (answer.status, answer.headers["location"]) == (307, "/site/index.html")
    for accept in (None, "*/*", "application/json"):
        answer = served.get("/", accept)
        assert answer.status == 200
        assert 'href="/sparql"' in answer.text
    assert served.get("/endpoint", BROWSER).body == served.get("/").body


def test_what_is_said_of_a_node_leads_to_its_page(served: Client, architecture: Architecture) -> None:
    base = architecture.taxonomy.dataset.base
    for name, page in (
        (f"profile/{PROFILE}", f"/site/profile/{PROFILE}.html"),
        ("focus/BUILD1.FRAMES01", "/site/focus/BUILD1.FRAMES01.html"),
        ("level/P3", "/site/level/P3.html"),
        ("function/BUILD1", "/site/function/BUILD1.html"),
        ("dataset", None),
    ):
        answer = served.get(f"/resource?iri={quote(base + name, safe='')}", BROWSER)
        links = [
            link for link in Page(answer.text).links if link.startswith("/site/") and link.endswith(".html")
        ]
        assert [link for link in links if link != "/site/index.html"] == ([page] if page else [])
        for link in links:
            assert served.get(link).status == 200
        assert (
            served.get("/site/assets/site.css").status
            == served.get("/site/assets/endpoint.css").status
            == 200
        )


# Answers of SPARQL for people -----------------------------------------------------------------------------------


def test_a_browser_gets_an_answer_as_a_table(served: Client) -> None:
    query = "SELECT ?code ?title { ?p a rg:Profile ; skos:notation ?code . OPTIONAL { ?p schema:none ?title } } ORDER BY ?code LIMIT 2"
    answer = served.ask(query, BROWSER)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    rows = served.ask(query, "text/csv").text.splitlines()[1:]
    assert Page(answer.text).cells == [cell for row in rows for cell in row.split(",")]
    assert "2 rows" in answer.text
    for link in Page(answer.text).links:
        if link.startswith("/sparql?"):
            assert served.get(link).status == 200
    assert ">Yes<" in served.ask("ASK { ?s ?p ?o }", BROWSER).text
    assert ">No<" in served.ask("ASK { <urn:none> ?p ?o }", BROWSER).text
    assert "0 rows" in served.ask("SELECT ?s { ?s <urn:none> 1 }", BROWSER).text


def test_the_form_offers_nothing_that_is_refused(served: Client) -> None:
    form = served.get("/sparql", BROWSER).text
    offered = [part.partition('"')[0] for part in form.split('<option value="')[1:]]
    assert offered[0] == "text/html"
    for query in (
        "SELECT * { ?s ?p ?o } LIMIT 1",
        "CONSTRUCT WHERE { ?s a rg:Level }",
        "ASK {}",
        "DESCRIBE <urn:x>",
    ):
        for accept in offered:
            assert served.ask(query, None, f"&accept={quote(accept)}").status == 200, (query, accept)
    table = served.ask("CONSTRUCT WHERE { ?s a rg:Level } LIMIT 3", BROWSER)
    assert len(Page(table.text).cells) == 9


def test_texts_that_mean_harm_stay_texts_in_a_table(served: Client) -> None:
    query = 'SELECT ("\\"><script>alert(1)</script>" AS ?x) (<javascript:alert(1)> AS ?y) (BNODE() AS ?z) ("a\\u202eb"@ar AS ?w) {}'
    answer = served.ask(query, BROWSER)
    assert "<script>" not in answer.text
    assert not [link for link in Page(answer.text).links if not link.startswith("/")]
    assert Page(answer.text).cells[0] == '"><script>alert(1)</script>'
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


def test_many_rows_are_cut_and_told(served: Client) -> None:
    answer = served.ask("SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 1200", BROWSER)
    assert "1,200 rows; the first 1,000 are shown" in answer.text
    assert len(Page(answer.text).cells) == 2_000


# Other graphs ---------------------------------------------------------------------------------------------------


def test_a_graph_that_is_no_architecture_is_served_without_pages(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<urn:a> <urn:b> 1 .")
    application = make_application(Architecture(graph=file), Settings(workers=1, quiet=True))
    with run_application(application) as client:
        assert client.get("/", BROWSER).status == 200
        for path in ("/site/index.html", "/site/downloads/rolegraph.ttl", "/site/nothing"):
            answer = client.get(path, BROWSER)
            assert (answer.status, "no pages" in answer.text) == (404, True), path
        assert client.get("/site/assets/site.css").status == 200
        node = client.get("/resource?iri=urn%3Aa", BROWSER)
        assert (node.status, "Its page for people" in node.text) == (200, False)


def test_a_graph_file_has_the_pages_of_its_records_and_what_stands_beside_them(
    architecture: Architecture, book: Book, tmp_path: Path
) -> None:
    file = tmp_path / "graph.ttl"
    base = architecture.taxonomy.dataset.base
    with file.open("wb") as sink:
        write_turtle(architecture.taxonomy, sink)
        sink.write(f'<{base}profile/{PROFILE}> <urn:x:note> "beside" .\n'.encode())
    application = make_application(Architecture(graph=file), Settings(workers=1, k=3, quiet=True))
    with run_application(application) as client:
        assert client.get("/", BROWSER).status == 307
        turtle = client.get(f"/site/profile/{PROFILE}.ttl").body
        note = ox.Triple(
            ox.NamedNode(f"{base}profile/{PROFILE}"), ox.NamedNode("urn:x:note"), ox.Literal("beside")
        )
        assert note in {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
        assert client.get(f"/site/profile/{PROFILE}.csv").body == make_file(book, f"profile/{PROFILE}.csv")


@pytest.mark.parametrize("given", ["bytes=5-2", "bytes=a-b", "pages=1-2"])
def test_a_range_that_cannot_be_read_is_as_none(served: Client, given: str) -> None:
    whole = served.get("/site/downloads/rolegraph.ttl")
    reply = served.call("GET", "/site/downloads/rolegraph.ttl", {"Range": given})
    assert (reply.status, reply.body) == (200, whole.body)
    part = served.call("GET", "/site/downloads/rolegraph.ttl", {"Range": "bytes=0-9"})
    assert (part.status, part.body) == (206, whole.body[:10])


def test_a_browser_is_told_what_went_wrong_on_a_page(served: Client) -> None:
    wanted = f"/workshop/profile/{PROFILE.lower()}"
    page = served.get(wanted, BROWSER)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert f'<a href="/workshop/profile/{PROFILE}">' in page.text
    assert served.get(wanted, "*/*").headers["content-type"].startswith("text/plain")
    hostile = served.get("/%3Cscript%3Ealert(1)%3C/script%3E", BROWSER)
    assert hostile.status == 404
    assert "<script>" not in hostile.text
    assert served.get("/api/adjacent?role=x", BROWSER).headers["content-type"] == "application/problem+json"
