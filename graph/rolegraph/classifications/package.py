"""A release as its publisher offers it, a folder or a zip file, opened within limits; its tables by name.

Nothing is unpacked to the disk. A zip file is judged by its list of entries before anything of it is read, and no
entry is read further than that list says.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final

from rolegraph.classifications.archive import AGAIN, judge_folder, judge_size, list_zip, open_zip
from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.files import escape_unseen, refuse_reading, show_folder

_DEPTH: Final = 4
"""How many folders may stand around the files."""
_WORKBOOKS: Final = (".xlsx", ".xlsm")


class Package:
    """The files of a release, by their names without folders.

    ``name`` is that of the folder, zip file or table; ``folders`` are the names of the folders inside, outermost first.
    ``digests`` are the SHA-256 of the files that were read to their end.
    """

    def __init__(
        self,
        path: Path,
        archive: zipfile.ZipFile | None,
        files: Mapping[str, Path | zipfile.ZipInfo],
        folders: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.name = escape_unseen(path.resolve().name)
        self.folders = folders
        self.digests: dict[str, str] = {}
        self._archive = archive
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, sorted."""
        return tuple(sorted(self._files))

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def show(self, name: str) -> str:
        """How a file is called in messages: ``db_29_0_text.zip/Skills.txt``; a table alone by its own name."""
        shown = escape_unseen(name)
        return shown if self._files.get(name) == self.path else f"{self.name}/{shown}"

    def measure(self, name: str) -> int:
        """The bytes of a file, unpacked."""
        entry = self._files[name]
        return entry.stat().st_size if isinstance(entry, Path) else entry.file_size

    @contextmanager
    def open(self, name: str, *, probing: bool = False) -> Iterator[IO[bytes]]:
        """The bytes of a file. Raises InputError where it cannot be read or the zip file is damaged.

        One that is opened for ``probing`` does not count as read.
        """
        entry, shown = self._files[name], self.show(name)
        with _telling(shown):
            if isinstance(entry, Path):
                stream: IO[bytes] = entry.open("rb")
            else:
                assert self._archive is not None, "entries belong to the archive that lists them"
                stream = self._archive.open(entry)
        with stream:
            keep = (lambda _: None) if probing else partial(self.digests.__setitem__, name)
            yield io.BufferedReader(_Watched(stream, shown, keep), 1 << 16)

    def read(self, name: str, *, probing: bool = False) -> bytes:
        """All bytes of a file. Raises InputError as :meth:`open` does."""
        with self.open(name, probing=probing) as stream:
            return stream.read()


@contextmanager
def _telling(shown: str) -> Iterator[None]:
    """Turns what goes wrong with the reading of a file into InputError."""
    try:
        yield
    except OSError as error:
        raise InputError([refuse_reading(shown, error)]) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        reason = f"the zip file is damaged: {error or 'it ends too early'}"
        raise InputError([Problem("release-damaged", reason, Place(shown), "", AGAIN)]) from None


class _Watched(io.RawIOBase):
    """Hashes what is read through it, and tells the digest at the end."""

    def __init__(self, stream: IO[bytes], shown: str, tell: Callable[[str], None]) -> None:
        self._stream = stream
        self._shown = shown
        self._digest = hashlib.sha256()
        self._tell = tell

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with _telling(self._shown):
            data = self._stream.read(len(buffer))
        self._digest.update(data)
        if not data:
            self._tell(self._digest.hexdigest())
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The release in a folder, or in a zip file as it is downloaded (its files may stand in one folder inside).

    A single table may stand for a folder that holds it alone. Raises InputError with every problem: nothing there, no
    zip file, half of one, entries that lead outside, links, too many or too large files, two files of one name.
    """
    shown = show_folder(path)
    archive = None
    folders: tuple[str, ...] = ()
    files: Mapping[str, Path | zipfile.ZipInfo]
    with _telling(shown):
        if path.is_dir():
            files, folders = _list_folder(path)
        elif not path.exists():
            raise InputError(
                [
                    Problem(
                        "file-missing", "there is no such file or folder", Place(shown), "", "check the path"
                    )
                ]
            )
        elif not path.is_file():
            raise InputError(
                [
                    Problem(
                        "file-wrong",
                        "this is neither a file nor a folder",
                        Place(shown),
                        "",
                        "name a folder or zip file",
                    )
                ]
            )
        elif _is_zip(path):
            archive = open_zip(path)
        elif problems := list(judge_size(shown, path.stat().st_size)):
            raise InputError(problems)
        else:
            files = {path.name: path}
    if archive is None:
        yield Package(path, None, files, folders)
        return
    with archive:
        files, folders = list_zip(path, archive)
        yield Package(path, archive, files, folders)


def _is_zip(path: Path) -> bool:
    """Whether a file is, or calls itself, a zip file; workbooks, which are zip files too, are tables."""
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return False
    with path.open("rb") as stream:
        return suffix == ".zip" or stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _list_folder(folder: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files of a folder, or, where it holds one folder and nothing else, of that one; the folders gone through."""
    entries = _list_entries(folder)
    inner: list[str] = []
    while len(inner) < _DEPTH and len(entries) == 1 and entries[0].is_dir():
        inner.append(entries[0].name)
        entries = _list_entries(entries[0])
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    total = 0
    for entry in entries:
        try:
            status = entry.stat()
        except OSError as error:
            problems.append(refuse_reading(show_folder(entry), error))
            continue
        if stat.S_ISREG(status.st_mode):
            total += status.st_size
            problems += judge_size(show_folder(entry), status.st_size)
            files[entry.name] = entry
    problems += judge_folder(folder, len(files), total)
    if problems:
        raise InputError(problems)
    return files, tuple(inner)


def _list_entries(folder: Path) -> list[Path]:
    """What stands in a folder, without what is hidden and what file managers of other systems leave."""
    return sorted(e for e in folder.iterdir() if not e.name.startswith(".") and e.name != "__MACOSX")
