"""Decodes triples as a taxonomy: the inverse of :mod:`rolegraph.rdf.encode` on every field.

A node is known by its class and its IRI, from which its code is read. What is derived (inverse links, made-up
labels, readings of years) is not read back; what no record holds is left alone; ``Decoded.foreign`` tells what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from pyoxigraph import Triple

from rolegraph.errors import InputError, Place
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.assemble import CLASSES, PREDICATES, Assembler
from rolegraph.rdf.nodes import Nodes
from rolegraph.rdf.read import Statement, is_ours, parse_statements, read_statements, refuse_foreign


class Decoded:
    """The taxonomy of a graph, and what the graph holds beside it."""

    def __init__(self, taxonomy: Taxonomy, read: Callable[[], Iterable[Statement]]) -> None:
        self.taxonomy = taxonomy
        self._read = read

    @cached_property
    def foreign(self) -> tuple[Triple, ...]:
        """The triples of the graph that an export of the taxonomy would not hold, in a fixed order.

        The graph is read once more. Raises InputError where it is no longer what it was.
        """
        from rolegraph.rdf.foreign import find_foreign

        return find_foreign(self._read(), self.taxonomy)


def from_file(path: Path) -> Decoded:
    """The taxonomy of a graph file.

    A file without a node of ours is recognised while it streams by, so its size does not matter. Raises
    :class:`rolegraph.errors.InputError` for that (``nothing-here-is-ours``), for a file that is not well-formed,
    and with every node that lacks a required part or holds a wrong value.
    """
    if not any(map(is_ours, read_statements(path))):
        raise refuse_foreign(str(path))
    return _decode(partial(read_statements, path), str(path))


def from_turtle(data: str | bytes, name: str = "the graph") -> Decoded:
    """The taxonomy of a Turtle (or N-Triples) text; ``name`` is how errors call it. Raises as :func:`from_file`."""
    return from_triples(parse_statements(data, name), name)


def from_triples(triples: Iterable[Statement], name: str = "the graph") -> Decoded:
    """The taxonomy of a stream of triples; ``name`` is how errors call it. Raises as :func:`from_file`."""
    held = list(triples)
    return _decode(lambda: held, name)


def _decode(read: Callable[[], Iterable[Statement]], name: str) -> Decoded:
    nodes = Nodes(PREDICATES, CLASSES)
    ours = False
    for triple in read():
        ours = ours or is_ours(triple)
        nodes.add(triple)
    if not ours:
        raise refuse_foreign(name)
    return Decoded(_assemble(nodes, name), read)


def _assemble(nodes: Nodes, name: str) -> Taxonomy:
    assembler = Assembler(nodes, name)
    fields = assembler.assemble()
    if assembler.reader.problems:
        raise InputError(assembler.reader.problems)
    try:
        return Taxonomy(**fields)
    except InputError as error:
        placed = (replace(problem, place=problem.place or Place(name)) for problem in error.problems)
        raise InputError(placed) from None
