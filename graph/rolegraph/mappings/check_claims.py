"""Checks what mappings claim: how closely, how surely, and on what grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rolegraph.mappings.claims import Claim, Desk, Flaw, join
from rolegraph.rdf.vocab import SEMAPV

if TYPE_CHECKING:
    from collections.abc import Callable

_CLOSE = ("exactMatch", "closeMatch")
_UNSPECIFIED = "UnspecifiedMatching"


def check_claims(desk: Desk) -> Iterator[Flaw]:
    """What mappings claim that they cannot know, and what they leave open."""
    yield from _check_predicates(desk)
    for claim in desk.claims:
        if SEMAPV.iri + claim.mapping.justification not in SEMAPV:
            yield Flaw(
                "warning", "mapping-justification-unknown", claim.path, claim.code,
                f"{claim.mapping.justification} is no justification of the Semantic Mapping Vocabulary, and other tools "
                "refuse a set of mappings that has it.",
                f"Use one of {', '.join(term[len(SEMAPV.iri) :] for term in SEMAPV)}.",
            )  # fmt: skip
    yield from _check_tools(
        desk, lambda claim: claim.mapping.confidence is None, "mapping-confidence-missing",
        "do not say how sure they are", "Give each a confidence from 0 to 1 when it is reviewed.",
    )  # fmt: skip
    yield from _check_tools(
        desk, lambda claim: claim.mapping.justification == _UNSPECIFIED, "mapping-justification-unspecified",
        "do not say what they rest on",
        "Give the justification, such as LexicalMatching, or ManualMappingCuration once it is reviewed.",
    )  # fmt: skip


def _check_predicates(desk: Desk) -> Iterator[Flaw]:
    """One occupation cannot be the very same as several profiles."""
    exact: dict[str, list[Claim]] = defaultdict(list)
    close: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in desk.claims:
        if claim.profile is not None:
            if claim.mapping.predicate == "exactMatch":
                exact[claim.mapping.key].append(claim)
            if claim.mapping.predicate in _CLOSE:
                close[claim.profile.focus, claim.mapping.key].append(claim)
    groups = [some for some in (*exact.values(), *close.values()) if len(some) > 1]
    told = set()
    for some in groups:
        for claim in some:
            if claim.path in told:
                continue
            told.add(claim.path)
            others = [other.code for other in some if other is not claim]
            yield Flaw(
                "warning", "mapping-predicate-shared", claim.path, claim.code,
                f"{claim.mapping.predicate} with {desk.name(claim.mapping.key)} is claimed of {join(others, 'and')} too.",
                "An occupation spans many levels and focuses: use broadMatch, or map the others elsewhere.",
            )  # fmt: skip


def _check_tools(
    desk: Desk, is_lacking: Callable[[Claim], bool], rule: str, what: str, remedy: str
) -> Iterator[Flaw]:
    """One finding for each tool whose mappings lack something, at the first of them."""
    every = Counter(claim.mapping.tool for claim in desk.claims)
    lacking: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in desk.claims:
        if is_lacking(claim):
            lacking[claim.mapping.tool].append(claim)
    for tool, claims in lacking.items():
        by = f"by {tool}" if tool is not None else "without a tool"
        yield Flaw(
            "info", rule, claims[0].path, claims[0].code,
            f"{len(claims):,} of {every[tool]:,} mappings {by} {what}.", remedy,
        )  # fmt: skip
