"""A release as its publisher offers it, a folder or a zip file, opened within limits; its tables by name.

Nothing is unpacked to the disk. A zip file is judged by its list of entries before anything of it is read.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.records.files import escape_unseen, refuse_reading

MAX_ENTRIES: Final = 2_000
"""Files that a release may have; those that are known have some forty."""
MAX_TABLE: Final = 1 << 30
"""Bytes of one table, unpacked."""
MAX_BYTES: Final = 4 << 30
"""Bytes of all tables, unpacked."""
MAX_RATIO: Final = 200
"""How many bytes one packed byte may stand for; tables of releases reach 30."""

_SMALL: Final = 8 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_AGAIN: Final = "download it again"


class Package:
    """The files of a release, by their names without folders.

    ``name`` is that of the folder or zip file. ``digests`` are the SHA-256 of the files that were read to their end.
    """

    def __init__(
        self, path: Path, archive: zipfile.ZipFile | None, files: dict[str, Path | zipfile.ZipInfo]
    ) -> None:
        self.path = path
        self.name = escape_unseen(path.resolve().name)
        self.digests: dict[str, str] = {}
        self._archive = archive
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, sorted."""
        return tuple(sorted(self._files))

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def show(self, name: str) -> str:
        """How a file is called in messages: ``db_29_0_text.zip/Skills.txt``."""
        return f"{self.name}/{escape_unseen(name)}"

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file. Raises InputError where it cannot be read or the zip file is damaged."""
        entry = self._files[name]
        try:
            with self._open_entry(entry) as stream:
                watched = _Watched(stream)
                yield io.BufferedReader(watched, 1 << 16)
                if watched.ended:
                    self.digests[name] = watched.digest.hexdigest()
        except OSError as error:
            raise InputError([refuse_reading(self.show(name), error)]) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise InputError(
                [
                    Problem(
                        "release-damaged",
                        f"the zip file is damaged: {error}",
                        Place(self.show(name)),
                        "",
                        _AGAIN,
                    )
                ]
            ) from None

    def read(self, name: str) -> bytes:
        """All bytes of a file. Raises InputError as :meth:`open` does."""
        with self.open(name) as stream:
            return stream.read()

    def _open_entry(self, entry: Path | zipfile.ZipInfo) -> IO[bytes]:
        if isinstance(entry, Path):
            return entry.open("rb")
        assert self._archive is not None, "entries belong to the archive that lists them"
        return self._archive.open(entry)


class _Watched(io.RawIOBase):
    """Hashes what is read through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self.digest.update(data)
        self.ended = not data
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The release in a folder, or in a zip file as it is downloaded (its files may stand in one folder inside).

    A single table may stand for a folder that holds it alone. Raises InputError with every problem: nothing there, no
    zip file, half of one, entries that lead outside, links, too many or too large files, two files of one name.
    """
    try:
        if path.is_dir():
            yield Package(path, None, dict(_list_folder(path)))
            return
        if not path.exists():
            raise InputError(
                [
                    Problem(
                        "file-missing",
                        "there is no such file or folder",
                        Place(str(path)),
                        "",
                        "check the path",
                    )
                ]
            )
        if not path.is_file():
            raise InputError(
                [
                    Problem(
                        "file-wrong",
                        "this is neither a file nor a folder",
                        Place(str(path)),
                        "",
                        "name a folder or zip file",
                    )
                ]
            )
        with path.open("rb") as stream:
            packed = stream.read(2) == b"PK" and path.suffix.lower() not in {".xlsx", ".xlsm"}
    except OSError as error:
        raise InputError([refuse_reading(str(path), error)]) from None
    if path.suffix.lower() == ".zip" or packed:
        with _open_zip(path) as archive:
            yield Package(path, archive, dict(_list_zip(path, archive)))
    else:
        yield Package(path, None, {path.name: path})


def _list_folder(folder: Path) -> Iterator[tuple[str, Path | zipfile.ZipInfo]]:
    """The files of a folder, or, where it holds one folder and nothing else, of that one."""
    problems: list[Problem] = []
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    if len(entries) == 1 and entries[0].is_dir():
        entries = sorted(entry for entry in entries[0].iterdir() if not entry.name.startswith("."))
    if len(entries) > MAX_ENTRIES:
        raise InputError([_refuse_number(folder, len(entries))])
    total = 0
    for entry in entries:
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):
            continue
        total += status.st_size
        problems += _judge_size(str(entry), status.st_size)
        yield entry.name, entry
    if total > MAX_BYTES:
        problems.append(_refuse_total(folder, total))
    if problems:
        raise InputError(problems)


def _open_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            [Problem("release-damaged", "this is no zip file, or half of one", Place(str(path)), "", _AGAIN)]
        ) from None
    except OSError as error:
        raise InputError([refuse_reading(str(path), error)]) from None


def _list_zip(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, Path | zipfile.ZipInfo]]:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise InputError([_refuse_number(path, len(infos))])
    problems = [problem for info in infos for problem in _find_flaws(path, info)]
    unpacked, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if unpacked > MAX_BYTES or (unpacked > _SMALL and unpacked > packed * MAX_RATIO):
        problems.append(_refuse_total(path, unpacked, packed))
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.rpartition("/")[2]
        # What file managers of other systems leave in zip files is none of the release.
        if info.is_dir() or name.startswith(".") or info.filename.startswith("__MACOSX/"):
            continue
        if name in found:
            problems.append(
                Problem(
                    "release-entry",
                    f"two of its files are called {quote(name)}",
                    Place(str(path)),
                    "",
                    "keep one",
                )
            )
        found[name] = info
    if problems:
        raise InputError(problems)
    yield from found.items()


def _find_flaws(path: Path, info: zipfile.ZipInfo) -> Iterator[Problem]:
    name, place = info.filename, Place(str(path))
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ":" in parts[0] or ".." in parts:
        yield Problem(
            "release-entry", f"the entry {quote(name)} points outside the zip file", place, "", _AGAIN
        )
    elif stat.S_ISLNK(info.external_attr >> 16):
        yield Problem("release-entry", f"the entry {quote(name)} is a link", place, "", _AGAIN)
    if info.flag_bits & 0x1:
        yield Problem(
            "release-entry",
            f"the entry {quote(name)} is encrypted",
            place,
            "",
            "unpack it, and name the folder",
        )
    elif info.compress_type not in _METHODS:
        yield Problem(
            "release-entry", f"the entry {quote(name)} is packed in an unusual way", place, "",
            "unpack it, and name the folder",
        )  # fmt: skip
    yield from _judge_size(f"{path}/{name}", info.file_size)


def _judge_size(shown: str, size: int) -> Iterator[Problem]:
    if size > MAX_TABLE:
        yield Problem(
            "release-size", f"the file has {size:,} bytes", Place(escape_unseen(shown)), "",
            f"at most {MAX_TABLE >> 20} MiB are read",
        )  # fmt: skip


def _refuse_number(path: Path, number: int) -> Problem:
    return Problem(
        "release-size", f"there are {number:,} files", Place(str(path)), "",
        f"at most {MAX_ENTRIES:,} are read; name the folder or zip file of the release alone",
    )  # fmt: skip


def _refuse_total(path: Path, unpacked: int, packed: int | None = None) -> Problem:
    what = f"{unpacked:,} bytes of tables" if packed is None else f"{packed:,} bytes unpack to {unpacked:,}"
    return Problem(
        "release-size", what, Place(str(path)), "",
        f"at most {MAX_BYTES >> 20} MiB, and {MAX_RATIO} times the packed size, are read",
    )  # fmt: skip
