"""The whole graph as files to take along: ``downloads/``, in the formats of ``rolegraph export``.

Each is written a piece at a time, as the command writes it, with the same bytes; what a format of several files has is
packed into one archive.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from rolegraph.export.formats import FORMATS
from rolegraph.export.source import Source
from rolegraph.site.book import Book, Chapter

if TYPE_CHECKING:
    from typing import BinaryIO

    from rolegraph.output import Sink

FOLDER: Final = "downloads"
NEIGHBOURS: Final = "nearest.ttl"
"""The nearest roles of every role, which the graph itself leaves out."""

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The time of files in an archive, the first that it can name: the same data give the same bytes."""
_FILES: Final = (
    ("rolegraph.ttl", "turtle"),
    ("rolegraph.nt.gz", "ntriples"),
    ("rolegraph.jsonld", "jsonld"),
    (NEIGHBOURS, "turtle"),
    ("concepts.ttl", "skos"),
    ("mappings.sssom.tsv", "sssom"),
    ("rolegraph.xlsx", "xlsx"),
    ("tables.zip", "csv"),
    ("roles.graphml", "graphml"),
    ("occupations.jsonld", "schemaorg"),
)


_PACKED: Final = {"zip": "application/zip", "gz": "application/gzip"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the whole graph: its name, where it stands from the root of the site, and what it is.

    ``text`` is the key of what it is for in the catalogue of texts; ``form`` the format of ``rolegraph export``.
    """

    name: str
    path: str
    text: str
    media_type: str
    form: str


def list_downloads(book: Book) -> tuple[Download, ...]:
    """The files of the whole graph, the most asked for first.

    JSON-LD is not among them where the graph holds statements about statements, which it has no form for.
    """
    return tuple(
        Download(name, f"{FOLDER}/{name}", _name_text(name), _find_type(name, form), form)
        for name, form in _FILES
        if form != "jsonld" or not _holds_statements(book)
    )


def _name_text(name: str) -> str:
    return f"downloads.{name.replace('.', '-')}"


def _find_type(name: str, form: str) -> str:
    return _PACKED.get(name.rpartition(".")[2]) or FORMATS[form].media_type


def _holds_statements(book: Book) -> bool:
    foreign = book.architecture.foreign
    if not foreign:
        return False
    import pyoxigraph

    return any(isinstance(term, pyoxigraph.Triple) for triple in foreign for term in triple)


def _write(book: Book, name: str, sink: Sink) -> bool:
    found = next((download for download in list_downloads(book) if download.name == name), None)
    if found is None:
        return False
    # None of the formats has room for the named graphs of releases.
    source = Source(book.taxonomy, lambda: book.roster, book.edition, book.k, book.architecture.foreign)
    if name == NEIGHBOURS:
        source.write_neighbours(sink)
    elif FORMATS[found.form].several:
        _pack(FORMATS[found.form].load_files()(source), sink)
    elif name.endswith(".gz"):
        with gzip.GzipFile("", "wb", fileobj=_Stream(sink), mtime=0) as packed:
            FORMATS[found.form].load_writer()(source, packed)
    else:
        FORMATS[found.form].load_writer()(source, sink)
    return True


def _pack(files: Iterable[tuple[str, Callable[[Sink], None]]], sink: Sink) -> None:
    """An archive of files, each packed as it is written."""
    with zipfile.ZipFile(cast("BinaryIO", _Stream(sink)), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            with archive.open(entry, "w") as packed:
                write(packed)


class _Stream(io.RawIOBase):
    """A sink as a file that is written from its begin to its end."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._sink.write(bytes(data))
        return len(data)


def _make(book: Book, name: str) -> bytes | None:
    whole = io.BytesIO()
    return whole.getvalue() if _write(book, name, whole) else None


CHAPTER: Final = Chapter(
    FOLDER, lambda book: [download.name for download in list_downloads(book)], _make, _write
)
