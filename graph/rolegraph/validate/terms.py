"""Terms as canonical N-Triples strings: what they are, what they hold, how their values compare.

Usual values are read directly; whatever is unusual (an ill-typed number, a date, a value of another type) is
judged by the libraries that the reference engine uses, so that both engines say the same.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from rolegraph.rdf.vocab import RDF, XSD
from rolegraph.validate.triples import hush_rdflib, to_node

if TYPE_CHECKING:
    import rdflib

_ESCAPE = re.compile(r"\\(?:([tbnrf\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_INTEGER = f"^^<{XSD.integer}>"
_DECIMAL = f"^^<{XSD.decimal}>"
_NUMBER = re.compile(rf'"(-?[0-9]+(?:\.[0-9]+)?)"\^\^<(?:{re.escape(XSD.integer)}|{re.escape(XSD.decimal)})>')
_ANY_LITERAL = "http://www.w3.org/2000/01/rdf-schema#Literal"
_VALUES: dict[str, type] = {
    "integer": int,
    "float": float,
    "decimal": Decimal,
    "boolean": bool,
    "date": date,
    "time": time,
    "dateTime": datetime,
}
"""What the value of a well-formed literal is, for the datatypes whose values the reference engine checks."""
_DAY = re.compile(rf'"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T00:00:00Z"\^\^<{re.escape(XSD.dateTime)}>')
_PROPER = {
    XSD.integer: re.compile(rf'"-?[0-9]+"{re.escape(_INTEGER)}'),
    XSD.decimal: re.compile(rf'"-?[0-9]+\.[0-9]+"{re.escape(_DECIMAL)}'),
}


def unescape(text: str) -> str:
    r"""The characters that an escaped text stands for.

    >>> unescape("a\\tb\\u00e9")
    'a\tbé'
    """
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: _ESCAPED[m[1]] if m[1] else chr(int(m[2] or m[3], 16)), text)


def read_text(term: str) -> str:
    """The text of a literal or the IRI of a node.

    >>> read_text('"3.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'), read_text("<urn:a>")
    ('3.0', 'urn:a')
    """
    if term[0] == '"':
        return unescape(term[1 : term.rindex('"')])
    return unescape(term[1:-1]) if term[0] == "<" else term[2:]


def read_language(term: str) -> str:
    """The language tag of a literal; empty where it has none."""
    return term[term.rindex('"') + 2 :] if term[0] == '"' and term[-1] not in '">' else ""


def read_datatype(term: str) -> str:
    """The IRI of a literal's datatype; empty for what is no literal."""
    if term[0] != '"':
        return ""
    tail = term[term.rindex('"') + 1 :]
    if not tail:
        return XSD.string
    return RDF.langString if tail[0] == "@" else tail[3:-1]


def read_number(term: str) -> Decimal | None:
    """The value of a well-formed decimal or integer; None for anything else."""
    match = _NUMBER.fullmatch(term)
    return Decimal(match[1]) if match else None


def matches_datatype(term: str, datatype: str) -> bool:
    """Whether a term is a well-formed literal of a datatype."""
    proper = _PROPER.get(datatype)
    if proper is not None and proper.fullmatch(term):
        return True
    if datatype in (XSD.string, RDF.langString):
        return read_datatype(term) == datatype
    if datatype == XSD.dateTime and (match := _DAY.fullmatch(term)):
        return _is_day(match[1])
    return term[0] == '"' and _matches_as_reference(term, datatype)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _matches_as_reference(term: str, datatype: str) -> bool:
    if datatype == _ANY_LITERAL:
        return True
    literal = read_literal(term)
    if str(literal.datatype) != datatype or literal.ill_typed is True:
        return False
    kind = _VALUES.get(datatype.removeprefix(XSD.iri))
    return kind is None or isinstance(literal.value, kind)


def compare_to_bound(term: str, bound: str) -> int | None:
    """Whether a value is less than (-1), equal to (0) or greater than (1) a bound; None where it cannot be said."""
    value, limit = read_number(term), read_number(bound)
    if value is not None and limit is not None:
        return (value > limit) - (value < limit)
    return _compare_as_reference(term, bound) if term[0] == '"' else None


@lru_cache(maxsize=4096)
def _compare_as_reference(term: str, bound: str) -> int | None:
    from pyshacl.rdfutil.compare import compare_literal

    value, limit = read_literal(term), read_literal(bound)
    if isinstance(value.value, str) != isinstance(limit.value, str):
        return None
    try:
        return int(compare_literal(value, limit))  # type: ignore[no-untyped-call]
    except (TypeError, NotImplementedError):
        return None


def is_in_order(first: str, second: str, strict: bool) -> bool:
    """Whether one value is less than another (or, unless ``strict``, equal); False where they do not compare."""
    low, high = read_number(first), read_number(second)
    if low is not None and high is not None:
        return low < high if strict else low <= high
    return _order_as_reference(first, second, strict)


@lru_cache(maxsize=4096)
def _order_as_reference(first: str, second: str, strict: bool) -> bool:
    if "_" in (first[0], second[0]):
        return False
    low, high = _read_comparable(first), _read_comparable(second)
    if isinstance(low, _PlainText) != isinstance(high, _PlainText):
        return False
    try:
        # rdflib takes the answer of two literals that do not compare for a truth value, and Python warns of that.
        with catch_warnings():
            simplefilter("ignore", DeprecationWarning)
            return bool(low < high if strict else low <= high)  # type: ignore[operator]
    except TypeError:
        return False


class _PlainText(str):
    """An IRI or a literal whose value is a text; it compares with others of its kind only."""

    __slots__ = ()


def _read_comparable(term: str) -> object:
    if term[0] == "<":
        return _PlainText(read_text(term))
    literal = read_literal(term)
    return _PlainText(literal.value) if isinstance(literal.value, str) else literal


def read_literal(term: str) -> rdflib.Literal:
    """The rdflib literal of a term that is one."""
    import pyoxigraph
    import rdflib

    line = f"<urn:s> <urn:p> {term} ."
    [quad] = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    with hush_rdflib():
        literal = to_node(quad.object)
    if not isinstance(literal, rdflib.Literal):
        raise TypeError(f"{term} is not a literal")
    return literal
