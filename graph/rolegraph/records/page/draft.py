"""What a page says, gathered while its sections are read, each fact with its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from rolegraph.errors import Place, Problem
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record, YearRange
from rolegraph.model.roles import Confidence, Criterion, Differential, Pay, Split
from rolegraph.records.document import quote
from rolegraph.records.explain import explain_errors
from rolegraph.records.page.lines import Line

_SHOWN: Final = 3
"""So many of the lines that are not understood are shown in a note."""

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Said(NamedTuple, Generic[T]):
    """A fact and the line that states it."""

    value: T
    line: int


class Given(NamedTuple):
    """The responsibilities per level that were given by hand, and for what: a page, a focus, or "" for all pages."""

    name: str
    numbers: tuple[int, ...]


class UsedSkill(NamedTuple):
    """A skill of the page: its name and what the page says of it."""

    label: Said[str]
    description: Said[str] | None


@dataclass(slots=True)
class Facts:
    """What a page states. What is None or empty, it does not state.

    ``duties`` are the responsibilities by level, ``texts`` the fields of the level's descriptor by their names in
    the model, ``headed`` the level codes of guideline and responsibilities with the lines where they first stand.
    """

    code: Said[str] | None = None
    title: Said[str] | None = None
    function_label: Said[str] | None = None
    label: Said[str] | None = None
    definition: Said[str] | None = None
    differential: Said[tuple[Differential, ...]] | None = None
    confidence: Said[Confidence] | None = None
    status: Said[str] | None = None
    region: Said[str] | None = None
    version: Said[str] | None = None
    pay: Said[Pay] | None = None
    split: Said[Split] | None = None
    duties: dict[str, list[Said[str]]] = field(default_factory=dict)
    guideline: dict[str, dict[Criterion, Said[str]]] = field(default_factory=dict)
    headed: dict[str, int] = field(default_factory=dict)
    skills: list[UsedSkill] = field(default_factory=list)
    scores: list[Said[tuple[str, Decimal]]] = field(default_factory=list)
    source_count: Said[int] | None = None
    sources: list[Said[str]] = field(default_factory=list)
    level_name: Said[str] | None = None
    years: Said[YearRange] | None = None
    texts: dict[str, Said[str]] = field(default_factory=dict)
    aliases: list[Said[str]] = field(default_factory=list)
    mappings: list[Said[Mapping]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A page that is being read: its facts so far, its problems, and what a person should know of it.

    ``end`` is the line of the last text of the page, ``level`` the level of the page's profile ("" where the
    page has no code), ``counts`` the responsibilities per level that were given by hand for it, ``needed`` whether
    they mattered. ``html`` tells that the empty lines of the source mean nothing.
    """

    name: str
    end: int
    level: str = ""
    counts: Given | None = None
    html: bool = False
    needed: bool = False
    facts: Facts = field(default_factory=Facts)
    blocks: list[list[Line]] = field(default_factory=list)
    """The lines before the focus that stand where the definition does, each block once or repeated."""
    focus_text: list[Line] = field(default_factory=list)
    """The lines under the heading of the focus that stand where the definition does."""
    bullets: list[Said[str]] = field(default_factory=list)
    """Responsibilities whose level the page does not state."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    """What the page lacks where it breaks off."""
    unknown: list[Line] = field(default_factory=list)
    """The lines that belong to nothing that is known of pages."""

    def refuse(self, rule: str, message: str, line: int | None, remedy: str) -> None:
        """Adds a problem, for which the page cannot be taken."""
        self.problems.append(Problem(rule, message, Place(self.name, line), "", remedy))

    def refuse_table(self, row: Line) -> None:
        """Adds the problem of a table where none is expected: what its columns are is not known."""
        self.refuse(
            "page-table", f"the row {shorten(row.text)} of a table stands where none is expected", row.number,
            "write its cells as lines or bullets, as the other pages have them",
        )  # fmt: skip

    def note(self, rule: str, message: str, line: int, remedy: str = "") -> None:
        """Adds what a person should know, though the page can be taken."""
        self.notes.append(Problem(rule, message, Place(self.name, line), "", remedy))

    def pass_over(self, line: Line) -> None:
        """Remembers a line that belongs to nothing that is known of pages, for :meth:`note_unknown`."""
        self.unknown.append(line)

    def note_unknown(self, lines: Sequence[Line]) -> None:
        """Notes the lines that were passed over, those that follow one another on the page as one."""
        order = {(line.number, line.text): at for at, line in enumerate(lines)}
        runs: list[list[Line]] = []
        before = -2
        for at, line in sorted((order.get((line.number, line.text), -1), line) for line in self.unknown):
            if at < 0 or at != before + 1:
                runs.append([])
            runs[-1].append(line)
            before = at
        for run in runs:
            what = f"the line {shorten(run[0].text)} is not understood and was left out"
            if len(run) > 1:
                shown = ", ".join(shorten(line.text, 40) for line in run[:_SHOWN])
                what = f"{len(run)} lines are not understood and were left out, the first here: {shown}"
                what += ", ..." if len(run) > _SHOWN else ""
            self.note(
                "page-line-unknown", what, run[0].number,
                "add what is stated there to the record by hand, if it matters",
            )  # fmt: skip

    def make(self, record: type[R], line: int, **values: Any) -> R | None:
        """A record of the model; None, with its problems at ``line``, where the model refuses it."""
        try:
            return record(**values)
        except ValidationError as error:
            for _, complaint in explain_errors(error):
                self.refuse(complaint.rule, complaint.message, line, complaint.remedy)
            return None


def shorten(text: str, most: int = 60) -> str:
    """A text in quotes for a message, cut where it is long: much is shown, as a page is searched for it by its words.

    >>> shorten("Weighs the flour and sifts it", 16)
    "'Weighs the flour...'"
    """
    return quote(text, most)
