"""What follows from changes: nearest roles that are others, moves that appear, vanish or have another cost.

Only roles that are in use on both sides are compared; a role that was moved is the same role. Every path is made of
moves, so where no move changes no path does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from rolegraph.answers import (
    Consequences,
    MoveShift,
    MoveShifts,
    NeighbourShift,
    NeighbourShifts,
    ShiftedNeighbour,
)
from rolegraph.careers.adjacency import rank_rows
from rolegraph.careers.distance import list_distances
from rolegraph.careers.forms import MICRO
from rolegraph.careers.network import Networks
from rolegraph.careers.rules import COST_EDITION, JUMP, name_kind
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.answers import DataChange
    from rolegraph.careers.roster import Roster

EDITIONS: Final = ("structural@1", "content@1")
K: Final = 5
"""How many nearest roles of each role are compared, by each of these editions."""

LISTED: Final = 500
"""The roles, and the moves of each kind of change, that are listed; all are counted."""

ROUNDING: Final = 0.0000015
"""Distances have six digits after the point; two that differ by no more than the last digit are the same."""

_BESIDE: Final = "content@1"
"""The edition that counts what stands in releases beside a data folder, which no graph file has."""

_UNCOUNTED: Final = frozenset(
    {
        "title", "definition", "description", "job_code", "grade", "status", "version", "region", "confidence", "pay",
        "responsibilities", "review", "source_count", "aliases", "exclusions", "alternatives", "descriptors", "split",
    }
)  # fmt: skip
"""The fields of roles, focuses and skills that neither these editions nor the cost of moves count."""

Near = dict[str, float]
Shift = Literal["appears", "vanishes", "costs"]


NONE_FOLLOWS: Final = Consequences(
    (), None, ("nothing changed that nearest roles or moves depend on, so they are the same",)
)


def may_follow(changes: Iterable[DataChange]) -> bool:
    """Whether any of the changes is of something that distances or costs count."""
    return any(
        change.kind not in {"profile", "focus", "skill"}
        or change.field is None
        or (change.action != "renamed" and change.field.partition(".")[0] not in _UNCOUNTED)
        for change in changes
    )


def find_consequences(
    old: Roster, new: Roster, moved: Mapping[str, str], tell: Callable[[str], None] = lambda step: None
) -> Consequences:
    """Compare what is near and what moves there are; ``moved`` tells the new code of roles that were moved.

    ``tell`` hears what long work is doing.
    """
    notes: list[str] = []
    sides = _Sides(old, new, moved)
    neighbours = []
    for edition in EDITIONS:
        if lacking := _find_reason(sides, edition):
            notes.append(lacking)
            continue
        tell(f"comparing the nearest roles by {edition}")
        neighbours.append(sides.compare_neighbours(edition))
    tell("comparing moves")
    try:
        moves = sides.compare_moves(tell)
    except RequestError as error:
        notes.append(f"moves are not compared: {error}")
        moves = None
    return Consequences(tuple(neighbours), moves, tuple(notes))


def _find_reason(sides: _Sides, edition: str) -> str | None:
    """Why an edition is not compared; None where it can be."""
    for name, roster in (("older", sides.old), ("newer", sides.new)):
        if edition not in list_distances(roster):
            return f"nearest roles by {edition} are not compared: the {name} data does not define it"
    if edition == _BESIDE and bool(sides.old.base_names) != bool(sides.new.base_names):
        return f"nearest roles by {edition} are not compared: only one side has the content of occupations beside it"
    return None


class _Sides:
    """Two rosters, and the roles that are in use in both."""

    def __init__(self, old: Roster, new: Roster, moved: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self._names = moved
        codes = new.list_codes()
        active = {codes[at] for at in new.active_profiles()}
        before = old.list_codes()
        self.both = {code for at in old.active_profiles() if (code := self._translate(before[at])) in active}

    def _translate(self, code: str) -> str:
        return self._names.get(code, code)

    def compare_neighbours(self, edition: str) -> NeighbourShifts:
        """What changed among the nearest roles of every role by one edition."""
        before = {
            origin: {self._translate(at): distance for at, distance in near.items()}
            for code, near in _list_near(self.old, edition)
            if (origin := self._translate(code)) in self.both
        }
        changed = compared = 0
        shifts: list[NeighbourShift] = []
        for code, after in _list_near(self.new, edition):
            if code not in self.both:
                continue
            compared += 1
            known = before.pop(code, {})
            if _is_same(known, after):
                continue
            changed += 1
            if len(shifts) < LISTED:
                shifts.append(self._tell_shift(code, known, after))
        for code, known in sorted(before.items()):
            # It has no place in the newer data: nothing is recorded that the edition compares.
            compared += 1
            changed += 1
            if len(shifts) < LISTED:
                shifts.append(self._tell_shift(code, known, {}))
        return NeighbourShifts(edition, K, compared, changed, tuple(sorted(shifts, key=lambda s: s.code)))

    def _tell_shift(self, code: str, before: Near, after: Near) -> NeighbourShift:
        def tell(entries: Mapping[str, tuple[float | None, float | None]]) -> tuple[ShiftedNeighbour, ...]:
            return tuple(
                ShiftedNeighbour(at, self._tell_title(at), old, new) for at, (old, new) in entries.items()
            )

        return NeighbourShift(
            code,
            self._tell_title(code),
            tell({at: (None, distance) for at, distance in after.items() if at not in before}),
            tell({at: (distance, None) for at, distance in before.items() if at not in after}),
            tell(
                {
                    at: (before[at], distance)
                    for at, distance in after.items()
                    if at in before and abs(before[at] - distance) > ROUNDING
                }
            ),
        )

    def _tell_title(self, code: str) -> str:
        for roster in (self.new, self.old):
            if (at := roster.find_profile(code)) is not None:
                return roster.title_at(at)
        return code

    def compare_moves(self, tell: Callable[[str], None]) -> MoveShifts:
        """What changed among the moves of one rung between roles that are in use in both. Raises RequestError."""
        before = {
            (start, end): step
            for (origin, destination), step in _list_moves(self.old, tell)
            if (start := self._translate(origin)) in self.both
            and (end := self._translate(destination)) in self.both
        }
        found: dict[str, list[MoveShift]] = {"appears": [], "vanishes": [], "costs": []}
        numbers = dict.fromkeys(found, 0)

        def put(action: Shift, ends: tuple[str, str], kind: int, old: int | None, new: int | None) -> None:
            numbers[action] += 1
            if len(found[action]) < LISTED:
                one, other = map(self._tell_title, ends)
                costs = (None if cost is None else cost / MICRO for cost in (old, new))
                found[action].append(MoveShift(action, name_kind(kind), *ends, one, other, *costs))

        for ends, (kind, cost) in _list_moves(self.new, tell):
            if ends[0] in self.both and ends[1] in self.both:
                known = before.pop(ends, None)
                if known is None:
                    put("appears", ends, kind, None, cost)
                elif known[1] != cost or known[0] != kind:
                    put("costs", ends, kind, known[1], cost)
        for ends, (kind, cost) in before.items():
            put("vanishes", ends, kind, cost, None)
        moves = (*found["appears"], *found["vanishes"], *found["costs"])
        return MoveShifts(
            COST_EDITION, len(self.both), numbers["appears"], numbers["vanishes"], numbers["costs"], moves
        )


def _is_same(before: Near, after: Near) -> bool:
    return before.keys() == after.keys() and all(
        abs(before[at] - distance) <= ROUNDING for at, distance in after.items()
    )


def _list_near(roster: Roster, edition: str) -> Iterator[tuple[str, Near]]:
    for origin, row in rank_rows(roster, k=K, edition=edition):
        yield origin, {destination: float(distance) for destination, distance, _ in row}


def _list_moves(
    roster: Roster, tell: Callable[[str], None]
) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    """Every move but jumps over rungs, which are made of others: its ends, its kind and its cost in millionths."""
    network = Networks(roster, tell=tell).get()
    codes = roster.list_codes()
    columns = network.origins, network.destinations, network.kinds, network.costs
    for origin, destination, kind, cost in zip(*(column.tolist() for column in columns), strict=True):
        if kind < JUMP:
            yield (codes[origin], codes[destination]), (kind, cost)
