"""`rolegraph serve` under load, beside Oxigraph's own server on the same data.

The load comes from wrk, over loopback. Nothing is measured where wrk or Oxigraph's server (PyPI package ``oxigraph``) is
not there.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.commands import find_rolegraph
from bench.measure import Comparison, Sample, Variant
from rolegraph.architecture import Architecture

if TYPE_CHECKING:
    from bench.data import Architectures

SECONDS = (2, 15, 60)
"""How long the load lasts: longer where nothing was answered in a shorter time."""
CONNECTIONS = 8
_RESULTS = "application/sparql-results+json"
_PREFIXES = (
    "PREFIX rg: <https://w3id.org/rolegraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
_AGGREGATE = "SELECT ?level (COUNT(?profile) AS ?profiles) { ?profile a rg:Profile ; rg:atLevel ?level } GROUP BY ?level"
_COMPLETED = re.compile(r"(\d+) requests in ([\d.]+)(us|ms|s|m)\b")
_MEDIAN = re.compile(r"50%\s+([\d.]+)(us|ms|s|m)\b")
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class Server:
    """A server that runs, by its name in the table and the address that queries are asked at."""

    name: str
    endpoint: str


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """A lookup and an aggregate: many at one time, and one after the other."""
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if shutil.which("wrk") is None or oxigraph is None:
        return
    place = stock.place / f"serve-{size}"
    place.mkdir(parents=True, exist_ok=True)
    folder = stock.get(size).folder if size else None
    with ExitStack() as stack:
        documents = Architecture(folder).documents()
        servers = [
            stack.enter_context(_serve_rolegraph(folder, place)),
            stack.enter_context(_serve_read_only(oxigraph, documents.texts, place)),
            stack.enter_context(serve_memory(oxigraph, documents.texts, place)),
        ]
        code = _ask(servers[0], "SELECT (MIN(?code) AS ?c) { ?s a rg:Profile ; skos:notation ?code }")[0][0][
            1
        ]
        lookup = f'SELECT ?p ?o {{ ?s skos:notation "{code}" ; a rg:Profile ; ?p ?o }}'
        for name, query in (("lookup", lookup), ("aggregate", _AGGREGATE)):
            yield Comparison(
                f"{name}, {CONNECTIONS} connections",
                size,
                [_make_load(server, query, CONNECTIONS) for server in servers],
                per="request",
            )
            yield Comparison(
                f"{name}, 1 connection, median latency",
                size,
                [_make_load(server, query, 1) for server in servers],
                per="request",
            )


def _make_load(server: Server, query: str, connections: int) -> Variant:
    def measure() -> Sample:
        output = _press(f"{server.endpoint}?query={quote(_PREFIXES + query)}", connections)
        return Sample(_read_output(output, median=connections == 1), _ask(server, query))

    return Variant(server.name, measure)


def _press(url: str, connections: int) -> str:
    output = ""
    for seconds in SECONDS:
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
        output = subprocess.run(
            [*command, "-H", f"Accept: {_RESULTS}", url],
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        ).stdout
        completed = _COMPLETED.search(output)
        if completed is None or int(completed[1]) >= connections:
            break
    return output


def _read_output(output: str, *, median: bool) -> float:
    """The seconds of one request: by how many were answered, or the median of their latencies."""
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"not every request was answered:\n{output}")
    completed, latency = _COMPLETED.search(output), _MEDIAN.search(output)
    if completed is None or latency is None or completed[1] == "0":
        raise RuntimeError(f"nothing was answered:\n{output}")
    if median:
        return float(latency[1]) * _UNITS[latency[2]]
    return float(completed[2]) * _UNITS[completed[3]] / int(completed[1])


def _ask(server: Server, query: str) -> list[list[tuple[str, str]]]:
    """The rows of an answer, sorted, for comparison."""
    request = urllib.request.Request(
        f"{server.endpoint}?query={quote(_PREFIXES + query)}", headers={"Accept": _RESULTS}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        bindings: list[dict[str, Any]] = json.load(answer)["results"]["bindings"]
    return sorted(sorted((name, term["value"]) for name, term in row.items()) for row in bindings)


@contextmanager
def _serve_rolegraph(folder: Path | None, place: Path) -> Iterator[Server]:
    data = [] if folder is None else ["--data", str(folder)]
    port = _find_port()
    command = [*find_rolegraph(), *data, "serve", "--port", str(port), "--quiet"]
    base = f"http://127.0.0.1:{port}"
    with _run(command, f"{base}/health", place / "rolegraph.log"):
        yield Server("rolegraph serve", f"{base}/sparql")


@contextmanager
def _serve_read_only(oxigraph: str, texts: Sequence[bytes], place: Path) -> Iterator[Server]:
    store = place / "store"
    shutil.rmtree(store, ignore_errors=True)
    for number, text in enumerate(texts):
        file = place / f"part-{number}.ttl"
        file.write_bytes(text)
        subprocess.run([oxigraph, "load", "-l", str(store), "-f", str(file)], capture_output=True, check=True)
    port = _find_port()
    command = [oxigraph, "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}"]
    with _run(command, f"http://127.0.0.1:{port}/", place / "read-only.log"):
        yield Server("oxigraph serve-read-only", f"http://127.0.0.1:{port}/query")


@contextmanager
def serve_memory(oxigraph: str, texts: Sequence[bytes], place: Path) -> Iterator[Server]:
    """Oxigraph's server in memory, with ``texts`` (Turtle) in its default graph."""
    port = _find_port()
    base = f"http://127.0.0.1:{port}"
    with _run([oxigraph, "serve", "-b", f"127.0.0.1:{port}"], f"{base}/", place / "memory.log"):
        for text in texts:
            request = urllib.request.Request(
                f"{base}/store?default", text, headers={"Content-Type": "text/turtle"}, method="POST"
            )
            urllib.request.urlopen(request, timeout=300).close()
        yield Server("oxigraph serve, in memory", f"{base}/query")


@contextmanager
def _run(command: Sequence[str], url: str, log: Path) -> Iterator[None]:
    """A server while the block runs, from when it answers at ``url``."""
    with log.open("wb") as sink, subprocess.Popen(command, stdout=sink, stderr=sink) as server:
        try:
            for _ in range(3_000):
                if server.poll() is not None:
                    raise RuntimeError(f"{command[0]} ended: {log.read_text(errors='replace')[-1000:]}")
                try:
                    urllib.request.urlopen(url, timeout=5).close()
                    break
                except urllib.error.HTTPError as error:
                    error.close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()
            server.wait(30)


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
