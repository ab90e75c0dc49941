"""The index of a release: its rows in an SQLite file, found by key without reading the rest.

An index is a cache, made from the release's N-Triples and named by their SHA-256: it is either right or not found.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from rolegraph.cache import find_cache
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases import names
from rolegraph.releases.rows import Concept, Label, Link, Row

FORMAT = 2
"""Number of the layout. It changes whenever a table changes or rows are decoded otherwise."""
KEPT = 12
"""How many indexes are kept; those that were not used for longest give way."""

_BATCH = 20_000
_SUFFIX = ".release"
_TABLES = """
    CREATE TABLE concept (key TEXT PRIMARY KEY, kind TEXT, label TEXT, definition TEXT, notation TEXT) WITHOUT ROWID;
    CREATE TABLE label (key TEXT, kind TEXT, text TEXT, language TEXT);
    CREATE TABLE link (key TEXT, kind TEXT, other TEXT, figures TEXT, flags TEXT);
"""
_INDEXES = """
    CREATE INDEX label_key ON label (key);
    CREATE INDEX link_key ON link (key, kind);
    CREATE INDEX link_other ON link (other, kind);
    CREATE INDEX concept_notation ON concept (notation) WHERE notation != '';
    CREATE INDEX concept_kind ON concept (kind);
"""


class Index:
    """The rows of one release. Keys that are not there have no rows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.names = names.Names(connection)

    def find(self, key: str) -> Concept | None:
        """The concept of a key."""
        row = self._connection.execute("SELECT * FROM concept WHERE key = ?", (key,)).fetchone()
        return None if row is None else Concept(*row)

    def find_notation(self, notation: str) -> tuple[Concept, ...]:
        """The concepts that people know by a code that is not part of their key."""
        rows = self._connection.execute("SELECT * FROM concept WHERE notation = ? ORDER BY key", (notation,))
        return tuple(Concept(*row) for row in rows)

    def iterate_concepts(self, *kinds: str) -> Iterator[Concept]:
        """All concepts of the kinds, by key."""
        marks = ", ".join("?" * len(kinds))
        # What is put into the text are question marks alone.
        query = f"SELECT * FROM concept WHERE kind IN ({marks}) ORDER BY key"  # noqa: S608
        return (Concept(*row) for row in self._connection.execute(query, kinds))

    def list_labels(self, key: str) -> tuple[Label, ...]:
        """The further names of a concept, by kind, language and text."""
        rows = self._connection.execute(
            "SELECT * FROM label WHERE key = ? ORDER BY kind, language, text", (key,)
        )
        return tuple(Label(*row) for row in rows)

    def iterate_labels(self, *kinds: str) -> Iterator[Label]:
        """All further names of the kinds, by key."""
        marks = ", ".join("?" * len(kinds))
        query = f"SELECT * FROM label WHERE kind IN ({marks}) ORDER BY key, kind, language, text"  # noqa: S608
        return (Label(*row) for row in self._connection.execute(query, kinds))

    def list_links(self, key: str, kind: str) -> tuple[Link, ...]:
        """The links of a kind that begin at a concept, by the key at their end."""
        return self._list_links("SELECT * FROM link WHERE key = ? AND kind = ? ORDER BY other", key, kind)

    def list_origins(self, other: str, kind: str) -> tuple[Link, ...]:
        """The links of a kind that end at a concept, by the key where they begin."""
        return self._list_links("SELECT * FROM link WHERE other = ? AND kind = ? ORDER BY key", other, kind)

    def iterate_links(self, kind: str) -> Iterator[Link]:
        """All links of a kind, by the keys of both ends."""
        rows = self._connection.execute("SELECT * FROM link WHERE kind = ? ORDER BY key, other", (kind,))
        return map(_read_link, rows)

    def list_ancestors(self, key: str) -> tuple[Concept, ...]:
        """The wider concepts of a concept, nearest first, each once; ties by key."""
        found: dict[str, Concept] = {}
        ring = [key]
        while ring:
            wider = sorted({link.other for step in ring for link in self.list_links(step, "broader")})
            ring = [step for step in wider if step not in found and step != key]
            found.update((step, concept) for step in ring if (concept := self.find(step)) is not None)
        return tuple(found.values())

    def find_codes(self, start: str, limit: int) -> tuple[Concept, ...]:
        """The first concepts, by key, whose key begins so."""
        query = "SELECT * FROM concept WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
        return tuple(
            Concept(*row) for row in self._connection.execute(query, (start, f"{start}\U0010ffff", limit))
        )

    def count(self, kind: str) -> int:
        """How many concepts there are of a kind."""
        number: int = self._connection.execute(
            "SELECT count(*) FROM concept WHERE kind = ?", (kind,)
        ).fetchone()[0]
        return number

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _list_links(self, query: str, *values: str) -> tuple[Link, ...]:
        return tuple(map(_read_link, self._connection.execute(query, values)))


def open_index(digest: str, decode: Callable[[], Iterable[Row]]) -> Index:
    """The index of the release whose N-Triples have a SHA-256; ``decode`` gives its rows where it must be made.

    Where it cannot be kept it is made in memory. Raises what ``decode`` raises.
    """
    file = find_cache() / f"{digest[:40]}-{FORMAT}{_SUFFIX}"
    with suppress(OSError, sqlite3.Error):
        index = Index(_open(file))
        with suppress(OSError):
            os.utime(file)
        return index
    # No room, no right, or something in the way: whatever keeps it from being kept does not keep it from being made.
    with suppress(OSError, sqlite3.Error):
        _make(file, decode)
        _prune(file.parent)
        return Index(_open(file))
    connection = sqlite3.connect(":memory:")
    _fill(connection, decode())
    return Index(connection)


def _make(file: Path, decode: Callable[[], Iterable[Row]]) -> None:
    """Write an index under another name, and put it in its place once it is whole."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        made = Path(part.name)
    connection = sqlite3.connect(made)
    try:
        _fill(connection, decode())
        connection.close()
        made.replace(file)
    except BaseException:
        connection.close()
        made.unlink(missing_ok=True)
        raise


def _open(file: Path) -> sqlite3.Connection:
    """An index file that is whole, for reading alone."""
    if not file.is_file():
        raise FileNotFoundError(file)
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, factory=_Connection
    )
    connection.file = file
    # Past what tells the user: an index that is no database is made anew.
    (version,) = sqlite3.Connection.execute(connection, "PRAGMA user_version").fetchone()
    (pages,) = sqlite3.Connection.execute(connection, "PRAGMA page_count").fetchone()
    (size,) = sqlite3.Connection.execute(connection, "PRAGMA page_size").fetchone()
    if version != FORMAT or pages * size != file.stat().st_size:
        connection.close()
        raise sqlite3.DatabaseError("the index was not finished, or is cut short")
    return connection


class _Connection(sqlite3.Connection):
    """A connection to an index that is kept: one that turns out to be damaged is deleted, and the user told."""

    file: Path

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        try:
            # All rows at once: damage is met while they are read.
            return _Rows(super().execute(sql, parameters).fetchall())
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self.file.unlink()
            raise InputError(
                [
                    Problem(
                        "cache-damaged", "the index of a release that is kept here was damaged, and is deleted",
                        Place(str(self.file)), "", "run the command again",
                    )
                ]
            ) from None  # fmt: skip


class _Rows(list[Any]):
    """The rows of an answer."""

    def fetchone(self) -> Any:
        """The first row; None where there is none."""
        return self[0] if self else None

    def fetchall(self) -> list[Any]:
        """All rows."""
        return self


def _fill(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES + names.TABLES)
    stream = iter(rows)
    while some := tuple(islice(stream, _BATCH)):
        concepts = [row for row in some if type(row) is Concept]
        labels = [row for row in some if type(row) is Label]
        links = [
            (row.key, row.kind, row.other, "\t".join(row.figures), " ".join(row.flags))
            for row in some
            if type(row) is Link
        ]
        connection.executemany("INSERT INTO concept VALUES (?, ?, ?, ?, ?)", concepts)
        connection.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", labels)
        connection.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?)", links)
    connection.executescript(_INDEXES)
    names.write_names(connection)
    # The number comes last: a file without it was not finished.
    connection.executescript(f"PRAGMA user_version = {FORMAT};")
    connection.commit()


def _read_link(row: tuple[str, str, str, str, str]) -> Link:
    key, kind, other, figures, flags = row
    return Link(key, kind, other, tuple(figures.split("\t")) if figures else (), tuple(flags.split()))


def _prune(folder: Path) -> None:
    found = sorted((entry.stat().st_mtime_ns, entry) for entry in folder.glob(f"*{_SUFFIX}"))
    for _, file in found[:-KEPT]:
        with suppress(OSError):
            file.unlink()
