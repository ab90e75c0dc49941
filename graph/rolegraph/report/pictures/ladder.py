"""The ladder of a focus as a picture: a column for each track, the lowest rung at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rolegraph.answers import Ladder, Rung
from rolegraph.report.layout import count
from rolegraph.report.pictures.frame import BOTTOM, LEFT, SPAN, TOP, begin, finish, say
from rolegraph.report.pictures.lettering import fit, list_items
from rolegraph.report.pictures.scene import Box, Draft, Line, Scene, clean
from rolegraph.report.pictures.style import ACCENT, DASHED, HAIR, INK, MISSING, PANEL, SOFT

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
_TALLEST: Final = 92.0
_BADGE: Final = 54.0
_CARD: Final = 560.0
_ASIDE: Final = 28.0
"""The width of a rung with a text beside it, and the space between."""


def draw_ladder(answer: Ladder, title: Callable[[str], str]) -> Scene:
    """The rungs of a focus; with one track, beside each what changes from the rung below."""
    name = title(answer.focus)
    tracks = answer.tracks[:_TRACKS]
    tallest = max((len(track.rungs) for track in tracks), default=0)
    left_out = (
        [f"{count(len(answer.tracks) - _TRACKS, 'track')} more"] if len(answer.tracks) > _TRACKS else []
    )
    line = " · ".join([answer.focus, *(f"track {track.track}" for track in answer.tracks)])
    draft = begin("Career ladder", [name], line)
    if not tallest:
        say(draft, "The focus has no rung.")
    rows = min(tallest, _RUNGS + (tallest == _RUNGS + 1))
    if tallest > rows:
        left_out.append(f"{count(tallest - rows, 'rung')} more at the top")
    step = min(_TALLEST, (BOTTOM - TOP - _HEADING) / max(rows, 1))
    width = (SPAN - _GAP * (len(tracks) - 1)) / max(len(tracks), 1)
    bottom = TOP + _HEADING + rows * step
    for number, track in enumerate(tracks):
        x = LEFT + number * (width + _GAP)
        shown = track.rungs[:rows]
        _draw_heading(draft, x, width, f"Track {track.track}", len(track.rungs) - len(shown))
        _draw_rails(draft, x, bottom, step, len(shown))
        for position, rung in enumerate(shown):
            y = bottom - (position + 1) * step
            _draw_rung(draft, rung, x, y, width, step, wide=len(tracks) == 1)
    if len(tracks) == 1 and any(rung.changes for rung in tracks[0].rungs):
        draft.write(
            LEFT + _CARD + _ASIDE, TOP + 8, "What changes", 14, SOFT, SPAN - _CARD - _ASIDE, bold=True
        )
    missing = any(rung.code is None for track in tracks for rung in track.rungs)
    note = NOTE + (MISSING_NOTE if missing else "")
    if left_out:
        note = f"Not shown: {', '.join(left_out)}. {note}"
    return finish(draft, [f"Career ladder of {name}"], _describe(answer), note)


def _draw_heading(draft: Draft, x: float, width: float, name: str, more: int) -> None:
    draft.write(x, TOP + 8, name, 14, SOFT, width / 2, bold=True)
    if more:
        draft.write(x + width, TOP + 8, f"and {more} more", 12, SOFT, width / 2, anchor="end")


def _draw_rails(draft: Draft, x: float, bottom: float, step: float, rungs: int) -> None:
    """The two rails that the rungs hang on."""
    if rungs > 1:
        for rail in (x + 14, x + _BADGE - 14):
            draft.add(Line(((rail, bottom - (rungs - 0.5) * step), (rail, bottom - 0.5 * step)), HAIR, 3))


def _draw_rung(
    draft: Draft, rung: Rung, x: float, y: float, width: float, step: float, *, wide: bool
) -> None:
    gap = 14.0 if step >= 60 else 8.0 if step >= 40 else 5.0
    top, height = y + gap / 2, step - gap
    middle = top + height / 2
    card = min(width, _CARD) if wide else width
    missing = rung.code is None
    draft.add(
        Box(
            x, top, card, height,
            fill="#ffffff" if missing else PANEL, stroke=MISSING if missing else HAIR,
            thickness=1.5 if missing else 1, radius=8, dash=DASHED if missing else (),
        )
    )  # fmt: skip
    if not missing:
        draft.add(
            Box(x, top, _BADGE, height, fill=ACCENT, radius=8),
            Box(x + _BADGE - 8, top, 8, height, fill=ACCENT),
        )
    draft.write(
        x + _BADGE / 2,
        middle + 6,
        rung.level,
        16,
        SOFT if missing else "#ffffff",
        _BADGE,
        bold=True,
        anchor="middle",
    )
    _draw_role(draft, rung, x + _BADGE + 16, middle, card - _BADGE - 32, height)
    if wide and rung.changes and height >= 26:
        _draw_changes(draft, rung.changes, x + card + _ASIDE, middle, width - card - _ASIDE, height)


def _draw_role(draft: Draft, rung: Rung, x: float, middle: float, width: float, height: float) -> None:
    note = _MISSING if rung.code is None else f"{rung.code} · {rung.basis}"
    colour = SOFT if rung.code is None else INK
    if height < 40:
        # The level on the badge and the focus in the headline make up the code.
        room = width if rung.code is not None else width - 80
        draft.write(x, middle + 5, rung.title, 14, colour, room, bold=rung.code is not None)
        if rung.code is None:
            draft.write(x + width, middle + 5, "missing", 12, SOFT, 80, anchor="end")
        return
    lines = fit(clean(rung.title), 15, width, lines=2 if height >= 58 else 1, bold=True)
    y = middle + 5.5 - len(lines) * 9.5
    y = draft.write(x, y, rung.title, 15, colour, width, lines=len(lines), bold=rung.code is not None)
    draft.write(x, y, note, 12, SOFT, width)


def _draw_changes(
    draft: Draft, changes: tuple[str, ...], x: float, middle: float, width: float, height: float
) -> None:
    """The first changes in full, the others by name."""
    room = max(1, int(height // 18))
    whole = changes[: room - 1] if len(changes) > room else changes
    lines = [change.replace(" -> ", " → ") for change in whole]
    if len(changes) > len(whole):
        names = dict.fromkeys(clean(change.partition(": ")[0]) for change in changes[len(whole) :])
        also = "also " if whole else ""
        lines.append(also + list_items(list(names), 13, width - 40, separator=", "))
    y = middle + 4.5 - (len(lines) - 1) * 9
    for number, line in enumerate(lines):
        draft.write(x, y + number * 18, line, 13, INK if number < len(whole) else SOFT, width)


def _describe(answer: Ladder) -> str:
    return " ".join(
        f"Track {track.track}, from the bottom up: "
        + "; ".join(f"{r.level} {r.title}{' (missing)' if r.code is None else ''}" for r in track.rungs)
        + "."
        for track in answer.tracks
    )
