"""Several pages that state the same thing: the first is kept, and those that differ are noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from rolegraph.errors import Place, Problem
from rolegraph.records.intake import Key
from rolegraph.records.page.draft import Facts, Said

T = TypeVar("T")


class Chooser:
    """Chooses between pages, and keeps the places of what was chosen and notes on what was not."""

    def __init__(self) -> None:
        self.places: dict[Key, Place] = {}
        self.notes: list[Problem] = []

    def choose(self, key: Key, what: str, stated: Iterable[tuple[str, Said[T] | None]]) -> T | None:
        """The first of what pages state (name of the page, fact), in their order; None where none states it."""
        kept: tuple[str, Said[T]] | None = None
        for page, said in stated:
            if said is None:
                continue
            if kept is None:
                kept = page, said
                self.places[key] = Place(page, said.line)
            elif said.value != kept[1].value:
                self.note_difference(key, what, Place(page, said.line))
        return kept[1].value if kept else None

    def note_difference(self, key: Key, what: str, place: Place) -> None:
        """Notes that a page differs from the one that was kept for ``key``."""
        self.notes.append(
            Problem(
                "pages-disagree", f"{what} differs from {self.places[key]}, which was kept", place,
                ".".join(key[1:]), "correct one of the pages, or the record",
            )
        )  # fmt: skip

    def note_absence(self, key: Key, message: str, page: str, line: int) -> None:
        """Notes that a page does not list what others do."""
        remedy = "correct one of the pages, or the record"
        self.notes.append(Problem("pages-disagree", message, Place(page, line), ".".join(key[1:]), remedy))

    def set_place(self, key: Key, page: str, line: int) -> None:
        """Says where a part stands, unless a page before did."""
        self.places.setdefault(key, Place(page, line))


def pick(
    pages: Iterable[tuple[str, Facts]], find: Callable[[Facts], Said[Any] | None]
) -> list[tuple[str, Said[Any] | None]]:
    """One fact of each page, as :meth:`Chooser.choose` takes them."""
    return [(name, find(facts)) for name, facts in pages]
