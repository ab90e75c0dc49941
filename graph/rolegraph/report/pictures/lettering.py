"""The one typeface of pictures: how wide its texts are, how they are broken into lines, what it cannot show.

It is Inter, from the package fontpkg-inter (SIL Open Font License): the font that comes with Pillow has no accents,
dashes or arrows. Inter runs as wide as the fonts that stand in for it in an SVG or wider, so that what fits here
fits there.
"""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.ImageFont import FreeTypeFont

UNITS: Final = 2048
"""The units of the font's em: at this size its widths are whole numbers."""

ASCENT: Final = 0.76
DESCENT: Final = 0.24
"""How far letters reach above and below the line they stand on, in shares of the size."""

SPARE: Final = 1.04
"""The room a text is given beyond its width, for the fonts that stand in for Inter in an SVG."""

_GLUE: Final = "\u00a0—\u00a0"
_OPTICAL_SIZE: Final = 14
_WEIGHTS: Final = {False: 400, True: 600}


@cache
def _read_font() -> bytes:
    return (files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf").read_bytes()


@cache
def open_font(size: int, bold: bool) -> FreeTypeFont:
    """The font at a size in pixels. Letters are set side by side, the same way on every machine."""
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(_read_font()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([_OPTICAL_SIZE, _WEIGHTS[bold]])
    return font


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, from the widths of its letters."""
    return sum(_advance(letter, bold) for letter in text) * size / UNITS


@cache
def _advance(letter: str, bold: bool) -> int:
    # Another font will show what this one lacks; a full square is the widest it may take.
    return UNITS if _is_missing(letter) else round(open_font(UNITS, bold).getlength(letter))


def find_missing(texts: Iterable[str]) -> list[str]:
    """The characters that the font cannot show, in the order of their codes."""
    return sorted(filter(_is_missing, set().union(*texts)))


@cache
def _is_missing(letter: str) -> bool:
    if letter.isascii():
        return False
    # Marks are set over letters by rules that are not applied here.
    if unicodedata.combining(letter):
        return True
    font = open_font(64, False)
    drawn, lacking = font.getmask(letter), font.getmask("\uffff")
    return drawn.size == lacking.size and bytes(drawn) == bytes(lacking)


def fit(text: str, size: float, width: float, *, lines: int = 1, bold: bool = False) -> list[str]:
    """The text in at most ``lines`` lines that are no wider than ``width`` pixels; what is cut ends in an ellipsis.

    The level at the end of a title stays: ``Manufacturing Ope… — M3``.
    """
    room = width / SPARE
    broken = _break(text, size, room, bold)
    if len(broken) <= lines:
        return broken
    kept = broken[: lines - 1]
    rest = " ".join(broken[lines - 1 :])
    head, dash, level = rest.rpartition(" — ")
    tail = f"…{dash}{level}" if head and len(level) <= 4 else "…"
    head = head if tail != "…" else rest
    head = head[: _count_fitting(head, size, room, bold, tail)]
    return [*kept, head.rstrip() + tail]


def choose(texts: Sequence[str], size: float, width: float, *, lines: int = 1, bold: bool = False) -> str:
    """The first of several wordings that fits into the lines, or else the last."""
    room = width / SPARE
    return next((text for text in texts if len(_break(text, size, room, bold)) <= lines), texts[-1])


def list_items(
    items: Sequence[str], size: float, width: float, *, lines: int = 1, separator: str = "; "
) -> str:
    """As many of the items as fit into the lines, and the number of the others."""
    wordings = [separator.join(items)]
    for shown in range(len(items) - 1, 0, -1):
        wordings.append(f"{separator.join(items[:shown])} and {len(items) - shown} more")
    return choose(wordings, size, width, lines=lines)


def _break(text: str, size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    # The level of a title stays with the word before it.
    for word in text.replace(" — ", _GLUE).split(" "):
        joined = f"{line} {word}" if line else word
        if measure(joined, size, bold=bold) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > (most := max(1, _count_fitting(line, size, room, bold))):
            lines.append(line[:most])
            line = line[most:]
    return [part.replace(_GLUE, " — ") for part in ([*lines, line] if line else lines)]


def _count_fitting(text: str, size: float, room: float, bold: bool, beside: str = "") -> int:
    """How many of the first letters of a text fit into a line that ends in ``beside``; each letter is seen once."""
    taken = sum(_advance(letter, bold) for letter in beside)
    for count, letter in enumerate(text):
        taken += _advance(letter, bold)
        if taken * size / UNITS > room:
            return count
    return len(text)
