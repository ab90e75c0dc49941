"""Text laid out for a terminal: widths, columns, wrapping, colour.

Colour is always written here; the command line strips it where the output is no terminal.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from click import style, unstyle

from rolegraph.answers.bands import BANDS as BANDS
from rolegraph.display import measure_width
from rolegraph.display import printable as printable

_NARROW = 14
"""The columns of text that are left at least to a column that gives way."""
_LONG_WORD = 48
"""The width up to which a column keeps its longest word whole, where there is room."""
_BAND_COLOURS = {"confident": "green", "needs-review": "yellow", "no-match": "red"}
_MARK_COLOURS = {"violation": "red", "warning": "yellow", "info": "blue"}


_LEVEL = 4
"""The characters of a level that stays with the last word of a title."""


def terminal_width() -> int:
    """The columns of the terminal, between 60 and 160; 100 where there is none."""
    return max(60, min(160, shutil.get_terminal_size((100, 24)).columns))


def table_width() -> int | None:
    """The width that tables keep to: that of the terminal, or of COLUMNS; None for a file or a pipe, which has none."""
    return terminal_width() if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal() else None


def display_width(text: str) -> int:
    """The columns that a text takes: wide characters take two, combining ones and colours none."""
    return measure_width(unstyle(text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to a width."""
    blanks = " " * max(0, width - display_width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The text broken at blanks into lines of at most ``width`` columns, each beginning with ``indent``."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, words = "", paragraph.split()
        if len(words) > 2 and words[-2] == "—" and len(words[-1]) <= _LEVEL:
            # The level at the end of a title says little on a line of its own.
            last = " ".join(words[-3:])
            words[-3:] = [last] if display_width(indent + last) <= width else words[-3:]
        for word in words:
            if line and display_width(indent) + display_width(line) + 1 + display_width(word) > width:
                lines.append(indent + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append((indent + line).rstrip())
    return lines


def fits_table(rows: Iterable[Sequence[str]]) -> bool:
    """Whether rows laid out as :func:`columns` are not too wide for :func:`table_width`."""
    width = table_width()
    if width is None:
        return True
    widths = [max(map(display_width, cells)) for cells in zip(*rows, strict=True)]
    return sum(widths) + 2 * len(widths) <= width


def columns(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
    shrink: Iterable[int] = (),
) -> list[str]:
    """Rows in columns under a header, two blanks between them.

    ``right`` names the columns set flush right; ``shrink`` those that give way first, the widest of them before the
    others, where the lines would be wider than :func:`table_width`. A cell that is too wide goes on in the lines below,
    and so does one that holds line breaks: there is one text for the header and one for each row, of several lines.
    """
    body = [[cell.split("\n") for cell in row] for row in [header, *rows]]
    widths = [max(display_width(line) for row in body for line in row[i]) for i in range(len(header))]
    width = table_width()
    if width is not None:
        room = width - 2 * (len(widths) + 1)
        giving, words = list(shrink), [_widest_word(row[i] for row in body) for i in range(len(widths))]
        _shrink(widths, giving, words, room)
        _shrink(widths, giving, [_NARROW] * len(widths), room)
        _shrink(widths, range(len(widths)), [_NARROW] * len(widths), room)
        body = [[_fit(cell, widths[i]) for i, cell in enumerate(row)] for row in body]
    flush = set(right)

    def lay(cells: Sequence[list[str]]) -> str:
        height = max(map(len, cells))
        lines = zip(*([*cell, *[""] * (height - len(cell))] for cell in cells), strict=True)
        return "\n".join(
            "  " + "  ".join(pad(c, widths[i], right=i in flush) for i, c in enumerate(line)).rstrip()
            for line in lines
        )

    return [style(lay(body[0]), dim=True), *(lay(row) for row in body[1:])]


def _widest_word(cells: Iterable[list[str]]) -> int:
    words = (word for cell in cells for line in cell for word in line.split())
    return max(_NARROW, min(_LONG_WORD, max(map(display_width, words), default=0)))


def _fit(cell: list[str], width: int) -> list[str]:
    """The lines of a cell, broken where they are too wide; inside a word where it alone is too wide."""
    if all(display_width(line) <= width for line in cell):
        return cell
    styled = cell != [unstyle(line) for line in cell]
    broken = (part for line in cell for part in wrap(line, width))
    return list(broken) if styled else [part for line in broken for part in _cut(line, width)]


def _cut(line: str, width: int) -> list[str]:
    parts = [""]
    for character in line:
        if display_width(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _shrink(widths: list[int], giving: Iterable[int], least: Sequence[int], room: int) -> None:
    """Narrow the widest of the columns that may give way, one column at a time, until all fit into ``room``."""
    giving = list(giving)
    while (excess := sum(widths) - room) > 0:
        wide = [i for i in giving if widths[i] > least[i]]
        if not wide:
            return
        widest = max(wide, key=lambda i: widths[i])
        following = max((widths[i] for i in wide if i != widest), default=0)
        widths[widest] = max(least[widest], min(widths[widest] - 1, max(following, widths[widest] - excess)))


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


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 profile``, ``19 profiles``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def steps(value: float) -> str:
    """A number of level steps, without trailing zeros: ``1.7``, ``6``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
