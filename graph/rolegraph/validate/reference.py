"""Judges a graph with pySHACL: the reference that every faster engine must equal."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from rolegraph.errors import RolegraphError
from rolegraph.validate.paths import format_path, read_path
from rolegraph.validate.results import Result
from rolegraph.validate.rules import SH
from rolegraph.validate.triples import hush_rdflib, to_graph, to_term

if TYPE_CHECKING:
    import rdflib

    from rolegraph.validate.rules import ShapesGraph
    from rolegraph.validate.triples import Triples


def judge_by_pyshacl(triples: Triples, shapes: ShapesGraph) -> list[Result]:
    """Every result of pySHACL, sorted. Raises RolegraphError where pySHACL cannot apply the shapes."""
    import pyshacl
    import rdflib

    with warnings.catch_warnings(), hush_rdflib():
        warnings.simplefilter("ignore")
        try:
            graph = to_graph(triples.parse(), _make_patient_graph())
            _, report, text = pyshacl.validate(graph, shacl_graph=shapes.to_rdflib())
        except Exception as error:  # pySHACL lets errors of many kinds through, such as re.error
            raise RolegraphError(f"the shapes cannot be applied: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise RolegraphError(f"the shapes cannot be applied: {text}") from (
            report if isinstance(report, Exception) else None
        )
    return read_report(report, shapes)


def read_report(report: rdflib.Graph, shapes: ShapesGraph) -> list[Result]:
    """The results of a SHACL report graph, sorted; those nested as details are not results of their own."""
    import rdflib

    sh = rdflib.Namespace(SH)

    def read_value(node: rdflib.term.Node, predicate: rdflib.URIRef) -> str:
        value = report.value(node, predicate)
        return "" if value is None else str(to_term(value))

    found = []
    for node in report.objects(None, sh.result):
        path = report.value(node, sh.resultPath)
        found.append(
            Result(
                shape=read_value(node, sh.sourceShape),
                focus=read_value(node, sh.focusNode),
                path="" if path is None else format_path(read_path(shapes, to_term(path))),
                value=read_value(node, sh.value),
                component=str(report.value(node, sh.sourceConstraintComponent)),
                severity=str(report.value(node, sh.resultSeverity)),
                messages=tuple(sorted(str(m) for m in report.objects(node, sh.resultMessage))),
            )
        )
    return sorted(found)


def _make_patient_graph() -> rdflib.Graph:
    """A graph that parses a query once, however many focus nodes pySHACL asks it for."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    parsed: dict[str, Any] = {}

    class PatientGraph(rdflib.Graph):
        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> rdflib.query.Result:
            if isinstance(query_object, str):
                known = parsed.get(query_object)
                if known is None:
                    known = parsed[query_object] = prepareQuery(query_object)
                query_object = known
            return super().query(query_object, *args, **kwargs)

    return PatientGraph(bind_namespaces="none")
