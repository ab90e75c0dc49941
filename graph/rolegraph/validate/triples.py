"""The triples that are judged, as canonical N-Triples: the one form that every engine here reads.

A term is written in one way only, so that equal strings are equal terms and no parser is needed to compare them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.errors import InputError, Problem
from rolegraph.rdf.read import parse_statements, read_triples, refuse_foreign
from rolegraph.rdf.vocab import RDF, RG

if TYPE_CHECKING:
    import rdflib

    from rolegraph.model.taxonomy import Taxonomy

_PIECE = 1 << 22


class Triples:
    """A graph as canonical N-Triples: one triple to a line, each once, in no particular order.

    ``make_lines`` gives the lines anew each time, without the `` .`` at their end.
    """

    __slots__ = ("_make_lines",)

    def __init__(self, make_lines: Callable[[], Iterator[str]]) -> None:
        self._make_lines = make_lines

    @classmethod
    def from_taxonomy(cls, taxonomy: Taxonomy, foreign: Sequence[pyoxigraph.Triple] = ()) -> Triples:
        """The triples of a taxonomy, as they are exported, with those beside it; made when they are read, and not kept."""
        from rolegraph.rdf.write import iterate_lines

        return cls(lambda: chain(iterate_lines(taxonomy, len(foreign)), map(str, foreign)))

    @classmethod
    def from_ntriples(cls, data: bytes) -> Triples:
        """The triples of canonical N-Triples, each once, as an export holds them."""
        return cls(lambda: _split_lines(data))

    @classmethod
    def from_turtle(cls, text: str | bytes, file: str = "the graph") -> Triples:
        """The triples of a Turtle (or N-Triples) text; InputError names the line where it is broken."""
        return cls.from_terms(quad.triple for quad in parse_statements(text, file))

    @classmethod
    def from_file(cls, path: Path) -> Triples:
        """The triples of a Turtle or N-Triples file; InputError where it cannot be read or is broken."""
        return cls.from_terms(read_triples(path))

    @classmethod
    def from_rdflib(cls, graph: rdflib.Graph) -> Triples:
        """The triples of an rdflib graph."""
        return cls.from_terms(_convert_triple(triple) for triple in graph)

    @classmethod
    def from_terms(cls, triples: Iterable[pyoxigraph.Triple]) -> Triples:
        """The triples of a stream of pyoxigraph triples."""
        data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
        assert data is not None  # without an output the text is returned
        return cls.from_ntriples(b"".join(dict.fromkeys(data.splitlines(keepends=True))))

    def lines(self) -> Iterator[str]:
        """Every triple as a line without its end."""
        return self._make_lines()

    def serialize(self) -> bytes:
        """The triples as one N-Triples document."""
        return "".join(f"{line} .\n" for line in self.lines()).encode()

    def parse(self) -> Iterator[pyoxigraph.Triple]:
        """The triples as pyoxigraph terms."""
        for quad in pyoxigraph.parse(self.serialize(), format=pyoxigraph.RdfFormat.N_TRIPLES):
            yield quad.triple

    def holds_ours(self) -> bool:
        """Whether any node is of one of our classes. The terms of the vocabulary itself are no data."""
        mark, ours = f"<{RDF.type}> <{RG.iri}", f"<{RG.iri}"
        for line in self.lines():
            subject, _, rest = line.partition(" ")
            if (
                rest.startswith(mark)
                and not subject.startswith(ours)
                and rest.split("<")[-1].rstrip("> ") in RG
            ):
                return True
        return False


def _split_lines(data: bytes) -> Iterator[str]:
    start = 0
    while start < len(data):  # in pieces, so that the lines never all stand in memory at once
        end = data.rfind(b"\n", start, start + _PIECE) + 1 or data.find(b"\n", start) + 1 or len(data)
        yield from filter(None, data[start:end].decode().split(" .\n"))
        start = end


def refuse_strangers(triples: Triples, file: str) -> None:
    """Raise InputError where a graph holds no node of ours, as any shape would hold for it."""
    if not triples.holds_ours():
        raise refuse_foreign(file)


def to_graph(triples: Iterable[pyoxigraph.Triple], graph: rdflib.Graph | None = None) -> rdflib.Graph:
    """An rdflib graph of pyoxigraph triples; literals keep the form in which they are written.

    Without a ``graph`` to fill a new one is made.
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none") if graph is None else graph
    with hush_rdflib():
        for triple in triples:
            graph.add((to_node(triple.subject), to_node(triple.predicate), to_node(triple.object)))
    return graph


@contextmanager
def hush_rdflib() -> Iterator[None]:
    """Keeps rdflib from logging every ill-typed literal, which the shapes report anyway."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def to_node(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """An rdflib term; a literal keeps the form in which it is written."""
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        kind = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=kind, normalize=False)
    raise TypeError(f"{term!r} is not an RDF 1.1 term")


def to_term(node: object) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """The pyoxigraph term of an rdflib node."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return pyoxigraph.BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return pyoxigraph.Literal(str(node), language=str(node.language))
        if node.datatype is None:
            return pyoxigraph.Literal(str(node))
        return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(node.datatype)))
    raise TypeError(f"{node!r} is not an RDF term")


def _convert_triple(triple: tuple[object, object, object]) -> pyoxigraph.Triple:
    subject, predicate, value = map(to_term, triple)
    if isinstance(subject, pyoxigraph.Literal) or not isinstance(predicate, pyoxigraph.NamedNode):
        raise InputError([Problem("not-rdf", f"{triple!r} is not an RDF triple", remedy="leave it out")])
    return pyoxigraph.Triple(subject, predicate, value)
