"""SHACL property paths (https://www.w3.org/TR/shacl/#property-paths), read from the shapes and written as in SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.validate.rules import RDF_FIRST, SH

if TYPE_CHECKING:
    from rolegraph.validate.rules import ShapesGraph, Term


@dataclass(frozen=True, slots=True)
class Predicate:
    """One property, by its IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked from object to subject."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths walked one after the other."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked again and again: ``*`` from no step, ``+`` from one step, ``?`` at most one step."""

    path: Path
    sign: str


Path = Predicate | Inverse | Sequence | Alternative | Repeat

_SIGNS = {SH + "zeroOrMorePath": "*", SH + "oneOrMorePath": "+", SH + "zeroOrOnePath": "?"}


class PathError(ValueError):
    """A node that is no well-formed path."""


def read_path(shapes: ShapesGraph, node: Term) -> Path:
    """The path that a node of the shapes graph stands for; PathError where it is none."""
    if isinstance(node, pyoxigraph.NamedNode):
        return Predicate(node.value)
    if isinstance(node, pyoxigraph.Literal):
        raise PathError(f"{node} is a literal, not a path")
    found = shapes.predicates(node)
    if RDF_FIRST in found:
        parts = tuple(read_path(shapes, member) for member in shapes.items(node))
        if len(parts) < 2:
            raise PathError("a sequence path has at least two members")
        return Sequence(parts)
    if len(found) != 1:
        raise PathError(f"{node} is no well-formed path")
    [(predicate, values)] = found.items()
    if len(values) != 1:
        raise PathError(f"{predicate} has several values")
    if predicate == SH + "inversePath":
        return Inverse(read_path(shapes, values[0]))
    if predicate == SH + "alternativePath":
        parts = tuple(read_path(shapes, member) for member in shapes.items(values[0]))
        if len(parts) < 2:
            raise PathError("an alternative path has at least two members")
        return Alternative(parts)
    if predicate in _SIGNS:
        return Repeat(read_path(shapes, values[0]), _SIGNS[predicate])
    raise PathError(f"{predicate} makes no path")


def format_path(path: Path) -> str:
    """The path as SPARQL writes it, with IRIs in full; groups in brackets.

    >>> format_path(Sequence((Predicate("urn:a"), Inverse(Predicate("urn:b")))))
    '(<urn:a>/^<urn:b>)'
    """
    match path:
        case Predicate(iri):
            return f"<{iri}>"
        case Inverse(inner):
            return f"^{format_path(inner)}"
        case Sequence(parts):
            return f"({'/'.join(map(format_path, parts))})"
        case Alternative(parts):
            return f"({'|'.join(map(format_path, parts))})"
        case Repeat(inner, sign):
            return f"{format_path(inner)}{sign}"


def list_predicates(path: Path) -> tuple[str, ...]:
    """The IRIs of all properties of a path, in its order."""
    match path:
        case Predicate(iri):
            return (iri,)
        case Inverse(inner) | Repeat(inner, _):
            return list_predicates(inner)
        case Sequence(parts) | Alternative(parts):
            return tuple(iri for part in parts for iri in list_predicates(part))
