"""The files of CSV that imports keep beside the records: ``cells.csv``, ``tables.csv`` and ``codes.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.explain import Complaint
from rolegraph.records.files import refuse_reading

if TYPE_CHECKING:
    from rolegraph.records.files import Folder

_MOST: Final = 100
"""Of more lines than these that are wrong nobody reads; the file is another one."""


def load_beside(folder: Folder, name: str) -> bytes | None:
    """The bytes of a file beside the records; None where it is not there. Raises InputError."""
    entry = folder.joinpath(name)
    try:
        return entry.read_bytes() if entry.is_file() else None
    except OSError as error:
        raise InputError([refuse_reading(name, error)]) from None


def read_lines(
    data: bytes,
    name: str,
    header: tuple[str, ...],
    broken: Complaint,
    take: Callable[[list[str]], Complaint | None],
) -> None:
    """Gives every line below the header to ``take``, which says what is wrong with it; blank ones are passed over.

    ``broken`` has the rule and the remedy for what is no such file at all; its message is that for a line without
    as many cells as the header. Raises InputError with the lines that are wrong.
    """

    def refuse(line: int | None, message: str) -> Problem:
        return Problem(broken.rule, message, Place(name, line), "", broken.remedy)

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([refuse(None, "the file is not UTF-8")]) from None
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(reader, ())) != header:
            raise InputError([refuse(1, f"the first line is not {','.join(header)}")])
        for row in reader:
            if not row:
                continue
            wrong = take(row) if len(row) == len(header) else broken
            if wrong is not None:
                place = Place(name, reader.line_num)
                problems.append(Problem(wrong.rule, wrong.message, place, "", wrong.remedy))
    except csv.Error as error:
        problems.append(refuse(reader.line_num, f"not CSV: {error}"))
    if problems:
        raise InputError(problems[:_MOST])


def write_lines(header: tuple[str, ...], rows: Iterable[Sequence[object]]) -> bytes:
    r"""The bytes of such a file.

    >>> write_lines(("kind", "key"), [("focus", "Bread, rolls")])
    b'kind,key\nfocus,"Bread, rolls"\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
