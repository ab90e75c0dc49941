"""The class tree as OBO Graphs JSON (https://github.com/geneontology/obographs), for OAK and other OBO tools.

The classes are those of the OWL export, as the OBO tools make nodes of such a file: labels, definitions, synonyms and
mappings stand in ``meta``, and what a class stands under is an ``is_a`` edge. A mapping is a value of its property, and
an xref besides, the one form of mapping that every such tool reads. The facts of a mapping have no place here, nor has
what a graph file holds beside the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rolegraph.export.classes import TreeClass, iterate_classes
from rolegraph.export.owl import OBO, name_ontology
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.fields import MATCHES
from rolegraph.rdf.vocab import DCTERMS, OWL, SKOS

if TYPE_CHECKING:
    from rolegraph.model.reference import Dataset

    Json = dict[str, Any]

CHUNK = 2_000
"""Nodes that are joined before they are written."""


def write(source: Source, sink: Sink) -> None:
    """Write one graph: its nodes, then its edges, one to a line."""
    taxonomy = source.taxonomy
    name, version = name_ontology(taxonomy.dataset)
    head = f'{{"graphs": [{{\n"id": {_dump(name)},\n"meta": {_dump(_describe_graph(taxonomy.dataset, version))},\n'
    sink.write(f'{head}"nodes": [\n'.encode())
    _write_items(map(_describe_node, iterate_classes(taxonomy)), sink)
    sink.write(b'],\n"edges": [\n')
    _write_items(_list_edges(iterate_classes(taxonomy)), sink)
    sink.write(b"]\n}]}\n")


def _write_items(items: Iterable[Json], sink: Sink) -> None:
    """Write the items of a list, a line each, with commas between them."""
    texts: list[str] = []
    before = ""
    for item in items:
        texts.append(f"{before}{_dump(item)}")
        before = ",\n"
        if len(texts) >= CHUNK:
            sink.write("".join(texts).encode())
            texts.clear()
    texts.append("\n" if before else "")
    sink.write("".join(texts).encode())


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _say(*values: tuple[str, str | None]) -> list[Json]:
    """Values of properties, without those that are missing."""
    return [{"pred": predicate, "val": value} for predicate, value in values if value is not None]


def _describe_graph(dataset: Dataset, version: str) -> Json:
    said = _say(
        (OWL.versionInfo, dataset.version),
        (DCTERMS.title, dataset.title),
        (DCTERMS.description, dataset.description),
        (DCTERMS.publisher, dataset.publisher),
        (DCTERMS.license, dataset.licence),
        (DCTERMS.rights, dataset.access_rights),
        (DCTERMS.issued, dataset.issued),
        (DCTERMS.modified, dataset.modified),
    )
    return {"basicPropertyValues": said, "version": version}


def _describe_node(node: TreeClass) -> Json:
    meta: Json = {}
    if node.definition is not None:
        meta["definition"] = {"val": node.definition}
    if node.synonyms:
        meta["synonyms"] = [{"pred": "hasExactSynonym", "val": synonym} for synonym in node.synonyms]
    if node.claims:
        meta["xrefs"] = [{"val": claim.target} for claim in node.claims]
    said = _say(
        (SKOS.notation, node.code),
        *((MATCHES[claim.mapping.predicate], claim.target) for claim in node.claims),
        (SKOS.historyNote, node.note),
        (OBO.IAO_0100001, node.successor),
    )
    if said:
        meta["basicPropertyValues"] = said
    if node.note is not None:
        meta["deprecated"] = True
    described: Json = {"id": node.iri, "lbl": node.label, "type": "CLASS"}
    return described | ({"meta": meta} if meta else {})


def _list_edges(nodes: Iterable[TreeClass]) -> Iterator[Json]:
    for node in nodes:
        if node.parent is not None:
            yield {"sub": node.iri, "pred": "is_a", "obj": node.parent}
