"""The moves that leave a profile: typed, costed in millionths, generated when they are asked for.

A move exists inside a function (which stands inside its function group), inside a function group, or where the
origin shows at least a share of the destination's recorded skills. Each profile keeps every promotion and
track-switch and its cheapest laterals and function-changes, so many of each as the cost edition says, ties by
code. Step-downs, which are off unless allowed, never take their places: those inside the focus are all kept,
those to other focuses and to other functions are kept in the same numbers, counted apart.
"""

from __future__ import annotations

from heapq import heappush, heappushpop
from itertools import islice
from typing import TYPE_CHECKING

from rolegraph.answers import Move
from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP, list_functions, relate
from rolegraph.careers.evidence import list_evidence
from rolegraph.careers.forms import MICRO
from rolegraph.careers.overlaps import list_members
from rolegraph.careers.rules import (
    COST_EDITION,
    FUNCTION_CHANGE,
    JUMP,
    LATERAL,
    STEP_DOWN,
    Rules,
    count_rungs,
    name_kind,
)
from rolegraph.careers.skills import SkillIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rolegraph.careers.roster import Roster
    from rolegraph.careers.skills import Buckets
    from rolegraph.careers.yardstick import Yardstick

    Cell = Callable[[int, int], Iterable[int]]

Step = tuple[int, int, int, int]
"""A move: its destination, its cost (millionths), its kind, and the part of the cost that is skills."""

Landings = dict[int, list[tuple[int, int]]]
"""By relation, the levels that moves of one kind lead to, with their cost before skills."""


class Moves:
    """The moves of a roster under one cost edition."""

    def __init__(self, roster: Roster, edition: str = COST_EDITION) -> None:
        self.roster = roster
        self.rules = Rules(roster, edition)
        self.skills = SkillIndex(roster, self.rules.constants)
        self._kept = {
            FUNCTION: self.rules.constants["keep-lateral"],
            GROUP: self.rules.constants["keep-function-change"],
        }
        self._landings: dict[tuple[int, int, int], Landings] = {}
        self._rungs: dict[int, dict[int, int]] = {}

    def list_steps(self, origin: int, *, allow_step_down: bool = False, max_jump: int = 1) -> list[Step]:
        """The moves that leave a profile, by the code of their destination.

        ``max_jump`` is how many rungs a promotion may climb at once.
        """
        steps = [step for step in self._climb(origin, max_jump) if allow_step_down or step[2] != STEP_DOWN]
        for reach, kind in ((FUNCTION, LATERAL), (GROUP, FUNCTION_CHANGE)):
            steps += self._select(origin, reach, kind)
            if allow_step_down:
                steps += self._select(origin, reach, STEP_DOWN)
        return sorted(steps)

    def judge_step(self, origin: int, destination: int) -> Step | None:
        """The move between two profiles by the rules alone, kept or not, no jump; None where there is none."""
        roster = self.roster
        relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
        level = roster.profile_level[destination]
        for other, kind, cost in self.rules.list_moves(roster.profile_level[origin])[relation]:
            if other == level and origin != destination and kind < JUMP:
                if relation == ELSEWHERE and not self._shows_enough(origin, destination):
                    return None
                skills = self.skills.cost_between(origin, destination)
                return destination, cost + skills, kind, skills
        return None

    def describe(self, origin: int, step: Step, yardstick: Yardstick) -> Move:
        """A move as it is answered, with its distance and match band by ``yardstick``, where it has one."""
        destination, cost, kind, _ = step
        roster, rules = self.roster, self.rules
        level, other = roster.profile_level[origin], roster.profile_level[destination]
        relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
        compared = yardstick.compare(origin, destination)
        skills = self.skills.split_skills(origin, destination)
        return Move(
            roster.code_of(origin),
            roster.code_of(destination),
            roster.title_at(origin),
            roster.title_at(destination),
            name_kind(kind),
            rules.find_direction(level, other),
            rules.describe_changes(level, other, relation),
            cost / MICRO,
            compared.distance,
            compared.band,
            skills.gain,
            skills.keep,
            self.skills.is_unknown(origin, destination),
            skills.deepen,
            (*list_evidence(roster, origin, destination), *compared.notes),
        )

    def _climb(self, origin: int, max_jump: int) -> Iterator[Step]:
        """The moves inside the focus, up and down."""
        roster = self.roster
        rungs = self._list_rungs(roster.profile_focus[origin])
        for level, kind, cost in self.rules.list_moves(roster.profile_level[origin])[FOCUS]:
            if level in rungs and count_rungs(kind) <= max_jump:
                skills = self.skills.cost_between(origin, rungs[level])
                yield rungs[level], cost + skills, kind, skills

    def _select(self, origin: int, reach: int, kind: int) -> list[Step]:
        """The cheapest moves of one kind to other focuses of the function, or to other functions."""
        roster, skills = self.roster, self.skills
        landings = self._list_landings(roster.profile_level[origin], reach, kind)
        if not landings:
            return []
        chosen = _Shortlist(self._kept[reach], kind)
        shown = roster.profile_set[origin]
        if shown < 0:
            self._offer_cells(chosen, origin, landings, skills.unknown, roster.cell)
            return chosen.steps()
        shelves = skills.list_shelves(shown)
        near, far = landings.get(reach, []), landings.get(ELSEWHERE, [])
        self._offer_sharing(chosen, shelves.within if reach == FUNCTION else shelves.beside, near)
        self._offer_cells(chosen, origin, landings, skills.unknown, roster.blank_cell)

        def find_strangers(function: int, level: int) -> Iterator[int]:
            sets = roster.profile_set
            return (
                at for at in roster.cell(function, level) if sets[at] >= 0 and not shelves.shares(sets[at])
            )

        self._offer_cells(chosen, origin, landings, skills.full, find_strangers)
        # Last, and only where one could still be cheap enough: these may be anywhere.
        if far and not chosen.refuses(min(cost for _, cost in far)):
            self._offer_sharing(chosen, shelves.far, far)
        return chosen.steps()

    def _offer_sharing(self, chosen: _Shortlist, sharing: Buckets, levels: list[tuple[int, int]]) -> None:
        """Offer the profiles of sets that share a skill with the origin's, the cheapest sets first."""
        sets = self.roster.profile_set
        least = min((cost for _, cost in levels), default=0)
        for skills, mask in sharing:
            if chosen.refuses(least + skills):
                return
            for number in list_members(mask):
                rungs = self._list_rungs(self.roster.set_focus[number])
                for level, cost in levels:
                    at = rungs.get(level)
                    if at is not None and sets[at] == number:
                        chosen.offer(cost + skills, at, skills)

    def _list_rungs(self, focus: int) -> dict[int, int]:
        rungs = self._rungs.get(focus)
        if rungs is None:
            rungs = self._rungs[focus] = self.roster.rungs_of(focus)
        return rungs

    def _offer_cells(
        self, chosen: _Shortlist, origin: int, landings: Landings, skills: int, cell: Cell
    ) -> None:
        """Offer, for each landing, the first profiles by code of a kind of cell, at one cost of skills."""
        roster = self.roster
        focus = roster.profile_focus[origin]
        function, own = roster.focus_function[focus], roster.profiles_of(focus)
        for relation, levels in landings.items():
            if relation == ELSEWHERE:
                # Strangers show no skill of each other, and what is not recorded shows nothing.
                continue
            for level, cost in levels:
                if chosen.refuses(cost + skills):
                    continue
                members = (
                    at
                    for other in list_functions(roster, function, relation)
                    for at in cell(other, level)
                    if at not in own
                )
                for at in islice(members, chosen.room):
                    chosen.offer(cost + skills, at, skills)

    def _list_landings(self, level: int, reach: int, kind: int) -> Landings:
        key = level, reach, kind
        landings = self._landings.get(key)
        if landings is None:
            rows = self.rules.list_moves(level)
            landings = {}
            for relation in (FUNCTION,) if reach == FUNCTION else (GROUP, ELSEWHERE):
                levels = [(other, cost) for other, found, cost in rows[relation] if found == kind]
                if levels:
                    landings[relation] = levels
            self._landings[key] = landings
        return landings

    def _shows_enough(self, origin: int, destination: int) -> bool:
        roster = self.roster
        shown, asked = roster.profile_set[origin], roster.profile_set[destination]
        if shown < 0 or asked < 0:
            return False
        wanted = roster.set_skills[asked]
        return self.skills.permits(len(set(wanted) & set(roster.set_skills[shown])), len(wanted))


class _Shortlist:
    """The cheapest moves offered so far, ties by code, as many as there is room for."""

    __slots__ = ("_heap", "_kind", "room")

    def __init__(self, room: int, kind: int) -> None:
        self.room = room
        self._kind = kind
        self._heap: list[tuple[int, int, int]] = []

    def refuses(self, cost: int) -> bool:
        """Whether no move of this cost can enter any more."""
        return len(self._heap) == self.room and cost > -self._heap[0][0]

    def offer(self, cost: int, destination: int, skills: int) -> None:
        """Take the move in if it is among the cheapest."""
        (heappush if len(self._heap) < self.room else heappushpop)(self._heap, (-cost, -destination, skills))

    def steps(self) -> list[Step]:
        """What was chosen."""
        return [(-destination, -cost, self._kind, skills) for cost, destination, skills in self._heap]
