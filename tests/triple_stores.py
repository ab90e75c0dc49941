"""Real triple stores for tests: Oxigraph of its PyPI package, and Apache Jena Fuseki where Java and Maven are present."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

FUSEKI = "org.apache.jena:jena-fuseki-server:5.2.0"
_DATASETS = """\
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
<#server> a fuseki:Server ; fuseki:services ( <#named> <#union> <#default> ) .
<#named> a fuseki:Service ; fuseki:name "named" ; fuseki:dataset [ a ja:MemoryDataset ] ; {operations} .
<#default> a fuseki:Service ; fuseki:name "default" ; fuseki:dataset [ a ja:MemoryDataset ] ; {operations} .
<#union> a fuseki:Service ; fuseki:name "union" ; {operations} ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "--mem--" ; tdb2:unionDefaultGraph true ] .
"""
_OPERATIONS = """fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ]"""


@dataclass(frozen=True)
class TripleStore:
    """Where a store takes graphs, and where it answers queries."""

    graphs: str
    queries: str


def find_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_server(command: list[str], url: str, log: Path) -> Iterator[None]:
    """A server that answers at ``url`` while the block runs."""
    with log.open("wb") as sink, subprocess.Popen(command, stdout=sink, stderr=sink) as server:
        try:
            for _ in range(600):
                assert server.poll() is None, f"the server ended: {log.read_text(errors='replace')[-2000:]}"
                try:
                    urllib.request.urlopen(url, timeout=5).close()
                    break
                except urllib.error.HTTPError as error:
                    error.close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise AssertionError(f"nothing answers at {url}")
            yield
        finally:
            # Asked to end first, so that it can end processes of its own.
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


@contextmanager
def run_oxigraph(folder: Path, *, union: bool = False) -> Iterator[TripleStore]:
    """An Oxigraph server in memory."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("the oxigraph server is not installed (PyPI package oxigraph)")
    port = find_port()
    base = f"http://127.0.0.1:{port}"
    command = [binary, "serve", "--bind", f"127.0.0.1:{port}", *(["--union-default-graph"] if union else [])]
    with run_server(command, f"{base}/", folder / f"oxigraph-{port}.log"):
        yield TripleStore(f"{base}/store", f"{base}/query")


@contextmanager
def run_rolegraph(folder: Path, data: Path) -> Iterator[TripleStore]:
    """The server of the package itself over a data folder; it takes no graphs."""
    port = find_port()
    base = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "rolegraph", "--data", str(data), "serve", "--port", str(port), "--workers", "1", "--quiet",
    ]  # fmt: skip
    with run_server(command, f"{base}/sparql", folder / "serve.log"):
        yield TripleStore("", f"{base}/sparql")


@cache
def find_fuseki() -> tuple[Path | None, str]:
    """The jar of Fuseki, got by Maven where it is not in its repository yet; or why there is none."""
    if shutil.which("java") is None:
        return None, "there is no java, which Fuseki needs"
    group, name, version = FUSEKI.split(":")
    repository = Path.home() / ".m2" / "repository"
    jar = repository.joinpath(*group.split("."), name, version, f"{name}-{version}.jar")
    if jar.is_file():
        return jar, ""
    if shutil.which("mvn") is None:
        return None, "there is no mvn to get Fuseki with"
    command = ["mvn", "-B", "-q", "dependency:get", f"-Dartifact={FUSEKI}", "-Dtransitive=false"]
    try:
        got = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        return None, "mvn did not get Fuseki in time"
    if got.returncode or not jar.is_file():
        return None, f"mvn did not get Fuseki: {(got.stdout + got.stderr)[-200:]}"
    return jar, ""


@contextmanager
def run_fuseki(folder: Path) -> Iterator[dict[str, TripleStore]]:
    """A Fuseki server with three datasets in memory: named, default (neither unions its named graphs), and union."""
    jar, reason = find_fuseki()
    if jar is None:
        pytest.skip(reason)
    port = find_port()
    base = f"http://127.0.0.1:{port}"
    config = folder / "fuseki.ttl"
    config.write_text(_DATASETS.format(operations=_OPERATIONS), encoding="utf-8")
    command = [
        "java",
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(jar),
        "--localhost",
        f"--port={port}",
        "--ping",
        f"--config={config}",
    ]
    with run_server(command, f"{base}/$/ping", folder / "fuseki.log"):
        yield {
            name: TripleStore(f"{base}/{name}/data", f"{base}/{name}/query")
            for name in ("named", "default", "union")
        }
