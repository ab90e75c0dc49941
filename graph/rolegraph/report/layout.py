"""Text laid out for a terminal: widths, columns, wrapping, colour.

Colour is always written here; the command line strips it where the output is no terminal.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from click import style, unstyle

from rolegraph.answers.bands import BANDS as BANDS

_NARROW = 14
"""The columns of text that are left at least to a column that gives way."""
_BAND_COLOURS = {"confident": "green", "needs-review": "yellow", "no-match": "red"}
_MARK_COLOURS = {"violation": "red", "warning": "yellow", "info": "blue"}


def terminal_width() -> int:
    """The columns of the terminal, between 60 and 160; 100 where there is none."""
    return max(60, min(160, shutil.get_terminal_size((100, 24)).columns))


def display_width(text: str) -> int:
    """The columns that a text takes: wide characters take two, combining ones none."""
    bare = unstyle(text)
    if bare.isascii():
        return len(bare)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in {"Cf", "Me"}
        else 2
        if unicodedata.east_asian_width(c) in {"W", "F"}
        else 1
        for c in bare
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to a width."""
    blanks = " " * max(0, width - display_width(text))
    return blanks + text if right else text + blanks


def clip(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it is wider than ``width``; the level at the end of a title stays.

    >>> clip("Manufacturing Management — M3", 20)
    'Manufacturing… — M3'
    """
    if display_width(text) <= width or text != unstyle(text):
        return text
    head, dash, level = text.rpartition(" — ")
    tail = dash + level if head and len(level) <= 4 else ""
    kept = ""
    for character in text:
        if display_width(kept + character + tail) >= width:
            break
        kept += character
    return f"{kept.rstrip()}…{tail}"


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The text broken at blanks into lines of at most ``width`` columns, each beginning with ``indent``."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and display_width(indent) + display_width(line) + 1 + display_width(word) > width:
                lines.append(indent + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append((indent + line).rstrip())
    return lines


def columns(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
    shrink: Iterable[int] = (),
) -> list[str]:
    """Rows in columns under a header, two blanks between them.

    ``right`` names the columns set flush right; ``shrink`` those that give way, the widest first, where the lines
    would be wider than the terminal (a file or a pipe has no width).
    """
    body = [list(row) for row in rows]
    widths = [max(display_width(row[i]) for row in [list(header), *body]) for i in range(len(header))]
    if sys.stdout.isatty():
        _shrink(widths, list(shrink), terminal_width() - 2 * (len(widths) + 1))
        header, *body = (
            [clip(cell, width) for cell, width in zip(row, widths, strict=True)] for row in [header, *body]
        )
    flush = set(right)

    def lay(cells: Sequence[str]) -> str:
        return "  " + "  ".join(pad(c, widths[i], right=i in flush) for i, c in enumerate(cells)).rstrip()

    return [style(lay(header), dim=True), *(lay(row) for row in body)]


def _shrink(widths: list[int], giving: list[int], room: int) -> None:
    """Narrow the widest of the columns that may give way, one column at a time, until all fit into ``room``."""
    while (excess := sum(widths) - room) > 0:
        wide = [i for i in giving if widths[i] > _NARROW]
        if not wide:
            return
        widest = max(wide, key=lambda i: widths[i])
        following = max((widths[i] for i in wide if i != widest), default=_NARROW)
        widths[widest] = max(_NARROW, min(widths[widest] - 1, max(following, widths[widest] - excess)))


def heading(text: str) -> str:
    """A heading."""
    return style(text, bold=True)


def muted(text: str) -> str:
    """A text that stands back."""
    return style(text, dim=True)


def band_label(band: str | None) -> str:
    """A match band in both its words: ``near · confident``; nothing where the edition has no bands."""
    if band is None:
        return ""
    return style(f"{BANDS[band]} · {band}", fg=_BAND_COLOURS[band])


def severity_label(severity: str) -> str:
    """A severity, coloured."""
    return style(severity, fg=_MARK_COLOURS[severity], bold=severity == "violation")


def printable(text: str) -> str:
    """The text with its control characters shown as escapes, so that it cannot steer the terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else f"\\x{ord(c):02x}" for c in text)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 profile``, ``19 profiles``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def steps(value: float) -> str:
    """A number of level steps, without trailing zeros: ``1.7``, ``6``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
