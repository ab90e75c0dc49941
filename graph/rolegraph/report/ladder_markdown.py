"""The ladder of a focus as a Markdown document: for each track its rungs, and what changes at each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.report.ladder import list_footnotes, name_rung
from rolegraph.report.markdown import (
    escape,
    join_blocks,
    write_cell,
    write_code,
    write_heading,
    write_items,
    write_paragraph,
    write_table,
)
from rolegraph.report.wording import tell_years

if TYPE_CHECKING:
    from rolegraph.answers import Ladder, LadderTrack, Rung


def write_ladder(answer: Ladder, label: str) -> str:
    """The rungs of each track, lowest first, and every change in full."""
    return join_blocks(_list_blocks(answer, label))


def _list_blocks(answer: Ladder, label: str) -> Iterator[str]:
    yield write_heading(1, f"Ladder of {label}")
    yield write_code(answer.focus)
    for track in answer.tracks:
        yield write_heading(2, f"Track {track.track}")
        yield _write_rungs(track, label)
        for below, rung in pairwise(track.rungs):
            if rung.changes:
                yield write_heading(3, f"{rung.level}: what changes from {below.level}")
                yield write_items(map(write_paragraph, rung.changes))
    yield from map(write_paragraph, list_footnotes(answer))


def _write_rungs(track: LadderTrack, label: str) -> str:
    """A column that no rung has anything for is left out."""
    header = ("Level", "Role", "Typical years", "Basis", "Scope")
    rows = [_list_cells(rung, label) for rung in track.rungs]
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    return write_table([header[at] for at in used], [[row[at] for at in used] for row in rows])


def _list_cells(rung: Rung, label: str) -> list[str]:
    role = [escape(name_rung(rung, label))]
    role += [write_code(rung.code)] if rung.code else ["*no profile at this level*"]
    return [
        escape(rung.level),
        "<br>".join(filter(None, role)),
        "" if rung.years is None else tell_years(rung.years),
        rung.basis or "",
        write_cell(rung.scope or ""),
    ]
