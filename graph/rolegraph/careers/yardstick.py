"""What every edition of distance can be asked, whatever its form. One small class for each form answers.

A yardstick compares profiles by position in the roster. Profiles that an edition cannot place (no recorded skills,
no pay, unknown years) have a reason instead of a distance: unknown is never told as far.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from rolegraph.careers.distance import read_distance
from rolegraph.careers.forms import FORMS
from rolegraph.careers.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster

Key = Any
"""A distance as a form counts it: exact, and the same key wherever the distance is the same."""
Found = list[tuple[Key, int]]
"""Profiles with their distances, nearest first, ties by position."""


class Compared(NamedTuple):
    """Two profiles compared: distance (0 to 1, six digits), match band and components, or the reason why not.

    ``band`` is None for an edition without match bands. ``plain`` says it in plain words where a form has any;
    ``notes`` are what a reader should know of the figures.
    """

    distance: float | None
    band: Band | None
    components: dict[str, float]
    reason: str | None = None
    plain: str | None = None
    notes: tuple[str, ...] = ()


class Yardstick(ABC):
    """Measures by one edition. ``selection`` are the profiles that may be found; any may be compared."""

    banded = True
    """Whether the form has match bands."""
    speaks = False
    """Whether :meth:`describe` has anything to say."""

    def __init__(self, roster: Roster, edition: str, selection: Selection = EVERYTHING) -> None:
        self.roster = roster
        self.edition = edition
        self.selection = selection

    @abstractmethod
    def find_reason(self, origin: int, destination: int) -> str | None:
        """Why two profiles have no distance, or, for one profile twice, why it has no place; None if it has."""

    @abstractmethod
    def measure(self, origin: int, destination: int) -> Key:
        """The distance of two profiles that have one."""

    @abstractmethod
    def judge(self, key: Key) -> tuple[float, Band | None]:
        """A distance from 0 to 1 with six digits, and its match band."""

    @abstractmethod
    def split(self, origin: int, destination: int) -> dict[str, float]:
        """The components of the distance of two profiles; their names belong to the form."""

    @abstractmethod
    def explain(self, components: Mapping[str, float]) -> str:
        """The arithmetic in one line, from the components to the distance."""

    @abstractmethod
    def find_nearest(self, origin: int, k: int) -> Found:
        """The ``k`` nearest of the selection to a profile that has a place, itself left out."""

    def find_all(self, k: int) -> Iterator[tuple[int, Found]]:
        """:meth:`find_nearest` for every profile in use that has a place, in the order of codes."""
        for origin in self.roster.active_profiles():
            if self.find_reason(origin, origin) is None:
                yield origin, self.find_nearest(origin, k)

    @abstractmethod
    def count_left_out(self, origin: int | None = None) -> int:
        """How many profiles of the selection have no distance to one, or, without one, have no place."""

    @abstractmethod
    def tell_left_out(self, number: int) -> str:
        """Why so many profiles are left out, as a sentence."""

    def describe(self, origin: int, destination: int) -> tuple[str | None, tuple[str, ...]]:
        """The distance of two profiles in plain words, where the form has any, and notes on the figures."""
        return None, ()

    def tell_limits(self, origin: int | None, found: Sequence[int]) -> tuple[str, ...]:
        """What the records keep the edition from telling of profiles that stand side by side in an answer.

        ``found`` are set beside ``origin``; None where the answer starts from no profile.
        """
        return ()

    def compare(self, origin: int, destination: int) -> Compared:
        """Two profiles compared."""
        reason = self.find_reason(origin, destination)
        if reason is not None:
            return Compared(None, None, {}, reason)
        distance, band = self.judge(self.measure(origin, destination))
        plain, notes = self.describe(origin, destination)
        limits = self.tell_limits(origin, (destination,))
        return Compared(
            distance,
            band,
            self.split(origin, destination),
            None,
            plain,
            tuple(dict.fromkeys((*notes, *limits))),
        )

    def list_selected(self) -> Iterator[int]:
        """The profiles in use that may be found, by code."""
        if self.selection == EVERYTHING:
            return self.roster.active_profiles()
        return (at for at in self.roster.active_profiles() if self.is_selected(at))

    def is_selected(self, profile: int) -> bool:
        """Whether a profile may be found."""
        return self.selection.allows(self.roster.function_of(profile), self.roster.profile_level[profile])


def open_yardstick(roster: Roster, edition: str, selection: Selection = EVERYTHING) -> Yardstick:
    """The yardstick of an edition of distance.

    Raises RequestError where there is no such edition or where it is none of distance, naming those that there are.
    """
    form, _, _ = read_distance(roster, edition)
    module, _, name = str(FORMS[form].measure).partition(":")
    made: Yardstick = getattr(import_module(module), name)(roster, edition, selection)
    return made
