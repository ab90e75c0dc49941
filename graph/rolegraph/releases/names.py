"""The names of a release as its index keeps them: every word with the names that hold it, so that few are looked at.

Both tables follow from the rows. Tasks are statements, areas places, job zones steps: none of their names is looked for.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from rolegraph.folding import fold

T = TypeVar("T")

NAMES: Final = ("alternate", "reported", "short", "hidden", "preferred")
"""The kinds of labels that are names."""

TABLES: Final = """
    CREATE TABLE name (number INTEGER PRIMARY KEY, key TEXT, concept TEXT, kind TEXT, text TEXT, language TEXT);
    CREATE TABLE word (word TEXT PRIMARY KEY, names BLOB) WITHOUT ROWID;
"""

_LEFT_OUT: Final = ("task", "area", "job-zone")
_ALL: Final = """
    SELECT key, kind, 'label', label, '' FROM concept WHERE kind NOT IN (?, ?, ?)
    UNION ALL
    SELECT label.key, concept.kind, label.kind, label.text, label.language FROM label JOIN concept USING (key)
    WHERE label.kind IN (?, ?, ?, ?, ?) AND concept.kind NOT IN (?, ?, ?)
    ORDER BY 1, 3, 5, 4
"""
_MOST: Final = 500
"""Values that one query is asked with; SQLite takes 999 and more."""


class Name(NamedTuple):
    """A name of a concept: ``kind`` is ``label`` for its own label, or one of :data:`NAMES`.

    ``concept`` is the kind of the concept. The language of a label is that of its release, and "" here.
    """

    number: int
    key: str
    concept: str
    kind: str
    text: str
    language: str


def write_names(connection: sqlite3.Connection) -> None:
    """Fill both tables from those of concepts and labels."""
    holders: dict[str, array[int]] = {}

    def number() -> Iterator[tuple[object, ...]]:
        rows = connection.execute(_ALL, (*_LEFT_OUT, *NAMES, *_LEFT_OUT)).fetchall()
        for place, row in enumerate(rows):
            # A set, for a word may stand twice in a name.
            for word in set(fold(row[3]).split()):
                holders.setdefault(word, array("I")).append(place)
            yield (place, *row)

    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", number())
    connection.executemany(
        "INSERT INTO word VALUES (?, ?)", ((word, holders[word].tobytes()) for word in sorted(holders))
    )


class Names:
    """The names of one release, found by their words. Words are folded (:func:`rolegraph.folding.fold`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words: tuple[str, ...] | None = None

    def list_words(self) -> tuple[str, ...]:
        """Every word of the names, sorted; read once, as they are many."""
        if self._words is None:
            rows = self._connection.execute("SELECT word FROM word ORDER BY word")
            self._words = tuple(word for (word,) in rows)
        return self._words

    def find_begun(self, word: str) -> set[int]:
        """The numbers of the names that hold a word, or one that it begins."""
        rows = self._connection.execute(
            "SELECT names FROM word WHERE word >= ? AND word < ?", (word, f"{word}\U0010ffff")
        )
        return _unite(rows)

    def find_whole(self, words: Sequence[str]) -> dict[str, set[int]]:
        """The numbers of the names that hold each of some words."""
        found = {}
        for some in _cut(words):
            # What is put into the text are question marks alone.
            query = f"SELECT word, names FROM word WHERE word IN ({_mark(some)})"  # noqa: S608
            found.update({word: set(_read(data)) for word, data in self._connection.execute(query, some)})
        return found

    def find_exact(self, folded: str) -> list[Name]:
        """The names that are called so, whatever their letter case and signs."""
        words = list(dict.fromkeys(folded.split()))
        held = self.find_whole(words)
        if not words or len(held) < len(words):
            return []
        numbers = set.intersection(*held.values())
        return [name for name in self.read(numbers) if fold(name.text) == folded]

    def read(self, numbers: Iterable[int]) -> Iterator[Name]:
        """The names of some numbers, in their order."""
        for some in _cut(sorted(numbers)):
            query = f"SELECT * FROM name WHERE number IN ({_mark(some)}) ORDER BY number"  # noqa: S608
            yield from (Name(*row) for row in self._connection.execute(query, some))


def _cut(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _MOST] for start in range(0, len(values), _MOST))


def _mark(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _read(data: bytes) -> array[int]:
    # An index is made and read on one machine, so the order of bytes is that of both.
    return array("I", data)


def _unite(rows: Iterable[tuple[bytes]]) -> set[int]:
    found: set[int] = set()
    for (data,) in rows:
        found.update(_read(data))
    return found
