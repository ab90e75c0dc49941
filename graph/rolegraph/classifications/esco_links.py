"""The relations of an ESCO release: what is under what, and what needs what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rolegraph.classifications.esco_concepts import Concepts, find_key
from rolegraph.classifications.esco_tables import (
    BROADER_OCCUPATIONS,
    BROADER_SKILLS,
    GROUPS,
    ISCO,
    OCCUPATION_SKILLS,
    OCCUPATIONS,
    RELATIONS,
    SKILL_SKILLS,
    SKILLS,
)
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import read_rows
from rolegraph.records.document import quote
from rolegraph.releases.rows import Link

_OCCUPATION_PILLAR: Final = (frozenset({OCCUPATIONS.stem, ISCO.stem}), "an occupation or ISCO group")
_SKILL_PILLAR: Final = (frozenset({SKILLS.stem, GROUPS.stem}), "a skill or skill group")
_OCCUPATION: Final = (frozenset({OCCUPATIONS.stem}), "an occupation")
_SKILL: Final = (frozenset({SKILLS.stem, GROUPS.stem}), "a skill")

_ENDS: Final = {
    BROADER_OCCUPATIONS: (_OCCUPATION_PILLAR, _OCCUPATION_PILLAR),
    BROADER_SKILLS: (_SKILL_PILLAR, _SKILL_PILLAR),
    OCCUPATION_SKILLS: (_OCCUPATION, _SKILL),
    SKILL_SKILLS: (_SKILL, _SKILL),
}
"""The tables whose concepts each end of a relation may be of, and what such a concept is called."""

_NAMED: Final = 5
_BAD_URI: Final = "a URI in it is none of ESCO"


def read_broader(
    package: Package, ledger: Ledger, stem: str, name: str, concepts: Concepts
) -> Iterator[Link]:
    """What is under what. A concept may have several parents; a row that would close a circle is left out."""
    tally, parents = ledger.open(name), _Parents()
    circles: list[str] = []
    for line, (uri, other_uri) in read_rows(package, name, RELATIONS[stem][0], tally, dialect="csv"):
        key, other = find_key(uri), find_key(other_uri)
        if key is None or other is None:
            tally.skip(_BAD_URI)
        elif reason := _judge_ends(stem, key, other, concepts):
            tally.skip(reason)
        elif key == other:
            tally.skip("it puts a concept under itself")
        elif other in parents.of[key]:
            tally.skip("repeated")
        elif parents.closes_circle(key, other):
            tally.skip("it closes a circle of concepts under one another")
            circles.append(
                f"line {line} puts {quote(concepts.names[key])} under {quote(concepts.names[other])}, which is under it"
            )
        else:
            parents.add(key, other)
            tally.taken += 1
            yield Link(key, "broader", other)
    more = f"; and {len(circles) - _NAMED:,} more" if len(circles) > _NAMED else ""
    if circles:
        ledger.notes.append(f"{name}: not taken: {'; '.join(circles[:_NAMED])}{more}")


def read_needs(package: Package, ledger: Ledger, stem: str, name: str, concepts: Concepts) -> Iterator[Link]:
    """The essential and optional skills of occupations, or those that a skill builds on.

    What is stated as both is essential. Links come when the table is read to its end.
    """
    tally = ledger.open(name)
    found: dict[tuple[str, str], str] = {}
    for _, (uri, other_uri, relation) in read_rows(package, name, RELATIONS[stem][0], tally, dialect="csv"):
        key, other, kind = find_key(uri), find_key(other_uri), relation.casefold()
        if key is None or other is None:
            tally.skip(_BAD_URI)
        elif kind not in {"essential", "optional"}:
            tally.skip("it is neither essential nor optional")
        elif reason := _judge_ends(stem, key, other, concepts):
            tally.skip(reason)
        elif key == other:
            tally.skip("it relates a skill to itself")
        elif (before := found.get((key, other))) is None:
            found[key, other] = kind
            tally.taken += 1
        elif before == kind:
            tally.skip("repeated")
        else:
            # One of the two rows is taken, whichever came first; the other is the one that is left out.
            found[key, other] = "essential"
            tally.skip("stated as essential too")
    for (key, other), kind in found.items():
        yield Link(key, kind, other)


def place_in_isco(ledger: Ledger, concepts: Concepts, placed: set[str]) -> Iterator[Link]:
    """The ISCO groups, by the column iscoGroup, of occupations that no relation puts under anything (``placed``)."""
    given, lacking = 0, 0
    for key, code in concepts.isco.items():
        if key in placed:
            continue
        group = f"esco/isco/C{code}"
        if concepts.tables.get(group) == ISCO.stem:
            given += 1
            yield Link(key, "broader", group)
        else:
            lacking += 1
    if given:
        ledger.notes.append(f"occupations under their ISCO group by the column iscoGroup alone: {given:,}")
    if lacking:
        ledger.notes.append(
            f"occupations under nothing, since their ISCO group is not in the release: {lacking:,}"
        )


class _Parents:
    """What is under what so far, without circles."""

    def __init__(self) -> None:
        self.of: defaultdict[str, set[str]] = defaultdict(set)
        self._with_narrower: set[str] = set()

    def add(self, key: str, other: str) -> None:
        self.of[key].add(other)
        self._with_narrower.add(other)

    def closes_circle(self, key: str, other: str) -> bool:
        """Whether ``other`` is under ``key`` already."""
        if key not in self._with_narrower:
            return False
        seen, waiting = {other}, [other]
        while waiting:
            above = self.of.get(waiting.pop(), set())
            if key in above:
                return True
            waiting += above - seen
            seen |= above
        return False


def _judge_ends(stem: str, key: str, other: str, concepts: Concepts) -> str:
    """Why a relation has an end that cannot be had, or ""."""
    ends = zip((key, other), _ENDS[stem], ("it is of", "it points to"), strict=True)
    for end, (tables, noun), verb in ends:
        if concepts.tables.get(end) in tables:
            continue
        if end in concepts.left_out:
            return f"{verb} {noun} that is not released"
        if end in concepts.tables:
            return f"{verb} a concept that is not {noun}"
        return f"{verb} {noun} that is not in the release"
    return ""
