"""Every named query gives the same rows through the endpoint as from the data themselves."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from rolegraph.architecture import Architecture
from rolegraph.remote.ask import Endpoint
from rolegraph.store.header import read_example
from rolegraph.store.named import list_queries, run_named
from rolegraph.store.result import Result
from rolegraph.store.store import load_store
from serving import run_serve


def to_values(answer: Result) -> list[list[object]]:
    """The terms as they are compared: a number may be spelt in several ways."""
    rows = answer.rows or [(t.subject, t.predicate, t.object) for t in answer.triples]
    return [[Decimal(t.value) if is_number(t) else t for t in row] for row in rows]


def is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in {"integer", "decimal"}


def test_every_named_query_answers_the_same() -> None:
    pytest.importorskip("httpx", reason="the extra rolegraph[web] is not installed")
    store = load_store(Architecture().documents(query="GRAPH ?any"))
    answered = 0
    with run_serve("--workers", "2", "--quiet") as server, Endpoint(f"{server.url}/sparql") as endpoint:
        for query in list_queries():
            given = read_example(query.name, query.parameters, query.example)
            expected = run_named(store, query.name, given)
            found = endpoint.ask_named(query.name, given)
            assert (found.kind, found.variables, found.boolean) == (
                expected.kind,
                expected.variables,
                expected.boolean,
            )
            assert to_values(found) == to_values(expected), query.name
            answered += bool(expected.rows or expected.triples)
    assert answered > 10
