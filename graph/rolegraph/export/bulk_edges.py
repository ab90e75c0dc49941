"""The edges of a job architecture as tables: one for each type of edge, with its properties."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Final

from rolegraph.careers.edges import iterate_adjacencies, iterate_moves
from rolegraph.careers.moves import Moves
from rolegraph.export.bulk_nodes import IDS
from rolegraph.export.bulk_tables import Row, Table
from rolegraph.export.source import Source
from rolegraph.model.roles import Profile

_EDGE: Final = (":START_ID", ":END_ID", ":TYPE")


def list_edge_tables(source: Source) -> tuple[Table, ...]:
    """The tables of all types of edge."""
    return _Edges(source).list_tables()


class _Edges:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.taxonomy = source.taxonomy

    def list_tables(self) -> tuple[Table, ...]:
        mapping = ("predicate", "justification", "confidence:double", "author", "tool", "day:date", "comment")
        return (
            Table("relationships-in-group.csv", _EDGE, self._list_in_group),
            Table("relationships-in-function.csv", _EDGE, self._list_in_function),
            Table("relationships-in-focus.csv", _EDGE, self._list_in_focus),
            Table("relationships-at-level.csv", _EDGE, self._list_at_level),
            Table("relationships-on-track.csv", _EDGE, self._list_on_track),
            Table("relationships-next.csv", _EDGE, self._list_next),
            Table(
                "relationships-lists-skill.csv",
                (*_EDGE, "position:long", "label", "description", "levels:string[]"),
                self._list_lists_skill,
            ),
            Table(
                "relationships-uses-skill.csv",
                (*_EDGE, "label", "proficiency", "proficiency_rank:long"),
                self._list_uses_skill,
            ),
            Table("relationships-in-classification.csv", _EDGE, self._list_in_classification),
            Table("relationships-broader.csv", _EDGE, self._list_broader),
            Table("relationships-mapped-to.csv", (*_EDGE, *mapping), self._list_mapped_to),
            Table("relationships-replaced-by.csv", _EDGE, self._list_replaced_by),
            Table(
                "relationships-adjacent-to.csv",
                (*_EDGE, "distance:double", "band", "edition"),
                self._list_adjacent_to,
            ),
            Table(
                "relationships-move.csv",
                (*_EDGE, "kind", "cost:double", "direction", "changes:string[]", "edition"),
                self._list_moves,
            ),
        )

    def _list_in_group(self) -> Iterable[Row]:
        for f in self.taxonomy.functions:
            if f.group is not None:
                yield IDS.node("function", f.code), IDS.node("function-group", f.group), "IN_GROUP"

    def _list_in_function(self) -> Iterable[Row]:
        for focus in self.taxonomy.focuses:
            yield IDS.focus(focus.code), IDS.node("function", focus.function), "IN_FUNCTION"

    def _list_in_focus(self) -> Iterable[Row]:
        for focus in self.taxonomy.focuses:
            for profile in focus.profiles:
                yield IDS.profile(profile.code), IDS.focus(focus.code), "IN_FOCUS"

    def _list_at_level(self) -> Iterable[Row]:
        for profile in self.taxonomy.profiles:
            yield IDS.profile(profile.code), IDS.node("level", profile.level), "AT_LEVEL"

    def _list_on_track(self) -> Iterable[Row]:
        for level in self.taxonomy.levels:
            yield IDS.node("level", level.code), IDS.node("track", level.track), "ON_TRACK"

    def _list_next(self) -> Iterable[Row]:
        """From each level, and each step of proficiency, to the one above; from each role in use to the next rung."""
        taxonomy = self.taxonomy
        for _, levels in groupby(taxonomy.levels, lambda level: level.track):
            for low, high in pairwise(levels):
                yield IDS.node("level", low.code), IDS.node("level", high.code), "NEXT"
        for below, above in pairwise(taxonomy.proficiencies):
            yield IDS.node("proficiency", below.code), IDS.node("proficiency", above.code), "NEXT"
        tracks = {level.code: level.track for level in taxonomy.levels}
        for focus in taxonomy.focuses:
            used = (profile for profile in focus.profiles if not taxonomy.is_retired(profile))
            for _, rungs in groupby(used, lambda profile: tracks[profile.level]):
                for lower, higher in pairwise(rungs):
                    yield IDS.profile(lower.code), IDS.profile(higher.code), "NEXT"

    def _list_lists_skill(self) -> Iterable[Row]:
        for focus in self.taxonomy.focuses:
            for position, use in enumerate(focus.skills, 1):
                yield (
                    IDS.focus(focus.code), IDS.node("skill", use.skill), "LISTS_SKILL", position, use.label,
                    use.description, use.levels,
                )  # fmt: skip

    def _list_uses_skill(self) -> Iterable[Row]:
        taxonomy = self.taxonomy
        steps = taxonomy.proficiency_by_code
        for profile in taxonomy.profiles:
            for use in taxonomy.skill_uses_of(profile):
                asked = use.find_proficiency(profile.level)
                yield (
                    IDS.profile(profile.code), IDS.node("skill", use.skill), "USES_SKILL", use.label, asked,
                    None if asked is None else steps[asked].rank,
                )  # fmt: skip

    def _list_in_classification(self) -> Iterable[Row]:
        mapped = {(mapping.scheme, mapping.code) for _, mapping in self.taxonomy.mappings}
        for scheme, code in sorted(mapped | self.taxonomy.occupation_by_key.keys()):
            yield IDS.occupation(scheme, code), IDS.scheme(scheme), "IN_CLASSIFICATION"

    def _list_broader(self) -> Iterable[Row]:
        for entry in self.taxonomy.occupations:
            if entry.broader is not None:
                start = IDS.occupation(entry.scheme, entry.code)
                yield start, IDS.occupation(entry.scheme, entry.broader), "BROADER"

    def _list_mapped_to(self) -> Iterable[Row]:
        for owner, m in self.taxonomy.mappings:
            family = "profile" if isinstance(owner, Profile) else "skill"
            yield (
                IDS.node(family, owner.code), IDS.occupation(m.scheme, m.code), "MAPPED_TO", m.predicate,
                m.justification, m.confidence, m.author, m.tool, m.day, m.comment,
            )  # fmt: skip

    def _list_replaced_by(self) -> Iterable[Row]:
        taxonomy = self.taxonomy
        for family, records in (
            ("profile", taxonomy.profiles),
            ("focus", taxonomy.focuses),
            ("skill", taxonomy.skills),
        ):
            for record in records:
                if record.retired is not None and record.retired.replaced_by is not None:
                    successor = IDS.node(family, record.retired.replaced_by)
                    yield IDS.node(family, record.code), successor, "REPLACED_BY"

    def _list_adjacent_to(self) -> Iterable[Row]:
        source = self.source
        for edge in iterate_adjacencies(source.find_roster(), source.k, source.edition):
            yield (
                IDS.profile(edge.origin), IDS.profile(edge.destination), "ADJACENT_TO", edge.facts["distance"],
                edge.facts["band"], source.edition,
            )  # fmt: skip

    def _list_moves(self) -> Iterable[Row]:
        moves = Moves(self.source.find_roster())
        for edge in iterate_moves(moves):
            facts = edge.facts
            yield (
                IDS.profile(edge.origin), IDS.profile(edge.destination), "MOVE", facts["kind"], facts["cost"],
                facts["direction"], tuple(facts["changes"]), moves.rules.edition,
            )  # fmt: skip
