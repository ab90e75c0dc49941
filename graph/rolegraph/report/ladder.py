"""The ladder of a focus as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click import style

from rolegraph.report.layout import (
    heading,
    muted,
    terminal_width,
    wrap,
)

if TYPE_CHECKING:
    from rolegraph.answers import Ladder


def describe_ladder(answer: Ladder, label: str) -> str:
    """The rungs of a focus from the bottom up, with what changes at each."""
    lines = [heading(f"Ladder of {label}"), muted(answer.focus)]
    width = terminal_width()
    for track in answer.tracks:
        lines += ["", style(f"Track {track.track}", bold=True)]
        for rung in track.rungs:
            if rung.code is None:
                lines.append(f"  {style('○', dim=True)} {rung.title}  {muted('no profile at this level')}")
            else:
                lines.append(f"  ● {rung.title}  {muted(f'{rung.code} · {rung.basis}')}")
            for change in rung.changes:
                first, *more = wrap(change, width - 8)
                lines.append(f"  │   · {first}")
                lines += [f"  │     {line}" for line in more]
    return "\n".join(lines) + "\n"
