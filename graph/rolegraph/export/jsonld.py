"""The graph as JSON-LD: short names from the published context, and one object for each node, a line each.

The context (``ontology/context.jsonld``) stands in the file, so that nothing has to be fetched to read it. Literals keep
their lexical form: numbers are strings of a property whose datatype the context tells. What the context does not tell of
is written out with its datatype or language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from rolegraph.errors import InputError, Problem
from rolegraph.export.jsontext import write_json
from rolegraph.export.nodes import iterate_nodes, spell_nodes
from rolegraph.export.pieces import write_pieces
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.form import Turtle
from rolegraph.rdf.vocab import NAMESPACES, RDF, XSD
from rolegraph.resources import find_resource

if TYPE_CHECKING:
    from rolegraph.export.nodes import Node
    from rolegraph.export.source import Subject

    Term = Subject | pyoxigraph.Literal

_NODE, _TEXT = "@id", "@language"
_TYPE: Final = RDF.type
_STRING: Final = XSD.string
_TERMS: Final = {iri: f"{space.prefix}:{iri[len(space.iri) :]}" for space in NAMESPACES for iri in space}
# A path below the base that every reader resolves to the same IRI: no dots alone, no colon that looks like a scheme, no
# at sign that looks like a keyword.
_SEGMENT = r"(?!\.{1,2}(?:/|#|\Z))[A-Za-z0-9._~%!$&'()*+,;=-]+"
_BELOW: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*(?:#[A-Za-z0-9._~%/-]*)?\Z")


_ALIASES: Final = frozenset({"id", "type"})
_WORD: Final = re.compile(r'"([A-Za-z][A-Za-z0-9_-]*)[":]')
"""What stands where a short name or a prefix can stand: too much at worst, as in a text that begins like one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A short name, and what its values are: nodes, texts by language, literals of a datatype, or plain strings (None)."""

    short: str
    form: str | None


class Context:
    """The published context, as a writer needs it."""

    def __init__(self) -> None:
        text = find_resource("ontology").joinpath("context.jsonld").read_text(encoding="utf-8")
        self.terms: dict[str, Any] = json.loads(text)["@context"]
        self.names: dict[str, Name] = {}
        for short, term in self.terms.items():
            told = {"@id": term} if isinstance(term, str) else term if isinstance(term, dict) else {}
            prefix, _, name = told.get("@id", "").partition(":")
            if name and prefix in self.terms and not short.startswith("@"):
                form = told.get("@container", told.get("@type"))
                if form is not None and not form.startswith("@"):
                    form = self._expand(form)
                self.names[self._expand(told["@id"])] = Name(short, form)

    def _expand(self, short: str) -> str:
        prefix, _, name = short.partition(":")
        return short if name.startswith("//") else f"{self.terms[prefix]}{name}"

    def choose(self, text: str) -> dict[str, Any]:
        """The terms that a text of nodes uses, and the prefixes that these use."""
        words = set(_WORD.findall(text))
        chosen = {
            short for short in self.terms if short.startswith("@") or short in words or short in _ALIASES
        }
        chosen |= {prefix for short in chosen for prefix in _list_prefixes(self.terms[short])}
        return {short: term for short, term in self.terms.items() if short in chosen}

    def hides(self, iri: str) -> bool:
        """Whether the scheme of an IRI is a name of the context, so that a reader would take the IRI for a short name."""
        return not iri.startswith(("https:", "http:")) and iri.partition(":")[0] in self.terms


def _list_prefixes(term: Any) -> Iterator[str]:
    """The prefixes of the names in a definition of the context."""
    for name in [term] if isinstance(term, str) else term.values() if isinstance(term, dict) else ():
        if isinstance(name, str) and not name.startswith("@"):
            yield name.partition(":")[0]


@cache
def _open_context() -> Context:
    return Context()


def write(source: Source, sink: Sink) -> None:
    """Write the graph, and what it holds beside the records, as JSON-LD.

    Raises InputError with every statement that JSON-LD cannot hold.
    """
    write_pieces(sink, _Writer(source.taxonomy.dataset.base).spell(iterate_nodes(source)))


def write_some(base: str, nodes: Iterable[Node]) -> bytes:
    """Write some nodes of the graph as a document of its own, whose context has what they use and no more.

    Raises InputError with every statement that JSON-LD cannot hold.
    """
    writer = _Writer(base)
    return "".join(writer.spell(nodes, whole=False)).encode()


class _Writer:
    def __init__(self, base: str) -> None:
        self._context = _open_context()
        self._base = Turtle(base).base

    def spell(self, nodes: Iterable[Node], *, whole: bool = True) -> Iterator[str]:
        """The file, piece by piece; not ``whole``, its context has only the names that the nodes use."""
        texts = spell_nodes(nodes, lambda *node: write_json(self._describe_node(*node)))
        names = self._context.terms
        if not whole:
            texts = iter(held := list(texts))
            names = self._context.choose("\n".join(held))
        yield self._write_head(names)
        end = "\n    "
        for text in texts:
            yield f"{end}{text}"
            end = ",\n    "
        yield "\n  ]\n}\n"

    def _write_head(self, names: Mapping[str, Any]) -> str:
        terms = {**({} if self._base is None else {"@base": self._base}), **names}
        lines = ",\n    ".join(f"{write_json(name)}: {write_json(term)}" for name, term in terms.items())
        return f'{{\n  "@context": {{\n    {lines}\n  }},\n  "@graph": ['

    def _describe_node(self, subject: Subject, triples: list[pyoxigraph.Triple]) -> dict[str, Any]:
        if statements := [t.object for t in triples if isinstance(t.object, pyoxigraph.Triple)]:
            raise InputError(map(_refuse_statement, statements))
        if any(map(self._context.hides, _iterate_iris(subject, triples))):
            return _describe_bare(subject, triples)
        node: dict[str, Any] = {"id": self._refer(subject)}
        by_predicate = _group(triples)
        if kinds := by_predicate.pop(_TYPE, None):
            # A class can be a literal in a graph that nobody checked; only a name can stand as a type.
            named = [kind for kind in kinds if not isinstance(kind, pyoxigraph.Literal)]
            if named:
                node["type"] = _unwrap([self._name_class(kind) for kind in named])
            if len(named) < len(kinds):
                node[_TYPE] = [_describe_value(k) for k in kinds if isinstance(k, pyoxigraph.Literal)]
        for predicate, values in by_predicate.items():
            self._add(node, predicate, values)
        return node

    def _add(self, node: dict[str, Any], predicate: str, values: list[Term]) -> None:
        name = self._context.names.get(predicate)
        if name is None:
            node[predicate] = _unwrap([self._describe(value, None) for value in values])
            return
        if name.form != _TEXT:
            node[name.short] = _unwrap([self._describe(value, name.form) for value in values])
            return
        by_language: dict[str, list[str]] = {}
        other = []
        for value in values:
            if isinstance(value, pyoxigraph.Literal) and value.language and value.direction is None:
                by_language.setdefault(value.language, []).append(value.value)
            else:
                other.append(self._describe(value, None))
        if by_language:
            node[name.short] = {language: _unwrap(texts) for language, texts in by_language.items()}
        if other:
            # The name takes texts by their language alone; the IRI in full is bound to nothing.
            node[predicate] = _unwrap(other)

    def _describe(self, value: Term, form: str | None) -> Any:
        """A value: a string where the name says the rest, else an object that says it all."""
        if isinstance(value, pyoxigraph.Literal):
            if not value.language and value.datatype.value == (form or _STRING):
                return value.value
            return _describe_value(value, "type", _TERMS.get)
        return self._refer(value) if form == _NODE else {"id": self._refer(value)}

    def _refer(self, node: Term) -> str:
        """A node: by the name of a term, below the base, or in full."""
        iri = _spell_bare(node)
        if (short := _TERMS.get(iri)) is not None:
            return short
        if self._base and iri.startswith(self._base) and _BELOW.match(below := iri[len(self._base) :]):
            return below
        return iri

    def _name_class(self, node: Term) -> str:
        iri = _spell_bare(node)
        name = self._context.names.get(iri)
        return iri if name is None else name.short


def _describe_bare(subject: Subject, triples: list[pyoxigraph.Triple]) -> dict[str, Any]:
    """The object of a node without any short name: an IRI such as ``skos:x`` would be read as one."""
    node: dict[str, Any] = {"@context": None, "@id": _spell_bare(subject)}
    for predicate, values in _group(triples).items():
        if predicate == _TYPE and not any(isinstance(v, pyoxigraph.Literal) for v in values):
            node["@type"] = [_spell_bare(value) for value in values]
        else:
            node[predicate] = [
                _describe_value(value)
                if isinstance(value, pyoxigraph.Literal)
                else {"@id": _spell_bare(value)}
                for value in values
            ]
    return node


def _spell_bare(node: Term) -> str:
    if isinstance(node, pyoxigraph.NamedNode):
        return node.value
    if isinstance(node, pyoxigraph.BlankNode):
        return f"_:{node.value}"
    raise InputError([_refuse_statement(node)])


def _describe_value(
    literal: pyoxigraph.Literal, key: str = "@type", shorten: Callable[[str], str | None] = str
) -> dict[str, str]:
    """A literal as an object that says its language and direction, or its datatype."""
    value = {"@value": literal.value}
    if literal.language:
        value["@language"] = literal.language
        if literal.direction is not None:
            value["@direction"] = literal.direction.value
    elif literal.datatype.value != XSD.string:
        value[key] = shorten(literal.datatype.value) or literal.datatype.value
    return value


def _iterate_iris(subject: Subject, triples: list[pyoxigraph.Triple]) -> Iterator[str]:
    if isinstance(subject, pyoxigraph.NamedNode):
        yield subject.value
    for triple in triples:
        yield triple.predicate.value
        value = triple.object
        if isinstance(value, pyoxigraph.NamedNode):
            yield value.value
        elif isinstance(value, pyoxigraph.Literal):
            yield value.datatype.value


def _group(triples: list[pyoxigraph.Triple]) -> dict[str, list[Term]]:
    grouped: dict[str, list[Term]] = {}
    for triple in triples:
        grouped.setdefault(triple.predicate.value, []).append(triple.object)
    return grouped


def _unwrap(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _refuse_statement(node: Term) -> Problem:
    return Problem(
        "jsonld-statement", "JSON-LD cannot hold a statement as a value", None, str(node),
        "remove it, or export to another format, such as turtle",
    )  # fmt: skip
