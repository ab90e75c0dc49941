"""The texts that scripts show: every sheet of the catalogue whose name begins with ``script-``."""

from __future__ import annotations

from typing import Final

from rolegraph.site.book import Book, write_data

_BEGIN: Final = "script-"


def make_texts(book: Book) -> bytes:
    """``data/texts.js``: the texts by their whole keys, such as ``script-search.nothing``."""
    wording = book.wording
    return write_data(
        "texts", wording.select(*(sheet for sheet in wording.list_sheets() if sheet.startswith(_BEGIN)))
    )
