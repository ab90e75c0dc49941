"""The ladder of a focus as a picture: a column for each track, the lowest rung at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rolegraph.answers import Ladder, LadderTrack, Rung
from rolegraph.report.layout import count
from rolegraph.report.pictures.changes import lay_changes, list_left_out, sum_changes
from rolegraph.report.pictures.frame import BOTTOM, LEFT, SPAN, TOP, begin, finish, say
from rolegraph.report.pictures.lettering import fit, measure
from rolegraph.report.pictures.scene import Box, Draft, Line, Scene, clean
from rolegraph.report.pictures.style import ACCENT, DASHED, HAIR, INK, MISSING, PANEL, SOFT
from rolegraph.report.wording import tell_years

NOTE: Final = (
    "Read from the bottom up; each rung is a level of the track. A documented role has a page or row of its own, an"
    " implied one is described by another's."
)
MISSING_NOTE: Final = " Dashed: the focus has no profile at that level."

_MISSING: Final = "missing · no profile at this level"

_TRACKS: Final = 4
_RUNGS: Final = 14
"""What fits at most; more is counted."""

_GAP: Final = 40.0
_HEADING: Final = 26.0
_TALLEST: Final = 118.0
_BADGE: Final = 54.0
_CARD: Final = 560.0
_ASIDE: Final = 28.0
"""The width of a rung with a text beside it, and the space between."""


def draw_ladder(answer: Ladder, title: Callable[[str], str]) -> Scene:
    """The rungs of a focus; tracks stand side by side, a single one has beside it what changes from rung to rung."""
    name = title(answer.focus)
    tracks = answer.tracks[:_TRACKS]
    line = " · ".join([answer.focus, *(f"track {track.track}" for track in answer.tracks)])
    draft = begin("Career ladder", [name], line)
    if not any(track.rungs for track in tracks):
        say(draft, "The focus has no rung.")
    rows, is_aligned = _place_rungs(answer, tracks)
    number_of_rows = max((row + 1 for track in rows for row in track), default=0)
    step = min(_TALLEST, (BOTTOM - TOP - _HEADING) / max(number_of_rows, 1))
    width = (SPAN - _GAP * (len(tracks) - 1)) / max(len(tracks), 1)
    bottom = TOP + _HEADING + number_of_rows * step
    for number, (track, places) in enumerate(zip(tracks, rows, strict=True)):
        x = LEFT + number * (width + _GAP)
        _draw_heading(draft, x, width, f"Track {track.track}", len(track.rungs) - len(places))
        _draw_rail(draft, x, bottom, step, places)
        for rung, row in zip(track.rungs, places, strict=False):
            _draw_rung(draft, rung, name, x, bottom - (row + 1) * step, width, step, wide=len(tracks) == 1)
    if len(tracks) == 1 and any(rung.changes for rung in tracks[0].rungs):
        draft.write(
            LEFT + _CARD + _ASIDE, TOP + 8, "What changes", 14, SOFT, SPAN - _CARD - _ASIDE, bold=True
        )
    note = NOTE
    if any(rung.code is None for track in tracks for rung in track.rungs):
        note += MISSING_NOTE
    if len(tracks) == 1:
        shown = [line for rung in tracks[0].rungs for line in _lay_changes(rung, step - _choose_gap(step))]
        left_out = list_left_out(tracks[0].rungs, shown)
        note += (
            f" Not shown of what changes: {', '.join(left_out)}; the answer as text has it."
            if left_out
            else ""
        )
    elif any(rung.differences for track in tracks for rung in track.rungs):
        note += " What changes is told in full by the answer as text."
    if is_aligned:
        note += f" Rungs of equal career stage ({answer.aligned_by}) stand side by side."
    if len(answer.tracks) > _TRACKS:
        note = f"And {count(len(answer.tracks) - _TRACKS, 'track')} more, not shown. {note}"
    return finish(draft, [f"Career ladder of {name}"], _describe(answer, name), note)


def _place_rungs(answer: Ladder, tracks: Sequence[LadderTrack]) -> tuple[list[list[int]], bool]:
    """The row of every rung that is shown, track by track, counted from the bottom; whether stages align them."""
    stages = [[rung.stage for rung in track.rungs] for track in tracks]
    known = {stage for track in stages for stage in track if stage is not None}
    if len(tracks) > 1 and answer.aligned_by != "rank" and len(known) <= _RUNGS:
        row_of = {stage: row for row, stage in enumerate(sorted(known))}
        rows = [[row_of[stage] for stage in track if stage is not None] for track in stages]
        # Rungs at one stage of one track would stand on one another.
        if all(None not in track and len(set(track)) == len(track) for track in stages):
            return rows, True
    return [list(range(min(len(track.rungs), _RUNGS))) for track in tracks], False


def _draw_heading(draft: Draft, x: float, width: float, name: str, more: int) -> None:
    draft.write(x, TOP + 8, name, 14, SOFT, width / 2, bold=True)
    if more:
        draft.write(x + width, TOP + 8, f"and {more} more", 12, SOFT, width / 2, anchor="end")


def _draw_rail(draft: Draft, x: float, bottom: float, step: float, rows: Sequence[int]) -> None:
    """The line that the rungs stand on."""
    if len(rows) > 1:
        top, foot = bottom - (rows[-1] + 0.5) * step, bottom - (rows[0] + 0.5) * step
        draft.add(Line(((x + _BADGE / 2, top), (x + _BADGE / 2, foot)), ACCENT, 4))


def _choose_gap(step: float) -> float:
    return 14.0 if step >= 60 else 8.0 if step >= 40 else 5.0


def _draw_rung(
    draft: Draft, rung: Rung, focus: str, x: float, y: float, width: float, step: float, *, wide: bool
) -> None:
    """A rung, with what changes at it beside it, or on it where tracks stand side by side."""
    gap = _choose_gap(step)
    top, height = y + gap / 2, step - gap
    middle = top + height / 2
    card = min(width, _CARD) if wide else width
    if rung.code is None:
        draft.add(Box(x, top, card, height, "#ffffff", MISSING, 1.5, 8, DASHED))
    else:
        draft.add(Box(x, top, card, height, PANEL, HAIR, radius=8))
        draft.add(Box(x, top, _BADGE, height, ACCENT, radius=8))
        draft.add(Box(x + _BADGE - 8, top, 8, height, ACCENT))
    colour = SOFT if rung.code is None else "#ffffff"
    draft.write(x + _BADGE / 2, middle + 6, rung.level, 16, colour, _BADGE, bold=True, anchor="middle")
    _draw_role(draft, rung, focus, x + _BADGE + 16, middle, card - _BADGE - 32, height, is_summed=not wide)
    if wide and height >= 26:
        _draw_changes(draft, rung, x + card + _ASIDE, middle, width - card - _ASIDE, height)


def _draw_role(
    draft: Draft,
    rung: Rung,
    focus: str,
    x: float,
    middle: float,
    width: float,
    height: float,
    *,
    is_summed: bool,
) -> None:
    text, is_missing = clean(_name(rung, focus)), rung.code is None
    colour = SOFT if is_missing else INK
    years = _tell_years(rung)
    if height < 40:
        # The level on the badge and the focus in the headline make up the code.
        note = ("missing",) if is_missing else years
        room = measure(note[0], 12) + 24 if note else 0.0
        draft.write(x, middle + 5, text, 14, colour, width - room, bold=not is_missing)
        for part in note:
            draft.write(x + width, middle + 5, part, 12, SOFT, room, anchor="end")
        return
    facts = [_MISSING] if is_missing else [str(rung.code), str(rung.basis or "")]
    summed = sum_changes(rung, 12, width) if is_summed and height >= 58 else ""
    lines = fit(text, 15, width, lines=2 if height >= (76 if summed else 58) else 1, bold=True)
    y = middle + 5.5 - len(lines) * 9.5 - (10 if summed else 0)
    y = draft.write(x, y, text, 15, colour, width, lines=len(lines), bold=not is_missing)
    y = draft.write(x, y, " · ".join(fact for fact in (*facts, *years) if fact), 12, SOFT, width)
    draft.write(x, y, summed, 12, INK, width)


def _name(rung: Rung, focus: str) -> str:
    """The role's own title, or the name of its level where the title only repeats the focus."""
    if rung.name is not None and (rung.code is None or rung.title == f"{focus} — {rung.level}"):
        return rung.name
    return rung.title


def _tell_years(rung: Rung) -> tuple[str, ...]:
    """The typical years of its level, where they are known."""
    return () if rung.years is None else (tell_years(rung.years),)


def _draw_changes(draft: Draft, rung: Rung, x: float, middle: float, width: float, height: float) -> None:
    lines = _lay_changes(rung, height)
    y = middle + 4.5 - (len(lines) - 1) * 9
    for number, line in enumerate(lines):
        draft.write(x, y + number * 18, line, 13, INK, width)


def _lay_changes(rung: Rung, height: float) -> list[str]:
    return lay_changes(rung, SPAN - _CARD - _ASIDE, max(1, int(height // 18)))


def _describe(answer: Ladder, focus: str) -> str:
    return " ".join(
        f"Track {track.track}, from the bottom up: "
        + "; ".join(
            f"{r.level} {_name(r, focus)}{' (missing)' if r.code is None else ''}" for r in track.rungs
        )
        + "."
        for track in answer.tracks
    )
