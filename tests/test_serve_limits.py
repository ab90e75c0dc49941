"""A server under hostile queries, many requests and signals: limits hold, and the next request is answered."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from serving import DIRECT, Reply, Served, is_running, run_command, run_serve

FIXTURE = Path(__file__).parent / "fixtures" / "queries.ttl"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"
"""All triples of the small graph, six times over: more than 10^14 solutions."""
CODES = "SELECT ?c { ?s a rg:Profile ; skos:notation ?c } ORDER BY ?c"

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with run_serve(
        "--graph", str(FIXTURE), "--workers", "2", "--timeout", "5", "--max-bytes", "20000"
    ) as server:
        yield server


def test_the_time_limit_holds_and_the_next_query_is_answered(served: Served) -> None:
    before = set(served.find_children())
    start = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(served.post, [ENDLESS] * 2))
    assert time.monotonic() - start < 20
    for answer in answers:
        assert answer.status == 503
        assert answer.text == "the query did not end within 5 seconds; narrow it\n"
    assert served.ask(CODES).status == 200
    assert served.get("/health").status == 200
    if before:
        for _ in range(100):
            after = set(served.find_children())
            if len(after) == len(before):
                break
            time.sleep(0.1)
        # Both workers were replaced; the process that holds the data stayed.
        assert len(before & after) == len(before) - 2


def test_an_answer_is_whole_or_an_error(served: Served) -> None:
    for accept in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        answer = served.ask("SELECT * { ?s ?p ?o . ?a ?b ?c }", accept)
        assert answer.status == 500
        assert answer.text == "the answer is larger than 20,000 bytes; narrow the query, or add LIMIT\n"
    for accept in ("text/turtle", "application/n-triples"):
        assert served.ask("CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o . ?a ?b ?c }", accept).status == 500
    assert served.ask(CODES).status == 200


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {'{' * 20_000}{'}' * 20_000}",
        f"SELECT * {{ ?s {'^' * 50_000}<a:b> ?o }}",
        f"SELECT * {{ {'?s ?p ?o . ' * 8_000} }}",
        "ASK { \x00 }",
        f"ASK {{ FILTER(REGEX('{'a' * 30}!', '{'(a+)' * 15}+$')) }}",
    ],
    ids=["groups", "path", "triples", "control", "pattern"],
)
def test_a_hostile_text_is_told_in_words(served: Served, query: str) -> None:
    answer = served.post(query)
    assert answer.status in {200, 400, 500, 503}
    assert "Traceback" not in answer.text
    assert served.ask(CODES).status == 200


def test_the_longest_query_is_read_and_a_longer_one_is_not(served: Served) -> None:
    query = f"ASK {{ }} # {'x' * (100_000 - 10)}"
    assert len(query) == 100_000
    assert served.ask(query).json["boolean"] is True
    assert served.post(query).json["boolean"] is True
    wide = f"ASK {{ }} # {'é' * (100_000 - 10)}"
    assert served.call("POST", "/sparql", {"Content-Type": DIRECT}, wide.encode()).json["boolean"] is True
    for answer in (served.ask(query + "x"), served.post(query + "x")):
        assert answer.status == 413
        assert "100,001 characters long; at most 100,000 are read" in answer.text
    assert served.post("x" * (5 << 20)).status == 413


def test_fifty_requests_at_one_time(served: Served) -> None:
    def ask(number: int) -> Reply:
        return served.ask(f"SELECT ({number} AS ?n) ?c {{ ?s a rg:Track ; skos:notation ?c }}", "text/csv")

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert [answer.text for answer in answers] == [f"n,c\r\n{n},P\r\n" for n in range(50)]


def test_a_client_that_goes_away_leaves_no_query_behind(served: Served) -> None:
    for _ in range(2):
        host, _, port = urlsplit(served.url).netloc.partition(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.2)
    assert served.ask(CODES).status == 200


def test_half_a_request_and_noise_do_no_harm(served: Served) -> None:
    host, _, port = urlsplit(served.url).netloc.partition(":")
    for noise in (
        b"GET /sparql HTTP/1.1\r\nHost",
        b"\x16\x03\x01\x00\xff",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET  x\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(noise)
            client.shutdown(socket.SHUT_WR)
            assert b"Traceback" not in client.recv(10_000)
    assert served.ask(CODES).status == 200


def test_the_log_has_a_line_for_each_request_and_no_query(served: Served) -> None:
    served.call("GET", "/sparql?query=ASK%20{}&secret=hidden", {"Authorization": "Basic c2VjcmV0"})
    served.get("/a%0Ab%1b[31m")
    assert served.is_logged(r'"/a\nb')
    lines = [json.loads(line) for line in served.read_log().splitlines() if line.startswith("{")]
    asked = [line for line in lines if line.get("path") == "/sparql"]
    assert asked
    assert set(asked[-1]) == {"time", "method", "path", "status", "ms", "bytes"}
    assert all(word not in served.read_log() for word in ("hidden", "c2VjcmV0", "ASK", "\x1b"))


def test_a_host_that_others_reach_is_warned_of_and_queries_are_logged_where_asked() -> None:
    with run_serve(
        "--graph", str(FIXTURE), "--workers", "1", "--log-queries", "--host", "0.0.0.0"
    ) as server:  # fmt: skip
        server.ask("ASK { }")
        assert "warning: 0.0.0.0 is reached from other machines" in server.read_log()
        assert server.is_logged('"query": "ASK { }"')


@needs_proc
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_good_order_while_a_query_runs(ending: signal.Signals) -> None:
    with run_serve("--graph", str(FIXTURE), "--workers", "2", "--timeout", "60") as server:
        answers: list[Reply] = []
        asking = threading.Thread(target=lambda: answers.append(server.post(ENDLESS)))
        asking.start()
        time.sleep(1.5)
        children = server.find_children()
        assert len(children) == 3
        start = time.monotonic()
        server.process.send_signal(ending)
        assert server.process.wait(20) == 0
        assert time.monotonic() - start < 15
        asking.join()
        assert [(a.status, a.text) for a in answers] == [(503, "the server is ending\n")]
        assert not any(is_running(child) for child in children)
        assert "Traceback" not in server.read_log()


@needs_proc
def test_nothing_outlives_a_server_that_is_killed() -> None:
    with run_serve("--graph", str(FIXTURE), "--workers", "2", "--quiet", "--host", "localhost") as server:
        assert server.ask("ASK { }").json["boolean"] is True
        assert server.read_log() == f"serving at {server.url}/\n"
        children = server.find_children()
        server.process.kill()
        server.process.wait()
        for _ in range(100):
            if not any(is_running(child) for child in children):
                break
            time.sleep(0.1)
        assert not any(is_running(child) for child in children)


@needs_proc
def test_a_worker_that_the_system_ended_while_it_waited_is_replaced_unnoticed() -> None:
    with run_serve("--graph", str(FIXTURE), "--workers", "1", "--quiet") as server:
        assert server.ask("ASK { }").status == 200
        [_, worker] = server.find_children()
        os.kill(worker, signal.SIGKILL)
        time.sleep(0.3)
        assert server.ask("ASK { }").json["boolean"] is True


@needs_proc
def test_a_server_that_lost_its_data_says_so() -> None:
    with run_serve("--graph", str(FIXTURE), "--workers", "1", "--timeout", "10") as server:
        [keeper, _] = server.find_children()
        os.kill(keeper, signal.SIGKILL)
        for _ in range(50):
            answer = server.ask("ASK { }")
            if answer.status == 503:
                break
        assert "must be started again" in answer.text
        assert (server.get("/health").status, server.get("/health").json["status"]) == (503, "lost")


def test_a_port_in_use_is_an_error_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run_command("--graph", str(FIXTURE), "serve", "--port", port)
    assert told.returncode == 2
    assert (
        f"cannot listen on port {port} of 127.0.0.1: Address already in use; choose another with --port"
        in told.stderr
    )
    told = run_command("serve", "--host", "no.such.host.invalid")
    assert (told.returncode, "there is no host no.such.host.invalid here" in told.stderr) == (2, True)


def test_data_that_cannot_be_read_are_told_as_by_every_command(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<https://a.org/> \n broken")
    told = run_command("--graph", str(broken), "serve", "--port", "0")
    asked = run_command("--graph", str(broken), "query", "-", text="ASK {}")
    assert told.returncode == asked.returncode == 2
    assert told.stderr == asked.stderr
    assert "broken.ttl:2" in told.stderr


def test_without_the_extra_the_command_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['uvicorn'] = None; sys.argv = ['rolegraph', 'serve']\n"
        "from rolegraph.cli.main import main; main()"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (told.returncode, told.stderr) == (2, "error: serve needs uvicorn; pip install 'rolegraph[web]'\n")
