"""Roles side by side, and the gap between them, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from click import style

from rolegraph.comparison import HERE, RESPONSIBILITIES, SHARED, SOME, TITLE, UNSURE
from rolegraph.report.grid import EQUAL, Grid, fold, list_lines
from rolegraph.report.layout import band_label, columns, count, heading, muted, terminal_width, wrap

if TYPE_CHECKING:
    from rolegraph.answers import ComparedRow, Comparison, Expectation, Gap, Gaps, GapSkill

_LISTED = frozenset({SOME, HERE, UNSURE})
_NOTE = f"{EQUAL} marks what is the same for all. The distance tells how close two roles stand, not who qualifies."


def describe_comparison(answer: Comparison) -> str:
    """The roles in columns, section by section; what is the same for all stands once."""
    grid = Grid(len(answer.profiles))
    lines = grid.head(answer.titles, answer.profiles)
    for section, group in groupby(answer.rows, key=lambda row: row.section):
        rows = [row for row in group if row.row != TITLE]
        if rows:
            lines += ["", style(section, bold=True), *_lay_section(grid, section, rows)]
    notes = [_NOTE]
    if answer.hidden:
        notes.append(f"{count(answer.hidden, 'row')} without a difference {_be(answer.hidden)} left out.")
    if not answer.rows:
        notes = ["Nothing that is recorded tells these roles apart."]
    return "\n".join([*lines, "", *(muted(line) for note in notes for line in wrap(note, grid.width))]) + "\n"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _lay_section(grid: Grid, section: str, rows: Sequence[ComparedRow]) -> Iterator[str]:
    if section == SHARED:
        equal = [row for row in rows if row.same]
        if equal:
            # In a list, not in cells: what is the same for all needs no columns.
            listed = "; ".join(row.row + (row.values[0] or "").removeprefix("yes") for row in equal)
            yield from wrap(f"{EQUAL} {listed}", grid.width, "  ")
        rows = [row for row in rows if not row.same]
    if section in _LISTED:
        yield from grid.lay("", _list_held(rows))
        return
    tall = False
    for row in rows:
        label = "" if section == RESPONSIBILITIES else row.row
        lines = grid.lay(label, row.values, same=row.same)
        # Prose needs a line between one row and the next; what fits into a line does not.
        if tall or (len(lines) > 1 and grid.beside and row is not rows[0]):
            yield ""
        tall = len(lines) > 1 and grid.beside
        yield from lines


def _list_held(rows: Sequence[ComparedRow]) -> list[str | None]:
    """For each profile the skills that it holds of some rows, a line each; None where its skills are not recorded."""
    held: list[str | None] = []
    for values in zip(*(row.values for row in rows), strict=True):
        if None in values:
            held.append(None)
            continue
        names = (
            row.row + value.removeprefix("yes")
            for row, value in zip(rows, values, strict=True)
            if value is not None and value != "no"
        )
        held.append("\n".join(names) or "none of these")
    return held


def describe_gap(answer: Gap) -> str:
    """What is kept, to gain and unknown of the destination's skills, and what else the destination expects."""
    width = terminal_width()
    lines = [
        *_head("From ", answer.origin_title, width),
        *_head("to   ", answer.destination_title, width),
        muted(f"{answer.origin} -> {answer.destination}"),
        "",
        *wrap(_summarise(answer), width),
        *wrap(_tell_distance(answer), width),
    ]
    for note in answer.notes:
        lines += ["", *wrap(note, width)]
    deepen = [skill for skill in answer.keep if skill.deepen]
    kept = [skill for skill in answer.keep if not skill.deepen]
    for title, skills, mark in (
        ("To gain", answer.gain, "+ "),
        ("To deepen", deepen, "↑ "),
        ("Kept", kept, "= "),
        ("Unknown", answer.unknown, "? "),
    ):
        if skills:
            lines += ["", style(f"{title} ({len(skills)})", bold=True), *_list_skills(skills, mark, width)]
    return "\n".join([*lines, *_lay_expectations(answer)]) + "\n"


def _head(word: str, title: str, width: int) -> list[str]:
    first, *more = fold(title, width - len(word))
    return [heading(word + first), *(heading(" " * len(word) + line) for line in more)]


def _summarise(gap: Gap) -> str:
    if gap.scope is None:
        return "Skills: not recorded"
    deepen = sum(skill.deepen for skill in gap.keep)
    parts = [f"{len(gap.gain)} to gain" if gap.gain or gap.share is not None else ""]
    parts += [f"{deepen} to deepen" if deepen else ""]
    parts += [f"{len(gap.keep) - deepen} kept" if gap.keep else ""]
    parts += [f"{len(gap.unknown)} unknown" if gap.unknown else ""]
    share = "" if gap.share is None else f" ({gap.share:.0%} to gain)"
    total = len(gap.keep) + len(gap.gain) + len(gap.unknown)
    return f"Skills: {', '.join(filter(None, parts))} of {total}{share}"


def _tell_distance(gap: Gap) -> str:
    if gap.distance is None:
        return f"Distance: not compared by {gap.edition}: {gap.reason}"
    band = "" if gap.band is None else f" {band_label(gap.band)}"
    return f"Distance: {gap.distance:.4f}{band} {muted(gap.edition)}"


def _list_skills(skills: Sequence[GapSkill], mark: str, width: int) -> Iterator[str]:
    """Skills with their proficiency, and the record that each verdict rests on; one record for all stands once."""
    records = {skill.evidence for skill in skills}
    for skill in skills:
        note = "" if skill.asked is None else f" at {skill.asked}"
        if skill.asked is not None and skill.deepen:
            note = f": {skill.shown} -> {skill.asked}"
        yield from (f"  {line}" for line in list_lines([skill.label + note], width - 2, mark))
        if len(records) > 1:
            yield from (muted(line) for line in wrap(skill.evidence, width, "      "))
    if len(records) == 1:
        (record,) = records
        yield from (muted(line) for line in wrap(f"({record})", width, "  "))


def _lay_expectations(gap: Gap) -> Iterator[str]:
    if not gap.expectations:
        if gap.origin != gap.destination:
            yield ""
            yield "What levels and guidelines ask is equal, or not recorded."
        return
    grid = Grid(2)
    yield ""
    yield style("What else is asked", bold=True)
    yield from grid.head(
        ["at the origin", "at the destination"], [_level_of(gap.origin), _level_of(gap.destination)]
    )
    for section, rows in groupby(gap.expectations, key=lambda row: row.section):
        yield ""
        yield style(section, bold=True)
        yield from _lay_rows(grid, section, list(rows))


def _lay_rows(grid: Grid, section: str, rows: Sequence[Expectation]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield from grid.lay("" if section == row.row else row.row, (row.origin, row.destination))


def _level_of(code: str) -> str:
    return code.rpartition(".")[2]


def describe_gaps(answer: Gaps, title: str) -> str:
    """Destinations from the smallest gap to the largest, with the skills to gain of each."""
    width = terminal_width()
    lines = [*_head("Gaps from ", title, width), muted(answer.origin), ""]
    rows = [
        [
            str(number),
            "unknown" if gap.share is None else f"{gap.share:.0%}",
            "" if gap.share is None else f"{len(gap.gain)} of {len(gap.keep) + len(gap.gain)}",
            "not compared" if gap.distance is None else f"{gap.distance:.4f}",
            "" if gap.band is None else band_label(gap.band),
            gap.destination_title,
        ]
        for number, gap in enumerate(answer.gaps, 1)
    ]
    lines += columns(
        ["", "to gain", "skills", "distance", "band", "destination"], rows, right=[0, 1], shrink=[5]
    )
    for number, gap in enumerate(answer.gaps, 1):
        lines += ["", *_head(f"{number}  ", gap.destination_title, width), f"   {muted(gap.destination)}"]
        lines += [f"   {line}" for line in wrap(_summarise(gap), width - 3)]
        if gap.gain:
            lines += [
                f"   {line}" for line in list_lines(["; ".join(s.label for s in gap.gain)], width - 3, "+ ")
            ]
        lines += [muted(line) for note in gap.notes for line in wrap(note, width, "   ")]
        lines += [muted(line) for line in wrap(_tell_expectations(gap), width, "   ")]
    lines += ["", *(muted(line) for line in wrap(f"Order: {answer.order}.", width))]
    return "\n".join(lines) + "\n"


def _tell_expectations(gap: Gap) -> str:
    if not gap.expectations:
        return "What levels and guidelines ask is equal, or not recorded."
    return "Also changes: " + ", ".join(row.row for row in gap.expectations)
