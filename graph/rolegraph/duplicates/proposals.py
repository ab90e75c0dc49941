"""Proposals of skills that may be one, each with its reasons and what to write.

What merely overlaps is not proposed: a skill is another's only where their words, a shared external entry, their
spelling or their description say so. Where a focus lists both side by side, or both are mapped exactly to different
entries of one classification, they are two, unless their words are the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rolegraph.answers.skills import Duplicates, Merge
from rolegraph.duplicates.wordings import Evidence, compare_wordings, find_misspelt, list_marks
from rolegraph.folding import fold, split_words
from rolegraph.records.writing import write_yaml
from rolegraph.releases.keys import split_key
from rolegraph.search.own import list_texts

if TYPE_CHECKING:
    from rolegraph.model.reference import Skill
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.document import Document
    from rolegraph.releases.library import Library

_KINDS: Final = frozenset(("skill", "knowledge", "element", "activity", "technology"))
_NAMES: Final = {
    "label": "label", "preferred": "label", "alternate": "alternate label", "hidden": "hidden label",
    "short": "short title", "reported": "reported title",
}  # fmt: skip
_WORDS: Final = 4
"""The words from which on a description that two skills share says something."""
_SHOWN: Final = 90


def propose_merges(taxonomy: Taxonomy, library: Library) -> Duplicates:
    """The pairs of skills that may be one, the sure ones first, then by the code that would be kept.

    Raises InputError where a release cannot be read.
    """
    hunt = _Hunt(taxonomy, library)
    evidence: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one, other, found in (
        *hunt.find_same_match(),
        *hunt.find_same_wording(),
        *hunt.find_same_names(),
        *find_misspelt(hunt.wordings, hunt.count_words),
        *hunt.find_same_description(),
    ):
        evidence[min(one, other), max(one, other)].append(found)
    merges = [
        hunt.propose(one, other, found)
        for (one, other), found in evidence.items()
        if any(e.strength == "sure" for e in found) or not hunt.are_apart(one, other)
    ]
    merges.sort(key=lambda merge: (merge.strength != "sure", merge.kept, merge.other))
    return Duplicates(len(hunt.skills), tuple(merges))


class _Hunt:
    """The skills in use, their wordings, and which focuses use them."""

    def __init__(self, taxonomy: Taxonomy, library: Library) -> None:
        self.taxonomy, self.library = taxonomy, library
        self.skills = {skill.code: skill for skill in taxonomy.skills if skill.retired is None}
        self.users: dict[str, list[str]] = defaultdict(list)
        worded = {code: list(_list_wordings(skill)) for code, skill in self.skills.items()}
        for focus in taxonomy.focuses:
            for code in {use.skill for use in focus.skills}:
                self.users[code].append(focus.code)
            for use in focus.skills:
                if use.label is not None and use.skill in worded:
                    worded[use.skill].append(use.label)
        self.wordings = {code: tuple(dict.fromkeys(wordings)) for code, wordings in worded.items()}

    def find_same_match(self) -> Iterator[tuple[str, str, Evidence]]:
        """Skills that are mapped exactly to one external entry."""
        matched: dict[str, list[str]] = defaultdict(list)
        for code, skill in self.skills.items():
            for key in _list_exact(skill):
                matched[key].append(code)
        for key, codes in matched.items():
            for one, other in combinations(codes, 2):
                yield (
                    one,
                    other,
                    Evidence("sure", f"Both are mapped to {self._tell_entry(key)} as exactMatch.", key),
                )

    def find_same_wording(self) -> Iterator[tuple[str, str, Evidence]]:
        """Skills of which a wording of one is a wording of the other, however it is written."""
        marked: dict[str, set[str]] = defaultdict(set)
        for code, wordings in self.wordings.items():
            for wording in wordings:
                for mark in list_marks(wording):
                    marked[mark].add(code)
        pairs = {pair for codes in marked.values() for pair in combinations(sorted(codes), 2)}
        for one, other in sorted(pairs):
            found = [
                (
                    alike.strength != "sure",
                    a != self.skills[one].label,
                    b != self.skills[other].label,
                    a,
                    b,
                    alike.reason,
                )
                for a in self.wordings[one]
                for b in self.wordings[other]
                if (alike := compare_wordings(a, b)) is not None
            ]
            if found:
                unsure, _, _, a, b, reason = min(found)
                told = f"“{a}” and “{b}”: {reason[0].lower()}{reason[1:]}"
                yield one, other, Evidence("likely" if unsure else "sure", told)

    def find_same_names(self) -> Iterator[tuple[str, str, Evidence]]:
        """Skills of which both are called as one external skill, element or technology is, and as no other."""
        language = self.taxonomy.dataset.language.lower().partition("-")[0]
        called: dict[str, dict[str, str]] = defaultdict(dict)
        for code, wordings in self.wordings.items():
            for wording in wordings:
                for key, kind in self._find_entries(wording, language).items():
                    called[key].setdefault(code, f"{kind} “{wording}”")
        for key, codes in sorted(called.items()):
            for one, other in combinations(sorted(codes), 2):
                told = f"Both are names of {self._tell_entry(key)}: {codes[one]}, {codes[other]}."
                yield one, other, Evidence("likely", told, key)

    def find_same_description(self) -> Iterator[tuple[str, str, Evidence]]:
        """Skills that are described in the same words, as no third one is."""
        described: dict[str, dict[str, str]] = defaultdict(dict)
        for code, skill in self.skills.items():
            if skill.definition:
                described[fold(skill.definition)][code] = skill.definition
        for focus in self.taxonomy.focuses:
            for use in focus.skills:
                if use.description and use.skill in self.skills:
                    described[fold(use.description)].setdefault(use.skill, use.description)
        for words, texts in described.items():
            if len(texts) == 2 and len(words.split()) >= _WORDS:
                one, other = sorted(texts)
                text = texts[one] if len(texts[one]) <= _SHOWN else f"{texts[one][:_SHOWN].rstrip()}…"
                yield one, other, Evidence("likely", f"The same description: “{text}”")

    def count_words(self) -> Counter[str]:
        """How often words stand in the texts of the architecture, and in the names of releases."""
        counts: Counter[str] = Counter()
        for found in list_texts(self.taxonomy):
            # With the text of a use stands its label, which may hold the slip.
            if found.found != "skill":
                counts.update(split_words(found.text))
        for focus in self.taxonomy.focuses:
            for use in focus.skills:
                counts.update(split_words(use.description or ""))
        for release in self.library.releases:
            counts.update(self.library.open(release).names.list_words())
        return counts

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the records themselves set two skills apart."""
        if set(self.users[one]) & set(self.users[other]):
            return True
        exact, others = _list_exact(self.skills[one]), _list_exact(self.skills[other])
        schemes = {split_key(key)[0] for key in exact} & {split_key(key)[0] for key in others}
        return bool(schemes) and not set(exact) & set(others)

    def propose(self, one: str, other: str, found: list[Evidence]) -> Merge:
        """The proposal for two skills; the one that more focuses use, or that says more, is kept."""
        kept, merged = sorted((self.skills[one], self.skills[other]), key=self._weigh)
        found = sorted(found, key=lambda e: e.strength != "sure")
        return Merge(
            kept=kept.code,
            kept_label=kept.label,
            other=merged.code,
            other_label=merged.label,
            strength=found[0].strength,
            reasons=tuple(dict.fromkeys(e.reason for e in found)),
            kept_focuses=tuple(sorted(self.users[kept.code])),
            other_focuses=tuple(sorted(self.users[merged.code])),
            todo=self._tell_what_to_do(kept, merged),
            yaml=self._write(kept, merged, found),
        )

    def _weigh(self, skill: Skill) -> tuple[int, int, int, int, str]:
        said = (
            len(self.users[skill.code]),
            skill.definition is not None,
            len(skill.mappings),
            len(skill.alternatives),
        )
        uses, defined, mapped, others = said
        return -uses, -int(defined), -mapped, -others, skill.code

    def _tell_what_to_do(self, kept: Skill, merged: Skill) -> str:
        steps = [f"Write this into skills.yaml under {kept.code}, and take {merged.code} out there."]
        more = [
            name
            for name in ("definition", "descriptors", "mappings")
            if getattr(merged, name) and not getattr(kept, name)
        ]
        if more:
            steps.append(f"Its {' and '.join(more)} {'goes' if more == ['definition'] else 'go'} with it.")
        users = sorted(self.users[merged.code])
        if users:
            steps.append(
                f"In {', '.join(users)} write {kept.code} for {merged.code}, with the wording as its label."
            )
        both = sorted(set(users) & set(self.users[kept.code]))
        if both:
            steps.append(f"{', '.join(both)} {'has' if len(both) == 1 else 'have'} both: one use is left.")
        return " ".join(steps)

    def _write(self, kept: Skill, merged: Skill, found: list[Evidence]) -> str:
        known = set(_list_wordings(kept))
        reason = found[0].reason
        alternatives: list[Document] = [
            {"label": label, "reason": reasons}
            for label, reasons in (
                (merged.label, reason),
                *((a.label, a.reason) for a in merged.alternatives),
            )
            if label not in known
        ]
        entry: dict[str, Document] = {"alternatives": alternatives} if alternatives else {}
        keys = dict.fromkeys(e.concept for e in found if e.concept)
        mappings: list[Document] = [
            {"scheme": scheme, "code": code, "predicate": "exactMatch", "justification": "LexicalMatching"}
            for scheme, code in map(split_key, keys)
            if scheme in self.taxonomy.scheme_by_code and f"{scheme}/{code}" not in _list_exact(kept)
        ]
        if mappings:
            entry["mappings"] = mappings
        return write_yaml({"skills": {kept.code: entry}}) if entry else ""

    def _find_entries(self, wording: str, language: str) -> dict[str, str]:
        """The entries that are called so, with what kind of name it is; of each classification the only one, if any."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for release in self.library.releases:
            for name in self.library.open(release).names.find_exact(fold(wording)):
                spoken = name.language.partition("-")[0] in {"", language}
                if name.concept in _KINDS and spoken:
                    found[split_key(name.key)[0]].setdefault(name.key, _NAMES[name.kind])
        return {key: kind for names in found.values() if len(names) == 1 for key, kind in names.items()}

    def _tell_entry(self, key: str) -> str:
        scheme, code = split_key(key)
        found = self.library.find(key)
        label = None if found is None else found.concept.label
        if label is None and (own := self.taxonomy.occupation_by_key.get((scheme, code))) is not None:
            label = own.title
        return f"{scheme} {code}" if label is None else f"“{label}” ({scheme} {code})"


def _list_wordings(skill: Skill) -> tuple[str, ...]:
    return (skill.label, *(alternative.label for alternative in skill.alternatives))


def _list_exact(skill: Skill) -> list[str]:
    return [f"{m.scheme}/{m.code}" for m in skill.mappings if m.predicate == "exactMatch"]
