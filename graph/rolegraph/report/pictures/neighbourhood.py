"""The roles nearest to a role as a picture: each at its distance on a scale from 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rolegraph.answers import Adjacent, Hidden, Neighbour, PersonAdjacent
from rolegraph.report.layout import count
from rolegraph.report.near import BAND_NOTE, CONTENT_NOTE, PERSON_NOTE, PLAIN_NOTE
from rolegraph.report.neighbours import to_adjacent
from rolegraph.report.pictures.frame import BOTTOM, LEFT, SPAN, TOP, begin, finish, say
from rolegraph.report.pictures.lettering import choose, fit
from rolegraph.report.pictures.scene import Dot, Draft, Line, Scene, clean
from rolegraph.report.pictures.style import HAIR, INK, SOFT, style_band

_ROWS: Final = 15
"""The rows of a column; there are two columns at most."""

_GAP: Final = 48.0
_AXIS: Final = 30.0
_TALLEST: Final = 54.0
_LEADING: Final = 1.2
_ROOMY: Final = 42.0
_MEDIUM: Final = 36.0
"""From this height on a row shows the code, below a long title and below a short one."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the parts of a row stand: the title, the scale from ``start`` to ``end``, and the words after it."""

    x: float
    title: float
    start: float
    end: float
    words: float
    right: float

    @property
    def size(self) -> int:
        """The size of its letters."""
        return 14 if self.right - self.x > 800 else 13

    def place(self, distance: float) -> float:
        return self.start + (self.end - self.start) * distance


@dataclass(frozen=True, slots=True)
class _TitleStyle:
    """The size of titles, and the lines that they may take."""

    size: int
    lines: int


def draw_neighbourhood(answer: Adjacent | Hidden | PersonAdjacent, title: Callable[[str], str]) -> Scene:
    """The nearest roles in their order, in two columns where they are many."""
    kind, name, line = _introduce(answer, title)
    near = answer if isinstance(answer, Adjacent) else to_adjacent(answer)
    draft = begin(kind, [name], line)
    found = near.adjacent
    if not found:
        say(draft, near.reason or "There is no other role within what was asked for.")
    shown = found[: 2 * _ROWS]
    columns = 1 if len(shown) <= _ROWS else 2
    rows = math.ceil(len(shown) / columns)
    height = min(_TALLEST, (BOTTOM - TOP - _AXIS) / max(rows, 1))
    width = (SPAN - _GAP * (columns - 1)) / columns
    row = _lay_column(LEFT, width)
    style = _choose_style(shown, row, height)
    heading = "match band" if any(near.band is not None for near in shown) else "in words"
    for number in range(columns if shown else 0):
        part = shown[number * rows : (number + 1) * rows]
        x = LEFT + number * (width + _GAP)
        column = _lay_column(x, width)
        _draw_head(draft, column, height * len(part), heading)
        for position, neighbour in enumerate(part):
            _draw_row(draft, neighbour, column, TOP + _AXIS + (position + 0.5) * height, height, style)
    notes = _tell_notes(near)
    if len(found) > len(shown):
        notes.insert(0, f"And {count(len(found) - len(shown), 'role')} more, farther away, not shown.")
    return finish(draft, [f"Nearest to {name}"], _describe(near), " ".join(notes))


def _introduce(
    answer: Adjacent | Hidden | PersonAdjacent, title: Callable[[str], str]
) -> tuple[str, str, str]:
    """The kind of a picture, what it is about, and the line with codes and editions."""
    if isinstance(answer, PersonAdjacent):
        given = len(answer.recognised) + len(answer.unrecognised)
        known = f"{len(answer.recognised)} of {count(given, 'skill')} recognised"
        return "Nearest roles", "A person's skills", f"{known} · distance {answer.edition}"
    if isinstance(answer, Hidden):
        line = f"{answer.origin} · distance {answer.edition} · architecture {answer.structural_edition}"
        return "Near in content, not in the architecture", title(answer.origin), line
    return "Nearest roles", title(answer.origin), f"{answer.origin} · distance {answer.edition}"


def _tell_notes(answer: Adjacent) -> list[str]:
    """What a reader should know of the figures, in sentences, the scale at the end."""
    told = dict.fromkeys((*(note for near in answer.adjacent for note in near.notes), *answer.notes))
    notes = [f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in told]
    if answer.adjacent:
        nearest = answer.adjacent[0]
        is_content = "shared" in nearest.components
        content = CONTENT_NOTE if answer.origin else PERSON_NOTE
        notes.append(PLAIN_NOTE if nearest.band is None else content if is_content else BAND_NOTE)
    return notes


def _lay_column(x: float, width: float) -> _Column:
    right = x + width
    if width > 800:
        return _Column(x, 500, x + 530, right - 244, right - 156, right)
    return _Column(x, 236, x + 252, right - 220, right - 140, right)


def _draw_head(draft: Draft, column: _Column, height: float, heading: str) -> None:
    top = TOP + _AXIS - 4
    # One scale for all pictures: two slides can be laid side by side.
    for share in (0.0, 0.5, 1.0):
        x = column.start + (column.end - column.start) * share
        draft.add(Line(((x, top), (x, top + height + 4)), HAIR))
        draft.write(x, top - 8, f"{share:g}", 12, SOFT, 60, anchor="middle")
    draft.write(column.x, top - 8, "role", 12, SOFT, column.title)
    draft.write(column.words - 10, top - 8, "distance", 12, SOFT, 60, anchor="end")
    draft.write(column.words, top - 8, heading, 12, SOFT, column.right - column.words)


def _draw_row(
    draft: Draft, neighbour: Neighbour, column: _Column, y: float, height: float, style: _TitleStyle
) -> None:
    band = style_band(neighbour.band)
    _draw_role(draft, neighbour, column, y, height, style)
    x = column.place(neighbour.distance)
    if x > column.start:
        draft.add(Line(((column.start, y), (x, y)), band.colour, 3, band.dash))
    draft.add(Dot(x, y, 6, band.colour))
    draft.write(column.words - 10, y + 4.5, f"{neighbour.distance:.4f}", 13, INK, 60, bold=True, anchor="end")
    words = band.words if neighbour.band is not None else neighbour.plain or band.words
    draft.write(column.words, y + 4.5, words, column.size - 1, band.colour, column.right - column.words)


def _choose_style(found: Sequence[Neighbour], column: _Column, height: float) -> _TitleStyle:
    """The largest letters in which all titles fit: in one line, or else in two."""
    styles = [
        _TitleStyle(column.size, 1),
        *([_TitleStyle(12, 2)] if height >= _ROOMY else []),
        _TitleStyle(11, 2),
    ]
    for style in styles:
        wordings = [(clean(neighbour.title), "") for neighbour in found]
        if all(choose(w, style.size, column.title, lines=style.lines, bold=True) for w in wordings):
            return style
    return styles[-1]


def _draw_role(
    draft: Draft, neighbour: Neighbour, column: _Column, y: float, height: float, style: _TitleStyle
) -> None:
    """The title and, where there is room, the code, together in the middle of the row."""
    size, width = style.size, column.title
    lines = len(fit(clean(neighbour.title), size, width, lines=style.lines, bold=True))
    coded = height >= (_ROOMY if style.lines == 2 else _MEDIUM)
    block = lines * size * _LEADING + (13 if coded else 0)
    first = y - block / 2 + size * 0.95
    below = draft.write(
        column.x, first, neighbour.title, size, INK, width, lines=style.lines, bold=True, leading=_LEADING
    )
    if coded:
        plain = (neighbour.plain,) if neighbour.plain and neighbour.band is not None else ()
        line = " · ".join((*plain, neighbour.code))
        draft.write(column.x, below + 0.5, line, 11 if style.lines == 2 else 12, SOFT, width)


def _describe(answer: Adjacent) -> str:
    if answer.reason is not None:
        return answer.reason
    return "; ".join(
        f"{n.title} at distance {n.distance:.4f} ({', '.join(_tell_words(n))})" for n in answer.adjacent
    )


def _tell_words(neighbour: Neighbour) -> list[str]:
    band = style_band(neighbour.band).words
    return [neighbour.plain, band] if neighbour.plain else [band]
