"""Distance by content: what two roles have in common of the skills that they ask for.

The arithmetic is that of :mod:`rolegraph.careers.content`. A profile's content are its focus's own skill uses that
hold at its level, each with the weight of an own skill. Profiles that show the same skills are one point, so skill
sets are ranked, and profiles are taken from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from rolegraph.careers.content import Contents, Near
from rolegraph.careers.distance import read_distance
from rolegraph.careers.forms import MICRO, WEIGHT, WHOLE_FOCUS
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
    """Measures by skills. ``person`` are the skills of someone who is compared as if holding a role."""

    speaks = True

    def __init__(
        self,
        roster: Roster,
        edition: str,
        selection: Selection = EVERYTHING,
        *,
        person: Iterable[int] = (),
    ) -> None:
        super().__init__(roster, edition, selection)
        _, constants, _ = read_distance(roster, edition)
        self.least_skills = constants["least-skills"]
        self._own = constants["own-skill"]
        self._confident = constants["band-confident"]
        self._review = constants["band-needs-review"]
        self._judged: dict[Content, tuple[float, Band]] = {}
        self._blurred: dict[int, bool] = {}
        self._asked: dict[int, dict[int, int]] = {}
        self._person = tuple(person)

    def find_reason(self, origin: int, destination: int) -> str | None:
        """Which of two profiles has no content."""
        silent = [at for at in dict.fromkeys((origin, destination)) if self.roster.profile_set[at] < 0]
        if not silent:
            return None
        codes = " and ".join(map(self.roster.code_of, silent))
        verb = "have" if len(silent) > 1 else "has"
        return f"{codes} {verb} no content: no skills are recorded, so that {self.edition} cannot place it"

    def measure(self, origin: int, destination: int) -> Content:
        """The distance of the skill sets of two profiles."""
        sets = self.roster.profile_set
        found = self._contents.measure(sets[origin], sets[destination])
        assert found is not None, "both have been found to have content"
        return _reduce(*found)

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
        sets = self.roster.profile_set
        return self.weigh(sets[origin], sets[destination])

    def weigh(self, a: int, b: int) -> dict[str, float]:
        """:meth:`split` for two skill sets."""
        different, together = self._contents.measure(a, b) or (0, 0)
        return {"shared": (together - different) / WEIGHT, "together": together / WEIGHT}

    def explain(self, components: Mapping[str, float]) -> str:
        """One minus what is shared over what both hold together."""
        shared, together = components["shared"], components["together"]
        whole = round(together * WEIGHT)
        distance, _ = self.judge(_reduce(whole - round(shared * WEIGHT), whole))
        return f"1 - shared {shared:,.15g} / together {together:,.15g} = {distance:.4f}"

    def describe(self, origin: int, destination: int) -> tuple[str | None, tuple[str, ...]]:
        """How many skills are shared."""
        roster = self.roster
        first, second = (set(roster.set_skills[roster.profile_set[at]]) for at in (origin, destination))
        plain = f"{len(first & second)} of {len(first | second)} skills shared"
        return plain, ()

    def tell_limits(self, origin: int | None, found: Sequence[int]) -> tuple[str, ...]:
        """Of which focuses the skills do not tell the levels apart; and that proficiency is not counted."""
        everyone = found if origin is None else (origin, *found)
        notes = []
        blurred = [
            self.roster.focus_codes[focus]
            for focus in dict.fromkeys(self.roster.profile_focus[at] for at in everyone)
            if self._is_blurred(focus)
        ]
        if blurred:
            one = len(blurred) == 1
            listed = ", and its rungs stand in the order of their codes" if len(everyone) > 2 else ""
            notes.append(
                f"the skills of {_name_some(blurred)} are recorded for {'the whole focus' if one else 'whole focuses'}, not "
                f"per level: they cannot tell {'its levels' if one else 'the levels of one focus'} apart{listed}"
            )
        own = {} if origin is None else self._list_asked(origin)
        if any(self._asks_otherwise(own if origin is not None else None, at) for at in found):
            notes.append(
                f"how well a skill is asked for is not counted by {self.edition}; it is recorded here and differs"
                if origin is not None
                else f"how well a skill is asked for is not counted by {self.edition}; some of these roles record it"
            )
        return tuple(notes)

    def _is_blurred(self, focus: int) -> bool:
        """Whether the skills of a focus are those of several rungs alike, because they are recorded for all."""
        if focus not in self._blurred:
            scope = self.roster.focus_scope[focus]
            self._blurred[focus] = scope == WHOLE_FOCUS and len(self.roster.rungs_of(focus)) > 1
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
        """The nearest by what they share, among all profiles with skills."""
        visited = self._visit(self.roster.profile_set[origin])
        return list(islice((entry for entry in visited if entry[1] != origin), k))

    def find_nearest_to_person(self, k: int) -> Found:
        """The profiles nearest to the skills of the person."""
        return list(islice(self._visit(self.person), k))

    def find_all(self, k: int) -> Iterator[tuple[int, Found]]:
        """:meth:`find_nearest` for every profile with skills; profiles with the same skills share one search."""
        roster, focus = self.roster, -1
        known: dict[int, Found] = {}
        for origin in roster.active_profiles():
            skill_set = roster.profile_set[origin]
            if skill_set < 0:
                continue
            if roster.profile_focus[origin] != focus:
                # Sets belong to one focus, so what was found for another is not asked for again.
                focus = roster.profile_focus[origin]
                known.clear()
            if skill_set not in known:
                known[skill_set] = list(islice(self._visit(skill_set), k + 1))
            yield origin, [entry for entry in known[skill_set] if entry[1] != origin][:k]

    def count_left_out(self, origin: int | None = None) -> int:
        """Profiles without skills."""
        return len(self._members.get(-1, ()))

    def tell_left_out(self, number: int) -> str:
        """Why profiles are left out."""
        roles = "1 role is" if number == 1 else f"{number:,} roles are"
        return f"{roles} left out: no skills are recorded"

    @property
    def person(self) -> int:
        """The position of the person's skills, behind the sets of the roster."""
        return len(self.roster.set_skills)

    def _visit(self, skill_set: int) -> Iterator[tuple[Content, int]]:
        """The selected profiles with skills, nearest to a set first, ties by position."""
        own = [] if skill_set == self.person else [Near(skill_set, 0, self._contents.totals[skill_set])]
        seen: set[int] = set()
        rings = groupby(
            (near for near in (*own, *self._contents.rank(skill_set)) if near.position != self.person),
            key=lambda near: _reduce(near.different, near.together),
        )
        for key, ring in rings:
            if key.different == key.together:
                break
            sets = [near.position for near in ring]
            seen.update(sets)
            for at in sorted(at for number in sets for at in self._members.get(number, ())):
                yield key, at
        # Those that share nothing, however many, need no ranking.
        for at in self.list_selected():
            number = self.roster.profile_set[at]
            if number >= 0 and number not in seen:
                yield Content(1, 1), at

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The selected profiles by their skill set."""
        members: dict[int, list[int]] = {}
        sets = self.roster.profile_set
        for at in self.list_selected():
            members.setdefault(sets[at], []).append(at)
        return members

    @cached_property
    def _contents(self) -> Contents[int]:
        sets, own = self.roster.set_skills, self._own
        recorded = (sets[number] for number in range(len(sets)))
        return Contents([(skill, own) for skill in skills] for skills in (*recorded, self._person))


_NAMED = 3
"""How many focuses a note names."""


def _reduce(different: int, together: int) -> Content:
    divisor = gcd(different, together)
    return Content(different // divisor, together // divisor)


def _name_some(codes: Sequence[str]) -> str:
    """One code, a few, or how many there are."""
    if len(codes) > _NAMED:
        return f"{len(codes):,} focuses"
    return f"{', '.join(codes[:-1])} and {codes[-1]}" if len(codes) > 1 else codes[0]
