"""What every picture has around its body: the kind, the headline, the line of codes and editions, and the notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rolegraph.report.pictures.lettering import SPARE, measure
from rolegraph.report.pictures.scene import HEIGHT, WIDTH, Draft, Line, Scene, clean
from rolegraph.report.pictures.style import ACCENT, HAIR, INK, SOFT

LEFT: Final = 64.0
RIGHT: Final = WIDTH - LEFT
TOP: Final = 164.0
BOTTOM: Final = 648.0
"""The edges of the body."""

SPAN: Final = RIGHT - LEFT

_NOTE_SIZE: Final = 12
_NOTE_LINES: Final = 2


def begin(kind: str, headline: Sequence[str], line: str) -> Draft:
    """A draft with its head: what it is, the headline in one line or, where it is long, in one for each part."""
    draft = Draft()
    draft.write(LEFT, 52, kind.upper(), 12, ACCENT, SPAN, bold=True)
    whole = clean(" ".join(headline))
    size = next((size for size in (30, 26) if measure(whole, size, bold=True) * SPARE <= SPAN), 21)
    if size > 21:
        draft.write(LEFT, 88, whole, size, INK, SPAN, bold=True)
        below = 116.0
    else:
        y = 80.0
        for part in headline:
            y = draft.write(LEFT, y, part, size, INK, SPAN, bold=True, lines=2 // len(headline))
        below = y - 2
    draft.write(LEFT, below, line, 14, SOFT, SPAN)
    return draft


def finish(draft: Draft, headline: Sequence[str], description: str, note: str) -> Scene:
    """The scene with its foot: what the numbers and lines mean."""
    y = HEIGHT - 50.0
    draft.add(Line(((LEFT, y), (RIGHT, y)), HAIR))
    draft.write(LEFT, y + 20, note, _NOTE_SIZE, SOFT, SPAN, lines=_NOTE_LINES, leading=1.35)
    return Scene(clean(" ".join(headline)), clean(description), tuple(draft.shapes))


def say(draft: Draft, text: str) -> None:
    """Write a text in place of a body that there is not."""
    draft.write(LEFT, TOP + 60, text, 20, INK, SPAN * 0.8, lines=12, leading=1.45)
