"""Judges a graph by compiled shapes; what is not compiled is judged by the reference engine, never skipped."""

from __future__ import annotations

import pyoxigraph

from rolegraph.rdf.vocab import RDF
from rolegraph.validate.plan import TARGETS, PlanReader
from rolegraph.validate.results import Result
from rolegraph.validate.rules import ShapeFile, ShapesGraph
from rolegraph.validate.run import Run
from rolegraph.validate.triples import Triples


def judge_compiled(triples: Triples, shapes: ShapesGraph) -> list[Result]:
    """Every result, sorted: the same that :func:`rolegraph.validate.reference.judge_by_pyshacl` gives."""
    reader = PlanReader(shapes)
    targets, left = reader.read_targets()
    results = Run(triples, targets).judge()
    if left:
        from rolegraph.validate.reference import judge_by_pyshacl

        results += judge_by_pyshacl(triples, _keep_targets(reader, {str(node) for node in left}))
    return sorted(results)


def _keep_targets(reader: PlanReader, nodes: set[str]) -> ShapesGraph:
    """The shapes with no targets but those of ``nodes``. A shape that is a class is for its own instances."""

    def is_target(triple: pyoxigraph.Triple) -> bool:
        predicate = triple.predicate.value
        return predicate in TARGETS or (predicate == RDF.type and str(triple.object)[1:-1] in reader.classes)

    return ShapesGraph(
        ShapeFile(
            file.name,
            file.text,
            [t for t in file.triples if not is_target(t) or str(t.subject) in nodes],
        )
        for file in reader.shapes.files
    )
