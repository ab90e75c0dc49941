"""A user's query runs in a process of its own, which ends with its time, its memory or its answer."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from rolegraph.errors import InputError, QueryError, RequestError
from rolegraph.store import sandbox, worker
from rolegraph.store.confine import confine
from rolegraph.store.documents import Documents, list_named
from rolegraph.store.guard import check_query
from rolegraph.store.result import Result
from rolegraph.store.sandbox import run_text
from rolegraph.store.store import create_store, load_store

FIXTURE = Path(__file__).parent / "fixtures" / "queries.ttl"
DATA = Documents(files=(FIXTURE,))
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"
"""All triples of the small graph, six times over: more than 10^14 solutions."""

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that the sandbox starts during a test."""
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(sandbox.subprocess, "Popen", Recorded)
    return started


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def values(result: Result) -> list[list[str | None]]:
    return [[None if term is None else term.value for term in row] for row in result.rows]


def test_select_over_files_texts_and_folders(tmp_path: Path) -> None:
    query = "SELECT ?code { ?profile a rg:Profile ; skos:notation ?code } ORDER BY ?code LIMIT 2"
    folder = tmp_path / "store"
    create_store(folder, DATA)
    for documents in (
        DATA,
        Documents(texts=(FIXTURE.read_bytes(),)),
        Documents(folder=folder),
    ):
        result = run_text(documents, query)
        assert (result.kind, result.variables, result.cut) == ("select", ("code",), None)
        assert values(result) == [["LAB.CELL.P1"], ["LAB.CELL.P10"]]


def test_ask_and_construct() -> None:
    assert run_text(DATA, 'ASK { ?s skos:notation "LAB" }').boolean is True
    assert run_text(DATA, 'ASK { ?s skos:notation "lab" }').boolean is False
    built = run_text(
        DATA, "CONSTRUCT { ?s skos:notation ?n } WHERE { ?s a rg:Track ; skos:notation ?n . ?t a rg:Level }"
    )
    assert [str(triple) for triple in built.triples] == [
        '<https://example.org/jobs/track/P> <http://www.w3.org/2004/02/skos/core#notation> "P"'
    ]


def test_describe_is_answered_with_triples() -> None:
    described = run_text(DATA, 'DESCRIBE ?s { ?s skos:notation "LAB.CELL.P1" }')
    assert described.kind == "construct"
    assert {t.subject.value for t in described.triples if isinstance(t.subject, ox.NamedNode)} == {
        "https://example.org/jobs/profile/LAB.CELL.P1"
    }


def test_every_kind_of_term_comes_through() -> None:
    text = b'<a:a> <a:b> "x"@en-gb, 1.50, true, "tab\\tnew\\nline \\u2028 \\U0001F600", <a:c>, "2026-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .'
    result = run_text(Documents(texts=(text,)), "SELECT ?o (1/0 AS ?none) { ?s ?p ?o }")
    in_memory = ox.Store()
    in_memory.load(text, format=ox.RdfFormat.TURTLE)
    assert {row[0] for row in result.rows} == {quad.object for quad in in_memory}
    assert {row[1] for row in result.rows} == {None}


def test_blank_nodes_get_the_same_names_in_every_run() -> None:
    documents = Documents(texts=(b"[] <a:p> [ <a:q> 1 ] . [] <a:p> [ <a:q> 2 ] .",))
    select = "SELECT ?s ?n { ?s <a:p>/<a:q> ?n } ORDER BY ?n"
    assert values(run_text(documents, select)) == [["b1", "1"], ["b2", "2"]]
    construct = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert run_text(documents, construct) == run_text(documents, construct)


def test_bindings_are_whole_terms_and_never_text() -> None:
    query = "SELECT ?s ?code { ?s skos:notation ?code }"
    assert len(run_text(DATA, query, bindings={"code": ox.Literal("LAB.CELL.P1")}).rows) == 1
    attack = ox.Literal('LAB" } UNION { ?s ?p ?code } #')
    assert run_text(DATA, query, bindings={"code": attack}).rows == ()
    with pytest.raises(QueryError, match=r"only to a variable that the query selects; select \?code"):
        run_text(DATA, "SELECT ?s { ?s skos:notation ?code }", bindings={"code": attack})


def test_relative_iris_are_those_of_the_data() -> None:
    assert run_text(DATA, "ASK { <profile/LAB.CELL.P1> a rg:Profile }").boolean is True
    assert (
        run_text(DATA, "BASE <https://example.com/> ASK { <profile/LAB.CELL.P1> a rg:Profile }").boolean
        is False
    )
    with pytest.raises(QueryError, match="a relative IRI, and the data names no base"):
        run_text(Documents(texts=(b"",)), "ASK { <profile/LAB.CELL.P1> a rg:Profile }")


def test_rows_triples_and_bytes_end_an_answer_and_say_so() -> None:
    rows = "SELECT * { ?s ?p ?o }"
    assert run_text(DATA, rows, limit=len(load_store(DATA))).cut is None
    cut = run_text(DATA, rows, limit=3)
    assert (len(cut.rows), cut.cut) == (3, "only the first 3 rows: more were not asked for")
    cut = run_text(DATA, "CONSTRUCT WHERE { ?s ?p ?o }", limit=3)
    assert (len(cut.triples), cut.cut) == (3, "only the first 3 triples: more were not asked for")
    cut = run_text(DATA, rows, max_bytes=1000)
    assert 0 < len(cut.rows) < 20
    assert cut.cut == f"only the first {len(cut.rows)} rows: the answer may hold 1,000 bytes"


def test_an_endless_answer_ends_at_its_limit() -> None:
    assert len(run_text(DATA, ENDLESS.replace("(COUNT(*) AS ?n)", "*"), limit=10).rows) == 10


@pytest.mark.parametrize(
    "query",
    [
        ENDLESS,
        ENDLESS.replace("SELECT (COUNT(*) AS ?n) {", "ASK {").replace(
            "}", "FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m), STR(?q)) = '') }"
        ),
    ],
)
def test_time_limit_ends_the_work(query: str, children: list[subprocess.Popen[bytes]]) -> None:
    with pytest.raises(QueryError, match=r"within 1.5 seconds.*; narrow it or raise the time limit"):
        run_text(DATA, query, timeout=1.5)
    assert [child.returncode for child in children] == [-signal.SIGKILL]


def test_no_process_is_left_when_the_parent_is_interrupted(
    children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted:
        def get(self, **_: object) -> bytes:
            raise KeyboardInterrupt

        def put(self, said: bytes) -> None:
            """What is said to one who was interrupted."""

    monkeypatch.setattr(sandbox, "SimpleQueue", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_text(DATA, ENDLESS)
    assert [child.returncode for child in children] == [-signal.SIGKILL]


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A file that cannot be read to its end until somebody writes to it."""
    file = tmp_path / "slow.ttl"
    os.mkfifo(file)
    return file


def test_reading_the_data_does_not_count_for_the_query(slow: Path) -> None:
    def write() -> None:
        time.sleep(2.5)
        slow.write_bytes(FIXTURE.read_bytes())

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert run_text(Documents(files=(slow,)), "ASK { ?s ?p ?o }", timeout=2).boolean is True
    writer.join()


def test_reading_has_a_time_of_its_own(
    slow: Path, children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "READING", 0.5)
    with pytest.raises(QueryError, match=r"the data were not read within 0.5 seconds"):
        run_text(Documents(files=(slow,)), "ASK { ?s ?p ?o }")
    assert [child.returncode for child in children] == [-signal.SIGKILL]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * { GRAPH <https://a.org/1> { ?s ?p ?o } GRAPH<https://a.org/2> { ?s ?p ?o } }", {"1", "2"}),
        ("SELECT ?graph { graph <https://a.org/1> { ?s ?p ?graph } }", {"1"}),
        ("SELECT * { GRAPH <https://a.org/1> { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } }", None),
        ("BASE <https://a.org/> SELECT * { GRAPH <1> { ?s ?p ?o } }", None),
        ("PREFIX a: <https://a.org/> SELECT * { GRAPH a:1 { ?s ?p ?o } }", None),
        ("# a graph\nSELECT * { GRAPH <https://a.org/1> { ?s ?p ?o } }", {"1"}),
        ("SELECT * { GRAPH # all\n?g { ?s ?p ?o } }", None),
        ("SELECT * { GRAPH <https://a.org/\\u0031> { ?s ?p ?o } }", None),
    ],
)
def test_graphs_that_a_query_names_are_known_where_it_names_no_other(
    query: str, named: set[str] | None
) -> None:
    wanted = None if named is None else {f"https://a.org/{name}" for name in named}
    assert list_named(query) == wanted


@needs_proc
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_its_parent(ending: signal.Signals) -> None:
    script = f"""
        import subprocess
        from pathlib import Path
        from rolegraph.store import sandbox
        from rolegraph.store.documents import Documents

        class Told(subprocess.Popen):
            def __init__(self, *args, **options):
                super().__init__(*args, **options)
                print(self.pid, flush=True)

        sandbox.subprocess.Popen = Told
        sandbox.run_text(Documents(files=(Path({str(FIXTURE)!r}),)), {ENDLESS!r}, timeout=1)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
    assert is_running(pid)
    parent.send_signal(ending)
    parent.wait()
    for _ in range(600):
        if not is_running(pid):
            break
        time.sleep(0.1)
    assert not is_running(pid)


@needs_proc
def test_memory_limit_ends_the_work() -> None:
    hungry = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j"
    with pytest.raises(QueryError, match="memory"):
        run_text(DATA, hungry, memory=50 << 20)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {'{' * 20_000}{'}' * 20_000}",
        f"SELECT * {{ ?s ?p ?o FILTER({'!(' * 20_000}?o{')' * 20_000}) }}",
        f"SELECT * {{ ?s {'^' * 50_000}<a:b> ?o }}",
        f"SELECT * {{ ?s ?p {'[ ?p ' * 10_000}?o{' ]' * 10_000} }}",
        f"SELECT * {{ {'?s ?p ?o . ' * 8_000} }}",
    ],
    ids=["groups", "negations", "path", "blank-nodes", "triples"],
)
def test_hostile_text_is_an_error_in_words(query: str) -> None:
    with pytest.raises(QueryError, match=r"nested too deeply|cannot be read|within 20 seconds"):
        run_text(DATA, query, timeout=20)


def test_a_long_honest_query_is_answered() -> None:
    template = " ".join(f"?s rg:position {number} ." for number in range(300))
    assert len(run_text(DATA, f"CONSTRUCT {{ {template} }} WHERE {{ ?s a rg:Track }}").triples) == 300


def test_refusals_and_broken_data_come_back_as_errors(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="line 1, column 12: SERVICE is refused"):
        run_text(DATA, "SELECT * { SERVICE <https://example.org/> { } }")
    (tmp_path / "broken.ttl").write_text("<https://a.org/> \n broken")
    with pytest.raises(InputError, match=r"broken\.ttl:2: .* \[graph-broken\]"):
        run_text(Documents(files=(tmp_path / "broken.ttl",)), "ASK { }")
    with pytest.raises(QueryError, match="not Unicode text at character 7"):
        run_text(DATA, "ASK { \udcff }")
    assert run_text(DATA, "\ufeffASK { }").boolean is True


@pytest.mark.parametrize(
    "limits",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
        {"limit": 0},
        {"max_bytes": 0},
        {"memory": -5},
    ],
)
def test_limits_without_sense_are_refused(
    limits: dict[str, Any], children: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(RequestError, match="limit"):
        run_text(DATA, "ASK { }", **limits)
    assert children == []


def test_environment_and_current_folder_do_not_reach_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "rdflib", "pyoxigraph", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert run_text(DATA, "ASK { }").boolean is True


def test_child_that_dies_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import os; os.kill(os.getpid(), 11)")
    with pytest.raises(QueryError, match="did not end well: it is nested too deeply"):
        run_text(DATA, "ASK { }")
    monkeypatch.setattr(sandbox, "_START", "raise SystemExit('no such module')")
    with pytest.raises(QueryError, match="did not end well: no such module"):
        run_text(DATA, "ASK { }")


class Endpoint:
    """A server that hangs up on everybody, and knows how many called."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.service = f"SERVICE <http://127.0.0.1:{self.socket.getsockname()[1]}/> {{ ?s ?p ?o }}"
        self.calls = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self.socket.accept()
                self.calls += 1
                caller.close()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)
    server.socket.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ {0} }}",
        "ASK {{ {0} }}",
        "ASK {{ BIND('a service' AS ?x) {0} {0} }}",
        "ASK {{ VALUES ?x {{ '\\u0027 # ' }} {0}\n}}",
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ # service\r{0}\n}}",
    ],
)
def test_no_query_reaches_another_endpoint(query: str, endpoint: Endpoint) -> None:
    text = query.format(endpoint.service)
    with pytest.raises(QueryError, match=r"SERVICE is refused|cannot be read"):
        check_query(text)
    with pytest.raises(QueryError, match=r"SERVICE is refused|cannot be read"):
        run_text(DATA, text)
    assert endpoint.calls == 0


def test_the_engine_by_itself_would_reach_it(endpoint: Endpoint) -> None:
    engine = ox.Store()
    with pytest.raises((OSError, RuntimeError)):
        engine.query(f"ASK {{ {endpoint.service} }}")
    assert endpoint.calls


def test_a_query_that_slipped_through_could_open_no_connection(endpoint: Endpoint) -> None:
    engine = ox.Store()
    with confine(1 << 30), pytest.raises((OSError, RuntimeError)):
        engine.query(f"ASK {{ {endpoint.service} }}")
    assert endpoint.calls == 0


@needs_proc
def test_confinement_ends_with_its_block(tmp_path: Path) -> None:
    before = [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)]
    with confine(1 << 30), pytest.raises(OSError, match="Too many open files"):
        (tmp_path / "file").open("w")
    with confine(1 << 20), pytest.raises(MemoryError):
        bytearray(1 << 30)
    with confine(1 << 30, doors=True):
        (tmp_path / "file").write_text("open")
    assert [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)] == before


def test_base_is_known_only_where_the_data_names_one() -> None:
    name = b'<a:%d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/vocab/vann/preferredNamespaceUri> "b:%d" .'
    for texts, base in (
        ((name % (1, 1),), "b:1"),
        ((name % (1, 1), name % (2, 2)), None),
        ((b"<a:a> a <a:b> .",), None),
    ):
        assert worker.find_base(load_store(Documents(texts=texts))) == base


@pytest.mark.skipif(sys.platform != "linux", reason="the parent's end is watched on Linux alone")
def test_the_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("".join(f"<http://a/{n}> <http://a/p> <http://a/{n + 1}> .\n" for n in range(3000)))
    script = (
        "import sys; from pathlib import Path; from rolegraph.store.documents import Documents;"
        " from rolegraph.store.sandbox import run_text; print('ready', flush=True);"
        " run_text(Documents(files=(Path(sys.argv[1]),)),"
        " 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', timeout=120)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(data)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        deadline = time.monotonic() + 20
        while not (found := children.read_text().split()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert found
        time.sleep(1.5)
        parent.kill()
    deadline = time.monotonic() + 10
    while is_running(int(found[0])) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(int(found[0]))
