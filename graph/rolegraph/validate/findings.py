"""Turns results into findings: the rule, the file and line that caused it, what is wrong, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.answers import Finding, Validation
from rolegraph.model import codes
from rolegraph.rdf.fields import locate_field
from rolegraph.rdf.iris import Iris, Located
from rolegraph.rdf.vocab import shorten_iri
from rolegraph.validate import paths
from rolegraph.validate.paths import Path, read_path
from rolegraph.validate.results import Result
from rolegraph.validate.rules import SEVERITIES, SH, SHAPES, ShapesGraph
from rolegraph.validate.terms import read_text

if TYPE_CHECKING:
    from rolegraph.records.places import Places

POINTS_AT = SHAPES + "pointsAt"
_ORDER = {"violation": 0, "warning": 1, "info": 2}


def make_validation(
    results: Iterable[Result],
    shapes: ShapesGraph,
    places: Places | None,
    base: str | None,
    namespaces: Mapping[str, str] | None = None,
) -> Validation:
    """The findings of results, worst first, then by file, line, rule and subject.

    With ``places`` and ``base`` a finding names file, line and code; without them node and triple. ``namespaces`` are
    those of the classifications that have one.
    """
    maker = _FindingMaker(shapes, places, None if base is None else Iris(base, namespaces or {}))
    findings = sorted({maker.make(result): None for result in results}, key=_sort_key)
    return Validation(all(finding.severity != "violation" for finding in findings), tuple(findings))


def _sort_key(finding: Finding) -> tuple[int, bool, str, int, str, str, str]:
    return (
        _ORDER[finding.severity], finding.file is None, finding.file or "", finding.line or 0,
        finding.rule, finding.subject, finding.message,
    )  # fmt: skip


class _FindingMaker:
    def __init__(self, shapes: ShapesGraph, places: Places | None, iris: Iris | None) -> None:
        self.shapes = shapes
        self.places = places if iris is not None else None
        self.iris = iris

    def make(self, result: Result) -> Finding:
        shape = _read_shape(result.shape)
        rule = self.shapes.find_rule(shape)
        path = self._read_path(shape, result)
        located = self._locate_part(shape, result, path)
        place = cell = None
        if self.places is not None and located is not None:
            place, cell = self.places.find(*located), self.places.find_cell(*located)
        return Finding(
            severity=SEVERITIES[result.severity],
            rule=rule.name,
            file=None if place is None else place.file,
            line=None if place is None else place.line,
            subject=self._name_node(result.focus),
            message=self._write_message(result, path),
            remedy=rule.remedy,
            cell=None if cell is None else str(cell),
        )

    def _read_path(self, shape: pyoxigraph.NamedNode | pyoxigraph.BlankNode, result: Result) -> Path | None:
        if not result.path:
            return None
        given = self.shapes.values(shape, SH + "path")
        return read_path(self.shapes, given[0]) if given else paths.Predicate(read_text(result.path))

    def _locate(self, term: str) -> Located | None:
        if self.iris is None or not term.startswith("<"):
            return None
        return self.iris.locate(read_text(term))

    def _locate_part(
        self, shape: pyoxigraph.NamedNode | pyoxigraph.BlankNode, result: Result, path: Path | None
    ) -> tuple[str, ...] | None:
        """Kind, code and path of the part of a record that a result is about."""
        node = self._locate(result.focus)
        if node is None:
            return None
        predicate = self.shapes.text(shape, POINTS_AT)
        if not predicate and path is not None:
            predicate = next(iter(_list_starts(path)), "")
        field = locate_field(predicate, node) if predicate else None
        kind, code, inner = node
        return (kind, code, *inner, *((field,) if field else ()))

    def _name_node(self, term: str) -> str:
        """The code of a node of ours where it came from records; otherwise its IRI."""
        node = self._locate(term) if self.places is not None else None
        if node is None:
            return read_text(term) if term[0] == "<" else term
        kind, code, inner = node
        if kind == "focus" and inner[:1] == ("levels",):
            return codes.compose_profile(code, inner[1])
        return code or kind

    def _write_message(self, result: Result, path: Path | None) -> str:
        message = " ".join(result.messages)
        value = result.value if result.value != result.focus else ""
        text = self._write_value(value) if value else ""
        if text and text in message:
            text = ""
        if self.places is None and path is not None:
            text = f"{_write_path(path)} {text}".rstrip() if value else f"no {_write_path(path)}"
            if not value and not result.component.endswith("MinCountConstraintComponent"):
                text = _write_path(path)
        elif text and not result.component.endswith("SPARQLConstraintComponent"):
            text = f"found {text}"
        if not text:
            return message
        return f"{message[:-1]} ({text})." if message.endswith(".") else f"{message} ({text})"

    def _write_value(self, term: str) -> str:
        if term[0] == '"':
            return read_text(term)
        iri = read_text(term)
        return shorten_iri(iri) or self._name_node(term)


def _list_starts(path: Path) -> tuple[str, ...]:
    """The properties of the focus node itself with which a path begins."""
    match path:
        case paths.Predicate(iri):
            return (iri,)
        case paths.Inverse():
            return ()
        case paths.Sequence(parts):
            return _list_starts(parts[0])
        case paths.Alternative(parts):
            return tuple(iri for part in parts for iri in _list_starts(part))
        case paths.Repeat(inner, _):
            return _list_starts(inner)


def _write_path(path: Path) -> str:
    """The path with prefixed names, for people."""
    match path:
        case paths.Predicate(iri):
            return shorten_iri(iri) or f"<{iri}>"
        case paths.Inverse(inner):
            return f"^{_write_path(inner)}"
        case paths.Sequence(parts):
            return "/".join(map(_write_path, parts))
        case paths.Alternative(parts):
            return f"({'|'.join(map(_write_path, parts))})"
        case paths.Repeat(inner, sign):
            return f"{_write_path(inner)}{sign}"


def _read_shape(term: str) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode:
    return pyoxigraph.NamedNode(term[1:-1]) if term[0] == "<" else pyoxigraph.BlankNode(term[2:])
