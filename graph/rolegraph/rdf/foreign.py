"""Finds what a graph holds beside the records of its taxonomy, so that a round trip keeps it.

Editors add notes, labels in other languages, links and nodes of their own; stores spell numbers anew. What an export
of the taxonomy would say anyway, in whatever spelling, is not foreign, nor is what rolegraph works out: adjacency,
what a file says of itself, and labels and definitions that are made up from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph

from rolegraph.errors import InputError, Problem
from rolegraph.rdf.blanks import list_blank, name_blank
from rolegraph.rdf.iris import format_decimal
from rolegraph.rdf.read import Statement
from rolegraph.rdf.vocab import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, RG, SKOS, VOID
from rolegraph.rdf.write import iterate_lines

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

_OF_THE_FILE = frozenset({RG.toolVersion, VOID.triples})
"""What a file says of itself: another version of the program, or another export, would say it otherwise."""

_COMPUTED = re.compile(r"adjacency|profile/[^#]+#adjacent-[^#]+%40[^#]+|edition/[^#]+#adjacency")
"""The nodes of the adjacency, by what follows the base of the dataset."""

_COMPUTED_TYPES = frozenset(
    {RG.Adjacency, DCAT.Dataset, VOID.Dataset, OWL.Ontology, OWL.NamedIndividual, PROV.Activity}
)
_COMPUTED_FACTS = frozenset(
    {
        DCTERMS.title, DCTERMS.isPartOf, DCTERMS.publisher, DCTERMS.license, DCTERMS.rights, DCTERMS.issued,
        DCTERMS.modified, OWL.versionInfo, RG.origin, RG.destination, RG.distance, RG.band, RG.edition, RG.position,
        PROV.wasGeneratedBy, PROV.used,
    }
)  # fmt: skip
"""What is said of them."""

_ONE_TEXT = frozenset({SKOS.prefLabel, SKOS.definition, RDFS.label, RG.derived})
"""What a node has once (in a language): where the export says it, another text is one that it replaces."""

_TYPED = re.compile(r'"([^"]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(decimal|integer|dateTime|boolean)>$')
_TAGGED = re.compile(r'"@([A-Za-z0-9-]+)$')
_TEXT_END = re.compile(r'"(?:@[a-z0-9-]+)?$')
_BOOLEANS = {"1": "true", "0": "false"}


def find_foreign(statements: Iterable[Statement], taxonomy: Taxonomy) -> tuple[pyoxigraph.Triple, ...]:
    """The triples that an export of ``taxonomy`` does not hold, sorted, each once, their blank nodes named by what is said of them.

    Raises InputError where statements stand in statements too deeply.
    """
    # Nearly all of a graph that rolegraph wrote is said in the same words.
    ours = set(map(hash, iterate_lines(taxonomy)))
    base = taxonomy.dataset.base
    others = {
        line: statement
        for statement in statements
        if hash(line := str(statement)) not in ours and not _is_of_the_file(statement, base)
    }
    if not others:
        return ()
    spelt, said = _spell_all(iterate_lines(taxonomy))
    plain: list[pyoxigraph.Triple] = []
    blank: list[pyoxigraph.Triple] = []
    for line, statement in sorted(others.items()):
        canonical = _spell(line)
        if hash(canonical) in spelt or (
            statement.predicate.value in _ONE_TEXT
            and (text := _hash_text(canonical)) is not None
            and text in said
        ):
            continue
        triple = pyoxigraph.Triple(statement.subject, statement.predicate, statement.object)
        (blank if list_blank(triple) else plain).append(triple)
    try:
        return (*plain, *name_blank(blank))
    except RecursionError:
        raise InputError(
            [
                Problem(
                    "statement-nested",
                    "a statement speaks of a statement, and so on, too deeply",
                    remedy="leave it out",
                )
            ]
        ) from None


def _spell_all(lines: Iterable[str]) -> tuple[set[int], set[int | None]]:
    """What is said, in one spelling; and of which nodes there is a text, by predicate and language."""
    spelt: set[int] = set()
    said: set[int | None] = set()
    for line in lines:
        spelt.add(hash(_spell(line)))
        _, predicate, _ = line.split(" ", 2)
        if predicate[1:-1] in _ONE_TEXT:
            said.add(_hash_text(line))
    return spelt, said


def _hash_text(line: str) -> int | None:
    """Stands for the subject, the predicate and the language of a text; None where the object is none."""
    end = _TEXT_END.search(line)
    subject, predicate, _ = line.split(" ", 2)
    return None if end is None else hash((subject, predicate, end[0]))


def _spell(line: str) -> str:
    """A triple as a line in the one spelling of its literal by which it is compared."""
    if line.endswith(">"):
        found = _TYPED.search(line)
        if found is None:
            return line
        return f'{line[: found.start()]}"{_spell_value(found[1], found[2])}"^^{found[2]}'
    if found := _TAGGED.search(line):
        return f"{line[: found.start(1)]}{found[1].lower()}"
    return line


def _spell_value(value: str, kind: str) -> str:
    try:
        if kind in {"decimal", "integer"}:
            return format_decimal(Decimal(value).normalize())
    except ArithmeticError:
        return value
    if kind == "boolean":
        return _BOOLEANS.get(value, value)
    return re.sub(r"(?:\.0+)?(?:Z|[+-]00:00)$", "Z", value)


def _is_of_the_file(statement: Statement, base: str) -> bool:
    """Whether a statement is what this file says of itself, or of adjacency, which is worked out anew.

    What somebody else says of these nodes is not: it has other predicates.
    """
    subject, predicate, value = statement.subject, statement.predicate.value, statement.object
    if not (isinstance(subject, pyoxigraph.NamedNode) and subject.value.startswith(base)):
        return False
    if predicate in _OF_THE_FILE:
        return True
    if _COMPUTED.fullmatch(subject.value, len(base)) is None:
        return False
    if predicate == RDF.type:
        return isinstance(value, pyoxigraph.NamedNode) and value.value in _COMPUTED_TYPES
    return predicate in _COMPUTED_FACTS
