"""The points at which profiles stand by content, and what of two of them is compared: the layers that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import merge
from typing import TYPE_CHECKING

from rolegraph.careers.content import Contents, Near
from rolegraph.careers.footing import OWN, Footing
from rolegraph.careers.layers import Layers

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster


class Points:
    """The points of a roster: the distinct pairs of a skill set and a base.

    Where ``person`` is given, the skills of someone who is compared as if holding a role, points are skill sets alone.
    ``own_skill`` is the weight of an own skill.
    """

    def __init__(
        self, roster: Roster, footing: Footing, own_skill: int, person: Iterable[int] | None = None
    ) -> None:
        self._roster, self._footing, self._own = roster, footing, own_skill
        self._skills = None if person is None else tuple(person)
        self._views: dict[int, Layers[int]] = {}

    @property
    def person(self) -> int:
        """The point of the person, behind the skill sets of the roster."""
        return len(self._roster.set_skills)

    @cached_property
    def layers(self) -> list[int]:
        """The layers of content that each point has; 0 for one at which nothing weighs."""
        if self._skills is not None:
            return [OWN] * (len(self._roster.set_skills) + 1)
        return [
            (OWN if skill_set >= 0 else 0) | self._footing.find_layers(base)
            for skill_set, base in zip(self._roster.point_set, self._roster.point_base, strict=True)
        ]

    def find_common(self, a: int, b: int) -> int:
        """The layers that two points both have."""
        return self.layers[a] & self.layers[b]

    def measure(self, a: int, b: int) -> tuple[int, int] | None:
        """The distance of two points as (different, together), on the layers that both have; None where there are none."""
        common = self.find_common(a, b)
        return self._view(common).measure(a, b) if common else None

    def rank(self, point: int) -> Iterator[Near]:
        """The points of profiles that have a layer in common with one, itself among them, nearest first."""
        own = self.layers[point]
        shared = sorted({own & other for other in self.layers} - {0})
        streams = [self._rank_within(point, common) for common in shared]
        if len(streams) == 1:
            return streams[0]
        scale = max((self._view(common).scale for common in shared), default=1)
        return merge(*streams, key=lambda near: near.different * scale // near.together)

    def _rank_within(self, point: int, common: int) -> Iterator[Near]:
        """Those of them that have just the layers ``common`` in common with the point."""
        view, layers, own = self._view(common), self.layers, self.layers[point]
        person = None if self._skills is None else self.person
        if common == own and point != person:
            yield Near(point, 0, view.totals[point])
        for near in view.rank(point):
            if near.position != person and layers[near.position] & own == common:
                yield near

    def _view(self, layers: int) -> Layers[int]:
        """The points that have all of some layers, on these alone."""
        if layers not in self._views:
            self._views[layers] = self._make_view(layers)
        return self._views[layers]

    def _make_view(self, layers: int) -> Layers[int]:
        """Above stand own skills, with the items of bases that are one; below all other items of bases."""
        sets, own = self._roster.set_skills, self._own
        if self._skills is not None:
            everyone = [*(sets[number] for number in range(len(sets))), self._skills]
            return Layers(
                Contents([(skill, own) for skill in skills] for skills in everyone),
                Contents([]),
                [(number, -1) for number in range(len(everyone))],
            )
        weights = self._footing.list_weights(layers & ~OWN)
        united = [tuple((item, weight) for item, weight in base.items() if item >= 0) for base in weights]
        known: dict[tuple[int, tuple[tuple[int, int], ...]], int] = {}
        points = []
        places = zip(self.layers, self._roster.point_set, self._roster.point_base, strict=True)
        for recorded, skill_set, base in places:
            if recorded & layers != layers:
                points.append((-1, -1))
                continue
            key = skill_set if layers & OWN else -1, united[base] if base >= 0 else ()
            above = -1 if key == (-1, ()) else known.setdefault(key, len(known))
            points.append((above, base))
        return Layers(
            Contents(self._unite(*key).items() for key in known),
            Contents([(item, weight) for item, weight in base.items() if item < 0] for base in weights),
            points,
        )

    def _unite(self, skill_set: int, united: tuple[tuple[int, int], ...]) -> dict[int, int]:
        """The weights of own skills and of items of a base that are skills, whichever is larger."""
        weights = dict.fromkeys(self._roster.set_skills[skill_set], self._own) if skill_set >= 0 else {}
        for skill, weight in united:
            weights[skill] = max(weight, weights.get(skill, 0))
        return weights
