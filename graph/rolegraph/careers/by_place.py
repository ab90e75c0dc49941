"""Distance by place in the architecture, editions of the forms ``structural`` and ``experience``, and its index.

The distance of two profiles depends on what they share of the taxonomy and on their two levels alone. So the
profiles in use, kept by function and level, are visited ring by ring: all combinations of a relation (same
function, same group, elsewhere) and a level that lie equally many steps away form one ring; rings are visited
from the nearest outwards until enough profiles are found. The own focus, a handful of profiles, is measured one
by one. What is not asked for is passed over on the way. Nothing is approximated: the answer equals that of
measuring every profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from typing import TYPE_CHECKING

from rolegraph.careers.distance import (
    APART,
    ELSEWHERE,
    FUNCTION,
    GROUP,
    Measure,
    explain_apart,
    list_functions,
    relate,
)
from rolegraph.careers.forms import MICRO, STEP
from rolegraph.careers.selection import EVERYTHING, Selection
from rolegraph.careers.yardstick import Found, Yardstick

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster


class ByPlace(Yardstick):
    """Measures by place: level, track and taxonomy, in thousandths of a level step."""

    def __init__(self, roster: Roster, edition: str, selection: Selection = EVERYTHING) -> None:
        super().__init__(roster, edition, selection)
        self.steps = Measure(roster, edition)
        self._left_out: dict[int | None, int] = {}
        self._terms: dict[int, list[int]] = {}
        self._rings: dict[int, list[tuple[int, list[tuple[int, int]]]]] = {}

    def find_reason(self, origin: int, destination: int) -> str | None:
        """Why the levels of two profiles do not compare."""
        levels = self.roster.profile_level
        return explain_apart(self.roster, self.steps, levels[origin], levels[destination])

    def measure(self, origin: int, destination: int) -> int:
        """The steps between two profiles, after truncation."""
        roster, levels = self.roster, self.roster.profile_level
        relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
        steps = self.steps.count_steps(levels[origin], levels[destination], relation)
        return min(steps, self.steps.truncation)

    def judge(self, key: int) -> tuple[float, Band | None]:
        """The distance and match band of so many steps."""
        return self.steps.judge(key)

    def split(self, origin: int, destination: int) -> dict[str, float]:
        """The terms of the sum, in steps."""
        roster, levels = self.roster, self.roster.profile_level
        relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
        return self.steps.split(levels[origin], levels[destination], relation)

    def explain(self, components: Mapping[str, float]) -> str:
        """The sum of the terms, and the sum over the truncation."""
        terms = {name: round(value * STEP) for name, value in components.items()}
        total, cut = sum(terms.values()), self.steps.truncation
        parts = " + ".join(f"{name} {show_steps(value)}" for name, value in terms.items())
        over = f", cut off at {show_steps(cut)}" if total > cut else ""
        shown = f"{self.steps.scale(total) / MICRO:.4f}"
        return f"{parts} = {show_steps(total)} level steps{over}; {show_steps(min(total, cut))} / {show_steps(cut)} = {shown}"

    def count_left_out(self, origin: int | None = None) -> int:
        """Profiles whose levels are not compared."""
        level = None if origin is None else self.roster.profile_level[origin]
        if level not in self._left_out:
            compares = self.steps.compares
            apart = {
                other
                for other in self.roster.used_levels
                if not compares(other if level is None else level, other)
            }
            at_level = self.roster.profile_level
            self._left_out[level] = sum(at_level[at] in apart for at in self.list_selected()) if apart else 0
        return self._left_out[level]

    def tell_left_out(self, number: int) -> str:
        """Why profiles are left out."""
        roles = "1 role is" if number == 1 else f"{number:,} roles are"
        return f"{roles} left out: the stage of the level is not known, or known in another way"

    def find_nearest(self, origin: int, k: int) -> Found:
        """The ``k`` nearest to a profile as (steps after truncation, profile), sorted."""
        roster = self.roster
        level, focus = roster.profile_level[origin], roster.profile_focus[origin]
        inner = self._measure_ladder(self._list_rungs(focus), origin, level)
        outer = self._visit_rings(roster.focus_function[focus], level, k + len(inner) + 1)
        focuses = roster.profile_focus
        return sorted(inner + [found for found in outer if focuses[found[1]] != focus])[:k]

    def find_all(self, k: int) -> Iterator[tuple[int, Found]]:
        """:meth:`find_nearest` for every profile whose level the edition places, in the order of codes.

        What lies outside the own focus is the same for all profiles of a function at a level, and is visited
        once for them.
        """
        roster, measure = self.roster, self.steps
        focuses, levels = roster.profile_focus.tolist(), roster.profile_level.tolist()
        everything = self.selection == EVERYTHING
        for function in range(len(roster.function_codes)):
            rungs = {focus: list(roster.rungs_of(focus).items()) for focus in roster.focuses_of(function)}
            if not rungs:
                continue
            # Of the shared list, as many may fall away as the own focus has profiles.
            need = k + max(map(len, rungs.values()))
            shared: dict[int, list[tuple[int, int]]] = {}
            for focus, ladder in rungs.items():
                near = ladder if everything else self._list_rungs(focus)
                for origin in sorted(at for _, at in ladder):
                    level = levels[origin]
                    if not measure.compares(level, level):
                        continue
                    if level not in shared:
                        shared[level] = self._visit_rings(function, level, need)
                    found = [entry for entry in shared[level] if focuses[entry[1]] != focus]
                    found += self._measure_ladder(near, origin, level)
                    found.sort()
                    yield origin, found[:k]

    def _list_rungs(self, focus: int) -> list[tuple[int, int]]:
        """(level, profile) of the profiles of a focus that may be found."""
        selection, function = self.selection, self.roster.focus_function[focus]
        return [
            (level, at)
            for level, at in self.roster.rungs_of(focus).items()
            if selection.allows(function, level)
        ]

    def _measure_ladder(
        self, ladder: list[tuple[int, int]], origin: int, level: int
    ) -> list[tuple[int, int]]:
        terms, cut = self._level_terms(level), self.steps.truncation
        return [
            (min(terms[other], cut), at) for other, at in ladder if at != origin and terms[other] != APART
        ]

    def _level_terms(self, level: int) -> list[int]:
        """Level and track term from one level to each."""
        terms = self._terms.get(level)
        if terms is None:
            measure = self.steps
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
            terms, measure = self._level_terms(level), self.steps
            cells = sorted(
                (min(terms[other] + measure.taxonomy[relation], measure.truncation), relation, other)
                for other in self.roster.used_levels
                if terms[other] != APART
                if self.selection.levels is None or other in self.selection.levels
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
        wanted = self.selection.functions
        for other in list_functions(roster, function, relation):
            if wanted is None or other in wanted:
                yield from roster.cell(other, level)


def show_steps(steps: int) -> str:
    """So many thousandths of a level step as people write them.

    >>> show_steps(1700), show_steps(2000)
    ('1.7', '2')
    """
    return f"{steps / STEP:.3f}".rstrip("0").rstrip(".")
