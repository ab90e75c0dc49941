"""Career paths as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click import style

from rolegraph.report.layout import (
    band_label,
    count,
    display_width,
    heading,
    muted,
    pad,
    terminal_width,
    wrap,
)

if TYPE_CHECKING:
    from rolegraph.answers import CareerPath, Move, Paths

SKILLS_NOTE = (
    "Where a move shows no skills, they are not recorded, or recorded for the whole focus and not per level: what"
    " is to be gained there is unknown, not nothing."
)


def describe_paths(answer: Paths, origin_title: str, destination_title: str) -> str:
    """Career paths as strips: a role, the move, the next role."""
    lines = [
        heading(f"From {origin_title}"),
        heading(f"to   {destination_title}"),
        muted(
            f"{answer.origin} -> {answer.destination} · {answer.cost_edition} by {answer.by} · {answer.edition}"
        ),
    ]
    if answer.reason is not None:
        lines += ["", *wrap(answer.reason, terminal_width())]
    for number, path in enumerate(answer.paths, 1):
        title = f"Path {number}: " if len(answer.paths) > 1 else ""
        lines += ["", style(title + _summarise_path(path), bold=True), ""]
        lines += _draw_path(path)
        if path.moves and all(move.band == "no-match" for move in path.moves):
            lines += [
                "",
                "No move of this path is nearer than no-match: it is a change of career, not a step.",
            ]
    if any(move.unknown for path in answer.paths for move in path.moves):
        lines += ["", *(muted(line) for line in wrap(SKILLS_NOTE, terminal_width()))]
    return "\n".join(lines) + "\n"


def _summarise_path(path: CareerPath) -> str:
    if not path.moves:
        return "The origin is the destination: no move is needed."
    return f"{count(len(path.moves), 'move')}, cost {path.cost:.4f}{_years(path.years)}"


def _years(years: tuple[float, float | None] | None) -> str:
    if years is None:
        return ", typical years unknown"
    low, high = years
    if high is None:
        return f", typically {low:g} years or more"
    return f", typically {low:g} to {high:g} years"


def _draw_path(path: CareerPath) -> list[str]:
    if not path.moves:
        return []
    width = terminal_width()
    titles = [path.moves[0].origin_title, *(move.destination_title for move in path.moves)]
    room = min(max(map(display_width, titles)), max(30, width - 40))
    lines = [_stop(path.moves[0].origin_title, path.moves[0].origin, room)]
    for move in path.moves:
        lines += [f"  │   {line}" for line in wrap(_describe_move(move), width - 6)]
        # Inside a focus whose skills are recorded as a whole the list would say nothing about the move.
        if not (move.unknown and not move.gain):
            for label, skills in (("keep", move.keep), ("deepen", move.deepen), ("gain", move.gain)):
                lines += _list_skills(label, skills, width) if skills else []
        lines.append(_stop(move.destination_title, move.destination, room))
    return lines


def _stop(title: str, code: str, room: int) -> str:
    return f"  ● {pad(title, room)}  {muted(code)}"


def _list_skills(label: str, skills: tuple[str, ...], width: int) -> list[str]:
    first, *more = wrap("; ".join(skills), width - 10 - len(label))
    blank = " " * (len(label) + 2)
    return [f"  │     {label}: {first}", *(f"  │     {blank}{line}" for line in more)]


def _describe_move(move: Move) -> str:
    # What changes says more to people than the name of the kind, except where nothing else changes.
    named = [move.kind] if move.kind in {"promotion", "step-down"} else []
    what = ", ".join([*named, *move.changes]) or move.kind
    return f"{what} · cost {move.cost:.4f} · distance {move.distance:.4f} {band_label(move.band)}"
