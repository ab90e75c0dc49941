"""What an origin shows of the skills of a destination, found through an index from skills to their holders.

A share is the part of a destination's recorded skills that the origin does not show. Unknown is not missing:
where the skills of either end are not recorded, the share is a constant of the edition, and the answer says so.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.careers.forms import MICRO, WHOLE_FOCUS
from rolegraph.careers.needs import describe_rise, is_one_record, list_needs
from rolegraph.careers.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rolegraph.careers.overlaps import Mask
    from rolegraph.careers.roster import Roster

_REMEMBERED = 2048
"""Skill sets whose overlaps are kept; a search comes back to the rungs of one focus."""

Buckets = list[tuple[int, "Mask"]]
"""Skill sets by what it costs to learn what one origin lacks of them (millionths), cheapest first."""


class SplitSkills(NamedTuple):
    """The skills of a destination, seen from an origin."""

    gain: tuple[str, ...]
    deepen: tuple[str, ...]
    keep: tuple[str, ...]


class Shelves:
    """The skill sets that share a skill with one set, its own focus left out, put in order when they are asked for.

    ``within`` are those of its function, ``beside`` those of other functions of its group; ``far`` those of other
    groups of which it shows so much that a move is permitted.
    """

    def __init__(self, index: SkillIndex, skill_set: int) -> None:
        self._index = index
        self._set = skill_set
        self._shared = index.overlaps.count_shared(skill_set)
        self._inside, self._beside = index.mark_places(skill_set)

    @cached_property
    def within(self) -> Buckets:
        own = self._index.overlaps.mark_focus(self._index.roster.set_focus[self._set])
        place = self._inside & ~own
        return self._index.sort_by_cost((count, mask & place) for count, mask in self._shared)

    @cached_property
    def beside(self) -> Buckets:
        return self._index.sort_by_cost((count, mask & self._beside) for count, mask in self._shared)

    @cached_property
    def far(self) -> Buckets:
        group, permitted = self._inside | self._beside, self._index.permitted
        return self._index.sort_by_cost(
            (count, mask & permitted[count] & ~group) for count, mask in self._shared
        )

    @cached_property
    def _sharing(self) -> bytes:
        sharing = 0
        for _, mask in self._shared:
            sharing |= mask
        return sharing.to_bytes(len(self._index.overlaps.sizes) // 8 + 1, "little")

    def shares(self, skill_set: int) -> bool:
        """Whether a set shares a skill."""
        return bool(self._sharing[skill_set >> 3] >> (skill_set & 7) & 1)


class SkillIndex:
    """Compares the skills of profiles by the constants of a cost edition.

    ``full`` is the cost of learning every skill of the destination, ``unknown`` that of an unknown share.
    """

    def __init__(self, roster: Roster, constants: Mapping[str, int]) -> None:
        self.roster = roster
        self.full = constants["skills"]
        self.unknown = (2 * self.full * constants["unknown-share"] + MICRO) // (2 * MICRO)
        self._least_share = constants["skill-share"]
        self.overlaps = Overlaps(roster)
        self._shelves: dict[int, Shelves] = {}

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

    def list_shelves(self, skill_set: int) -> Shelves:
        """The sets that share a skill with one, by where they are and what they cost."""
        found = self._shelves.get(skill_set)
        if found is None:
            if len(self._shelves) >= _REMEMBERED:
                self._shelves.clear()
            found = self._shelves[skill_set] = Shelves(self, skill_set)
        return found

    def sort_by_cost(self, shared: Iterable[tuple[int, Mask]]) -> Buckets:
        """Sets of which so many skills are shown, by what it costs to learn the others."""
        buckets: dict[int, Mask] = {}
        for count, mask in shared:
            if not mask:
                continue
            for size, members in self.overlaps.by_size.items():
                part = mask & members
                if part:
                    cost = self.cost_of(size - count, size)
                    buckets[cost] = buckets.get(cost, 0) | part
        return sorted(buckets.items())

    def mark_places(self, skill_set: int) -> tuple[Mask, Mask]:
        """The sets of the same function, and those of the other functions of its group."""
        function = self.roster.set_function[skill_set]
        inside = self.overlaps.mark_function(function)
        return inside, self.overlaps.mark_group(function) & ~inside

    @cached_property
    def permitted(self) -> list[Mask]:
        """By number of skills shown, the sets of which that is enough to leave the function group for them."""
        by_size = self.overlaps.by_size
        permitted = []
        for count in range(max(by_size, default=0) + 1):
            mask = 0
            for size, members in by_size.items():
                if self.permits(count, size):
                    mask |= members
            permitted.append(mask)
        return permitted

    def is_unknown(self, origin: int, destination: int) -> bool:
        """Whether the skills of an end are not recorded, or, inside one focus, not per level."""
        sets = self.roster.profile_set
        return bool(
            is_one_record(self.roster, origin, destination) or sets[origin] < 0 or sets[destination] < 0
        )

    def split_skills(self, origin: int, destination: int) -> SplitSkills:
        """The destination's skills, in its own words and order: to gain, to deepen, and kept.

        What :func:`rolegraph.careers.needs.list_needs` finds, less what is unknown: where the origin's skills are not
        recorded, or both ends belong to one focus that records them as a whole, all are empty, and :meth:`is_unknown`
        says so.
        """
        roster = self.roster
        gain: list[str] = []
        deepen: list[str] = []
        keep: list[str] = []
        for need in list_needs(roster, origin, destination):
            label = roster.wording_of(need.use)
            if need.standing == "gain":
                step = "" if need.asked is None else f" ({roster.proficiency_labels[need.asked]})"
                gain.append(label + step)
            elif need.standing == "deepen":
                assert need.known is not None
                assert need.asked is not None
                deepen.append(f"{label}: {describe_rise(roster, need.known, need.asked)}")
            elif need.standing == "keep":
                keep.append(label)
        return SplitSkills(tuple(gain), tuple(deepen), tuple(keep))
