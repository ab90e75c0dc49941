"""The record that a store keeps of what was published into it: a small graph beside the others.

``{base}publication`` holds for each graph its name and the SHA-256 of the upload that made it. Before a graph is sent
its hash is taken out, and put back once the store has answered: a hash in the record is that of a whole upload, also
after an interruption. It holds no time, so that the same data gives the same record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph as ox

from rolegraph.rdf.vocab import DCTERMS, RG, VOID, XSD
from rolegraph.remote.graphs import GraphStore
from rolegraph.remote.parts import NTRIPLES

_DEFAULT = "default"
_DIGITS = 18
"""The most digits of a number of triples that is believed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A graph in the store. ``sha256`` is None while it is not known what it holds."""

    graph: str | None
    sha256: str | None = None
    triples: int | None = None


class Record:
    """The entries of a store, by graph; each change is written to the store before the method returns."""

    def __init__(self, store: GraphStore, base: str) -> None:
        self._store = store
        self._base = base
        self.graph = f"{base}publication"
        self.entries = {entry.graph: entry for entry in self._read()}

    def forget(self, graphs: set[str | None]) -> None:
        """Take out the hashes of graphs that are about to change."""
        for graph in graphs:
            self.entries[graph] = replace(self.entries.get(graph, Entry(graph)), sha256=None, triples=None)
        self._write()

    def note(self, entry: Entry) -> None:
        """A graph is whole in the store."""
        self.entries[entry.graph] = entry
        self._write()

    def drop(self, graph: str | None) -> None:
        """A graph is no longer in the store."""
        self.entries.pop(graph, None)
        self._write()

    def _read(self) -> list[Entry]:
        found: dict[str, dict[str, str]] = {}
        for triple in self._store.read(self.graph):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
                found.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value
        entries = []
        for node, said in sorted(found.items()):
            name = said.get(DCTERMS.identifier)
            # What another hand wrote into the graph is no entry, and goes with the next writing.
            if name is None or node != self._name_node(None if name == _DEFAULT else name):
                continue
            triples = said.get(VOID.triples, "")
            entries.append(
                Entry(
                    None if name == _DEFAULT else name,
                    said.get(RG.sha256),
                    int(triples) if triples.isdecimal() and len(triples) <= _DIGITS else None,
                )
            )
        return entries

    def _write(self) -> None:
        triples = []
        for entry in self.entries.values():
            node = ox.NamedNode(self._name_node(entry.graph))

            def add(predicate: str, value: ox.Literal | ox.NamedNode, node: ox.NamedNode = node) -> None:
                triples.append(ox.Triple(node, ox.NamedNode(predicate), value))

            add(DCTERMS.isPartOf, ox.NamedNode(self.graph))
            add(DCTERMS.identifier, ox.Literal(_DEFAULT if entry.graph is None else entry.graph))
            if entry.sha256 is not None:
                add(RG.sha256, ox.Literal(entry.sha256))
            if entry.triples is not None:
                add(VOID.triples, ox.Literal(str(entry.triples), datatype=ox.NamedNode(XSD.integer)))
        text = "".join(sorted(f"{triple} .\n" for triple in triples))
        self._store.put(self.graph, text.encode(), NTRIPLES)

    def _name_node(self, graph: str | None) -> str:
        name = _DEFAULT if graph is None else graph.removeprefix(self._base)
        return f"{self.graph}#{name}"
