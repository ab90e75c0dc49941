"""A whole ``rolegraph path`` over a large architecture: with the snapshot of its data, and making it first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.cases.path import draw_pairs
from bench.commands import Ended, find_rolegraph, make_command
from bench.measure import Comparison

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """One path; the first run without the snapshot writes it, the others find it."""
    data = stock.get(size)
    present, absent = data.place / "snapshots", data.place / "no-snapshots"
    command = [*find_rolegraph(), "--data", str(data.folder), "path", *draw_pairs(data.roster, 1)[0]]
    yield Comparison(
        "cold `rolegraph path`",
        size,
        [
            make_command(
                "snapshot there",
                command,
                data.place / "present.txt",
                answer=_read,
                environment={"ROLEGRAPH_CACHE": str(present)},
            ),
            make_command(
                "no snapshot",
                command,
                data.place / "absent.txt",
                answer=_read,
                environment={"ROLEGRAPH_CACHE": str(absent)},
                prepare=lambda: shutil.rmtree(absent, ignore_errors=True),
            ),
        ],
    )


def _read(ended: Ended) -> tuple[int, str]:
    return ended.status, ended.output.read_text(encoding="utf-8")
