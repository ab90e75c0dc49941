"""The dataset that queries are answered from as N-Quads: what is said of roles, sorted, then each release's graph."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile

from rolegraph.export.graphs import iterate_pieces
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.write import CHUNK, write_ntriples


def write(source: Source, sink: Sink) -> None:
    """Write the default graph (the records, what stands beside them, the nearest roles) and the named graphs.

    Lines of the default graph are in the order of their bytes, each once; those of a release in the order of its file.
    Raises InputError for the file of a release that is no N-Triples.
    """
    with TemporaryFile(prefix="rolegraph-") as graph, TemporaryFile(prefix="rolegraph-") as neighbours:
        write_ntriples(source.taxonomy, graph, source.foreign)
        source.write_neighbour_lines(neighbours)
        graph.seek(0)
        neighbours.seek(0)
        lines = _drop_repeated(merge(graph, neighbours))
        while piece := b"".join(islice(lines, CHUNK)):
            sink.write(piece)
    for iri, file in source.graphs:
        end = f" <{iri}> .\n".encode()
        for piece in iterate_pieces(file):
            # A line feed inside a literal is written as \n, so this is the end of a line and nothing else.
            sink.write(piece.replace(b" .\n", end))


def _drop_repeated(lines: Iterator[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
            last = line
