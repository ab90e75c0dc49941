"""Records -> Turtle and sorted N-Triples, beside rdflib and the pyoxigraph serializer without a store.

rolegraph starts from the records. The peers start from plain statements, tuples of strings, and make their own
terms of them, as a program that uses them would; one variant is the serializer alone, its triples at hand.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib

from bench.data import hash_graph
from bench.measure import Comparison, make_variant
from rolegraph.rdf.vocab import NAMESPACES, XSD
from rolegraph.rdf.write import iterate_triples, write_ntriples, write_turtle

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.output import Sink

RDFLIB_MOST = 10_000
"""The largest size at which rdflib takes part: ten times as much would take an hour and most of the memory."""
READY_MOST = 10_000
"""The largest size at which all triples are kept in memory for the serializer alone."""
PREFIXES = {namespace.prefix: namespace.iri for namespace in NAMESPACES}

Statement = tuple[str, str, str, str | None, str | None]
"""Subject, predicate, object; for a literal its language (empty: none) and its datatype, for an IRI None."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Writing as Turtle, and as N-Triples."""
    taxonomy = stock.get(size).taxonomy
    statements = list(_state(taxonomy))
    ready = list(_make_triples(statements)) if size <= READY_MOST else None

    def serialize(form: pyoxigraph.RdfFormat) -> bytes:
        return pyoxigraph.serialize(_make_triples(statements), format=form, prefixes=PREFIXES) or b""

    variants = [
        make_variant("rolegraph, from records", lambda: _collect(write_turtle, taxonomy), hash_graph),
        make_variant("pyoxigraph serializer", lambda: serialize(pyoxigraph.RdfFormat.TURTLE), hash_graph),
    ]
    if ready is not None:
        variants.append(
            make_variant(
                "pyoxigraph serializer, triples at hand",
                lambda: pyoxigraph.serialize(ready, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES),
                hash_graph,
            )
        )
    if size <= RDFLIB_MOST:
        variants.append(make_variant("rdflib", lambda: _serialize_by_rdflib(statements), hash_graph))
    yield Comparison("Turtle", size, variants)

    def serialize_sorted() -> bytes:
        return b"".join(sorted(serialize(pyoxigraph.RdfFormat.N_TRIPLES).splitlines(keepends=True)))

    yield Comparison(
        "sorted N-Triples",
        size,
        [
            make_variant("rolegraph, from records", lambda: _collect(write_ntriples, taxonomy), _hash_bytes),
            make_variant("pyoxigraph serializer, and a sort", serialize_sorted, _hash_bytes),
        ],
    )


def _collect(write: Callable[[Taxonomy, Sink], int], taxonomy: Taxonomy) -> bytes:
    sink = io.BytesIO()
    write(taxonomy, sink)
    return sink.getvalue()


def _state(taxonomy: Taxonomy) -> Iterator[Statement]:
    for triple in iterate_triples(taxonomy):
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if isinstance(subject, pyoxigraph.Triple) or isinstance(value, pyoxigraph.Triple):
            raise TypeError("an export holds no triple terms")
        if isinstance(value, pyoxigraph.Literal):
            kind = None if value.language or value.datatype.value == XSD.string else value.datatype.value
            yield subject.value, predicate.value, value.value, value.language or "", kind
        else:
            yield subject.value, predicate.value, value.value, None, None


def _make_triples(statements: list[Statement]) -> Iterator[pyoxigraph.Triple]:
    for subject, predicate, value, language, kind in statements:
        term: pyoxigraph.NamedNode | pyoxigraph.Literal
        if language is None:
            term = pyoxigraph.NamedNode(value)
        elif kind is not None:
            term = pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(kind))
        else:
            term = pyoxigraph.Literal(value, language=language or None)
        yield pyoxigraph.Triple(pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), term)


def _serialize_by_rdflib(statements: list[Statement]) -> bytes:
    graph = rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)
    for subject, predicate, value, language, kind in statements:
        term: rdflib.URIRef | rdflib.Literal
        if language is None:
            term = rdflib.URIRef(value)
        else:
            datatype = None if kind is None else rdflib.URIRef(kind)
            term = rdflib.Literal(value, lang=language or None, datatype=datatype, normalize=False)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), term))
    return graph.serialize(format="turtle", encoding="utf-8")


def _hash_bytes(text: bytes) -> str:
    return sha256(text).hexdigest()
