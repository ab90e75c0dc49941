"""The cheapest path over moves, found with a lower bound of what is left (A*), exactly and deterministically.

What is left to pay from a profile can not be less than what it would cost if every profile existed and only the
move into the destination's focus paid for skills, at the best price that any profile has. That depends on the
profile's level and on what it shares with the destination's focus alone, so it is worked out once, backwards, on
a graph of a few dozen such situations. The bound never falls by more than a move costs, and every move costs
something, so a profile is settled with its cheapest path, and all paths of that cost have been seen by then:
among them the one with fewer moves wins, then the one whose codes come first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP, relate
from rolegraph.careers.moves import REACHES
from rolegraph.careers.rules import RELATIONS, STEP_DOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rolegraph.careers.moves import Moves, Step
    from rolegraph.careers.roster import Roster

PRIMARY = 10**12
"""Weight of an objective over effort: more than the effort of any path, so that effort only breaks its ties."""

WEIGH: Mapping[str, Callable[[int, int], int]] = {
    "effort": lambda cost, skills: cost,
    "moves": lambda cost, skills: PRIMARY + cost,
    "skills": lambda cost, skills: PRIMARY * skills + cost,
}
"""What a move weighs under each objective, from its cost and the part of it that is skills (millionths)."""

Situation = tuple[int, int]
"""A level, and what a profile there shares with the focus of the destination."""


class Outlook:
    """The least that is left to pay from a profile to one of ``goals``, profiles of one focus."""

    def __init__(self, moves: Moves, goals: Iterable[int], by: str, *, allow_step_down: bool) -> None:
        self._roster: Roster = moves.roster
        self._moves = moves
        self._weigh = WEIGH[by]
        self._allow_step_down = allow_step_down
        goals = list(goals)
        self._focus: int = self._roster.profile_focus[goals[0]]
        self._levels = self._list_levels()
        self._entry = self._find_entry()
        self._relations: dict[int, int] = {}
        self._reach: dict[tuple[int, int, int], int | None] = {}
        self._left = self._settle({(self._roster.profile_level[at], FOCUS) for at in goals})

    def estimate(self, profile: int) -> int | None:
        """A lower bound of what is left; None where the levels alone rule out that there is a way."""
        return self._left.get(self._place(profile))

    def estimate_reach(self, profile: int, reach: int) -> int | None:
        """The same if the next move is one of a reach: inside the focus, the function, or to other functions."""
        level, shared = self._place(profile)
        key = level, shared, reach
        if key not in self._reach:
            known = [
                weight + self._left[end]
                for relation in ((GROUP, ELSEWHERE) if reach == GROUP else (reach,))
                for weight, end in self._leave(level, shared, relation)
                if end in self._left
            ]
            self._reach[key] = min(known, default=None)
        return self._reach[key]

    def _place(self, profile: int) -> Situation:
        focus = self._roster.profile_focus[profile]
        relation = self._relations.get(focus)
        if relation is None:
            relation = self._relations[focus] = relate(self._roster, focus, self._focus)
        return self._roster.profile_level[profile], relation

    def _settle(self, goals: set[Situation]) -> dict[Situation, int]:
        arrivals: dict[Situation, list[tuple[int, Situation]]] = {}
        for shared in RELATIONS:
            for level in self._levels[shared]:
                for relation in RELATIONS:
                    for weight, end in self._leave(level, shared, relation):
                        arrivals.setdefault(end, []).append((weight, (level, shared)))
        left: dict[Situation, int] = {}
        queue = [(0, goal) for goal in sorted(goals)]
        while queue:
            rest, situation = heappop(queue)
            if situation in left:
                continue
            left[situation] = rest
            for weight, origin in arrivals.get(situation, ()):
                if origin not in left:
                    heappush(queue, (rest + weight, origin))
        return left

    def _leave(self, level: int, shared: int, relation: int) -> Iterator[tuple[int, Situation]]:
        """The least that moves from a situation weigh, and where they lead, for one relation of their ends.

        Sharing is an ultrametric: two profiles that share unlike parts with the destination share the wider of
        them with each other; two that share the same part may share that or anything narrower.
        """
        if relation > shared:
            ends: Iterable[int] = (relation,)
        else:
            ends = (shared,) if relation < shared else range(shared + 1)
        for other, kind, cost in self._moves.rules.list_moves(level)[relation]:
            if kind == STEP_DOWN and not self._allow_step_down:
                continue
            for end in ends:
                if other not in self._levels[end]:
                    continue
                skills = self._entry.get(relation) if end == FOCUS and relation != FOCUS else 0
                if skills is not None:
                    yield self._weigh(cost + skills, skills), (other, end)

    def _list_levels(self) -> tuple[set[int], ...]:
        """The levels at which there is a profile in use, for each relation to the destination's focus.

        Beyond the destination's function every level in use is taken to be there; that only loosens the bound.
        """
        roster = self._roster
        function = roster.focus_function[self._focus]
        used = set(roster.used_levels)
        in_function = {level for level in used if roster.cell(function, level)}
        return set(roster.rungs_of(self._focus)), in_function, used, used

    def _find_entry(self) -> dict[int, int]:
        """The least that skills cost on a move into the destination's focus, by relation; left out: no way in."""
        skills = self._moves.skills
        sets = {self._roster.profile_set[at] for at in self._roster.rungs_of(self._focus).values()}
        entry: dict[int, int] = {}
        for number in sets:
            least = {FUNCTION: skills.unknown, GROUP: skills.unknown}
            if number >= 0:
                least = skills.find_least(number)
            for relation, cost in least.items():
                entry[relation] = min(cost, entry.get(relation, cost))
        return entry


class Search:
    """One search from a profile to the nearest of several goals, all of one focus.

    ``settled`` are the profiles that were reached, with what it took; ``is_free`` says that no limit was set.
    """

    def __init__(
        self,
        moves: Moves,
        goals: Iterable[int],
        by: str = "effort",
        *,
        max_moves: int | None = None,
        allow_step_down: bool = False,
    ) -> None:
        self._moves = moves
        self._goals = frozenset(goals)
        self.is_free = max_moves is None and allow_step_down
        self._weigh = WEIGH[by]
        self._max_moves = max_moves
        self._allow_step_down = allow_step_down
        self._outlook = Outlook(moves, sorted(self._goals), by, allow_step_down=allow_step_down)
        self.settled: dict[int, int] = {}

    def find_path(self, origin: int) -> list[tuple[int, Step]] | None:
        """The best path as (profile, move that leaves it); None where there is none; empty where it is reached.

        With a limit of moves a profile can be worth visiting again at a higher price by fewer moves; a label is
        then a profile with a number of moves.
        """
        limit = self._max_moves
        rest = self._outlook.estimate(origin)
        if rest is None:
            return None
        labels: dict[_Key, _Label] = {(origin, 0): (0, 0, None, None)}
        # Entries are (bound, spent, moves, profile, reach): a profile that is reached, or, once it is settled,
        # its moves of one reach, which are generated only when nothing more promising is left.
        queue = [(rest, 0, 0, origin, _ARRIVAL)]
        fewest: dict[int, int] = {}
        while queue:
            _, spent, count, profile, reach = heappop(queue)
            key = (profile, count if limit is not None else 0)
            if reach != _ARRIVAL:
                self._follow(labels, queue, fewest, key, reach)
                continue
            if labels[key][:2] != (spent, count) or fewest.get(profile, count + 1) <= count:
                continue
            fewest[profile] = count
            self.settled.setdefault(profile, spent)
            if profile in self._goals:
                return _trace(labels, self._choose_goal(labels, key))
            if limit is not None and count == limit:
                continue
            for ahead in REACHES:
                rest = self._outlook.estimate_reach(profile, ahead)
                if rest is not None:
                    heappush(queue, (spent + rest, spent, count, profile, ahead))
        return None

    def _follow(
        self, labels: dict[_Key, _Label], queue: list[_Entry], fewest: dict[int, int], key: _Key, reach: int
    ) -> None:
        """Label what the moves of one reach lead to."""
        spent, count, _, _ = labels[key]
        for step in self._moves.list_reach(key[0], reach, allow_step_down=self._allow_step_down):
            destination, cost, _, skills = step
            rest = self._outlook.estimate(destination)
            if rest is None or fewest.get(destination, count + 2) <= count + 1:
                continue
            label = (spent + self._weigh(cost, skills), count + 1, key, step)
            reached = (destination, count + 1 if self._max_moves is not None else 0)
            if _improves(labels, reached, label):
                labels[reached] = label
                heappush(queue, (label[0] + rest, label[0], label[1], destination, _ARRIVAL))

    def _choose_goal(self, labels: dict[_Key, _Label], key: _Key) -> _Key:
        """Of the goals that are reached at the same price by as many moves, the one whose codes come first."""
        price = labels[key][:2]
        equal = [
            (goal, key[1])
            for goal in self._goals
            if (goal, key[1]) in labels and labels[goal, key[1]][:2] == price
        ]
        return min(equal, key=lambda other: [*_list_stops(labels, labels[other]), other[0]])


_ARRIVAL = -1
_Entry = tuple[int, int, int, int, int]
_Key = tuple[int, int]
_Label = tuple[int, int, "_Key | None", "Step | None"]
"""What was spent, moves made, the label before, and the move from there."""


def _improves(labels: dict[_Key, _Label], key: _Key, label: _Label) -> bool:
    known = labels.get(key)
    if known is None or label[:2] != known[:2]:
        return known is None or label[:2] < known[:2]
    return _list_stops(labels, label) < _list_stops(labels, known)


def _list_stops(labels: dict[_Key, _Label], label: _Label) -> list[int]:
    stops = []
    _, _, before, _ = label
    while before is not None:
        stops.append(before[0])
        before = labels[before][2]
    return stops[::-1]


def _trace(labels: dict[_Key, _Label], key: _Key) -> list[tuple[int, Step]]:
    path: list[tuple[int, Step]] = []
    _, _, before, step = labels[key]
    while before is not None and step is not None:
        path.append((before[0], step))
        _, _, before, step = labels[before]
    return path[::-1]
