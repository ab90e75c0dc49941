"""The nodes of a graph that may be ours, and the typed reading of their properties.

What is missing or wrong is collected as problems that name the node and the predicate, so that one reading
reports all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rolegraph.errors import Place, Problem
from rolegraph.rdf.iris import decode_code
from rolegraph.rdf.read import Statement
from rolegraph.rdf.vocab import RDF, RG, XSD, shorten_iri

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = RDF.type
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T00:00:00(?:\.0+)?(?:Z|[+-]00:00)")


class Nodes:
    """What is said of each node, by predicate, as far as it is read back; the nodes of each class."""

    def __init__(self, predicates: Iterable[str], classes: Iterable[str]) -> None:
        self._predicates = {predicate: predicate for predicate in predicates}
        self._classes = {iri: iri for iri in classes}
        self._facts: dict[str, dict[str, list[Term]]] = {}
        self.by_class: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, triple: Statement) -> None:
        """Takes in one triple; what no record reads is left out."""
        predicate = self._predicates.get(triple.predicate.value)
        if predicate is None:
            return
        node, value = triple.subject, triple.object
        if not isinstance(node, NamedNode):
            return
        subject = node.value
        if predicate == _TYPE:
            if isinstance(value, NamedNode) and (kind := self._classes.get(value.value)) is not None:
                self.by_class[kind][subject] = None
            return
        values = self._facts.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)

    def get(self, node: str, predicate: str) -> list[Term]:
        """The objects of a predicate of a node, each once. KeyError for a predicate that is not kept."""
        predicate = self._predicates[predicate]
        facts = self._facts.get(node)
        return facts.get(predicate, []) if facts is not None else []

    def list_class(self, kind: str) -> list[str]:
        """The IRIs of the nodes of a class, sorted."""
        return sorted(self.by_class.get(kind, ()))


class Reader:
    """Reads properties of nodes as plain Python values and collects what does not fit in ``problems``."""

    def __init__(self, nodes: Nodes, name: str) -> None:
        self.nodes = nodes
        self.name = name
        self.problems: list[Problem] = []
        self.language: str | None = None
        self.base = ""

    def refuse(self, node: str, predicate: str | None, rule: str, message: str, remedy: str) -> None:
        """Adds a problem with a node, or with what one of its predicates says."""
        where = f"<{node}>" if predicate is None else f"<{node}> {shorten_iri(predicate) or predicate}"
        self.problems.append(Problem(rule, message, Place(self.name), where, remedy))

    def read_text(self, node: str, predicate: str) -> str | None:
        """The text in the dataset's language; texts in other languages beside it are left alone."""
        return self._choose(node, predicate, self.read_texts(node, predicate))

    def read_texts(self, node: str, predicate: str) -> tuple[str, ...]:
        """Every text in the dataset's language."""
        found = self.nodes.get(node, predicate)
        texts = [
            term.value
            for term in found
            if isinstance(term, Literal)
            and term.language
            and term.language == (self.language or term.language)
        ]
        strange = [term for term in found if not (isinstance(term, Literal) and term.language)]
        if strange and not texts:
            self.refuse(
                node, predicate, "text-language", f"there is no text in {self.language or 'any language'}",
                f"write it with the language tag of the dataset, @{self.language or 'en'}",
            )  # fmt: skip
        return tuple(texts)

    def read_plain(self, node: str, predicate: str) -> str | None:
        """A string without a language."""
        return self._choose(node, predicate, self.read_plains(node, predicate))

    def read_plains(self, node: str, predicate: str) -> tuple[str, ...]:
        """Every string without a language; another kind of value is a problem."""
        return tuple(self._read_literals(node, predicate, (XSD.string,), None, "a plain string"))

    def read_decimal(self, node: str, predicate: str) -> Decimal | None:
        """A number with its digits."""
        kinds = (XSD.decimal, XSD.integer)
        found = self._read_literals(node, predicate, kinds, _DECIMAL, "a number (xsd:decimal)")
        value = self._choose(node, predicate, found)
        return None if value is None else Decimal(value)

    def read_integer(self, node: str, predicate: str) -> int | None:
        """A whole number."""
        found = self._read_literals(node, predicate, (XSD.integer,), _INTEGER, "a whole number (xsd:integer)")
        value = self._choose(node, predicate, found)
        return None if value is None else int(value)

    def read_day(self, node: str, predicate: str) -> str | None:
        """A day, which is written as its first instant."""
        wanted = "the first instant of a day (xsd:dateTime, 2026-01-31T00:00:00Z)"
        found = self._read_literals(node, predicate, (XSD.dateTime,), _DAY, wanted)
        value = self._choose(node, predicate, found)
        return None if value is None else value.partition("T")[0]

    def read_true(self, node: str, predicate: str) -> bool:
        """Whether the predicate is there and true."""
        return "true" in self._read_literals(node, predicate, (XSD.boolean,), None, "true or false")

    def read_iri(self, node: str, predicate: str) -> str | None:
        """The IRI that a predicate links to."""
        return self._choose(node, predicate, self.read_iris(node, predicate))

    def read_iris(self, node: str, predicate: str) -> list[str]:
        """Every IRI that a predicate links to; a literal or blank node is a problem."""
        iris = []
        for term in self.nodes.get(node, predicate):
            if isinstance(term, NamedNode):
                iris.append(term.value)
            else:
                self.refuse(node, predicate, "value-wrong", f"{_show(term)} is not an IRI", "link to a node")
        return sorted(iris)

    def read_code(self, node: str, predicate: str, family: str) -> str | None:
        """The code of the one node of a family that a predicate links to."""
        return self._choose(node, predicate, self.read_codes(node, predicate, family))

    def read_codes(self, node: str, predicate: str, family: str) -> tuple[str, ...]:
        """The codes of the nodes of a family that a predicate links to."""
        start = f"{self.base}{family}/"
        codes = []
        for iri in self.read_iris(node, predicate):
            code = decode_code(iri[len(start) :]) if iri.startswith(start) else None
            if code is None:
                self.refuse(
                    node, predicate, "value-wrong", f"<{iri}> is no {family} of this dataset",
                    f"link to a node whose IRI begins with {start}",
                )  # fmt: skip
            else:
                codes.append(code)
        return tuple(codes)

    def read_value(self, node: str, predicate: str, word: str) -> str | None:
        """The name of the one value of ours, such as ``documented`` for ``rg:basis-documented``."""
        return self._choose(node, predicate, self.read_values(node, predicate, word))

    def read_values(self, node: str, predicate: str, word: str) -> tuple[str, ...]:
        """The names of the values of ours that a predicate links to."""
        return self.read_names(node, predicate, f"{RG.iri}{word}-", f"a value rg:{word}-...")

    def read_names(self, node: str, predicate: str, start: str, wanted: str) -> tuple[str, ...]:
        """The ends of the IRIs that a predicate links to and that begin with ``start``."""
        names = []
        for iri in self.read_iris(node, predicate):
            if iri.startswith(start):
                names.append(iri[len(start) :])
            else:
                self.refuse(node, predicate, "value-wrong", f"<{iri}> is not {wanted}", f"link to {wanted}")
        return tuple(names)

    def read_name(self, node: str, predicate: str, start: str, wanted: str) -> str | None:
        """The end of the one IRI that a predicate links to and that begins with ``start``."""
        return self._choose(node, predicate, self.read_names(node, predicate, start, wanted))

    def _choose(self, node: str, predicate: str, values: Iterable[str]) -> str | None:
        found = sorted(values)
        if len(found) > 1:
            self.refuse(
                node,
                predicate,
                "value-repeated",
                f"has {len(found)} values where one is expected",
                "keep one",
            )
        return found[0] if found else None

    def _read_literals(
        self, node: str, predicate: str, kinds: tuple[str, ...], pattern: re.Pattern[str] | None, wanted: str
    ) -> list[str]:
        values = []
        for term in self.nodes.get(node, predicate):
            if (
                isinstance(term, Literal)
                and term.datatype.value in kinds
                and (pattern is None or pattern.fullmatch(term.value))
            ):
                values.append(term.value)
            else:
                self.refuse(
                    node, predicate, "value-wrong", f"{_show(term)} is not {wanted}", f"write {wanted}"
                )
        return values


def _show(term: Term) -> str:
    text = str(term)
    return text if len(text) <= 80 else f"{text[:77]}..."
