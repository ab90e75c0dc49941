"""Which moves there are between levels, of what kind, and what they cost before skills are compared.

    promotion        same focus and track, next rung
    track-switch     same focus, other track
    lateral          same function, other focus
    function-change  another function
    step-down        a fall in rank inside a track, or to a level whose years end by the time the origin's begin

Inside a track a move that is no promotion rises at most one rung, and not at all when the function changes. To
another track it lands where the typical years of both levels overlap by at least a year and the stage rises by
at most half a step. Where stages are given in place of years, it lands at most half a step away in either
direction, and further down is a step-down. Where a track has neither, its ranks stand in, inside it alone: no
move leaves or enters it by changing track. Rungs are those that the track has, so a rank that no level has is
no rung. Where it is asked for, a promotion may go over rungs (a jump): it costs what the promotions that it stands
for would cost, and as a change of role does, for the rise beyond the first rung, which is taken to be even.

    cost = distance + amount of the kind (of a jump: for each rung)
           + for moves other than promotions: rise x max(0, stages gained) + seniority x origin stage,
             and seniority-track x origin stage when the track changes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.careers.closest import refuse_edition
from rolegraph.careers.distance import ELSEWHERE, FOCUS, FUNCTION, GROUP, Measure
from rolegraph.careers.forms import BY_RANK, BY_YEARS, STEP
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import Direction, MoveKind
    from rolegraph.careers.roster import Roster

PROMOTION, TRACK_SWITCH, LATERAL, FUNCTION_CHANGE, STEP_DOWN = 0, 1, 2, 3, 4
KINDS: tuple[MoveKind, ...] = ("promotion", "track-switch", "lateral", "function-change", "step-down")
"""The names of the kinds; in an edition the amount of a kind has the same name."""

COST_EDITION = "effort@1"
COST_DISTANCE = "experience@1"
"""The edition whose distance is part of the cost."""

JUMP = len(KINDS)
"""The kind of a promotion over one rung; JUMP + 1 is that of one over two rungs, and so on."""

RELATIONS = (FOCUS, FUNCTION, GROUP, ELSEWHERE)

LevelMove = tuple[int, int, int]
"""A level that a move leads to, the kind of the move, and its cost before skills (millionths)."""


def name_kind(kind: int) -> MoveKind:
    """The name of a kind; a jump is a promotion.

    >>> name_kind(LATERAL), name_kind(JUMP + 1)
    ('lateral', 'promotion')
    """
    return KINDS[kind] if kind < JUMP else "promotion"


def count_rungs(kind: int) -> int:
    """How many rungs a move of this kind climbs at once, if it is a promotion; otherwise 0."""
    return 1 if kind == PROMOTION else kind - JUMP + 2 if kind >= JUMP else 0


class Rules:
    """The rules and constants of one cost edition over the levels of a roster.

    Raises RequestError where the data does not define the edition, or the distance that it builds on.
    """

    def __init__(self, roster: Roster, edition: str = COST_EDITION) -> None:
        found = roster.read_edition(edition)
        if found is None or found[0] != "effort":
            raise _refuse_cost(roster, edition)
        self.roster = roster
        self.edition = edition
        self.constants = found[1]
        self.measure = Measure(roster, COST_DISTANCE, ranked=True)
        self._amounts = [self.constants[kind] for kind in KINDS]
        self._rows: dict[int, tuple[list[LevelMove], ...]] = {}

    def list_moves(self, level: int) -> tuple[list[LevelMove], ...]:
        """The moves from a level to levels in use, for each relation from FOCUS to ELSEWHERE, jumps among them."""
        row = self._rows.get(level)
        if row is None:
            row = self._rows[level] = tuple(self._list_moves(level, relation) for relation in RELATIONS)
        return row

    def _list_moves(self, level: int, relation: int) -> list[LevelMove]:
        moves = []
        for other in self.roster.used_levels:
            kind = self.judge(level, other, relation)
            if kind is not None:
                moves.append((other, kind, self._cost(level, other, relation, kind)))
        return moves

    def judge(self, level: int, other: int, relation: int) -> int | None:
        """The kind of a move between two levels in one relation; None where there is no such move."""
        if self.roster.level_track[level] != self.roster.level_track[other]:
            fits = self._judge_crossing(level, other)
            if fits is None or not fits:
                return fits if fits is None else STEP_DOWN
            return TRACK_SWITCH if relation == FOCUS else LATERAL if relation == FUNCTION else FUNCTION_CHANGE
        rise = self.roster.level_rung[other] - self.roster.level_rung[level]
        if rise < 0:
            return STEP_DOWN
        if relation == FOCUS:
            return PROMOTION if rise == 1 else JUMP + rise - 2 if rise else None
        if relation == FUNCTION:
            return LATERAL if rise <= 1 else None
        return FUNCTION_CHANGE if rise == 0 else None

    def _judge_crossing(self, level: int, other: int) -> bool | None:
        """Whether a change of track lands: True; as a step-down: False; not at all: None."""
        measure, roster = self.measure, self.roster
        if not measure.compares(level, other):
            return None
        rise = measure.stages[other] - measure.stages[level]
        most = self.constants["track-rise"]
        if measure.method[roster.level_track[level]] != BY_YEARS:
            return None if rise > most else rise >= -most
        overlap = min(roster.years_max[level], roster.years_max[other]) - max(
            roster.years_min[level], roster.years_min[other]
        )
        if overlap >= self.constants["overlap-years"]:
            return True if rise <= most else None
        return False if roster.years_max[other] <= roster.years_min[level] else None

    def _cost(self, level: int, other: int, relation: int, kind: int) -> int:
        measure, constants = self.measure, self.constants
        cost = measure.scale(measure.count_steps(level, other, relation))
        if rungs := count_rungs(kind):
            # The rise counts as evenly spread over the rungs: the levels in between may be without years.
            rise = max(0, measure.stages[other] - measure.stages[level])
            beyond = 2 * constants["rise"] * rise * (rungs - 1)
            return cost + rungs * self._amounts[PROMOTION] + (beyond + rungs * STEP) // (2 * rungs * STEP)
        cost += self._amounts[kind]
        stage = measure.stages[level]
        weight = constants["seniority"]
        if self.roster.level_track[level] != self.roster.level_track[other]:
            weight += constants["seniority-track"]
        extra = constants["rise"] * max(0, measure.stages[other] - stage) + weight * stage
        return cost + (2 * extra + STEP) // (2 * STEP)

    def find_direction(self, level: int, other: int) -> Direction:
        """Whether a move leads up, down or to the same level: by rung in a track, by stage across tracks."""
        if self.roster.level_track[level] == self.roster.level_track[other]:
            rise = self.roster.level_rung[other] - self.roster.level_rung[level]
        else:
            rise = self.measure.stages[other] - self.measure.stages[level]
        return "up" if rise > 0 else "down" if rise < 0 else "level"

    def describe_changes(self, level: int, other: int, relation: int) -> tuple[str, ...]:
        """What a move changes, the furthest change first: ``("focus change", "one level up")``."""
        roster, changes = self.roster, []
        if relation != FOCUS:
            changes.append("focus change" if relation == FUNCTION else "function change")
        track = roster.level_track[level]
        if track == roster.level_track[other]:
            changes.append(_tell_rungs(roster.level_rung[other] - roster.level_rung[level]))
            if self.measure.method[track] == BY_RANK:
                changes.append(
                    f"measured by rank: typical years are not known for every level of track "
                    f"{roster.track_codes[track]}"
                )
        else:
            changes.append("track change")
            changes.append(_tell_stages(self.measure.stages[other] - self.measure.stages[level]))
        return tuple(changes)


def _refuse_cost(roster: Roster, edition: str) -> RequestError:
    pairs = zip(roster.edition_codes, roster.edition_forms, strict=True)
    known = [code for code, form in pairs if form == "effort"]
    if not known:
        return RequestError(f"the data defines no cost of moves; add editions/{COST_EDITION}.yaml to it")
    if edition not in roster.edition_codes:
        return refuse_edition(edition, known)
    form = roster.edition_forms[roster.edition_codes.index(edition)]
    return RequestError(
        f"{edition} (form {form}) defines a distance, not the cost of a move; costs: {', '.join(known)}"
    )


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _tell_rungs(rise: int) -> str:
    if rise == 0:
        return "same level"
    size = abs(rise)
    word = _NUMBERS[size] if size < len(_NUMBERS) else str(size)
    return f"{word} level{'s' if size > 1 else ''} {'up' if rise > 0 else 'down'}"


def _tell_stages(rise: int) -> str:
    if rise == 0:
        return "same career stage"
    return f"career stage {'up' if rise > 0 else 'down'} {abs(rise) / STEP:.2f} steps"
