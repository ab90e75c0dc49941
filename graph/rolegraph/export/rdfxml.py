"""The graph as RDF/XML: one element for each node, named by its class, a line for each statement.

Properties are names in XML (https://www.w3.org/TR/rdf12-xml/), so not every property can be written; one that cannot is
refused. What RDF 1.2 adds (directions of texts, statements as values) is written as its draft says, and only where the
graph holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph

from rolegraph.errors import InputError, Problem
from rolegraph.export.nodes import iterate_nodes, spell_nodes
from rolegraph.export.pieces import write_pieces
from rolegraph.export.source import Source
from rolegraph.export.xmltext import escape_text, escape_value, find_problem
from rolegraph.output import Sink
from rolegraph.rdf.vocab import NAMESPACES, OWL, RDF, RG, XSD, Namespace, shorten_iri

if TYPE_CHECKING:
    from rolegraph.export.nodes import Node
    from rolegraph.export.source import Subject

    Term = Subject | pyoxigraph.Literal

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# Names of ASCII letters are tried first: every parser knows them, and what stands before may be anything.
_ENDS: Final = (
    re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z"),
    re.compile(rf"[{_START}][{_START}0-9.\-\xb7\u0300-\u036f\u203f\u2040]*\Z"),
)
_SYNTAX: Final = frozenset(
    f"{RDF.iri}{name}"
    for name in (
        "RDF", "Description", "ID", "about", "aboutEach", "aboutEachPrefix", "annotation", "annotationNodeID", "bagID",
        "datatype", "li", "nodeID", "parseType", "resource", "version",
    )
)  # fmt: skip
"""Names that RDF/XML keeps for itself."""

_BOUND: Final = frozenset({"http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"})
_FIRST: Final = (OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
"""Classes that name their element whatever else the node is: readers look for them."""

_TYPE: Final = RDF.type
_ITS: Final = ' its:version="2.0" xmlns:its="http://www.w3.org/2005/11/its"'


def write(source: Source, sink: Sink) -> None:
    """Write the graph, and what it holds beside the records, as RDF/XML.

    Raises InputError with every property and text that XML cannot hold.
    """
    write_nodes(iterate_nodes(source), source.taxonomy.dataset.base, sink)


def write_nodes(
    nodes: Iterable[Node],
    base: str,
    sink: Sink,
    spaces: Sequence[Namespace] = NAMESPACES,
) -> None:
    """Write nodes, each with all its triples, as RDF/XML; ``spaces`` are the namespaces that have a prefix.

    Raises InputError with every property and text that XML cannot hold.
    """
    write_pieces(sink, _Writer(base, spaces).spell(nodes))


class _Writer:
    def __init__(self, base: str, spaces: Sequence[Namespace]) -> None:
        self._base = base
        self._spaces = {space.iri: space.prefix for space in spaces}
        self._names: dict[str, tuple[str, str] | None] = {}

    def spell(self, nodes: Iterable[Node]) -> Iterator[str]:
        """The file, piece by piece."""
        yield self._write_head()
        yield from spell_nodes(nodes, lambda *node: "".join(self._write_node(*node)))
        yield "</rdf:RDF>\n"

    def _write_head(self) -> str:
        spaces = "".join(f'\n    xmlns:{prefix}="{iri}"' for iri, prefix in self._spaces.items())
        base = escape_value(self._base)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}\n    xml:base="{base}">\n'

    def _write_node(self, subject: Subject, triples: list[pyoxigraph.Triple]) -> Iterator[str]:
        said = [(triple.predicate.value, triple.object) for triple in triples]
        kinds = [value for predicate, value in said if predicate == _TYPE]
        kind = self._choose_class(kinds)
        name, space = ("rdf:Description", "") if kind is None else self._name(kind) or ("rdf:Description", "")
        yield f"\n  <{name}{space}{self._name_subject(subject)}>\n"
        told = None if kind is None else pyoxigraph.NamedNode(kind)
        first = [(_TYPE, value) for value in kinds if value != told]
        problems: list[Problem] = []
        for predicate, value in (*first, *(pair for pair in said if pair[0] != _TYPE)):
            try:
                yield self._write_statement(subject, predicate, value, "    ")
            except InputError as error:
                problems.extend(error.problems)
        if problems:
            raise InputError(problems)
        yield f"  </{name}>\n"

    def _choose_class(self, kinds: list[Term]) -> str | None:
        """The class that names the element: one that readers look for, else one of ours, else any."""
        named = [kind.value for kind in kinds if isinstance(kind, pyoxigraph.NamedNode)]
        able = [kind for kind in named if not kind.startswith(RDF.iri) and self._name(kind)]
        return min(able, key=_rank_class, default=None)

    def _name_subject(self, subject: Subject) -> str:
        if isinstance(subject, pyoxigraph.NamedNode):
            return f' rdf:about="{escape_value(subject.value)}"'
        if isinstance(subject, pyoxigraph.BlankNode):
            return f' rdf:nodeID="{_name_blank(subject)}"'
        raise InputError([_refuse_statement(str(subject))])

    def _write_statement(self, subject: Subject, predicate: str, value: Term, indent: str) -> str:
        found = self._name(predicate)
        if found is None or predicate in _SYNTAX:
            raise InputError([_refuse_property(predicate)])
        name, space = found
        start = f"{indent}<{name}{space}"
        if isinstance(value, pyoxigraph.NamedNode):
            return f'{start} rdf:resource="{escape_value(value.value)}"/>\n'
        if isinstance(value, pyoxigraph.BlankNode):
            return f'{start} rdf:nodeID="{_name_blank(value)}"/>\n'
        if isinstance(value, pyoxigraph.Triple):
            inner = self._write_statement(value.subject, value.predicate.value, value.object, f"{indent}    ")
            return (
                f'{start} rdf:version="1.2" rdf:parseType="Triple">\n'
                f"{indent}  <rdf:Description{self._name_subject(value.subject)}>\n{inner}"
                f"{indent}  </rdf:Description>\n{indent}</{name}>\n"
            )
        text = value.value
        try:
            return f"{start}{_describe_literal(value)}>{escape_text(text)}</{name}>\n"
        except InputError:
            where = f"{subject} {shorten_iri(predicate) or f'<{predicate}>'}"
            raise InputError([find_problem(text, where)]) from None

    def _name(self, iri: str) -> tuple[str, str] | None:
        """The name of an element, and the namespace that it has to declare; None where XML has no name for it."""
        if iri not in self._names:
            self._names[iri] = self._split_iri(iri)
        return self._names[iri]

    def _split_iri(self, iri: str) -> tuple[str, str] | None:
        for pattern in _ENDS:
            if found := pattern.search(iri):
                space, name = iri[: found.start()], found[0]
                known = self._spaces.get(space)
                if known is not None:
                    return f"{known}:{name}", ""
                if space and space not in _BOUND:
                    return f"x:{name}", f' xmlns:x="{escape_value(space, f"<{iri}>")}"'
        return None


def _rank_class(kind: str) -> tuple[int, str]:
    if kind in _FIRST:
        return (0, kind)
    return (3 if kind == OWL.NamedIndividual else 1 if kind.startswith(RG.iri) else 2, kind)


def _name_blank(node: pyoxigraph.BlankNode) -> str:
    """A label of a blank node may begin with a digit, a name in XML may not."""
    return f"b{node.value}"


def _describe_literal(literal: pyoxigraph.Literal) -> str:
    if literal.language:
        language = f' xml:lang="{escape_value(literal.language)}"'
        if literal.direction is None:
            return language
        return f'{language} rdf:version="1.2"{_ITS} its:dir="{literal.direction.value}"'
    kind = literal.datatype.value
    return "" if kind == XSD.string else f' rdf:datatype="{escape_value(kind)}"'


def _refuse_property(iri: str) -> Problem:
    return Problem(
        "rdfxml-property", "RDF/XML has no name for this property", None, f"<{iri}>",
        "give it an IRI that ends in letters, or export to another format, such as turtle",
    )  # fmt: skip


def _refuse_statement(text: str) -> Problem:
    return Problem(
        "rdfxml-subject", "RDF/XML cannot say something of a statement", None, text,
        "name the statement by a node with rdf:reifies, or export to another format, such as turtle",
    )  # fmt: skip
