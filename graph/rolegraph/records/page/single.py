"""One page: its facts, or every problem that keeps it from being taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rolegraph.errors import Place, Problem
from rolegraph.model import codes
from rolegraph.records.page.copies import refuse_copies
from rolegraph.records.page.counts import Counts, Use, choose_counts
from rolegraph.records.page.decode import decode_page
from rolegraph.records.page.definition import settle_definition
from rolegraph.records.page.draft import Draft, Facts
from rolegraph.records.page.duties import divide_duties
from rolegraph.records.page.forms import Form, find_form
from rolegraph.records.page.lines import Cleaned, Line, split_lines
from rolegraph.records.page.markup import read_html
from rolegraph.records.page.nearly import refuse_form
from rolegraph.records.page.opening import find_code
from rolegraph.records.page.parting import part_codes
from rolegraph.records.page.sections import Name, Section

_CONTROL: Final = re.compile(codes.CONTROL_PATTERN + "|\ufffd")
_TITLES: Final[Mapping[Name, str]] = {
    "focus": "the focus", "responsibilities": "Responsibilities by level", "guideline": "Level guidelines",
    "skills": "Skills", "provenance": "Provenance", "level": "the level",
    "aliases": "Title aliases", "mappings": "Classification mappings",
}  # fmt: skip

_TAIL: Final = "; if it has no mappings, end it with the lines 'Classification mappings' and 'No classification mappings'"


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page states; ``facts`` is None where ``problems`` say why the page cannot be taken.

    ``counts`` are the numbers of responsibilities that were given for the page, and what became of them.
    """

    name: str
    facts: Facts | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    counts: Use | None = None


def read_page(name: str, data: bytes, counts: Counts | None = None) -> PageReading:
    """Reads one saved profile page: text, Markdown or HTML. ``name`` is the file's name as messages show it.

    ``counts`` are the numbers of responsibilities per level, for a page that lists them without their levels; a
    mapping gives them by the page's name (without its folder) or the code of its focus, under "" for any page.

    >>> print(read_page("notes.txt", b"Minutes of the meeting\\n").problems[0])
    notes.txt:1: the page has no code of a profile before its focus, and is of no form that is known; \
give a profile page from its beginning, with a line such as MANUFA.BIOPROCE4427.M3 [page-form-unknown]
    """
    text = decode_page(name, data)
    if isinstance(text, Problem):
        return PageReading(name, None, (text,), ())
    cleaned = read_html(text.text) if text.html else split_lines(text.text)
    cleaned = cleaned._replace(lines=part_codes(cleaned.lines))
    draft = _start(name, cleaned, counts)
    form = find_form(cleaned.lines)
    if form is None:
        refuse_form(cleaned.lines, draft)
    elif not refuse_copies(cleaned.lines, draft):
        _read(form, cleaned, draft)
    taken = not draft.problems
    use = Use(draft.counts, draft.needed, taken) if draft.counts else None
    return PageReading(name, draft.facts if taken else None, _sort(draft.problems), _sort(draft.notes), use)


def _start(name: str, cleaned: Cleaned, counts: Counts | None) -> Draft:
    """A draft for the page, with the problems of characters that were written out by number."""
    lines = cleaned.lines
    code = find_code(lines)
    level = code.text.rpartition(".")[2] if code is not None else ""
    given = choose_counts(counts, name, code.text if code is not None else "")
    draft = Draft(name, lines[-1].number if lines else 1, level, given, cleaned.html)
    for line in lines:
        if not line.text.isprintable() and (found := _CONTROL.search(line.text)):
            draft.refuse(
                "page-control", f"the page holds {codes.name_control(found[0])}", line.number, "remove it"
            )
    if cleaned.marked:
        number = len(cleaned.marked)
        draft.note(
            "page-markup", f"tags or entities of HTML were left in {number} line{'s' * (number > 1)}, first here; "
            "they were taken for what they mean", cleaned.marked[0], "compare the record with the page",
        )  # fmt: skip
    return draft


def _read(form: Form, cleaned: Cleaned, draft: Draft) -> None:
    sections = form.split(cleaned.lines)
    for name, reader in form.readers.items():
        if name in sections and not _has_strange_table(form, sections[name], draft):
            reader(sections[name], draft)
    for line in sections["unknown"].lines if "unknown" in sections else ():
        draft.pass_over(line)
    settle_definition(draft)
    draft.note_unknown(cleaned.lines)
    _judge_end(form, sections, draft)
    if not draft.cut:
        if not any(problem.rule.startswith("page-guideline") for problem in draft.problems):
            # A row that was refused is a level less; over how many to divide is known when it is put right.
            divide_duties(draft)
        _judge_whole(sections, draft)
        _judge_guideline(draft)


def _has_strange_table(form: Form, section: Section, draft: Draft) -> bool:
    """Refuses a table where none is expected."""
    row = next((line for line in section.lines if line.row), None)
    if row is None or section.name in form.tables:
        return False
    draft.refuse_table(row)
    return True


def _judge_end(form: Form, sections: Mapping[Name, Section], draft: Draft) -> None:
    """Tells whether the page breaks off, and what is missing then.

    It does where it ends before its last section, which stands on every page, or in the middle of something: a
    heading with nothing under it, a row of the guideline without its cells, a skill without its description, a field
    or a mapping that is not complete.
    """
    furthest = max(form.order.index(name) for name in sections if name != "unknown")
    missing = [_TITLES[name] for name in form.order[furthest + 1 :] if name in _TITLES]
    ending = sections[form.order[furthest]]
    level_ends = any(map(_is_last_field, sections["level"].lines)) if "level" in sections else False
    if missing and not ending.lines and ending.heading is not None:
        missing.insert(0, f"what stands under '{ending.heading.text}'")
    elif ending.name == "level" and not level_ends:
        missing.insert(0, "the end of the level, with its typical experience")
    draft.cut += missing
    if draft.cut:
        # What is wrong with the last line follows from the break.
        draft.problems = [p for p in draft.problems if p.place is None or p.place.line != draft.end]
        whole = level_ends and ending.name in ("level", "adjacent", "aliases", "mappings")
        draft.refuse(
            "page-truncated", f"the page breaks off here; missing: {', '.join(dict.fromkeys(draft.cut))}", draft.end,
            f"save the whole page again{_TAIL if whole else ''}",
        )  # fmt: skip


def _is_last_field(line: Line) -> bool:
    """Whether a line is the label of the field that ends the block on the level."""
    return line.text.lower().startswith("typical experience")


def _judge_whole(sections: Mapping[Name, Section], draft: Draft) -> None:
    """Names what no record can do without and the page does not have."""
    facts = draft.facts
    absent = [
        what
        for what, there in (
            ("its title", facts.title), ("the name of its focus (Focus — NAME)", facts.label),
            ("its definition", facts.definition), ("its level (Level — CODE — NAME)", "level" in sections),
        )
        if not there
    ]  # fmt: skip
    if not (facts.duties or facts.guideline or draft.bullets or draft.problems):
        absent.append("its responsibilities and its guideline")
    if facts.headed and draft.level not in facts.headed:
        draft.note(
            "page-level-absent", f"neither the responsibilities nor the guideline of the page have its level, {draft.level}",
            facts.code.line if facts.code else 1,
        )  # fmt: skip
    for what in absent:
        line = facts.code.line if facts.code else 1
        draft.refuse("page-incomplete", f"the page lacks {what}", line, "save the whole page again")


def _judge_guideline(draft: Draft) -> None:
    """Notes the levels that have responsibilities and no row of the guideline."""
    facts = draft.facts
    absent = [level for level, said in facts.duties.items() if said and level not in facts.guideline]
    if absent and not draft.problems:
        line = min(said.line for level in absent for said in facts.duties[level])
        draft.note(
            "page-guideline-absent", f"the guideline has no row for {', '.join(absent)}, with responsibilities here",
            line, "add the row to the page or the record, if there is one",
        )  # fmt: skip


def _sort(problems: list[Problem]) -> tuple[Problem, ...]:
    def rank(problem: Problem) -> tuple[int, str, str]:
        place = problem.place or Place("")
        return place.line or 0, problem.rule, problem.message

    return tuple(sorted(dict.fromkeys(problems), key=rank))
