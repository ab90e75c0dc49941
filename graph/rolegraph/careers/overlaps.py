"""How many skills the skill sets of a roster share with one of them, counted for all of them at once.

The holders of a skill are a number with one bit for each set. Adding such numbers column by column, with carries
(a bit-sliced counter), counts for every set in a few operations on long numbers how many of the added skills it
holds. Thousands of sets share one common skill with an origin; none of them is looked at one by one.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.careers.roster import Roster

Mask = int
"""A set of skill sets: bit n stands for set n."""


def mark(members: Iterable[int], size: int) -> Mask:
    """The mask of some of ``size`` things.

    >>> bin(mark([0, 3], 5))
    '0b1001'
    """
    bits = bytearray(size // 8 + 1)
    for member in members:
        bits[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(bits, "little")


def list_members(mask: Mask) -> list[int]:
    """The members of a mask, ascending.

    >>> list_members(0b1001)
    [0, 3]
    """
    found = []
    digits = bin(mask)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def add_up(masks: Iterable[Mask]) -> list[tuple[int, Mask]]:
    """In how many of the masks each thing is, where in any: (number, mask of the things in so many).

    >>> [(number, list_members(mask)) for number, mask in sorted(add_up([0b0011, 0b0110, 0b0010]))]
    [(1, [0, 2]), (3, [1])]
    """
    digits: list[Mask] = []
    for mask in masks:
        carry = mask
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
            if not carry:
                break
        if carry:
            digits.append(carry)
    anywhere = 0
    for digit in digits:
        anywhere |= digit
    counted = [(0, anywhere)]
    for place in reversed(range(len(digits))):
        counted = [
            (number, part)
            for so_far, mask in counted
            for number, part in ((so_far | 1 << place, mask & digits[place]), (so_far, mask & ~digits[place]))
            if part
        ]
    return counted


class Overlaps:
    """The skill sets of a roster as masks: by skill, by place in the taxonomy, by size."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._count = len(roster.set_skills)
        self._holders: dict[int, Mask] = {}
        self._groups: dict[int, Mask] = {}

    @cached_property
    def sizes(self) -> list[int]:
        """How many skills each set has."""
        starts = self._roster.set_skills.starts.tolist()
        return [end - start for start, end in pairwise(starts)]

    @cached_property
    def by_size(self) -> dict[int, Mask]:
        """The sets of each size."""
        members: dict[int, list[int]] = {}
        for number, size in enumerate(self.sizes):
            members.setdefault(size, []).append(number)
        return {size: mark(numbers, self._count) for size, numbers in sorted(members.items())}

    def count_shared(self, skill_set: int) -> list[tuple[int, Mask]]:
        """How many skills other sets share with one, its own focus among them: (number, sets that share so many)."""
        return add_up(map(self._mark_holders, self._roster.set_skills[skill_set]))

    def mark_focus(self, focus: int) -> Mask:
        """The sets of a focus."""
        starts = self._roster.focus_sets
        return _span(starts[focus], starts[focus + 1])

    def mark_function(self, function: int) -> Mask:
        """The sets of a function."""
        focuses, starts = self._roster.focuses_of(function), self._roster.focus_sets
        return _span(starts[focuses.start], starts[focuses.stop])

    def mark_group(self, function: int) -> Mask:
        """The sets of the functions of a function's group; those of the function where it has none."""
        group = self._roster.function_group[function]
        if group < 0:
            return self.mark_function(function)
        if group not in self._groups:
            marked = 0
            for member in self._roster.group_functions[group]:
                marked |= self.mark_function(member)
            self._groups[group] = marked
        return self._groups[group]

    def _mark_holders(self, skill: int) -> Mask:
        mask = self._holders.get(skill)
        if mask is None:
            mask = self._holders[skill] = mark(self._roster.skill_sets[skill], self._count)
        return mask


def _span(start: int, end: int) -> Mask:
    return ((1 << (end - start)) - 1) << start
