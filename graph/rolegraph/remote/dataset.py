"""Where the graphs of ours stand in an endpoint: in its default graph, or in named graphs that a query has to name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from rolegraph.errors import RequestError
from rolegraph.rdf.vocab import DCTERMS, RG, VANN, VOID
from rolegraph.store.result import Result

QUERY = f"""SELECT DISTINCT ?kind ?graph ?of WHERE {{
  {{ ?dataset <{VANN.preferredNamespaceUri}> ?of ; a <{VOID.Dataset}> . BIND ("default" AS ?kind) }} UNION
  {{ GRAPH ?graph {{ ?graph <{VANN.preferredNamespaceUri}> ?of ; a <{VOID.Dataset}> }} BIND ("dataset" AS ?kind) }} UNION
  {{ GRAPH ?graph {{ ?graph <{DCTERMS.isPartOf}> ?of ; a <{VOID.Dataset}> }} BIND ("adjacency" AS ?kind) }} UNION
  {{ GRAPH ?graph {{ ?graph a <{RG.Release}> }} BIND ("release" AS ?kind) }}
}}"""
"""Asks for the graphs that are named by their own dataset, as publishing names them; and for one in the default graph."""
COLUMNS = ("kind", "graph", "of")
"""The variables of :data:`QUERY`, in the order of a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """The dataset that queries are asked of: the graphs to merge as default graph, and the named ones; both may be none.

    Without any, the endpoint's own dataset is asked. ``base`` is that of the architecture, None where there is none.
    """

    base: str | None
    defaults: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def find_place(answer: Result, wanted: str | None = None) -> Place:
    """Where the architecture stands, by the answer to :data:`QUERY` (of :data:`COLUMNS`); ``wanted`` is the IRI of one of several.

    Raises RequestError where there are several and none is wanted, or the one that is wanted is not there.
    """
    rows = [(_text(kind), _text(graph), _text(of)) for kind, graph, of in answer.rows]
    datasets = {graph: of for kind, graph, of in rows if kind == "dataset" and graph == f"{of}dataset"}
    bases = {of for kind, _, of in rows if kind == "default"}
    if wanted is not None and wanted not in datasets:
        raise RequestError(f"the endpoint has no architecture {wanted}; {_name(datasets)}")
    if not datasets:
        return Place(bases.pop() if len(bases) == 1 else None)
    if wanted is None and len(datasets) > 1:
        raise RequestError(f"the endpoint holds several architectures; choose one: {_name(datasets)}")
    dataset = wanted if wanted is not None else next(iter(datasets))
    base = datasets[dataset]
    beside = [graph for kind, graph, of in rows if kind == "adjacency" and of == dataset]
    releases = (graph for kind, graph, _ in rows if kind == "release" and graph.startswith(f"{base}release/"))
    return Place(base, (dataset, *sorted(beside)), tuple(sorted(releases)))


def _name(datasets: Iterable[str]) -> str:
    named = ", ".join(f"--dataset {dataset}" for dataset in sorted(datasets))
    return named or "it holds no graph that rolegraph published"


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
