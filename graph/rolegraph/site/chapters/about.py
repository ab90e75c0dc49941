"""About the data: whose they are and under which terms, how much is recorded, what the numbers rest on, files to take away."""

from __future__ import annotations

from typing import Final

from rolegraph.catalogue import format_number
from rolegraph.site.book import Book, Chapter
from rolegraph.site.downloads import list_downloads


def _make(book: Book, name: str) -> bytes | None:
    if name != "about.html":
        return None
    taxonomy = book.taxonomy
    return book.render(
        "about.html",
        name,
        stats=book.architecture.stats(),
        editions=taxonomy.editions,
        releases=taxonomy.releases,
        schemes=taxonomy.schemes,
        tracks=taxonomy.tracks,
        downloads=list_downloads(book),
        edition=book.edition,
        # A graph may keep a number with other zeros at its end than a folder does.
        format_constant=lambda value: format_number(value.normalize()),
    )


CHAPTERS: Final = (Chapter("", lambda book: ("about.html",), _make),)
