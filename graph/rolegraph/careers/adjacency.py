"""The nearest profiles of one profile or of every profile, exactly, from an index.

The distance of two profiles depends on what they share of the taxonomy and on their two levels alone. So the
profiles in use, kept by function and level, are visited ring by ring: all combinations of a relation (same
function, same group, elsewhere) and a level that lie equally many steps away form one ring; rings are visited
from the nearest outwards until enough profiles are found. The own focus, a handful of profiles, is measured one
by one. Nothing is approximated: the answer equals that of measuring every profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING

from rolegraph.answers import Adjacent, Neighbour
from rolegraph.careers.distance import (
    APART,
    ELSEWHERE,
    FUNCTION,
    GROUP,
    Measure,
    list_functions,
    relate,
    require_comparable,
)
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster

DEFAULT_EDITION = "structural@1"


def rank_adjacent(roster: Roster, code: str, k: int = 10, edition: str = DEFAULT_EDITION) -> Adjacent:
    """The ``k`` profiles in use nearest to a profile, nearest first, ties by code; fewer if there are fewer.

    Profiles that the edition does not compare with the origin (their stage is known in another way) are left
    out. Raises UnknownError for a code that is not there, RequestError for a retired one, for ``k`` below 1, and
    where the edition does not know the place of the origin's level.
    """
    index = _open_index(roster, k, edition)
    origin = roster.locate_profile(code)
    level = roster.profile_level[origin]
    require_comparable(roster, index.measure, level, level)
    return Adjacent(code, edition, tuple(_describe(index, origin, index.find_nearest(origin, k))))


def rank_all(roster: Roster, k: int = 10, edition: str = DEFAULT_EDITION) -> Iterator[Adjacent]:
    """The answer of :func:`rank_adjacent` for every profile in use, in the order of their codes.

    A profile whose level the edition can not place is left out.
    """
    index = _open_index(roster, k, edition)
    for origin, found in index.find_all(k):
        yield Adjacent(roster.code_of(origin), edition, tuple(_describe(index, origin, found)))


def rank_rows(
    roster: Roster, k: int = 10, edition: str = DEFAULT_EDITION
) -> Iterator[tuple[str, list[tuple[str, str, Band]]]]:
    """As :func:`rank_all`, without titles and components, for writing: (origin, [(destination, distance, band)]).

    The distance is a text of six digits after the point. This is the way to all neighbours of a large
    architecture: some ten microseconds for each profile.
    """
    index = _open_index(roster, k, edition)
    codes = roster.list_codes()
    told: dict[int, tuple[str, Band]] = {}
    for origin, found in index.find_all(k):
        row = []
        for steps, at in found:
            if steps not in told:
                distance, band = index.measure.judge(steps)
                told[steps] = f"{distance:.6f}", band
            row.append((codes[at], *told[steps]))
        yield codes[origin], row


def _open_index(roster: Roster, k: int, edition: str) -> NearestIndex:
    if k < 1:
        raise RequestError(f"k is {k}; ask for at least 1 neighbour")
    return NearestIndex(roster, Measure(roster, edition))


def _describe(index: NearestIndex, origin: int, found: Iterable[tuple[int, int]]) -> Iterator[Neighbour]:
    roster, measure = index.roster, index.measure
    level, focus = roster.profile_level[origin], roster.profile_focus[origin]
    for steps, at in found:
        relation = relate(roster, focus, roster.profile_focus[at])
        distance, band = measure.judge(steps)
        parts = measure.split(level, roster.profile_level[at], relation)
        yield Neighbour(roster.code_of(at), roster.title_at(at), distance, band, parts)


class NearestIndex:
    """Finds nearest profiles by one edition of distance."""

    def __init__(self, roster: Roster, measure: Measure) -> None:
        self.roster = roster
        self.measure = measure
        self._terms: dict[int, list[int]] = {}
        self._rings: dict[int, list[tuple[int, list[tuple[int, int]]]]] = {}

    def find_nearest(self, origin: int, k: int) -> list[tuple[int, int]]:
        """The ``k`` nearest to a profile as (steps after truncation, profile), sorted."""
        roster = self.roster
        level, focus = roster.profile_level[origin], roster.profile_focus[origin]
        inner = self._measure_focus(origin, focus, level)
        outer = self._visit_rings(roster.focus_function[focus], level, k + len(inner) + 1)
        focuses = roster.profile_focus
        return sorted(inner + [found for found in outer if focuses[found[1]] != focus])[:k]

    def find_all(self, k: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """:meth:`find_nearest` for every profile whose level the edition places, in the order of codes.

        What lies outside the own focus is the same for all profiles of a function at a level, and is visited
        once for them.
        """
        roster, measure = self.roster, self.measure
        focuses, levels = roster.profile_focus.tolist(), roster.profile_level.tolist()
        for function in range(len(roster.function_codes)):
            rungs = {focus: list(roster.rungs_of(focus).items()) for focus in roster.focuses_of(function)}
            if not rungs:
                continue
            # Of the shared list, as many may fall away as the own focus has profiles.
            need = k + max(map(len, rungs.values()))
            shared: dict[int, list[tuple[int, int]]] = {}
            for focus, ladder in rungs.items():
                for origin in sorted(at for _, at in ladder):
                    level = levels[origin]
                    if not measure.compares(level, level):
                        continue
                    if level not in shared:
                        shared[level] = self._visit_rings(function, level, need)
                    found = [entry for entry in shared[level] if focuses[entry[1]] != focus]
                    found += self._measure_ladder(ladder, origin, level)
                    found.sort()
                    yield origin, found[:k]

    def _measure_focus(self, origin: int, focus: int, level: int) -> list[tuple[int, int]]:
        return self._measure_ladder(list(self.roster.rungs_of(focus).items()), origin, level)

    def _measure_ladder(
        self, ladder: list[tuple[int, int]], origin: int, level: int
    ) -> list[tuple[int, int]]:
        terms, cut = self._level_terms(level), self.measure.truncation
        return [
            (min(terms[other], cut), at) for other, at in ladder if at != origin and terms[other] != APART
        ]

    def _level_terms(self, level: int) -> list[int]:
        """Level and track term from one level to each."""
        terms = self._terms.get(level)
        if terms is None:
            measure = self.measure
            terms = self._terms[level] = [
                measure.level_term(level, other) + measure.track_term(level, other)
                if measure.compares(level, other)
                else APART
                for other in range(self.roster.level_count)
            ]
        return terms

    def _list_rings(self, level: int) -> list[tuple[int, list[tuple[int, int]]]]:
        """(steps, [(relation, level)]) beyond the own focus, nearest first."""
        rings = self._rings.get(level)
        if rings is None:
            terms, measure = self._level_terms(level), self.measure
            cells = sorted(
                (min(terms[other] + measure.taxonomy[relation], measure.truncation), relation, other)
                for other in self.roster.used_levels
                if terms[other] != APART
                for relation in (FUNCTION, GROUP, ELSEWHERE)
            )
            rings = self._rings[level] = [
                (steps, [(relation, other) for _, relation, other in members])
                for steps, members in groupby(cells, key=lambda cell: cell[0])
            ]
        return rings

    def _visit_rings(self, function: int, level: int, need: int) -> list[tuple[int, int]]:
        """The first ``need`` profiles by (steps, code), the own focus measured as any other of the function."""
        found: list[tuple[int, int]] = []
        for steps, members in self._list_rings(level):
            missing = need - len(found)
            if missing <= 0:
                break
            ring: list[int] = []
            for relation, other in members:
                ring.extend(islice(self._visit_cell(function, relation, other), missing))
            ring.sort()
            found.extend((steps, at) for at in ring[:missing])
        return found

    def _visit_cell(self, function: int, relation: int, level: int) -> Iterator[int]:
        """The profiles at a level that stand in one relation to a function, by code."""
        roster = self.roster
        for other in list_functions(roster, function, relation):
            yield from roster.cell(other, level)
