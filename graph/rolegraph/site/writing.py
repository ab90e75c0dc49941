"""Writes the site into a folder: only what changed, every file whole, and nothing that is not the site's.

``site.json`` tells which files are the site's (:mod:`rolegraph.site.manifest`). It names those that are about to be
written before the first of them stands, so that a run that was cut off leaves none behind that the next one takes for
somebody else's. Files are made aside, flushed to the disk many at a time, and then renamed over the old ones.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import TYPE_CHECKING, Final

from rolegraph.errors import OutputError, describe_error
from rolegraph.output import LOCK, hold_folder, sync_folder
from rolegraph.records.files import escape_unseen
from rolegraph.site.contents import list_paths
from rolegraph.site.making import Made, choose_processes, make_files, read_ahead
from rolegraph.site.manifest import NAME, read_manifest, spell_manifest

if TYPE_CHECKING:
    from rolegraph.site.book import Book

_ASIDE: Final = ".rolegraph.new"
"""The folder inside in which files wait for the flush; it is there during a run alone."""
_BATCH: Final = 1_000
"""Files that are flushed at once: a flush of each alone takes longer than making it."""
_PAUSE: Final = 2.0
"""Seconds between two words on how far it is."""
_REMEDY: Final = "move it away, or choose another folder"


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What became of the files of a site: how many were written, were there already, were removed; their bytes in all."""

    written: int
    unchanged: int
    removed: int
    size: int


def write_site(
    book: Book,
    folder: Path,
    *,
    tell: Callable[[str], None] = lambda step: None,
    processes: int | None = None,
) -> WrittenSite:
    """Write every file of the site; those that are the same stay untouched, and those of an earlier site go.

    ``tell`` hears what is being done; ``processes`` is how many make pages (one for each processor where there are many
    pages). Raises OutputError where the folder holds something else, or something is in the way of a file, or it cannot
    be written to, or another run holds it.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; choose another folder")
    _refuse_strangers(folder)
    if folder.is_dir():
        _refuse_obstacle(folder / LOCK, stat.S_ISREG, "not a file")
        _refuse_obstacle(folder / _ASIDE, stat.S_ISDIR, "not a folder")
    tell("reading the records")
    read_ahead(book)
    with hold_folder(folder, other="another run", remedy="make room or choose another folder"):
        try:
            return _Writer(book, folder, tell, processes).write()
        except (PermissionError, FileExistsError, IsADirectoryError, NotADirectoryError) as error:
            _name_obstacle(error, folder)
            raise


def _refuse_strangers(folder: Path) -> None:
    """Raise OutputError where a folder without a manifest holds something; hidden files are left where they are."""
    try:
        if not folder.is_dir() or read_manifest(folder) is not None:
            return
        found = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise OutputError(f"cannot read {folder}: {describe_error(error)}; choose another folder") from error
    if found:
        shown = ", ".join(map(escape_unseen, found[:3])) + (", …" if len(found) > 3 else "")
        raise OutputError(
            f"{folder} is not a site that rolegraph wrote: it holds {shown}; choose a new or an empty folder"
        )


def _refuse_obstacle(place: Path, suits: Callable[[int], bool], reason: str) -> None:
    """Raise OutputError where something other than what a run puts there stands in the place."""
    mode = _find_mode(place)
    if mode is not None and not suits(mode):
        shown = "a link to another place" if stat.S_ISLNK(mode) else reason
        raise OutputError(f"{place} is {shown}, and rolegraph needs its place; {_REMEDY}")


def _name_obstacle(error: OSError, folder: Path) -> None:
    """Raise OutputError that names the file at which a run failed, where it is one of the folder's own."""
    named = error.filename2 or error.filename
    if named is None:
        return
    place = Path(os.fsdecode(named))
    aside = folder / _ASIDE
    # What could not be made aside tells of the folder as a whole.
    if aside in place.parents or (place == aside and not isinstance(error, FileExistsError)):
        return
    raise OutputError(f"cannot write {place}: {describe_error(error)}; {_REMEDY}") from error


class _Writer:
    """One run."""

    def __init__(self, book: Book, folder: Path, tell: Callable[[str], None], processes: int | None) -> None:
        self._book = book
        self._folder = folder
        self._aside = folder / _ASIDE
        self._tell = tell
        self._processes = processes
        self._folders: set[Path] = {folder}
        """The folders that are there, and are no links to elsewhere."""

    def write(self) -> WrittenSite:
        old = read_manifest(self._folder) or {}
        paths = sorted(list_paths(self._book))
        for path, after in pairwise(paths):
            assert path != after, f"two files of the site have the path {path}"
        self._check_places(paths, old)
        rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir()
        try:
            if not old.keys() >= set(paths):
                self._put_manifest(spell_manifest(old, (path for path in paths if path not in old)))
            files, written, size = self._write_files(paths)
            removed = self._remove(old.keys() - files.keys())
            self._put_manifest(spell_manifest(files))
        finally:
            rmtree(self._aside, ignore_errors=True)
        return WrittenSite(written, len(files) - written, removed, size)

    def _check_places(self, paths: Iterable[str], old: Container[str]) -> None:
        """Raise OutputError where something that is not of the site stands in the place of one of its files or folders."""
        if not any(self._folder.glob("[!.]*")):
            return
        standing = {self._folder: True}

        def stands(folder: Path) -> bool:
            if folder not in standing:
                standing[folder] = stands(folder.parent) and _is_folder(folder)
            return standing[folder]

        for path in paths:
            place = self._folder / path
            mode = _find_mode(place) if stands(place.parent) else None
            if mode is None:
                continue
            if path not in old:
                raise OutputError(f"{place} is not of the site that rolegraph wrote; {_REMEDY}")
            if not _is_file(mode):
                shown = "a folder" if stat.S_ISDIR(mode) else "a device, pipe or socket"
                raise OutputError(f"{place} is {shown} where the site has a file; {_REMEDY}")

    def _write_files(self, paths: list[str]) -> tuple[dict[str, bytes], int, int]:
        processes = self._processes or choose_processes(len(paths))
        self._tell(f"writing {len(paths):,} files")
        told = time.monotonic()
        files: dict[str, bytes] = {}
        waiting: list[Made] = []
        written = size = 0
        for made in make_files(self._book, paths, self._folder, self._aside, processes):
            files[made.path] = made.digest
            size += made.size
            if made.aside is not None:
                waiting.append(made)
                written += 1
            if len(waiting) >= _BATCH:
                self._publish(waiting)
            if time.monotonic() - told >= _PAUSE:
                told = time.monotonic()
                self._tell(f"{len(files):,} of {len(paths):,} files, {len(files) * 100 // len(paths)} %")
        self._publish(waiting)
        return files, written, size

    def _publish(self, waiting: list[Made]) -> None:
        """Move files to their places once all of them are on the disk."""
        _flush(made.aside for made in waiting if made.aside is not None)
        for made in waiting:
            assert made.aside is not None
            place = self._folder / made.path
            self._open_folder(place.parent)
            made.aside.replace(place)
        waiting.clear()

    def _open_folder(self, folder: Path) -> None:
        """Make a folder inside where it is missing. Raises OutputError where something else stands in its place."""
        if folder in self._folders:
            return
        self._open_folder(folder.parent)
        if not _is_folder(folder):
            folder.mkdir()
        self._folders.add(folder)

    def _remove(self, paths: Iterable[str]) -> int:
        """Remove files of an earlier site, and the folders that are empty then; returns how many files there were."""
        removed = 0
        emptied: set[Path] = set()
        for path in sorted(paths):
            inner = [self._folder / parent for parent in PurePosixPath(path).parents][:-1]
            place = self._folder / path
            if any(folder.is_symlink() for folder in inner) or not _is_file(_find_mode(place) or 0):
                continue
            place.unlink()
            emptied.update(inner)
            removed += 1
        for folder in sorted(emptied, key=lambda folder: len(folder.parts), reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()
        return removed

    def _put_manifest(self, text: bytes) -> None:
        place = self._folder / NAME
        with contextlib.suppress(FileNotFoundError):
            if place.read_bytes() == text:
                return
        aside = self._aside / NAME
        aside.write_bytes(text)
        _flush([aside])
        aside.replace(place)
        sync_folder(self._folder)


def _find_mode(place: Path) -> int | None:
    """The mode of what stands at a place, a link's own; None where nothing does."""
    try:
        return place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_file(mode: int) -> bool:
    """Whether it is a file, or a link, which a file may take the place of."""
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _is_folder(folder: Path) -> bool:
    """Whether a folder is there. Raises OutputError where something else stands in its place, such as a link."""
    mode = _find_mode(folder)
    if mode is not None and not stat.S_ISDIR(mode):
        shown = "a link to another place" if stat.S_ISLNK(mode) else "a file"
        raise OutputError(f"{folder} is {shown} where the site has a folder; {_REMEDY}")
    return mode is not None


def _flush(files: Iterable[Path]) -> None:
    """Wait until the bytes of files are on the disk: all at once where the system can, which takes a fraction of the time."""
    listed = list(files)
    if len(listed) > 1 and hasattr(os, "sync"):
        os.sync()
        return
    for file in listed:
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
