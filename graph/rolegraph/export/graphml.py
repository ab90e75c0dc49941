"""The graph of roles as GraphML (http://graphml.graphdrawing.org/), for yEd, Gephi, Cytoscape, igraph and NetworkX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rolegraph.export.pieces import write_pieces
from rolegraph.export.roles import EDGE_FACTS, GRAPH_FACTS, NODE_FACTS, Fact, RoleGraph, list_facts, name_edge
from rolegraph.export.source import Source
from rolegraph.export.xmltext import escape_text
from rolegraph.output import Sink

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""

_TYPES: Final = {"string": "string", "double": "double", "integer": "int"}

_LABEL: Final = Fact("label", "string", "what tools show beside a role: its title")


def write(source: Source, sink: Sink) -> None:
    """Write roles as nodes, nearest roles and moves as directed edges, with typed attributes."""
    write_pieces(sink, _list_pieces(RoleGraph(source)))


def _list_pieces(graph: RoleGraph) -> Iterator[str]:
    yield _HEAD
    for scope, facts in (("graph", GRAPH_FACTS), ("node", (_LABEL, *NODE_FACTS)), ("edge", EDGE_FACTS)):
        for fact in facts:
            yield _declare(scope, fact)
    yield '<graph id="roles" edgedefault="directed">\n'
    yield _write_data("graph", graph.tell_facts(), "dataset") + "\n"
    for node in graph.iterate_nodes():
        data = _write_data("node", {"label": node.facts["title"], **node.facts}, node.code)
        yield f'<node id="{node.code}">{data}</node>\n'
    for edge in graph.iterate_edges():
        name = name_edge(edge)
        data = _write_data("edge", edge.facts, name)
        yield f'<edge id="{name}" source="{edge.origin}" target="{edge.destination}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _declare(scope: str, fact: Fact) -> str:
    # Ids are unique over the whole file: a node and an edge may well have attributes of one name.
    return (
        f'<key id="{scope}-{fact.name}" for="{scope}" attr.name="{fact.name}" attr.type="{_TYPES[fact.kind]}">'
        f"<desc>{escape_text(fact.meaning)}</desc></key>\n"
    )


def _write_data(scope: str, facts: Mapping[str, object], where: str) -> str:
    return "".join(
        f'<data key="{scope}-{name}">{escape_text(text, where)}</data>' for name, text in list_facts(facts)
    )
