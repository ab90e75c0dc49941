"""Career paths, and what can be reached, as text for people."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from click import style

from rolegraph.report.layout import (
    band_label,
    columns,
    count,
    display_width,
    heading,
    muted,
    pad,
    terminal_width,
    wrap,
)
from rolegraph.report.wording import list_changes, tell_duration

if TYPE_CHECKING:
    from rolegraph.answers import CareerPath, Move, Paths, Reach

SKILLS_NOTE = (
    "Where a move shows no skills, they are not recorded, or recorded for the whole focus and not per level: what"
    " is to be gained there is unknown, not nothing."
)
NO_STEP_NOTE = "No move of this path is nearer than no-match: it is a change of career, not a step."


def describe_paths(answer: Paths, title: Callable[[str], str]) -> str:
    """Career paths as strips: a role, the move, the next role. ``title`` tells the title of a code."""
    ends = (answer.origin, answer.destination)
    origin, destination = ("; ".join(map(title, end.split(", "))) for end in ends)
    lines = [
        heading(f"From {origin}"),
        heading(f"to   {destination}"),
        muted(f"{' -> '.join(ends)} · {answer.cost_edition} by {answer.by} · {answer.edition}"),
    ]
    if answer.reason is not None:
        lines += ["", *wrap(answer.reason, terminal_width())]
    for number, path in enumerate(answer.paths, 1):
        lines += _lay_path(path, f"Path {number}: " if len(answer.paths) > 1 else "")
    shown = [*answer.paths]
    if answer.nearest_miss is not None:
        lines += _lay_path(answer.nearest_miss, f"The nearest miss, {answer.relaxed}: ")
        shown.append(answer.nearest_miss)
    if any(move.unknown for path in shown for move in path.moves):
        lines += ["", *(muted(line) for line in wrap(SKILLS_NOTE, terminal_width()))]
    return "\n".join(lines) + "\n"


def describe_reach(answer: Reach, title: Callable[[str], str]) -> str:
    """What can be reached, by the number of moves that it takes."""
    within = "" if answer.max_moves is None else f" within {count(answer.max_moves, 'move')}"
    lines = [
        heading(f"What can be reached from {title(answer.origin)}{within}"),
        muted(f"{answer.origin} · {answer.cost_edition} · {answer.edition}"),
    ]
    if not answer.reached:
        return "\n".join([*lines, "", f"  No role can be reached from here{within}."]) + "\n"
    for moves, roles in groupby(answer.reached, key=lambda role: role.moves):
        lines += ["", style(count(moves, "move"), bold=True)]
        rows = [
            [
                f"{role.cost:.4f}",
                "" if role.band is None else band_label(role.band),
                role.title,
                role.code,
                ", ".join(f"{count(len(list(same)), kind)}" for kind, same in groupby(role.kinds)),
            ]
            for role in roles
        ]
        lines += columns(["cost", "band", "role", "code", "by"], rows, right=[0], shrink=[2])
    total = count(answer.total, "role")
    if len(answer.reached) < answer.total:
        total = f"{len(answer.reached):,} of {total}"
    return "\n".join([*lines, "", muted(f"{total} can be reached{within}.")]) + "\n"


def _lay_path(path: CareerPath, title: str) -> list[str]:
    lines = [
        "",
        *(style(line, bold=True) for line in wrap(title + _summarise_path(path), terminal_width())),
        "",
    ]
    lines += _draw_path(path)
    if path.moves and all(move.band == "no-match" for move in path.moves):
        lines += ["", *wrap(NO_STEP_NOTE, terminal_width())]
    return lines


def _summarise_path(path: CareerPath) -> str:
    if not path.moves:
        return "The origin is the destination: no move is needed."
    return f"{count(len(path.moves), 'move')}, cost {path.cost:.4f}, {tell_duration(path.years)}"


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
        lines += [f"  │     {muted(line)}" for line in wrap(" · ".join(move.evidence), width - 8)]
        lines.append(_stop(move.destination_title, move.destination, room))
    return lines


def _stop(title: str, code: str, room: int) -> str:
    return f"  ● {pad(title, room)}  {muted(code)}"


def _list_skills(label: str, skills: tuple[str, ...], width: int) -> list[str]:
    first, *more = wrap("; ".join(skills), width - 10 - len(label))
    blank = " " * (len(label) + 2)
    return [f"  │     {label}: {first}", *(f"  │     {blank}{line}" for line in more)]


def _describe_move(move: Move) -> str:
    what = ", ".join(list_changes(move))
    far = "not known" if move.distance is None else f"{move.distance:.4f}"
    band = "" if move.band is None else f" {band_label(move.band)}"
    return f"{what} · cost {move.cost:.4f} · distance {far}{band}"
