"""The answer to a query, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]
Kind = OneOf["select", "ask", "construct"]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a SELECT (``variables`` and ``rows``), an ASK (``boolean``), or a CONSTRUCT or DESCRIBE
    (``triples``, the kind ``construct``).

    A row has one term per variable, None where the variable has no value; rows stand in the order of the
    query. Triples are distinct and sorted. ``cut`` says why the answer ends early, None where it is whole.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] = ()
    cut: str | None = None


def sort_triples(triples: set[Triple]) -> tuple[Triple, ...]:
    """Triples in the order of their N-Triples lines, so that equal graphs give equal bytes."""
    return tuple(sorted(triples, key=str))
