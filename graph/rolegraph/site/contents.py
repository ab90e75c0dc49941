"""Every file of the site, by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from rolegraph.output import Sink
from rolegraph.site import downloads
from rolegraph.site.book import Book, Chapter
from rolegraph.site.chapters import (
    about,
    assets,
    compare,
    coordinates,
    findings,
    focuses,
    forms,
    levels,
    matrix,
    occupations,
    paths,
    profile,
    search,
    skills,
)
from rolegraph.site.data import files, sides

CHAPTERS: Final[tuple[Chapter, ...]] = (
    assets.CHAPTER,
    *files.CHAPTERS,
    *sides.CHAPTERS,
    *matrix.CHAPTERS,
    *focuses.CHAPTERS,
    *levels.CHAPTERS,
    *skills.CHAPTERS,
    *occupations.CHAPTERS,
    *compare.CHAPTERS,
    *paths.CHAPTERS,
    *coordinates.CHAPTERS,
    *findings.CHAPTERS,
    *about.CHAPTERS,
    profile.CHAPTER,
    *search.CHAPTERS,
    *forms.CHAPTERS,
    downloads.CHAPTER,
)

_BY_FOLDER: Final = {
    folder: tuple(chapter for chapter in CHAPTERS if chapter.folder == folder)
    for folder in {chapter.folder for chapter in CHAPTERS}
}
"""Several chapters may share a folder, such as pages and the forms beside them; their names differ."""


def list_paths(book: Book) -> Iterator[str]:
    """The path of every file of the site, each once."""
    for chapter in CHAPTERS:
        for name in chapter.list_names(book):
            yield f"{chapter.folder}/{name}".lstrip("/")


def list_files(book: Book) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of the site: its path, and what makes it."""
    for path in list_paths(book):
        yield path, _bind(book, path)


def _bind(book: Book, path: str) -> Callable[[], bytes]:
    def make() -> bytes:
        made = make_file(book, path)
        assert made is not None, f"{path} is listed and not made"
        return made

    return make


def make_file(book: Book, path: str) -> bytes | None:
    """The file at a path; None where there is none. The first chapter of its folder that makes it has it."""
    folder, name = _split(path)
    for chapter in _BY_FOLDER.get(folder, ()):
        made = chapter.make(book, name)
        if made is not None:
            return made
    return None


def is_streamed(path: str) -> bool:
    """Whether the files of the folder of a path may be larger than what is held in memory; see :func:`write_file`."""
    return any(chapter.write is not None for chapter in _BY_FOLDER.get(_split(path)[0], ()))


def write_file(book: Book, path: str, sink: Sink) -> bool:
    """Write the file at a path, a piece at a time where it is large; False, and nothing written, where there is none."""
    folder, name = _split(path)
    for chapter in _BY_FOLDER.get(folder, ()):
        if chapter.write is not None:
            if chapter.write(book, name, sink):
                return True
            continue
        made = chapter.make(book, name)
        if made is not None:
            sink.write(made)
            return True
    return False


def _split(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name
