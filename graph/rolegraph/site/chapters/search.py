"""The page of all hits of a search; the hits are found by the scripts of the page."""

from __future__ import annotations

from typing import Final

from rolegraph.site.book import Book, Chapter

_NAME: Final = "search.html"


def _make(book: Book, name: str) -> bytes | None:
    return book.render("search.html", name) if name == _NAME else None


CHAPTERS: Final = (Chapter("", lambda book: (_NAME,), _make),)
