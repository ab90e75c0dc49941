"""What a graph file says of the classes of the OWL export beside the records, as far as it is an annotation.

A class may have annotations of any property that is not one of individuals, so labels in other languages, notes, links
and plain values stay. Left out is what would take the file out of OWL 2 DL or its profiles: properties that the graph
or the file declares as object or datatype properties, axioms, blank nodes, texts with a direction, values of data types
that not every profile has; and what is said of nodes that are no class here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from rolegraph.rdf.declare import read_declarations
from rolegraph.rdf.vocab import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Collection

BUILT_IN: Final = frozenset(
    {OWL.versionInfo, *(f"{RDFS.iri}{name}" for name in ("comment", "isDefinedBy", "label", "seeAlso"))}
)
"""Annotation properties that OWL itself has and that say nothing of the logic; they need no declaration."""

_RESERVED: Final = (OWL.iri, RDF.iri, RDFS.iri, XSD.iri)

_SPELLINGS: Final = {
    XSD.string: re.compile(r".*", re.DOTALL),
    RDF.langString: re.compile(r".*", re.DOTALL),
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
}
"""The data types that stay, and how their values are spelt."""


class Annotations:
    """The annotations among what is foreign, by the node that they are about; each is given once."""

    def __init__(self, foreign: Iterable[Triple], declared: Collection[str]) -> None:
        """``declared`` are the annotation properties that the file has anyway."""
        self._declared = frozenset(declared)
        self._used: set[str] = set()
        others = {
            iri for iri, term in read_declarations().items() if OWL.AnnotationProperty not in term.types
        }
        kinds = {f"<{kind}>" for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)}
        triples = [(t.subject.value, t) for t in foreign if isinstance(t.subject, NamedNode)]
        others |= {iri for iri, t in triples if t.predicate.value == RDF.type and str(t.object) in kinds}
        self._others = others - self._declared
        self._about: defaultdict[str, list[Triple]] = defaultdict(list)
        for iri, triple in triples:
            if self._is_annotation(triple):
                self._about[iri].append(triple)

    def take(self, iri: str) -> list[Triple]:
        """The annotations of a class, as they are.

        A label in another language stays a label of SKOS: OBO tools take any ``rdfs:label`` for the one that a class has.
        """
        taken = self._about.pop(iri, [])
        self._used.update(triple.predicate.value for triple in taken)
        return taken

    def declare(self) -> Iterator[tuple[NamedNode, list[Triple]]]:
        """The properties of the annotations that were taken, with what is said of them."""
        while missing := sorted(self._used - self._declared - BUILT_IN):
            self._declared |= set(missing)
            for iri in missing:
                node = NamedNode(iri)
                yield (
                    node,
                    [Triple(node, NamedNode(RDF.type), NamedNode(OWL.AnnotationProperty)), *self.take(iri)],
                )

    def _is_annotation(self, triple: Triple) -> bool:
        predicate, value = triple.predicate.value, triple.object
        if predicate in self._others or (predicate.startswith(_RESERVED) and predicate not in BUILT_IN):
            return False
        if isinstance(value, Literal):
            spelling = _SPELLINGS.get(value.datatype.value)
            return value.direction is None and spelling is not None and bool(spelling.fullmatch(value.value))
        return isinstance(value, NamedNode)
