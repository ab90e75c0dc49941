"""Everything that the graph says of one node, node by node."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from rolegraph.export.source import Source
from rolegraph.rdf.write import iterate_triples

if TYPE_CHECKING:
    import pyoxigraph

    from rolegraph.export.source import Subject


def iterate_nodes(source: Source) -> Iterator[tuple[Subject, list[pyoxigraph.Triple]]]:
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
