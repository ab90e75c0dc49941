"""A whole ``rolegraph path`` over a large architecture: with the snapshot of its data, and making it first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.cases.path import draw_ways_up
from bench.commands import Ended, find_rolegraph, make_command, run_command
from bench.measure import Comparison

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """One path; a run before the others leaves the snapshot that they find."""
    data = stock.get(size)
    present, absent = data.place / "snapshots", data.place / "no-snapshots"
    command = [*find_rolegraph(), "--data", str(data.folder), "path", *draw_ways_up(data.roster, 1)[0]]
    output = data.place / "path.txt"
    run_command(command, output, {"ROLEGRAPH_CACHE": str(present)})
    yield Comparison(
        "cold `rolegraph path`",
        size,
        [
            make_command(
                "snapshot there",
                command,
                output,
                answer=_read,
                environment={"ROLEGRAPH_CACHE": str(present)},
            ),
            make_command(
                "no snapshot",
                command,
                output,
                answer=_read,
                environment={"ROLEGRAPH_CACHE": str(absent)},
                prepare=lambda: shutil.rmtree(absent, ignore_errors=True),
            ),
        ],
    )


def _read(ended: Ended) -> tuple[int, str]:
    return ended.status, ended.output.read_text(encoding="utf-8")
