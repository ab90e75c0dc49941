"""A job architecture as sheets that people filter: one kind of record each, a row for each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rolegraph.careers.edges import iterate_adjacencies
from rolegraph.export.source import Source
from rolegraph.model.record import Retirement
from rolegraph.model.reference import Level
from rolegraph.model.roles import CRITERIA, Focus, Profile
from rolegraph.spreadsheet.sheet import Cell

Row = tuple[Cell, ...]

_PLACE: Final = ("Function code", "Function", "Focus code", "Focus")
_ROLE: Final = ("Profile", "Title", *_PLACE, "Level")
_END: Final = ("Retired", "Replaced by")
_PAY: Final = (
    ("Low", "low"), ("P10", "percentile10"), ("P25", "percentile25"), ("Median", "median"),
    ("P75", "percentile75"), ("P90", "percentile90"), ("High", "high"),
)  # fmt: skip
_GUIDELINE: Final = ("Knowledge", "Complexity", "Collaboration", "Experience")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its header, and what makes its rows."""

    name: str
    header: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]


def list_sheets(source: Source) -> tuple[Sheet, ...]:
    """The sheets, in their order."""
    return _Sheets(source).list_sheets()


def to_number(value: Decimal | None) -> int | float | None:
    """A number as a cell holds it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class _Sheets:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.taxonomy = source.taxonomy
        self.functions = {f.code: f.label or f.code for f in self.taxonomy.functions}

    def list_sheets(self) -> tuple[Sheet, ...]:
        return (
            Sheet(
                "Profiles",
                (
                    *_ROLE, "Function group", "Job code", "Grade", "Basis", "Status", "Version", "Region",
                    "Definition", "Also known as", "Confidence", "Confidence in words", "Years from", "Years to",
                    *_END,
                ),
                self._list_profiles,
            ),
            Sheet("Focuses", (*_PLACE, "Definition", "Distinct from", "Levels", *_END), self._list_focuses),
            Sheet("Functions", ("Function code", "Function", "Function group", "Definition"), self._list_functions),
            Sheet(
                "Levels",
                ("Level", "Name", "Track", "Track name", "Rank", "Years from", "Years to", "Stage", "Summary",
                 "Scope", "Autonomy", "Complexity", "Impact", "Decision rights", "Leadership"),
                self._list_levels,
            ),
            Sheet("Skills", ("Concept code", "Skill", "Definition", "Also called", "Focuses", *_END), self._list_skills),
            Sheet(
                "Skill uses",
                (*_PLACE, "Concept code", "Skill", "Wording", "Description", "Levels"),
                self._list_uses,
            ),
            Sheet(
                "Proficiencies", (*_ROLE, "Concept code", "Skill", "Proficiency", "Step"), self._list_proficiencies
            ),
            Sheet(
                "Responsibilities", (*_ROLE, "Position", "Responsibility", "Identifier"), self._list_responsibilities
            ),
            Sheet("Guidelines", (*_ROLE, *_GUIDELINE), self._list_guidelines),
            Sheet(
                "Pay",
                (*_ROLE, "Currency", "Period", *(title for title, _ in _PAY), "Pay of", "Effective", "Pay source",
                 "Pay region"),
                self._list_pay,
            ),
            Sheet(
                "Mappings",
                ("Kind", "Subject", "Subject label", "Classification", "Entry", "Entry label", "Predicate", "Confidence",
                 "Justification", "Author", "Tool", "Day", "Comment"),
                self._list_mappings,
            ),
            Sheet("Sources", (*_ROLE, "Position", "Source", "O*NET-SOC", "Identifier"), self._list_sources),
            Sheet(
                "Neighbours",
                ("Origin", "Origin role", "Position", "Nearest", "Nearest role", "Distance", "Match band",
                 "Edition"),
                self._list_neighbours,
            ),
        )  # fmt: skip

    def _place(self, focus: Focus) -> Row:
        return focus.function, self.functions[focus.function], focus.code.partition(".")[2], focus.label

    def _name(self, focus: Focus, profile: Profile) -> Row:
        return profile.code, self.taxonomy.title_of(profile), *self._place(focus), profile.level

    def _iterate_roles(self) -> Iterable[tuple[Profile, Row]]:
        for focus in self.taxonomy.focuses:
            for profile in focus.profiles:
                yield profile, self._name(focus, profile)

    def _list_profiles(self) -> Iterable[Row]:
        taxonomy = self.taxonomy
        groups = {group.code: group.label for group in taxonomy.groups}
        grouped = {f.code: f.group and groups[f.group] for f in taxonomy.functions}
        for p, role in self._iterate_roles():
            sure, years = p.confidence, taxonomy.level_by_code[p.level].years
            yield (
                *role, grouped[p.function], p.job_code, p.grade, p.basis, p.status, p.version, p.region,
                p.definition, "\n".join(p.aliases), *((None, None) if sure is None else (to_number(sure.value), sure.label)),
                *((None, None) if years is None else (to_number(years.min), to_number(years.max))),
                *_tell_end(p.retired),
            )  # fmt: skip

    def _list_focuses(self) -> Iterable[Row]:
        for focus in self.taxonomy.focuses:
            yield (
                *self._place(focus), focus.definition, "\n".join(focus.exclusions),
                ", ".join(profile.level for profile in focus.profiles), *_tell_end(focus.retired),
            )  # fmt: skip

    def _list_functions(self) -> Iterable[Row]:
        groups = {group.code: group.label for group in self.taxonomy.groups}
        for f in self.taxonomy.functions:
            yield f.code, self.functions[f.code], f.group and groups[f.group], f.definition

    def _list_levels(self) -> Iterable[Row]:
        tracks = {track.code: track.label for track in self.taxonomy.tracks}
        for level in self.taxonomy.levels:
            years = (None, None) if level.years is None else (level.years.min, level.years.max)
            yield (
                level.code, level.name, level.track, tracks[level.track], level.rank, *map(to_number, years),
                to_number(level.stage), level.summary, *(getattr(level, field) for field in Level.DESCRIPTOR),
            )  # fmt: skip

    def _list_skills(self) -> Iterable[Row]:
        used: dict[str, int] = {}
        for focus in self.taxonomy.focuses:
            for use in focus.skills:
                used[use.skill] = used.get(use.skill, 0) + 1
        for skill in self.taxonomy.skills:
            others = "\n".join(other.label for other in skill.alternatives)
            yield (
                skill.code, skill.label, skill.definition, others, used.get(skill.code, 0),
                *_tell_end(skill.retired),
            )  # fmt: skip

    def _list_uses(self) -> Iterable[Row]:
        labels = {skill.code: skill.label for skill in self.taxonomy.skills}
        for focus in self.taxonomy.focuses:
            for use in focus.skills:
                yield (
                    *self._place(focus), use.skill, labels[use.skill], use.label, use.description,
                    ", ".join(use.levels),
                )  # fmt: skip

    def _list_proficiencies(self) -> Iterable[Row]:
        """How well a role asks for a skill, where that is recorded."""
        taxonomy = self.taxonomy
        steps = taxonomy.proficiency_by_code
        for profile, role in self._iterate_roles():
            for use in taxonomy.skill_uses_of(profile):
                asked = use.find_proficiency(profile.level)
                if asked is not None:
                    skill = taxonomy.skill_by_code[use.skill]
                    yield *role, use.skill, use.label or skill.label, steps[asked].label, steps[asked].rank

    def _list_responsibilities(self) -> Iterable[Row]:
        for profile, role in self._iterate_roles():
            for position, responsibility in enumerate(profile.responsibilities, 1):
                yield *role, position, responsibility.text, responsibility.id

    def _list_guidelines(self) -> Iterable[Row]:
        for profile, role in self._iterate_roles():
            if profile.guideline is not None:
                yield *role, *(getattr(profile.guideline, criterion) for criterion in CRITERIA)

    def _list_pay(self) -> Iterable[Row]:
        for profile, role in self._iterate_roles():
            pay = profile.pay
            if pay is not None:
                yield (
                    *role, pay.currency, pay.duration, *(to_number(getattr(pay, name)) for _, name in _PAY),
                    "function and level" if pay.inherited else "role", pay.effective, pay.source, pay.region,
                )  # fmt: skip

    def _list_mappings(self) -> Iterable[Row]:
        taxonomy = self.taxonomy
        for owner, m in taxonomy.mappings:
            is_role = isinstance(owner, Profile)
            entry = taxonomy.occupation_by_key.get((m.scheme, m.code))
            yield (
                "profile" if is_role else "skill", owner.code,
                taxonomy.title_of(owner) if isinstance(owner, Profile) else owner.label, m.scheme, m.code,
                None if entry is None else entry.title, m.predicate, to_number(m.confidence), m.justification, m.author, m.tool,
                m.day, m.comment,
            )  # fmt: skip

    def _list_sources(self) -> Iterable[Row]:
        for profile, role in self._iterate_roles():
            for position, source in enumerate(profile.sources, 1):
                yield *role, position, source.text, source.occupation, source.id

    def _list_neighbours(self) -> Iterable[Row]:
        source, taxonomy = self.source, self.taxonomy
        titles = {profile.code: taxonomy.title_of(profile) for profile in taxonomy.profiles}
        origin, position = "", 0
        # Nearest first: the edges come by code.
        rows = sorted(
            iterate_adjacencies(source.find_roster(), source.k, source.edition),
            key=lambda edge: (edge.origin, edge.facts["distance"], edge.destination),
        )
        for edge in rows:
            position = position + 1 if edge.origin == origin else 1
            origin = edge.origin
            yield (
                origin, titles[origin], position, edge.destination, titles[edge.destination],
                edge.facts["distance"], edge.facts["band"], source.edition,
            )  # fmt: skip


def _tell_end(retired: Retirement | None) -> tuple[str | None, str | None]:
    return (None, None) if retired is None else (retired.note, retired.replaced_by)
