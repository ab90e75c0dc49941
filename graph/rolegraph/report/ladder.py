"""The ladder of a focus as text for people: drawn from the top down, several tracks side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from click import style

from rolegraph.careers.roster import DESCRIPTOR
from rolegraph.report.grid import fold
from rolegraph.report.layout import display_width, heading, muted, pad, terminal_width, wrap
from rolegraph.report.wording import tell_years

if TYPE_CHECKING:
    from rolegraph.answers import Ladder, LadderTrack, Rung

_NARROWEST = 34
"""The columns that a track needs at least to stand beside another."""
_GAP = 3
_FEW = 3
"""So many fields of the descriptor are told by name."""
_MANY = 6
"""So many skills are told by name."""
_SKILLS = {
    "skill-new": "skills new",
    "skill-unclear": "skills not recorded below",
    "skill-higher": "skills to deepen",
    "skill-lower": "skills asked less deeply",
    "skill-dropped": "skills no longer asked for",
}


def describe_ladder(answer: Ladder, label: str, *, changes: bool = False) -> str:
    """The rungs of a focus, the highest at the top, each with what it asks more than the one below.

    Tracks stand side by side, aligned by career stage, where the terminal has room for them. With ``changes`` every
    change is told in full, one track below the other.
    """
    width = terminal_width()
    about = f"{answer.focus} · a role's code is {answer.focus}.LEVEL"
    lines = [heading(f"Ladder of {label}"), *(muted(line) for line in wrap(about, width))]
    room = (width - _GAP * (len(answer.tracks) - 1)) // len(answer.tracks)
    notes = []
    if len(answer.tracks) > 1 and room >= _NARROWEST and not changes:
        lines += ["", *_draw_beside(answer, label, room)]
        notes.append(_tell_alignment(answer))
    else:
        for track in answer.tracks:
            lines += ["", _head(track), *_draw_track(track, label, width, changes=changes)]
    rungs = [rung for track in answer.tracks for rung in track.rungs]
    if not changes and any(rung.changes for rung in rungs):
        scope = "its scope, and " if any(map(_shows_scope, rungs)) else ""
        notes.append(
            f"Below a rung: {scope}what changes from the rung under it, in short; --changes tells it in full."
        )
    notes += list_footnotes(answer)
    if notes:
        lines += ["", *(muted(line) for note in notes for line in wrap(note, width))]
    return "\n".join(lines) + "\n"


def _head(track: LadderTrack) -> str:
    return style(f"Track {track.track}", bold=True)


def _tell_alignment(answer: Ladder) -> str:
    if answer.aligned_by == "rank":
        return "Rungs of equal rank stand side by side: the years or stages of their levels are not all known alike."
    return f"Rungs of equal career stage ({answer.aligned_by}) stand side by side."


def _draw_track(track: LadderTrack, label: str, width: int, *, changes: bool) -> list[str]:
    last = len(track.rungs) - 1
    return [
        line
        for place, rung in reversed(list(enumerate(track.rungs)))
        for line in _draw_rung(rung, label, width, place, last, changes=changes)
    ]


def _draw_beside(answer: Ladder, label: str, width: int) -> list[str]:
    """The tracks in columns; rungs at one place stand in one row, and the rails go on between them."""
    places = sorted({_place(answer, rung) for track in answer.tracks for rung in track.rungs}, reverse=True)
    blank = " " * _GAP
    lines = [blank.join(pad(_head(track), width) for track in answer.tracks).rstrip()]
    for place in places:
        blocks, fillers = [], []
        for track in answer.tracks:
            last = len(track.rungs) - 1
            here = [(n, rung) for n, rung in enumerate(track.rungs) if _place(answer, rung) == place]
            blocks.append(
                [
                    line
                    for n, rung in reversed(here)
                    for line in _draw_rung(rung, label, width, n, last, changes=False)
                ]
            )
            goes_on = _place(answer, track.rungs[0]) < place <= _place(answer, track.rungs[last])
            fillers.append("  │" if goes_on else "")
        for at in range(max(map(len, blocks))):
            cells = (
                pad(block[at] if at < len(block) else filler, width)
                for block, filler in zip(blocks, fillers, strict=True)
            )
            lines.append(blank.join(cells).rstrip())
    return lines


def _place(answer: Ladder, rung: Rung) -> float:
    """Where a rung stands: its stage, or its rank where stages do not compare all rungs."""
    if answer.aligned_by != "rank" and rung.stage is not None:
        return rung.stage
    return int(rung.level.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _draw_rung(rung: Rung, label: str, width: int, place: int, last: int, *, changes: bool) -> list[str]:
    """One rung with the rail under it; the lowest one has none."""
    corner = "─" if last == 0 else "┌" if place == last else "└" if place == 0 else "├"
    rail = "  │" if place else "   "
    arm = "─" if rung.code is not None else "╌"
    start = f"  {corner}{arm} {style(rung.level, bold=rung.code is not None)}  "
    indent = display_width(start)
    parts = [name_rung(rung, label)] if name_rung(rung, label) else []
    parts += [tell_years(rung.years)] if rung.years else []
    parts.append(rung.basis if rung.code is not None and rung.basis else "no profile at this level")
    first, *more = _fold_parts(parts, width - indent)
    paint = muted if rung.code is None else str
    lines = [start + paint(first), *(f"{rail}{' ' * (indent - 3)}{paint(line)}" for line in more)]
    for text in rung.changes if changes else _summarise(rung):
        mark = "· " if changes else ""
        for number, line in enumerate(fold(text, width - indent - len(mark))):
            shown = mark + line if not number else " " * len(mark) + line
            lines.append(f"{rail}{' ' * (indent - 3)}{muted(shown)}")
    return lines


def name_rung(rung: Rung, label: str) -> str:
    """The role's own title with the name of its level; where it has no title of its own, the level's name."""
    if rung.code is None:
        return rung.name or ""
    if rung.title == f"{label} — {rung.level}":
        return rung.name or rung.title
    return rung.title if rung.name is None else f"{rung.title} ({rung.name})"


def _fold_parts(parts: list[str], width: int) -> list[str]:
    """Parts with dots between them, in lines that break between two parts rather than inside one."""
    lines = [""]
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines[-1] else part
        if display_width(joined) <= width:
            lines[-1] = joined
        else:
            lines += fold(part, width)
    return [line for line in lines if line]


def _summarise(rung: Rung) -> list[str]:
    """What changes at a rung, in short: its scope, a few fields by name, guideline years, and skills by name."""
    fields = [change for change in rung.differences if change.kind == "descriptor"]
    lines = [f"scope: {rung.scope}"] if _shows_scope(rung) else []
    names = [change.what for change in fields if change.what != "scope" or not lines]
    if fields and len(fields) == len(DESCRIPTOR) and not any(change.here for change in fields):
        lines.append("descriptor: not recorded at this level")
    elif 0 < len(names) <= _FEW:
        lines.append(f"descriptor: {', '.join(names)}")
    elif names and not lines:
        # Beside a scope the number of other fields would say nothing: mostly all of them change.
        lines.append(f"descriptor: {len(names)} fields")
    lines += [
        f"{change.what}: {change.below or 'not stated'} -> {change.here or 'not stated'}"
        for change in rung.differences
        if change.kind == "guideline"
    ]
    for kind, told in _SKILLS.items():
        skills = [change.what for change in rung.differences if change.kind == kind]
        more = f" and {len(skills) - _MANY} more" if len(skills) > _MANY else ""
        lines += [f"{told}: {'; '.join(skills[:_MANY])}{more}"] if skills else []
    return lines


def _shows_scope(rung: Rung) -> bool:
    return rung.scope is not None and any(change.what == "scope" for change in rung.differences)


def list_footnotes(answer: Ladder) -> list[str]:
    """What a ladder does not compare, and what does."""
    ends = (
        (below.code, rung.code)
        for track in answer.tracks
        for below, rung in pairwise(track.rungs)
        if below.code is not None and rung.code is not None
    )
    found = next(ends, None)
    if found is None:
        return []
    told = "The texts of guidelines and the responsibilities are not compared here; the gap between two rungs shows them:"
    return [f"{told} rolegraph gap {found[0]} {found[1]}"]
