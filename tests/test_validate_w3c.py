"""The W3C test suite for SHACL: what the compiled engine claims, it judges as pySHACL and as the suite does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

from rolegraph.errors import RolegraphError
from rolegraph.validate.compiled import judge_compiled
from rolegraph.validate.paths import format_path, read_path
from rolegraph.validate.plan import PlanReader
from rolegraph.validate.reference import judge_by_pyshacl
from rolegraph.validate.results import Result
from rolegraph.validate.rules import SH, ShapeFile, ShapesGraph
from rolegraph.validate.triples import Triples

SUITE = Path(__file__).parents[2] / "shared" / "data" / "w3c" / "shacl"
SHT = "http://www.w3.org/ns/shacl-test#"
CASES = sorted(
    str(path.relative_to(SUITE))
    for path in SUITE.rglob("*.ttl")
    if "sht:Validate" in path.read_text(encoding="utf-8")
)

pytestmark = pytest.mark.skipif(not CASES, reason="the W3C suite is not there (../shared/data/w3c/shacl)")


class Case(NamedTuple):
    data: Triples
    shapes: ShapesGraph
    own: ShapesGraph


def read_graph(iri: str) -> list[pyoxigraph.Triple]:
    text = Path(iri.removeprefix("file://")).read_bytes()
    return [q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=iri)]


def read_case(name: str) -> Case:
    own = read_graph((SUITE / name).as_uri())
    named = {t.predicate.value: t.object for t in own if t.predicate.value.startswith(SHT)}
    graphs = {}
    for word in ("dataGraph", "shapesGraph"):
        node = named[SHT + word]
        assert isinstance(node, pyoxigraph.NamedNode)
        graphs[word] = read_graph(node.value)
    return Case(
        Triples.from_terms(graphs["dataGraph"]),
        ShapesGraph([ShapeFile("shapes", "", graphs["shapesGraph"])]),
        ShapesGraph([ShapeFile("case", "", own)]),
    )


def drop_made_up_messages(results: list[Result], shapes: ShapesGraph) -> list[Result]:
    """The results without messages where the shape has none, as each engine makes up its own."""
    told = {str(node) for node in shapes.subjects() if shapes.values(node, SH + "message")}
    return sorted(r if r.shape in told else replace(r, messages=()) for r in results)


def judge(case: Case, compiled: bool) -> list[Result] | None:
    """The results, or None where the shapes cannot be applied."""
    try:
        results = (judge_compiled if compiled else judge_by_pyshacl)(case.data, case.shapes)
    except RolegraphError:
        return None
    return drop_made_up_messages(results, case.shapes)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.filterwarnings("ignore")
def test_engines_agree(name: str) -> None:
    case = read_case(name)
    assert judge(case, compiled=True) == judge(case, compiled=False)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("core")])
@pytest.mark.filterwarnings("ignore")
def test_claimed_case_is_judged_as_the_suite_expects(name: str) -> None:
    case = read_case(name)
    _, left = PlanReader(case.shapes).read_targets()
    if left:
        pytest.skip("left to pySHACL")
    assert Counter(map(shorten, judge(case, compiled=True) or [])) == read_expected(case)


def shorten(result: Result) -> tuple[str, ...]:
    return (mask(result.focus), result.path, mask(result.value), result.component, result.severity)


def mask(term: str) -> str:
    """Blank nodes have other names in every reading."""
    return "_:" if term.startswith("_:") else term


def read_expected(case: Case) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for node in case.own.subjects():
        for result in case.own.values(node, SH + "result"):
            assert not isinstance(result, pyoxigraph.Literal)

            def read(name: str, result: pyoxigraph.NamedNode | pyoxigraph.BlankNode = result) -> str:
                values = case.own.values(result, SH + name)
                return str(values[0]) if values else ""

            path = case.own.values(result, SH + "resultPath")
            found[
                (
                    mask(read("focusNode")),
                    format_path(read_path(case.own, path[0])) if path else "",
                    mask(read("value")),
                    read("sourceConstraintComponent")[1:-1],
                    read("resultSeverity")[1:-1],
                )
            ] += 1
    return found


def test_most_of_core_is_claimed() -> None:
    claimed = [
        name for name in CASES
        if name.startswith("core") and not PlanReader(read_case(name).shapes).read_targets()[1]
    ]  # fmt: skip
    core = [name for name in CASES if name.startswith("core")]
    assert len(claimed) >= 0.9 * len(core)
