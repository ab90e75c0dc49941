"""The nodes of a job architecture as tables: one for each kind of record, with what is stated of it as properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rolegraph.export.bulk_tables import Row, Table
from rolegraph.model.record import Retirement
from rolegraph.model.reference import Level
from rolegraph.model.roles import CRITERIA, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.concepts import is_occupation
from rolegraph.rdf.iris import Iris

IDS: Final = Iris("")
"""The ids of nodes: their IRIs without the base of the dataset, such as ``profile/MANUFA.BIOPROCE4427.M3``."""

_NODE: Final = ("id:ID", ":LABEL", "iri", "code", "label")
_FIGURES: Final = (
    "low", "median", "high", "percentile10", "percentile25", "percentile75", "percentile90",
)  # fmt: skip


def list_node_tables(taxonomy: Taxonomy) -> tuple[Table, ...]:
    """The tables of all kinds of node."""
    return _Nodes(taxonomy).list_tables()


class _Nodes:
    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.iris = Iris(taxonomy.dataset.base, taxonomy.namespaces)

    def list_tables(self) -> tuple[Table, ...]:
        texts = tuple(Level.DESCRIPTOR)
        return (
            Table(
                "nodes-dataset.csv",
                ("id:ID", ":LABEL", "iri", "title", "version", "publisher", "description", "language", "licence", "access_rights", "modified:date"),
                self._list_dataset,
            ),
            Table("nodes-function-groups.csv", (*_NODE, "definition"), self._list_groups),
            Table("nodes-functions.csv", (*_NODE, "definition"), self._list_functions),
            Table("nodes-focuses.csv", (*_NODE, "definition", "exclusions:string[]", "retired"), self._list_focuses),
            Table("nodes-tracks.csv", (*_NODE, "definition"), self._list_tracks),
            Table(
                "nodes-levels.csv",
                (*_NODE, "name", "rank:long", "years_min:double", "years_max:double", "stage:double", "summary", *texts),
                self._list_levels,
            ),
            Table("nodes-proficiencies.csv", (*_NODE, "rank:long", "definition"), self._list_proficiencies),
            Table("nodes-skills.csv", (*_NODE, "definition", "aliases:string[]", "retired"), self._list_skills),
            Table(
                "nodes-classifications.csv",
                (*_NODE, "publisher", "version", "licence", "source"),
                self._list_classifications,
            ),
            Table("nodes-occupations.csv", (*_NODE, "scheme", "kind"), self._list_occupations),
            Table(
                "nodes-profiles.csv",
                (
                    *_NODE, "definition", "basis", "job_code", "grade", "status", "version", "region",
                    "confidence:double", "confidence_label", "aliases:string[]", "responsibilities:string[]",
                    *(f"guideline_{criterion}" for criterion in CRITERIA),
                    "pay_currency", "pay_duration", *(f"pay_{name}:double" for name in _FIGURES),
                    "pay_inherited:boolean", "pay_effective:date", "pay_source", "pay_region",
                    "sources:string[]", "source_count:long", "retired",
                ),
                self._list_profiles,
            ),
        )  # fmt: skip

    def _begin(self, family: str, label: str, code: str, shown: str) -> Row:
        return IDS.node(family, code), label, self.iris.node(family, code), code, shown

    def _list_dataset(self) -> Iterable[Row]:
        d = self.taxonomy.dataset
        yield (
            IDS.name("dataset"), "Dataset", self.iris.name("dataset"), d.title, d.version, d.publisher,
            d.description, d.language, d.licence, d.access_rights, d.modified,
        )  # fmt: skip

    def _list_groups(self) -> Iterable[Row]:
        for group in self.taxonomy.groups:
            begun = self._begin("function-group", "FunctionGroup", group.code, group.label)
            yield (*begun, group.definition)

    def _list_functions(self) -> Iterable[Row]:
        for f in self.taxonomy.functions:
            yield (*self._begin("function", "Function", f.code, f.label or f.code), f.definition)

    def _list_focuses(self) -> Iterable[Row]:
        for focus in self.taxonomy.focuses:
            begun = self._begin("focus", "Focus", focus.code, focus.label)
            yield (*begun, focus.definition, focus.exclusions, _tell_end(focus.retired))

    def _list_tracks(self) -> Iterable[Row]:
        for track in self.taxonomy.tracks:
            yield (*self._begin("track", "Track", track.code, track.label), track.definition)

    def _list_levels(self) -> Iterable[Row]:
        for level in self.taxonomy.levels:
            years = (None, None) if level.years is None else (level.years.min, level.years.max)
            yield (
                *self._begin("level", "Level", level.code, level.label), level.name, level.rank, *years,
                level.stage, level.summary, *(getattr(level, field) for field in Level.DESCRIPTOR),
            )  # fmt: skip

    def _list_proficiencies(self) -> Iterable[Row]:
        for step in self.taxonomy.proficiencies:
            begun = self._begin("proficiency", "Proficiency", step.code, step.label)
            yield (*begun, step.rank, step.definition)

    def _list_skills(self) -> Iterable[Row]:
        for skill in self.taxonomy.skills:
            yield (
                *self._begin("skill", "Skill", skill.code, skill.label), skill.definition,
                tuple(other.label for other in skill.alternatives), _tell_end(skill.retired),
            )  # fmt: skip

    def _list_classifications(self) -> Iterable[Row]:
        for s in self.taxonomy.schemes:
            yield (
                IDS.scheme(s.code), "Classification", self.iris.scheme(s.code), s.code, s.title, s.publisher,
                s.version, s.licence, s.source,
            )  # fmt: skip

    def _list_occupations(self) -> Iterable[Row]:
        """What is recorded of classifications, and what is mapped to without being recorded."""
        for entry in self.taxonomy.occupations:
            label = "Occupation" if is_occupation(entry.kind) else "Concept"
            yield (*self._begin_entry(entry.scheme, entry.code, label, entry.title), entry.scheme, entry.kind)
        for (scheme, code), label in sorted(self._find_unrecorded()):
            yield (*self._begin_entry(scheme, code, label, code), scheme, None)

    def _begin_entry(self, scheme: str, code: str, label: str, shown: str) -> Row:
        return IDS.occupation(scheme, code), label, self.iris.occupation(scheme, code), code, shown

    def _find_unrecorded(self) -> Iterator[tuple[tuple[str, str], str]]:
        taxonomy = self.taxonomy
        # What a profile is mapped to is an occupation; a skill may be mapped to a skill, a tool or a task.
        labels: dict[tuple[str, str], str] = {}
        for owner, mapping in taxonomy.mappings:
            label = "Occupation" if isinstance(owner, Profile) else "Concept"
            labels.setdefault((mapping.scheme, mapping.code), label)
        return ((key, label) for key, label in labels.items() if key not in taxonomy.occupation_by_key)

    def _list_profiles(self) -> Iterable[Row]:
        for profile in self.taxonomy.profiles:
            pay, sure, guideline = profile.pay, profile.confidence, profile.guideline
            yield (
                *self._begin("profile", "Profile", profile.code, self.taxonomy.title_of(profile)),
                profile.definition, profile.basis, profile.job_code, profile.grade, profile.status,
                profile.version, profile.region, *((None, None) if sure is None else (sure.value, sure.label)),
                profile.aliases, tuple(r.text for r in profile.responsibilities),
                *(getattr(guideline, criterion, None) for criterion in CRITERIA),
                *((None,) * (len(_FIGURES) + 6) if pay is None else (
                    pay.currency, pay.duration, *(getattr(pay, name) for name in _FIGURES), pay.inherited,
                    pay.effective, pay.source, pay.region,
                )),
                tuple(source.text for source in profile.sources), profile.source_count,
                _tell_end(profile.retired),
            )  # fmt: skip


def _tell_end(retired: Retirement | None) -> str | None:
    return None if retired is None else retired.note
