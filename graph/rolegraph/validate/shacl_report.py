"""Results as a SHACL validation report in Turtle (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.validate import paths
from rolegraph.validate.paths import Path, format_path, read_path
from rolegraph.validate.rules import SH, ShapesGraph

if TYPE_CHECKING:
    from rolegraph.validate.judge import Verdict
    from rolegraph.validate.results import Result

_SIGNS = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def to_report(verdicts: Iterable[Verdict]) -> str:
    """One report of all verdicts as Turtle.

    As SHACL has it, a graph conforms only when there is no result, of any severity.
    """
    written = [_write_result(result, verdict.shapes) for verdict in verdicts for result in verdict.results]
    text = f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms {str(not written).lower()}"
    if written:
        text += f" ;\n    sh:result {', '.join(written)}"
    return f"{text} .\n"


def _write_result(result: Result, shapes: ShapesGraph) -> str:
    pairs = [
        ("a", "sh:ValidationResult"),
        ("sh:resultSeverity", _shorten(result.severity)),
        ("sh:sourceShape", result.shape),
        ("sh:sourceConstraintComponent", _shorten(result.component)),
        ("sh:focusNode", result.focus),
    ]
    if result.path:
        pairs.append(("sh:resultPath", _write_result_path(result, shapes)))
    if result.value:
        pairs.append(("sh:value", result.value))
    pairs += [("sh:resultMessage", str(pyoxigraph.Literal(message))) for message in result.messages]
    return "[\n" + " ;\n".join(f"        {predicate} {value}" for predicate, value in pairs) + "\n    ]"


def _write_result_path(result: Result, shapes: ShapesGraph) -> str:
    if result.shape.startswith("<"):
        given = shapes.values(pyoxigraph.NamedNode(result.shape[1:-1]), SH + "path")
        path = read_path(shapes, given[0]) if given else None
        if path is not None and format_path(path) == result.path:
            return _write_path(path)
    return result.path


def _write_path(path: Path) -> str:
    match path:
        case paths.Predicate(iri):
            return f"<{iri}>"
        case paths.Inverse(inner):
            return f"[ sh:inversePath {_write_path(inner)} ]"
        case paths.Sequence(parts):
            return f"( {' '.join(map(_write_path, parts))} )"
        case paths.Alternative(parts):
            return f"[ sh:alternativePath ( {' '.join(map(_write_path, parts))} ) ]"
        case paths.Repeat(inner, sign):
            return f"[ sh:{_SIGNS[sign]} {_write_path(inner)} ]"


def _shorten(iri: str) -> str:
    return f"sh:{iri.removeprefix(SH)}" if iri.startswith(SH) else f"<{iri}>"
