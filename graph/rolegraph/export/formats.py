"""The formats of ``rolegraph export``: their names, endings, media types, and the modules that write them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from rolegraph.export.source import Source
from rolegraph.output import Sink

Write = Callable[[Source, Sink], None]
"""Writes one file: deterministic, UTF-8, a piece at a time where the size matters."""

Files = Callable[[Source], Iterable[tuple[str, Callable[[Sink], None]]]]
"""The files of a format that has several: the name of each, and what writes it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, what its files end in, its media type, what it is for, the module that writes it.

    ``several`` says that it is a folder of files, not one; ``binary`` that it is no text.
    """

    name: str
    ending: str
    media_type: str
    purpose: str
    module: str
    several: bool = False
    binary: bool = False

    def load_writer(self) -> Write:
        """What writes the one file."""
        return cast("Write", importlib.import_module(f"rolegraph.export.{self.module}").write)

    def load_files(self) -> Files:
        """What lists the files of a format that has several."""
        return cast("Files", importlib.import_module(f"rolegraph.export.{self.module}").list_files)


FORMATS = {
    form.name: form
    for form in (
        Format("turtle", ".ttl", "text/turtle", "the graph as Turtle, as build writes it", "turtle"),
        Format("ntriples", ".nt", "application/n-triples", "the graph as sorted N-Triples", "ntriples"),
        Format(
            "nquads", ".nq", "application/n-quads", "graph, nearest roles and releases, a line each", "nquads"
        ),
        Format("trig", ".trig", "application/trig", "graph, nearest roles and releases, for reading", "trig"),
        Format("rdfxml", ".rdf", "application/rdf+xml", "the graph for tools that read RDF/XML", "rdfxml"),
        Format("jsonld", ".jsonld", "application/ld+json", "the graph for programs that read JSON", "jsonld"),
        Format("skos", ".ttl", "text/turtle", "the concepts alone: Skosmos, PoolParty, VocBench", "skos"),
        Format(
            "owl",
            ".owl",
            "application/rdf+xml",
            "roles, skills and occupations as classes: Protege, OAK",
            "owl",
        ),
        Format("sssom", ".tsv", "text/tab-separated-values", "all mappings, for mapping tools", "sssom"),
        Format("csv", "", "text/csv", "nodes and edges for Neo4j's bulk import", "bulk", several=True),
        Format(
            "xlsx",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "a workbook to filter and sort",
            "xlsx",
            binary=True,
        ),
        Format(
            "graphml",
            ".graphml",
            "application/graphml+xml",
            "roles as a network: yEd, Gephi, Cytoscape, igraph",
            "graphml",
        ),
        Format("dot", ".dot", "text/vnd.graphviz", "a picture of the architecture for Graphviz", "dot"),
        Format(
            "mermaid", ".mmd", "text/vnd.mermaid", "a picture of the architecture for Markdown", "mermaid"
        ),
        Format(
            "schemaorg",
            ".jsonld",
            "application/ld+json",
            "roles as schema.org/Occupation, for pages",
            "schemaorg",
        ),
        Format("gexf", ".gexf", "application/gexf+xml", "roles as a network for Gephi", "gexf"),
        Format(
            "obographs", ".json", "application/json", "the classes as OBO Graphs: OAK, pronto", "obographs"
        ),
    )
}
"""Every format by its name, in the order in which they are listed."""
