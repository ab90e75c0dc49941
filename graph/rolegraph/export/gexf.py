"""The graph of roles as GEXF 1.3 (https://gexf.net/), for Gephi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rolegraph.export.pieces import write_pieces
from rolegraph.export.roles import EDGE_FACTS, NODE_FACTS, Fact, RoleGraph, list_facts, name_edge
from rolegraph.export.source import Source
from rolegraph.export.xmltext import escape_text, escape_value
from rolegraph.output import Sink

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
"""


def write(source: Source, sink: Sink) -> None:
    """Write roles as nodes, nearest roles and moves as directed edges, which may lie side by side.

    The day in it is that on which the data were changed, not that of the export.
    """
    write_pieces(sink, _list_pieces(source, RoleGraph(source)))


def _list_pieces(source: Source, graph: RoleGraph) -> Iterator[str]:
    dataset, facts = source.taxonomy.dataset, graph.tell_facts()
    about = f"{dataset.title}, version {facts['version']}; distances {facts['edition']}, costs {facts['cost_edition']}"
    yield _HEAD
    yield f'<meta lastmodifieddate="{dataset.modified}"><creator>rolegraph</creator>'
    yield f"<description>{escape_text(about, 'dataset')}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static">\n'
    yield _declare("node", NODE_FACTS)
    yield _declare("edge", EDGE_FACTS)
    yield "<nodes>\n"
    for node in graph.iterate_nodes():
        label = escape_value(str(node.facts["title"]), node.code)
        yield f'<node id="{node.code}" label="{label}">{_write_facts(node.facts, node.code)}</node>\n'
    yield "</nodes>\n<edges>\n"
    for edge in graph.iterate_edges():
        name = name_edge(edge)
        # By its kind, Gephi keeps two edges between the same roles apart.
        yield (
            f'<edge id="{name}" source="{edge.origin}" target="{edge.destination}"'
            f' kind="{edge.facts["kind"]}">{_write_facts(edge.facts, name)}</edge>\n'
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _declare(scope: str, facts: tuple[Fact, ...]) -> str:
    lines = (f'<attribute id="{fact.name}" title="{fact.name}" type="{fact.kind}"/>\n' for fact in facts)
    return f'<attributes class="{scope}" mode="static">\n{"".join(lines)}</attributes>\n'


def _write_facts(facts: Mapping[str, object], where: str) -> str:
    values = "".join(
        f'<attvalue for="{name}" value="{escape_value(text, where)}"/>' for name, text in list_facts(facts)
    )
    return f"<attvalues>{values}</attvalues>"
