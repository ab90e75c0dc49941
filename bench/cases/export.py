"""A whole ``rolegraph export`` in every format; beside some of them, other writers with their graph at hand.

The peers have in memory what they write; rolegraph's time has the records (or columns) made into it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import pyoxigraph
import rdflib

from bench.commands import Ended, find_rolegraph, make_command
from bench.data import hash_triples
from bench.measure import Comparison, Variant, make_variant
from rolegraph.careers.projection import projection
from rolegraph.export.formats import FORMATS
from rolegraph.export.source import Source

if TYPE_CHECKING:
    from bench.data import Architectures, Data

PEERS_MOST = 1_000
"""The largest size at which the peers take part: rdflib takes minutes beyond it."""

SYNTAXES = {
    "turtle": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    "rdfxml": ("xml", pyoxigraph.RdfFormat.RDF_XML),
    "jsonld": ("json-ld", pyoxigraph.RdfFormat.JSON_LD),
}
"""The formats that rdflib writes too: what it calls them, and what they are read back as."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The commands, then the writers."""
    data = stock.get(size)
    for form in FORMATS.values():
        place = data.place / (f"export-{form.name}{form.ending}" if form.ending else f"export-{form.name}")
        command = [*find_rolegraph(), "--data", str(data.folder), "export", "-f", form.name, "-o", str(place)]
        variant = make_command(
            "rolegraph export",
            command,
            data.place / "export.txt",
            answer=_check(place),
            environment={"ROLEGRAPH_CACHE": str(data.place / "snapshots")},
        )
        yield Comparison(f"`export -f {form.name}`", size, [variant])
    if size <= PEERS_MOST:
        yield from _compare_rdf(data)
        yield _compare_graphml(data)


def _check(place: Path) -> Callable[[Ended], int]:
    """The bytes that were written. Raises RuntimeError where the command failed."""

    def count(ended: Ended) -> int:
        if ended.status:
            raise RuntimeError(f"the export to {place} failed")
        files = [place] if place.is_file() else list(place.iterdir())
        return sum(file.stat().st_size for file in files)

    return count


def _compare_rdf(data: Data) -> Iterator[Comparison]:
    source = _make_source(data)
    graph = _read_by_rdflib(data.ntriples)
    for name, (called, syntax) in SYNTAXES.items():

        def hash_text(text: bytes, syntax: pyoxigraph.RdfFormat = syntax) -> tuple[int, str]:
            return hash_triples(pyoxigraph.parse(text, format=syntax))

        def write_by_rdflib(called: str = called) -> bytes:
            return graph.serialize(format=called, encoding="utf-8")

        variants = [
            make_variant("rolegraph, from records", _make_writer(name, source), hash_text),
            make_variant("rdflib, graph at hand", write_by_rdflib, hash_text),
        ]
        yield Comparison(f"{name}, written", data.size, variants)


def _compare_graphml(data: Data) -> Comparison:
    source, graph = _make_source(data), projection(data.roster)
    # NetworkX writes neither tuples nor what is None.
    for facts in (*dict(graph.nodes).values(), *(facts for *_, facts in graph.edges(data=True))):
        for name, value in list(facts.items()):
            if value is None:
                del facts[name]
            elif isinstance(value, tuple):
                facts[name] = "; ".join(value)

    def write_by_networkx() -> bytes:
        sink = io.BytesIO()
        networkx.write_graphml(graph, sink)
        return sink.getvalue()

    variants: list[Variant] = [
        make_variant("rolegraph, from columns", _make_writer("graphml", source), _count_elements),
        make_variant("NetworkX, graph at hand", write_by_networkx, _count_elements),
    ]
    return Comparison("graphml, written", data.size, variants)


def _count_elements(text: bytes) -> tuple[int, int]:
    return text.count(b"<node "), text.count(b"<edge ")


def _make_source(data: Data) -> Source:
    return Source(data.taxonomy, lambda: data.roster, "structural@1", 10)


def _make_writer(name: str, source: Source) -> Callable[[], bytes]:
    write = FORMATS[name].load_writer()

    def collect() -> bytes:
        sink = io.BytesIO()
        write(source, sink)
        return sink.getvalue()

    return collect


def _read_by_rdflib(file: Path) -> rdflib.Graph:
    """The graph with literals as they are written: otherwise it would not be the same one."""
    kept = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        return rdflib.Graph().parse(file, format="nt")
    finally:
        rdflib.NORMALIZE_LITERALS = kept
