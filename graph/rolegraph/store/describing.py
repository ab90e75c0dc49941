"""What the data say of one node: its triples, those of its parts, and what it is linked to and from.

A part of a node is a node whose IRI is that of the node with a fragment, such as the responsibilities and skill uses
of a focus. Named graphs are read as well: a public release stands in one.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

import pyoxigraph as ox

from rolegraph.errors import QueryError
from rolegraph.store.answering import SizeError, serialize_triples
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.wire import encode_term

INCOMING = 100
"""The incoming links that a page shows."""
NAMED = 2_000
"""The linked nodes whose labels are told."""
_CLOSEST = 3
_ALIKE = 75
"""How many nodes are named in place of one that is not there, and how much alike their names are, of 100."""

_LABELS = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"))
)


_FIRST = {
    PREFIXES[prefix] + name: rank
    for rank, (prefix, name) in enumerate(
        (
            ("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"), ("skos", "notation"),
            ("skos", "definition"), ("schema", "description"), ("dcterms", "description"), ("rdf", "type"),
        )
    )
}  # fmt: skip
"""What a person reads first."""


class AbsentError(QueryError):
    """Nothing is said of the node; the message is the IRIs of the closest ones, a line each."""


def describe_node(
    engine: ox.Store, iri: str, form: str, size: int, *, closest: bool = True
) -> tuple[str, bytes]:
    """What is said of a node, in a form of ``answering.GRAPHS``, or with the form ``page`` as JSON for a page.

    The JSON has ``triples``, ``labels`` by IRI, ``incoming`` (subject and predicate, :data:`INCOMING` at most) and
    ``more``, whether there are more of them. Raises AbsentError where nothing is said, with the closest nodes if they are
    asked for; SizeError where it has more than ``size`` bytes.
    """
    node = ox.NamedNode(iri)
    triples = list(_collect(engine, node))
    if not triples:
        raise AbsentError("\n".join(_find_closest(engine, iri)) if closest else "")
    linked = [term for triple in triples for term in (triple.predicate, triple.object)]
    if form != "page":
        labels = (triple for term in _choose(linked, triples) for triple in _read_labels(engine, term))
        return form, serialize_triples([*triples, *labels], form, size)
    found = (q for q in engine.quads_for_pattern(None, None, node) if not _is_part(q.subject, iri))
    incoming = list(islice(found, INCOMING + 1))
    linked += [term for quad in incoming for term in (quad.subject, quad.predicate)]
    names = {}
    for term in _choose(linked, ()):
        if label := next(_read_labels(engine, term), None):
            names[term.value] = encode_term(label.object)
    page = {
        "triples": [[encode_term(term) for term in triple] for triple in triples],
        "labels": names,
        "incoming": [[encode_term(q.subject), encode_term(q.predicate)] for q in incoming[:INCOMING]],
        "more": len(incoming) > INCOMING,
    }
    data = json.dumps(page).encode()
    if len(data) > size:
        raise SizeError(f"what is said of {iri} is larger than {size:,} bytes; ask with SPARQL and LIMIT")
    return form, data


def _collect(engine: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """The triples of a node, its parts, and the blank nodes that these have, each subject's together."""
    waiting: deque[ox.NamedNode | ox.BlankNode] = deque([node])
    seen: set[object] = {node}
    while waiting:
        subject = waiting.popleft()
        triples = {quad.triple for quad in engine.quads_for_pattern(subject, None, None)}
        for triple in sorted(triples, key=_rank):
            yield triple
            target = triple.object
            own = isinstance(target, ox.BlankNode) or _is_part(target, node.value)
            if own and target not in seen:
                seen.add(target)
                waiting.append(target)  # type: ignore[arg-type]


def _rank(triple: ox.Triple) -> tuple[int, str]:
    return _FIRST.get(triple.predicate.value, len(_FIRST)), str(triple)


def _is_part(term: object, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(iri + "#")


def _choose(linked: Sequence[object], told: Sequence[ox.Triple]) -> list[ox.NamedNode]:
    """The nodes among the linked ones whose labels are told, each once; those that are told already are not."""
    own = {triple.subject for triple in told}
    nodes = dict.fromkeys(term for term in linked if isinstance(term, ox.NamedNode) and term not in own)
    return list(islice(nodes, NAMED))


def _read_labels(engine: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """The first kind of label that a node has, each language once."""
    for label in _LABELS:
        triples = {quad.triple for quad in engine.quads_for_pattern(node, label, None)}
        if triples:
            yield from sorted(triples, key=str)
            return


def _find_closest(engine: ox.Store, iri: str) -> list[str]:
    """The node whose IRI has other letter case, or else the nodes, three at most, whose names look most like this one's.

    A name is what stands behind the last slash; the part before it is alike in most IRIs and says little. Those where it
    is the same stand first.
    """
    from rapidfuzz import fuzz, process

    folder, slash, name = iri.rpartition("/")
    if not name:
        return []
    answer = engine.query("SELECT DISTINCT ?s { ?s a ?type FILTER(ISIRI(?s) && !CONTAINS(STR(?s), '#')) }")
    if not isinstance(answer, ox.QuerySolutions):
        return []
    known = [solution[0].value for solution in answer]
    wanted = iri.casefold()
    if same := sorted(other for other in known if other.casefold() == wanted):
        return same[:_CLOSEST]
    names = [other.rpartition("/")[2].casefold() for other in known]
    close = process.extract(name.casefold(), names, scorer=fuzz.ratio, limit=20, score_cutoff=_ALIKE)
    ranked = sorted((not known[at].startswith(folder + slash), -score, known[at]) for _, score, at in close)
    return [other for *_, other in ranked[:_CLOSEST]]
