"""On random job architectures the named queries say what the records say, computed here without any SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rolegraph.model.codes import split_level
from rolegraph.model.roles import CRITERIA, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.store.named import run_named
from shipped import read_shipped, to_store
from strategies import taxonomies

Rows = list[tuple[Any, ...]]


def by_ladder(level: str) -> tuple[str, int]:
    return split_level(level)


def in_use(t: Taxonomy) -> list[Profile]:
    return sorted((p for p in t.profiles if not t.is_retired(p)), key=lambda p: p.code)


def list_by_level(t: Taxonomy, level: str) -> Rows:
    return [(p.code, t.title_of(p), p.basis, p.function) for p in in_use(t) if p.level == level]


def list_by_skill(t: Taxonomy, skill: str) -> Rows:
    return [(p.code, p.level) for p in in_use(t) if skill in {use.skill for use in t.skill_uses_of(p)}]


def list_skills(t: Taxonomy, profile: str) -> Rows:
    record = t.profile_by_code[profile]
    uses = t.focus_by_code[record.focus].skills
    held = {use.skill for use in t.skill_uses_of(record)}
    return [
        (str(n), use.skill, use.label or t.skill_by_code[use.skill].label, use.description)
        for n, use in enumerate(uses, 1)
        if use.skill in held
    ]


def list_responsibilities(t: Taxonomy, focus: str) -> Rows:
    return [
        (p.level, str(n), r.text)
        for p in sorted(t.focus_by_code[focus].profiles, key=lambda p: by_ladder(p.level))
        for n, r in enumerate(p.responsibilities, 1)
    ]


def list_guideline(t: Taxonomy, focus: str) -> Rows:
    return [
        (criterion, p.level, text)
        for criterion in CRITERIA
        for p in sorted(t.focus_by_code[focus].profiles, key=lambda p: by_ladder(p.level))
        if p.guideline and (text := getattr(p.guideline, criterion)) is not None
    ]


def list_pay(t: Taxonomy) -> Rows:
    return [
        (p.code, p.pay.currency, p.pay.duration, "inherited" if p.pay.inherited else "own")
        for p in sorted(in_use(t), key=lambda p: (by_ladder(p.level), p.code))
        if p.pay
    ]


def list_mappings(t: Taxonomy) -> Rows:
    return [
        (
            p.code, m.scheme, m.code, m.predicate, m.justification, m.tool,
            str("predicate" in m.assigned).lower(), str(bool(p.sources)).lower(),
            str(any((s.occupation or "").startswith(m.code) for s in p.sources)).lower(),
        )
        for p in sorted(t.profiles, key=lambda p: p.code)
        for m in p.mappings
    ]  # fmt: skip


def list_sources(t: Taxonomy) -> Rows:
    return [
        (p.code, str(n), s.text, s.occupation, None if p.source_count is None else str(p.source_count))
        for p in sorted(t.profiles, key=lambda p: p.code)
        for n, s in enumerate(p.sources, 1)
    ]


def list_focuses(t: Taxonomy, function: str) -> Rows:
    rows = []
    for focus in t.focuses:
        if focus.function == function and not focus.retired:
            profiles = [p for p in focus.profiles if not p.retired]
            documented = sum(p.basis == "documented" for p in profiles)
            rows.append((focus.code, focus.label, str(len(profiles)), str(documented)))
    return rows


def list_by_occupation(t: Taxonomy, occupation: str) -> Rows:
    rows = []
    for p in in_use(t):
        for m in p.mappings:
            step: str | None = m.code
            while step is not None and step != occupation:
                entry = t.occupation_by_key.get((m.scheme, step))
                step = entry.broader if entry else None
            if step is not None:
                rows.append((m.scheme, m.code, p.code, m.predicate))
    return sorted(rows)


def list_shared(t: Taxonomy, first: str, second: str) -> Rows:
    both = {use.skill for use in t.focus_by_code[first].skills} & {
        u.skill for u in t.focus_by_code[second].skills
    }
    return [(skill, t.skill_by_code[skill].label) for skill in sorted(both)]


def list_known_occupations(t: Taxonomy) -> list[str]:
    mapped = {m.code for p in t.profiles for m in p.mappings}
    return sorted({o.code for o in t.occupations} | mapped)


QUESTIONS: dict[str, tuple[str, Callable[[Taxonomy], list[dict[str, str]]], Callable[..., Rows]]] = {
    "profiles-by-level": (
        "profile title basis function", lambda t: [{"level": x.code} for x in t.levels], list_by_level),
    "profiles-by-skill": ("profile level", lambda t: [{"skill": x.code} for x in t.skills], list_by_skill),
    "profiles-by-occupation": (
        "classification mapped profile predicate",
        lambda t: [{"occupation": code} for code in list_known_occupations(t)], list_by_occupation),
    "skills-of-profile": (
        "position skill wording description", lambda t: [{"profile": x.code} for x in t.profiles], list_skills),
    "ladder-responsibilities": (
        "level position responsibility", lambda t: [{"focus": x.code} for x in t.focuses], list_responsibilities),
    "ladder-guideline": (
        "criterion level guideline", lambda t: [{"focus": x.code} for x in t.focuses], list_guideline),
    "shared-skills": (
        "skill skill_label",
        lambda t: [{"first": a.code, "second": b.code} for a in t.focuses for b in t.focuses], list_shared),
    "pay-by-level": ("profile currency duration pay_basis", lambda t: [{}], list_pay),
    "profiles-without-pay": (
        "profile basis", lambda t: [{}], lambda t: [(p.code, p.basis) for p in in_use(t) if p.pay is None]),
    "profiles-without-mapping": (
        "profile", lambda t: [{}], lambda t: [(p.code,) for p in in_use(t) if not p.mappings]),
    "profiles-without-description": (
        "profile focus_described", lambda t: [{}],
        lambda t: [
            (p.code, str(t.focus_by_code[p.focus].definition is not None).lower())
            for p in in_use(t) if p.definition is None
        ]),
    "mappings": (
        "profile classification occupation predicate justification tool predicate_assigned sources_listed cited",
        lambda t: [{}], list_mappings),
    "sources": ("profile position source occupation claimed", lambda t: [{}], list_sources),
    "focuses-of-function": (
        "focus focus_label profiles documented", lambda t: [{"function": x.code} for x in t.functions], list_focuses),
}  # fmt: skip


def check_questions(taxonomy: Taxonomy, name: str) -> int:
    """Ask one query with every value that its parameters can have; returns the number of rows seen."""
    columns, list_given, expect = QUESTIONS[name]
    store = to_store(taxonomy)
    seen = 0
    for asked in list_given(taxonomy):
        result = run_named(store, name, asked)
        places = [result.variables.index(column) for column in columns.split()]
        found = [tuple(getattr(row[i], "value", None) for i in places) for row in result.rows]
        assert found == expect(taxonomy, *asked.values())
        seen += len(found)
    return seen


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_shipped_data_are_answered_as_recorded(name: str) -> None:
    assert check_questions(read_shipped(), name)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies(min_focuses=1))
def test_random_data_are_answered_as_recorded(taxonomy: Taxonomy) -> None:
    for name in QUESTIONS:
        check_questions(taxonomy, name)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies())
def test_coverage_counts_the_records(taxonomy: Taxonomy) -> None:
    found = {kind.value: int(count.value) for kind, count in run_named(to_store(taxonomy), "coverage").rows}  # type: ignore[union-attr]
    profiles = taxonomy.profiles
    mapped = {(m.scheme, m.code) for p in profiles for m in p.mappings}
    assert found == {
        "function group": len(taxonomy.groups),
        "function": len(taxonomy.functions),
        "focus": len(taxonomy.focuses),
        "profile": len(profiles),
        "documented profile": sum(p.basis == "documented" for p in profiles),
        "implied profile": sum(p.basis == "implied" for p in profiles),
        "track": len(taxonomy.tracks),
        "level": len(taxonomy.levels),
        "skill": len(taxonomy.skills),
        "skill use": sum(len(focus.skills) for focus in taxonomy.focuses),
        "responsibility": sum(len(p.responsibilities) for p in profiles),
        "guideline cell": sum(
            getattr(p.guideline, criterion) is not None
            for p in profiles
            if p.guideline
            for criterion in CRITERIA
        ),
        "pay": sum(p.pay is not None for p in profiles),
        "review score": sum(len(p.review) for p in profiles),
        "source": sum(len(p.sources) for p in profiles),
        "mapping": len(taxonomy.mappings),
        "classification": len(taxonomy.schemes),
        "occupation": len(mapped | taxonomy.occupation_by_key.keys()),
        "edition": len(taxonomy.editions),
        "adjacency": 0,
    }
