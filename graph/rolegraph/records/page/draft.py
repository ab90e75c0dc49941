"""What a page says, gathered while its sections are read, each fact with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from rolegraph.errors import Place, Problem
from rolegraph.model.record import Record, YearRange
from rolegraph.model.roles import Confidence, Criterion, Differential, Mapping, Pay, Split
from rolegraph.records.explain import explain_error
from rolegraph.records.page.lines import Line

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Said(NamedTuple, Generic[T]):
    """A fact and the line that states it."""

    value: T
    line: int


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
    page has no code), ``counts`` the responsibilities per level that were given by hand.
    """

    name: str
    end: int
    level: str = ""
    counts: tuple[int, ...] | None = None
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

    def refuse(self, rule: str, message: str, line: int | None, remedy: str) -> None:
        """Adds a problem, for which the page cannot be taken."""
        self.problems.append(Problem(rule, message, Place(self.name, line), "", remedy))

    def note(self, rule: str, message: str, line: int, remedy: str = "") -> None:
        """Adds what a person should know, though the page can be taken."""
        self.notes.append(Problem(rule, message, Place(self.name, line), "", remedy))

    def pass_over(self, line: Line) -> None:
        """Notes a line that belongs to nothing that is known of pages."""
        self.note(
            "page-line-unknown", f"the line {shorten(line.text)} is not understood and was left out",
            line.number, "add what it states to the record by hand, if it matters",
        )  # fmt: skip

    def make(self, record: type[R], line: int, **values: Any) -> R | None:
        """A record of the model; None, with its problems at ``line``, where the model refuses it."""
        try:
            return record(**values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                complaint = explain_error(item)  # type: ignore[arg-type]
                self.refuse(complaint.rule, complaint.message, line, complaint.remedy)
            return None


def shorten(text: str, most: int = 60) -> str:
    """A text in quotes for a message, cut where it is long.

    >>> shorten("Weighs the flour and sifts it", 16)
    "'Weighs the flour...'"
    """
    return f"'{text}'" if len(text) <= most else f"'{text[:most].rstrip()}...'"
