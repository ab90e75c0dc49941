"""Publishing and asking when things go wrong: retries, interruptions, refusals, and secrets that stay secret."""

from __future__ import annotations

import base64
import io
import json
import logging
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from rolegraph import Architecture
from rolegraph.answers import Publication
from rolegraph.errors import OutputError, QueryError, RequestError, RolegraphError
from rolegraph.export.source import Source
from rolegraph.remote import client as client_module
from rolegraph.remote.address import read_address
from rolegraph.remote.ask import Endpoint
from rolegraph.remote.client import ATTEMPTS, LONGEST_WAIT
from rolegraph.remote.credentials import Credentials, find_credentials
from rolegraph.remote.publish import Wishes, publish
from scripted_server import Heard, MemoryStore, Says, Script, run_script
from triple_stores import find_port

SMALL = Path(__file__).parent / "fixtures" / "small"
USER, PASSWORD, TOKEN = "maria-of-hr", "pa55-w0rd/é", "t0ken.of.maria"
CODED = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SECRETS = (USER, PASSWORD, CODED, TOKEN)
ROWS = json.dumps({"head": {"vars": []}, "boolean": True}).encode()
JSON = {"content-type": "application/sparql-results+json"}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials and no proxy of the machine that the tests run on."""
    for name in ("ROLEGRAPH_USER", "ROLEGRAPH_PASSWORD", "ROLEGRAPH_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY",
                 "all_proxy"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


@pytest.fixture
def script() -> Iterator[Script]:
    with run_script() as running:
        running.otherwise = MemoryStore()
        yield running


@pytest.fixture(scope="module")
def source() -> Source:
    return Architecture(SMALL).export_source()


@pytest.fixture
def waits() -> list[float]:
    return []


def put(source: Source, script: Script, waits: list[float], **wishes: object) -> Publication:
    return publish(source, script.address, Wishes(**wishes), sleep=waits.append)  # type: ignore[arg-type]


def get_graphs(script: Script) -> dict[str, bytes]:
    assert isinstance(script.otherwise, MemoryStore)
    return script.otherwise.graphs


def name_graphs(source: Source) -> tuple[str, str, str]:
    base = source.taxonomy.dataset.base
    return f"{base}dataset", f"{base}adjacency", f"{base}publication"


# What passes is tried again, what does not is told


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again_and_waited_for_longer_each_time(
    source: Source, script: Script, waits: list[float], status: int
) -> None:
    script.says = [Says(status)] * 4
    answer = put(source, script, waits)
    assert [graph.deed for graph in answer.graphs] == ["put", "put"]
    assert len(waits) == 4
    assert all(0.25 * 2**n <= wait <= 0.5 * 2**n for n, wait in enumerate(waits))
    # The record is read, the hashes are taken out, and each graph is put and recorded.
    assert script.list_methods() == ["GET"] * 5 + ["PUT"] * 5


def test_a_server_that_never_recovers_is_given_up(source: Source, script: Script, waits: list[float]) -> None:
    script.says = [Says(503, {"content-type": "text/plain"}, b"down for \x1b[31mrepairs\r\nsecond line")] * 99
    with pytest.raises(
        OutputError,
        match=r"nothing was published: .* answered 503 Service Unavailable: down for  \[31mrepairs \(tried 5 times\)$",
    ):
        put(source, script, waits)
    assert len(script.heard) == ATTEMPTS == len(waits) + 1


def test_the_server_says_when_to_come_back_within_reason(
    source: Source, script: Script, waits: list[float]
) -> None:
    after = ["7", "100000", "Wed, 01 Jan 2020 00:00:00 GMT", "soon"]
    script.says = [Says(503, {"retry-after": text}) for text in after]
    put(source, script, waits)
    assert waits[:3] == [7.0, LONGEST_WAIT, 0.0]
    assert 0 < waits[3] <= 4


@pytest.mark.parametrize("drop", [0, 50, 5000])
def test_a_connection_that_breaks_midway_is_tried_again_from_the_beginning(
    source: Source, script: Script, waits: list[float], drop: int
) -> None:
    whole = put(source, script, waits)
    graphs = dict(get_graphs(script))
    get_graphs(script).clear()
    script.says = [Says(404), Says(204), Says(drop=drop)]
    again = put(source, script, waits)
    assert len(waits) == 1
    assert [graph.sha256 for graph in again.graphs] == [graph.sha256 for graph in whole.graphs]
    assert get_graphs(script) == graphs


@pytest.mark.parametrize(("status", "hint"), [(401, "ROLEGRAPH_TOKEN"), (403, "may not"), (413, "limit"), (400, "Graph Store"),
                                               (500, "answered 500"), (507, "room")])  # fmt: skip
def test_a_refusal_is_told_at_once_and_what_was_put_stays_recorded(
    source: Source, script: Script, waits: list[float], status: int, hint: str
) -> None:
    # Record read, hashes taken out, the first graph put and recorded, the second refused.
    script.says = []
    refusal = Says(status, {"content-type": "text/plain"}, b"No.")
    store = MemoryStore()

    def refuse_second(heard: Heard) -> Says:
        second = name_graphs(source)[1]
        return refusal if heard.method == "PUT" and heard.query.get("graph") == [second] else store(heard)

    script.otherwise = refuse_second
    with pytest.raises(
        OutputError, match=rf"answered {status}.*: No\..*1 of 2 graphs are in the store as they are here; run"
    ) as told:
        put(source, script, waits)
    assert hint in str(told.value)
    assert waits == []
    dataset, adjacency, record = name_graphs(source)
    assert set(store.graphs) == {dataset, record}
    script.otherwise = store
    heard = len(script.heard)
    answer = put(source, script, waits)
    assert [graph.deed for graph in answer.graphs] == ["unchanged", "put"]
    sent = [h.query["graph"][0] for h in script.heard[heard:] if h.method == "PUT"]
    assert sent == [record, adjacency, record]


def test_a_hash_is_recorded_only_of_what_is_whole_in_the_store(
    source: Source, script: Script, waits: list[float]
) -> None:
    put(source, script, waits)
    dataset, adjacency, record = name_graphs(source)
    kept = get_graphs(script)[record]
    assert kept.count(b"sha256") == 2

    # The next run replaces both, and is interrupted while the first is on its way.
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    script.says = [Says(200, {"content-type": "application/n-triples"}, kept)]
    store = script.otherwise

    def break_dataset(heard: Heard) -> Says:
        busy = heard.method == "PUT" and heard.query.get("graph") == [dataset]
        return Says(503) if busy else store(heard)

    script.otherwise = break_dataset
    with pytest.raises(KeyboardInterrupt):
        publish(source, script.address, Wishes(everything=True), sleep=interrupt)
    script.otherwise = store
    assert b"sha256" not in get_graphs(script)[record]
    assert get_graphs(script)[record].count(b"identifier") == 2
    answer = put(source, script, waits)
    assert [graph.deed for graph in answer.graphs] == ["put", "put"]
    assert get_graphs(script)[record] == kept
    assert adjacency in get_graphs(script)


def test_an_interrupt_between_graphs_is_continued_from(
    source: Source, script: Script, waits: list[float]
) -> None:
    def stop_at_second(step: str) -> None:
        if step.startswith(f"sending {name_graphs(source)[1]}"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(source, script.address, Wishes(), tell=stop_at_second)
    answer = put(source, script, waits)
    assert [graph.deed for graph in answer.graphs] == ["unchanged", "put"]


def test_every_upload_says_its_length_and_its_format(
    source: Source, script: Script, waits: list[float]
) -> None:
    put(source, script, waits)
    for heard in script.heard:
        if heard.method == "PUT":
            assert int(heard.headers["content-length"]) == len(heard.body)
            assert heard.headers["content-type"] in {"text/turtle", "application/n-triples"}
            assert "transfer-encoding" not in heard.headers


def test_a_record_that_is_no_graph_stops_everything(
    source: Source, script: Script, waits: list[float]
) -> None:
    for says in (
        Says(200, {"content-type": "text/html"}, b"<html>Log in</html>"),
        Says(200, {"content-type": "application/n-triples"}, b"this is none\n"),
        Says(200, {}, b"x"),
    ):
        script.says = [says]
        with pytest.raises(OutputError, match="nothing was published"):
            put(source, script, waits)
    assert script.list_methods() == ["GET"] * 3


def test_nothing_listens(source: Source, waits: list[float]) -> None:
    with pytest.raises(OutputError, match=r"no connection to http://127.0.0.1:\d+/x: .*\(tried 5 times\)"):
        publish(source, f"http://127.0.0.1:{find_port()}/x", Wishes(), sleep=waits.append)
    assert len(waits) == ATTEMPTS - 1


# Redirects


def test_a_redirect_within_the_host_is_followed_with_the_same_method(
    source: Source, script: Script, waits: list[float]
) -> None:
    store = MemoryStore()

    def lead_on(heard: Heard) -> Says:
        if heard.path == "/new":
            return store(heard)
        query = f"graph={heard.query['graph'][0]}"
        return Says(308, {"location": f"/new?{query}"})

    script.otherwise = lead_on
    assert [graph.deed for graph in put(source, script, waits).graphs] == ["put", "put"]
    script.otherwise = lambda heard: Says(307, {"location": "/round"})
    with pytest.raises(OutputError, match="from redirect to redirect"):
        put(source, script, waits)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_told_and_gets_nothing(
    source: Source, script: Script, waits: list[float], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("ROLEGRAPH_TOKEN", TOKEN)
    with run_script() as other:
        script.otherwise = lambda heard: Says(status, {"location": f"{other.address}/there?token=abc"})
        with pytest.raises(OutputError, match=f"redirects to {other.address}/there, which is not followed"):
            put(source, script, waits)
        with Endpoint(script.address) as endpoint, pytest.raises(QueryError, match="which is not followed"):
            endpoint.ask_named("coverage")
        assert other.heard == []
    for location in ("http://user:pw@127.0.0.1/", "ftp://127.0.0.1/", "http://[::bad", ""):
        script.otherwise = lambda heard, location=location: Says(302, {"location": location})  # type: ignore[misc]
        with pytest.raises(OutputError, match="redirect"):
            put(source, script, waits)


# Credentials


def test_credentials_are_taken_from_where_they_may_stand(
    source: Source, script: Script, waits: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def ask() -> str | None:
        script.heard.clear()
        put(source, script, waits, everything=True)
        found = {heard.headers.get("authorization") for heard in script.heard}
        assert len(found) == 1
        return found.pop()

    assert ask() is None
    netrc = tmp_path / "netrc"
    netrc.write_text(
        "default login anybody password x\nmachine other.example login o password p\n", encoding="utf-8"
    )
    assert ask() is None
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n", encoding="utf-8")
    assert ask() == f"Basic {CODED}"
    monkeypatch.setenv("ROLEGRAPH_TOKEN", TOKEN)
    assert ask() == f"Bearer {TOKEN}"
    monkeypatch.delenv("ROLEGRAPH_TOKEN")
    monkeypatch.setenv("ROLEGRAPH_USER", "other")
    with pytest.raises(RequestError, match="only one is set"):
        ask()
    monkeypatch.setenv("ROLEGRAPH_PASSWORD", "pw")
    assert ask() == "Basic " + base64.b64encode(b"other:pw").decode()
    monkeypatch.setenv("ROLEGRAPH_TOKEN", TOKEN)
    with pytest.raises(RequestError, match="one of the two kinds"):
        ask()


def test_credentials_that_cannot_be_used_are_refused_without_being_told(tmp_path: Path) -> None:
    address = read_address("https://store.example/")
    netrc = tmp_path / "broken"
    netrc.write_text(f"machine x login {USER} {PASSWORD} oops\n", encoding="utf-8")
    cases = (
        {"ROLEGRAPH_TOKEN": f"{TOKEN}\nX-Other: 1"},
        {"ROLEGRAPH_TOKEN": f"{TOKEN} é"},
        {"ROLEGRAPH_USER": f"{USER}:x", "ROLEGRAPH_PASSWORD": PASSWORD},
        {"NETRC": str(netrc)},
        {"NETRC": str(tmp_path)},
    )
    for environment in cases:
        with pytest.raises(RequestError) as caught:
            find_credentials(address, environment)
        assert not any(secret in told(caught.value) for secret in SECRETS)
    for made in (Credentials(f"Bearer {TOKEN}", (TOKEN,)),):
        assert TOKEN not in repr(made)


def test_credentials_do_not_cross_a_network_in_the_clear() -> None:
    given = {"ROLEGRAPH_TOKEN": TOKEN}
    with pytest.raises(RequestError, match=r"unencrypted; use https://, or add --insecure"):
        find_credentials(read_address("http://store.example/"), given)
    assert find_credentials(read_address("http://store.example/"), given, insecure=True).header
    for url in ("https://store.example/", "http://localhost:3030/x", "http://127.0.0.1/", "http://[::1]:80/"):
        assert find_credentials(read_address(url), given).header == f"Bearer {TOKEN}"
    # A name that only looks like this machine is another one.
    for url in ("http://localhost.example/", "http://127.0.0.1.example/"):
        with pytest.raises(RequestError, match="unencrypted"):
            find_credentials(read_address(url), given)


@pytest.mark.parametrize(
    "url",
    [
        f"http://{USER}:{PASSWORD.replace('/', '')}@127.0.0.1:1/x",
        f"https://{USER}@h/",
        f"http://:{TOKEN}@h",
        f"http://{TOKEN}@",
    ],
)
def test_credentials_in_the_address_are_refused_and_not_repeated(url: str) -> None:
    for arguments in (["publish", url], ["query", "coverage", "--endpoint", url]):
        run = subprocess.run(
            [sys.executable, "-m", "rolegraph", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 2
        assert "history" in run.stderr
        assert not any(part in run.stdout + run.stderr for part in (*SECRETS, "pa55-w0rd"))


@pytest.mark.parametrize(
    "url", ["ftp://h/", "file:///etc/passwd", "store.example", "", "http://", "http://h h/", "http://[::/", "http://h:x/",
            "http://h:99999/", "javascript:alert(1)", "http://h\n/x", "-"]
)  # fmt: skip
def test_addresses_that_are_none_are_refused(url: str) -> None:
    with pytest.raises(RequestError, match="the address"):
        read_address(url)


def told(error: BaseException) -> str:
    """All that an error could show: its text, its causes, its traceback."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))


@pytest.mark.parametrize("kind", ["password", "token"])
def test_no_secret_is_told_whatever_happens(
    source: Source, script: Script, waits: list[float], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], kind: str,
) -> None:  # fmt: skip
    if kind == "token":
        monkeypatch.setenv("ROLEGRAPH_TOKEN", TOKEN)
    else:
        monkeypatch.setenv("ROLEGRAPH_USER", USER)
        monkeypatch.setenv("ROLEGRAPH_PASSWORD", PASSWORD)
    caplog.set_level(logging.DEBUG)
    # What servers send, it tells at the level of debugging, header by header; what we send it never tells.
    put(source, script, waits)
    caplog.set_level(logging.INFO, "httpcore")
    said: list[str] = []
    echo = f"you are {USER} with {PASSWORD}, {CODED} or {TOKEN}".encode()
    plain = {"content-type": "text/plain"}
    failures = [
        Says(401, plain, echo), Says(500, plain, echo), Says(503, plain, echo), Says(400, plain, echo), Says(drop=0),
        Says(302, {"location": f"https://elsewhere.example/{TOKEN}/{CODED}?{PASSWORD}"}),
        Says(200, {"content-type": f"x/{TOKEN}"}, echo), Says(200, plain, echo),
        Says(200, {"content-type": "application/n-triples"}, echo),
    ]  # fmt: skip
    for says in failures:
        script.says = [says] * ATTEMPTS
        with pytest.raises(OutputError) as caught:
            publish(source, script.address, Wishes(), tell=said.append, sleep=waits.append)
        said.append(told(caught.value))
        script.says = [says] * ATTEMPTS
        with (
            Endpoint(script.address, tell=said.append, sleep=waits.append) as endpoint,
            pytest.raises(RolegraphError) as refused,
        ):
            endpoint.ask_named("coverage")
        said.append(told(refused.value))
    script.says = []
    said.append(repr(put(source, script, waits)))
    assert any("Authorization".lower() in heard.headers for heard in script.heard)
    everything = "\n".join([*said, caplog.text, *capfd.readouterr()])
    assert "***" in everything
    for secret in SECRETS if kind == "password" else (TOKEN,):
        # The other kind is not set: that a server says it is no secret of ours.
        if kind == "token" or secret != TOKEN:
            assert secret not in everything


# Asking


def test_an_answer_that_is_no_answer_is_told(script: Script) -> None:
    for says, message in (
        (
            Says(200, {"content-type": "text/html"}, b"<h1>Log in</h1>"),
            "text/html .a page to log in at, perhaps.",
        ),
        (Says(200, JSON, b"{"), "results that are broken"),
        (
            Says(200, JSON, b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri"}}]}}'),
            "broken",
        ),
        (
            Says(200, {"content-type": "text/turtle"}, b"<a:a> <a:b> <a:c> ."),
            "text/turtle, which is no results of SPARQL",
        ),
        (Says(400, {"content-type": "text/plain"}, b"Parse error"), "answered 400 Bad Request: Parse error"),
        (Says(204), "no media type"),
    ):
        script.says = [says]
        with Endpoint(script.address) as endpoint, pytest.raises(QueryError, match=message):
            endpoint.ask_text("ASK { }")


def test_a_query_that_is_refused_is_not_sent(script: Script) -> None:
    for text in (
        "INSERT DATA { }",
        "SELECT * { SERVICE <http://x> { } }",
        "SELECT * FROM <http://x> { }",
        "SELECT nonsense",
    ):
        with Endpoint(script.address) as endpoint, pytest.raises(QueryError):
            endpoint.ask_text(text)
    assert script.heard == []


def test_time_and_size_of_an_answer_have_limits(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    script.otherwise = lambda heard: Says(200, JSON, ROWS, slow=1.5)
    with (
        Endpoint(script.address, timeout=0.5) as endpoint,
        pytest.raises(QueryError, match=r"did not answer within 0\.5 seconds$"),
    ):
        endpoint.ask_named("coverage")
    monkeypatch.setattr(client_module, "MAX_BYTES", 1 << 20)
    script.otherwise = lambda heard: Says(200, JSON, b" " * ((1 << 20) + 1))
    with Endpoint(script.address) as endpoint, pytest.raises(QueryError, match="larger than 1 MiB"):
        endpoint.ask_named("coverage")
    rows = [{"x": {"type": "literal", "value": str(n)}} for n in range(9)]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    script.otherwise = lambda heard: Says(200, JSON, body)
    with Endpoint(script.address, limit=3) as endpoint:
        endpoint.__dict__["place"] = find_nothing()
        answer = endpoint.ask_text("SELECT ?x { ?s ?p ?x }")
    assert len(answer.rows) == 3
    assert answer.cut == "only the first 3 rows: more were not asked for"


def drip(head: bytes, piece: bytes) -> Iterator[bytes]:
    """A beginning of an answer, and then the same for ever."""
    yield head
    while True:
        yield piece


ENDLESS = {
    "a head byte by byte": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.1),
    "continue now and then": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
    "continue without a pause": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500, 0.0),
    "a body byte by byte": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nContent-Length: 99999\r\n\r\n",
        b"#",
        0.1,
    ),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_an_answer_that_never_ends_is_given_up_in_time(
    source: Source, script: Script, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    head, piece, pause = ENDLESS[kind]
    script.otherwise = lambda heard: Says(pieces=drip(head, piece), slow=pause)
    begun = time.monotonic()
    with (
        Endpoint(script.address, timeout=0.6) as endpoint,
        pytest.raises(QueryError, match=r"did not answer within 0\.6 seconds$"),
    ):
        endpoint.ask_named("coverage")
    assert 0.6 <= time.monotonic() - begun < 5
    assert len(script.heard) == 1
    # Publishing: the same for each attempt.
    monkeypatch.setattr(client_module, "ATTEMPTS", 2)
    begun = time.monotonic()
    with pytest.raises(OutputError, match=r"did not answer within 0\.3 seconds \(tried 2 times\)"):
        publish(source, script.address, Wishes(timeout=0.3), sleep=lambda seconds: None)
    assert 0.6 <= time.monotonic() - begun < 5
    assert script.list_methods() == ["POST", "GET", "GET"]


def test_a_connection_that_is_used_again_keeps_to_the_time_too(script: Script) -> None:
    from rolegraph.remote.dataset import COLUMNS

    places = json.dumps({"head": {"vars": COLUMNS}, "results": {"bindings": []}}).encode()
    script.says = [Says(200, JSON, places), Says(pieces=drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), slow=0.1)]
    begun = time.monotonic()
    with Endpoint(script.address, timeout=0.6) as endpoint:
        place = endpoint.place
        with pytest.raises(QueryError, match=r"did not answer within 0\.6 seconds$"):
            endpoint._send("ASK { }", place)
    assert time.monotonic() - begun < 5


def test_the_time_of_an_upload_is_that_of_silence(script: Script) -> None:
    """A body that is on its way for longer than the timeout is no reason to give up."""

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            time.sleep(0.2)
            return super().read(1000)

    address = read_address(script.address)
    script.otherwise = lambda heard: Says(204)
    begun = time.monotonic()
    with (
        client_module.Client(address, Credentials("", ()), timeout=0.5) as client,
        mock.patch.object(Path, "open", return_value=Slow(b"x" * 4000)),
    ):
        client.send(client_module.Request("PUT", script.address, body=Path("body")))
    assert time.monotonic() - begun > 0.6


@pytest.mark.parametrize(
    "results",
    [
        {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "a"}}]}},
        {"head": {"vars": ["x"]}, "results": {"bindings": []}},
        {"head": {"vars": ["kind", "graph"]}, "results": {"bindings": [{}]}},
        {"head": {"vars": []}, "boolean": True},
    ],
)
def test_results_of_other_variables_are_told(script: Script, results: dict[str, object]) -> None:
    script.otherwise = lambda heard: Says(200, JSON, json.dumps(results).encode())
    with (
        Endpoint(script.address) as endpoint,
        pytest.raises(QueryError, match=r"answered with results that are broken: they have no .*\?of$"),
    ):
        endpoint.ask_named("coverage")


def test_columns_are_found_by_their_names(script: Script) -> None:
    base = {"type": "uri", "value": "https://example.org/"}
    row = {"of": base, "kind": {"type": "literal", "value": "default"}}
    results: dict[str, object] = {
        "head": {"vars": ["of", "more", "graph", "kind"]},
        "results": {"bindings": [row]},
    }
    script.says = [Says(200, JSON, json.dumps(results).encode())]
    results = {"head": {"vars": ["other"]}, "results": {"bindings": [{"other": base}]}}
    script.otherwise = lambda heard: Says(200, JSON, json.dumps(results).encode())
    with Endpoint(script.address) as endpoint:
        assert endpoint.place.base == "https://example.org/"
        # The codes that are asked for before a named query is sent.
        with pytest.raises(QueryError, match=r"broken: they have no \?code$"):
            endpoint.ask_named("skills-of-profile", {"profile": "MANUFA.BIOPROCE4427.M3"})


def find_nothing() -> object:
    from rolegraph.remote.dataset import Place

    return Place(None)


def test_a_certificate_that_nobody_vouches_for_ends_it(
    source: Source, waits: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    certificate = tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=here", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")],
        check=True, capture_output=True,
    )  # fmt: skip
    certificate.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "cert").read_bytes())
    monkeypatch.setenv("ROLEGRAPH_TOKEN", TOKEN)
    with run_script(certificate) as script:
        script.otherwise = MemoryStore()
        with pytest.raises(OutputError, match="the certificate of the server is not trusted"):
            put(source, script, waits)
        assert (script.heard, waits) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert"))
        assert [graph.deed for graph in put(source, script, waits).graphs] == ["put", "put"]


@pytest.mark.parametrize(
    ("name", "value"), [("HTTP_PROXY", f"what://{USER}:x@127.0.0.1"), ("SSL_CERT_FILE", "/nowhere/at/all")]
)
def test_an_environment_that_cannot_be_used_is_told(
    source: Source, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(RequestError, match=name) as caught:
        publish(source, "http://store.example/", Wishes())
    assert USER not in told(caught.value)


def test_without_the_extra_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, source: Source) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(RequestError, match=r"pip install 'rolegraph\[web\]'"):
        publish(source, "http://127.0.0.1:1/", Wishes())
    with pytest.raises(RequestError, match=r"pip install 'rolegraph\[web\]'"):
        Endpoint("http://127.0.0.1:1/")
