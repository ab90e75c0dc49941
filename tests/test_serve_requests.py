"""How the server takes requests: its address, whole addresses as targets, bodies that do not come, paths misspelt."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import DIRECT, Reply, Served, run_command, run_serve

FIXTURE = Path(__file__).parent / "fixtures" / "queries.ttl"
WARNING = "is reached from other machines"


def has_version_6() -> bool:
    try:
        with closing(socket.create_server(("::1", 0), family=socket.AF_INET6)):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    host = "[::1]" if has_version_6() else "localhost"
    with run_serve("--graph", str(FIXTURE), "--workers", "1", "--timeout", "1", "--host", host) as server:
        yield server


def send(server: Served, request: bytes) -> Reply:
    """A request that is written byte by byte as it stands; the answer until the server ends the connection."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=30) as client:
        client.sendall(request)
        received = b""
        while part := client.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Reply(int(first.split()[1]), headers, body)


@pytest.mark.skipif(not has_version_6(), reason="the system has no IPv6")
def test_an_address_of_version_6_may_stand_in_brackets(served: Served) -> None:
    assert "serving at http://[::1]:" in served.read_log()
    assert served.get("/health").status == 200


def test_what_this_machine_alone_reaches_is_told_without_a_warning(served: Served) -> None:
    assert WARNING not in served.read_log()


def test_a_host_that_is_not_there_is_an_error_and_no_warning() -> None:
    told = run_command("--graph", str(FIXTURE), "serve", "--host", "no.such.host.invalid")
    assert told.returncode == 2
    assert told.stderr.startswith("error: there is no host no.such.host.invalid here")
    assert WARNING not in told.stderr


@pytest.mark.parametrize("name", ["jobs.example", "user:secret@jobs.example"])
def test_a_whole_address_is_asked_for_by_its_path_at_its_host(served: Served, name: str) -> None:
    end = b" HTTP/1.1\r\nHost: other.example\r\nAccept: application/n-triples\r\nConnection: close\r\n\r\n"
    answer = send(served, b"GET http://" + name.encode() + b"/.well-known/void" + end)
    assert answer.status == 200
    assert b"<http://jobs.example/sparql>" in answer.body
    assert b"other.example" not in answer.body
    for target in (b"HTTP://jobs.example", b"https://jobs.example/sparql?query=ASK%20%7B%7D", b"/health"):
        assert send(served, b"GET " + target + end.replace(b"n-triples", b"json")).status in {200, 406}
    assert send(served, b"GET http://jobs.example/nothing" + end).status == 404
    assert served.is_logged('"path": "/nothing"')
    assert "secret" not in served.read_log()


def test_a_body_that_does_not_come_is_not_waited_for(served: Served) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT}\r\nContent-Length: 100\r\n\r\n"
    answer = send(served, head.encode() + b"ASK {")
    assert (answer.status, answer.body) == (408, b"the request did not come within 1 seconds\n")
    assert answer.headers["connection"] == "close"
    assert served.ask("ASK { }", "application/json").json["boolean"] is True


def test_a_node_that_the_client_has_is_not_sent_again(served: Served) -> None:
    tags = set()
    for accept in ("text/turtle", "application/ld+json", "text/html"):
        first = served.get("/jobs/dataset", accept)
        tag = first.headers["etag"]
        tags.add(tag)
        again = served.call("GET", "/jobs/dataset", {"Accept": accept, "If-None-Match": tag})
        assert (first.status, again.status, again.body) == (200, 304, b"")
        for name in ("etag", "vary", "cache-control", "content-location"):
            assert again.headers[name] == first.headers[name]
    assert len(tags) == 3


def test_a_graph_of_something_else_has_no_answers_of_the_api(served: Served) -> None:
    for path in ("/api/stats", "/api/profiles"):
        answer = served.get(path)
        assert answer.status == 404
        assert answer.json["detail"].startswith("the data are not read as a job architecture: ")
    assert served.get("/api/openapi.json").status == 200


def test_a_path_in_other_letters_is_named_and_noise_is_not(served: Served) -> None:
    [code] = served.ask(
        "SELECT ?p { ?p a rg:Profile ; skos:notation ?c } ORDER BY ?c LIMIT 1", "text/tab-separated-values"
    ).text.splitlines()[1:]
    path = urlsplit(code.strip("<>")).path
    for other in (path.lower(), path.upper()):
        answer = served.get(other)
        assert (answer.status, answer.text) == (
            404,
            f"there is nothing at {other}; did you mean {path}?\n",
        )
    for noise in (path.rpartition("/")[0] + "/", "/rolegraph/id/", "/favicon.ico", "/rolegraph/id/zzzzzz"):
        assert served.get(noise).text == f"there is nothing at {noise}\n"
