"""Reads a spreadsheet file, whatever kind of file it is, into sheets of texts with coordinates."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TypeAlias

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.files import escape_unseen, refuse_reading
from rolegraph.records.table.package import MAX_BYTES
from rolegraph.records.table.sheets import Workbook

Source: TypeAlias = Path | tuple[str, bytes]
"""A file, or its name and its bytes."""


def read_workbook(
    source: Source, *, delimiter: str | None = None, sheets: Collection[str] | None = None
) -> Workbook:
    """The sheets of a CSV, TSV or XLSX file; which of them it is, its content says.

    ``delimiter`` stands between the cells of a text file; without it the header line tells. ``sheets`` are the
    names (in any letter case) of the sheets to read; without it all that are not hidden are read. Raises
    InputError with every problem: no such file, another kind of file, damage, an encoding that is not Unicode.
    """
    file, data = read_bytes(source)
    if not data:
        raise InputError([Problem("table-empty", "the file is empty", Place(file), "", "check the export")])
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError([_refuse_old(file, data)])
    if data[:2] == b"PK" or file.lower().endswith((".xlsx", ".xlsm")):
        from rolegraph.records.table.xlsx import read_xlsx

        return read_xlsx(file, data, sheets)
    from rolegraph.records.table.delimited import read_delimited

    return read_delimited(file, data, delimiter)


def read_bytes(source: Source) -> tuple[str, bytes]:
    """The name of a file, without its folder, and its bytes. Raises InputError as ``read_workbook`` does."""
    if isinstance(source, tuple):
        return source
    file = escape_unseen(source.name)
    try:
        if not source.exists():
            raise InputError(
                [Problem("file-missing", "there is no such file", Place(file), "", "check the path")]
            )
        if not source.is_file():
            raise InputError(
                [Problem("file-wrong", "this is no file", Place(file), "", "name a CSV, TSV or XLSX file")]
            )
        if source.stat().st_size > MAX_BYTES:
            raise InputError(
                [
                    Problem(
                        "table-size",
                        f"the file has more than {MAX_BYTES // 2**20} MiB",
                        Place(file),
                        "",
                        "split it",
                    )
                ]
            )
        return file, source.read_bytes()
    except OSError as error:
        raise InputError([refuse_reading(file, error)]) from None


def _refuse_old(file: str, data: bytes) -> Problem:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Problem(
            "workbook-encrypted",
            "the workbook is protected by a password",
            Place(file),
            "",
            "save it without one",
        )
    return Problem(
        "workbook-old",
        "this is an Excel 97-2003 workbook (.xls)",
        Place(file),
        "",
        "save it as .xlsx or CSV UTF-8",
    )
