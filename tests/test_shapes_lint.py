"""The shapes are checked themselves: what would make an engine say that everything conforms is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.resources import read_resources
from rolegraph.validate.lint import find_idle_shapes, lint_shapes
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.triples import Triples

SHAPES = read_resources("shapes", ".ttl")
ONTOLOGY = read_resources("ontology", ".ttl")
VALID = Path(__file__).parent / "fixtures" / "shapes" / "valid.ttl"


def lint_broken(name: str, old: str, new: str) -> set[str]:
    """The rules that a lint of the shapes names after one change to one file."""
    text = SHAPES[f"{name}.ttl"]
    assert old in text, f"shapes/{name}.ttl no longer holds {old!r}: choose another text to break"
    return {
        problem.rule for problem in lint_shapes({**SHAPES, f"{name}.ttl": text.replace(old, new)}, ONTOLOGY)
    }


def test_shapes_are_clean() -> None:
    assert lint_shapes(SHAPES, ONTOLOGY) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("pay-order", "schema:MonetaryAmountDistribution", "schema:MonetaryAmountDistributon", "term-undeclared"),
        ("profile-focus", "sh:class rg:Focus", "sh:class rg:Focuss", "term-undeclared"),
        ("profile-focus", "sh:path rg:inFocus", "sh:path rg:inFokus", "term-undeclared"),
        ("skos-labels", "skos:hiddenLabel", "skos:hidenLabel", "term-undeclared"),
        ("pay-order", "sh:lessThanOrEquals schema:median", "sh:lessThanOrEquals schema:medium", "term-undeclared"),
        ("position-range", "sh:targetSubjectsOf rg:position", "sh:targetSubjectsOf rg:posn", "term-undeclared"),
        ("profile-focus", "sh:minCount", "sh:minimumCount", "shacl-term"),
        ("profile-focus", "sh:targetClass", "sh:targetclass", "shacl-term"),
        ("profile-focus", "sh:Violation", "sh:Violaton", "shacl-term"),
        ("profile-focus", "sh:message", "rdfs:label", "shape-incomplete"),
        ("profile-focus", "sh:severity sh:Violation ;", "", "shape-incomplete"),
        ("profile-focus", "sh:targetClass rg:Profile ;", "", "rule-target"),
        ("profile-focus", "# Problem: A profile", "# Problem: The profile", "rule-header"),
        ("profile-focus", "# Solution:", "# Remedy:", "rule-header"),
        ("profile-focus", "rgsh:profile-focus a", "rgsh:profile-fokus a", "rule-missing"),
        ("profile-focus", "rgsh:profile-focus-in-focus", "rgsh:in-focus", "shape-name"),
        ("profile-focus", "sh:property rgsh:profile-focus-in-focus", "sh:property rgsh:profile-focus-focus", "shape-unknown"),
        ("profile-focus", "rgsh:profile-focus-in-focus a", "[] a", "shape-anonymous"),
        ("profile-composition", "?code ?focus ?level\n", "?code ?focus\n", "message-variable"),
        ("concept-orphan", "[ sh:inversePath skos:narrower ]", "[ sh:inversePath 1 ]", "shape-path"),
        ("profile-focus", "sh:path rg:inFocus ;", "sh:path rg:inFocus", "shape-syntax"),
        ("profile-basis", "rg:basis-implied )", "rg:basis-implyed )", "term-undeclared"),
        ("profile-composition", "rg:inFocus/skos:notation", "rg:inFokus/skos:notation", "term-undeclared"),
        ("profile-composition", "rg:inFocus/skos:notation", "rg:inFocus/scos:notation", "query"),
        ("profile-composition", "FILTER ( STR", "FILTER STR STR", "query"),
        ("profile-composition", "$this skos:notation ?code ;", "?code ^skos:notation $this . $this", "query"),
    ],
)  # fmt: skip
def test_broken_shape_is_caught(name: str, old: str, new: str, rule: str) -> None:
    assert rule in lint_broken(name, old, new)


def test_empty_folder_is_caught() -> None:
    assert [problem.rule for problem in lint_shapes({}, ONTOLOGY)] == ["shapes-empty"]
    common = {"common.ttl": SHAPES["common.ttl"]}
    assert [problem.rule for problem in lint_shapes(common, ONTOLOGY)] == ["shapes-empty"]


def test_every_target_is_met() -> None:
    assert find_idle_shapes(ShapesGraph.read(), [Triples.from_file(VALID)]) == ()


def test_target_that_nothing_meets_is_caught() -> None:
    text = SHAPES["pay-order.ttl"].replace("schema:MonetaryAmountDistribution", "rg:Criterion")
    text = text.replace("@prefix sh:", "@prefix rg: <https://w3id.org/rolegraph/ns#> .\n@prefix sh:")
    graph = ShapesGraph.parse({**SHAPES, "pay-order.ttl": text})
    found = find_idle_shapes(graph, [Triples.from_file(VALID)])
    assert found == ("https://w3id.org/rolegraph/shapes#pay-order",)
