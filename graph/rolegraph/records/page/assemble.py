"""The facts of the pages of one focus -> its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from rolegraph.errors import Place
from rolegraph.model import codes
from rolegraph.model.roles import (
    CRITERIA,
    Focus,
    Guideline,
    Profile,
    Responsibility,
    Score,
    SkillUse,
    Source,
    Split,
)
from rolegraph.records.page.choose import Chooser, pick
from rolegraph.records.page.draft import Facts, Said, shorten
from rolegraph.records.page.sentences import split_sentences
from rolegraph.records.page.sources import number_ids

_EXCLUSION: Final = "Distinct from"
_SPLITS: Final[tuple[Split, ...]] = ("stated", "given", "even")
"""How sure it is that a responsibility belongs to its level, the surest first."""


class Page(NamedTuple):
    """A page that can be taken."""

    name: str
    facts: Facts


def assemble_focus(code: str, pages: Sequence[Page], skills: Mapping[str, str], chooser: Chooser) -> Focus:
    """The record of one focus from its pages, the first of which is kept where they differ.

    ``skills`` are the codes of skills by label. Raises pydantic's ValidationError where the model refuses it.
    """
    return _Assembly(code, pages, skills, chooser).make()


class _Assembly:
    def __init__(self, code: str, pages: Sequence[Page], skills: Mapping[str, str], chooser: Chooser) -> None:
        self.code = code
        self.pages = pages
        self.skills = skills
        self.chooser = chooser
        self.splits: set[Split] = set()

    def key(self, *path: str) -> tuple[str, ...]:
        return ("focus", self.code, *path)

    def make(self) -> Focus:
        choose, pages = self.chooser.choose, self.pages
        first = pages[0]
        self.chooser.set_place(self.key(), first.name, first.facts.code.line if first.facts.code else 1)
        label = choose(self.key("label"), "the name of the focus", pick(pages, lambda f: f.label))
        definition = choose(self.key("definition"), "the definition", pick(pages, lambda f: f.definition))
        differential = choose(
            self.key("differential"), "the differential", pick(pages, lambda f: f.differential)
        )
        exclusions = find_exclusions(definition or "")
        if exclusions:
            self.chooser.places[self.key("exclusions")] = self.chooser.places[self.key("definition")]
        profiles = tuple(self._make_profile(level) for level in self._find_levels())
        split = max(self.splits, key=_SPLITS.index) if self.splits else None
        if split:
            self._place_split(split)
        return Focus(
            code=self.code, label=label or "", definition=definition, exclusions=exclusions,
            differential=differential or (), split=split, skills=self._make_skills(), profiles=profiles,
        )  # fmt: skip

    def _find_levels(self) -> list[str]:
        levels = {level for page in self.pages for level in page.facts.headed}
        levels |= {_level_of(page) for page in self.pages}
        return sorted(levels, key=codes.split_level)

    def _place_split(self, split: Split) -> None:
        said = next(
            (page, page.facts.split) for page in self.pages if page.facts.split and page.facts.split.value == split
        )  # fmt: skip
        self.chooser.set_place(self.key("split"), said[0].name, said[1].line)

    def _make_skills(self) -> tuple[SkillUse, ...]:
        uses: dict[str, list[tuple[Page, Said[str], Said[str] | None]]] = {}
        for page in self.pages:
            for used in page.facts.skills:
                uses.setdefault(used.label.value, []).append((page, used.label, used.description))
        made = []
        for label, stated in uses.items():
            code = self.skills[label]
            self.chooser.set_place(self.key("skills", code), stated[0][0].name, stated[0][1].line)
            self.chooser.set_place(self.key("skills", code, "label"), stated[0][0].name, stated[0][1].line)
            description = self.chooser.choose(
                self.key("skills", code, "description"), f"the description of {shorten(label)}",
                [(page.name, said) for page, _, said in stated],
            )  # fmt: skip
            self._note_absence(label, code, stated)
            made.append(SkillUse(skill=code, label=label, description=description))
        return tuple(made)

    def _note_absence(self, label: str, code: str, stated: Sequence[tuple[Page, Said[str], Any]]) -> None:
        """Pages of one focus that list skills should list the same ones."""
        listed = {id(page.facts) for page, _, _ in stated}
        others = [page for page in self.pages if page.facts.skills and id(page.facts) not in listed]
        for other in others:
            place = self.chooser.places[self.key("skills", code)]
            self.chooser.note_absence(
                self.key("skills", code),
                f"{shorten(label)} is a skill at {place} and none here; it was kept",
                other.name, other.facts.skills[0].label.line,
            )  # fmt: skip

    def _make_profile(self, level: str) -> Profile:
        own = [page for page in self.pages if _level_of(page) == level]
        key = partial(self.key, "levels", level)
        values: dict[str, Any] = {
            "responsibilities": self._make_duties(level), "guideline": self._make_guideline(level)
        }  # fmt: skip
        for page in self.pages:
            if level in page.facts.headed and not own:
                self.chooser.set_place(key(), page.name, page.facts.headed[level])
        for page in own:
            if page.facts.title:
                self.chooser.set_place(key(), page.name, page.facts.title.line)
        for field, what in _FIELDS.items():
            values[field] = self.chooser.choose(key(field), what, pick(own, lambda f, n=field: getattr(f, n)))  # type: ignore[misc]
        values |= self._make_lists(own, level)
        return Profile(
            code=codes.compose_profile(self.code, level), basis="documented" if own else "implied", **values
        )

    def _make_duties(self, level: str) -> tuple[Responsibility, ...]:
        """What the pages list for a level. Stated levels outweigh given ones, and these a division."""
        listed = [page for page in self.pages if page.facts.split and page.facts.duties.get(level)]
        listed.sort(key=lambda page: _SPLITS.index(page.facts.split.value if page.facts.split else "even"))
        if not listed:
            return ()
        key = self.key("levels", level, "responsibilities")
        kept = listed[0]
        said = kept.facts.duties[level]
        self.chooser.set_place(key, kept.name, said[0].line)
        self.splits.add(kept.facts.split.value if kept.facts.split else "even")
        for other in listed[1:]:
            others = other.facts.duties[level]
            if [one.value for one in others] != [one.value for one in said]:
                self.chooser.note_difference(
                    key, f"what {level} is responsible for", Place(other.name, others[0].line)
                )
        made = []
        for part_id, one in zip(number_ids(one.value for one in said), said, strict=True):
            self.chooser.set_place((*key, part_id), kept.name, one.line)
            made.append(Responsibility(id=part_id, text=one.value))
        return tuple(made)

    def _make_guideline(self, level: str) -> Guideline | None:
        key = partial(self.key, "levels", level, "guideline")
        rows = [
            (page.name, page.facts.guideline[level]) for page in self.pages if level in page.facts.guideline
        ]
        for name, row in rows:
            for said in row.values():
                self.chooser.set_place(key(), name, said.line)
        cells = {
            criterion: self.chooser.choose(
                key(criterion), f"the guideline of {level} on {criterion}",
                [(name, row.get(criterion)) for name, row in rows],
            )
            for criterion in CRITERIA
        }  # fmt: skip
        return Guideline(**cells) if any(cells.values()) else None

    def _make_lists(self, own: Sequence[Page], level: str) -> dict[str, Any]:
        """Review, sources, aliases and mappings: all that the pages of the profile list, each once."""
        key = partial(self.key, "levels", level)
        dimensions = dict.fromkeys(said.value[0] for page in own for said in page.facts.scores)
        review = [
            (name, self.chooser.choose(key("review", name), f"the score for {name}", [
                (page.name, Said(said.value[1], said.line))
                for page in own for said in page.facts.scores if said.value[0] == name
            ]))
            for name in dimensions
        ]  # fmt: skip
        sources: dict[str, Source] = {}
        aliases: dict[str, None] = {}
        mappings: dict[str, Any] = {}
        for page in own:
            ids = number_ids(said.value for said in page.facts.sources)
            for part_id, said in zip(ids, page.facts.sources, strict=True):
                self.chooser.set_place(key("sources", part_id), page.name, said.line)
                occupation = codes.find_occupation(said.value)
                sources.setdefault(part_id, Source(id=part_id, text=said.value, occupation=occupation))
            for said in page.facts.aliases:
                self.chooser.set_place(key("aliases", said.value), page.name, said.line)
                aliases.setdefault(said.value)
            for mapped in page.facts.mappings:
                mapping, name = mapped.value, f"{mapped.value.scheme}/{mapped.value.code}"
                if mappings.setdefault(name, mapping) != mapping:
                    self.chooser.note_difference(
                        key("mappings", name), f"the source of {mapping.code}",
                        Place(page.name, mapped.line),
                    )  # fmt: skip
                self.chooser.set_place(key("mappings", name), page.name, mapped.line)
        return {
            "review": tuple(Score(dimension=name, value=value) for name, value in review if value is not None),
            "sources": tuple(sources.values()), "aliases": tuple(sorted(aliases)),
            "mappings": tuple(mappings.values()),
        }  # fmt: skip


_FIELDS: Final = {
    "title": "the title", "status": "the status", "version": "the version", "region": "the region",
    "confidence": "the confidence", "pay": "the pay", "source_count": "the number of sources",
}  # fmt: skip
"""What a profile takes from its own pages, and what it is called in notes."""


def _level_of(page: Page) -> str:
    return page.facts.code.value.rpartition(".")[2] if page.facts.code else ""


def find_exclusions(definition: str) -> tuple[str, ...]:
    """The sentences of a definition that say what the focus is distinct from, in their order by code point.

    >>> find_exclusions("Bakes bread. Distinct from Pastry, e.g. Tarts. Works at night.")
    ('Distinct from Pastry, e.g. Tarts.',)
    """
    paragraphs = (part for part in definition.split("\n") if _EXCLUSION in part)
    found = {
        sentence for part in paragraphs for sentence in split_sentences(part) if sentence.startswith(_EXCLUSION)
    }  # fmt: skip
    return tuple(sorted(found))
