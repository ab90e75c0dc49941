"""Two roles between which a path surely leads: the example of the page that plans paths."""

from __future__ import annotations

from itertools import islice
from typing import Final

from rolegraph.careers.moves import Moves, Step
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import PROMOTION
from rolegraph.errors import RequestError

_TRIED: Final = 200
"""Roles from which a path is looked for; each takes a few milliseconds at most."""
_CLIMBS: Final = 2
"""Promotions before and after the change of focus."""


def choose_journey(roster: Roster) -> tuple[str, str] | None:
    """The ends of a path that leads up into another focus, or else those of a move; None where no move was found.

    It is made by going along single moves, so there is a path; the best one may be another. Documented roles are tried
    first, low rungs before high ones, then by code.
    """
    try:
        moves = Moves(roster)
    except RequestError:
        # Without an edition of costs there are no moves.
        return None
    rungs, levels = roster.level_rung, roster.profile_level
    origins = sorted(
        roster.active_profiles(), key=lambda at: (roster.basis_of(at) != "documented", rungs[levels[at]], at)
    )
    plain: tuple[int, int] | None = None
    for origin in islice(origins, _TRIED):
        steps = moves.list_steps(origin)
        if steps and plain is None:
            plain = origin, min(steps, key=_rank)[0]
        goal = _travel(moves, origin)
        if goal is not None:
            return roster.code_of(origin), roster.code_of(goal)
    return None if plain is None else (roster.code_of(plain[0]), roster.code_of(plain[1]))


def _travel(moves: Moves, origin: int) -> int | None:
    """Where promotions, the cheapest change of focus, and promotions lead, if that is up."""
    roster = moves.roster
    before = [origin, *_climb(moves, origin)]
    # From as high as may be, for most can be moved there.
    for at in reversed(before):
        steps = moves.list_steps(at)
        changes = [step for step in steps if roster.profile_focus[step[0]] != roster.profile_focus[origin]]
        if changes:
            landing = min(changes, key=_rank)[0]
            goal = [landing, *_climb(moves, landing)][-1]
            levels = roster.profile_level
            up = moves.rules.find_direction(levels[origin], levels[goal]) == "up"
            return goal if up else None
    return None


def _climb(moves: Moves, origin: int) -> list[int]:
    """The roles on the way up the ladder of a focus, a rung at a time."""
    found: list[int] = []
    while len(found) < _CLIMBS:
        above = [step for step in moves.list_steps(found[-1] if found else origin) if step[2] == PROMOTION]
        if not above:
            break
        found.append(min(above, key=_rank)[0])
    return found


def _rank(step: Step) -> tuple[int, int]:
    destination, cost, _, _ = step
    return cost, destination
