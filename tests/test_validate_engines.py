"""The compiled engine gives what pySHACL gives: focus node, path, value, component, severity and message.

pySHACL takes a second and more for every judgement, so examples are judged together in one graph, each under a base
of its own.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyoxigraph
import pytest

from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.validate.compiled import judge_compiled
from rolegraph.validate.plan import PlanReader
from rolegraph.validate.reference import judge_by_pyshacl
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.triples import Triples

EXAMPLES = Path(__file__).parent / "fixtures" / "shapes"
BASE = "https://example.org/id/"
SHAPES = ShapesGraph.read()
XSD = "http://www.w3.org/2001/XMLSchema#"

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


def read_example(name: str) -> list[pyoxigraph.Triple]:
    return list(Triples.from_file(EXAMPLES / f"{name}.ttl").parse())


def move(triples: list[pyoxigraph.Triple], number: int) -> list[pyoxigraph.Triple]:
    """The same triples under another base."""

    def move_term(term: Term) -> Term:
        if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(BASE):
            return pyoxigraph.NamedNode(f"https://example.org/{number}/{term.value.removeprefix(BASE)}")
        if isinstance(term, pyoxigraph.BlankNode):
            return pyoxigraph.BlankNode(f"{term.value}x{number}")
        return term

    return [pyoxigraph.Triple(move_term(t.subject), t.predicate, move_term(t.object)) for t in triples]


def assert_engines_agree(triples: Triples) -> int:
    compiled = judge_compiled(triples, SHAPES)
    reference = judge_by_pyshacl(triples, SHAPES)
    assert set(compiled) - set(reference) == set(), "pySHACL does not find this"
    assert set(reference) - set(compiled) == set(), "the compiled engine does not find this"
    assert compiled == reference
    return len(reference)


def test_every_shape_is_compiled() -> None:
    targets, left = PlanReader(SHAPES).read_targets()
    assert left == []
    assert len(targets) >= len(SHAPES.rules)


def test_engines_agree_on_the_shipped_data() -> None:
    loaded = load_folder(find_resource("data"))
    assert assert_engines_agree(Triples.from_taxonomy(loaded.taxonomy)) > 10


def test_engines_agree_on_every_failing_example() -> None:
    triples = [
        triple
        for number, name in enumerate(sorted(SHAPES.rules))
        for triple in move(read_example(name), number)
    ]
    assert assert_engines_agree(Triples.from_terms(triples)) > len(SHAPES.rules)


STRANGE: tuple[Term, ...] = (
    pyoxigraph.Literal("x"),
    pyoxigraph.Literal(""),
    pyoxigraph.Literal("Backen", language="de"),
    pyoxigraph.Literal('a\nb "c" \u2028'),  # no backslash: pySHACL fails on it where a message quotes it
    pyoxigraph.Literal("-0.5", datatype=pyoxigraph.NamedNode(XSD + "decimal")),
    pyoxigraph.Literal("7", datatype=pyoxigraph.NamedNode(XSD + "integer")),
    pyoxigraph.Literal("07.50", datatype=pyoxigraph.NamedNode(XSD + "decimal")),
    pyoxigraph.Literal("1e2", datatype=pyoxigraph.NamedNode(XSD + "decimal")),
    pyoxigraph.Literal("much", datatype=pyoxigraph.NamedNode(XSD + "decimal")),
    pyoxigraph.Literal("2.5E0", datatype=pyoxigraph.NamedNode(XSD + "double")),
    pyoxigraph.Literal("2026-02-30T00:00:00Z", datatype=pyoxigraph.NamedNode(XSD + "dateTime")),
    pyoxigraph.Literal("true", datatype=pyoxigraph.NamedNode(XSD + "boolean")),
    pyoxigraph.NamedNode("urn:elsewhere"),
    pyoxigraph.NamedNode(BASE + "focus/BREAD.DOUGH"),
    pyoxigraph.NamedNode(BASE + "level/M1"),
)


def mutate(
    triples: list[pyoxigraph.Triple], random: Random, changes: int, strange: list[Term]
) -> list[pyoxigraph.Triple]:
    """The triples with some left out, some given a strange value and some given the value of another."""
    kept = list(triples)
    for _ in range(changes):
        place = random.randrange(len(kept))
        triple = kept[place]
        change = random.randrange(4)
        if change == 0:
            del kept[place]
        elif change == 1:
            kept.append(pyoxigraph.Triple(triple.subject, triple.predicate, random.choice(strange)))
        elif change == 2:
            kept[place] = pyoxigraph.Triple(triple.subject, triple.predicate, random.choice(strange))
        else:
            other = random.choice(kept)
            kept[place] = pyoxigraph.Triple(triple.subject, triple.predicate, other.object)
    return kept


ILL_TYPED = {"1e2", "much", "2026-02-30T00:00:00Z"}
"""Literals that are not of their datatype. In queries rdflib compares them all the same, as SPARQL does not."""

REWRITTEN = {"07.50", "2.5E0"}
"""Numbers that the query engine shows in another form (7.5)."""


@pytest.mark.parametrize("seed", [1, 2])
def test_engines_agree_on_damaged_graphs(seed: int) -> None:
    random = Random(seed)
    strange = [term for term in STRANGE if term.value not in ILL_TYPED | REWRITTEN]
    valid = read_example("valid")
    triples = [t for number in range(3) for t in move(mutate(valid, random, 40, strange), number)]
    assert assert_engines_agree(Triples.from_terms(triples)) > 100


def test_core_constraints_agree_on_unusual_literals() -> None:
    random = Random(3)
    valid = read_example("valid")
    strange = [term for term in STRANGE if term.value in ILL_TYPED | REWRITTEN]
    damaged = [t for number in range(2) for t in move(mutate(valid, random, 80, strange), number)]
    triples = Triples.from_terms(damaged)
    compiled, reference = (
        [result for result in results if not result.component.endswith("SPARQLConstraintComponent")]
        for results in (judge_compiled(triples, SHAPES), judge_by_pyshacl(triples, SHAPES))
    )
    assert compiled == reference
    assert len(compiled) > 100
