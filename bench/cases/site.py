"""A whole ``rolegraph site``: into an empty folder, and a second time, when nothing has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.measure import Comparison, Variant

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The first run, then one over what it wrote."""
    data = stock.get(size)
    place = data.place / "site"

    def make(name: str, check: Callable[[Ended], object], prepare: Callable[[], object]) -> Variant:
        return make_command(
            name,
            [*find_rolegraph(), "--data", str(data.folder), "site", "-o", str(place)],
            data.place / "site.txt",
            answer=check,
            environment={"ROLEGRAPH_CACHE": str(data.place / "snapshots")},
            prepare=prepare,
        )

    empty = partial(shutil.rmtree, place, ignore_errors=True)
    first = make("rolegraph site", partial(_check, place, " 0 unchanged, 0 removed"), empty)
    yield Comparison("`site`, all files written", size, [first])
    again = make("rolegraph site", partial(_check, place, " 0 files written"), lambda: None)
    yield Comparison("`site`, nothing changed", size, [again])


def _check(place: Path, told: str, ended: Ended) -> tuple[int, int]:
    """The number of files and their bytes. Raises RuntimeError where the site is not what it should be."""
    text = ended.output.read_text(encoding="utf-8")
    if ended.status or told not in text or not (place / "index.html").is_file():
        raise RuntimeError(f"the site is not what it should be: {text}")
    files = [file for file in place.rglob("*") if file.is_file() and file.name != "site.json"]
    return len(files), sum(file.stat().st_size for file in files)
