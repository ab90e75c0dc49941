"""Every file of the site, by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from rolegraph.site.book import Book, Chapter
from rolegraph.site.chapters import assets, matrix

CHAPTERS: Final[tuple[Chapter, ...]] = (assets.CHAPTER, *matrix.CHAPTERS)

_BY_FOLDER: Final = {chapter.folder: chapter for chapter in CHAPTERS}


def list_files(book: Book) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of the site: its path, and what makes it."""
    for chapter in CHAPTERS:
        for name in chapter.list_names(book):
            yield f"{chapter.folder}/{name}".lstrip("/"), _bind(chapter, book, name)


def _bind(chapter: Chapter, book: Book, name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        made = chapter.make(book, name)
        assert made is not None, f"{chapter.folder}/{name} is listed and not made"
        return made

    return make


def make_file(book: Book, path: str) -> bytes | None:
    """The file at a path; None where there is none."""
    folder, _, name = path.rpartition("/")
    chapter = _BY_FOLDER.get(folder)
    return None if chapter is None else chapter.make(book, name)
