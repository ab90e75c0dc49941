"""Suggests what a profile, focus or skill could be mapped to, with evidence, or says that nothing is near."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rolegraph.answers.mappings import (
    AllMappingSuggestions,
    MappingEvidence,
    MappingSuggestion,
    MappingSuggestions,
)
from rolegraph.errors import RequestError
from rolegraph.mappings.rank import Ranked, rank_occupations
from rolegraph.mappings.shelf import OCCUPATIONS, SKILLS
from rolegraph.mappings.skills import rank_concepts
from rolegraph.mappings.subject import Subject, find_subject
from rolegraph.mappings.weights import read_weights
from rolegraph.records.collector import pause_collector
from rolegraph.releases.keys import split_key

if TYPE_CHECKING:
    from rolegraph.mappings.corpus import Corpus
    from rolegraph.mappings.shelf import Shelf
    from rolegraph.model.release import Release

_WHOLE: Final = ".00"
_STEP: Final = 20
"""Roles after which it is told how far many are."""


@pause_collector()
def suggest_mappings(shelf: Shelf, code: str, k: int = 5, scheme: str | None = None) -> MappingSuggestions:
    """The ``k`` entries that fit a profile, focus or skill best, of those that are near enough to be looked at.

    ``scheme`` is the classification to look in; without it SOC occupations, or for a skill all that are loaded. Raises
    UnknownError for a code that names nothing, RequestError where no release tells the classification.
    """
    subject = find_subject(shelf.taxonomy, code)
    schemes, cut = _choose_schemes(shelf, subject, scheme)
    found: list[MappingSuggestion] = []
    releases: dict[str, None] = {}
    notes = [_tell_cut(cut, "nothing is suggested of it")] if cut else []
    for name, corpus in schemes:
        releases[corpus.release.code] = None
        ranked = rank_concepts(corpus, subject) if subject.kind == "skill" else _rank(shelf, corpus, subject)
        found += _tell(shelf, subject, name, corpus, ranked)
    found.sort(key=lambda one: (-one.total, one.scheme, one.code))
    near = tuple(one for one in found if one.band != "no-match")[:k]
    return MappingSuggestions(
        subject.kind, subject.code, subject.label, ", ".join(name for name, _ in schemes), tuple(releases), near,
        None if near else _explain(found, schemes), tuple(notes),
    )  # fmt: skip


def suggest_all(
    shelf: Shelf, codes: Collection[str], k: int, scheme: str | None, tell: Callable[[str], None]
) -> AllMappingSuggestions:
    """The same for several, one after the other; ``tell`` hears how far it is."""
    answers = []
    for number, code in enumerate(codes):
        if number % _STEP == 0 and number:
            tell(f"{number:,} of {len(codes):,} are compared")
        answers.append(suggest_mappings(shelf, code, k, scheme))
    return AllMappingSuggestions(tuple(answers))


def find_cited_successors(shelf: Shelf, subject: Subject) -> dict[str, tuple[str, ...]]:
    """The codes that took the place of the cited codes that are retired."""
    found = {}
    for code in (*subject.cited, *subject.elsewhere):
        successors = shelf.find_successors(f"onet-soc-2019/{code}")
        if successors:
            found[code] = tuple(split_key(concept.key)[1] for concept in successors)
    return found


def fold(corpus: Corpus, scheme: str, ranked: list[Ranked]) -> Iterator[tuple[str, Ranked]]:
    """The best of the O*NET occupations under each SOC code with that code; elsewhere each with its own key."""
    told = set()
    for one in ranked:
        key = corpus.wider.get(one.key) if scheme.startswith("soc-") else one.key
        key = one.key if key is None and one.key.startswith(f"{scheme}/") else key
        if key is not None and key not in told:
            told.add(key)
            yield key, one


def _rank(shelf: Shelf, corpus: Corpus, subject: Subject) -> list[Ranked]:
    return rank_occupations(corpus, subject, successors=find_cited_successors(shelf, subject))


def _choose_schemes(
    shelf: Shelf, subject: Subject, scheme: str | None
) -> tuple[list[tuple[str, Corpus]], list[Release]]:
    """The classifications to look in with a whole release of each, and the releases that are out because they were cut."""
    skills = subject.kind == "skill"
    known = SKILLS if skills else OCCUPATIONS
    if scheme is not None and scheme not in known:
        raise RequestError(
            f"nothing can be suggested of {scheme}; for a {subject.kind} choose {', '.join(known)}"
        )
    wanted = [scheme] if scheme is not None else list(known)
    found = [(name, shelf.open_corpus(name, skills=skills, whole=True)) for name in wanted]
    loaded = [(name, corpus) for name, corpus in found if corpus is not None and corpus.concepts]
    # Occupations of several classifications do not compete; the first that is loaded answers.
    chosen = loaded if skills else loaded[:1]
    asked = [name for name, _ in chosen] if chosen and not skills else wanted
    families = dict.fromkeys(family for name in asked for family in known[name].families)
    cut = [release for family in families if (release := shelf.find_cut(family)) is not None]
    if not chosen and cut:
        raise RequestError(_tell_cut(cut, "nothing can be suggested of it").removesuffix("."))
    if not chosen:
        commands = " or ".join(f"`rolegraph import {family} SRC -o DIR`" for family in families)
        raise RequestError(f"no release is loaded that tells what to suggest; import one: {commands}")
    return chosen, cut


def _tell_cut(releases: list[Release], so: str) -> str:
    """That releases hold no more than what is mapped: by so few entries no total would mean what it says."""
    names = " and ".join(release.title for release in releases)
    commands = " and ".join(f"rolegraph import {release.family} SRC -o DIR" for release in releases)
    return (
        f"{names} was imported with --only mapped and holds only what is mapped or cited, so {so}; import it again,"
        f" without --only mapped: {commands}."
    )


def _tell(
    shelf: Shelf, subject: Subject, scheme: str, corpus: Corpus, ranked: list[Ranked]
) -> Iterator[MappingSuggestion]:
    weights = read_weights()
    mapped = _list_mapped(shelf, subject)
    for key, one in fold(corpus, scheme, ranked):
        evidence, title = one.evidence, corpus.concepts[one.key].label
        if key != one.key:
            own = corpus.concepts.get(f"onet-{scheme.replace('2018', '2019')}/{split_key(key)[1]}{_WHOLE}")
            if own is not None and own.key != one.key:
                evidence = tuple(_add_owner(part, title, split_key(one.key)[1]) for part in evidence)
                title = own.label
        yield MappingSuggestion(
            scheme, split_key(key)[1], title, one.total, weights.name_band(one.total), key in mapped, evidence
        )


def _add_owner(part: MappingEvidence, title: str, code: str) -> MappingEvidence:
    return part if part.kind == "level" else replace(part, text=f"{part.text} ({code} {title})")


def _list_mapped(shelf: Shelf, subject: Subject) -> set[str]:
    taxonomy = shelf.taxonomy
    if subject.kind == "skill":
        return {mapping.key for mapping in taxonomy.skill_by_code[subject.code].mappings}
    if subject.kind == "profile":
        return {mapping.key for mapping in taxonomy.profile_by_code[subject.code].mappings}
    return {m.key for p in taxonomy.focus_by_code[subject.code].profiles for m in p.mappings}


def _explain(found: list[MappingSuggestion], schemes: list[tuple[str, Corpus]]) -> str:
    names = ", ".join(dict.fromkeys(corpus.release.title for _, corpus in schemes))
    if not found:
        return f"Nothing in {names} shares names, skills or texts with it."
    best, least = found[0], read_weights().bands["needs-review"]
    # Rounded down, so that it stays below the limit.
    total = math.floor(best.total * 100) / 100
    return (
        f"Nothing in {names} is near enough: the best, {best.code} {best.title}, has {total:.2f} of 1, and below"
        f" {least:.2f} chance words do as well."
    )
