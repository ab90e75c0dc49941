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

from rolegraph.rdf.iris import format_decimal
from rolegraph.rdf.read import Statement
from rolegraph.rdf.vocab import RDFS, RG, SKOS, VOID
from rolegraph.rdf.write import iterate_lines

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy

_OF_THE_FILE = frozenset({RG.toolVersion, VOID.triples})
"""What a file says of itself: another version of the program, or another export, would say it otherwise."""

_ONE_TEXT = frozenset({SKOS.prefLabel, SKOS.definition, RDFS.label, RG.derived})
"""What a node has once (in a language): where the export says it, another text is one that it replaces."""

_TYPED = re.compile(r'"([^"]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(decimal|integer|dateTime|boolean)>$')
_TAGGED = re.compile(r'"@([A-Za-z0-9-]+)$')
_TEXT_END = re.compile(r'"(?:@[a-z0-9-]+)?$')
_BOOLEANS = {"1": "true", "0": "false"}


def find_foreign(statements: Iterable[Statement], taxonomy: Taxonomy) -> tuple[pyoxigraph.Triple, ...]:
    """The triples that an export of ``taxonomy`` does not hold, sorted, each once, their blank nodes named canonically."""
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
        (blank if _holds_blank(triple) else plain).append(triple)
    return (*plain, *_name_blank(blank))


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
    """Whether a statement is what this file says of itself, or of adjacency, which is worked out anew."""
    subject = statement.subject
    if not (isinstance(subject, pyoxigraph.NamedNode) and subject.value.startswith(base)):
        return False
    local = subject.value[len(base) :]
    return (
        statement.predicate.value in _OF_THE_FILE
        or local == "adjacency"
        or "#adjacent-" in local
        or (local.startswith("edition/") and local.endswith("#adjacency"))
    )


def _holds_blank(triple: pyoxigraph.Triple) -> bool:
    return any(
        isinstance(term, pyoxigraph.BlankNode) or (isinstance(term, pyoxigraph.Triple) and _holds_blank(term))
        for term in triple
    )


def _name_blank(triples: list[pyoxigraph.Triple]) -> list[pyoxigraph.Triple]:
    """The triples sorted, with the names that RDF Dataset Canonicalization gives their blank nodes."""
    if not triples:
        return []
    graph = pyoxigraph.Dataset(pyoxigraph.Quad(*triple) for triple in triples)
    graph.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in graph), key=str)
