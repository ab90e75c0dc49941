"""Ranks the occupations of a release by how well they fit a role, with the evidence for each."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rolegraph.answers.mappings import MappingEvidence
from rolegraph.mappings.weights import LevelRule, OccupationClass, read_levels, read_weights
from rolegraph.releases.keys import SHORT, split_key

if TYPE_CHECKING:
    from rolegraph.mappings.corpus import Corpus
    from rolegraph.mappings.subject import Subject
    from rolegraph.mappings.texts import TextHit
    from rolegraph.mappings.titles import NameHit

CONTENT: Final = ("title", "alternate", "skills", "tasks")
"""The kinds of evidence that say what the work is."""

_JUDGED: Final = 200
"""How many of the best by content are judged by their level too; it moves none from further down to the top."""
_TOLD: Final = 3
"""Skills named in evidence."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An occupation with its total and evidence, the weightiest first. ``key`` is that of the concept compared."""

    key: str
    total: float
    evidence: tuple[MappingEvidence, ...]


def rank_occupations(
    corpus: Corpus,
    subject: Subject,
    *,
    kinds: Collection[str] = ("cited", *CONTENT),
    successors: Mapping[str, tuple[str, ...]] | None = None,
    by_level: bool = True,
) -> list[Ranked]:
    """All occupations for which there is evidence of some of the kinds, the best first, ties by key.

    ``successors`` are the codes that took the place of cited ones which are retired. ``by_level`` puts those behind
    that do not fit the levels of the subject.
    """
    found: dict[str, dict[str, MappingEvidence]] = defaultdict(dict)
    if "cited" in kinds:
        _find_cited(corpus, subject, successors or {}, found)
    if "title" in kinds:
        _find_names(corpus, subject, "title", found)
    if "alternate" in kinds:
        _find_names(corpus, subject, "alternate", found)
    if "skills" in kinds:
        _find_skills(corpus, subject, found)
    if "tasks" in kinds:
        _find_tasks(corpus, subject, found)
    least = read_weights().constants["least"]
    told = {key: [part for part in parts.values() if part.score >= least] for key, parts in found.items()}
    ranked = [_rate(key, parts) for key, parts in told.items() if parts]
    ranked.sort(key=_sort_key)
    if not by_level or not subject.levels:
        return ranked
    judged = [_judge_level(corpus, subject, one) for one in ranked[:_JUDGED]]
    return sorted((*judged, *ranked[_JUDGED:]), key=_sort_key)


def combine(evidence: Collection[MappingEvidence]) -> float:
    """The total of some evidence: what is left when each kind has had its chance to convince."""
    weights = read_weights().kinds
    return 1 - math.prod(1 - weights[part.kind] * part.score for part in evidence)


def classify(corpus: Corpus, key: str) -> OccupationClass:
    """The class of an occupation of a release, such as first-line supervisors."""
    scheme, code = split_key(key)
    isco = ""
    if scheme == "esco":
        groups = [above for above in corpus.list_above(key) if above.startswith("esco/isco/C")]
        isco = max((group.removeprefix("esco/isco/C") for group in groups), key=len, default="")
    return read_levels().classify(scheme, code, corpus.concepts[key].label, isco)


def find_misfits(corpus: Corpus, key: str, level: str) -> list[LevelRule]:
    """The rules by which an occupation does not fit a level."""
    return read_levels().find_misfits(level, classify(corpus, key).name, corpus.zones.get(key))


def _rate(key: str, evidence: Collection[MappingEvidence]) -> Ranked:
    weights = read_weights().kinds
    ordered = sorted(evidence, key=lambda part: (-weights[part.kind] * part.score, part.kind))
    return Ranked(
        key, round(combine(ordered), 6), tuple(replace(e, score=round(e.score, 6)) for e in ordered)
    )


def _sort_key(ranked: Ranked) -> tuple[float, str]:
    return -ranked.total, ranked.key


def _judge_level(corpus: Corpus, subject: Subject, ranked: Ranked) -> Ranked:
    """The occupation with its total lessened as far as it does not fit the levels of the subject."""
    constants = read_weights().constants
    shares: list[float] = []
    reasons: dict[str, str] = {}
    for level in subject.levels:
        misfits = find_misfits(corpus, ranked.key, level)
        reasons.update((rule.reason, level) for rule in misfits if rule.reason not in reasons)
        shares.append(math.prod(constants[f"misfit-{rule.severity}"] for rule in misfits))
    share = math.fsum(shares) / len(shares)
    text = " ".join(f"{level}: {reason}" for reason, level in reasons.items())
    if not text:
        return ranked
    told = MappingEvidence("level", round(share, 6), text)
    return replace(ranked, total=round(ranked.total * share, 6), evidence=(*ranked.evidence, told))


def _find_cited(
    corpus: Corpus,
    subject: Subject,
    successors: Mapping[str, tuple[str, ...]],
    found: dict[str, dict[str, MappingEvidence]],
) -> None:
    elsewhere = read_weights().constants["elsewhere"]
    for cited, score in ((subject.cited, 1.0), (subject.elsewhere, elsewhere)):
        for code, text in cited.items():
            for key in _find_key(corpus, code) or [
                k for c in successors.get(code, ()) for k in _find_key(corpus, c)
            ]:
                found[key].setdefault("cited", MappingEvidence("cited", score, text))  # fmt: skip


def _find_key(corpus: Corpus, code: str) -> list[str]:
    """The concept of an O*NET code: of its own, or where only SOC is loaded that of its SOC code."""
    keys = (f"onet-soc-2019/{code}", f"soc-2018/{code[:SHORT]}")
    return [key for key in keys if key in corpus.concepts]


def _find_names(
    corpus: Corpus, subject: Subject, kind: str, found: dict[str, dict[str, MappingEvidence]]
) -> None:
    index = corpus.titles if kind == "title" else corpus.alternates
    constants = read_weights().constants
    shared, alone = constants["shared-name"], constants["one-word"]

    def weigh(hit: NameHit) -> float:
        # The square keeps names apart that share a common word from those that say the same.
        return hit.score**2 * (alone if hit.alone else 1) / (1 + shared * (hit.owners - 1))

    best: dict[str, NameHit] = {}
    for name in subject.names:
        for key, hit in index.match(name).items():
            if key not in best or weigh(best[key]) < weigh(hit):
                best[key] = hit
    for key, hit in best.items():
        others = f", a name of {hit.owners} occupations" if hit.owners > 1 else ""
        found[key][kind] = MappingEvidence(kind, weigh(hit), f"{hit.asked} ~ {hit.name}{others}")


def _find_skills(corpus: Corpus, subject: Subject, found: dict[str, dict[str, MappingEvidence]]) -> None:
    constants = read_weights().constants
    size = len(corpus.concepts)
    matched: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for labels in subject.skills:
        best: dict[str, tuple[float, str]] = {}
        for label in labels:
            for part, hit in corpus.parts.match(label, constants["part-least"]).items():
                if hit.alone:
                    continue
                users = corpus.list_users(part)
                # What all occupations use tells nothing of any.
                value = (
                    hit.score * math.log(size / len(users)) / math.log(size) if users and size > 1 else 0.0
                )
                for user in users if value > 0 else ():
                    if user not in best or best[user][0] < value:
                        best[user] = (value, hit.name if label == hit.name else f"{label} ~ {hit.name}")
        for user, one in best.items():
            matched[user].append(one)
    full = min(len(subject.skills), int(constants["skills-full"]))
    for user, some in matched.items():
        told = [text for _, text in sorted(some, key=lambda one: (-one[0], one[1]))[:_TOLD]]
        more = f"; and {len(some) - _TOLD} more" if len(some) > _TOLD else ""
        score = min(1.0, math.fsum(value for value, _ in some) / full)
        found[user]["skills"] = MappingEvidence("skills", score, "; ".join(told) + more)


def _find_tasks(corpus: Corpus, subject: Subject, found: dict[str, dict[str, MappingEvidence]]) -> None:
    least = read_weights().constants["text-none"]
    for key, hit in corpus.texts.match(list(subject.texts), least).items():
        found[key]["tasks"] = MappingEvidence("tasks", rate_text(hit), ", ".join(hit.words))


def rate_text(hit: TextHit) -> float:
    """What two texts have in common, from 0 (chance) to 1 (as much as descriptions of kindred work have)."""
    constants = read_weights().constants
    if hit.shared < constants["words-least"]:
        return 0.0
    none, full = constants["text-none"], constants["text-full"]
    near = max(0.0, min(1.0, (hit.score - none) / (full - none)))
    return near * min(1.0, hit.shared / constants["words-full"])
