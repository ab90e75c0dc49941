"""Suggestions as mappings that can be reviewed in a mapping set, and be imported again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rolegraph.errors import RequestError
from rolegraph.model.mapping import Mapping

if TYPE_CHECKING:
    from rolegraph.answers.mappings import MappingSuggestion, MappingSuggestions
    from rolegraph.model.taxonomy import Taxonomy

TOOL: Final = "rolegraph"
"""What made the claim, until somebody reviews it."""


def offer_mappings(taxonomy: Taxonomy, answers: Iterable[MappingSuggestions]) -> Taxonomy:
    """The taxonomy with the suggestions as its only mappings. Raises RequestError for those of a whole focus.

    An occupation spans many roles, so a role has a broader match; a skill has a close one.
    """
    offered: dict[tuple[bool, str], tuple[Mapping, ...]] = {}
    for answer in answers:
        if answer.kind == "focus":
            raise RequestError(f"a focus is not mapped; name one of its roles, such as {answer.subject}.P1")
        skill = answer.kind == "skill"
        offered[skill, answer.subject] = tuple(_offer(one, skill=skill) for one in answer.suggestions)
    skills = tuple(
        skill.model_copy(update={"mappings": offered.get((True, skill.code), ())})
        for skill in taxonomy.skills
    )
    focuses = tuple(
        focus.model_copy(
            update={
                "profiles": tuple(
                    profile.model_copy(update={"mappings": offered.get((False, profile.code), ())})
                    for profile in focus.profiles
                )
            }
        )
        for focus in taxonomy.focuses
    )
    return taxonomy.replace_parts(focuses=focuses, skills=skills)


def _offer(suggestion: MappingSuggestion, *, skill: bool) -> Mapping:
    named = {"title", "alternate", "name"}
    lexical = all(part.kind in named for part in suggestion.evidence)
    return Mapping(
        scheme=suggestion.scheme,
        code=suggestion.code,
        predicate="closeMatch" if skill else "broadMatch",
        justification="LexicalSimilarityThresholdMatching" if lexical else "CompositeMatching",
        tool=TOOL,
        confidence=Decimal(f"{suggestion.total:.2f}"),
        comment="; ".join(f"{part.kind} {part.score:.2f}: {part.text}" for part in suggestion.evidence),
    )
