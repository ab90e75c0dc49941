"""Plain documents: the texts, lists and mappings that a YAML file or a line of JSON holds, with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

from rolegraph.errors import Place, Problem
from rolegraph.model import codes


class Unread(Enum):
    """Stands for a value that was refused when it was read; the problem is reported already."""

    BROKEN = "broken"


BROKEN: Final = Unread.BROKEN

Document: TypeAlias = str | list["Document"] | dict[str, "Document"] | Unread | int | float | None
"""Texts, lists and mappings. Numbers, booleans and null come from JSON alone, and only to be refused."""

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a value; items of a list are counted from 1."""

CONTROL: Final = re.compile(codes.CONTROL_PATTERN)
"""The characters that no text may hold."""


@dataclass(slots=True)
class Reading:
    """One document as it was read: its lines by path (in their order) and what was wrong with it.

    ``document`` is BROKEN where nothing could be read. A document from one line has no ``lines``.
    """

    file: str
    document: Document = BROKEN
    first_line: int | None = None
    lines: dict[Path, int] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    """What items of lists are called by, once they are known: the id of a responsibility ..."""
    problems: list[Problem] = field(default_factory=list)

    def find_place(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest value around it."""
        for length in range(len(path), 0, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return Place(self.file, line)
        return Place(self.file, self.first_line)

    def refuse(self, path: Path, rule: str, message: str, remedy: str, line: int | None = None) -> None:
        """Adds a problem with the value at ``path``."""
        place = self.find_place(path) if line is None else Place(self.file, line)
        self.problems.append(Problem(rule, message, place, join_path(path), remedy))


def join_path(path: Path) -> str:
    """A path as it is shown: ``levels.M3.aliases.2``.

    >>> join_path(("levels", "M3", "aliases", "2"))
    'levels.M3.aliases.2'
    """
    return ".".join(part if part.isprintable() and part else quote(part) for part in path)


def quote(text: str, most: int = 40) -> str:
    """A text as it is shown in a message: in quotes, cut where it is long, what cannot be seen escaped.

    >>> print(quote("٣"), quote("a\\tb"), quote("x" * 99, 5))
    '٣' 'a\\tb' 'xxxxx...'
    """
    shown = text if len(text) <= most else text[:most].rstrip() + "..."
    return "'" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown) + "'"


def describe(value: Document) -> str:
    """What a value is, in words: ``a list``, ``the text 'yes'``, ``the JSON number 8``.

    >>> describe(["a"]), describe("yes"), describe(8)
    ('a list', "the text 'yes'", 'the JSON number 8')
    """
    if isinstance(value, str):
        return f"the text {quote(value)}"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "the JSON null"
    if isinstance(value, bool):
        return f"the JSON value {str(value).lower()}"
    return f"the JSON number {value}"
