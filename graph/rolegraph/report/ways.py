"""Career paths, and what can be reached, as text for people."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
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
from rolegraph.report.wording import list_changes, tell_duration

if TYPE_CHECKING:
    from rolegraph.answers import CareerPath, Move, Paths, Reach, Reached

SKILLS_NOTE = (
    "Where a move shows no skills, they are not recorded, or recorded for the whole focus and not per level: what"
    " is to be gained there is unknown, not nothing."
)


def describe_paths(answer: Paths, title: Callable[[str], str]) -> str:
    """Career paths as strips: a role, the move, the next role. ``title`` tells the title of a code."""
    ends = (answer.origin, answer.destination)
    origin, destination = ("; ".join(map(title, end.split(", "))) for end in ends)
    lines = [
        heading(f"From {origin}"),
        heading(f"to   {destination}"),
        *map(muted, wrap(_tell_editions(answer, " -> ".join(ends)), terminal_width())),
    ]
    if answer.reason is not None:
        lines += ["", *wrap(answer.reason, terminal_width())]
    for number, path in enumerate(answer.paths, 1):
        lines += _lay_path(path, f"Path {number}: " if len(answer.paths) > 1 else "", answer.by)
    shown = [*answer.paths]
    if answer.nearest_miss is not None:
        lines += _lay_path(answer.nearest_miss, f"The nearest miss, {answer.relaxed}: ", answer.by)
        shown.append(answer.nearest_miss)
    if any(move.unknown for path in shown for move in path.moves):
        lines += ["", *(muted(line) for line in wrap(SKILLS_NOTE, terminal_width()))]
    return "\n".join(lines) + "\n"


def describe_reach(answer: Reach, title: Callable[[str], str]) -> str:
    """What can be reached, by the number of moves that it takes."""
    within = "" if answer.max_moves is None else f" within {count(answer.max_moves, 'move')}"
    lines = [
        heading(f"What can be reached from {title(answer.origin)}{within}"),
        *map(muted, wrap(_tell_editions(answer, answer.origin), terminal_width())),
    ]
    if answer.reason is not None:
        lines += ["", *wrap(answer.reason, terminal_width())]
    if not answer.reached:
        return "\n".join(lines) + "\n"
    for moves, roles in groupby(answer.reached, key=lambda role: role.moves):
        lines += ["", style(count(moves, "move"), bold=True)]
        for role in roles:
            lines += _lay_reached(role)
    total = f"{count(answer.total, 'role')} can be reached{within}"
    if len(answer.reached) < answer.total:
        total += f"; the first {len(answer.reached):,} are shown"
    return "\n".join([*lines, "", muted(f"{total}.")]) + "\n"


def _tell_editions(answer: Paths | Reach, ends: str) -> str:
    return f"{ends} · {answer.cost_edition} by {answer.by} · {answer.edition}"


def _lay_reached(role: Reached) -> list[str]:
    """A role with the way to it, and how near it is to the origin."""
    width = terminal_width()
    first, *more = wrap(role.title, width - 10)
    lines = [f"  {role.cost:.4f}  {first}", *(f"          {line}" for line in more)]
    steps = [f"{kind} to {code}" for kind, code in zip(role.kinds, (*role.through, role.code), strict=True)]
    lines += [f"          {muted(line)}" for line in wrap(", then ".join(steps), width - 10)]
    if role.distance is not None:
        band = "" if role.band is None else f" {band_label(role.band)}"
        lines.append(f"          {muted('from the origin:')} {role.distance:.4f}{band}")
    return lines


def _lay_path(path: CareerPath, title: str, by: str) -> list[str]:
    summary = wrap(title + _summarise_path(path, by), terminal_width())
    lines = ["", *(style(line, bold=True) for line in summary), "", *_draw_path(path)]
    for note in path.notes:
        lines += ["", *wrap(note, terminal_width())]
    return lines


def _summarise_path(path: CareerPath, by: str) -> str:
    if not path.moves:
        return "The origin is the destination: no move is needed."
    facts = [count(len(path.moves), "move"), f"cost {path.cost:.4f}", tell_duration(path.years)]
    if by == "skills":
        facts.insert(1, f"{path.to_learn:.2f} to learn (1 is every skill of one role)")
    elif by == "years" and path.years is None:
        facts.append("so that it is by effort")
    return ", ".join(facts)


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
    # The name of the kind is what --no takes.
    what += "" if move.kind.replace("-", " ") in what.replace("-", " ") else f" [{move.kind}]"
    far = "not known" if move.distance is None else f"{move.distance:.4f}"
    band = "" if move.band is None else f" {band_label(move.band)}"
    return f"{what} · cost {move.cost:.4f} · distance {far}{band}"
