"""Reads shapes into a plan of checks. What the plan does not know raises Unknown, and goes to the reference engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import pyoxigraph

from rolegraph.rdf.vocab import RDF, RDFS, XSD
from rolegraph.validate import constraints, logic
from rolegraph.validate.paths import PathError, read_path
from rolegraph.validate.queries import read_query
from rolegraph.validate.rules import SH, ShapeNode, ShapesGraph, Term
from rolegraph.validate.shape import Constraint, Shape, Target
from rolegraph.validate.unknown import Unknown

TARGETS = tuple(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))

_SILENT = {
    SH + name
    for name in (
        "name", "description", "message", "severity", "deactivated", "order", "group", "defaultValue", "path",
        "property", "sparql", "flags", "qualifiedMinCount", "qualifiedMaxCount",
    )
} | {*TARGETS}  # fmt: skip
_DEPTH = 8
_WHOLE = re.compile(r"[0-9]+")


class PlanReader:
    """Reads the shapes of one graph, each once."""

    def __init__(self, shapes: ShapesGraph) -> None:
        self.shapes = shapes
        self._read: dict[ShapeNode, Shape] = {}
        self._trail: list[ShapeNode] = []
        self._own_parameters = {
            path.value
            for node in shapes.subjects()
            for parameter in shapes.values(node, SH + "parameter")
            if not isinstance(parameter, pyoxigraph.Literal)
            for path in shapes.values(parameter, SH + "path")
        }

    def read_targets(self) -> tuple[list[Target], list[ShapeNode]]:
        """The targeted shapes that can be planned, and those that cannot."""
        planned, left = [], []
        for node in self.shapes.subjects():
            if not self._is_targeted(node):
                continue
            try:
                planned.append(self._read_target(node))
            except (Unknown, PathError):
                left.append(node)
        return planned, left

    def _is_targeted(self, node: ShapeNode) -> bool:
        found = self.shapes.predicates(node)
        return any(target in found for target in TARGETS) or self._is_class(node)

    def _is_class(self, node: ShapeNode) -> bool:
        return self._is_shape(node) and any(
            kind.value in self.classes for kind in self.shapes.values(node, RDF.type)
        )

    @cached_property
    def classes(self) -> frozenset[str]:
        """The types that make a shape a class, and so the shape of its own instances."""
        top = RDFS.iri + "Class"
        below = (
            subject.value
            for subject in self.shapes.subjects()
            if any(broader.value == top for broader in self.shapes.values(subject, RDFS.iri + "subClassOf"))
        )
        return frozenset((top, *below))

    def _is_shape(self, node: ShapeNode) -> bool:
        found = self.shapes.predicates(node)
        return any(predicate.startswith(SH) for predicate in found) or any(
            kind.value in (SH + "NodeShape", SH + "PropertyShape") for kind in found.get(RDF.type, ())
        )

    def _read_target(self, node: ShapeNode) -> Target:
        classes, nodes, subjects_of, objects_of = (
            tuple(map(str, self.shapes.values(node, target))) for target in TARGETS
        )
        if self._is_class(node):
            classes = (*classes, str(node))
        return Target(self._read_shape(node), classes, nodes, subjects_of, objects_of)

    def _read_shape(self, node: Term) -> Shape:
        if isinstance(node, pyoxigraph.Literal):
            raise Unknown(f"{node} is no shape")
        known = self._read.get(node)
        if known is not None:
            return known
        if node in self._trail or len(self._trail) > _DEPTH:
            raise Unknown(f"{node} is recursive or too deep")
        self._trail.append(node)
        try:
            shape = self._build_shape(node)
        finally:
            self._trail.pop()
        self._read[node] = shape
        return shape

    def _build_shape(self, node: ShapeNode) -> Shape:
        found = self.shapes.predicates(node)
        paths = found.get(SH + "path", [])
        kinds = {kind.value for kind in found.get(RDF.type, ())}
        if (
            len(paths) > 1
            or (paths and SH + "NodeShape" in kinds)
            or (not paths and SH + "PropertyShape" in kinds)
        ):
            raise Unknown(f"{node} is no well-formed shape")
        severities = found.get(SH + "severity", [])
        if len(severities) > 1:
            raise Unknown(f"{node} has several severities")
        shape = Shape(
            node,
            read_path(self.shapes, paths[0]) if paths else None,
            severities[0].value if severities else SH + "Violation",
            tuple(sorted({message.value for message in found.get(SH + "message", ())})),
            not self._read_flag(found.get(SH + "deactivated", [])),
        )
        for predicate, values in found.items():
            if predicate in self._own_parameters:
                raise Unknown(f"{predicate} is a component of its own")
            if predicate in _SILENT or not predicate.startswith(SH):
                continue
            shape.constraints.extend(self._read_constraints(shape, predicate, values))
        shape.properties = [self._read_property(value) for value in found.get(SH + "property", ())]
        shape.queries = [read_query(self.shapes, value) for value in found.get(SH + "sparql", ())]
        if shape.queries and shape.path is not None:
            raise Unknown("a query in a property shape may name its path")
        return shape

    def _read_property(self, node: Term) -> Shape:
        shape = self._read_shape(node)
        if shape.path is None:
            raise Unknown(f"{node} is no property shape")
        return shape

    def _read_flag(self, values: Sequence[Term]) -> bool:
        if not values:
            return False
        if len(values) > 1 or values[0].value not in ("true", "false"):
            raise Unknown("a flag is true or false")
        return values[0].value == "true"

    def _read_constraints(self, shape: Shape, predicate: str, values: Sequence[Term]) -> list[Constraint]:
        name = predicate.removeprefix(SH)
        reader = _READERS.get(name)
        if reader is None:
            raise Unknown(f"sh:{name} is not known")
        if name in _SINGLE and len(values) > 1:
            raise Unknown(f"sh:{name} is given several times")
        if name in _ON_PATHS and shape.path is None:
            raise Unknown(f"sh:{name} needs a path")
        return [reader(self, shape, value) for value in values]

    def read_members(self, value: Term) -> tuple[Shape, ...]:
        """The shapes of a list."""
        try:
            members = self.shapes.items(value)
        except ValueError as error:
            raise Unknown(str(error)) from None
        if not members:
            raise Unknown("the list is empty")
        return tuple(self._read_shape(member) for member in members)

    def read_shape(self, value: Term) -> Shape:
        """The shape that a parameter refers to."""
        return self._read_shape(value)

    def read_node_shape(self, value: Term) -> Shape:
        """The node shape that ``sh:node`` refers to."""
        shape = self._read_shape(value)
        if shape.path is not None:
            raise Unknown("sh:node refers to a property shape")
        return shape

    def read_list(self, value: Term) -> list[Term]:
        """The members of a list."""
        try:
            return self.shapes.items(value)
        except ValueError as error:
            raise Unknown(str(error)) from None

    def read_whole(self, shape: Shape, name: str) -> int | None:
        """The one whole number of a parameter; None where it is not given."""
        values = self.shapes.values(shape.node, SH + name)
        if len(values) > 1:
            raise Unknown(f"sh:{name} is given several times")
        return read_whole(values[0]) if values else None


def read_whole(value: Term) -> int:
    """The number of an ``xsd:integer`` from 0."""
    proper = isinstance(value, pyoxigraph.Literal) and value.datatype.value == XSD.integer
    if not proper or not _WHOLE.fullmatch(value.value):
        raise Unknown(f"{value} is not a whole number from 0")
    return int(value.value)


def _read_iri(value: Term) -> str:
    if not isinstance(value, pyoxigraph.NamedNode):
        raise Unknown(f"{value} is not an IRI")
    return value.value


def _read_bound(value: Term) -> str:
    if not isinstance(value, pyoxigraph.Literal):
        raise Unknown(f"{value} is not a literal")
    return str(value)


def _read_pattern(reader: PlanReader, shape: Shape, value: Term) -> Constraint:
    flags = 0
    given = reader.shapes.values(shape.node, SH + "flags")
    if len(given) > 1 or not isinstance(value, pyoxigraph.Literal):
        raise Unknown("a pattern is a literal with one set of flags")
    for letter in given[0].value.lower() if given else "":
        flags |= {"i": re.IGNORECASE, "m": re.MULTILINE}.get(letter, 0)
    try:
        return constraints.require_pattern(value.value, flags)
    except re.error as error:
        raise Unknown(f"{value} is not a regular expression") from error


def _read_unique(reader: PlanReader, shape: Shape, value: Term) -> Constraint:
    if value.value != "true":
        raise Unknown("sh:uniqueLang is true or left out")
    return constraints.UniqueLanguage()


def _read_qualified(reader: PlanReader, shape: Shape, value: Term) -> Constraint:
    least = reader.read_whole(shape, "qualifiedMinCount")
    most = reader.read_whole(shape, "qualifiedMaxCount")
    if least is None and most is None:
        raise Unknown("a qualified shape needs a count")
    return logic.Qualified(reader.read_shape(value), least, most)


_ReadConstraint = Callable[[PlanReader, Shape, Term], Constraint]


def _bound(name: str, *signs: int) -> _ReadConstraint:
    component = SH + name + "ConstraintComponent"
    allowed = frozenset(signs)
    return lambda reader, shape, value: constraints.require_bound(component, _read_bound(value), allowed)


_READERS: dict[str, _ReadConstraint] = {
    "class": lambda r, s, v: constraints.OfClass(f"<{_read_iri(v)}>"),
    "datatype": lambda r, s, v: constraints.require_datatype(_read_iri(v)),
    "nodeKind": lambda r, s, v: constraints.require_kind(_read_iri(v)),
    "minCount": lambda r, s, v: constraints.Count(read_whole(v), at_least=True),
    "maxCount": lambda r, s, v: constraints.Count(read_whole(v), at_least=False),
    "minExclusive": _bound("MinExclusive", 1),
    "minInclusive": _bound("MinInclusive", 0, 1),
    "maxExclusive": _bound("MaxExclusive", -1),
    "maxInclusive": _bound("MaxInclusive", -1, 0),
    "minLength": lambda r, s, v: constraints.require_length(read_whole(v), at_least=True),
    "maxLength": lambda r, s, v: constraints.require_length(read_whole(v), at_least=False),
    "pattern": _read_pattern,
    "languageIn": lambda r, s, v: constraints.require_language(
        frozenset(member.value.lower() for member in r.read_list(v))
    ),
    "uniqueLang": _read_unique,
    "equals": lambda r, s, v: constraints.Equals(_read_iri(v)),
    "disjoint": lambda r, s, v: constraints.Disjoint(_read_iri(v)),
    "lessThan": lambda r, s, v: constraints.Ordered(_read_iri(v), strict=True),
    "lessThanOrEquals": lambda r, s, v: constraints.Ordered(_read_iri(v), strict=False),
    "not": lambda r, s, v: logic.Not(r.read_shape(v)),
    "and": lambda r, s, v: logic.And(r.read_members(v)),
    "or": lambda r, s, v: logic.Or(r.read_members(v)),
    "xone": lambda r, s, v: logic.ExactlyOne(r.read_members(v)),
    "node": lambda r, s, v: logic.Node(r.read_node_shape(v)),
    "qualifiedValueShape": _read_qualified,
    "hasValue": lambda r, s, v: constraints.HasValue(str(v)),
    "in": lambda r, s, v: constraints.require_member(frozenset(map(str, r.read_list(v)))),
}
_SINGLE = {
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minLength",
    "maxLength",
    "languageIn",
    "uniqueLang",
    "in",
}
_ON_PATHS = {
    "minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape",
}  # fmt: skip
