"""Saved profile pages -> the records of a data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.generate import write_architecture
from bench.measure import Comparison, make_variant
from bench.sources import write_pages
from rolegraph.records.page import read_pages

if TYPE_CHECKING:
    from bench.data import Architectures

PROFILES_PER_PAGE = 24
"""So many profiles give a page: only some focuses are written out, and a page holds a whole track."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Reading alone, one page and all of them, and the whole command."""
    place = stock.place / f"pages-{size}"
    write_architecture(place / "data", PROFILES_PER_PAGE * size)
    files = write_pages(place / "data", place / "pages", size)
    pages = [(file.name, file.read_bytes()) for file in files]
    yield Comparison(
        "pages read",
        size,
        [make_variant("read_pages", lambda: len(_check(read_pages(pages).read, size)), units=size)],
        per="page",
    )
    made = place / "made"
    yield Comparison(
        "`rolegraph ingest`",
        size,
        [
            make_command(
                "rolegraph ingest",
                [*find_rolegraph(), "ingest", str(place / "pages"), "-o", str(made), "--format", "json"],
                place / "ingest.json",
                answer=lambda ended: _check_status(ended, size),
                prepare=lambda: shutil.rmtree(made, ignore_errors=True),
            )
        ],
    )


def _check(read: tuple[str, ...], size: int) -> tuple[str, ...]:
    if len(read) != size:
        raise RuntimeError(f"{len(read)} of {size} pages were read")
    return read


def _check_status(ended: Ended, size: int) -> int:
    if ended.status:
        raise RuntimeError(f"pages were refused: {ended.output.read_text(encoding='utf-8')[:2000]}")
    return size
