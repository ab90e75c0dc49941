"""Ranks the skills, elements and technologies of a release by how well they fit a skill of the architecture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.answers.mappings import MappingEvidence
from rolegraph.mappings.rank import Ranked, combine, rate_text
from rolegraph.mappings.weights import read_weights

if TYPE_CHECKING:
    from rolegraph.mappings.corpus import Corpus
    from rolegraph.mappings.subject import Subject
    from rolegraph.mappings.titles import NameHit


def rank_concepts(corpus: Corpus, skill: Subject) -> list[Ranked]:
    """The concepts that share a name or the words of their definition with a skill, the best first, ties by key."""
    constants = read_weights().constants
    best: dict[str, NameHit] = {}
    for name in skill.names:
        for index in (corpus.parts, corpus.alternates):
            for key, hit in index.match(name, constants["part-least"]).items():
                if (
                    key in corpus.concepts
                    and not hit.alone
                    and (key not in best or best[key].score < hit.score)
                ):
                    best[key] = hit
    evidence: dict[str, list[MappingEvidence]] = {
        key: [MappingEvidence("name", round(hit.score**2, 6), f"{hit.asked} ~ {hit.name}")]
        for key, hit in best.items()
    }
    if skill.texts:
        for key, text in corpus.texts.match(list(skill.texts), constants["text-none"]).items():
            score = rate_text(text)
            if score >= constants["least"]:
                told = MappingEvidence("definition", round(score, 6), ", ".join(text.words))
                evidence.setdefault(key, []).append(told)
    ranked = [Ranked(key, round(combine(parts), 6), tuple(parts)) for key, parts in evidence.items()]
    return sorted(ranked, key=lambda one: (-one.total, one.key))
