"""Skills that head columns of their own: where they stand in a sheet, and what the marks in their cells mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MARKS: Final = ("x", "✓", "✔", "yes", "y", "1", "true")
"""The marks that mean that a skill is asked for, in lower case."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column of a matrix, counted from 0, with the skill that heads it and the row where that name stands."""

    column: int
    skill: str
    row: int


def is_mark(text: str) -> bool:
    """Whether the text of a cell is one of ``MARKS``, in any letter case.

    >>> is_mark("X"), is_mark("2")
    (True, False)
    """
    return text.casefold() in MARKS


def name_skills(headers: Sequence[str], lowest: Sequence[str], columns: Sequence[int]) -> list[str]:
    """The skills that head ``columns``: the text of the lowest row of the header, the rows above it being groups.

    The whole header stands where the lowest row is empty, or where two columns would have one name.

    >>> name_skills(["Role", "Tech SQL", "Tech Other", "Own Other"], ["", "SQL", "Other", "Other"], [1, 2, 3])
    ['SQL', 'Tech Other', 'Own Other']
    """
    names = [lowest[column] if column < len(lowest) else "" for column in columns]
    folded = [name.casefold() for name in names]
    return [
        name if name and folded.count(name.casefold()) == 1 else headers[column]
        for name, column in zip(names, columns, strict=True)
    ]
