"""What content stands on besides own skills: the weights of the items of bases, and what is told of them.

rated    0 up to ``from``, 1 at ``full``, evenly between
held     one weight for each item of its kind
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rolegraph.careers.forms import ACTIVITY, ESSENTIAL, KNOWLEDGE, SKILL, WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.careers.roster import Roster

OWN, RATED, DONE, LISTED = 1, 2, 4, 8
"""The layers of content, as bits: own skills; skills and knowledge that O*NET rates; work activities that its tasks
belong to (some occupations have these alone); essential skills of ESCO.
"""
BASE = RATED | DONE | LISTED

_LAYERS = {SKILL: RATED, KNOWLEDGE: RATED, ACTIVITY: DONE, ESSENTIAL: LISTED}
LAYER_NAMES = {
    OWN: "own skills",
    RATED: "skills and knowledge of an O*NET occupation",
    DONE: "work activities of an O*NET occupation",
    LISTED: "essential skills of an ESCO occupation",
}
"""What is recorded of a profile that has a layer."""

_RATED = {SKILL: "base-skill", KNOWLEDGE: "base-knowledge"}
_HELD = {ACTIVITY: "base-activity", ESSENTIAL: "base-essential"}
_KINDS = {
    SKILL: "skills", KNOWLEDGE: "knowledge", ACTIVITY: "work activities", ESSENTIAL: "essential skills"
}  # fmt: skip
_NOUNS = {RATED: "skills and knowledge", DONE: "work activities", LISTED: "essential skills"}
_NAMED = 3
"""How many roles or focuses a note names."""


class Footing:
    """The bases of a roster, weighed by the constants of an edition of the form ``content``.

    An item is a whole number: the position of the skill that it is, or below 0 where it is none.
    """

    def __init__(self, roster: Roster, constants: Mapping[str, int]) -> None:
        self._roster = roster
        self._constants = constants
        self._kinds: dict[int, frozenset[int]] = {}
        self._weights: dict[int, list[dict[int, int]]] = {}

    def weigh(self, kind: int, importance: int) -> int:
        """The weight of an item, in units; the importance in hundredths."""
        if kind in _HELD:
            return self._constants[_HELD[kind]]
        start, full = (self._constants[f"{_RATED[kind]}-{end}"] for end in ("from", "full"))
        span = full - start
        return max(0, min(WEIGHT, (2 * WEIGHT * (importance - start) + span) // (2 * span)))

    def list_weights(self, layers: int = BASE) -> list[dict[int, int]]:
        """The items of each base and their weights, none of them 0; of two that are one skill, the larger.

        Items of other ``layers`` are left out.
        """
        if layers not in self._weights:
            bases = range(len(self._roster.base_items))
            self._weights[layers] = [dict(self._list_weights(base, layers)) for base in bases]
        return self._weights[layers]

    def find_layers(self, base: int) -> int:
        """The layers of a base (-1: none) in which something weighs."""
        if base < 0:
            return 0
        return sum(layer for layer in (RATED, DONE, LISTED) if self.list_weights(layer)[base])

    def _list_weights(self, base: int, layers: int) -> Iterator[tuple[int, int]]:
        kinds, skills = self._roster.item_kind, self._roster.item_skill
        most: dict[int, int] = {}
        numbers = iter(self._roster.base_items[base])
        for item, importance in zip(numbers, numbers, strict=True):
            if not _LAYERS[kinds[item]] & layers:
                continue
            weight = self.weigh(kinds[item], importance)
            which = skills[item] if skills[item] >= 0 else -1 - item
            if weight > most.get(which, 0):
                most[which] = weight
        yield from most.items()

    def describe(self, base: int, other: int) -> str | None:
        """In words, what two bases (-1: none) share; None where there are none."""
        if base < 0 or other < 0:
            return (
                None if base == other else "only one of them is mapped to an occupation, which is not counted"
            )
        if base == other:
            return "both are mapped to the same occupation"
        layers, others = self.find_layers(base), self.find_layers(other)
        common = layers & others
        if not common:
            return "what is recorded of their occupations cannot be compared, and is not counted"
        weights = self.list_weights(common)
        one, two = weights[base].keys(), weights[other].keys()
        told = f"{len(one & two)} of {len(one | two)} items of their occupations shared"
        lacking = [_NOUNS[layer] for layer in (RATED, DONE, LISTED) if (layers ^ others) & layer]
        return f"{told}, {_join(lacking)} not counted" if lacking else told

    def tell(self, profiles: Sequence[int]) -> tuple[str, ...]:
        """What to know of the bases of profiles that are compared; nothing where none of them has one."""
        own = self._roster.profile_base
        bases = sorted({own[at] for at in profiles} - {-1})
        if not bases:
            absent = list(self._roster.absent_releases)
            if not absent:
                return ()
            verb = "is" if len(absent) == 1 else "are"
            what = "content is that of own skills alone"
            return (
                f"{_join(absent)} {verb} described here and not at hand, as a graph file holds no releases: {what}",
            )
        notes = [self._tell_sources(bases)]
        if bare := [at for at in dict.fromkeys(profiles) if own[at] < 0]:
            named = name_some(list(map(self._roster.code_of, bare)), "roles")
            notes.append(
                f"{named} {'is' if len(bare) == 1 else 'are'} mapped to no occupation that a release here describes, and "
                "compared by own skills alone: what is not known of a role is not held against it"
            )
        if len({self.find_layers(base) for base in bases}) > 1:
            notes.append(
                "not the same is recorded of the occupations of these roles: two are compared on what is recorded of both"
            )
        return tuple(notes)

    def tell_person(self, profiles: Iterable[int]) -> tuple[str, ...]:
        """That bases are not counted where a person is compared with profiles, if one of these has one."""
        own = self._roster.profile_base
        if all(own[at] < 0 for at in profiles):
            return ()
        told = "a person's skills are compared with the own skills of roles, not with what their occupations ask for"
        return (told,)

    def tell_alike(self, focuses: Iterable[int]) -> tuple[str, ...]:
        """Of which focuses without own skills several levels stand on one base."""
        roster = self._roster
        alike = [roster.focus_codes[focus] for focus in focuses if self._is_alike(focus)]
        if not alike:
            return ()
        named = name_some(alike, "focuses")
        return (
            f"no own skills are recorded for {named}: levels mapped to one occupation cannot be told apart",
        )

    def _is_alike(self, focus: int) -> bool:
        points = [self._roster.profile_point[at] for at in self._roster.rungs_of(focus).values()]
        bare = [point for point in points if point >= 0 and self._roster.point_set[point] < 0]
        return len(set(bare)) < len(bare)

    def _tell_sources(self, bases: Sequence[int]) -> str:
        roster = self._roster
        releases = sorted({release for base in bases for release in roster.base_releases[base]})
        kinds = sorted(set().union(*(self._list_kinds(base) for base in bases)))
        titles = _join([roster.release_titles[release] for release in releases])
        told = _join([_KINDS[kind] for kind in kinds])
        return f"content stands on {titles} too: {told} of the occupations that roles are mapped to"

    def _list_kinds(self, base: int) -> frozenset[int]:
        found = self._kinds.get(base)
        if found is None:
            items = self._roster.base_items[base][::2]
            found = self._kinds[base] = frozenset(self._roster.item_kind[item] for item in items)
        return found


def name_some(codes: Sequence[str], kind: str) -> str:
    """One code, a few, or how many there are.

    >>> name_some(["A.X", "B.Y"], "focuses"), name_some(list("ABCD"), "focuses")
    ('A.X and B.Y', '4 focuses')
    """
    return f"{len(codes):,} {kind}" if len(codes) > _NAMED else _join(codes)


def _join(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
