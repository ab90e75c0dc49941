"""The graph as Turtle: the bytes of ``rolegraph.ttl``."""

from __future__ import annotations

from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.write import write_turtle


def write(source: Source, sink: Sink) -> None:
    """Write the graph, and what it holds beside the records, as Turtle."""
    write_turtle(source.taxonomy, sink, source.foreign)
