"""Roles that a ladder chart does not show: near in what the work involves, and not near in the architecture.

Near by content is a match band of ``confident`` or ``needs-review``. Not near by structure is any band but
``confident``. The own focus is left out: its rungs are on the chart, and skills that are recorded for the whole
focus would make all of them near.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rolegraph.answers import Hidden, HiddenRole
from rolegraph.careers.adjacency import check_number, cut, tell_left_out
from rolegraph.careers.distance import check_content
from rolegraph.careers.selection import Filters, select
from rolegraph.careers.yardstick import Yardstick, open_yardstick
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

CONTENT, STRUCTURE = "content@1", "structural@1"


def find_hidden(
    roster: Roster,
    code: str,
    k: int = 10,
    *,
    edition: str = CONTENT,
    structural_edition: str = STRUCTURE,
    filters: Filters | None = None,
) -> Hidden:
    """The ``k`` profiles nearest to one by ``edition`` that are not confident by ``structural_edition``.

    ``within`` and ``band`` of the filters are about the first of the two, which is an edition of content. Raises as
    :func:`rolegraph.careers.adjacency.rank_adjacent`, and RequestError for any other edition.
    """
    check_number(k)
    check_content(roster, edition)
    filters = {**(filters or {})}
    filters["band"] = filters.get("band") or "needs-review"
    near = open_yardstick(roster, edition, select(roster, filters))
    far = open_yardstick(roster, structural_edition)
    if not far.banded:
        raise RequestError(f"{far.edition} has no match bands, so that it tells neither near nor far")
    origin = roster.locate_profile(code)
    reason = near.find_reason(origin, origin) or far.find_reason(origin, origin)
    if reason is not None:
        return Hidden(code, edition, structural_edition, (), reason)
    found = cut(near, near.find_nearest(origin, len(roster)), filters)
    described = ((at, _describe(near, far, origin, at, key)) for key, at in found)
    shown = list(islice(((at, role) for at, role in described if role is not None), k))
    hidden = [role for _, role in shown]
    left_out = near.count_left_out(origin)
    return Hidden(
        code,
        edition,
        structural_edition,
        tuple(hidden),
        None if hidden else _tell_none(near, far),
        left_out,
        (*tell_left_out(near, left_out), *near.tell_limits(origin, [at for at, _ in shown])),
    )


def _describe(near: Yardstick, far: Yardstick, origin: int, at: int, key: object) -> HiddenRole | None:
    """A profile as a hidden role; None where structure shows it, or does not place it."""
    roster = near.roster
    if roster.profile_focus[origin] == roster.profile_focus[at]:
        return None
    structure = far.compare(origin, at)
    if structure.distance is None or structure.band == "confident":
        return None
    distance, band = near.judge(key)
    shown, asked = roster.uses_of(origin), roster.uses_of(at)
    return HiddenRole(
        roster.code_of(at),
        roster.title_at(at),
        distance,
        band,
        structure.distance,
        structure.band,
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if skill in shown),
        # Where nothing is recorded of the origin, nothing is known to be missing.
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if shown and skill not in shown),
    )


def _tell_none(near: Yardstick, far: Yardstick) -> str:
    return (
        f"no role of another focus is near in content (confident or needs-review by {near.edition}) without being "
        f"near in the architecture (confident by {far.edition}) as well"
    )
