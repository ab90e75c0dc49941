"""Every rule finds what its failing example was made for, there alone, and nothing in the sound example."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from rolegraph.model import codes
from rolegraph.validate.compiled import judge_compiled
from rolegraph.validate.plan import PlanReader
from rolegraph.validate.rules import SH, SHAPES, ShapesGraph
from rolegraph.validate.triples import Triples

EXAMPLES = Path(__file__).parent / "fixtures" / "shapes"
BASE = "https://example.org/id/"
SHAPES_GRAPH = ShapesGraph.read()
FINDS = re.compile(r"^# finds: (\S+) (Violation|Warning|Info) <(.*)>$", re.MULTILINE)


def read_expected(rule: str) -> Counter[tuple[str, str, str]]:
    """Shape, severity and focus node of every result that the header of an example names."""
    text = (EXAMPLES / f"{rule}.ttl").read_text(encoding="utf-8")
    return Counter(
        (shape, severity, focus if ":" in focus else BASE + focus)
        for shape, severity, focus in FINDS.findall(text)
    )


@pytest.mark.parametrize("rule", sorted(SHAPES_GRAPH.rules))
def test_failing_example(rule: str) -> None:
    path = EXAMPLES / f"{rule}.ttl"
    assert path.is_file(), f"{rule} has no failing example: write {path}"
    found = Counter(
        (result.shape[1:-1].removeprefix(SHAPES), result.severity.removeprefix(SH), result.focus[1:-1])
        for result in judge_compiled(Triples.from_file(path), SHAPES_GRAPH)
    )
    assert found == read_expected(rule)
    assert found, "an example that finds nothing shows nothing"


def test_sound_example() -> None:
    assert judge_compiled(Triples.from_file(EXAMPLES / "valid.ttl"), SHAPES_GRAPH) == []


def test_every_shape_has_a_failing_example() -> None:
    shown = {shape for rule in SHAPES_GRAPH.rules for shape, _, _ in read_expected(rule)}
    targets, left = PlanReader(SHAPES_GRAPH).read_targets()
    assert not left
    judged = set()
    for target in targets:
        todo = [target.shape]
        while todo:
            shape = todo.pop()
            if shape.constraints or shape.queries:
                judged.add(shape.node.value.removeprefix(SHAPES))
            todo += shape.properties
    assert judged == shown


def test_no_example_is_left_over() -> None:
    names = {path.stem for path in EXAMPLES.glob("*.ttl")}
    assert names == {*SHAPES_GRAPH.rules, "valid"}


@pytest.mark.parametrize(
    ("shape", "pattern"),
    [
        ("slug-code-notation", codes.SLUG_PATTERN),
        ("function-code-notation", codes.FUNCTION_PATTERN),
        ("focus-code-notation", codes.FOCUS_PATTERN),
        ("profile-code-notation", codes.PROFILE_PATTERN),
        ("track-code-notation", codes.TRACK_PATTERN),
        ("level-code-notation", codes.LEVEL_PATTERN),
        ("edition-code-notation", codes.EDITION_PATTERN),
    ],
)
def test_codes_are_written_alike_in_shapes_and_records(shape: str, pattern: str) -> None:
    [node] = [n for n in SHAPES_GRAPH.subjects() if n.value == SHAPES + shape]
    assert SHAPES_GRAPH.text(node, SH + "pattern") == pattern.replace("(?:", "(")
