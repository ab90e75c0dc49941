"""The ladder of a focus as a small drawing: a column for each track, its lowest rung at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rolegraph.answers import Ladder, LadderTrack, Rung
from rolegraph.report.pictures.changes import sum_changes
from rolegraph.report.pictures.lettering import fit
from rolegraph.report.pictures.scene import clean

COLUMN: Final = 320
GAP: Final = 28
STEP: Final = 84
CARD: Final = 70
BADGE: Final = 46
HEADING: Final = 13
HEADING_LINE: Final = 17
_HEADING_LINES: Final = 3
PAD: Final = 12


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a drawing: where its letters stand, and what it is."""

    x: float
    y: float
    text: str
    kind: Literal["heading", "level", "title", "fact"]


@dataclass(frozen=True, slots=True)
class Card:
    """One rung: its upper left corner, and its words."""

    x: float
    y: float
    standing: str
    words: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of so many pixels; ``rails`` are x, upper y and lower y of the lines that rungs stand on."""

    width: int
    height: int
    headings: Sequence[Words]
    rails: Sequence[tuple[float, float, float]]
    cards: Sequence[Card]
    is_aligned: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What rungs are called in a drawing: of each its title, and the facts below it; of each track its name."""

    title: dict[str, str]
    facts: dict[str, str]
    track: dict[str, str]


def draw_ladder(ladder: Ladder, names: Names) -> Drawing:
    """The drawing of a ladder; rungs of equal career stage stand side by side where these are known."""
    rows, is_aligned = _place_rungs(ladder)
    count = max((row + 1 for track in rows for row in track), default=0)
    named = [
        fit(clean(names.track[track.track]), 13, COLUMN, lines=_HEADING_LINES, bold=True)
        for track in ladder.tracks
    ]
    height = HEADING + HEADING_LINE * max(map(len, named), default=0) + count * STEP
    headings, rails, cards = [], [], []
    for number, (track, places) in enumerate(zip(ladder.tracks, rows, strict=True)):
        x = float(number * (COLUMN + GAP))
        headings += [
            Words(x, 18 + HEADING_LINE * at, line, "heading") for at, line in enumerate(named[number])
        ]
        tops = [height - (row + 1) * STEP + (STEP - CARD) / 2 for row in places]
        if len(tops) > 1:
            rails.append((x + BADGE / 2, min(tops) + CARD / 2, max(tops) + CARD / 2))
        cards += [_draw_rung(rung, names, x, y) for rung, y in zip(track.rungs, tops, strict=True)]
    width = len(ladder.tracks) * (COLUMN + GAP) - GAP
    return Drawing(width, height, headings, rails, cards, is_aligned)


def _place_rungs(ladder: Ladder) -> tuple[list[list[int]], bool]:
    """The row of every rung, track by track, counted from the bottom; whether stages align them."""
    stages = [[rung.stage for rung in track.rungs] for track in ladder.tracks]
    # Rungs at one stage of one track would stand on one another.
    is_apart = all(None not in track and len(set(track)) == len(track) for track in stages)
    if len(stages) > 1 and ladder.aligned_by != "rank" and is_apart:
        known = sorted({stage for track in stages for stage in track if stage is not None})
        return [[known.index(stage) for stage in track if stage is not None] for track in stages], True
    return [list(range(len(track))) for track in stages], False


def _draw_rung(rung: Rung, names: Names, x: float, y: float) -> Card:
    left, room = x + BADGE + PAD, COLUMN - BADGE - 2 * PAD
    words = [
        Words(x + BADGE / 2, y + CARD / 2 + 5, rung.level, "level"),
        Words(left, y + 24, _cut(names.title[rung.level], 14, room, bold=True), "title"),
        Words(left, y + 42, _cut(names.facts[rung.level], 12, room), "fact"),
    ]
    if changes := sum_changes(rung, 12, room):
        words.append(Words(left, y + 59, _cut(changes, 12, room), "fact"))
    return Card(x, y, "missing" if rung.code is None else str(rung.basis), words)


def _cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    return next(iter(fit(clean(text), size, room, bold=bold)), "")


def name_rung(rung: Rung, focus: str) -> str:
    """The role's own title, or the name of its level where the title only repeats the focus."""
    if rung.name is not None and (rung.code is None or rung.title == f"{focus} — {rung.level}"):
        return rung.name
    return rung.title


def list_ends(track: LadderTrack) -> tuple[str, str] | None:
    """The codes of the lowest and the highest rung of a track; None where they are one."""
    codes = [rung.code for rung in track.rungs if rung.code is not None]
    return (codes[0], codes[-1]) if len(codes) > 1 else None
