"""Texts of several lines: which of their lines are items of a list, and where a paragraph ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ITEM = re.compile(r"[-*•–]\s+(?=\S)")


class Piece(NamedTuple):
    """One line of a text; the empty line between two paragraphs has no ``text``."""

    text: str
    is_item: bool = False


def split_prose(text: str) -> list[Piece]:
    """The lines of a text, those that begin with a hyphen, asterisk or bullet as items without that mark.

    Empty lines at either end are left out, several in a row are one. A text of one line stands as it is: it is no
    list.

    >>> split_prose("You will:\\n- bake\\n- ice")
    [Piece(text='You will:', is_item=False), Piece(text='bake', is_item=True), Piece(text='ice', is_item=True)]
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 2:
        return [Piece(line) for line in lines]
    return list(_split_lines(lines))


def _split_lines(lines: list[str]) -> Iterator[Piece]:
    before = None
    for line in lines:
        if line or before:
            mark = _ITEM.match(line)
            yield Piece(line) if mark is None else Piece(line[mark.end() :], True)
        before = line
