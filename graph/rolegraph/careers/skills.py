"""What an origin shows of the skills of a destination, found through an index from skills to their holders.

A share is the part of a destination's recorded skills that the origin does not show. Unknown is not missing:
where the skills of either end are not recorded, the share is a constant of the edition, and the answer says so.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP
from rolegraph.careers.forms import MICRO, PER_LEVEL, WHOLE_FOCUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rolegraph.careers.roster import Roster

_REMEMBERED = 512
"""Skill sets whose comparison is kept; a search comes back to few of them."""


Buckets = list[tuple[int, list[int]]]
"""Skill sets by what it costs to learn what one origin lacks of them (millionths), cheapest first."""


class Comparison:
    """The skill sets that share a skill with one origin's.

    ``within`` are those of the same function (not of the same focus), ``beyond`` those of other functions to
    which the share permits a move.
    """

    __slots__ = ("beyond", "within")

    def __init__(self, within: Buckets, beyond: Buckets) -> None:
        self.within = within
        self.beyond = beyond


class _Places:
    """Of each skill set: its function, its group, how many skills it has and how many of them must be shown.

    The group is the function group, or a number of its own for each function without a group.
    """

    __slots__ = ("function", "group", "needed", "size")

    def __init__(self, roster: Roster, least_share: int) -> None:
        self.function = roster.set_function.tolist()
        groups = [
            group if group >= 0 else -1 - function for function, group in enumerate(roster.function_group)
        ]
        self.group = [groups[function] for function in self.function]
        starts = roster.set_skills.starts.tolist()
        self.size = [end - start for start, end in pairwise(starts)]
        self.needed = [-(-least_share * size // MICRO) for size in self.size]


class SkillIndex:
    """Compares the skills of profiles by the constants of a cost edition.

    ``full`` is the cost of learning every skill of the destination, ``unknown`` that of an unknown share.
    """

    def __init__(self, roster: Roster, constants: Mapping[str, int]) -> None:
        self.roster = roster
        self.full = constants["skills"]
        self.unknown = (2 * self.full * constants["unknown-share"] + MICRO) // (2 * MICRO)
        self._least_share = constants["skill-share"]
        self._comparisons: dict[int, Comparison] = {}

    def cost_of(self, missing: int, total: int) -> int:
        """The cost of learning ``missing`` of ``total`` skills."""
        return (2 * self.full * missing + total) // (2 * total)

    def cost_between(self, origin: int, destination: int) -> int:
        """The cost of the skills of a move between two profiles."""
        roster = self.roster
        focus = roster.profile_focus[origin]
        if focus == roster.profile_focus[destination] and roster.focus_scope[focus] == WHOLE_FOCUS:
            # What is recorded for the focus says nothing about its levels; the kind stands for the effort.
            return 0
        shown, asked = roster.profile_set[origin], roster.profile_set[destination]
        if shown < 0 or asked < 0:
            return self.unknown
        wanted = roster.set_skills[asked]
        return self.cost_of(len(set(wanted) - set(roster.set_skills[shown])), len(wanted))

    def permits(self, shared: int, total: int) -> bool:
        """Whether an origin that shows ``shared`` of ``total`` skills may leave its function group."""
        return shared * MICRO >= self._least_share * total

    def in_group(self, skill_set: int, other: int) -> bool:
        """Whether two sets belong to one function group."""
        return self._places.group[skill_set] == self._places.group[other]

    def find_least(self, skill_set: int) -> dict[int, int]:
        """The least that any other focus pays to learn a set, by what that focus shares with the set's.

        A relation from which no move is permitted is left out.
        """
        roster, places = self.roster, self._places
        function, focus = places.function[skill_set], roster.set_focus[skill_set]
        total, group = places.size[skill_set], places.group[skill_set]
        most: dict[int, int] = {}
        for other, count in self.count_sharing(skill_set).items():
            if places.function[other] == function:
                relation = FOCUS if roster.set_focus[other] == focus else FUNCTION
            else:
                relation = GROUP if places.group[other] == group else ELSEWHERE
            if count > most.get(relation, 0):
                most[relation] = count
        least = {
            relation: self.cost_of(total - most.get(relation, 0), total) for relation in (FUNCTION, GROUP)
        }
        if len(roster.blank.numbers):
            least = {relation: min(cost, self.unknown) for relation, cost in least.items()}
        if ELSEWHERE in most and self.permits(most[ELSEWHERE], total):
            least[ELSEWHERE] = self.cost_of(total - most[ELSEWHERE], total)
        return least

    def compare(self, skill_set: int) -> Comparison:
        """The sets that share a skill with ``skill_set``."""
        found = self._comparisons.get(skill_set)
        if found is None:
            if len(self._comparisons) >= _REMEMBERED:
                self._comparisons.clear()
            found = self._comparisons[skill_set] = self._compare(skill_set)
        return found

    def _compare(self, skill_set: int) -> Comparison:
        roster, places = self.roster, self._places
        function, focus = places.function[skill_set], roster.set_focus[skill_set]
        neighbourhood = places.group[skill_set]
        first, last = roster.focus_sets[focus], roster.focus_sets[focus + 1]
        within: dict[int, list[int]] = {}
        beyond: dict[int, list[int]] = {}
        # Thousands of sets may pass here for every origin of a large architecture: no calls in this loop.
        size, needed, group, function_of = places.size, places.needed, places.group, places.function
        for other, count in self.count_sharing(skill_set).items():
            if group[other] != neighbourhood and count < needed[other]:
                continue
            total = size[other]
            cost = (2 * self.full * (total - count) + total) // (2 * total)
            if function_of[other] != function:
                beyond.setdefault(cost, []).append(other)
            elif not first <= other < last:
                within.setdefault(cost, []).append(other)
        return Comparison(sorted(within.items()), sorted(beyond.items()))

    def count_sharing(self, skill_set: int) -> Counter[int]:
        """How many skills each set shares with one set; only sets that share one."""
        shared: Counter[int] = Counter()
        for skill in self.roster.set_skills[skill_set]:
            shared.update(self.roster.skill_sets[skill])
        return shared

    @cached_property
    def _places(self) -> _Places:
        return _Places(self.roster, self._least_share)

    def is_unknown(self, origin: int, destination: int) -> bool:
        """Whether the skills of an end are not recorded, or, inside one focus, not per level."""
        roster = self.roster
        focus = roster.profile_focus[origin]
        if focus == roster.profile_focus[destination] and roster.focus_scope[focus] != PER_LEVEL:
            return True
        return bool(roster.profile_set[origin] < 0 or roster.profile_set[destination] < 0)

    def split_skills(self, origin: int, destination: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The destination's skills, in its own words and order: those to gain, and those that are kept.

        Where the origin's skills are not recorded both are empty: unknown is not missing.
        """
        roster = self.roster
        shown = roster.profile_set[origin]
        if shown < 0:
            return (), ()
        known = set(roster.set_skills[shown])
        gain: list[str] = []
        keep: list[str] = []
        for use in self._list_uses(destination):
            skill = roster.use_skill[use]
            label = roster.use_labels[use] or roster.skill_labels[skill]
            (keep if skill in known else gain).append(label)
        return tuple(gain), tuple(keep)

    def _list_uses(self, profile: int) -> Iterator[int]:
        roster = self.roster
        focus, level = roster.profile_focus[profile], roster.profile_level[profile]
        for use in range(roster.focus_uses[focus], roster.focus_uses[focus + 1]):
            levels = roster.use_levels[use]
            if not levels or level in levels:
                yield use
