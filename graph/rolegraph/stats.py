"""Counts by kind, and how much of the architecture is recorded."""

from __future__ import annotations

from collections.abc import Callable

from rolegraph.answers import Coverage, Stats
from rolegraph.model.roles import CRITERIA, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.concepts import is_occupation

COVERAGE: tuple[tuple[str, Callable[[Taxonomy, Profile], bool]], ...] = (
    ("documented (a page or row of its own)", lambda t, p: p.basis == "documented"),
    ("with responsibilities", lambda t, p: bool(p.responsibilities)),
    ("with all guideline cells", lambda t, p: _guideline_cells(p) == len(CRITERIA)),
    ("with skills", lambda t, p: bool(t.skill_uses_of(p))),
    (
        "with skills recorded for the level",
        lambda t, p: any(use.levels or use.proficiency for use in t.skill_uses_of(p)),
    ),
    (
        "with a required proficiency",
        lambda t, p: any(use.find_proficiency(p.level) for use in t.skill_uses_of(p)),
    ),
    ("with an occupation mapping", lambda t, p: bool(p.mappings)),
    ("with pay", lambda t, p: p.pay is not None),
    ("with sources", lambda t, p: bool(p.sources)),
    ("with typical years", lambda t, p: t.level_by_code[p.level].years is not None),
)


def count_records(taxonomy: Taxonomy) -> dict[str, int]:
    """The number of records of each kind."""
    profiles = taxonomy.profiles
    return {
        "function groups": len(taxonomy.groups),
        "functions": len(taxonomy.functions),
        "focuses": len(taxonomy.focuses),
        "profiles": len(profiles),
        "tracks": len(taxonomy.tracks),
        "levels": len(taxonomy.levels),
        "proficiencies": len(taxonomy.proficiencies),
        "skills": len(taxonomy.skills),
        "skill uses": sum(len(focus.skills) for focus in taxonomy.focuses),
        "responsibilities": sum(len(profile.responsibilities) for profile in profiles),
        "guideline cells": sum(_guideline_cells(profile) for profile in profiles),
        "mappings": len(taxonomy.mappings),
        "sources": sum(len(profile.sources) for profile in profiles),
        "occupations": sum(is_occupation(entry.kind) for entry in taxonomy.occupations),
        **({"releases": len(taxonomy.releases)} if taxonomy.releases else {}),
    }


def measure_coverage(taxonomy: Taxonomy) -> Stats:
    """Counts and coverage of a taxonomy; retired profiles are counted apart and not covered."""
    live = [profile for profile in taxonomy.profiles if not taxonomy.is_retired(profile)]
    counts = count_records(taxonomy)
    if len(live) < counts["profiles"]:
        counts["retired profiles"] = counts["profiles"] - len(live)
    coverage = tuple(
        Coverage(what, sum(holds(taxonomy, profile) for profile in live), len(live))
        for what, holds in COVERAGE
    )
    return Stats(taxonomy.dataset.title, taxonomy.dataset.version, counts, coverage)


def _guideline_cells(profile: Profile) -> int:
    return sum(getattr(profile.guideline, criterion, None) is not None for criterion in CRITERIA)
