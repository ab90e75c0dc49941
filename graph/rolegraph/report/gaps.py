"""Gaps as text for people: one in full, several ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from click import style

from rolegraph.comparison import GUIDELINE, LEVEL, LISTED, RESPONSIBILITIES
from rolegraph.entries import CRITERION_LABELS, DESCRIPTOR_LABELS, YEARS_LABEL
from rolegraph.gaps import DESCRIPTOR
from rolegraph.report.grid import Grid, fold, list_lines
from rolegraph.report.layout import band_label, columns, heading, muted, terminal_width, wrap

if TYPE_CHECKING:
    from rolegraph.answers import Expectation, Gap, Gaps, GapSkill

_MARKS: Final = {"To gain": "+ ", "To deepen": "↑ ", "Kept": "= ", "Unknown": "? "}
_RECORDS: Final = (
    (DESCRIPTOR, LEVEL, tuple(DESCRIPTOR_LABELS.values())),
    (GUIDELINE.lower(), GUIDELINE, tuple(CRITERION_LABELS.values())),
    (RESPONSIBILITIES.lower(), RESPONSIBILITIES, (RESPONSIBILITIES,)),
)
"""What is asked beside skills: name, section and rows of each record."""

Standing = tuple[str, str]
"""How a record stands between two ends, and the record, with its rows where only some change."""


def describe_gap(answer: Gap) -> str:
    """What is kept, to gain and unknown of the destination's skills, and what else the destination expects."""
    width = terminal_width()
    lines = [
        *_head("From ", answer.origin_title, width),
        *_head("to   ", answer.destination_title, width),
        muted(f"{answer.origin} -> {answer.destination}"),
        "",
        *wrap(summarise(answer), width),
        *wrap(tell_distance(answer), width),
    ]
    for note in answer.notes:
        lines += ["", *wrap(note, width)]
    for title, skills in list_parts(answer):
        lines += [
            "",
            style(f"{title} ({len(skills)})", bold=True),
            *_list_skills(skills, _MARKS[title], width),
        ]
    return "\n".join([*lines, *_lay_expectations(answer)]) + "\n"


def list_parts(gap: Gap) -> list[tuple[str, list[GapSkill]]]:
    """The skills of a destination by what is to be done: to gain, to deepen, kept, unknown; only what there is."""
    parts = {
        "To gain": list(gap.gain),
        "To deepen": [skill for skill in gap.keep if skill.deepen],
        "Kept": [skill for skill in gap.keep if not skill.deepen],
        "Unknown": list(gap.unknown),
    }
    return [(title, skills) for title, skills in parts.items() if skills]


def _head(word: str, title: str, width: int) -> list[str]:
    first, *more = fold(title, width - len(word))
    return [heading(word + first), *(heading(" " * len(word) + line) for line in more)]


def summarise(gap: Gap) -> str:
    """How many skills are to gain, to deepen, kept and unknown."""
    if gap.scope is None:
        return "Skills: not recorded"
    numbers = {title.lower(): len(skills) for title, skills in list_parts(gap)}
    if gap.share is not None:
        numbers = {"to gain": 0} | numbers
    share = "" if gap.share is None else f" ({gap.share:.0%} to gain)"
    told = ", ".join(f"{number} {what}" for what, number in numbers.items())
    return f"Skills: {told} of {len(gap.keep) + len(gap.gain) + len(gap.unknown)}{share}"


def tell_distance(gap: Gap) -> str:
    """The distance with its band and edition, or why there is none."""
    if gap.distance is None:
        return f"Distance: not compared by {gap.edition}: {gap.reason}"
    band = "" if gap.band is None else f" {band_label(gap.band)}"
    return f"Distance: {gap.distance:.4f}{band} {muted(gap.edition)}"


def name_skill(skill: GapSkill) -> str:
    """A skill with the proficiency that is asked for, or with how far it is to rise."""
    if skill.asked is None:
        return skill.label
    return (
        f"{skill.label}: {skill.shown} -> {skill.asked}"
        if skill.deepen
        else f"{skill.label} at {skill.asked}"
    )


def _list_skills(skills: Sequence[GapSkill], mark: str, width: int) -> Iterator[str]:
    """Skills with their proficiency, and the record that each verdict rests on; one record for all stands once."""
    records = {skill.evidence for skill in skills}
    for skill in skills:
        yield from (f"  {line}" for line in list_lines([name_skill(skill)], width - 2, mark))
        if len(records) > 1:
            yield from (muted(line) for line in wrap(skill.evidence, width, "      "))
    if len(records) == 1:
        (record,) = records
        yield from (muted(line) for line in wrap(f"({record})", width, "  "))


def _lay_expectations(gap: Gap) -> Iterator[str]:
    if gap.expectations:
        grid = Grid(2)
        yield ""
        yield style("What else is asked", bold=True)
        yield from grid.head(
            ["at the origin", "at the destination"], [level_of(gap.origin), level_of(gap.destination)]
        )
        for section, rows in groupby(gap.expectations, key=lambda row: row.section):
            yield ""
            yield style(section, bold=True)
            yield from _lay_rows(grid, section, list(rows))
    if told := tell_unchanged(gap):
        yield ""
        yield from (muted(line) for line in wrap(told, terminal_width()))


def tell_unchanged(gap: Gap) -> str:
    """What is asked alike at both ends, and what is recorded at neither: equal and unknown are two things."""
    if gap.origin == gap.destination:
        return ""
    return " ".join(_join(_list_unchanged(gap)))


def _lay_rows(grid: Grid, section: str, rows: Sequence[Expectation]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        label = "" if section == RESPONSIBILITIES else row.row
        yield from grid.lay(label, (row.origin, row.destination), listed=section in LISTED)


def level_of(code: str) -> str:
    """The level of a profile."""
    return code.rpartition(".")[2]


def describe_gaps(answer: Gaps, title: str) -> str:
    """Destinations from the smallest gap to the largest, with the skills to gain and to deepen of each."""
    width = terminal_width()
    lines = [*_head("Gaps from ", title, width), muted(answer.origin), ""]
    lines += columns(HEADER, list_ranks(answer), right=[0, 1, 3], shrink=[6])
    common = find_common(answer)
    for number, gap in enumerate(answer.gaps, 1):
        lines += ["", *_head(f"{number}  ", gap.destination_title, width), f"   {muted(gap.destination)}"]
        lines += [f"   {line}" for line in wrap(summarise(gap), width - 3)]
        for part, skills in list_parts(gap):
            if part in SHOWN:
                told = ["; ".join(map(name_skill, skills))]
                lines += [f"   {line}" for line in list_lines(told, width - 3, _MARKS[part])]
        lines += [muted(line) for note in gap.notes for line in wrap(note, width, "   ")]
        lines += [muted(line) for told in list_own(gap, common) for line in wrap(told, width, "   ")]
    lines += [""]
    lines += [muted(line) for note in list_footnotes(answer) for line in wrap(note, width)]
    return "\n".join(lines) + "\n"


HEADER: Final = ("", "to gain", "skills", "deepen", "distance", "band", "destination")
SHOWN: Final = ("To gain", "To deepen")
"""The skills of a ranked gap that are named."""


def list_ranks(answer: Gaps) -> list[list[str]]:
    """A row for each gap under :data:`HEADER`."""
    return [
        [
            str(number),
            "unknown" if gap.share is None else f"{gap.share:.0%}",
            "" if gap.share is None else f"{len(gap.gain)} of {len(gap.keep) + len(gap.gain)}",
            "" if gap.share is None else str(sum(skill.deepen for skill in gap.keep)),
            "not compared" if gap.distance is None else f"{gap.distance:.4f}",
            "" if gap.band is None else band_label(gap.band),
            gap.destination_title,
        ]
        for number, gap in enumerate(answer.gaps, 1)
    ]


def find_common(answer: Gaps) -> list[Standing]:
    """What changes, is equal or is not recorded at every destination; it tells none from another."""
    first, *others = [_list_standings(gap) for gap in answer.gaps] or [[]]
    return [standing for standing in first if others and all(standing in other for other in others)]


def list_own(gap: Gap, common: Sequence[Standing]) -> list[str]:
    """How the level changes, and what else is asked that tells this destination from the others."""
    rows = {row.row: row for row in gap.expectations if row.section == LEVEL}
    steps = [
        f"{row.origin or 'not recorded'} -> {row.destination or 'not recorded'}"
        for row in (rows.get(LEVEL), rows.get(YEARS_LABEL))
        if row is not None
    ]
    own = [standing for standing in _list_standings(gap) if standing not in common]
    return [*([f"Level: {'; '.join(steps)}"] if steps else []), *_join(own)]


def list_footnotes(answer: Gaps) -> list[str]:
    """By what the gaps are ranked, what holds for all of them, and what was left out."""
    common = find_common(answer)
    return [
        f"Order: {answer.order}.",
        *_join(common, ", whichever the destination"),
        *answer.notes,
    ]


def _list_standings(gap: Gap) -> list[Standing]:
    """How each record stands between both ends: the record alone where all of its rows change."""
    found: list[Standing] = []
    for name, section, labels in _RECORDS:
        rows = [row.row for row in gap.expectations if row.section == section and row.row in labels]
        some = f" ({', '.join(rows)})" if len(rows) < len(labels) else ""
        found += [("Differs", name + some)] if rows else []
    return found + _list_unchanged(gap)


def _list_unchanged(gap: Gap) -> list[Standing]:
    equal = [("The same at both ends", name) for name in gap.equal]
    return equal + [("Recorded at neither end", name) for name in gap.unrecorded]


def _join(standings: Sequence[Standing], where: str = "") -> list[str]:
    parts = groupby(standings, key=itemgetter(0))
    return [f"{how}{where}: {', '.join(name for _, name in group)}." for how, group in parts]
