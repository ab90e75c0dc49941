"""The answer to a query in the forms that people and programs read.

JSON, CSV and TSV follow the W3C's recommendations for SPARQL 1.1 results. A CONSTRUCT or DESCRIBE has no such form; where it
is asked for, its triples are shown as rows of subject, predicate and object.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rolegraph.errors import RequestError
from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.result import Result, Row, Term

_XSD = PREFIXES["xsd"]
_TSV_NUMBERS = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of short strings, for a terminal or a page."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def to_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/), with a line end."""
    if result.kind == "ask":
        return json.dumps({"head": {}, "boolean": result.boolean}) + "\n"
    variables, rows = _to_rows(result)
    bindings = [
        {name: _to_json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        for row in rows
    ]
    answer = {"head": {"vars": list(variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def to_csv(result: Result, rewrite: Callable[[str], str] | None = None) -> str:
    """CSV by https://www.w3.org/TR/sparql11-results-csv-tsv/: plain values, lines ending in CR LF.

    ``rewrite`` may change the text of a cell, so that a spreadsheet does not take it for a formula; without it
    the cells are what the recommendation says.
    """
    if result.kind == "ask":
        return f"{_to_word(result)}\r\n"
    variables, rows = _to_rows(result)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(variables)
    for row in rows:
        cells = [_to_cell(term) for term in row]
        if rewrite is not None:
            cells = [rewrite(cell) for cell in cells]
        if cells == [""]:
            # The csv module would quote it, so that it is not an empty line; the form has the empty line.
            out.write("\r\n")
        else:
            writer.writerow(cells)
    return out.getvalue()


def to_tsv(result: Result) -> str:
    """TSV by https://www.w3.org/TR/sparql11-results-csv-tsv/: terms in the syntax of SPARQL, tabs between."""
    if result.kind == "ask":
        return f"{_to_word(result)}\n"
    variables, rows = _to_rows(result)
    lines = ["\t".join(f"?{name}" for name in variables)]
    lines += ["\t".join("" if term is None else _to_tsv_term(term) for term in row) for row in rows]
    return "\n".join(lines) + "\n"


def to_table(result: Result) -> Table:
    """Columns and rows for the eye: the value of a literal without its type, an IRI by its prefix where it has one."""
    if result.kind == "ask":
        return Table(("answer",), ((_to_word(result),),))
    variables, rows = _to_rows(result)
    return Table(variables, tuple(tuple(_to_short(term) for term in row) for row in rows))


def to_turtle(result: Result) -> str:
    """The triples of a CONSTRUCT or DESCRIBE as Turtle; the same triples give the same text.

    Raises RequestError for any other query, which has no triples.
    """
    if result.kind != "construct":
        raise RequestError(
            f"Turtle is for CONSTRUCT and DESCRIBE; for {result.kind.upper()} choose table, csv, tsv or json"
        )
    iris = {iri for triple in result.triples for iri in _find_iris(triple)}
    used = {p: namespace for p, namespace in PREFIXES.items() if any(i.startswith(namespace) for i in iris)}
    data = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    return (data or b"").decode()


def shorten(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """An IRI by its prefix, or as it is where no prefix fits.

    >>> shorten("http://www.w3.org/2004/02/skos/core#broadMatch")
    'skos:broadMatch'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _to_rows(result: Result) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    if result.kind == "construct":
        rows = tuple((t.subject, t.predicate, t.object) for t in result.triples)
        return ("subject", "predicate", "object"), rows
    return result.variables, result.rows


def _to_word(result: Result) -> str:
    return "true" if result.boolean else "false"


def _to_json_term(term: Term) -> dict[str, Any]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _to_json_term(part) for name, part in parts.items()}}
    found: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _to_cell(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case ox.BlankNode() | ox.Triple():
            return str(term)
    return term.value


def _to_tsv_term(term: Term) -> str:
    if isinstance(term, ox.Literal):
        number = _TSV_NUMBERS.get(term.datatype.value)
        if number is not None and number.fullmatch(term.value):
            return term.value
    return str(term).replace("\t", "\\t")


def _to_short(term: Term | None) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else _to_cell(term)


def _find_iris(term: Term) -> list[str]:
    match term:
        case ox.NamedNode():
            return [term.value]
        case ox.Triple():
            return [iri for part in term for iri in _find_iris(part)]
        case ox.Literal():
            return [term.datatype.value]
    return []
