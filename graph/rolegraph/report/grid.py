"""Texts of several roles side by side in a terminal: wrapped cells under one another, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from click import style

from rolegraph.report.layout import display_width, muted, pad, terminal_width, wrap
from rolegraph.report.prose import Piece, split_prose

UNRECORDED = "not recorded"
"""What stands where nothing is recorded: an empty cell could be read as none."""
EQUAL = "="
"""The mark of a text that is the same for all."""

_INDENT = 2
_GAP = 2
_LABEL = 20
_NARROWEST = 24
"""The columns that a cell needs at least for labels to stand beside the cells, and not above them."""
_PIECE = re.compile(r"[^/.\-_]*[/.\-_]*")


class Grid:
    """So many cells side by side, as wide as the terminal allows; labels stand beside them, or above where it is narrow.

    >>> from click import unstyle
    >>> for line in Grid(2, 60).lay("Scope", ["A task", None]):
    ...     print(unstyle(line))
      Scope
        A task                       not recorded
    """

    def __init__(self, number: int, width: int | None = None) -> None:
        self.width = terminal_width() if width is None else width
        beside = (self.width - _INDENT - _LABEL - _GAP * number) // number
        self.beside = beside >= _NARROWEST
        self._start = _INDENT + _LABEL + _GAP if self.beside else 2 * _INDENT
        self.cell = (self.width - self._start - _GAP * (number - 1)) // number

    def head(self, titles: Sequence[str], codes: Sequence[str]) -> list[str]:
        """Titles over the cells, with their codes."""
        parts = [
            [*(style(line, bold=True) for line in fold(title, self.cell)), *map(muted, fold(code, self.cell))]
            for title, code in zip(titles, codes, strict=True)
        ]
        return [f"{' ' * self._start}{line}" for line in self._join(parts)]

    def lay(
        self, label: str, values: Sequence[str | None], *, same: bool = False, listed: bool = False
    ) -> list[str]:
        """One row; where all values are the same they stand once, across all cells.

        ``listed`` says that every line of a value is an item of a list; without it lines are prose.
        """
        if same and values[0] is not None:
            room = self.width - self._start - len(EQUAL) - 1
            first, *more = self._fold(values[0], room, listed)
            body = [f"{muted(EQUAL)} {first}", *(f"{' ' * len(EQUAL)} {line}".rstrip() for line in more)]
        elif same:
            body = [muted(f"{EQUAL} {UNRECORDED}")]
        else:
            body = self._join([self._fold(value, self.cell, listed) for value in values])
        if not self.beside:
            above = [f"{' ' * _INDENT}{style(label, fg='cyan')}"] if label else []
            return above + [f"{' ' * self._start}{line}".rstrip() for line in body]
        names = fold(label, _LABEL)
        height = max(len(names), len(body))
        names += [""] * (height - len(names))
        body += [""] * (height - len(body))
        return [
            f"{' ' * _INDENT}{pad(style(name, fg='cyan') if name else '', _LABEL)}{' ' * _GAP}{line}".rstrip()
            for name, line in zip(names, body, strict=True)
        ]

    def _join(self, parts: Sequence[list[str]]) -> list[str]:
        height = max(map(len, parts))
        rows = ([part[at] if at < len(part) else "" for part in parts] for at in range(height))
        return [(" " * _GAP).join(pad(line, self.cell) for line in row).rstrip() for row in rows]

    def _fold(self, value: str | None, room: int, listed: bool) -> list[str]:
        if value is None:
            return [muted(UNRECORDED)]
        if listed and "\n" in value:
            return list_lines(value.split("\n"), room)
        return lay_prose(value, room)


def list_lines(items: Sequence[str], width: int, mark: str = "• ") -> list[str]:
    """Items of a list, each with a mark before it and its further lines set in."""
    lines = []
    for item in items:
        first, *more = fold(item, width - display_width(mark))
        lines += [mark + first, *(" " * display_width(mark) + line for line in more)]
    return lines


def lay_prose(text: str, width: int) -> list[str]:
    """A text with its paragraphs and lists: lines that begin with a hyphen are items, each with one bullet.

    >>> lay_prose("You will:\\n- write code\\n- test", 10)
    ['You will:', '• write', '  code', '• test']
    """
    return [
        line
        for piece in split_prose(text) or [Piece("")]
        for line in (list_lines([piece.text], width) if piece.is_item else fold(piece.text, width))
    ]


def fold(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken at blanks, and inside words that are too long.

    >>> fold("Upstream (Batch/Fed-batch/Perfusion)", 16)
    ['Upstream', '(Batch/Fed-', 'batch/Perfusion)']
    """
    words = (piece for word in text.split() for piece in _break(word, width))
    return wrap(" ".join(words), width)


def _break(word: str, width: int) -> list[str]:
    """A word in pieces that fit, broken after a slash, dot or hyphen where there is one."""
    if display_width(word) <= width:
        return [word]
    pieces = [""]
    for part in _PIECE.findall(word):
        while part:
            if display_width(pieces[-1] + part) <= width:
                pieces[-1] += part
                break
            if pieces[-1]:
                pieces.append("")
                continue
            kept = part
            while display_width(kept) > width:
                kept = kept[:-1]
            # A sign that is wider than the room is shown all the same.
            kept = kept or part[0]
            pieces[-1], part = kept, part[len(kept) :]
            if part:
                pieces.append("")
    return pieces
