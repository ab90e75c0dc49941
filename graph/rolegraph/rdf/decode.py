"""Decodes triples as a taxonomy: the inverse of :mod:`rolegraph.rdf.encode` on every field.

A node is known by its class and its IRI, from which its code is read. What is derived (inverse links, made-up
labels, readings of years) is not read back; what no record holds is counted as foreign and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rolegraph.errors import InputError, Place
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.assemble import CLASSES, PREDICATES, Assembler
from rolegraph.rdf.nodes import Nodes
from rolegraph.rdf.read import Statement, is_ours, parse_statements, read_statements, refuse_foreign
from rolegraph.rdf.vocab import RG, VOID
from rolegraph.rdf.write import iterate_lines

_OF_THE_FILE = frozenset({RG.toolVersion, VOID.triples})
"""What a file says of itself: ours, though another version of the program would say it otherwise."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A taxonomy, and how many triples of the graph an export of it would not hold."""

    taxonomy: Taxonomy
    foreign: int


def from_file(path: Path) -> Decoded:
    """The taxonomy of a ``.ttl`` or ``.nt`` file.

    A file without a node of ours is recognised while it streams by, so its size does not matter. Raises
    :class:`rolegraph.errors.InputError` for that (``nothing-here-is-ours``), for a file that is not well-formed,
    and with every node that lacks a required part or holds a wrong value.
    """
    if not any(map(is_ours, read_statements(path))):
        raise refuse_foreign(str(path))
    return from_triples(read_statements(path), str(path))


def from_turtle(data: str | bytes, name: str = "the graph") -> Decoded:
    """The taxonomy of a Turtle (or N-Triples) text; ``name`` is how errors call it. Raises as :func:`from_file`."""
    return from_triples(parse_statements(data, name), name)


def from_triples(triples: Iterable[Statement], name: str = "the graph") -> Decoded:
    """The taxonomy of a stream of triples; ``name`` is how errors call it. Raises as :func:`from_file`."""
    nodes = Nodes(PREDICATES, CLASSES)
    seen: set[int] = set()
    ours = False
    for triple in triples:
        ours = ours or is_ours(triple)
        nodes.add(triple)
        if triple.predicate.value not in _OF_THE_FILE:
            seen.add(hash(str(triple)))
    if not ours:
        raise refuse_foreign(name)
    taxonomy = _assemble(nodes, name)
    return Decoded(taxonomy, len(seen - set(map(hash, iterate_lines(taxonomy)))))


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
