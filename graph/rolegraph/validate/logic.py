"""The constraints that refer to other shapes: SHACL Core 4.6 (logical) and 4.7 (shape-based)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rolegraph.validate.rules import SH
from rolegraph.validate.shape import Constraint, Emit, Judge, Pairs, Shape


class _OfShape(Constraint):
    """A constraint that asks about one shape."""

    __slots__ = ()
    shape: Shape

    def list_shapes(self) -> Sequence[Shape]:
        """The one shape."""
        return (self.shape,)


class _OfShapes(Constraint):
    """A constraint that asks about several shapes."""

    __slots__ = ()
    shapes: tuple[Shape, ...]

    def list_shapes(self) -> Sequence[Shape]:
        """All of them."""
        return self.shapes


def _gather(pairs: Pairs) -> list[str]:
    return list(dict.fromkeys(value for _, values in pairs for value in values))


def _tell(pairs: Pairs, failing: set[str], component: str, emit: Emit) -> None:
    if failing:
        for focus, values in pairs:
            for value in values:
                if value in failing:
                    emit(focus, value, component)


@dataclass(frozen=True, slots=True)
class Not(_OfShape):
    """4.6.1: no value conforms to a shape."""

    shape: Shape

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell the values that conform."""
        nodes = _gather(pairs)
        conforming = set(nodes) - judge.find_failing(self.shape, nodes)
        _tell(pairs, conforming, SH + "NotConstraintComponent", emit)


@dataclass(frozen=True, slots=True)
class And(_OfShapes):
    """4.6.2: every value conforms to all shapes."""

    shapes: tuple[Shape, ...]

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell the values that break any shape."""
        nodes = _gather(pairs)
        failing: set[str] = set()
        for shape in self.shapes:
            failing |= judge.find_failing(shape, nodes)
        _tell(pairs, failing, SH + "AndConstraintComponent", emit)


@dataclass(frozen=True, slots=True)
class Or(_OfShapes):
    """4.6.3: every value conforms to one shape at least."""

    shapes: tuple[Shape, ...]

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell the values that break every shape."""
        nodes = _gather(pairs)
        for shape in self.shapes:
            failing = judge.find_failing(shape, nodes)
            nodes = [node for node in nodes if node in failing]
        _tell(pairs, set(nodes), SH + "OrConstraintComponent", emit)


@dataclass(frozen=True, slots=True)
class ExactlyOne(_OfShapes):
    """4.6.4: every value conforms to exactly one shape."""

    shapes: tuple[Shape, ...]

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell the values that conform to none or to several."""
        counts = dict.fromkeys(_gather(pairs), len(self.shapes))
        for shape in self.shapes:
            for node in judge.find_failing(shape, list(counts)):
                counts[node] -= 1
        failing = {node for node, count in counts.items() if count != 1}
        _tell(pairs, failing, SH + "XoneConstraintComponent", emit)


@dataclass(frozen=True, slots=True)
class Node(_OfShape):
    """4.7.1: every value conforms to a node shape."""

    shape: Shape

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Tell the values that do not."""
        failing = judge.find_failing(self.shape, _gather(pairs))
        _tell(pairs, failing, SH + "NodeConstraintComponent", emit)


@dataclass(frozen=True, slots=True)
class Qualified(_OfShape):
    """4.7.3: at least or at most so many values conform to a shape."""

    shape: Shape
    least: int | None
    most: int | None

    def check(self, judge: Judge, pairs: Pairs, emit: Emit) -> None:
        """Count the values that conform."""
        failing = judge.find_failing(self.shape, _gather(pairs))
        for focus, values in pairs:
            count = sum(value not in failing for value in values)
            if self.most is not None and count > self.most:
                emit(focus, "", SH + "QualifiedMaxCountConstraintComponent")
            if self.least is not None and count < self.least:
                emit(focus, "", SH + "QualifiedMinCountConstraintComponent")
