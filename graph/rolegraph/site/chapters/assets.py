"""Styles and scripts, as they ship."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from rolegraph.site.book import Book, Chapter
from rolegraph.site.pressing import read_file


@cache
def _list_files() -> tuple[str, ...]:
    return tuple(sorted(entry.name for entry in files("rolegraph.site").joinpath("assets").iterdir()))


def _list_names(book: Book) -> Iterable[str]:
    return _list_files()


def _make(book: Book, name: str) -> bytes | None:
    return read_file("assets", name) if name in _list_files() else None


CHAPTER = Chapter("assets", _list_names, _make)
