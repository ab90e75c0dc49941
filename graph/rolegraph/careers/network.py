"""Every move of a roster as columns that a search walks in both directions.

Making the moves of a profile takes a tenth of a millisecond and more, walking along them a few hundred nanoseconds.
So they are made once, and for large data kept beside the snapshot of the roster.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, cast

from rolegraph.careers.columns import Columns, DamagedError
from rolegraph.careers.moves import Moves, Step
from rolegraph.careers.patience import pause_patience
from rolegraph.careers.rules import COST_EDITION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rolegraph.careers.roster import Roster

WORTH_KEEPING = 200
"""From so many profiles on, reading the moves back is faster than making them."""
_TOLD_EVERY = 5000


class Network:
    """Moves by the profile that they leave and by the profile that they lead to.

    A move is known by its number: ``starts`` says where the moves that leave a profile begin (one more than there
    are profiles), ``destinations``, ``costs``, ``skills`` (both in millionths) and ``kinds`` hold the rest. The moves
    that lead to a profile are ``arrivals``, from ``arrival_starts`` on; ``origins`` tells where a move begins.
    """

    def __init__(self, columns: Columns) -> None:
        def numbers(name: str) -> memoryview:
            return cast("memoryview", columns[name])

        self.columns = columns
        self.starts = numbers("move:at").tolist()
        self.destinations = numbers("move.destination")
        self.costs = numbers("move.cost")
        self.skills = numbers("move.skills")
        self.kinds = numbers("move.kind")
        self.origins = numbers("move.origin")
        self.arrival_starts = numbers("arrival:at").tolist()
        self.arrivals = numbers("arrival")

    @classmethod
    def from_moves(
        cls,
        moves: Moves,
        *,
        allow_step_down: bool = False,
        tell: Callable[[str], None] = lambda step: None,
    ) -> Network:
        """The network of all moves, jumps over any number of rungs among them; ``tell`` hears of long work."""
        count = len(moves.roster)

        def list_rows() -> Iterator[tuple[int, Step]]:
            for profile in range(count):
                if profile % _TOLD_EVERY == 0 and count > _TOLD_EVERY:
                    tell(f"making the moves of all roles, once: {profile:,} of {count:,}")
                if not moves.roster.is_retired(profile):
                    for step in moves.list_steps(profile, allow_step_down=allow_step_down, max_jump=count):
                        yield profile, step

        return cls.from_rows(count, list_rows())

    @classmethod
    def from_rows(cls, count: int, rows: Iterable[tuple[int, Step]]) -> Network:
        """The network of ``count`` profiles and some moves, each with its origin, in the order of their origins."""
        origins, destinations = array("i"), array("i")
        costs, skills, kinds = array("i"), array("i"), array("b")
        for origin, (destination, cost, kind, skill) in rows:
            origins.append(origin)
            destinations.append(destination)
            costs.append(cost)
            kinds.append(kind)
            skills.append(skill)
        starts, _ = _sort(origins, count)
        arrival_starts, arrivals = _sort(destinations, count)
        return cls(
            {
                "move:at": memoryview(starts),
                "move.origin": memoryview(origins),
                "move.destination": memoryview(destinations),
                "move.cost": memoryview(costs),
                "move.skills": memoryview(skills),
                "move.kind": memoryview(kinds),
                "arrival:at": memoryview(arrival_starts),
                "arrival": memoryview(arrivals),
            }
        )

    def read_step(self, move: int) -> Step:
        """One move as the rest of the package knows it."""
        return self.destinations[move], self.costs[move], self.kinds[move], self.skills[move]


def _sort(ends: array[int], count: int) -> tuple[array[int], array[int]]:
    """Where the moves of each of ``count`` profiles begin, and their numbers, by one of their ends: a counting sort."""
    places = array("i", bytes(4 * (count + 1)))
    for end in ends:
        places[end + 1] += 1
    for profile in range(count):
        places[profile + 1] += places[profile]
    numbers = array("i", bytes(4 * len(ends)))
    following = places[:]
    for move, end in enumerate(ends):
        numbers[following[end]] = move
        following[end] += 1
    return places, numbers


class Networks:
    """The networks of one roster and one cost edition, with and without step-downs, made when they are asked for."""

    def __init__(
        self,
        roster: Roster,
        edition: str = COST_EDITION,
        tell: Callable[[str], None] = lambda step: None,
    ) -> None:
        self.roster = roster
        self.moves = Moves(roster, edition)
        self._tell = tell
        self._made: dict[bool, Network] = {}

    def get(self, *, allow_step_down: bool = False) -> Network:
        """The network, from the cache where an earlier run left it."""
        network = self._made.get(allow_step_down)
        if network is None:
            with pause_patience():
                network = self._made[allow_step_down] = self._open(allow_step_down)
        return network

    def _open(self, allow_step_down: bool) -> Network:
        def make() -> Network:
            return Network.from_moves(self.moves, allow_step_down=allow_step_down, tell=self._tell)

        if self.roster.key is None or len(self.roster) < WORTH_KEEPING:
            return make()
        from rolegraph.careers.snapshot import read_beside, write_beside

        name = f"{self.moves.rules.edition}{' down' if allow_step_down else ''}"
        try:
            return Network(read_beside(self.roster.key, name))
        except (OSError, DamagedError):
            network = make()
            write_beside(self.roster.key, name, network.columns)
            return network
