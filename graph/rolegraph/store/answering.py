"""How an answer leaves the process that made it: as lines of terms for this package, or in a form of the web.

Lines are ``{"kind": ..., "variables": [...]}``, one array of terms for each row or triple (see ``wire``), and
``{"end": CUT}``; an answer that is too large is cut there and says so. A form of the web cannot say so: there an
answer that is too large is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from rolegraph.errors import QueryError
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.result import Term, sort_triples
from rolegraph.store.wire import encode_term

ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""The forms of the answer to a SELECT or an ASK."""

GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The forms of triples: of the answer to a CONSTRUCT or a DESCRIBE."""

# What XML 1.0 has no way to write, and a property whose IRI ends in nothing that could be the name of an element.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<oxprefix:[ >/]")


class FormError(QueryError):
    """The answer cannot be had in a form that was asked for."""


class SizeError(QueryError):
    """The answer is larger than it may be."""


class _Sink:
    """Takes bytes up to a number of them."""

    def __init__(self, size: int) -> None:
        self.data = bytearray()
        self.size = size

    def write(self, data: bytes) -> int:
        if len(self.data) + len(data) > self.size:
            raise SizeError(f"the answer is larger than {self.size:,} bytes; narrow the query, or add LIMIT")
        self.data += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


def to_line(message: Any) -> bytes:
    """A message as one line of JSON."""
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def serialize_answer(answer: Any, rows: str | None, graph: str | None, size: int) -> tuple[str, bytes]:
    """The form of an answer and its bytes: ``rows`` for a table or a truth value, ``graph`` for triples.

    Raises SizeError where it has more than ``size`` bytes, FormError where the form cannot hold it, or where None
    says that the client takes no form of this kind.
    """
    if isinstance(answer, ox.QueryTriples):
        if graph is None:
            raise FormError("the answer is a graph, and the request accepts none of its forms")
        return graph, serialize_triples(answer, graph, size)
    if rows is None:
        raise FormError("the answer is a table or a truth value, and the request accepts none of its forms")
    sink = _Sink(size)
    answer.serialize(sink, format=ROWS[rows])
    return rows, _check_xml(rows, bytes(sink.data))


def serialize_triples(
    triples: Iterable[ox.Triple], form: str, size: int, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Triples in a form of :data:`GRAPHS`, each once, sorted, with the prefixes that they use.

    Raises SizeError where they have more than ``size`` bytes, FormError where the form cannot hold them.
    """
    sink = _Sink(size)
    ordered = _take_triples(triples, size)
    used = dict(_find_prefixes(ordered, prefixes))
    ox.serialize(ordered, sink, format=GRAPHS[form], prefixes=used)  # type: ignore[arg-type]
    return _check_xml(form, bytes(sink.data))


def _take_triples(triples: Iterable[ox.Triple], size: int) -> tuple[ox.Triple, ...]:
    """All of them sorted, unless they are so many that no form could hold them in ``size`` bytes."""
    taken: set[ox.Triple] = set()
    for triple in triples:
        taken.add(triple)
        if len(taken) > size:
            raise SizeError(f"the answer is larger than {size:,} bytes; narrow the query, or add LIMIT")
    return sort_triples(taken)


def _find_prefixes(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    text = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    text |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    for prefix, namespace in prefixes.items():
        if any(iri.startswith(namespace) for iri in text):
            yield prefix, namespace


def _check_xml(form: str, data: bytes) -> bytes:
    if form in {"xml", "rdfxml"} and _NOT_XML.search(data):
        raise FormError("the answer holds what XML cannot hold (a control character, or a property without a local name); ask for another form")  # fmt: skip
    return data


def write_answer(answer: Any, limit: int, size: int) -> Iterator[bytes]:
    """An answer as lines, cut after ``limit`` rows or triples, or ``size`` bytes."""
    match answer:
        case ox.QueryBoolean():
            yield to_line({"kind": "ask", "boolean": bool(answer)})
            yield to_line({"end": None})
        case ox.QuerySolutions():
            yield to_line({"kind": "select", "variables": [v.value for v in answer.variables]})
            names: dict[str, ox.BlankNode] = {}
            rows = (tuple(_rename(term, names) for term in solution) for solution in answer)
            yield from _write_bounded(rows, "rows", limit, size)
        case ox.QueryTriples():
            yield to_line({"kind": "construct"})
            triples, cut = _collect_triples(answer, limit)
            yield from _write_bounded(map(tuple, triples), "triples", limit, size, cut)


def _rename(term: Term | None, names: dict[str, ox.BlankNode]) -> Term | None:
    """Blank nodes get a new name each time that the data are read; in an answer they are counted."""
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, ox.BlankNode(f"b{len(names) + 1}"))
    return term


def _collect_triples(answer: ox.QueryTriples, limit: int) -> tuple[tuple[ox.Triple, ...], bool]:
    """At most ``limit`` distinct triples, sorted, their blank nodes renamed canonically; whether there are more."""
    triples: set[ox.Triple] = set()
    cut = False
    for triple in answer:
        if len(triples) == limit and triple not in triples:
            cut = True
            break
        triples.add(triple)
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in triple):
        graph = ox.Dataset(ox.Quad(*triple) for triple in triples)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = {quad.triple for quad in graph}
    return sort_triples(triples), cut


def _write_bounded(
    rows: Iterator[tuple[Any, ...]], noun: str, limit: int, size: int, cut: bool = False
) -> Iterator[bytes]:
    written = 0
    for number, row in enumerate(rows):
        if number == limit:
            cut = True
            break
        line = to_line([encode_term(term) for term in row])
        written += len(line)
        if written > size:
            yield to_line({"end": f"only the first {number:,} {noun}: the answer may hold {size:,} bytes"})
            return
        yield line
    yield to_line({"end": f"only the first {limit:,} {noun}: more were not asked for" if cut else None})
