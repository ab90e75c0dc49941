"""Two roles that stand for all others: the example of pages that compare and explain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rolegraph.careers.roster import Roster
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import RequestError


def choose_pair(roster: Roster, edition: str) -> tuple[str, str] | None:
    """A role, and the nearest one to it of another focus and at another level, so that its distance is a sum.

    The role is the first documented one by code, or the first one; where no other role is like that, the nearest of another
    focus, or the nearest of all. None where there are no two roles.
    """
    active = list(roster.active_profiles())
    if len(active) < 2:
        return None
    first = next((at for at in active if roster.basis_of(at) == "documented"), active[0])
    focus, level = roster.profile_focus[first], roster.profile_level[first]
    rules: tuple[Callable[[int], bool], ...] = (
        lambda at: roster.profile_focus[at] != focus and roster.profile_level[at] != level,
        lambda at: roster.profile_focus[at] != focus,
        lambda at: True,
    )
    near = list(_rank(roster, edition, first, active))
    return next((roster.code_of(first), roster.code_of(at)) for rule in rules for at in near if rule(at))


def _rank(roster: Roster, edition: str, first: int, active: list[int]) -> Iterator[int]:
    """The other roles, nearest first; by code alone where the edition has no distance for them."""
    others = [at for at in active if at != first]
    try:
        yardstick = open_yardstick(roster, edition)
    except RequestError:
        yield from others
        return
    apart = {at for at in others if yardstick.find_reason(first, at) is not None}
    measured = [at for at in others if at not in apart]
    yield from sorted(measured, key=lambda at: (yardstick.judge(yardstick.measure(first, at))[0], at))
    yield from (at for at in others if at in apart)
