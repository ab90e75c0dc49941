"""Builds the block of one node, step by step; what a record leaves out writes nothing."""

from __future__ import annotations

from decimal import Decimal

from rolegraph.rdf.form import Block, Form, Literals
from rolegraph.rdf.vocab import DCTERMS, OWL, RG, SKOS


class Pen:
    """A form and the literals of one dataset: what it takes to write nodes."""

    def __init__(self, form: Form, language: str) -> None:
        self.form = form
        self.literals = Literals(form, language)
        self._predicates: dict[str, str] = {}

    def write_predicate(self, iri: str) -> str:
        """The predicate in this form."""
        token = self._predicates.get(iri)
        if token is None:
            token = self._predicates[iri] = self.form.write_predicate(iri)
        return token

    def begin(self, iri: str, *types: str) -> Draft:
        """A node with its types, and as an individual."""
        return Draft(self, iri, types)

    def begin_concept(
        self, iri: str, kind: str | None, code: str, label: str, derived: bool = False
    ) -> Draft:
        """A concept with its code and label; ``derived`` tells that the label is made from other facts."""
        draft = self.begin(iri, SKOS.Concept, *([kind] if kind else []))
        draft.add_plain(SKOS.notation, code)
        draft.add_text(SKOS.prefLabel, label)
        draft.add_plain(RG.derived, "label" if derived else None)
        return draft


class Draft:
    """One node in the making. Every method takes a predicate's IRI and returns nothing."""

    __slots__ = ("_flat", "_iri", "_literals", "_pen", "_types")

    def __init__(self, pen: Pen, iri: str, types: tuple[str, ...]) -> None:
        self._pen = pen
        self._literals = pen.literals
        self._iri = iri
        self._types = types
        self._flat: list[str] = []

    def add(self, predicate: str, *objects: str) -> None:
        """Objects that are ready to be written."""
        token = self._pen.write_predicate(predicate)
        for item in objects:
            self._flat += (token, item)
            token = self._pen.form.comma or token

    def add_text(self, predicate: str, *texts: str | None) -> None:
        """Texts in the dataset's language."""
        self.add(predicate, *(self._literals.write_text(text) for text in texts if text is not None))

    def add_plain(self, predicate: str, *strings: str | None) -> None:
        """Strings without a language."""
        self.add(predicate, *(self._literals.write_plain(text) for text in strings if text is not None))

    def add_decimal(self, predicate: str, value: Decimal | None) -> None:
        """A number."""
        if value is not None:
            self.add(predicate, self._literals.write_decimal(value))

    def add_integer(self, predicate: str, value: int | None) -> None:
        """A count, rank or position."""
        if value is not None:
            self.add(predicate, self._literals.write_integer(value))

    def add_day(self, predicate: str, day: str) -> None:
        """A day."""
        self.add(predicate, self._literals.write_day(day))

    def add_node(self, predicate: str, *iris: str | None) -> None:
        """Links to nodes, by their IRIs as :class:`rolegraph.rdf.iris.Iris` of the form mints them."""
        self.add(predicate, *(f"<{iri}>" for iri in iris if iri is not None))

    def add_statements(self, flat: list[str]) -> None:
        """Predicates and objects by turns, ready to be written."""
        self._flat += flat

    def add_retirement(self, note: str, successor: str | None) -> None:
        """That the node is no longer in use, and the node that takes its place."""
        self.add(OWL.deprecated, self._literals.true)
        self.add_text(SKOS.historyNote, note)
        self.add_node(DCTERMS.isReplacedBy, successor)

    def place(self, scheme: str, broader: str | None) -> None:
        """The place of a concept in its scheme: under another one, or at the top."""
        self.add_node(SKOS.inScheme, scheme)
        if broader is None:
            self.add_node(SKOS.topConceptOf, scheme)
        else:
            self.add_node(SKOS.broader, broader)

    def end(self) -> Block:
        """The finished block."""
        return Block(
            f"<{self._iri}>", self._pen.form.write_head(*self._types, OWL.NamedIndividual), self._flat
        )
