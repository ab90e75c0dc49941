"""Nothing goes out to the network without an address that was typed for it; a URL in place of a path is refused."""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rolegraph.export.formats import FORMATS

ROLE, OTHER = "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3"
WATCH = """
import contextlib, io, json, sys
from rolegraph.cli.main import run

events = []

def watch(event, arguments):
    # What asks for an address or opens a connection, in whatever module of Python.
    if event.startswith("socket.") and event != "socket.__new__":
        events.append(f"{event} {arguments[1:]}")
        raise OSError(101, "the network is watched")

sys.addaudithook(watch)
for arguments in json.load(sys.stdin):
    events.clear()
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(arguments)
    print(json.dumps([status, err.getvalue(), events]), flush=True)
"""
PAGE = """<html><head><link rel="stylesheet" href="{url}style.css"><script src="{url}x.js"></script></head>
<body><img src="{url}pixel.png"><iframe src="{url}"></iframe><h1>Nothing of ours</h1></body></html>"""
JSONLD = """{{"@context": "{url}context.jsonld", "@id": "https://a.example/x", "@type": "Dataset"}}"""
XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF SYSTEM "{url}rdf.dtd" [<!ENTITY far SYSTEM "{url}entity.txt"> <!ENTITY % more SYSTEM "{url}more.dtd"> %more;]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/">
<rdf:Description rdf:about="https://a.example/x"><dcterms:title>&far;</dcterms:title></rdf:Description></rdf:RDF>"""
TURTLE = """<https://a.example/x> a <http://www.w3.org/2002/07/owl#Ontology> ;
  <http://www.w3.org/2002/07/owl#imports> <{url}imported.ttl> ;
  <http://www.w3.org/2000/01/rdf-schema#seeAlso> <{url}more> ."""
QUERIES = {
    "service.rq": "SELECT * {{ SERVICE <{url}sparql> {{ ?s ?p ?o }} }}",
    "from.rq": "SELECT * FROM <{url}data.ttl> {{ ?s ?p ?o }}",
    "load.rq": "LOAD <{url}data.ttl>",
    "graph.rq": "SELECT * {{ GRAPH <{url}data.ttl> {{ ?s ?p ?o }} }}",
    "describe.rq": "DESCRIBE <{url}thing>",
}


@dataclass
class Trap:
    """A port that listens and never answers: whoever calls, from whatever process, is seen."""

    listener: socket.socket
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def has_caller(self) -> bool:
        return bool(select.select([self.listener], [], [], 0.2)[0])


@pytest.fixture
def trap() -> Iterator[Trap]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Trap(listener)


def run_watched(folder: Path, commands: list[list[str]]) -> list[tuple[int, str, list[str]]]:
    """Exit status, standard error and attempts to reach the network of each command, run in one watched process."""
    child = subprocess.run(
        [sys.executable, "-c", WATCH], input=json.dumps(commands), capture_output=True, text=True, cwd=folder,
        timeout=300, check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in child.stdout.splitlines()]
    assert len(answers) == len(commands), child.stderr
    return [(status, err, events) for status, err, events in answers]


def test_no_command_reaches_the_network(tmp_path: Path, trap: Trap) -> None:
    files = {"page.html": PAGE, "far.jsonld": JSONLD, "far.rdf": XML, "far.ttl": TURTLE} | QUERIES
    for name, text in files.items():
        (tmp_path / name).write_text(text.format(url=trap.url), encoding="utf-8")
    (tmp_path / "roles.csv").write_text(f"Job title,Level,Link\nBaker,Junior,{trap.url}\n", encoding="utf-8")
    commands = [
        ["build", "-o", "out"], ["validate"], ["validate", "out/rolegraph.ttl"], ["stats"], ["list", "profiles"],
        ["--graph", "out/rolegraph.ttl", "list", "profiles"], ["search", "aseptic"], ["show", OTHER],
        ["adjacent", ROLE], ["adjacent", ROLE, "-o", "near.png"], ["path", ROLE, OTHER, "-o", "path.svg"],
        ["compare", ROLE, OTHER, "-o", "sides.html"], ["validate", "-o", "findings.html"], ["mappings", "check"],
        ["query", "--list"], ["query", "coverage"], ["diff", "out/rolegraph.ttl", "out/rolegraph.ttl"],
        ["ingest", "page.html", "-o", "taken"], ["import", "table", "roles.csv", "--suggest"],
        *(["query", name] for name in QUERIES),
        *([*start, f"far.{ending}"] for ending in ("jsonld", "rdf", "ttl") for start in (["validate"], ["stats", "--graph"])),
        *(["--graph", f"far.{ending}", "export", "-f", "turtle"] for ending in ("jsonld", "rdf", "ttl")),
        *(["export", "-f", name, "-o", f"written/{name}" if form.several else f"made.{name}"] for name, form in FORMATS.items()),
    ]  # fmt: skip
    answers = run_watched(tmp_path, commands)
    statuses = {}
    for command, (status, err, events) in zip(commands, answers, strict=True):
        assert events == [], command
        assert "Traceback" not in err
        statuses[" ".join(command)] = status
    # What was meant to work did, so that the watch was not over work that never began.
    for name in (
        "build -o out",
        "validate",
        "path MANUFA.MANUFACTF950.M3 MANUFA.BIOPROCE4427.M3 -o path.svg",
        "query coverage",
    ):
        assert statuses[name] == 0
    assert {statuses[f"query {name}"] for name in ("service.rq", "from.rq", "load.rq")} == {2}
    assert not trap.has_caller()


@pytest.mark.parametrize(
    "address", ["https://a.example/", "http://maria:pa55@a.example/", "ftp://a.example/", "s3://bucket/"]
)
def test_an_address_in_place_of_a_path_is_refused(tmp_path: Path, address: str) -> None:
    commands = [
        ["--data", f"{address}data", "list", "profiles"], ["list", "profiles", "--data", f"{address}data"],
        ["--graph", f"{address}x.ttl", "stats"], ["validate", f"{address}x.ttl"], ["validate", f"{address}x"],
        ["ingest", f"{address}x.html", "-o", "out"], ["import", "table", f"{address}x.csv", "--suggest"],
        ["import", "onet", f"{address}x.zip", "-o", "out"], ["query", f"{address}x.rq"], ["build", "-o", f"{address}out"],
        ["adjacent", "--skills", f"{address}skills.txt"], ["adjacent", ROLE, "-o", f"{address}near.svg"],
        ["export", "-f", "turtle", "-o", f"{address}x.ttl"], ["init", f"{address}new"],
        ["mappings", "import", f"{address}x.tsv", "-o", "out"], ["diff", f"{address}a", f"{address}b"],
    ]  # fmt: skip
    for command, (status, err, events) in zip(commands, run_watched(tmp_path, commands), strict=True):
        assert (status, events) == (2, []), command
        assert "nothing is fetched" in " ".join(err.split()), (command, err)
        assert "pa55" not in err
    assert list(tmp_path.iterdir()) == []


def test_the_watch_sees_what_goes_out(tmp_path: Path, trap: Trap) -> None:
    command = ["query", "coverage", "--endpoint", trap.url, "--timeout", "0.2"]
    ((status, err, events),) = run_watched(tmp_path, [command])
    assert status == 2
    assert "no connection to" in err
    assert any(event.startswith("socket.") for event in events)
    assert not trap.has_caller()
    with socket.create_connection(trap.listener.getsockname()[:2]):
        assert trap.has_caller()
