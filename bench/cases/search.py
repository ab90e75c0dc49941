"""Names found among the 84,000 of O*NET 29.0, beside all of them looked at by rapidfuzz; whole commands.

Nothing is measured where the release is not in ``../shared/data``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.measure import Comparison, make_variant
from rolegraph.architecture import Architecture
from rolegraph.importing import import_release
from rolegraph.releases.names import NAMES
from rolegraph.resources import find_resource

if TYPE_CHECKING:
    from bench.data import Architectures

ONET = Path(__file__).parents[3] / "shared" / "data" / "onet-29.0"
NURSES = "29-1141.00"
WORDS = {
    "a title": "registered nurse",
    "two words misspelt": "registred nures",
    "a blank missing": "registerednurse",
}
"""What is searched for; each time registered nurses must be among the first three."""
KINDS = ("occupation", "element", "activity", "technology", "commodity")


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Each search by itself, all imports and indexes at hand; then as a whole command."""
    if not ONET.is_dir():
        return
    folder = stock.place / "search" / "data"
    if not folder.exists():
        shutil.copytree(str(find_resource("data")), folder)
        import_release("onet", ONET, folder)
    jobs = Architecture(folder)
    index = jobs.library.open(jobs.library.releases[0])
    names = [(concept.label, concept.key) for concept in index.iterate_concepts(*KINDS)]
    names += [(label.text, label.key) for label in index.iterate_labels(*NAMES)]
    for what, text in WORDS.items():
        yield Comparison(
            f"{what}: {text}",
            size,
            [
                make_variant("rolegraph", partial(_search, jobs, text)),
                make_variant("rapidfuzz WRatio over all names", partial(_scan, names, text)),
            ],
        )
    yield Comparison(
        "whole command",
        size,
        [
            make_command(
                f"`rolegraph search`, {what}",
                [*find_rolegraph(), "search", "--data", str(folder), text, "--format", "json"],
                stock.place / "search" / f"{number}.json",
                answer=_read,
            )
            for number, (what, text) in enumerate(WORDS.items())
        ],
    )


def _search(jobs: Architecture, text: str) -> bool:
    return NURSES in {hit.code for hit in jobs.search(text).hits[:3]}


def _scan(names: list[tuple[str, str]], text: str) -> bool:
    from rapidfuzz import fuzz, process, utils

    close = process.extract(
        text, [name for name, _ in names], scorer=fuzz.WRatio, processor=utils.default_process, limit=20
    )
    return any(names[at][1].endswith(NURSES) for _, _, at in close)


def _read(ended: Ended) -> bool:
    hits = json.loads(ended.output.read_text(encoding="utf-8"))["hits"]
    return NURSES in {hit["code"] for hit in hits[:3]}
