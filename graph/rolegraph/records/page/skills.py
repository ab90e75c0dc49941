"""The skills: lines that are by turns the name of a skill and what it means."""

from __future__ import annotations

from collections.abc import Sequence

from rolegraph.records.page.draft import Draft, Said, UsedSkill, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro


def read_skills(section: Section, draft: Draft) -> None:
    """Reads names and descriptions. One that is missing is reported rather than shifting those behind it."""
    lines = drop_intro(section)
    firsts: dict[str, UsedSkill] = {}
    pairs = _pair(lines, draft)
    for name, description in pairs:
        used = UsedSkill(Said(name.text, name.number), Said(description.text, description.number))
        first = firsts.setdefault(name.text, used)
        if first is used:
            draft.facts.skills.append(used)
        elif first.description is not None and first.description.value == description.text:
            draft.note(
                "page-skill-repeated", f"the skill {shorten(name.text)} stands on line {first.label.line} already, "
                "and was taken once", name.number,
            )  # fmt: skip
        else:
            draft.refuse(
                "page-skill-repeated", f"the skill {shorten(name.text)} stands on line {first.label.line} already, "
                "with another description", name.number, "keep one, or tell their names apart",
            )  # fmt: skip


def _pair(lines: Sequence[Line], draft: Draft) -> list[tuple[Line, Line]]:
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    for name, description in pairs:
        # A description that stands for a name and a name for a description: one line is missing before.
        if name.text.endswith(".") and not description.text.endswith("."):
            draft.refuse(
                "page-skills", f"the line {shorten(name.text)} stands where the name of a skill is expected",
                name.number, "give each skill a line with its name and a line with its description",
            )  # fmt: skip
            return []
    if len(lines) % 2:
        if lines[-1].number == draft.end:
            draft.cut.append(f"the description of the skill {shorten(lines[-1].text)}")
            return []
        draft.refuse(
            "page-skills", f"{len(lines)} lines are no pairs of name and description; the last is "
            f"{shorten(lines[-1].text)}", lines[-1].number,
            "give each skill a line with its name and a line with its description",
        )  # fmt: skip
        return []
    return pairs
