"""The page that plans career paths; its paths are found by its scripts, from ``data/roles`` and ``data/moves``."""

from __future__ import annotations

from typing import Final

from rolegraph.careers.distance import PLACE_FORMS, list_distances
from rolegraph.careers.paths import OBJECTIVES
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import KINDS
from rolegraph.site.book import Book, Chapter
from rolegraph.site.journey import choose_journey

_NAME: Final = "path.html"
_NUMBERS: Final = (1, 2, 3, 5, 10, 25)
"""How many paths can be asked for."""


def _list_editions(roster: Roster) -> list[str]:
    """The editions of distance that the page measures by, the one that costs are built on first."""
    forms = dict(zip(roster.edition_codes, roster.edition_forms, strict=True))
    places = [code for code in list_distances(roster) if forms[code] in PLACE_FORMS]
    return sorted(places, key=lambda code: code != "experience@1")


def _make(book: Book, name: str) -> bytes | None:
    if name != _NAME:
        return None
    roster = book.roster
    pair = choose_journey(roster)
    return book.render(
        "path.html",
        name,
        pair=pair,
        titles=[roster.title_of(code) for code in pair or ()],
        objectives=OBJECTIVES,
        numbers=_NUMBERS,
        kinds=KINDS,
        tracks=book.taxonomy.tracks,
        editions=_list_editions(roster),
        paid=any(median >= 0 for median in roster.pay_median),
    )


CHAPTERS: Final = (Chapter("", lambda book: (_NAME,), _make),)
