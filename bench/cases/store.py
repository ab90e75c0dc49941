"""The embedded store beside rdflib: filling it from Turtle, and named queries asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, cast

import pyoxigraph
import rdflib

from bench.cases.write import RDFLIB_MOST
from bench.measure import Comparison, make_variant
from rolegraph.store.documents import Documents
from rolegraph.store.named import find_query, run_named
from rolegraph.store.parameters import bind_parameters
from rolegraph.store.store import load_store

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.store.result import Result, Term
    from rolegraph.store.store import Store

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
REPEATS = 20
"""A lookup is asked so many times in one run: one alone is too short to time."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Filling the store, then lookups and aggregates."""
    data = stock.get(size)
    turtle = data.turtle
    documents = Documents(files=(turtle,))
    with_rdflib = size <= RDFLIB_MOST
    filling = [make_variant("rolegraph (pyoxigraph)", lambda: load_store(documents), len)]
    if with_rdflib:
        filling.append(make_variant("rdflib", lambda: rdflib.Graph().parse(turtle, format="turtle"), len))
    yield Comparison("fill from Turtle", size, filling)

    ours = load_store(documents)
    graph = rdflib.Graph().parse(turtle, format="turtle") if with_rdflib else None
    for name, (values, repeats) in _choose_queries(data.taxonomy).items():
        variants = [
            make_variant(
                "rolegraph (pyoxigraph)",
                partial(_ask, ours, name, values, repeats),
                _count_rows,
                units=repeats,
            )
        ]
        if graph is not None:
            variants.append(
                make_variant(
                    "rdflib",
                    partial(_ask_rdflib, graph, name, values),
                )
            )
        yield Comparison(f"query {name}", size, variants)


def _choose_queries(taxonomy: Taxonomy) -> Mapping[str, tuple[Mapping[str, str], int]]:
    """Names of queries with their parameters, and how often each is asked in one run."""
    focus = next(focus for focus in taxonomy.focuses if focus.retired is None)
    profile = focus.profiles[0].code
    return {
        "skills-of-profile": ({"profile": profile}, REPEATS),
        "profiles-by-skill": ({"skill": focus.skills[0].skill}, REPEATS),
        "profiles-by-level": ({"level": "M3"}, 1),
        "profiles-without-pay": ({}, 1),
        "pay-summary": ({}, 1),
    }


def _ask(store: Store, name: str, values: Mapping[str, str], repeats: int) -> Result:
    for _ in range(repeats - 1):
        run_named(store, name, values)
    return run_named(store, name, values)


def _ask_rdflib(graph: rdflib.Graph, name: str, values: Mapping[str, str]) -> Counter[tuple[str, ...]]:
    query = find_query(name)
    bound = bind_parameters(name, query.parameters, values)
    terms = {variable: rdflib.Literal(_read(term)) for variable, term in bound.items()}
    rows = cast("Iterable[tuple[object, ...]]", graph.query(query.text, initBindings=terms))
    return Counter(tuple(_spell(cell) for cell in row) for row in rows)


def _count_rows(result: Result) -> Counter[tuple[str, ...]]:
    return Counter(tuple("" if cell is None else _spell(_read(cell)) for cell in row) for row in result.rows)


def _spell(cell: object) -> str:
    """A cell as text; numbers in one spelling, as the store keeps their value alone."""
    text = "" if cell is None else str(cell)
    return format(Decimal(text).normalize(), "f") if _NUMBER.fullmatch(text) else text


def _read(term: Term) -> str:
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value
