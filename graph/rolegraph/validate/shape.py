"""A shape as a plan of checks, and what a check may ask of the engine that runs it.

All terms are N-Triples strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rolegraph.validate.index import Index
from rolegraph.validate.paths import Path, list_predicates
from rolegraph.validate.queries import Query
from rolegraph.validate.rules import ShapeNode

Pairs = Sequence[tuple[str, Sequence[str]]]
"""Focus nodes, each with its value nodes."""

Emit = Callable[[str, str, str], None]
"""Takes one breach: focus node, value (empty where the result has none), constraint component."""


class Judge(Protocol):
    """The engine that runs checks."""

    index: Index

    def find_failing(self, shape: Shape, nodes: Sequence[str]) -> set[str]:
        """Those of ``nodes`` that do not conform to a shape."""


class Constraint:
    """One constraint of a shape."""

    __slots__ = ()

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell every breach."""
        raise NotImplementedError

    def list_predicates(self) -> Sequence[str]:
        """The IRIs of the predicates whose triples the check itself reads."""
        return ()

    def list_shapes(self) -> Sequence[Shape]:
        """The shapes that the check asks about."""
        return ()


@dataclass(slots=True, eq=False)
class Shape:
    """A shape: where it looks (``path``; None for a node shape) and what it asks for."""

    node: ShapeNode
    path: Path | None
    severity: str
    messages: tuple[str, ...]
    active: bool
    constraints: list[Constraint] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)

    def walk(self) -> Iterator[Shape]:
        """This shape and all that it refers to."""
        yield self
        for inner in self.properties:
            yield from inner.walk()
        for constraint in self.constraints:
            for inner in constraint.list_shapes():
                yield from inner.walk()

    def list_predicates(self) -> Iterator[str]:
        """The IRIs of the predicates whose triples this shape alone reads."""
        if self.path is not None:
            yield from list_predicates(self.path)
        for constraint in self.constraints:
            yield from constraint.list_predicates()


@dataclass(frozen=True, slots=True)
class Target:
    """A shape with the nodes that it is for: by class, by node, as subjects or objects of a property."""

    shape: Shape
    classes: tuple[str, ...]
    nodes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]
