"""Where a search walks: profiles, and where it matters the stations still to visit and the moves made so far.

A state is a profile in a layer. Without stations (``via``) and without counting moves there is one layer, and states
are profiles. A search knows nothing of constraints: what they rule out is no way out of a state here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rolegraph.careers.distance import FOCUS, FUNCTION, relate
from rolegraph.careers.forms import MICRO
from rolegraph.careers.patience import find_patience
from rolegraph.careers.rules import FUNCTION_CHANGE, JUMP, KINDS, LATERAL, STEP_DOWN, TRACK_SWITCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rolegraph.careers.network import Network
    from rolegraph.careers.roster import Roster

PRIMARY = 10**12
"""Weight of an objective over effort: more than the effort of any path, so that effort only breaks its ties."""
TICK = 4096
"""Weight of a millionth over a move: more than the moves of any path, so that their number only breaks ties."""

WEIGH: Mapping[str, Callable[[int, int], int]] = {
    "effort": lambda cost, skills: cost * TICK + 1,
    "moves": lambda cost, skills: (PRIMARY + cost) * TICK + 1,
    "skills": lambda cost, skills: (PRIMARY * skills + cost) * TICK + 1,
}
"""What a move weighs under each objective, from its cost and the part of it that is skills (millionths)."""

Way = tuple[int, int, int]
"""What a move weighs, the state at its other end, and the number of the move."""


class Limits(NamedTuple):
    """What a path must keep to, as positions in the roster.

    ``barred`` are profiles that no move may lead to, ``barred_kinds`` kinds of move that are not made (a jump is a
    promotion; a step-down is also barred as what it would be if it did not lead down), ``tracks`` the only tracks that a move may lead to. ``via`` are stations, each a set of profiles of which
    one is visited, in their order. ``pay_ratio`` (millionths) is the least that a destination's median pay may be of
    the origin's, where both are known in one currency and period; a move of which that is not known is not made.
    """

    allow_step_down: bool = False
    max_jump: int = 1
    max_moves: int | None = None
    barred: frozenset[int] = frozenset()
    barred_kinds: frozenset[int] = frozenset()
    tracks: frozenset[int] | None = None
    via: tuple[frozenset[int], ...] = ()
    pay_ratio: int | None = None


class Space:
    """The states between ``starts`` and ``goals`` (profiles) under some limits, with the ways between them.

    With ``counted`` a layer holds the moves made so far, up to ``limits.max_moves``; otherwise they are not limited.
    """

    def __init__(
        self,
        roster: Roster,
        network: Network,
        limits: Limits,
        starts: Iterable[int],
        goals: Iterable[int],
        by: str = "effort",
        *,
        counted: bool = False,
    ) -> None:
        self.size = len(roster)
        self.network = network
        self._roster = roster
        self._weigh = WEIGH[by]
        self._via = limits.via
        self._most = (limits.max_moves or 0) if counted else 0
        self._counted = counted
        self._allowed = [kind for kind in range(JUMP + limits.max_jump - 1) if _permits(limits, kind)]
        self._closed = _close(roster, limits)
        self._ratio = limits.pay_ratio
        self._patience = find_patience()
        self._barred_falls = limits.barred_kinds if limits.allow_step_down else frozenset()
        self.starts = sorted(
            {self._compose(self._advance(0, at), 0, at) for at in starts}, key=self.profile_of
        )
        # A path that comes back to where it could have begun is no path of its own.
        self._roots = frozenset(self.starts)
        last = len(self._via)
        counts = range(self._most + 1)
        self.goals = frozenset(self._compose(last, count, at) for at in goals for count in counts)

    def profile_of(self, state: int) -> int:
        """The profile of a state."""
        return state % self.size

    def leave(self, state: int) -> list[Way]:
        """The ways out of a state; a path ends at the first goal that it reaches. Raises UnfinishedError."""
        if self._patience is not None:
            self._patience.check()
        if state in self.goals:
            return []
        network, profile = self.network, state % self.size
        begin, end = network.starts[profile], network.starts[profile + 1]
        columns = (network.destinations, network.costs, network.skills, network.kinds)
        allowed, closed, weigh = self._allowed, self._closed, self._weigh
        ways = [
            (weigh(cost, skills), at, move)
            for move, at, cost, skills, kind in zip(
                range(begin, end), *(column[begin:end].tolist() for column in columns), strict=True
            )
            if kind in allowed and not closed[at]
        ]
        if self._ratio is not None:
            ways = [way for way in ways if self._pays(profile, way[1])]
        if self._barred_falls:
            ways = [way for way in ways if self._falls_well(profile, way[1], network.kinds[way[2]])]
        if not self._via and not self._counted:
            return ways
        stage, count = self._split(state)
        if self._counted and count == self._most:
            return []
        count += self._counted
        return [
            (weight, self._compose(self._advance(stage, at), count, at), move) for weight, at, move in ways
        ]

    def enter(self, state: int) -> list[Way]:
        """The ways into a state; the state of each is the one that it comes from. Raises UnfinishedError."""
        if self._patience is not None:
            self._patience.check()
        network, profile = self.network, state % self.size
        if self._closed[profile] or state in self._roots:
            return []
        origins, costs, skills, kinds = network.origins, network.costs, network.skills, network.kinds
        allowed, weigh = self._allowed, self._weigh
        begin, end = network.arrival_starts[profile], network.arrival_starts[profile + 1]
        ways = [
            (weigh(costs[move], skills[move]), origins[move], move)
            for move in network.arrivals[begin:end].tolist()
            if kinds[move] in allowed
        ]
        if self._ratio is not None:
            ways = [way for way in ways if self._pays(way[1], profile)]
        if self._barred_falls:
            ways = [way for way in ways if self._falls_well(way[1], profile, kinds[way[2]])]
        if not self._via and not self._counted:
            return ways
        stage, count = self._split(state)
        if self._counted and count == 0:
            return []
        count -= self._counted
        stages = [before for before in range(stage + 1) if self._advance(before, profile) == stage]
        return [
            (weight, self._compose(before, count, at), move) for weight, at, move in ways for before in stages
        ]

    def _pays(self, origin: int, destination: int) -> bool:
        roster = self._roster
        pay, other = roster.pay_median[origin], roster.pay_median[destination]
        known = pay >= 0 and other >= 0 and roster.pay_kind[origin] == roster.pay_kind[destination]
        return bool(known and other * MICRO >= pay * (self._ratio or 0))

    def _falls_well(self, origin: int, destination: int, kind: int) -> bool:
        """Whether a move is no step-down, or one that changes nothing which is barred."""
        if kind != STEP_DOWN:
            return True
        roster = self._roster
        levels = roster.profile_level[origin], roster.profile_level[destination]
        relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
        if relation == FOCUS:
            changes_track = roster.level_track[levels[0]] != roster.level_track[levels[1]]
            return not (changes_track and TRACK_SWITCH in self._barred_falls)
        return (LATERAL if relation == FUNCTION else FUNCTION_CHANGE) not in self._barred_falls

    def _advance(self, stage: int, profile: int) -> int:
        """The number of stations visited once a profile is reached."""
        while stage < len(self._via) and profile in self._via[stage]:
            stage += 1
        return stage

    def _compose(self, stage: int, count: int, profile: int) -> int:
        return (stage * (self._most + 1) + count) * self.size + profile

    def _split(self, state: int) -> tuple[int, int]:
        return divmod(state // self.size, self._most + 1)


def _permits(limits: Limits, kind: int) -> bool:
    return (kind if kind < JUMP else KINDS.index("promotion")) not in limits.barred_kinds


def _close(roster: Roster, limits: Limits) -> bytearray:
    """For each profile whether no move may lead to it."""
    closed = bytearray(len(roster))
    if limits.tracks is not None:
        shut = [track not in limits.tracks for track in roster.level_track]
        closed = bytearray(map(shut.__getitem__, roster.profile_level))
    for profile in limits.barred:
        closed[profile] = 1
    return closed
