"""Whether mappings to public classifications hold, and what else would fit."""

from __future__ import annotations

from dataclasses import dataclass

from rolegraph.answers.bands import Band
from rolegraph.answers.findings import Finding


@dataclass(frozen=True, slots=True)
class MappingEvidence:
    """One kind of evidence for an entry of a classification: its score from 0 to 1, and what it rests on.

    Kinds are ``cited``, ``title``, ``alternate``, ``skills``, ``tasks`` for occupations, ``name`` and ``definition`` for
    skills. ``level`` has the share of the total that is left because of the level: 1 where it fits.
    """

    kind: str
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class MappingSuggestion:
    """An entry of a classification that fits, with its total from 0 to 1 and the evidence, the weightiest first.

    ``mapped`` says that the profile or skill is mapped to it already.
    """

    scheme: str
    code: str
    title: str
    total: float
    band: Band
    mapped: bool
    evidence: tuple[MappingEvidence, ...]


@dataclass(frozen=True, slots=True)
class MappingSuggestions:
    """What fits a profile, focus or skill, the best first. ``reason`` says why there is nothing to suggest, if so."""

    kind: str
    subject: str
    label: str
    scheme: str
    releases: tuple[str, ...]
    suggestions: tuple[MappingSuggestion, ...]
    reason: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllMappingSuggestions:
    """What fits each of several profiles, focuses or skills, in the order in which they were asked for."""

    answers: tuple[MappingSuggestions, ...]


@dataclass(frozen=True, slots=True)
class UncheckedMappings:
    """What could not be checked of some mappings to a classification, and the command that would make it possible.

    ``again`` says that the release is there, imported with ``--only mapped``: the command is for all of it.
    """

    scheme: str
    mappings: int
    what: str
    command: str
    again: bool = False

    @property
    def remedy(self) -> str:
        """The command, in words where it was run already."""
        return f"{self.command} again, without --only mapped" if self.again else self.command


@dataclass(frozen=True, slots=True)
class MappingReview:
    """Whether all mappings hold (no violation), every finding, worst first, and what could not be checked."""

    conforms: bool
    mappings: int
    releases: tuple[str, ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[UncheckedMappings, ...]
