"""The parts of an XLSX file, unpacked within limits before anything else looks at them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote

MAX_BYTES: Final = 512 * 1024 * 1024
"""Larger files, and workbooks that unpack to more, are refused."""

MAX_ENTRIES: Final = 10_000
MAX_RATIO: Final = 300
"""How many bytes one packed byte may stand for; XML of spreadsheets seldom reaches 30."""

_SMALL: Final = 8 * 1024 * 1024
_REMEDY: Final = "open it in a spreadsheet program and save it anew as .xlsx"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def unpack(file: str, data: bytes, limit: int = MAX_BYTES) -> dict[str, bytes]:
    """The XML parts of a workbook by name; pictures and the like are left out.

    Raises InputError for what is no workbook, is damaged or encrypted, unpacks to more than ``limit`` bytes, names
    entries outside itself, or declares a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise InputError(
            [
                Problem(
                    "workbook-damaged", "this is no XLSX workbook, or half of one", Place(file), "", _REMEDY
                )
            ]
        ) from None
    with archive:
        infos = archive.infolist()
        problems = list(_find_flaws(file, infos, limit))
        if problems:
            raise InputError(problems)
        try:
            parts = {i.filename: archive.read(i) for i in infos if i.filename.endswith((".xml", ".rels"))}
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            reason = f"the workbook is damaged: {error}"
            raise InputError([Problem("workbook-damaged", reason, Place(file), "", _REMEDY)]) from None
    if "xl/workbook.xml" not in parts:
        raise InputError([_refuse_kind(file, {i.filename for i in infos})])
    for name, part in parts.items():
        if any(mark in part for mark in _DOCTYPES):
            raise InputError(
                [
                    Problem(
                        "workbook-doctype",
                        f"{quote(name)} in it declares a document type",
                        Place(file),
                        "",
                        _REMEDY,
                    )
                ]
            )
        if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise InputError(
                [Problem("workbook-encoding", f"{quote(name)} in it is not UTF-8", Place(file), "", _REMEDY)]
            )
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A workbook of parts that were looked at, so that what reads it meets nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


def _find_flaws(file: str, infos: list[zipfile.ZipInfo], limit: int) -> Iterator[Problem]:
    place = Place(file)
    if len(infos) > MAX_ENTRIES:
        yield Problem(
            "workbook-size",
            f"the file holds {len(infos)} entries",
            place,
            "",
            f"at most {MAX_ENTRIES} are read",
        )
        return
    names: set[str] = set()
    for info in infos:
        name = info.filename
        if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
            yield Problem(
                "workbook-entry", f"the entry {quote(name)} points outside the workbook", place, "", _REMEDY
            )
        if name in names:
            yield Problem("workbook-entry", f"the entry {quote(name)} is there twice", place, "", _REMEDY)
        names.add(name)
        if info.flag_bits & 0x1:
            yield Problem(
                "workbook-encrypted",
                f"the entry {quote(name)} is encrypted",
                place,
                "",
                "save it without a password",
            )
        elif info.compress_type not in _METHODS:
            yield Problem(
                "workbook-damaged", f"the entry {quote(name)} is packed in an unusual way", place, "", _REMEDY
            )
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > limit or (unpacked > _SMALL and unpacked > packed * MAX_RATIO):
        yield Problem(
            "workbook-size", f"{packed} bytes unpack to {unpacked}", place, "",
            f"at most {limit // 2**20} MiB, and {MAX_RATIO} times the packed size, are read",
        )  # fmt: skip


def _refuse_kind(file: str, names: set[str]) -> Problem:
    if "xl/workbook.bin" in names:
        what = "this is a binary workbook (.xlsb)"
    elif "content.xml" in names:
        what = "this is an OpenDocument file"
    else:
        what = "this zip file holds no workbook"
    return Problem("workbook-kind", what, Place(file), "", "save the sheet as .xlsx or CSV UTF-8")
