"""Beside the page of each entry: what the graph says of it as Turtle and JSON-LD, and its sheet as CSV.

Turtle and JSON-LD say the same: the node of the entry and its parts, for a profile what it has of its focus as well, and
the labels of what is linked to. CSV is what ``rolegraph show`` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import pyoxigraph

from rolegraph.export.jsonld import write_some
from rolegraph.rdf.entry import EntryWriter
from rolegraph.report.tables import to_csv, to_rows
from rolegraph.sheet import describe_record
from rolegraph.site.addresses import KINDS, Kind
from rolegraph.site.book import Book, Chapter

if TYPE_CHECKING:
    from rolegraph.export.nodes import Node

_writers: WeakKeyDictionary[Book, EntryWriter] = WeakKeyDictionary()


def write_turtle(book: Book, kind: Kind, code: str) -> bytes:
    """What is said of an entry, as Turtle."""
    writer = _writers.get(book)
    if writer is None:
        writer = _writers[book] = EntryWriter(book.taxonomy, book.architecture.foreign)
    return writer.write(kind, code).encode()


def write_jsonld(book: Book, kind: Kind, code: str) -> bytes:
    """The same as JSON-LD, but for statements about statements, which JSON-LD has no form for."""
    triples = pyoxigraph.parse(write_turtle(book, kind, code), format=pyoxigraph.RdfFormat.TURTLE)
    plain = (q.triple for q in triples if not any(isinstance(t, pyoxigraph.Triple) for t in q.triple))
    return write_some(book.taxonomy.dataset.base, _list_nodes(plain))


def write_csv(book: Book, kind: Kind, code: str) -> bytes:
    """The sheet of an entry as CSV."""
    return to_csv(to_rows(describe_record(book.taxonomy, book.architecture.library, kind, code))).encode()


def _list_nodes(triples: Iterable[pyoxigraph.Triple]) -> Iterator[Node]:
    for subject, run in groupby(triples, key=attrgetter("subject")):
        yield subject, list(run)


FORMS: Final[dict[str, Callable[[Book, Kind, str], bytes]]] = {
    ".ttl": write_turtle,
    ".jsonld": write_jsonld,
    ".csv": write_csv,
}
"""What writes each form, by the ending of its files."""


def _list_names(kind: Kind, book: Book) -> Iterator[str]:
    for code in book.addresses.list_codes(kind):
        for ending in FORMS:
            yield book.addresses.name(kind, code) + ending


def _make(kind: Kind, book: Book, name: str) -> bytes | None:
    stem, dot, ending = name.rpartition(".")
    write = FORMS.get(dot + ending)
    code = None if write is None else book.addresses.find(kind, stem)
    return None if write is None or code is None else write(book, kind, code)


CHAPTERS: Final = tuple(Chapter(kind, partial(_list_names, kind), partial(_make, kind)) for kind in KINDS)
