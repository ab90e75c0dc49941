"""The page that sets two to four roles side by side; its rows are made by its scripts, from ``data/sides``."""

from __future__ import annotations

from typing import Final

from rolegraph.comparison import EDITIONS
from rolegraph.site.book import Book, Chapter
from rolegraph.site.pairs import choose_pair

_NAME: Final = "compare.html"


def _make(book: Book, name: str) -> bytes | None:
    if name != _NAME:
        return None
    pair = choose_pair(book.roster, EDITIONS[0])
    titles = [book.roster.title_of(code) for code in pair or ()]
    return book.render("compare.html", name, pair=pair, titles=titles)


CHAPTERS: Final = (Chapter("", lambda book: (_NAME,), _make),)
