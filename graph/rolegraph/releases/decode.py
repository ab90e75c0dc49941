"""A release's N-Triples -> its rows, as they stream by: the inverse of :mod:`rolegraph.releases.encode`.

The lines of a subject stand together, as sorted files have them. What is no row (the release's own description,
classifications, the vocabulary) is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from rolegraph.rdf.read import read_statements
from rolegraph.rdf.vocab import RDF, RG, SKOS
from rolegraph.releases.keys import Keys, split_key
from rolegraph.releases.kinds import LABELS, LINKS
from rolegraph.releases.rows import Concept, Label, Link, Row

_TYPE = RDF.type
_LABELS = {predicate: kind for kind, predicate in LABELS.items()}
_PLAIN = {kind.predicate: name for name, kind in LINKS.items() if not kind.node}
_NODES = {kind.node for kind in LINKS.values() if kind.node}
_NAMES = sorted((name for name, kind in LINKS.items() if kind.node), key=len, reverse=True)
_NOTE = f"{RG.iri}note-"

Facts = dict[str, list[ox.NamedNode | ox.Literal]]


def decode_rows(file: Path, keys: Keys, language: str) -> Iterator[Row]:
    """The rows of a release whose texts are in ``language``. Raises InputError where the file is not well-formed."""
    for subject, statements in groupby(read_statements(file), key=lambda statement: statement.subject):
        if isinstance(subject, ox.NamedNode):
            yield from _decode_subject(subject.value, _collect(statements), keys, language.lower())


def _collect(statements: Iterable[ox.Quad]) -> Facts:
    facts: Facts = defaultdict(list)
    for statement in statements:
        if isinstance(statement.object, ox.NamedNode | ox.Literal):
            facts[statement.predicate.value].append(statement.object)
    return facts


def _decode_subject(iri: str, facts: Facts, keys: Keys, language: str) -> Iterator[Row]:
    types = {term.value for term in facts[_TYPE]}
    if types & _NODES:
        yield from _decode_link(iri, facts, keys)
        return
    if SKOS.Concept not in types or (key := keys.key_of(iri)) is None:
        return
    code = split_key(key)[1]
    kind, notation = (
        facts[RG.classificationLevel][0].value.rpartition("#kind-")[2],
        facts[SKOS.notation][0].value,
    )
    label = definition = ""
    labels: list[Label] = []
    for predicate, terms in facts.items():
        for term in terms:
            if predicate == SKOS.definition:
                definition = term.value
            elif predicate in _LABELS and isinstance(term, ox.Literal):
                if predicate == SKOS.prefLabel and term.language == language:
                    label = term.value
                else:
                    labels.append(Label(key, _LABELS[predicate], term.value, term.language or ""))
    yield Concept(key, kind, label, definition, "" if notation == code else notation)
    yield from labels
    for predicate in _PLAIN.keys() & facts.keys():
        for term in facts[predicate]:
            if (other := keys.key_of(term.value)) is not None:
                yield Link(key, _PLAIN[predicate], other)


def _decode_link(iri: str, facts: Facts, keys: Keys) -> Iterator[Link]:
    origin, _, part = iri.partition("#")
    name = next((name for name in _NAMES if part.startswith(f"{name}-")), None)
    key, other = keys.key_of(origin), keys.key_of(facts[RG.linkedConcept][0].value)
    if name is None or key is None or other is None:
        return
    kind = LINKS[name]
    figures = tuple(
        facts[figure.predicate][0].value if facts.get(figure.predicate) else "" for figure in kind.figures
    )
    notes = {term.value.removeprefix(_NOTE) for term in facts.get(RG.linkNote, ())}
    yield Link(key, name, other, figures, tuple(flag for flag in kind.flags if flag in notes))
