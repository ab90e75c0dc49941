"""The error tree: every error names the place, the reason and the remedy.

RolegraphError
├── InputError          the data cannot be used; carries every problem found, not the first one
├── RequestError        what was asked for cannot be answered as asked
│   ├── UnknownError    a code or title that nothing answers to; carries the closest known ones
│   └── UnfinishedError the answer was not found in the time that it may take
├── QueryError          a SPARQL query that is refused, wrong or too slow
└── OutputError         the answer could not be written
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file and, where known, its line (counted from 1), or the cell of a sheet.

    >>> str(Place("data/focuses/X.yaml", 14)), str(Place("roles.xlsx", 214, "Roles!F214"))
    ('data/focuses/X.yaml:14', 'roles.xlsx Roles!F214')
    """

    file: str
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.file} {self.cell}"
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input.

    ``rule`` is a short stable name (``level-unknown``), ``where`` the path inside the record
    (``levels.M7``), ``remedy`` what the user can do about it.

    >>> print(Problem("level-unknown", "track M has no level 7 (M1..M6)", Place("X.yaml", 14), "levels.M7",
    ...               "did you mean M6?"))
    X.yaml:14 levels.M7: track M has no level 7 (M1..M6); did you mean M6? [level-unknown]
    """

    rule: str
    message: str
    place: Place | None = None
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        head = " ".join(part for part in (str(self.place or ""), self.where) if part)
        text = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return f"{head}: {text} [{self.rule}]" if head else f"{text} [{self.rule}]"


class RolegraphError(Exception):
    """The root of every error that this package raises on purpose."""


class InputError(RolegraphError):
    """The input cannot be used. ``problems`` holds all that was found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class RequestError(RolegraphError):
    """The request cannot be answered as it was asked; the message says why and what to do."""


class UnknownError(RequestError):
    """Nothing answers to this code or title. ``closest`` holds the closest known ones, nearest first."""

    def __init__(self, message: str, closest: Iterable[str] = ()) -> None:
        self.closest = tuple(closest)
        hint = f"; did you mean {' or '.join(self.closest)}?" if self.closest else ""
        super().__init__(message + hint)


class UnfinishedError(RequestError):
    """The answer was not found in the time that it may take; asking for less may help."""


class QueryError(RolegraphError):
    """A SPARQL query that is refused, cannot be parsed, or did not end in its time."""


class OutputError(RolegraphError):
    """The answer could not be written: no right, no room, or another run holds the folder."""


def describe_error(error: OSError) -> str:
    """What went wrong with a file, in the words of the system."""
    return error.strerror or str(error)
