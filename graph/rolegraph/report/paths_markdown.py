"""Career paths as a Markdown document: a table for each path, and where there is none the reason and nearest miss."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rolegraph.report.layout import count
from rolegraph.report.markdown import (
    escape,
    join_blocks,
    write_code,
    write_heading,
    write_paragraph,
    write_table,
)
from rolegraph.report.wording import explain_options, list_changes, list_wanted, tell_band, tell_duration

if TYPE_CHECKING:
    from rolegraph.answers import CareerPath, Move, Paths

NOTE = (
    "Cost adds up over the moves, lower is easier. Distance runs from 0 to 1, lower is nearer; its match band tells how"
    " close two roles stand by its edition, not whether a person qualifies."
)


def write_paths(answer: Paths, title: Callable[[str], str]) -> str:
    """The paths, best first; ``title`` tells the title of a code."""
    return join_blocks(_list_blocks(answer, title))


def _list_blocks(answer: Paths, title: Callable[[str], str]) -> Iterator[str]:
    ends = [end.split(", ") for end in (answer.origin, answer.destination)]
    origin, destination = ("; ".join(map(title, end)) for end in ends)
    yield write_heading(1, f"From {origin} to {destination}")
    codes = " → ".join(", ".join(map(write_code, end)) for end in ends)
    editions = f"cost {answer.cost_edition}, least {answer.by} first · distance {answer.edition}"
    yield f"{codes} · {escape(editions)}"
    if answer.reason is not None:
        yield write_paragraph(explain_options(answer.reason))
    for number, path in enumerate(answer.paths, 1):
        yield from _write_path(path, f"Path {number}" if len(answer.paths) > 1 else "The path")
    if answer.nearest_miss is not None:
        yield from _write_path(
            answer.nearest_miss, f"The nearest miss, {explain_options(answer.relaxed or '')}"
        )
    if any(path.moves for path in (*answer.paths, answer.nearest_miss) if path is not None):
        yield write_paragraph(NOTE)


def _write_path(path: CareerPath, name: str) -> Iterator[str]:
    yield write_heading(2, name)
    if not path.moves:
        yield "The origin is the destination: no move is needed."
        return
    yield f"{count(len(path.moves), 'move')}, cost {path.cost:.4f}, {tell_duration(path.years)}."
    header = ("From", "To", "Move", "Cost", "Distance", "Skills to gain")
    yield write_table(header, map(_list_cells, path.moves))
    yield from map(write_paragraph, path.notes)


def _list_cells(move: Move) -> tuple[str, ...]:
    distance = "not known" if move.distance is None else f"{move.distance:.4f}"
    band = "" if move.band is None else f" {tell_band(move.band)}"
    skills = escape("; ".join(list_wanted(move)))
    return (
        f"{escape(move.origin_title)}<br>{write_code(move.origin)}",
        f"{escape(move.destination_title)}<br>{write_code(move.destination)}",
        escape(", ".join(list_changes(move))),
        f"{move.cost:.4f}",
        f"{distance}{band}",
        skills or ("*not recorded per level*" if move.unknown else "none"),
    )
