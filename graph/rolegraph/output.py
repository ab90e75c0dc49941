"""Writing files whole: a reader finds the old file or the new one, never a part.

Every file is written beside its place under a temporary name, flushed to the disk and then renamed over the
old one. When anything fails before the renaming, the old files stand as they were.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from rolegraph.errors import OutputError, describe_error

LOCK: Final = ".rolegraph.lock"
"""The file by which a run holds a folder."""


class Sink(Protocol):
    """What a writer writes bytes to."""

    def write(self, data: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands in the staging area: its name, size in bytes and the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


class _HashingSink:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.size += len(data)
        self.digest.update(data)
        return self._file.write(data)


class Staging:
    """Files of one folder on their way in; see :func:`stage_files`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staged: list[tuple[Path, Path]] = []

    def add(self, name: str, write: Callable[[Sink], object]) -> Written:
        """Write one file to its temporary place; ``write`` gets a sink that takes bytes.

        ``name`` may lead into a folder inside (``focuses/A.B.yaml``), which is made when the file is published.
        """
        place = self._folder / name
        # A folder inside is not made before its file is whole: to readers an empty one is not the same as none.
        beside = place.parent if place.parent.is_dir() else self._folder
        handle, temporary = tempfile.mkstemp(dir=beside, prefix=f".{place.name}.", suffix=".tmp")
        self._staged.append((Path(temporary), place))
        with os.fdopen(handle, "wb", buffering=1 << 20) as file:
            sink = _HashingSink(file)
            write(sink)
            file.flush()
            os.fsync(file.fileno())
        return Written(name, sink.size, sink.digest.hexdigest())

    def put(self, name: str, data: bytes) -> Written:
        """Write one file of these bytes to its temporary place."""
        return self.add(name, lambda sink: sink.write(data))

    def publish(self) -> None:
        """Move every file to its place, in the order in which they were added."""
        mode = 0o666 & ~_read_umask()
        folders = {self._folder: None}
        self._staged.reverse()
        while self._staged:
            temporary, place = self._staged[-1]
            temporary.chmod(mode)
            if place.parent not in folders:
                place.parent.mkdir(parents=True, exist_ok=True)
                folders[place.parent] = None
            temporary.replace(place)
            self._staged.pop()
        for folder in reversed(folders):
            sync_folder(folder)

    def sweep(self, *inner: str) -> None:
        """Remove what a killed run left behind, in the folder and in the folders ``inner`` inside.

        Call it only while no other run can be writing here.
        """
        for folder in (self._folder, *(self._folder / name for name in inner)):
            for stale in folder.glob(".*.tmp"):
                stale.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what has not been published."""
        for temporary, _ in self._staged:
            temporary.unlink(missing_ok=True)
        self._staged.clear()


@contextlib.contextmanager
def stage_files(folder: Path) -> Iterator[Staging]:
    """A staging area in ``folder``; its files appear together when the block ends without an error.

    Raises OutputError where the folder cannot be made or written to, or the disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _stage(folder) as staging:
            yield staging
    except OSError as error:
        raise OutputError(
            f"cannot write to {folder}: {describe_error(error)}; make room or choose another folder"
        ) from error


@contextlib.contextmanager
def _stage(folder: Path) -> Iterator[Staging]:
    staging = Staging(folder)
    try:
        yield staging
        staging.publish()
    finally:
        staging.discard()


@contextlib.contextmanager
def hold_folder(
    folder: Path, *, other: str = "another run", remedy: str = "choose another folder"
) -> Iterator[None]:
    """Keep ``folder``, which is made if need be, for this run; a second one at the same time is refused, not queued.

    ``other`` says in the message who holds it. Raises OutputError.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout:
        raise OutputError(f"{other} is writing to {folder}; wait for it or choose another folder") from None
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {describe_error(error)}; {remedy}") from error


def write_file(path: Path, data: bytes) -> None:
    """Write one file of these bytes, as :func:`stream_file` does."""
    stream_file(path, lambda sink: sink.write(data))


def stream_file(path: Path, write: Callable[[Sink], object]) -> None:
    """Write one file whole, a symbolic link at the place that it leads to; ``write`` gets a sink that takes bytes.

    Raises OutputError where its folder does not exist, where something other than a file stands in its place, and
    where it cannot be written.
    """
    try:
        place = _find_place(path)
        with _stage(place.parent) as staging:
            staging.add(place.name, write)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {describe_error(error)}; choose another place") from error


def _find_place(path: Path) -> Path:
    """The place that a path leads to, where a file stands or may stand. Raises OutputError and OSError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        # A link that leads nowhere is filled at its end.
        place = Path(os.path.realpath(path))
        if not place.parent.is_dir():
            raise OutputError(
                f"cannot write {path}: there is no folder {place.parent}; make it, or choose another place"
            ) from None
        return place
    if stat.S_ISDIR(mode):
        raise OutputError(f"cannot write {path}: it is a folder; name a file")
    # Renamed over, a device would be gone for every program.
    if not stat.S_ISREG(mode):
        raise OutputError(
            f"cannot write {path}: it is a device, pipe or socket; leave -o out and let the shell lead the answer"
            f" there: > {path}"
        )
    return Path(os.path.realpath(path))


def _read_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def sync_folder(folder: Path) -> None:
    """Flush the renames themselves, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
