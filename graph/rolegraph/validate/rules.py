"""Reads ``shapes/*.ttl``: one rule to a file, named after it, with what a finding tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.errors import RolegraphError
from rolegraph.rdf.vocab import RDFS
from rolegraph.resources import read_resources

if TYPE_CHECKING:
    import rdflib

    from rolegraph.answers import Severity

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/rolegraph/shapes#"
COMMON = "common"
"""The file of what the rules share: prefixes and conditions. It is no rule."""

SEVERITIES: dict[str, Severity] = {
    SH + "Violation": "violation",
    SH + "Warning": "warning",
    SH + "Info": "info",
}

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
ShapeNode = pyoxigraph.NamedNode | pyoxigraph.BlankNode


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (the stem of its file), title, the problem that it finds, and what to do about it."""

    name: str
    title: str
    problem: str
    remedy: str
    severity: Severity


@dataclass(slots=True)
class ShapeFile:
    """One file of shapes: its text and triples."""

    name: str
    text: str
    triples: list[pyoxigraph.Triple]
    subjects: set[ShapeNode] = field(default_factory=set)


class ShapesGraph:
    """The triples of all shape files, by subject and predicate, and the rules that they state."""

    def __init__(self, files: Iterable[ShapeFile]) -> None:
        self.files = tuple(files)
        self._values: dict[ShapeNode, dict[str, list[Term]]] = {}
        self._file_of: dict[ShapeNode, ShapeFile] = {}
        for file in self.files:
            for triple in file.triples:
                subject, value = triple.subject, triple.object
                if isinstance(subject, pyoxigraph.Triple) or isinstance(value, pyoxigraph.Triple):
                    raise TypeError("a shape holds no triple terms")
                values = self._values.setdefault(subject, {}).setdefault(triple.predicate.value, [])
                if value not in values:
                    values.append(value)
                file.subjects.add(subject)
                self._file_of.setdefault(subject, file)

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> ShapesGraph:
        """The shapes of Turtle texts by file name; SyntaxError where one is broken."""
        return cls(
            ShapeFile(
                name.removesuffix(".ttl"),
                text,
                [q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)],
            )
            for name, text in sorted(texts.items())
        )

    @classmethod
    def read(cls) -> ShapesGraph:
        """The shapes that come with the package."""
        shapes = cls.parse(read_resources("shapes", ".ttl"))
        if not shapes.rules:
            # Without a rule everything would conform.
            raise RolegraphError(
                "the shapes are missing from this installation of rolegraph; install it again"
            )
        return shapes

    def subjects(self) -> Iterable[ShapeNode]:
        """Every subject, in the order of the files."""
        return self._values.keys()

    def predicates(self, subject: ShapeNode) -> Mapping[str, list[Term]]:
        """The values of a subject by predicate."""
        return self._values.get(subject, {})

    def values(self, subject: ShapeNode, predicate: str) -> list[Term]:
        """The values of a property, in the order of the file."""
        return self._values.get(subject, {}).get(predicate, [])

    def text(self, subject: ShapeNode, predicate: str) -> str:
        """The one text of a property; empty where there is none."""
        values = self.values(subject, predicate)
        return values[0].value if values else ""

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        members: list[Term] = []
        node: Term = head
        while isinstance(node, pyoxigraph.NamedNode | pyoxigraph.BlankNode) and node.value != RDF_NIL:
            first = self.values(node, RDF_FIRST)
            rest = self.values(node, RDF_REST)
            if len(first) != 1 or len(rest) != 1 or len(members) > len(self._values):
                raise ValueError(f"{node} is not a well-formed list")
            members.append(first[0])
            node = rest[0]
        return members

    def find_rule(self, shape: ShapeNode) -> Rule:
        """The rule that a shape belongs to: the one that its file states."""
        return self.rules[self._file_of[shape].name]

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by its name."""
        rules = {}
        for file in self.files:
            node = pyoxigraph.NamedNode(SHAPES + file.name)
            if file.name == COMMON or node not in file.subjects:
                continue
            severity = self.values(node, SH + "severity")
            rules[file.name] = Rule(
                file.name,
                self.text(node, SH + "name"),
                self.text(node, SH + "description"),
                self.text(node, RDFS.iri + "comment"),
                SEVERITIES.get(severity[0].value, "violation") if severity else "violation",
            )
        return rules

    def to_rdflib(self) -> rdflib.Graph:
        """The shapes as an rdflib graph."""
        from rolegraph.validate.triples import to_graph

        return to_graph(triple for file in self.files for triple in file.triples)


RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
RDF_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
RDF_NIL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
