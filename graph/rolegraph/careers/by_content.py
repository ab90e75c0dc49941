"""Distance by content: what two roles have in common of what the work involves.

The arithmetic is that of :mod:`rolegraph.careers.content`. A profile's content are its focus's own skill uses that
hold at its level, each with the weight of an own skill, and its base, what its occupations ask for, weighed by
:mod:`rolegraph.careers.footing`. An item of a base that is an own skill is that skill, and the larger weight counts.
Profiles with the same skills and the same base are one point, so points are ranked, and profiles are taken from them.

Content has layers: own skills, and what is recorded of occupations in each way. Two profiles are compared on the layers
that both have, for what is not recorded of one of them is not known, and must not count as missing. Among profiles
with the same layers this is a metric.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.careers.distance import read_distance
from rolegraph.careers.footing import LAYER_NAMES, Footing, name_some
from rolegraph.careers.forms import MICRO, WEIGHT, WHOLE_FOCUS
from rolegraph.careers.points import Points
from rolegraph.careers.selection import EVERYTHING, Selection
from rolegraph.careers.yardstick import Found, Yardstick

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster


class Content(NamedTuple):
    """A content distance: what differs of what both hold together, in lowest terms, so that equals are equal."""

    different: int
    together: int


class ByContent(Yardstick):
    """Measures by what the work involves.

    ``person`` are the skills of someone who is compared as if holding a role; then bases are left out.
    """

    speaks = True

    def __init__(
        self,
        roster: Roster,
        edition: str,
        selection: Selection = EVERYTHING,
        *,
        person: Iterable[int] | None = None,
    ) -> None:
        super().__init__(roster, edition, selection)
        _, constants, _ = read_distance(roster, edition)
        self.least_skills = constants["least-skills"]
        self._confident = constants["band-confident"]
        self._review = constants["band-needs-review"]
        self._judged: dict[Content, tuple[float, Band]] = {}
        self._blurred: dict[int, bool] = {}
        self._asked: dict[int, dict[int, int]] = {}
        self._footing = Footing(roster, constants)
        self._person = person is not None
        self._space = Points(roster, self._footing, constants["own-skill"], person)

    def find_reason(self, origin: int, destination: int) -> str | None:
        """Which of two profiles has no content, or that they have none of one kind."""
        silent = [at for at in dict.fromkeys((origin, destination)) if self._points[at] < 0]
        if not silent:
            if self._space.find_common(self._points[origin], self._points[destination]):
                return None
            return (
                f"nothing of one kind is recorded of both: of {self.roster.code_of(origin)} "
                f"{self._tell_layers(origin)}, of {self.roster.code_of(destination)} {self._tell_layers(destination)}, "
                f"so that {self.edition} cannot compare them"
            )
        codes = " and ".join(map(self.roster.code_of, silent))
        verb = "have" if len(silent) > 1 else "has"
        return f"{codes} {verb} no content: {self._tell_silence()}, so that {self.edition} cannot place it"

    def measure(self, origin: int, destination: int) -> Content:
        """The distance of the points of two profiles, on the layers that both have."""
        found = self._space.measure(self._points[origin], self._points[destination])
        assert found is not None, "both have been found to have content"
        return _reduce(*found)

    def _tell_layers(self, profile: int) -> str:
        layers = self._space.layers[self._points[profile]]
        return " and ".join(name for layer, name in LAYER_NAMES.items() if layers & layer)

    def judge(self, key: Content) -> tuple[float, Band | None]:
        """The distance and its match band, limits included, compared exactly."""
        judged = self._judged.get(key)
        if judged is None:
            different, together = key
            scaled = different * MICRO
            band: Band = (
                "confident"
                if scaled <= self._confident * together
                else "needs-review"
                if scaled <= self._review * together
                else "no-match"
            )
            judged = self._judged[key] = (2 * scaled + together) // (2 * together) / MICRO, band
        return judged

    def split(self, origin: int, destination: int) -> dict[str, float]:
        """The weight of what is shared, and of what both hold together."""
        return self._weigh(self._points[origin], self._points[destination])

    def split_from_person(self, destination: int) -> dict[str, float]:
        """:meth:`split` for the person and a profile."""
        return self._weigh(self._space.person, self._points[destination])

    def _weigh(self, a: int, b: int) -> dict[str, float]:
        different, together = self._space.measure(a, b) or (0, 0)
        return {"shared": (together - different) / WEIGHT, "together": together / WEIGHT}

    def explain(self, components: Mapping[str, float]) -> str:
        """One minus what is shared over what both hold together."""
        shared, together = components["shared"], components["together"]
        whole = round(together * WEIGHT)
        distance, _ = self.judge(_reduce(whole - round(shared * WEIGHT), whole))
        return f"1 - shared {_tell_weight(shared)} / together {_tell_weight(together)} = {distance:.4f}"

    def describe(self, origin: int, destination: int) -> tuple[str | None, tuple[str, ...]]:
        """How many own skills are shared, and how much of what the occupations ask for."""
        roster = self.roster
        sets, bases = roster.profile_set, roster.profile_base
        first, second = (
            set(roster.set_skills[sets[at]]) if sets[at] >= 0 else set() for at in (origin, destination)
        )
        told = []
        if first and second:
            told.append(f"{len(first & second)} of {len(first | second)} skills shared")
        elif first or second:
            told.append("own skills are recorded for one of them only, and not counted")
        told += [base] if (base := self._footing.describe(bases[origin], bases[destination])) else []
        return "; ".join(told), ()

    def tell_limits(self, origin: int | None, found: Sequence[int]) -> tuple[str, ...]:
        """What content stands on; which levels it does not tell apart; and that proficiency is not counted."""
        everyone = found if origin is None else (origin, *found)
        focuses = dict.fromkeys(self.roster.profile_focus[at] for at in everyone)
        notes = list(self._footing.tell(everyone) if not self._person else self._footing.tell_person(found))
        blurred = [self.roster.focus_codes[focus] for focus in focuses if self._is_blurred(focus)]
        if blurred:
            one = len(blurred) == 1
            listed = ", and its rungs stand in the order of their codes" if len(everyone) > 2 else ""
            notes.append(
                f"the skills of {name_some(blurred, 'focuses')} are recorded for {'the whole focus' if one else 'whole focuses'}, not "
                f"per level: they cannot tell {'its levels' if one else 'the levels of one focus'} apart{listed}"
            )
        notes += self._footing.tell_alike(focuses) if not self._person else ()
        own = {} if origin is None else self._list_asked(origin)
        if any(self._asks_otherwise(own if origin is not None else None, at) for at in found):
            notes.append(
                f"how well a skill is asked for is not counted by {self.edition}; it is recorded here and differs"
                if origin is not None
                else f"how well a skill is asked for is not counted by {self.edition}; some of these roles record it"
            )
        return tuple(notes)

    def _is_blurred(self, focus: int) -> bool:
        """Whether rungs of a focus cannot be told apart, because its skills are recorded for all of them.

        Occupations tell two of them apart where both have one.
        """
        if focus not in self._blurred:
            rungs = self.roster.rungs_of(focus).values()
            bases = [-1 if self._person else self.roster.profile_base[at] for at in rungs]
            alike = len(set(bases)) < len(bases) or (-1 in bases and len(bases) > 1)
            self._blurred[focus] = alike and self.roster.focus_scope[focus] == WHOLE_FOCUS
        return self._blurred[focus]

    def _list_asked(self, profile: int) -> dict[int, int]:
        """The skills of a profile for which a proficiency is recorded, with its step."""
        if not len(self.roster.proficiency_labels):
            return {}
        if profile not in self._asked:
            uses = self.roster.uses_of(profile)
            self._asked[profile] = {skill: step for skill, (_, step) in uses.items() if step is not None}
        return self._asked[profile]

    def _asks_otherwise(self, own: dict[int, int] | None, profile: int) -> bool:
        asked = self._list_asked(profile)
        if own is None:
            return bool(asked)
        return any(own.get(skill, step) != step for skill, step in asked.items())

    def find_nearest(self, origin: int, k: int) -> Found:
        """The nearest by what they share, among all profiles with content."""
        visited = self._visit(self._points[origin])
        return list(islice((entry for entry in visited if entry[1] != origin), k))

    def find_nearest_to_person(self, k: int) -> Found:
        """The profiles nearest to the skills of the person."""
        return list(islice(self._visit(self._space.person), k))

    def find_all(self, k: int) -> Iterator[tuple[int, Found]]:
        """:meth:`find_nearest` for every profile with content; profiles at one point share one search."""
        roster, points, focus = self.roster, self._points, -1
        known: dict[int, Found] = {}
        for origin in roster.active_profiles():
            point = points[origin]
            if point < 0:
                continue
            if roster.profile_focus[origin] != focus:
                # Skill sets belong to one focus, so what was found from another is not asked for again, unless there
                # are none: many focuses may stand on one base alone.
                focus = roster.profile_focus[origin]
                known = {at: found for at, found in known.items() if self._is_bare(at)}
            if point not in known:
                known[point] = list(islice(self._visit(point), k + 1))
            yield origin, [entry for entry in known[point] if entry[1] != origin][:k]

    def count_left_out(self, origin: int | None = None) -> int:
        """Profiles without content, and those that share no layer of it with ``origin``."""
        alone = len(self._members.get(-1, ()))
        if origin is None:
            return alone
        own = self._points[origin]
        return alone + sum(
            len(members)
            for point, members in self._members.items()
            if point >= 0 and not self._space.find_common(point, own)
        )

    def tell_left_out(self, number: int) -> str:
        """Why profiles are left out."""
        roles = "1 role is" if number == 1 else f"{number:,} roles are"
        both = ", or nothing of a kind that is recorded of both" if self._has_bases() else ""
        return f"{roles} left out: {self._tell_silence()}{both}"

    def _has_bases(self) -> bool:
        return not self._person and len(self.roster.base_names) > 0

    def _tell_silence(self) -> str:
        """Why a profile has no content."""
        if self._has_bases():
            return "no skills are recorded, and no occupation with content is mapped"
        return "no skills are recorded"

    def _is_bare(self, point: int) -> bool:
        return not self._person and self.roster.point_set[point] < 0

    def _visit(self, point: int) -> Iterator[tuple[Content, int]]:
        """The selected profiles with content, nearest to a point first, ties by position."""
        seen: set[int] = set()
        rings = groupby(self._space.rank(point), key=lambda near: _reduce(near.different, near.together))
        for key, ring in rings:
            if key.different == key.together:
                break
            here = [near.position for near in ring]
            seen.update(here)
            for at in sorted(at for number in here for at in self._members.get(number, ())):
                yield key, at
        # Those that share nothing, however many, need no ranking.
        for at in self.list_selected():
            number = self._points[at]
            if number >= 0 and number not in seen and self._space.find_common(number, point):
                yield Content(1, 1), at

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The selected profiles by their point."""
        members: dict[int, list[int]] = {}
        for at in self.list_selected():
            members.setdefault(self._points[at], []).append(at)
        return members

    @cached_property
    def _points(self) -> Sequence[int]:
        """The point at which each profile is; -1 for one without content."""
        if self._person:
            return self.roster.profile_set
        if all(self._space.layers):
            return self.roster.profile_point
        # Items may all weigh nothing.
        return [at if at >= 0 and self._space.layers[at] else -1 for at in self.roster.profile_point]


def _reduce(different: int, together: int) -> Content:
    divisor = gcd(different, together)
    return Content(different // divisor, together // divisor)


def _tell_weight(weight: float) -> str:
    """A weight with four digits after the point at most.

    >>> _tell_weight(22.0), _tell_weight(1 / 3)
    ('22', '0.3333')
    """
    return f"{weight:,.4f}".rstrip("0").rstrip(".")
