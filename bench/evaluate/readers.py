"""What is judged of an O*NET release, and what by, from the rows that the package reads of it.

Which tables there are varies with the release: what is needed and not there is told, all at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from rolegraph.classifications import onet
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import Package, open_package
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases.base import GROUPS
from rolegraph.releases.keys import split_key
from rolegraph.releases.kinds import LINKS
from rolegraph.releases.rows import Concept, Link, Row

SHARED: Final = Path(__file__).parents[3] / "shared" / "data"
"""Where shared public data lie: beside the checkout, not in it."""

SKILLS: Final = "Skills"
KNOWLEDGE: Final = "Knowledge"
WORK_STYLES: Final = "Work Styles"
ACTIVITIES: Final = "Tasks to DWAs"
TECHNOLOGY: Final = "Technology Skills"
RELATED: Final = "Related Occupations"

NEEDED: Final = ("Occupation Data", SKILLS, KNOWLEDGE, RELATED)
"""The tables without which nothing can be judged."""

TIERS: Final = {"Primary-Short": 3, "Primary-Long": 2, "Supplemental": 1}
"""What a related occupation counts for, by its tier; Primary are the ten closest, Short the five closest of them."""

_RATED: Final = {"skills": SKILLS, "knowledge": KNOWLEDGE, "styles": WORK_STYLES}
"""The table of each group of rated elements."""
_HELD: Final = {
    ACTIVITIES: ("task", "activity", "broader"),
    TECHNOLOGY: ("technology", "broader"),
}
"""The links that lead from an occupation to the items of a table."""
_ITEMS: Final = ("activity", "commodity")
_FLAGS: Final = {tier.lower(): tier for tier in TIERS}
_SILENT: Final = re.compile(
    "blank row|no value is stated|repeated|related to itself|scale [A-Z0-9]+ is not used"
)
"""Why rows are left out that say nothing, or nothing that is asked for."""
_BEYOND: Final = "the occupation is not in Occupation Data"
"""Why rows are left out of a release that was cut to some occupations."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of one element; ``scale`` is ``importance`` or ``level``, ``value`` in hundredths of it.

    ``sound``: it stands for a need, because its publisher does not recommend to suppress it, and its element is relevant to
    the occupation.
    """

    code: str
    element: str
    scale: str
    value: int
    sound: bool


@dataclass(frozen=True, slots=True)
class Release:
    """What one release says; a table that is not there, or holds nothing of use, is not in its mapping.

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


def read_release(path: Path) -> Release:
    """Read what is judged, and what it is judged by, from a folder or zip file.

    Raises InputError with everything that is wrong; also for rows that say something and cannot be used: what they leave
    out would be judged as if it were not so. Rows of occupations that the release does not name are left out with a note.
    """
    ledger = Ledger()
    with open_package(path) as package:
        if problems := list(_find_lacking(package)):
            raise InputError(problems)
        links = _Links(onet.read(package, ledger, lambda _: None))
        version = onet.find_version(package)
        ratings, held = links.list_ratings(), links.list_held()
        used = {*NEEDED, *ratings, *held}
        problems = [
            *(
                Problem("ratings-missing", "no ratings of importance", _place(package, table))
                for table in (SKILLS, KNOWLEDGE)
                if table not in ratings
            ),
            *_find_unused(package, ledger, used),
            *(
                Problem("tier-unknown", f"{code} to {other}: the tier is none of {', '.join(TIERS)}", _place(package, RELATED))
                for code, other in links.untiered
            ),
        ]  # fmt: skip
    if problems:
        raise InputError(problems)
    notes = [
        f"{table}: {_explain(ledger, table)}"
        for table in (*_RATED.values(), *_HELD)
        if table not in ratings and table not in held
    ] + [
        f"{tally.table.removesuffix('.txt')}: {count:,} rows are left out, because {_BEYOND}"
        for tally in ledger.tallies.values()
        if (count := tally.skipped[_BEYOND]) and tally.table in map(_name_file, used)
    ]
    return Release(f"O*NET {version}" if version else package.name, ratings, held, links.related, notes)


class _Links:
    """The links of a release that are judged, or judged by, of all that its rows hold."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.related: dict[str, dict[str, str]] = defaultdict(dict)
        self.untiered: list[tuple[str, str]] = []
        self._ratings: list[Link] = []
        self._ends: dict[str, dict[str, list[str]]] = {kind: {} for kinds in _HELD.values() for kind in kinds}
        self._items: set[str] = set()
        for row in rows:
            if isinstance(row, Concept):
                if row.kind in _ITEMS:
                    self._items.add(row.key)
            elif isinstance(row, Link):
                self._take(row)

    def list_ratings(self) -> dict[str, list[Rating]]:
        """The ratings by table, of tables that rate importance."""
        found: dict[str, list[Rating]] = defaultdict(list)
        for link in self._ratings:
            if table := _RATED.get(GROUPS.get(_code(link.other)[:3], "")):
                found[table].extend(_read_ratings(link))
        return {
            table: ratings
            for table, ratings in found.items()
            if any(rating.scale == "importance" for rating in ratings)
        }

    def list_held(self) -> dict[str, dict[str, frozenset[str]]]:
        """By table, the items of each occupation that has some."""
        held: dict[str, dict[str, frozenset[str]]] = {}
        for table, kinds in _HELD.items():
            for key in self._ends[kinds[0]]:
                ends = {key}
                for kind in kinds:
                    ends = {other for end in ends for other in self._ends[kind].get(end, ())}
                # A detailed activity whose intermediate one is not known stands under an element.
                if items := ends & self._items:
                    held.setdefault(table, {})[_code(key)] = frozenset(map(_code, items))
        return held

    def _take(self, link: Link) -> None:
        if link.kind == "rating":
            self._ratings.append(link)
        elif link.kind == "related":
            code, other = _code(link.key), _code(link.other)
            if link.flags:
                self.related[code][other] = _FLAGS[link.flags[0]]
            else:
                self.untiered.append((code, other))
        elif link.kind in self._ends:
            self._ends[link.kind].setdefault(link.key, []).append(link.other)


def _read_ratings(link: Link) -> Iterator[Rating]:
    """What a link states, scale by scale."""
    for scale, figure in zip(LINKS["rating"].figures, link.figures, strict=True):
        if figure:
            value = int((Decimal(figure) * 100).to_integral_value())
            sound = not {f"{scale.name}-suppressed", "not-relevant"} & {*link.flags}
            yield Rating(_code(link.key), _code(link.other), scale.name, value, sound)


def _find_lacking(package: Package) -> Iterator[Problem]:
    for table in NEEDED:
        if _name_file(table) not in package:
            remedy = "name a text release of O*NET, as its publisher offers it"
            if table == RELATED:
                remedy += "; the Career Changers Matrix of older ones does not say the same"
            message = "this table is needed and is not there"
            yield Problem("file-missing", message, _place(package, table), "", remedy)


def _find_unused(package: Package, ledger: Ledger, tables: Iterable[str]) -> Iterator[Problem]:
    """The rows of tables that say something and were not taken, by reason."""
    for table in sorted(tables):
        for reason, count in ledger.tallies[_name_file(table)].skipped.items():
            if reason != _BEYOND and not _SILENT.fullmatch(reason):
                message = f"{count} {'row' if count == 1 else 'rows'} cannot be used: {reason}"
                yield Problem("row-unusable", message, _place(package, table))


def _explain(ledger: Ledger, table: str) -> str:
    """Why a table says nothing."""
    name = _name_file(table)
    if name in ledger.missing:
        return "not there"
    if name in ledger.unread:
        return ledger.unread[name]
    return ": ".join(("nothing in it can be used", *filter(None, [", ".join(ledger.tallies[name].skipped)])))


def _code(key: str) -> str:
    return split_key(key)[1]


def _place(package: Package, table: str) -> Place:
    return Place(package.show(_name_file(table)))


def _name_file(table: str) -> str:
    return f"{table}.txt"
