"""What changes at a rung of a ladder, in a few lines beside it or in one line on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rolegraph.report.pictures.lettering import SPARE, list_items, measure
from rolegraph.report.pictures.scene import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolegraph.answers import Rung

_SKILLS: Final = {
    "skill-new": ("new skills", "{} new"),
    "skill-unclear": ("skills not recorded below", "{} not recorded below"),
    "skill-higher": ("skills to deepen", "{} to deepen"),
    "skill-lower": ("skills asked less deeply", "{} asked less deeply"),
    "skill-dropped": ("skills no longer asked for", "{} no longer asked for"),
}
_SIZE: Final = 13


def lay_changes(rung: Rung, width: float, room: int) -> list[str]:
    """What a rung asks for that the one below does not: in so many lines, each in full, the scope before all else."""
    fields = [change for change in rung.differences if change.kind == "descriptor" and change.here]
    fields.sort(key=lambda change: change.what != "scope")
    lines = [f"{change.what}: {change.here}" for change in fields]
    for kind, (told, _) in _SKILLS.items():
        skills = [clean(change.what) for change in rung.differences if change.kind == kind]
        lines += [f"{told}: {list_items(skills, _SIZE, width - 200)}"] if skills else []
    return [line for line in map(clean, lines) if measure(line, _SIZE) * SPARE <= width][:room]


def sum_changes(rung: Rung, size: float, width: float) -> str:
    """The names of the fields and the numbers of the skills that change, as many as fit into a line."""
    fields = [clean(change.what) for change in rung.differences if change.kind == "descriptor"]
    fields.sort(key=lambda what: what != "scope")
    numbers = []
    for kind, (_, told) in _SKILLS.items():
        number = sum(change.kind == kind for change in rung.differences)
        numbers += [told.format(number)] if number else []
    parts = [f"skills: {', '.join(numbers)}"] if numbers else []
    parts += [f"changes: {list_items(fields, size, width * 0.6, separator=', ')}"] if fields else []
    return " · ".join(parts)


def list_left_out(rungs: Sequence[Rung], shown: Sequence[str]) -> list[str]:
    """The names of the fields that change at some rung and are among none of the lines shown."""
    told = {line.partition(":")[0] for line in shown}
    names = (
        change.what
        for rung in rungs
        for change in rung.differences
        if change.kind in {"descriptor", "guideline"} and clean(change.what) not in told
    )
    return [clean(name) for name in dict.fromkeys(names)]
