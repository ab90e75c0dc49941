"""The tables of O*NET text releases: their columns, and their rows opened with the account of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import read_header, read_rows
from rolegraph.errors import InputError, Problem
from rolegraph.records.document import quote
from rolegraph.releases.rows import Concept, Link, Row

NULL: Final = "n/a"
"""What number, flag and short title columns hold where nothing is stated; in names it may be part of the name."""

NO_CODE: Final = "the code is not of the form NN-NNNN.NN"
NO_OCCUPATION: Final = "the occupation is not in Occupation Data"
NO_ID: Final = "the id is not of the form that such ids have"
NO_NAME: Final = "there is no name"
REPEATED: Final = "repeated"

CODE: Final = "O*NET-SOC Code"
_OF_SURVEY: Final = ("Date", "Domain Source")

_FLAGS: Final = frozenset({"Y", "N", NULL.upper(), ""})
_OCCUPATION: Final = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
_ELEMENT: Final = re.compile(r"[0-9]{1,3}(\.[0-9A-Za-z]{1,4}){0,12}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its file name; ``lacking`` is what is not known where it is not there.

    ``required`` and ``optional`` columns are read, in this order; ``unused`` ones are known and left. Some tables never
    had an optional column, ``spared``: that it is not there tells nothing.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    lacking: str = ""
    spared: tuple[str, ...] = ()


OCCUPATIONS: Final = Table("Occupation Data.txt", (CODE, "Title"), ("Description",))
ELEMENTS: Final = Table(
    "Content Model Reference.txt", ("Element ID", "Element Name"), ("Description",),
    lacking="elements have only the names that ratings give, no definitions and nothing above them",
)  # fmt: skip
INTERMEDIATE: Final = Table(
    "IWA Reference.txt", ("Element ID", "IWA ID", "IWA Title"),
    lacking="intermediate work activities have no names",
)  # fmt: skip
DETAILED: Final = Table(
    "DWA Reference.txt", ("Element ID", "IWA ID", "DWA ID", "DWA Title"),
    lacking="detailed work activities have no names, so that tasks lead to none",
)  # fmt: skip
RATINGS: Final = tuple(
    Table(
        f"{name}.txt", (CODE, "Element ID", "Scale ID", "Data Value"),
        ("Element Name", "Recommend Suppress", "Not Relevant"),
        ("N", "Standard Error", "Lower CI Bound", "Upper CI Bound", *_OF_SURVEY),
        spared=("Not Relevant",) if name == "Work Styles" else (),
        lacking=f"there are no ratings of {name.lower()}",
    )
    for name in ("Skills", "Knowledge", "Abilities", "Work Activities", "Work Styles")
)  # fmt: skip
COMMODITIES: Final = Table(
    "UNSPSC Reference.txt", ("Commodity Code", "Commodity Title"),
    ("Class Code", "Class Title", "Family Code", "Family Title", "Segment Code", "Segment Title"),
    lacking="commodities stand under no class, family and segment",
)  # fmt: skip
TECHNOLOGIES: Final = Table(
    "Technology Skills.txt", (CODE, "Example", "Commodity Code"),
    ("Commodity Title", "Hot Technology", "In Demand"), lacking="technologies are not known",
)  # fmt: skip
TASKS: Final = Table(
    "Task Statements.txt", (CODE, "Task ID", "Task"), ("Task Type",), ("Incumbents Responding", *_OF_SURVEY),
    lacking="tasks are not known",
)  # fmt: skip
TASK_ACTIVITIES: Final = Table(
    "Tasks to DWAs.txt", (CODE, "Task ID", "DWA ID"), unused=_OF_SURVEY,
    lacking="which work activities tasks belong to is not known",
)  # fmt: skip
ZONES: Final = Table(
    "Job Zone Reference.txt", ("Job Zone", "Name"), ("Experience", "Education", "Job Training", "SVP Range"),
    ("Examples",), lacking="job zones have only their numbers",
)  # fmt: skip
OCCUPATION_ZONES: Final = Table(
    "Job Zones.txt", (CODE, "Job Zone"), unused=_OF_SURVEY, lacking="job zones of occupations are not known"
)
ALTERNATES: Final = Table(
    "Alternate Titles.txt", (CODE, "Alternate Title"), ("Short Title",), ("Source(s)",),
    lacking="alternate titles are not known",
)  # fmt: skip
REPORTED: Final = Table(
    "Sample of Reported Titles.txt", (CODE, "Reported Job Title"), (), ("Shown in My Next Move",),
    lacking="titles that were reported are not known",
)  # fmt: skip
RELATED: Final = Table(
    "Related Occupations.txt", (CODE, "Related O*NET-SOC Code"), ("Relatedness Tier", "Index"),
    lacking="which occupations are related is not known",
)  # fmt: skip
CHANGERS: Final = Table(
    "Career Changers Matrix.txt", (CODE, "Related O*NET-SOC Code"), ("Related Index", "Index"),
    spared=("Related Index", "Index"),
)  # fmt: skip
"""What releases before Related Occupations have instead."""

TABLES: Final = (
    OCCUPATIONS, ELEMENTS, INTERMEDIATE, DETAILED, *RATINGS, COMMODITIES, TECHNOLOGIES, TASKS, TASK_ACTIVITIES,
    ZONES, OCCUPATION_ZONES, ALTERNATES, REPORTED, RELATED, CHANGERS,
)  # fmt: skip


@dataclass(slots=True)
class Source:
    """A release that is being read: its tables, and what those read so far have named.

    ``taxonomy`` is the year of the O*NET-SOC taxonomy.
    """

    package: Package
    ledger: Ledger
    tell: Callable[[str], None]
    taxonomy: int
    occupations: dict[str, str] = field(default_factory=dict)
    elements: set[str] = field(default_factory=set)

    def open(self, table: Table) -> tuple[Tally, Iterator[list[str]]]:
        """The rows of a table, and its tally. A table that is not there has no rows, and the ledger says so."""
        if table.name not in self.package:
            self.ledger.missing[table.name] = table.lacking
            return Tally(table.name), iter(())
        tally = self.ledger.open(table.name)
        return tally, self._read(table, tally)

    def open_occupational(self, table: Table) -> tuple[Tally, Iterator[list[str]]]:
        """As :meth:`open`, but only the rows of occupations that Occupation Data has; the others are skipped."""
        tally, rows = self.open(table)
        return tally, self._keep(rows, tally)

    def key(self, code: str) -> str:
        """The key of an occupation."""
        return f"onet-soc-{self.taxonomy}/{code}"

    def name_element(self, code: str, name: str) -> Iterator[Row]:
        """The concept of an element that no table before has named, and what it is under."""
        if code not in self.elements:
            self.elements.add(code)
            yield Concept(key_element(code), "element", name)
            yield from self.link_above(code)

    def link_above(self, code: str) -> Iterator[Link]:
        """The link to the nearest element, of those known, that an element is under: 2.A.1 for 2.A.1.a."""
        above = code.rpartition(".")[0]
        while above and above not in self.elements:
            above = above.rpartition(".")[0]
        if above:
            yield Link(key_element(code), "broader", key_element(above))

    def _read(self, table: Table, tally: Tally) -> Iterator[list[str]]:
        self.tell(table.name)
        for _, cells in read_rows(self.package, table.name, table.required, tally, optional=table.optional):
            yield cells

    def _keep(self, rows: Iterator[list[str]], tally: Tally) -> Iterator[list[str]]:
        for cells in rows:
            if cells[0] in self.occupations:
                yield cells
            else:
                tally.skip(NO_OCCUPATION if is_occupation(cells[0]) else NO_CODE)


def is_occupation(code: str) -> bool:
    """Whether a text has the form of an O*NET-SOC code."""
    return _OCCUPATION.fullmatch(code) is not None


def is_element(code: str) -> bool:
    """Whether a text has the form of an id of the content model, or of a work activity under it."""
    return _ELEMENT.fullmatch(code) is not None


def key_element(code: str) -> str:
    """The key of an element or work activity."""
    return f"onet-element/{code}"


def is_yes(cell: str, tally: Tally) -> bool:
    """Whether a flag is set; one that is neither Y, N nor empty is taken for not set, and counted."""
    flag = cell.upper()
    if flag not in _FLAGS:
        tally.mark("a flag that is neither Y nor N")
    return flag == "Y"


def judge_headers(package: Package, tables: Iterable[Table]) -> tuple[list[Problem], list[str]]:
    """What is wrong with the tables that are there, as far as their headers tell; columns that are new or gone."""
    problems: list[Problem] = []
    notes: list[str] = []
    for table in tables:
        if table.name not in package:
            continue
        try:
            header = read_header(package, table.name, "tab")
        except InputError as error:
            problems += error.problems
            continue
        problems += header.find_problems(table.required)
        known = {name.casefold() for name in (*table.required, *table.optional, *table.unused)}
        if new := [cell for cell in header.cells if cell.casefold() not in known]:
            notes.append(f"{table.name}: columns that are not known: {', '.join(map(quote, new))}")
        optional = [name for name in table.optional if name not in table.spared]
        if gone := [name for name in optional if name.casefold() not in header.at]:
            notes.append(f"{table.name}: columns that are not there: {', '.join(map(quote, gone))}")
    return problems, notes
