"""The ladder of a focus as text for people: drawn from the top down, several tracks side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from click import style

from rolegraph.careers.roster import DESCRIPTOR
from rolegraph.report.grid import fold
from rolegraph.report.layout import count, display_width, heading, muted, pad, terminal_width, wrap
from rolegraph.report.wording import tell_years

if TYPE_CHECKING:
    from rolegraph.answers import Ladder, LadderTrack, Rung

_NARROWEST = 34
"""The columns that a track needs at least to stand beside another."""
_GAP = 3
_SKIPPED = frozenset({"level", "typical years", "scope"})
"""Changes that the rung shows already."""
_UNSTATED = "-> not stated"


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
    if not changes and any(rung.changes for track in answer.tracks for rung in track.rungs):
        notes.append(
            "Below a rung: its scope, and what else changes from the rung under it; --changes tells it in full."
        )
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
    parts = [_name(rung, label)] if _name(rung, label) else []
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


def _name(rung: Rung, label: str) -> str:
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
    """What changes at a rung, in short: its scope in full, everything else by name."""
    names = [change.partition(":")[0] for change in rung.changes]
    unstated = {change.partition(":")[0] for change in rung.changes if change.endswith(_UNSTATED)}
    lines = [f"scope: {rung.scope}"] if rung.scope is not None and "scope" in names else []
    fields = [name for name in names if not name.startswith("skill") and name not in _SKIPPED]
    if set(DESCRIPTOR) <= set(names):
        rest = [name for name in fields if name not in DESCRIPTOR]
        whole = (
            "descriptor (not recorded here)" if set(DESCRIPTOR) <= unstated else "the rest of the descriptor"
        )
        fields = [whole, *rest]
    skills = Counter(_judge_skill(name) for name in names if name.startswith("skill"))
    fields += [f"{count(number, 'skill')} {what}" for what, number in skills.items()]
    return [*lines, *([f"changes: {', '.join(fields)}"] if fields else [])]


def _judge_skill(name: str) -> str:
    known = {
        "skill new": "more",
        "skill no longer asked for": "no longer asked for",
        "skill, not recorded below": "not recorded below",
    }
    return known.get(name, "at another proficiency")
