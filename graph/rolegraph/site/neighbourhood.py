"""The neighbourhood of a profile as a drawing: focuses as lines, levels as columns, each near role where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolegraph.display import measure_width, printable

if TYPE_CHECKING:
    from rolegraph.model.roles import Profile
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.site.near import Near

# In pixels of the drawing.
_COLUMN: Final = (76, 120)
"""The width of a column, at least and at most."""
_WIDTH: Final = 720
"""What columns share where they can."""
_ROW: Final = 66
_TOP: Final = 30
_GAP: Final = 24
"""Between the columns of two tracks."""
_NARROWEST: Final = 460
_LETTER: Final = 6.6
"""The width of a letter of a label, at most as a rule."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One role in the drawing; ``near`` is None for the role that the drawing is of."""

    x: float
    y: float
    near: Near | None


@dataclass(frozen=True, slots=True)
class Line:
    """A focus: its label, and from where to where its roles stand."""

    label: str
    y: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in pixels; ``columns`` are the levels with the middle of their column."""

    width: int
    height: int
    columns: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


def draw_neighbourhood(taxonomy: Taxonomy, origin: Profile, roles: Sequence[Near]) -> Drawing:
    """The drawing of a role and those near to it, the focus of the role first, others in the order of distance."""
    profiles = [origin, *(near.profile for near in roles)]
    wanted = {profile.level for profile in profiles}
    places: dict[str, float] = {}
    column = round(max(_COLUMN[0], min(_COLUMN[1], _WIDTH / len(wanted))))
    x, track = column / 2, ""
    for level in taxonomy.levels:
        if level.code in wanted:
            x += _GAP if track and level.track != track else 0
            places[level.code], track = x, level.track
            x += column
    width = max(_NARROWEST, round(x - column / 2))
    standing: dict[str, list[float]] = {}
    for profile in profiles:
        standing.setdefault(profile.focus, []).append(places[profile.level])
    rows = {focus: _TOP + row * _ROW for row, focus in enumerate(standing)}
    lines = [
        Line(_shorten(taxonomy.focus_by_code[focus].label, width), rows[focus], min(own), max(own))
        for focus, own in standing.items()
    ]
    marks = [Mark(places[origin.level], rows[origin.focus], None)]
    marks += [Mark(places[n.profile.level], rows[n.profile.focus], n) for n in roles]
    columns = tuple((place, code) for code, place in places.items())
    return Drawing(width, _TOP + len(rows) * _ROW + 4, columns, tuple(lines), tuple(marks))


def _shorten(label: str, width: int) -> str:
    """A label that fits into a width."""
    label, most = printable(label), int(width / _LETTER)
    if measure_width(label) <= most:
        return label
    kept, used = [], 1
    for character in label:
        used += measure_width(character)
        if used > most:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"
