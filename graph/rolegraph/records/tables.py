"""Which bytes each table had when it was imported: the file ``tables.csv`` beside the records.

The cells in ``cells.csv`` are those of a file with these bytes. In another one they may have moved.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.files import TABLES, describe_error

if TYPE_CHECKING:
    from rolegraph.records.files import Folder

HEADER: Final = ("file", "sha256")
_HASH: Final = re.compile("[0-9a-f]{64}")


def hash_table(data: bytes) -> str:
    """What a table with these bytes is known by: their SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def load_tables(folder: Folder) -> dict[str, str]:
    """The SHA-256 of each table of a data folder by the name of its file; none without ``tables.csv``.

    Raises InputError.
    """
    entry = folder.joinpath(TABLES)
    try:
        return read_tables(entry.read_bytes(), TABLES) if entry.is_file() else {}
    except OSError as error:
        message = f"cannot be read: {describe_error(error)}"
        raise InputError(
            [Problem("file-unreadable", message, Place(TABLES), "", "check its rights")]
        ) from None


def read_tables(data: bytes, name: str) -> dict[str, str]:
    """The SHA-256 of each table in the bytes of such a file. Raises InputError with the lines that are none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([_refuse(name, None, "the file is not UTF-8")]) from None
    tables: dict[str, str] = {}
    problems = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(reader, ())) != HEADER:
            raise InputError([_refuse(name, 1, f"the first line is not {','.join(HEADER)}")])
        for row in reader:
            if len(row) != len(HEADER) or not row[0] or not _HASH.fullmatch(row[1]):
                message = "the line does not name a table and its SHA-256 (64 digits 0-9a-f)"
                problems.append(_refuse(name, reader.line_num, message))
            elif row[0] in tables:
                problems.append(_refuse(name, reader.line_num, f"{row[0]} is named twice"))
            else:
                tables[row[0]] = row[1]
    except csv.Error as error:
        problems.append(_refuse(name, reader.line_num, f"not CSV: {error}"))
    if problems:
        raise InputError(problems)
    return tables


def write_tables(tables: Mapping[str, str]) -> bytes:
    """The bytes of the file: a header, then a line for each table, sorted.

    >>> print(write_tables({"b.csv": "0f" * 32, "a.csv": "1e" * 32}).decode()[:30])
    file,sha256
    a.csv,1e1e1e1e1e1e
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(sorted(tables.items()))
    return out.getvalue().encode()


def _refuse(name: str, line: int | None, message: str) -> Problem:
    remedy = "remove the file and import the tables again, or take it back from a copy"
    return Problem("tables-wrong", message, Place(name, line), "", remedy)
