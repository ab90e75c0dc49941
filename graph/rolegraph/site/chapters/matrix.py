"""The first page: functions and focuses by levels, with what is documented, implied and missing."""

from __future__ import annotations

from rolegraph.site.book import Book, Chapter


def _make_index(book: Book, name: str) -> bytes | None:
    if name != "index.html":
        return None
    return book.render("index.html", name)


CHAPTERS = (Chapter("", lambda book: ("index.html",), _make_index),)
