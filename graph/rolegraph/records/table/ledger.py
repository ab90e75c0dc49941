"""Collects what is wrong with a table and what a person should know of it, without a flood of the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from rolegraph.errors import Place, Problem

MOST: Final = 100
"""So many problems of one rule are listed; of further ones the number is told."""


@dataclass(slots=True)
class _Tally:
    one: str
    many: str
    remedy: str
    count: int = 0
    places: list[Place] = field(default_factory=list)


class Ledger:
    """Problems and notes in the order in which they were found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._notes: list[Problem] = []
        self._counts: Counter[tuple[bool, str]] = Counter()
        self._tallies: dict[tuple[str, str], _Tally] = {}

    def refuse(self, rule: str, message: str, place: Place | None, where: str, remedy: str) -> None:
        """Adds a problem."""
        self._add(True, Problem(rule, message, place, where, remedy))

    def note(self, rule: str, message: str, place: Place | None, where: str, remedy: str) -> None:
        """Adds a note."""
        self._add(False, Problem(rule, message, place, where, remedy))

    def _add(self, refused: bool, problem: Problem) -> None:
        self._counts[refused, problem.rule] += 1
        if self._counts[refused, problem.rule] <= MOST:
            (self._problems if refused else self._notes).append(problem)

    def tally(self, rule: str, one: str, many: str, place: Place, remedy: str) -> None:
        """Counts something that is told once, with its number and its first cells.

        ``one`` is the message for a single one, ``many`` the one for several, with ``{count}`` for their number.
        """
        tally = self._tallies.setdefault((rule, many), _Tally(one, many, remedy))
        tally.count += 1
        if len(tally.places) < 3:
            tally.places.append(place)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was refused."""
        return (*self._problems, *self._rest(True))

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Everything that a person should know."""
        told = []
        for (rule, _), tally in self._tallies.items():
            cells = ", ".join(str(place.cell or place) for place in tally.places)
            more = " ..." if tally.count > len(tally.places) else ""
            message = tally.one if tally.count == 1 else tally.many.replace("{count}", str(tally.count), 1)
            told.append(Problem(rule, f"{message} ({cells}{more})", tally.places[0], "", tally.remedy))
        return (*self._notes, *told, *self._rest(False))

    def _rest(self, refused: bool) -> list[Problem]:
        listed = self._problems if refused else self._notes
        rest = []
        for (kind, rule), count in self._counts.items():
            if kind is refused and count > MOST:
                first = next(problem for problem in listed if problem.rule == rule)
                verb = "is" if count - MOST == 1 else "are"
                rest.append(
                    replace(
                        first,
                        message=f"{count - MOST} more of this kind {verb} not listed",
                        where="",
                        remedy="correct these first",
                    )
                )
        return rest
