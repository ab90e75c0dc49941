"""What ties a profile or a skill of ours to an entry of an external classification."""

from __future__ import annotations

from typing import Literal

from rolegraph.model.fields import Day, Label, Labels, Share, Slug, TermName, Text
from rolegraph.model.record import Record, check_distinct

Predicate = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]


class Mapping(Record):
    """The claim that a profile or a skill corresponds to an entry of a classification. Never called a match.

    ``tool`` is what made the claim, ``author`` who made or reviewed it, ``day`` the day of that; ``justification`` a
    term of the Semantic Mapping Vocabulary (https://w3id.org/semapv/vocab/), by its local name.
    """

    ASSIGNABLE = frozenset({"predicate", "justification"})

    scheme: Slug
    code: Label
    predicate: Predicate
    justification: TermName
    tool: Label | None = None
    confidence: Share | None = None
    author: Label | None = None
    day: Day | None = None
    comment: Text | None = None
    assigned: Labels = ()

    @property
    def key(self) -> str:
        """Classification and code, by which it is found among the mappings of one profile or skill."""
        return f"{self.scheme}/{self.code}"


def order_mappings(mappings: tuple[Mapping, ...]) -> tuple[Mapping, ...]:
    """The mappings of one profile or skill by classification and code. Refuses two to one entry."""
    check_distinct("mapping", tuple(mapping.key for mapping in mappings))
    ordered = tuple(sorted(mappings, key=lambda mapping: (mapping.scheme, mapping.code)))
    return mappings if ordered == mappings else ordered
