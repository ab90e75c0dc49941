"""Gaps as Markdown documents: one in full, several ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from click import unstyle

from rolegraph.comparison import LISTED, RESPONSIBILITIES
from rolegraph.report import gaps as text
from rolegraph.report.grid import UNRECORDED
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

if TYPE_CHECKING:
    from rolegraph.answers import Gap, Gaps, GapSkill


def write_gap(answer: Gap) -> str:
    """What is to gain, to deepen, kept and unknown, and what else the destination asks."""
    return join_blocks(_list_gap_blocks(answer))


def _list_gap_blocks(gap: Gap) -> Iterator[str]:
    yield write_heading(1, f"Gap: {gap.origin_title} → {gap.destination_title}")
    yield f"{write_code(gap.origin)} → {write_code(gap.destination)}"
    yield write_items(escape(unstyle(line)) for line in (text.summarise(gap), text.tell_distance(gap)))
    yield from map(write_paragraph, gap.notes)
    for title, skills in text.list_parts(gap):
        yield write_heading(2, f"{title} ({len(skills)})")
        yield from _list_skills(gap, skills)
    if gap.expectations:
        yield write_heading(2, "What else is asked")
    header = [
        "",
        *(
            f"at the {end}<br>{write_code(text.level_of(code))}"
            for end, code in (("origin", gap.origin), ("destination", gap.destination))
        ),
    ]
    for section, rows in groupby(gap.expectations, key=lambda row: row.section):
        yield write_heading(3, section)
        yield write_table(
            header,
            [
                [
                    "" if section == RESPONSIBILITIES else escape(row.row),
                    *(_write_value(value, section in LISTED) for value in (row.origin, row.destination)),
                ]
                for row in rows
            ],
        )
    yield write_paragraph(text.tell_unchanged(gap))


def _list_skills(gap: Gap, skills: Sequence[GapSkill]) -> Iterator[str]:
    """A table with what is known of each skill; one record that all verdicts rest on stands once, below it."""
    records = {skill.evidence for skill in skills}
    header = ["Skill"]
    if leveled := any(skill.asked or skill.shown for skill in skills):
        header += [f"at the origin ({text.level_of(gap.origin)})"]
        header += [f"at the destination ({text.level_of(gap.destination)})"]
    header += ["Evidence"] if len(records) > 1 else []
    yield write_table(
        header,
        [
            [
                f"{escape(skill.label)}<br>{write_code(skill.code)}",
                *(_write_value(step, False) for step in (skill.shown, skill.asked) if leveled),
                *([escape(skill.evidence)] if len(records) > 1 else []),
            ]
            for skill in skills
        ],
    )
    if len(records) == 1:
        yield f"Evidence: {escape(skills[0].evidence)}."


def _write_value(value: str | None, listed: bool) -> str:
    return f"*{UNRECORDED}*" if value is None else write_cell(value, listed=listed)


def write_gaps(answer: Gaps, title: str) -> str:
    """Destinations from the smallest gap to the largest, in a table and one by one."""
    return join_blocks(_list_rank_blocks(answer, title))


def _list_rank_blocks(answer: Gaps, title: str) -> Iterator[str]:
    yield write_heading(1, f"Gaps from {title}")
    yield write_code(answer.origin)
    rows = [
        [*(escape(unstyle(cell)) for cell in row[:-1]), f"{escape(row[-1])}<br>{write_code(gap.destination)}"]
        for row, gap in zip(text.list_ranks(answer), answer.gaps, strict=True)
    ]
    yield write_table(text.HEADER, rows)
    common = text.find_common(answer)
    for number, gap in enumerate(answer.gaps, 1):
        yield write_heading(2, f"{number}. {gap.destination_title}")
        parts = [
            f"{part}: {'; '.join(map(text.name_skill, skills))}"
            for part, skills in text.list_parts(gap)
            if part in text.SHOWN
        ]
        told = (text.summarise(gap), *parts, *gap.notes, *text.list_own(gap, common))
        yield write_items(map(write_paragraph, told))
    yield write_heading(2, "Notes")
    yield write_items(map(write_paragraph, text.list_footnotes(answer)))
