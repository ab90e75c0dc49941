"""Distances and moves worked out the long way, from the records: what the indexes must agree with.

Written from the definitions alone and sharing no code with the package: exact fractions in place of integers,
every pair of profiles in place of indexes.
"""

from __future__ import annotations

import heapq
import math
from fractions import Fraction
from typing import NamedTuple

from rolegraph.model.reference import Level
from rolegraph.model.roles import Profile
from rolegraph.model.taxonomy import Taxonomy

FOCUS, FUNCTION, GROUP, ELSEWHERE = range(4)


class Way(NamedTuple):
    """One move: destination, kind, cost in millionths."""

    destination: str
    kind: str
    cost: int


Path = tuple[int, int, tuple[str, ...]]
"""Cost in millionths, number of moves, codes: in the order in which paths are preferred."""


def to_millionths(value: Fraction) -> int:
    return math.floor(value * 1_000_000 + Fraction(1, 2))


class Reference:
    """A taxonomy whose levels all have years, or (for structural@1) any taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.active = sorted(
            (p for p in taxonomy.profiles if not taxonomy.is_retired(p)), key=lambda p: p.code
        )
        self.by_code = taxonomy.profile_by_code
        self.constants = {
            edition.code: {c.name: Fraction(c.value) for c in edition.constants}
            for edition in taxonomy.editions
        }
        self.group = {function.code: function.group for function in taxonomy.functions}
        self.level = {p.code: taxonomy.level_by_code[p.level] for p in self.active}
        self.skills = {p.code: {use.skill for use in taxonomy.skill_uses_of(p)} for p in self.active}
        self.whole_focus = {
            focus.code: bool(focus.skills) and not any(use.levels or use.proficiency for use in focus.skills)
            for focus in taxonomy.focuses
        }
        self.stages = {level.code: self._find_stage(level) for level in taxonomy.levels}

    def _find_stage(self, level: Level) -> Fraction:
        """To a thousandth of a step. Floating point will do: no stage of the ladder lies near a half."""
        assert level.years is not None
        assert level.years.max is not None
        middle = float(level.years.min + level.years.max) / 2
        divisor = float(self.constants["experience@1"]["stage-divisor"])
        return Fraction(round(math.log2(1 + middle) / divisor * 1000), 1000)

    def relate(self, a: Profile, b: Profile) -> int:
        if a.focus == b.focus:
            return FOCUS
        if a.function == b.function:
            return FUNCTION
        group = self.group[a.function]
        return GROUP if group is not None and group == self.group[b.function] else ELSEWHERE

    def count_steps(self, edition: str, a: Profile, b: Profile) -> Fraction:
        """Steps after truncation."""
        constants = self.constants[edition]
        one, other = self.level[a.code], self.level[b.code]
        if edition.startswith("structural"):
            level = Fraction(abs(one.rank - other.rank))
        else:
            level = abs(self.stages[one.code] - self.stages[other.code])
        track = constants["track"] if one.track != other.track else Fraction(0)
        places = (Fraction(0), constants["same-function"], constants["same-group"], constants["elsewhere"])
        return min(level + track + places[self.relate(a, b)], constants["truncation"])

    def rank_nearest(self, edition: str, origin: Profile, k: int) -> list[tuple[str, Fraction]]:
        found = [
            (self.count_steps(edition, origin, other), other.code)
            for other in self.active
            if other.code != origin.code
        ]
        return [(code, steps) for steps, code in sorted(found)[:k]]

    def judge_kind(self, a: Profile, b: Profile) -> str | None:
        relation = self.relate(a, b)
        effort = self.constants["effort@1"]
        one, other = self.level[a.code], self.level[b.code]
        if one.track == other.track:
            ranks = sorted(level.rank for level in self.taxonomy.levels if level.track == one.track)
            rise = ranks.index(other.rank) - ranks.index(one.rank)
            if rise < 0:
                return "step-down"
            if relation == FOCUS:
                return "promotion" if rise == 1 else None
            if relation == FUNCTION:
                return "lateral" if rise <= 1 else None
            return "function-change" if rise == 0 else None
        assert one.years is not None
        assert other.years is not None
        assert one.years.max is not None
        assert other.years.max is not None
        overlap = min(one.years.max, other.years.max) - max(one.years.min, other.years.min)
        if overlap >= effort["overlap-years"]:
            if self.stages[other.code] - self.stages[one.code] > effort["track-rise"]:
                return None
            return ("track-switch", "lateral", "function-change", "function-change")[relation]
        return "step-down" if other.years.max <= one.years.min else None

    def find_way(self, a: Profile, b: Profile) -> Way | None:
        """The move from one profile to another by the rules, whether it is kept or not."""
        kind = self.judge_kind(a, b)
        if kind is None:
            return None
        effort = self.constants["effort@1"]
        shown, asked = self.skills[a.code], self.skills[b.code]
        if self.relate(a, b) == ELSEWHERE and (
            not shown or not asked or Fraction(len(shown & asked), len(asked)) < effort["skill-share"]
        ):
            return None
        if a.focus == b.focus and self.whole_focus[a.focus]:
            share = Fraction(0)
        elif not shown or not asked:
            share = effort["unknown-share"]
        else:
            share = Fraction(len(asked - shown), len(asked))
        one, other = self.level[a.code], self.level[b.code]
        extra = Fraction(0)
        if kind != "promotion":
            start = self.stages[one.code]
            extra = (
                effort["rise"] * max(Fraction(0), self.stages[other.code] - start)
                + effort["seniority"] * start
            )
            if one.track != other.track:
                extra += effort["seniority-track"] * start
        distance = self.count_steps("experience@1", a, b) / self.constants["experience@1"]["truncation"]
        parts = (distance, effort["skills"] * share, effort[kind], extra)
        return Way(b.code, kind, sum(map(to_millionths, parts)))

    def list_ways(self, origin: Profile, *, allow_step_down: bool = False) -> list[Way]:
        """The moves that a profile keeps, by code."""
        effort = self.constants["effort@1"]
        kept: list[Way] = []
        shelves: dict[tuple[str, bool], list[Way]] = {}
        for other in self.active:
            if other.code == origin.code:
                continue
            way = self.find_way(origin, other)
            if way is None or (way.kind == "step-down" and not allow_step_down):
                continue
            if origin.focus == other.focus:
                kept.append(way)
            else:
                shelves.setdefault((way.kind, origin.function == other.function), []).append(way)
        for (_, inside), ways in shelves.items():
            room = int(effort["keep-lateral" if inside else "keep-function-change"])
            kept += sorted(ways, key=lambda way: (way.cost, way.destination))[:room]
        return sorted(kept)

    def find_paths(self, origin: str, *, allow_step_down: bool = False) -> dict[str, Path]:
        """The best path to every profile that can be reached: Dijkstra on whole paths."""
        best: dict[str, Path] = {}
        queue: list[Path] = [(0, 0, (origin,))]
        while queue:
            path = heapq.heappop(queue)
            cost, moves, codes = path
            if codes[-1] in best:
                continue
            best[codes[-1]] = path
            for way in self.list_ways(self.by_code[codes[-1]], allow_step_down=allow_step_down):
                if way.destination not in best:
                    heapq.heappush(queue, (cost + way.cost, moves + 1, (*codes, way.destination)))
        return best
