"""The graph as sorted N-Triples: the bytes of ``rolegraph.nt``."""

from __future__ import annotations

from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.write import write_ntriples


def write(source: Source, sink: Sink) -> None:
    """Write the graph, and what it holds beside the records, as sorted N-Triples."""
    write_ntriples(source.taxonomy, sink, source.foreign)
