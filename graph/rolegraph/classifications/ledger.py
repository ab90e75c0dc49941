"""The account of an import: what each table held, what was taken of it, and what was not, with the reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """One table: its ``rows`` without the header; those ``taken``; those ``skipped``, by reason.

    ``marked`` counts, by mark, rows that were taken with a reservation (``suppressed``, ``not relevant``); they are
    among ``taken``. Rows are taken or skipped: ``rows == taken + sum(skipped)``.
    """

    table: str
    rows: int = 0
    taken: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str, rows: int = 1) -> None:
        """Count rows that are left out, for a reason that reads well after "skipped: "."""
        self.skipped[reason] += rows

    def mark(self, mark: str) -> None:
        """Count a row that is taken with a reservation."""
        self.marked[mark] += 1


class Ledger:
    """The tallies of an import, and the tables that were there and not read or wanted and not there."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}
        self.unread: dict[str, str] = {}
        """Files that are there and not read, with the reason."""
        self.missing: dict[str, str] = {}
        """Tables that are not there, with what therefore is not known."""
        self.notes: list[str] = []
        """What else a reader should know, such as columns that are new."""

    def open(self, table: str) -> Tally:
        """The tally of a table; each is opened once."""
        tally = self.tallies[table] = Tally(table)
        return tally
