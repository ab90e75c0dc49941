"""The files of ``data/``: what scripts of pages read, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from rolegraph.site.book import Book, Chapter
from rolegraph.site.data.moves import make_falls, make_moves
from rolegraph.site.data.names import make_names
from rolegraph.site.data.roles import make_roles
from rolegraph.site.data.texts import make_texts

DATA: Final[Mapping[str, Callable[[Book], bytes]]] = {
    "names": make_names,
    "moves": make_moves,
    "moves-down": make_falls,
    "roles": make_roles,
    "texts": make_texts,
}
"""What makes each file, by its name without the ending."""


def _list_names(book: Book) -> Iterable[str]:
    return [f"{name}.js" for name in DATA]


def _make(book: Book, name: str) -> bytes | None:
    make = DATA.get(name.removesuffix(".js")) if name.endswith(".js") else None
    return None if make is None else make(book)


CHAPTERS: Final = (Chapter("data", _list_names, _make),)
