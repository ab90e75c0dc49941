"""The path of the vocabulary: the ontology that ships, in every form of a graph, and as a page."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from rolegraph.rdf.vocab import RG
from rolegraph.resources import read_resources
from rolegraph.store.prefixes import PREFIXES
from rolegraph.web.description import answer_graph
from rolegraph.web.linked import list_forms
from rolegraph.web.negotiation import PAGE, PAGE_TYPES, SUFFIXES, choose_type
from rolegraph.web.pages import answer_page, make_vocabulary_page
from rolegraph.web.paths import read_raw_path
from rolegraph.web.settings import VOCABULARY

_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_MEANINGS = tuple(
    ox.NamedNode(PREFIXES[prefix] + name) for prefix, name in (("skos", "definition"), ("rdfs", "comment"))
)


async def answer_ontology(request: Request) -> Response:
    """The vocabulary: by ``Accept``, or by the suffix of the path."""
    suffix = (read_raw_path(request) or "").removeprefix(VOCABULARY)
    chosen = SUFFIXES.get(suffix) or choose_type(request.headers.get("accept"), PAGE_TYPES)
    triples = _read_ontology()
    if chosen == PAGE:
        return answer_page(
            request, make_vocabulary_page(RG.iri, _list_terms(triples), list_forms(VOCABULARY))
        )
    return answer_graph(chosen, list(triples))


@cache
def _read_ontology() -> tuple[ox.Triple, ...]:
    text = read_resources("ontology", ".ttl")["rolegraph.ttl"]
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def _list_terms(triples: tuple[ox.Triple, ...]) -> list[tuple[str, str, str]]:
    """The name, label and meaning of every term, by name."""
    labels: dict[str, str] = {}
    meanings: dict[str, str] = {}
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.Literal):
            continue
        if triple.predicate == _LABEL:
            labels[triple.subject.value] = triple.object.value
        elif triple.predicate in _MEANINGS:
            meanings.setdefault(triple.subject.value, triple.object.value)
    return [
        (iri.removeprefix(RG.iri), labels.get(iri, ""), meanings.get(iri, ""))
        for iri in sorted(labels | meanings)
        if iri.startswith(RG.iri) and iri != RG.iri
    ]
