"""Makes the files of a site, in several processes where there are many, and puts those that changed aside.

What every page needs is read before the processes part, so that they share it. Results come in the order of the paths,
whichever process was quicker, and only some files are on their way at a time.
"""

from __future__ import annotations

import contextlib
import filecmp
import gc
import hashlib
import multiprocessing
import os
import signal
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from rolegraph.errors import OutputError
from rolegraph.site.contents import is_streamed, write_file

if TYPE_CHECKING:
    from rolegraph.site.book import Book

_TOGETHER: Final = 64
"""Files that a process makes at one go: those of one folder and focus have much in common."""
_AHEAD: Final = 4
"""How many such goes wait for each process."""
_FEW: Final = 1_000
"""So many files are not worth a second process."""
_BUFFER: Final = 1 << 20


class Made(NamedTuple):
    """A file that was made: its hash and size, and where it stands aside; None where the folder has the same one."""

    path: str
    digest: bytes
    size: int
    aside: Path | None


def choose_processes(files: int) -> int:
    """How many processes make so many files: one for each processor that this one may use."""
    if files < _FEW or not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_files(book: Book, paths: Iterable[str], folder: Path, aside: Path, processes: int) -> Iterator[Made]:
    """Make each file, and put it into the folder ``aside`` where ``folder`` does not have the same one.

    Raises OSError where a file cannot be written, and whatever a page raises.
    """
    goes = _split(paths)
    if processes == 1:
        for number, go in goes:
            yield from _make_all(book, number, go, folder, aside)
        return
    yield from _share(book, goes, folder, aside, processes)


def read_ahead(book: Book) -> None:
    """Read and compute what pages share, before processes part that would each do it again.

    Raises InputError where the data cannot be read, RequestError where the edition is none of distance.
    """
    from rolegraph.careers.adjacency import rank_adjacent

    _ = book.taxonomy, book.architecture.foreign, book.addresses, book.indexes, book.validation
    roster = book.roster
    first = next(iter(roster.active_profiles()), None)
    if first is not None:
        rank_adjacent(roster, roster.code_of(first), book.k, book.edition)


def _split(paths: Iterable[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The paths, some together; a large file stands alone."""
    number = 0
    left = iter(paths)
    large: list[str] = []
    rest: list[str] = []
    for path in left:
        (large if is_streamed(path) else rest).append(path)
    for path in large:
        yield number, (path,)
        number += 1
    left = iter(rest)
    while go := tuple(islice(left, _TOGETHER)):
        yield number, go
        number += 1


def _make_all(book: Book, number: int, paths: Iterable[str], folder: Path, aside: Path) -> Iterator[Made]:
    for at, path in enumerate(paths):
        yield _make(book, path, folder / path, aside / f"{number}-{at}")


def _make(book: Book, path: str, place: Path, aside: Path) -> Made:
    if is_streamed(path):
        return _put_aside(book, path, place, aside)
    kept = _Kept()
    _write(book, path, kept)
    data = b"".join(kept.pieces)
    same = _find_size(place) == len(data) and place.read_bytes() == data
    if not same:
        with _create(aside) as file:
            file.write(data)
    return Made(path, hashlib.sha256(data).digest(), len(data), None if same else aside)


def _put_aside(book: Book, path: str, place: Path, aside: Path) -> Made:
    """A large file is never held: it is written first, and compared then."""
    with _create(aside) as file:
        hashing = _Hashing(file)
        _write(book, path, hashing)
    size = aside.stat().st_size
    same = _find_size(place) == size and filecmp.cmp(place, aside, shallow=False)
    if same:
        aside.unlink()
    return Made(path, hashing.digest.digest(), size, None if same else aside)


def _write(book: Book, path: str, sink: _Kept | _Hashing) -> None:
    written = write_file(book, path, sink)
    assert written, f"{path} is listed and not made"


def _create(aside: Path) -> BinaryIO:
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(handle, "wb", buffering=_BUFFER)


def _find_size(place: Path) -> int | None:
    """The size of the file at a place; None where there is none, or something else, such as a link."""
    try:
        found = place.lstat()
    except FileNotFoundError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


class _Kept:
    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.pieces.append(data)
        return len(data)


class _Hashing:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        return self._file.write(data)


_shared: tuple[Book, Path, Path] | None = None
"""What the processes have in common: the book, the folder, and the one aside."""


def _share(
    book: Book, goes: Iterator[tuple[int, tuple[str, ...]]], folder: Path, aside: Path, processes: int
) -> Iterator[Made]:
    # What is in memory now is not looked through again, and so stays shared with the processes.
    gc.freeze()
    try:
        with ProcessPoolExecutor(
            processes, multiprocessing.get_context("fork"), _begin, (book, folder, aside)
        ) as pool:
            waiting: deque[Future[list[Made]]] = deque()
            try:
                for number, go in goes:
                    waiting.append(pool.submit(_make_shared, number, go))
                    if len(waiting) >= processes * _AHEAD:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    except BrokenProcessPool:
        raise OutputError(
            "a process that made pages was ended by the system, perhaps for want of memory; what was written stands,"
            " so run the command again"
        ) from None
    finally:
        gc.unfreeze()


def _begin(book: Book, folder: Path, aside: Path) -> None:
    global _shared
    # Ctrl-C reaches all processes; the first one ends the others.
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared = (book, folder, aside)


def _make_shared(number: int, paths: tuple[str, ...]) -> list[Made]:
    assert _shared is not None, "the process has not begun"
    book, folder, aside = _shared
    return list(_make_all(book, number, paths, folder, aside))
