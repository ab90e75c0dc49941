"""Writes the pictures of the README, docs/paths.svg and docs/ladder.svg: python tests/picture_docs.py"""

from __future__ import annotations

from pathlib import Path

from rolegraph import Architecture
from rolegraph.report.pictures import draw_svg

DOCS = Path(__file__).parents[1] / "docs"


def draw_pictures() -> dict[str, str]:
    """The pictures by the names of their files, from the data that comes with rolegraph."""
    jobs = Architecture()
    answers = {
        "paths.svg": jobs.path("PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", k=3),
        "ladder.svg": jobs.ladder("PROCES.UPSTREAMDF5B"),
    }
    return {name: draw_svg(answer, jobs.roster.title_of) for name, answer in answers.items()}


if __name__ == "__main__":
    for name, picture in draw_pictures().items():
        (DOCS / name).write_text(picture, encoding="utf-8", newline="\n")
