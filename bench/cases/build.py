"""A whole ``rolegraph build``: records read, judged and written as Turtle, N-Triples and adjacency."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.data import hash_graph
from bench.measure import Comparison

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The command, and its graph read back."""
    data = stock.get(size)
    out = data.place / "out"
    yield Comparison(
        "`rolegraph build`",
        size,
        [
            make_command(
                "rolegraph build",
                [*find_rolegraph(), "--data", str(data.folder), "build", "-o", str(out)],
                data.place / "build.txt",
                answer=lambda ended: _check(ended, out, size),
                environment={"ROLEGRAPH_CACHE": str(data.place / "snapshots")},
            )
        ],
    )


def _check(ended: Ended, out: Path, size: int) -> int:
    """The number of triples. Raises RuntimeError where the build is not what it should be."""
    if ended.status:
        raise RuntimeError(f"the build failed: {ended.output.read_text(encoding='utf-8')}")
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    files = {file["name"]: file["triples"] for file in report["files"]}
    turtle, lines = hash_graph(out / "rolegraph.ttl"), hash_graph(out / "rolegraph.nt")
    if turtle != lines or turtle[0] != files["rolegraph.ttl"] or report["counts"]["profiles"] != size:
        raise RuntimeError(f"the files of the build disagree: {turtle}, {lines}, {report['counts']}")
    return turtle[0]
