"""Which bytes each table had when it was imported: the file ``tables.csv`` beside the records.

The cells in ``cells.csv`` are those of a file with these bytes. In another one they may have moved.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rolegraph.records.beside import load_beside, read_lines, write_lines
from rolegraph.records.explain import Complaint
from rolegraph.records.files import TABLES

if TYPE_CHECKING:
    from rolegraph.records.files import Folder

HEADER: Final = ("file", "sha256")
_HASH: Final = re.compile("[0-9a-f]{64}")
_BROKEN: Final = Complaint(
    "tables-wrong",
    "the line does not name a table and its SHA-256 (64 digits 0-9a-f)",
    "remove the file and import the tables again, or take it back from a copy",
)


def hash_table(data: bytes) -> str:
    """What a table with these bytes is known by: their SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def load_tables(folder: Folder) -> dict[str, str]:
    """The SHA-256 of each table of a data folder by the name of its file; none without ``tables.csv``.

    Raises InputError.
    """
    data = load_beside(folder, TABLES)
    return {} if data is None else read_tables(data, TABLES)


def read_tables(data: bytes, name: str) -> dict[str, str]:
    """The SHA-256 of each table in the bytes of such a file. Raises InputError with the lines that are none."""
    tables: dict[str, str] = {}

    def take(row: list[str]) -> Complaint | None:
        table, digest = row
        if not table or not _HASH.fullmatch(digest):
            return _BROKEN
        if table in tables:
            return _BROKEN._replace(message=f"{table} is named twice")
        tables[table] = digest
        return None

    read_lines(data, name, HEADER, _BROKEN, take)
    return tables


def write_tables(tables: Mapping[str, str]) -> bytes:
    """The bytes of the file: a header, then a line for each table, sorted.

    >>> print(write_tables({"b.csv": "0f" * 32, "a.csv": "1e" * 32}).decode()[:30])
    file,sha256
    a.csv,1e1e1e1e1e1e
    """
    return write_lines(HEADER, sorted(tables.items()))
