"""Everything that the graph says of one node, node by node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from rolegraph.errors import InputError, Problem
from rolegraph.export.source import Source
from rolegraph.rdf.write import iterate_triples

if TYPE_CHECKING:
    import pyoxigraph

    from rolegraph.export.source import Subject

    Node = tuple[Subject, list[pyoxigraph.Triple]]


def iterate_nodes(source: Source) -> Iterator[Node]:
    """Each subject once, with all its triples in the order of their lines; only what is foreign is held.

    Records come in the order of the Turtle with what is foreign beside them, then the subjects that no record has.
    """
    beside: dict[Subject, list[pyoxigraph.Triple]] = {}
    for triple in source.foreign:
        beside.setdefault(triple.subject, []).append(triple)
    for subject, run in groupby(
        iterate_triples(source.taxonomy, len(source.foreign)), key=attrgetter("subject")
    ):
        triples = list(run)
        if subject in beside:
            triples = sorted([*triples, *beside.pop(subject)], key=str)
        yield subject, triples
    for subject, triples in beside.items():
        yield subject, sorted(triples, key=str)


def spell_nodes(
    nodes: Iterable[Node], spell: Callable[[Subject, list[pyoxigraph.Triple]], str]
) -> Iterator[str]:
    """What ``spell`` makes of each node, one after the other, for a format that cannot hold everything.

    After the first node that it cannot hold no more is given; at the end InputError is raised with every problem.
    """
    problems: dict[Problem, None] = {}
    for subject, triples in nodes:
        try:
            text = spell(subject, triples)
        except InputError as error:
            problems.update(dict.fromkeys(error.problems))
        else:
            if not problems:
                yield text
    if problems:
        raise InputError(problems)
