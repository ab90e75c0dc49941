"""Rows -> the lines of N-Triples. :mod:`rolegraph.releases.decode` is the inverse."""

from __future__ import annotations

from collections.abc import Iterator

from rolegraph.rdf.form import escape_text
from rolegraph.rdf.iris import encode_code
from rolegraph.rdf.vocab import RDF, RG, SCHEMA, SKOS, XSD
from rolegraph.releases.keys import Keys, split_key
from rolegraph.releases.kinds import CONCEPTS, LABELS, LINKS, LinkKind
from rolegraph.releases.rows import Concept, Label, Link, Row

_TYPE = f"<{RDF.type}>"
_DURATIONS = {"wage-annual": "P1Y", "wage-hourly": "PT1H"}


class RowEncoder:
    """Writes the rows of one release, whose texts are in ``language`` and whose wages are in ``currency``."""

    def __init__(self, keys: Keys, language: str, currency: str | None = None) -> None:
        self._keys = keys
        self._end = f'"@{language.lower()} .'
        self._currency = currency
        self._names: dict[str, str] = {}

    def encode(self, row: Row) -> Iterator[str]:
        """The lines of one row, without their ends."""
        if type(row) is Link:
            return self._encode_link(row)
        if type(row) is Label:
            return iter((self._encode_label(row),))
        assert type(row) is Concept, "there are three kinds of rows"
        return self._encode_concept(row)

    def _name(self, key: str) -> str:
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"<{self._keys.iri_of(key)}>"
        return name

    def _encode_concept(self, row: Concept) -> Iterator[str]:
        name = self._name(row.key)
        scheme, code = split_key(row.key)
        yield f"{name} {_TYPE} <{SKOS.Concept}> ."
        yield f"{name} {_TYPE} <{CONCEPTS[row.kind]}> ."
        yield f'{name} <{SKOS.notation}> "{escape_text(row.notation or code)}" .'
        yield f"{name} <{SKOS.inScheme}> <{self._keys.base}{scheme}> ."
        yield f"{name} <{RG.classificationLevel}> <{self._keys.base}{scheme}#kind-{row.kind}> ."
        yield f'{name} <{SKOS.prefLabel}> "{escape_text(row.label)}{self._end}'
        if row.definition:
            yield f'{name} <{SKOS.definition}> "{escape_text(row.definition)}{self._end}'

    def _encode_label(self, row: Label) -> str:
        text = escape_text(row.text)
        return f'{self._name(row.key)} <{LABELS[row.kind]}> "{text}"@{row.language.lower()} .'

    def _encode_link(self, row: Link) -> Iterator[str]:
        kind = LINKS[row.kind]
        name, other = self._name(row.key), self._name(row.other)
        if not kind.node:
            yield f"{name} <{kind.predicate}> {other} ."
            return
        node = f"{name[:-1]}#{row.kind}-{encode_code(split_key(row.other)[1])}>"
        yield f"{name} <{kind.predicate}> {node} ."
        yield f"{node} {_TYPE} <{kind.node}> ."
        yield f"{node} <{RG.linkedConcept}> {other} ."
        yield from self._encode_parts(row, kind, node)

    def _encode_parts(self, row: Link, kind: LinkKind, node: str) -> Iterator[str]:
        """Figures and flags; the currency and period of a wage."""
        for figure, value in zip(kind.figures, row.figures, strict=False):
            if value:
                lexical = f"{value}.0" if figure.datatype == XSD.decimal and "." not in value else value
                yield f'{node} <{figure.predicate}> "{lexical}"^^<{figure.datatype}> .'
        for flag in row.flags:
            yield f"{node} <{RG.linkNote}> <{RG[f'note-{flag}']}> ."
        if (duration := _DURATIONS.get(row.kind)) is not None:
            yield f'{node} <{SCHEMA.duration}> "{duration}" .'
            if self._currency is not None:
                yield f'{node} <{SCHEMA.currency}> "{self._currency}" .'
