"""Encodes the mappings of profiles and skills: each stands twice, as a direct link and as a node with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rolegraph.rdf.fields import MATCHES
from rolegraph.rdf.form import Block, Form, Literals
from rolegraph.rdf.iris import Iris
from rolegraph.rdf.vocab import OWL, RG, SEMAPV, SSSOM

if TYPE_CHECKING:
    from rolegraph.model.mapping import Mapping


class MappingEncoder:
    """Encodes mappings in one form; ``iris`` knows the namespaces of the classifications."""

    def __init__(self, form: Form, literals: Literals, iris: Iris) -> None:
        p = form.write_predicate
        self.form = form
        self.literals = literals
        self.iris = iris
        self.head = form.write_head(RG.Mapping, OWL.NamedIndividual)
        self.terms = {match: form.write_term(iri) for match, iri in MATCHES.items()}
        self.matches = {match: p(iri) for match, iri in MATCHES.items()}
        self.mapping, self.subject, self.object = p(RG.mapping), p(RG.mappingSubject), p(RG.mappingObject)
        self.predicate, self.justification = p(RG.mappingPredicate), p(SSSOM.mapping_justification)
        self.tool, self.confidence = p(SSSOM.mapping_tool), p(SSSOM.confidence)
        self.author, self.day, self.comment = p(SSSOM.author_label), p(SSSOM.mapping_date), p(SSSOM.comment)
        self.assigned = p(RG.assigned)

    def encode(
        self, mappings: tuple[Mapping, ...], node: str, name: Callable[[str, str], str]
    ) -> tuple[list[str], list[Block]]:
        """The statements of the mapped ``node`` (in angle brackets), and the nodes of its mappings.

        ``name`` mints the IRI of a mapping by classification and code.
        """
        direct: dict[str, list[str]] = {}
        nodes: list[str] = []
        parts: list[Block] = []
        for mapping in mappings:
            entry = f"<{self.iris.occupation(mapping.scheme, mapping.code)}>"
            direct.setdefault(mapping.predicate, []).append(entry)
            own = f"<{name(mapping.scheme, mapping.code)}>"
            nodes.append(own)
            parts.append(Block(own, self.head, self._list_facts(mapping, node, entry)))
        flat: list[str] = []
        self._put(flat, self.mapping, nodes)
        for match, entries in sorted(direct.items()):
            self._put(flat, self.matches[match], entries)
        return flat, parts

    def _list_facts(self, mapping: Mapping, node: str, entry: str) -> list[str]:
        literals = self.literals
        facts = [
            self.subject, node, self.predicate, self.terms[mapping.predicate], self.object, entry,
            self.justification, self.form.write_term(SEMAPV.iri + mapping.justification),
        ]  # fmt: skip
        if mapping.tool is not None:
            facts += (self.tool, literals.write_plain(mapping.tool))
        if mapping.confidence is not None:
            facts += (self.confidence, literals.write_decimal(mapping.confidence))
        if mapping.author is not None:
            facts += (self.author, literals.write_plain(mapping.author))
        if mapping.day is not None:
            facts += (self.day, literals.write_day(mapping.day))
        if mapping.comment is not None:
            facts += (self.comment, literals.write_text(mapping.comment))
        self._put(facts, self.assigned, [literals.write_plain(name) for name in mapping.assigned])
        return facts

    def _put(self, flat: list[str], predicate: str, objects: list[str]) -> None:
        """Adds several objects of one predicate."""
        token = predicate
        for item in objects:
            flat += (token, item)
            token = self.form.comma or predicate
