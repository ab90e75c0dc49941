"""Checks the shapes themselves, as a mistyped shape makes an engine say that everything conforms.

A mistyped target class has no focus nodes, a misspelt ``sh:`` term is no constraint, an empty folder of shapes finds
nothing: each of them passes every graph. What is checked here cannot pass unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph

from rolegraph.errors import Place, Problem
from rolegraph.rdf.vocab import OWL, RDF, RG
from rolegraph.validate.paths import PathError, list_predicates, read_path
from rolegraph.validate.queries import read_query
from rolegraph.validate.rules import (
    COMMON,
    RDF_FIRST,
    RDF_REST,
    SH,
    SHAPES,
    ShapeFile,
    ShapeNode,
    ShapesGraph,
)
from rolegraph.validate.triples import Triples
from rolegraph.validate.unknown import Unknown

_TARGETS = (SH + "targetClass", SH + "targetSubjectsOf", SH + "targetObjectsOf", SH + "targetNode")
_CLASSES = (SH + "targetClass", SH + "class")
_PROPERTIES = tuple(
    SH + name
    for name in ("targetSubjectsOf", "targetObjectsOf", "equals", "disjoint", "lessThan", "lessThanOrEquals")
)
_KINDS = {SH + "NodeShape", SH + "PropertyShape"}
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_SELECTED = re.compile(r"[?$](\w+)")


def lint_shapes(shapes: Mapping[str, str], ontology: Mapping[str, str]) -> tuple[Problem, ...]:
    """All that is wrong with the shapes, given as Turtle texts by file name, under the vocabulary in ``ontology``."""
    try:
        graph = ShapesGraph.parse(shapes)
        declared = Declared.parse(ontology)
    except SyntaxError as error:
        return (Problem("shape-syntax", str(error), remedy="correct the Turtle"),)
    if not graph.rules:
        return (Problem("shapes-empty", "there is no rule", remedy="install the shapes again"),)
    return tuple(
        problem
        for file in graph.files
        for problem in (
            *_lint_file(file, graph),
            *_lint_terms(file, graph, declared),
            *_lint_queries(file, graph, declared),
        )
    )


class Declared:
    """The terms that the ontology declares or that an established vocabulary has."""

    def __init__(self, classes: set[str], properties: set[str], terms: set[str]) -> None:
        self._classes = classes
        self._properties = properties
        self._terms = terms

    def has_term(self, iri: str) -> bool:
        """Whether an IRI is a term of any kind."""
        return iri in self._terms or _is_borrowed(iri)

    def has_class(self, iri: str) -> bool:
        """Whether an IRI is a class."""
        return iri in self._classes or _is_borrowed(iri)

    def has_property(self, iri: str) -> bool:
        """Whether an IRI is a property."""
        return iri in self._properties or _is_borrowed(iri)

    @classmethod
    def parse(cls, ontology: Mapping[str, str]) -> Declared:
        """What Turtle texts by file name declare; SyntaxError where one is broken."""
        classes, properties, terms = set(), set(), set()
        for text in ontology.values():
            for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
                if quad.predicate.value != RDF.type or not isinstance(quad.object, pyoxigraph.NamedNode):
                    continue
                terms.add(str(quad.subject)[1:-1])
                if quad.object.value == OWL.Class:
                    classes.add(str(quad.subject)[1:-1])
                elif quad.object.value in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
                    properties.add(str(quad.subject)[1:-1])
        return cls(classes, properties, terms)


def _is_borrowed(iri: str) -> bool:
    """Whether an established vocabulary that shapes may speak of beyond what we export has a term."""
    from rdflib.namespace import OWL, RDF, RDFS, SKOS

    return any(iri in namespace for namespace in (OWL, RDF, RDFS, SKOS))


def _is_shacl(iri: str) -> bool:
    from rdflib.namespace import SH as VOCABULARY

    return iri in VOCABULARY


def _lint_terms(file: ShapeFile, graph: ShapesGraph, declared: Declared) -> Iterator[Problem]:
    place = Place(f"shapes/{file.name}.ttl")
    used = {
        str(t)[1:-1] for triple in file.triples for t in (triple.predicate, triple.object) if str(t)[0] == "<"
    }
    for term in sorted(used):
        if term.startswith(SH) and not _is_shacl(term):
            name = term.removeprefix(SH)
            yield Problem("shacl-term", f"sh:{name} is not a term of SHACL", place, remedy="correct the term")
        elif term.startswith(RG.iri) and not declared.has_term(term):
            yield Problem(
                "term-undeclared", f"{term} is no term of the ontology", place, remedy="correct the term"
            )
        elif term.startswith(SHAPES) and not graph.predicates(pyoxigraph.NamedNode(term)):
            yield Problem("shape-unknown", f"{term} is nowhere described", place, remedy="correct the name")
    for node in file.subjects:
        for predicate, values in graph.predicates(node).items():
            if predicate in _CLASSES:
                missing, what = [v.value for v in values if not declared.has_class(v.value)], "class"
            elif predicate in _PROPERTIES:
                missing, what = [v.value for v in values if not declared.has_property(v.value)], "property"
            elif predicate == SH + "path":
                try:
                    reached = [iri for value in values for iri in list_predicates(read_path(graph, value))]
                except (PathError, ValueError) as error:
                    yield Problem("shape-path", f"{node}: {error}", place, remedy="correct the path")
                    continue
                missing, what = [iri for iri in reached if not declared.has_property(iri)], "property"
            else:
                continue
            for iri in missing:
                yield Problem(
                    "term-undeclared", f"{node}: {iri} is no {what} of the ontology", place,
                    remedy="correct the term, or declare it in ontology/",
                )  # fmt: skip


def _lint_queries(file: ShapeFile, graph: ShapesGraph, declared: Declared) -> Iterator[Problem]:
    place = Place(f"shapes/{file.name}.ttl")
    for node in sorted(file.subjects, key=str):
        if not graph.values(node, SH + "select"):
            continue
        try:
            query = read_query(graph, node)
            pyoxigraph.Store().query(query.text)
        except (Unknown, SyntaxError) as error:
            yield Problem("query", f"{node}: {error}", place, remedy="correct the query")
            continue
        for iri in sorted(query.iris or ()):
            if not declared.has_term(iri[1:-1]):
                yield Problem(
                    "term-undeclared", f"{node}: {iri} is no term of the ontology", place,
                    remedy="correct the term, or declare it in ontology/",
                )  # fmt: skip


def _lint_file(file: ShapeFile, graph: ShapesGraph) -> Iterator[Problem]:
    place = Place(f"shapes/{file.name}.ttl")
    shapes = [node for node in file.subjects if _is_shape(graph, node)]
    for node in sorted(shapes, key=str):
        yield from _lint_shape(file, graph, node, place)
    if file.name == COMMON:
        return
    if file.name not in graph.rules:
        yield Problem(
            "rule-missing", f"no shape is called rgsh:{file.name}", place, remedy="name it after the file"
        )
        return
    rule = graph.rules[file.name]
    header = _read_header(file.text)
    for word, text in (("Problem", rule.problem), ("Solution", rule.remedy)):
        if not text or header.get(word) != text:
            told = "sh:description" if word == "Problem" else "rdfs:comment"
            yield Problem(
                "rule-header", f"the header's {word} and the rule's {told} are not the same text", place,
                remedy="write both alike",
            )  # fmt: skip
    if not any(graph.values(node, target) for node in shapes for target in _TARGETS):
        yield Problem("rule-target", "no shape of the rule has a target", place, remedy="say what it is for")


def _lint_shape(file: ShapeFile, graph: ShapesGraph, node: ShapeNode, place: Place) -> Iterator[Problem]:
    if not isinstance(node, pyoxigraph.NamedNode):
        yield Problem("shape-anonymous", "a shape has no IRI", place, remedy="name it")
        return
    name = node.value.removeprefix(SHAPES)
    own = name == file.name or name.startswith(f"{file.name}-")
    if file.name != COMMON and (not node.value.startswith(SHAPES) or not own):
        yield Problem(
            "shape-name", f"{node.value} does not begin with the name of its rule", place, remedy="rename it"
        )
    for word in ("name", "message", "severity"):
        if len(graph.values(node, SH + word)) != 1:
            yield Problem("shape-incomplete", f"{name} has not exactly one sh:{word}", place, remedy="add it")
    message = graph.text(node, SH + "message")
    selected = {
        variable
        for query in graph.values(node, SH + "sparql")
        if isinstance(query, pyoxigraph.NamedNode)
        for variable in _SELECTED.findall(graph.text(query, SH + "select").partition("{")[0])
    }
    for variable in _PLACEHOLDER.findall(message):
        if variable not in selected:
            yield Problem(
                "message-variable", f"{name}: the message names {variable}, which no query selects", place,
                remedy="select it, or leave it out",
            )  # fmt: skip


def _is_shape(graph: ShapesGraph, node: ShapeNode) -> bool:
    found = graph.predicates(node)
    if any(kind.value in _KINDS for kind in found.get(RDF.type, ())):
        return True
    if RDF_FIRST in found or RDF_REST in found:
        return False
    marks = {SH + "path", SH + "property", SH + "targetClass", SH + "targetNode", *_TARGETS}
    return any(predicate in marks for predicate in found)


def _read_header(text: str) -> dict[str, str]:
    """The paragraphs of the comment with which a file begins, by the word before their colon."""
    found: dict[str, str] = {}
    word = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        content = line[1:].strip()
        head, colon, rest = content.partition(": ")
        if colon and head in ("Problem", "Solution"):
            word, content = head, rest
        if word:
            found[word] = f"{found.get(word, '')} {content}".strip()
    return found


def find_idle_shapes(graph: ShapesGraph, examples: Iterable[Triples]) -> tuple[str, ...]:
    """The IRIs of targeted shapes that have no focus node in any of the examples."""
    from rolegraph.validate.plan import PlanReader
    from rolegraph.validate.run import Run

    targets, _ = PlanReader(graph).read_targets()
    idle = {str(target.shape.node)[1:-1]: target for target in targets}
    for triples in examples:
        run = Run(triples, tuple(idle.values()))
        idle = {iri: target for iri, target in idle.items() if not run.find_focus_nodes(target)}
        if not idle:
            break
    return tuple(sorted(idle))
