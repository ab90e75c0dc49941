"""The pages of the site, live: each file that ``rolegraph site`` writes, with the same bytes, made when it is asked for.

Nothing is made before that, so a server starts as fast as without pages. A file is made at the desk; what was made is
kept while there is room, for the data stay what they are. Whole-graph files are made once, into a temporary folder, at a
desk of their own, where the findings are collected too: both may take long.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final, TypeVar

from rolegraph.architecture import Architecture
from rolegraph.errors import InputError, OutputError, describe_error
from rolegraph.output import stream_file
from rolegraph.rdf.iris import Iris
from rolegraph.site.addresses import Kind
from rolegraph.site.book import Book
from rolegraph.site.contents import is_streamed, make_file, write_file
from rolegraph.site.downloads import list_downloads
from rolegraph.web.caching import make_tag
from rolegraph.web.desk import Desk
from rolegraph.web.negotiation import PAGE, name_content
from rolegraph.web.problems import ProblemError
from rolegraph.web.settings import PAGES, Settings

T = TypeVar("T")
U = TypeVar("U")

_ROOM: Final = 48 << 20
"""Bytes of files that are kept."""
_TYPES: Final = {
    "html": PAGE,
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
}
_FINDINGS: Final = frozenset({"findings.html", "data/findings.js"})
"""Files for which all data are judged, once, which may take long."""
_KINDS: Final[dict[str, Kind]] = {
    "function": "function",
    "level": "level",
    "skill": "skill",
    "occupation": "occupation",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its bytes, or where they stand, their tag (RFC 9110, section 8.8.3), and their media type."""

    content: bytes | Path
    tag: str
    media_type: str


class Pages:
    """The site of one architecture."""

    def __init__(self, architecture: Architecture, settings: Settings, desk: Desk) -> None:
        self._book = Book(architecture, edition=settings.edition, k=settings.k)
        self._desk = desk
        self._back = Desk(most=16, patience=600, search=None)
        self._kept: OrderedDict[str, File] = OrderedDict()
        self._keeping = Lock()
        self._room = _ROOM
        self._written: dict[str, File] = {}
        self._folder: TemporaryDirectory[str] | None = None
        self._unread: InputError | None = None

    def close(self) -> None:
        """Make nothing more, and remove what was written."""
        self.end()
        if self._folder is not None:
            self._folder.cleanup()

    def end(self) -> None:
        """Begin to make no file that takes long."""
        self._back.close()

    async def find(self, path: str) -> File | None:
        """The file at a path of the site; None where there is none. Raises InputError where the data have no pages."""
        if path.startswith("/"):
            return None
        if is_streamed(path):
            return await self._back.run(partial(self._try, self._write, path))
        if (kept := self._find_kept(path)) is not None:
            return kept
        if path.startswith("assets/"):
            # Styles and scripts are the same whatever the data are, other pages of the server use them, and none waits.
            return self._make(path)
        if path in _FINDINGS:
            await self._back.run(partial(self._try, lambda book: book.validation, self._book))
        return await self._run(self._make, path)

    async def find_page(self, iri: str) -> str | None:
        """The path of the page of the entry that an IRI names, or a part of which it names; None where there is none."""
        try:
            return await self._run(self._locate, iri)
        except InputError:
            return None

    async def make_absent(self, depth: int) -> bytes:
        """The page that says that there is nothing, at a path with so many slashes. Raises InputError."""
        return await self._run(self._make_absent, depth)

    async def has_pages(self) -> bool:
        """Whether the data can be read as an architecture; a graph of something else is served without pages."""
        try:
            await self._run(lambda book: book.taxonomy, self._book)
        except InputError:
            return False
        return True

    def read_records(self) -> None:
        """Read the records where that has not been done, at the desk. Raises InputError."""
        self._try(lambda book: book.taxonomy, self._book)

    async def _run(self, work: Callable[[U], T], value: U) -> T:
        return await self._desk.run(partial(self._try, work, value))

    def _try(self, work: Callable[[U], T], value: U) -> T:
        """Data that cannot be read are not read again for each request."""
        if self._unread is not None:
            raise InputError(self._unread.problems)
        try:
            return work(value)
        except InputError as error:
            self._unread = error
            raise

    def _make(self, path: str) -> File | None:
        data = make_file(self._book, path)
        if data is None:
            return None
        media_type = name_content(_TYPES[path.rpartition(".")[2]])
        file = File(data, make_tag(data, media_type), media_type)
        self._keep(path, file, len(data))
        return file

    def _keep(self, path: str, file: File, size: int) -> None:
        with self._keeping:
            if path in self._kept or size > _ROOM:
                return
            self._kept[path] = file
            self._room -= size
            while self._room < 0:
                _, old = self._kept.popitem(last=False)
                self._room += len(old.content) if isinstance(old.content, bytes) else 0

    def _find_kept(self, path: str) -> File | None:
        with self._keeping:
            if path in self._kept:
                self._kept.move_to_end(path)
            return self._kept.get(path)

    def _write(self, path: str) -> File | None:
        """A file of the whole graph, which a thread writes while others wait for it."""
        if path in self._written:
            return self._written[path]
        found = next((file for file in list_downloads(self._book) if file.path == path), None)
        if found is None:
            return None
        try:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="rolegraph-")
            place = Path(self._folder.name) / found.name
            stream_file(place, lambda sink: write_file(self._book, path, sink))
            with place.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256")
        except (OSError, OutputError) as error:
            told = describe_error(error) if isinstance(error, OSError) else str(error)
            raise ProblemError(503, f"the file cannot be made: {told}") from error
        self._written[path] = File(place, f'"{digest.hexdigest()[:32]}"', name_content(found.media_type))
        return self._written[path]

    def _locate(self, iri: str) -> str | None:
        taxonomy = self._book.taxonomy
        located = Iris(taxonomy.dataset.base, taxonomy.namespaces).locate(iri)
        if located is None:
            return None
        family, code, path = located
        kind = _KINDS.get(family)
        if family == "focus" and path[:1] == ("levels",):
            # A profile, or what a focus has at its level.
            kind, code = "profile", f"{code}.{path[1]}"
        elif family == "focus":
            kind = "focus"
        addresses = self._book.addresses
        return None if kind is None or not addresses.has(kind, code) else PAGES + addresses.page(kind, code)

    def _make_absent(self, depth: int) -> bytes:
        return self._book.render("absent.html", "./" * depth + "absent.html")
