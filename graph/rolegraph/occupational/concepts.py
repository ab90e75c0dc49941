"""Sheets of the entries of classifications: occupations, skills, technology, tasks, job zones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Entry, Section, Sheet
from rolegraph.occupational.base import (
    cap,
    format_figure,
    list_distinct,
    list_entries,
    tell_heading,
    tell_source,
)
from rolegraph.occupational.naming import (
    OCCUPATIONS,
    code_of,
    name_concept,
    tell_coverage,
)
from rolegraph.occupational.wages import LABEL as WAGES
from rolegraph.occupational.wages import list_wage_entries, list_wages
from rolegraph.records.folder import load_lent
from rolegraph.releases.base import find_base
from rolegraph.releases.keys import find_soc, split_key
from rolegraph.releases.kinds import CONCEPTS, LINKS
from rolegraph.releases.publishers import find_publisher
from rolegraph.releases.remedies import find_family
from rolegraph.releases.rows import Concept, Link

if TYPE_CHECKING:
    from rolegraph.model.reference import Skill
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.index import Index
    from rolegraph.releases.library import Library

_HELD: Final = 30
"""How many entries that stand under one are shown where not all are."""
_BASED: Final = frozenset({"detailed", "occupation"})
"""Kinds of occupations that have content of their own."""

_FROM: Final = {
    "rating": "Occupations that rate it highest",
    "technology": "Occupations that use it",
    "task": "Occupations",
    "activity": "Tasks",
    "job-zone": "Occupations in it",
    "essential": "Essential for",
    "optional": "Optional for",
}
"""Links that end at an entry, and what stands at their beginnings."""


def describe_concept(taxonomy: Taxonomy, library: Library, key: str, *, full: bool = False) -> Sheet:
    """The sheet of an entry that the taxonomy or a release holds, or that releases speak of.

    Of a title that releases give differently the newest one counts; the others are told. With ``full`` nothing is
    left out.
    """
    return _Entry(taxonomy, library, key, full).describe()


class _Entry:
    """One entry of a classification, with everything that speaks of it."""

    def __init__(self, taxonomy: Taxonomy, library: Library, key: str, full: bool) -> None:
        self.taxonomy, self.library, self.key, self.full = taxonomy, library, key, full
        self.scheme, self.code = split_key(key)
        self.found = tuple(library.find_all(key))
        own = taxonomy.occupation_by_key.get((self.scheme, self.code))
        self.own = own
        if self.found:
            self.concept = self.found[0].concept
        elif own is not None:
            self.concept = Concept(key, own.kind, own.title)
        else:
            self.concept = Concept(
                key, "detailed" if find_family(self.scheme) == "soc" else "occupation", self.code
            )

    def describe(self) -> Sheet:
        # A classification of the house has kinds of its own, which are occupations.
        is_occupation = self.concept.kind in OCCUPATIONS or self.concept.kind not in CONCEPTS
        title = "Occupation" if is_occupation else self.concept.kind.replace("-", " ").capitalize()
        sections = [
            Section(title, tuple(self._list_head())),
            Section("Within", tuple(self._list_wider())),
            Section("Holds", tuple(cap("", list(self._list_narrower()), self.full, _HELD))),
        ]
        names = tuple(self._list_names(is_occupation))
        sections += [Section("Also called", names)] if names else []
        sections += self._list_relations()
        sections.append(Section("Profiles mapped to it", tuple(self._list_mapped())))
        skills = tuple(self._list_skills())
        sections += [Section("Skills mapped to it", skills)] if skills else []
        sections += self._list_base()
        kind = "occupation" if is_occupation else self.concept.kind
        return Sheet(kind, code_of(self.concept), self.concept.label, tuple(sections))

    @property
    def _has_base(self) -> bool:
        """Whether content can stand under the entry."""
        return self.concept.kind in _BASED and find_family(self.scheme) in {"soc", "onet", "esco"}

    def _list_base(self) -> Iterator[Section]:
        base = find_base(self.library, self.key)
        if self._has_base:
            defined = base.found is not None and base.found.concept.key == self.key
            entries = list_entries(base, full=self.full, defined=defined)
            yield Section(tell_heading(self.taxonomy, base), tuple(entries))
        elif find_family(self.scheme) == "soc" and (wages := list_wages(base)):
            # A group of occupations has nothing but wages.
            sources = map(tell_source, list_distinct([wage.release for wage in wages]))
            yield Section(WAGES, (*list_wage_entries(base, wages, full=self.full), *sources))

    def _find_classification(self) -> tuple[str, str]:
        """Title and licence of the classification; its code where it has none."""
        scheme = self.taxonomy.scheme_by_code.get(self.scheme) or load_lent().scheme_by_code.get(self.scheme)
        if scheme is not None:
            return scheme.title, scheme.licence
        title = self.scheme
        for _, release in self.found[:1]:
            title = find_publisher(release.family).schemes.get(self.scheme, title)
        return title, ""

    def _list_head(self) -> Iterator[Entry]:
        yield Entry("Classification", *self._find_classification())
        yield Entry("Kind", self.concept.kind)
        if self.concept.notation:
            yield Entry("Key", self.key, self.library.keys.iri_of(self.key))
        if self.concept.definition:
            yield Entry("Definition", self.concept.definition)
        for release in self.library.releases:
            index = self.library.open(release)
            for link in index.list_links(self.key, "successor"):
                yield Entry("Replaced by", self._name(link.other), release.title)
            for link in index.list_origins(self.key, "successor"):
                yield Entry("Replaces", self._name(link.key), release.title)
        for concept, release in self.found:
            notes = [release.licence, tell_coverage(release)]
            notes += [f"named {concept.label} there"] if concept.label != self.concept.label else []
            yield Entry("Release", release.title, "; ".join(filter(None, notes)))
        newer = self.library.find_newer(self.found[0]) if self.found else None
        if newer is not None:
            yield Entry("Not in", newer.title, "no longer there")
        if not self._has_base:
            yield from (Entry("Attribution", release.attribution) for _, release in self.found)
        family = find_family(self.scheme)
        if not self.found and self.own is None and family is not None:
            yield Entry(
                "Not loaded", f"no release that names {self.code} is here", self.library.tell_remedy(family)
            )

    def _list_wider(self) -> Iterator[Entry]:
        """What is wider, nearest first: by the newest release that says so, else by the taxonomy."""
        for concept, release in self.found:
            index = self.library.open(release)
            above = [link.other for link in index.list_links(self.key, "broad-match")]
            for key in above:
                entry = _Entry(self.taxonomy, self.library, key, self.full)
                yield Entry(entry.concept.kind, entry.concept.label, entry.code)
                yield from entry._list_wider()
            wider = index.list_ancestors(concept.key)
            yield from (Entry(step.kind, step.label, code_of(step)) for step in wider)
            if above or wider:
                return
        step = None if self.own is None else self.own.broader
        while step is not None and (own := self.taxonomy.occupation_by_key.get((self.scheme, step))):
            yield Entry(own.kind, own.title, own.code)
            step = own.broader

    def _list_narrower(self) -> Iterator[Entry]:
        found: dict[str, Entry] = {}
        for own in self.taxonomy.occupations:
            if (own.scheme, own.broader) == (self.scheme, self.code):
                found[f"{own.scheme}/{own.code}"] = Entry(own.kind, own.title, own.code)
        for release in self.library.releases:
            index = self.library.open(release)
            for kind in ("broader", "broad-match"):
                for link in index.list_origins(self.key, kind):
                    concept = index.find(link.key)
                    if concept is not None and link.key not in found:
                        found[link.key] = Entry(concept.kind, concept.label, code_of(concept))
        return (found[key] for key in sorted(found))

    def _list_names(self, is_occupation: bool) -> Iterator[Entry]:
        """Other names and notes; those of an occupation with a base stand in it."""
        if not self.found:
            return
        concept, release = self.found[0]
        labels = self.library.open(release).list_labels(concept.key)
        others = [r for r in labels if r.kind != "preferred" and r.kind != "note"]
        entries = [
            Entry(row.kind.capitalize(), row.text, "" if row.language == release.language else row.language)
            for row in others
            if not (
                is_occupation
                and concept.kind in _BASED
                and row.language == release.language
                and row.kind != "scope"
            )
        ]
        yield from cap("", entries, self.full)
        translated = [Entry("Name", row.text, row.language) for row in labels if row.kind == "preferred"]
        yield from translated
        yield from (Entry("Note", row.text) for row in labels if row.kind == "note")

    def _list_relations(self) -> Iterator[Section]:
        if not self.found:
            return
        index = self.library.open(self.found[0].release)
        if self.concept.kind == "task":
            links = index.list_links(self.key, "activity")
            yield Section("Work activities", tuple(Entry("", *_name(index, link.other)) for link in links))
        for kind, heading in _FROM.items():
            links = tuple(sorted(index.list_origins(self.key, kind), key=_rank))
            if kind == "rating":
                links = tuple(
                    link for link in links if not {"not-relevant", "importance-suppressed"} & {*link.flags}
                )
            entries = [_tell_origin(index, link) for link in links]
            if entries:
                yield Section(heading, tuple(cap("", entries, self.full)))

    def _list_mapped(self) -> Iterator[Entry]:
        """The profiles mapped to the entry, then those mapped to its SOC code or to what stands under it."""
        near = [self.key, *self._list_near()]
        for key in near:
            for profile in self.taxonomy.profiles:
                yield from self._tell_mappings(profile, key)

    def _tell_mappings(self, profile: Profile, key: str) -> Iterator[Entry]:
        for mapping in profile.mappings:
            if mapping.key == key:
                note = profile.code if key == self.key else f"{profile.code}; mapped to {key}"
                yield Entry(mapping.predicate, self.taxonomy.title_of(profile), note)

    def _list_skills(self) -> Iterator[Entry]:
        for skill in self.taxonomy.skills:
            yield from self._tell_skill(skill)

    def _tell_skill(self, skill: Skill) -> Iterator[Entry]:
        for mapping in skill.mappings:
            if (mapping.scheme, mapping.code) == (self.scheme, self.code):
                yield Entry(mapping.predicate, skill.label, skill.code)

    def _list_near(self) -> list[str]:
        """The SOC code of an O*NET code, and the O*NET codes under a SOC code."""
        soc = find_soc(self.key)
        if soc is not None:
            return [soc]
        named = {mapping.key for profile in self.taxonomy.profiles for mapping in profile.mappings}
        return sorted(key for key in named if find_soc(key) == self.key)

    def _name(self, key: str) -> str:
        found = self.library.find(key)
        return split_key(key)[1] if found is None else name_concept(found.concept)


def _name(index: Index, key: str) -> tuple[str, str]:
    """Label and code of an entry of a release."""
    concept = index.find(key)
    return ("", split_key(key)[1]) if concept is None else (concept.label, code_of(concept))


def _rank(link: Link) -> tuple[Decimal, str]:
    """The most important first."""
    value = link.figures[0] if link.kind == "rating" and link.figures else ""
    return (-Decimal(value) if value else Decimal(0), link.key)


def _tell_origin(index: Index, link: Link) -> Entry:
    label, code = _name(index, link.key)
    notes = [code]
    for figure, value in zip(LINKS[link.kind].figures, link.figures, strict=False):
        notes += [f"{figure.name} {format_figure(Decimal(value))}"] if value else []
    notes += [flag.replace("-", " ") for flag in link.flags]
    return Entry("", label, ", ".join(notes))
