"""Mappings with what they lead to: the title of the entry of a classification, and how it would come where it is not here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rolegraph.answers import Entry
from rolegraph.model.mapping import Mapping
from rolegraph.occupational.base import RELATED
from rolegraph.occupational.naming import find_title
from rolegraph.releases.remedies import find_family
from rolegraph.site.book import Book
from rolegraph.site.wording import Wording


class Described(NamedTuple):
    """A mapping, the title of what it leads to, or (where no title is here) what would bring it."""

    mapping: Mapping
    title: str | None
    remedy: str | None


def describe_mappings(book: Book, mappings: Iterable[Mapping]) -> Iterator[Described]:
    """Mappings with their titles, in their order."""
    for mapping in mappings:
        title, remedy = name_occupation(book, mapping.key)
        yield Described(mapping, title, remedy)


def name_occupation(book: Book, key: str) -> tuple[str | None, str | None]:
    """The title of an entry of a classification; where there is none, what would bring it, if anything does."""
    library = book.architecture.library
    title = find_title(book.taxonomy, library, key)
    family = find_family(key.partition("/")[0]) if title is None else None
    return title, None if family is None else library.tell_remedy(family, "names it")


def tell_note(wording: Wording, entry: Entry) -> str:
    """The note of an entry of a base; that of a related occupation, a tier and a place in codes, in words before them."""
    if entry.label != RELATED or not entry.note:
        return entry.note
    words = []
    for code in entry.note.split(", "):
        if wording.has(f"mapping.tier-{code}"):
            words.append(wording(f"mapping.tier-{code}"))
        elif code.isdecimal():
            words.append(wording("mapping.place", number=code))
    return f"{', '.join(words)} ({entry.note})" if words else entry.note
