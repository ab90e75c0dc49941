"""The dataset that queries are answered from as TriG: the Turtle of the build, then each release's graph by its name."""

from __future__ import annotations

from rolegraph.export.graphs import iterate_pieces
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.form import Turtle
from rolegraph.rdf.write import write_turtle


def write(source: Source, sink: Sink) -> None:
    """Write the default graph (the records, what stands beside them, the nearest roles) and the named graphs.

    Raises InputError for the file of a release that is no N-Triples.
    """
    write_turtle(source.taxonomy, sink, source.foreign)
    head = Turtle(source.taxonomy.dataset.base).write_prefixes().encode()
    source.write_neighbours(_Continuing(sink, head))
    for iri, file in source.graphs:
        sink.write(f"\n<{iri}> {{\n".encode())
        for piece in iterate_pieces(file):
            sink.write(piece)
        sink.write(b"}\n")


class _Continuing:
    """Takes a Turtle file as the continuation of another with the same prefixes: without its head."""

    def __init__(self, sink: Sink, head: bytes) -> None:
        self._sink = sink
        self._head = head

    def write(self, data: bytes, /) -> int:
        if self._head and data.startswith(self._head):
            data, self._head = b"\n" + data[len(self._head) :], b""
        return self._sink.write(data)
