"""Judges a graph by the shapes and says what is wrong with it, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rolegraph.answers import Validation
from rolegraph.validate.findings import make_validation
from rolegraph.validate.results import Result
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.triples import Triples, refuse_strangers

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.places import Places

Engine = Literal["compiled", "pyshacl"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement: the findings for people, and the results and shapes for tools."""

    validation: Validation
    results: tuple[Result, ...]
    shapes: ShapesGraph


def judge_graph(
    graph: Triples | rdflib.Graph,
    places: Places | None = None,
    base: str | None = None,
    engine: Engine = "compiled",
    *,
    name: str = "the graph",
    shapes: ShapesGraph | None = None,
    namespaces: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict on a graph by the shapes that come with the package, or by ``shapes``.

    With ``places`` and ``base`` (the dataset's base IRI) findings name file, line and code, otherwise node and
    triple; ``namespaces`` are those of the classifications that have one. ``engine`` is ``compiled`` or ``pyshacl``: both find the same, pySHACL is the reference and slow.
    Raises InputError where no node of the graph is of a class of ours (``name`` says which graph), and
    RolegraphError where the shapes cannot be applied.
    """
    triples = graph if isinstance(graph, Triples) else Triples.from_rdflib(graph)
    refuse_strangers(triples, name)
    shapes = shapes or ShapesGraph.read()
    if engine == "compiled":
        from rolegraph.validate.compiled import judge_compiled

        results = judge_compiled(triples, shapes)
    else:
        from rolegraph.validate.reference import judge_by_pyshacl

        results = judge_by_pyshacl(triples, shapes)
    return Verdict(make_validation(results, shapes, places, base, namespaces), tuple(results), shapes)


def judge_taxonomy(
    taxonomy: Taxonomy,
    places: Places | None = None,
    foreign: Sequence[pyoxigraph.Triple] = (),
    *,
    engine: Engine = "compiled",
) -> Verdict:
    """The verdict on a taxonomy, judged as the triples that it is exported as, and on what stands beside it."""
    graph = Triples.from_taxonomy(taxonomy, foreign)
    return judge_graph(graph, places, taxonomy.dataset.base, engine, namespaces=taxonomy.namespaces)


def judge_file(path: Path, engine: Engine = "compiled") -> Verdict:
    """The verdict on a Turtle or N-Triples file; InputError where it is broken or holds nothing of ours."""
    return judge_graph(Triples.from_file(path), engine=engine, name=str(path))


def validate_graph(
    graph: Triples | rdflib.Graph,
    places: Places | None = None,
    base: str | None = None,
    engine: Engine = "compiled",
) -> Validation:
    """The findings of :func:`judge_graph`."""
    return judge_graph(graph, places, base, engine).validation


def validate_taxonomy(
    taxonomy: Taxonomy, places: Places | None = None, engine: Engine = "compiled"
) -> Validation:
    """The findings of :func:`judge_taxonomy`."""
    return judge_taxonomy(taxonomy, places, engine=engine).validation
