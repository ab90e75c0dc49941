"""How terms travel from the child process to its parent: one JSON array per term.

``["i", IRI]``, ``["b", LABEL]``, ``["l", VALUE]`` (a plain string), ``["l", VALUE, DATATYPE]``,
``["l", VALUE, "", LANGUAGE]``, ``["l", VALUE, "", LANGUAGE, DIRECTION]``, ``["t", SUBJECT, PREDICATE,
OBJECT]``; null where there is no value.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from rolegraph.store.prefixes import PREFIXES
from rolegraph.store.result import Term

_STRING = PREFIXES["xsd"] + "string"


def encode_term(term: Term | None) -> list[Any] | None:
    """A term as JSON values."""
    match term:
        case None:
            return None
        case NamedNode():
            return ["i", term.value]
        case BlankNode():
            return ["b", term.value]
        case Triple():
            return ["t", *(encode_term(part) for part in term)]
    if term.direction is not None:
        return ["l", term.value, "", term.language, term.direction.value]
    if term.language is not None:
        return ["l", term.value, "", term.language]
    if term.datatype.value == _STRING:
        return ["l", term.value]
    return ["l", term.value, term.datatype.value]


def decode_term(values: list[Any] | None) -> Any:
    """The term that :func:`encode_term` wrote (typed Any: which kind stands where is known to the caller)."""
    match values:
        case None:
            return None
        case ["i", iri]:
            return NamedNode(iri)
        case ["b", label]:
            return BlankNode(label)
        case ["l", value]:
            return Literal(value)
        case ["l", value, datatype]:
            return Literal(value, datatype=NamedNode(datatype))
        case ["l", value, "", language]:
            return Literal(value, language=language)
        case ["l", value, "", language, direction]:
            return Literal(value, language=language, direction=BaseDirection(direction))
        case ["t", subject, predicate, obj]:
            return Triple(decode_term(subject), decode_term(predicate), decode_term(obj))
    raise ValueError(f"not a term: {values!r}")
