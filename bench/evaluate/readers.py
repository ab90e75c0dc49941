"""Reads the tables of an O*NET release in text form.

The tables are tab-delimited without quoting, lines end in LF or CRLF, and ``n/a`` is the null of flags and numbers.
Which tables and columns there are varies with the release: what is needed and not there is told, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).parents[3] / "shared" / "data"
"""Where shared public data lie: beside the checkout, not in it."""

CODE: Final = "O*NET-SOC Code"
SKILLS: Final = "Skills"
KNOWLEDGE: Final = "Knowledge"
WORK_STYLES: Final = "Work Styles"
ACTIVITIES: Final = "Tasks to DWAs"
TECHNOLOGY: Final = "Technology Skills"
RELATED: Final = "Related Occupations"

RATED: Final = (SKILLS, KNOWLEDGE, WORK_STYLES)
NEEDED: Final = (SKILLS, KNOWLEDGE, RELATED)
"""The tables without which nothing can be judged."""

TIERS: Final = {"Primary-Short": 3, "Primary-Long": 2, "Supplemental": 1}
"""What a related occupation counts for, by its tier; Primary are the ten closest, Short the five closest of them."""

_ACTIVITY = re.compile(r"(.+\.I[0-9]+)\.D[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NULL = "n/a"


class UnusableError(Exception):
    """The folder cannot be judged with; carries every reason found."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of one element; ``value`` in hundredths of its scale, None where the table holds none.

    ``doubtful``: its publisher recommends not to use it. ``irrelevant``: its element is not relevant to the occupation.
    """

    code: str
    element: str
    scale: str
    value: int | None
    doubtful: bool
    irrelevant: bool

    @property
    def sound(self) -> bool:
        """Whether the rating stands for a need."""
        return not (self.doubtful or self.irrelevant)


@dataclass(frozen=True, slots=True)
class Release:
    """The tables of one release; a table that is not there, or holds nothing of use, is not in its mapping.

    ``ratings`` by table; ``held`` is, by table, the items of each occupation (intermediate work activities,
    commodities); ``related`` is the tier of each occupation related to one; ``notes`` is what the release lacks.
    """

    name: str
    ratings: Mapping[str, Sequence[Rating]]
    held: Mapping[str, Mapping[str, frozenset[str]]]
    related: Mapping[str, Mapping[str, str]]
    notes: Sequence[str] = field(default=())

    @property
    def tables(self) -> set[str]:
        """The tables that say something."""
        return {*self.ratings, *self.held}


def find_release(data: Path = SHARED) -> Path | None:
    """The newest folder ``onet-VERSION`` of the shared data; None where there is none."""
    found = [folder for folder in data.glob("onet-*") if folder.is_dir()]
    return max(
        found, key=lambda folder: [int(part) for part in re.findall("[0-9]+", folder.name)], default=None
    )


def read_release(folder: Path) -> Release:
    """Read what is judged, and what it is judged by. Raises UnusableError with everything that is wrong."""
    wrong = [
        f"{folder / _name_file(table)}: this table is needed and is not there"
        for table in NEEDED
        if not (folder / _name_file(table)).is_file()
    ]
    if wrong and not (folder / _name_file(RELATED)).is_file():
        wrong.append("older releases hold a Career Changers Matrix in its place, which does not say the same")
    if wrong:
        raise UnusableError(wrong)
    notes: list[str] = []
    ratings: dict[str, list[Rating]] = {}
    held: dict[str, dict[str, frozenset[str]]] = {}
    for table in (*RATED, ACTIVITIES, TECHNOLOGY):
        if not (folder / _name_file(table)).is_file():
            notes.append(f"{table}: not there")
            continue
        try:
            if table in RATED:
                ratings[table] = read_ratings(folder, table)
            else:
                held[table] = read_activities(folder) if table == ACTIVITIES else read_commodities(folder)
        except UnusableError as error:
            wrong += error.reasons
    try:
        related = read_related(folder)
    except UnusableError as error:
        wrong += error.reasons
    if wrong:
        raise UnusableError(wrong)
    for table, rows in list(ratings.items()):
        if not any(row.scale == "IM" and row.value is not None for row in rows):
            notes.append(f"{table}: no ratings of importance (scale IM)")
            del ratings[table]
    if missing := [table for table in NEEDED if table != RELATED and table not in ratings]:
        raise UnusableError([f"{folder / _name_file(table)}: no ratings of importance" for table in missing])
    return Release(_name_release(folder), ratings, held, related, tuple(notes))


def read_ratings(folder: Path, table: str) -> list[Rating]:
    """The ratings of a table. An element is irrelevant on every scale where one of its rows says so.

    Raises UnusableError for values that are neither a number nor ``n/a``.
    """
    columns = (CODE, "Element ID", "Scale ID", "Data Value")
    rows, irrelevant, wrong = [], set(), []
    for place, row in read_rows(folder, table, columns, ("Recommend Suppress", "Not Relevant")):
        text = row["Data Value"]
        if text == _NULL or _NUMBER.fullmatch(text):
            rows.append((row, None if text == _NULL else int((Decimal(text) * 100).to_integral_value())))
        else:
            wrong.append(f"{place}: Data Value {text!r} is no number")
        if row["Not Relevant"] == "Y":
            irrelevant.add((row[CODE], row["Element ID"]))
    if wrong:
        raise UnusableError(wrong)
    return [
        Rating(
            row[CODE],
            row["Element ID"],
            row["Scale ID"],
            value,
            row["Recommend Suppress"] == "Y",
            (row[CODE], row["Element ID"]) in irrelevant,
        )
        for row, value in rows
    ]


def read_activities(folder: Path) -> dict[str, frozenset[str]]:
    """The intermediate work activities (IWA) of each occupation: those of the detailed ones (DWA) of its tasks.

    The identifier of a detailed activity begins with that of its intermediate one. Raises UnusableError where one
    does not.
    """
    held: dict[str, set[str]] = {}
    wrong = []
    for place, row in read_rows(folder, ACTIVITIES, (CODE, "DWA ID")):
        if match := _ACTIVITY.fullmatch(row["DWA ID"]):
            held.setdefault(row[CODE], set()).add(match[1])
        else:
            wrong.append(
                f"{place}: DWA ID {row['DWA ID']!r} is not that of an activity, such as 4.A.1.a.1.I01.D01"
            )
    if wrong:
        raise UnusableError(wrong)
    return {code: frozenset(items) for code, items in held.items()}


def read_commodities(folder: Path) -> dict[str, frozenset[str]]:
    """The kinds of software and technology (UNSPSC commodities) of each occupation."""
    held: dict[str, set[str]] = {}
    for _, row in read_rows(folder, TECHNOLOGY, (CODE, "Commodity Code")):
        held.setdefault(row[CODE], set()).add(row["Commodity Code"])
    return {code: frozenset(items) for code, items in held.items()}


def read_related(folder: Path) -> dict[str, dict[str, str]]:
    """The occupations related to each, with their tier. Raises UnusableError for a tier that is not known."""
    related: dict[str, dict[str, str]] = {}
    wrong = []
    for place, row in read_rows(folder, RELATED, (CODE, f"Related {CODE}", "Relatedness Tier")):
        if row["Relatedness Tier"] not in TIERS:
            wrong.append(f"{place}: tier {row['Relatedness Tier']!r} is none of {', '.join(TIERS)}")
        related.setdefault(row[CODE], {})[row[f"Related {CODE}"]] = row["Relatedness Tier"]
    if wrong:
        raise UnusableError(wrong)
    return related


def read_rows(
    folder: Path, table: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table, each with its place; an optional column that is not there is ``n/a``.

    Raises UnusableError for columns that are not there, rows of another width and text that is not UTF-8.
    """
    file = folder / _name_file(table)
    try:
        # Only LF and CRLF end a row: other line separators of Unicode may stand inside a text.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnusableError([f"{file}: not UTF-8 ({error})"]) from None
    header = lines[0].removesuffix("\r").split("\t")
    if missing := [column for column in columns if column not in header]:
        raise UnusableError([f"{file}:1: no column {', '.join(missing)}; there are {', '.join(header)}"])
    places = [(column, header.index(column)) for column in (*columns, *optional) if column in header]
    absent = dict.fromkeys((column for column in optional if column not in header), _NULL)
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.removesuffix("\r").split("\t")
        if len(cells) != len(header):
            raise UnusableError(
                [f"{file}:{number}: {len(cells)} cells, where the header names {len(header)}"]
            )
        yield f"{file}:{number}", {column: cells[at] for column, at in places} | absent


def _name_file(table: str) -> str:
    return f"{table}.txt"


def _name_release(folder: Path) -> str:
    file = folder / "Read Me.txt"
    head = file.read_text(encoding="utf-8", errors="replace").split("\n")[0] if file.is_file() else ""
    match = re.match(r"O\*NET [0-9.]+", head)
    return match[0] if match else folder.name
