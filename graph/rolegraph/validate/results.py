"""What an engine finds: one result for each value or node that breaks a constraint, the same from every engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One SHACL validation result. Terms are written as in N-Triples, the path as in SPARQL.

    ``component`` is the IRI of the constraint component, ``shape`` the shape whose constraint is broken,
    ``severity`` the IRI of its severity.
    """

    shape: str
    focus: str
    path: str
    value: str
    component: str
    severity: str
    messages: tuple[str, ...]
