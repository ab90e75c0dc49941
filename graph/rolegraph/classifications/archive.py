"""What a zip file says that it holds, judged before anything of it is read."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.files import escape_unseen, refuse_reading, show_folder

MAX_ENTRIES: Final = 2_000
"""Files that a release may have; those that are known have some forty."""
MAX_TABLE: Final = 1 << 30
"""Bytes of one file, unpacked."""
MAX_BYTES: Final = 4 << 30
"""Bytes of all files, unpacked."""
MAX_RATIO: Final = 200
"""How many bytes one packed byte may stand for; tables of releases reach 30."""

AGAIN: Final = "download it again"

_MAX_DIRECTORY: Final = 4 << 20
_SMALL: Final = 8 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_KINDS: Final = (0, stat.S_IFREG, stat.S_IFDIR)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LOCATOR: Final = b"PK\x06\x07"
_LOCATOR_SIZE: Final = 20


def open_zip(path: Path) -> zipfile.ZipFile:
    """A zip file of which the list of entries is short enough to be read. Raises InputError."""
    try:
        listed = _measure_directory(path)
        if listed > _MAX_DIRECTORY:
            raise InputError([_refuse_number(path, f"the list of its entries has {listed:,} bytes")])
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            [
                Problem(
                    "release-damaged",
                    "this is no zip file, or half of one",
                    Place(show_folder(path)),
                    "",
                    AGAIN,
                )
            ]
        ) from None
    except OSError as error:
        raise InputError([refuse_reading(show_folder(path), error)]) from None


def list_zip(path: Path, archive: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], tuple[str, ...]]:
    """The files of a zip file by their names without folders, and the names of those folders.

    Raises InputError with every problem: entries that lead outside, links, encrypted ones, two of one name, too many,
    too large, or too large for what they take packed.
    """
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise InputError([_refuse_number(path, f"there are {len(infos):,} files")])
    place = Place(show_folder(path))
    problems = [problem for info in infos for problem in _find_flaws(place, info)]
    # Entries can lie upon each other, so that their packed sizes add up to more than there is.
    unpacked = sum(info.file_size for info in infos)
    packed = min(sum(info.compress_size for info in infos), path.stat().st_size)
    if unpacked > MAX_BYTES or _swells(unpacked, packed):
        problems.append(refuse_total(path, f"{packed:,} bytes unpack to {unpacked:,}"))
    found: dict[str, zipfile.ZipInfo] = {}
    folders: dict[str, None] = {}
    for info in infos:
        *around, name = info.filename.replace("\\", "/").split("/")
        # What file managers of other systems leave in zip files is none of the release.
        if not name or name.startswith(".") or around[:1] == ["__MACOSX"]:
            continue
        folders |= dict.fromkeys(around)
        if name in found:
            problems.append(
                Problem("release-entry", f"two of its files are called {quote(name)}", place, "", "keep one")
            )
        found[name] = info
    if problems:
        raise InputError(problems)
    return found, tuple(folders)


def judge_size(shown: str, size: int) -> Iterator[Problem]:
    """The problem of a file that is larger than is read."""
    if size > MAX_TABLE:
        yield Problem(
            "release-size", f"the file has {size:,} bytes", Place(escape_unseen(shown)), "",
            f"at most {MAX_TABLE >> 20} MiB are read",
        )  # fmt: skip


def judge_folder(folder: Path, number: int, total: int) -> Iterator[Problem]:
    """The problems of a folder with too many or too large files."""
    if number > MAX_ENTRIES:
        yield _refuse_number(folder, f"there are {number:,} files")
    if total > MAX_BYTES:
        yield refuse_total(folder, f"{total:,} bytes of files")


def refuse_total(path: Path, what: str) -> Problem:
    """The problem of a release that is too large as a whole."""
    return Problem(
        "release-size", what, Place(show_folder(path)), "",
        f"at most {MAX_BYTES >> 20} MiB, and {MAX_RATIO} times the packed size, are read",
    )  # fmt: skip


def _measure_directory(path: Path) -> int:
    """The bytes of the list of entries, as the end of the zip file states them; 0 where that is no zip file."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - (1 << 16) - _END_SIZE - _LOCATOR_SIZE))
        tail = stream.read()
        at = tail.rfind(_END, 0, len(tail) - _END_SIZE + len(_END))
        if at < 0:
            return 0
        listed = int.from_bytes(tail[at + 12 : at + 16], "little")
        locator = tail[max(0, at - _LOCATOR_SIZE) : at]
        if locator.startswith(_LOCATOR):
            # Large zip files state the size in a second record, which comes directly before.
            stream.seek(int.from_bytes(locator[8:16], "little"))
            listed = int.from_bytes(stream.read(56)[40:48], "little")
        return min(listed, size)


def _swells(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL and unpacked > packed * MAX_RATIO


def _find_flaws(place: Place, info: zipfile.ZipInfo) -> Iterator[Problem]:
    name = info.filename.replace("\\", "/")
    entry = f"the entry {quote(info.filename)}"
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        yield Problem("release-entry", f"{entry} points outside the zip file", place, "", AGAIN)
    elif stat.S_IFMT(info.external_attr >> 16) not in _KINDS:
        yield Problem("release-entry", f"{entry} is a link or a device", place, "", AGAIN)
    if info.flag_bits & 0x1:
        yield Problem("release-entry", f"{entry} is encrypted", place, "", "unpack it, and name the folder")
    elif info.compress_type not in _METHODS:
        yield Problem(
            "release-entry",
            f"{entry} is packed in an unusual way",
            place,
            "",
            "unpack it, and name the folder",
        )
    if _swells(info.file_size, info.compress_size):
        yield Problem(
            "release-size", f"{entry} unpacks from {info.compress_size:,} bytes to {info.file_size:,}", place, "",
            f"at most {MAX_RATIO} times the packed size is read",
        )  # fmt: skip
    yield from judge_size(f"{place.file}/{info.filename}", info.file_size)


def _refuse_number(path: Path, what: str) -> Problem:
    return Problem(
        "release-size", what, Place(show_folder(path)), "",
        f"at most {MAX_ENTRIES:,} are read; name the folder or zip file of the release alone",
    )  # fmt: skip
