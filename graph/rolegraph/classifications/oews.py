"""Occupational Employment and Wage Statistics: what occupations are paid, by area, as the workbook or as CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import Header, find_dialect, has_columns, read_beginning, read_rows
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases.kinds import LINKS
from rolegraph.releases.rows import Concept, Link, Row

FAMILY: Final = "oews"

_KEYS: Final = ("AREA", "AREA_TITLE", "OCC_CODE", "O_GROUP")
_EMPLOYMENT: Final = ("TOT_EMP",)
_HOURLY: Final = ("H_MEAN", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")
_ANNUAL: Final = ("A_MEAN", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
_REQUIRED: Final = (*_KEYS, *_EMPLOYMENT, *_HOURLY, *_ANNUAL)
_OPTIONAL: Final = ("I_GROUP", "NAICS")
_KNOWN: Final = (
    *("AREA_TYPE", "PRIM_STATE", "NAICS_TITLE", "OWN_CODE", "OCC_TITLE", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT"),
    *("PCT_TOTAL", "PCT_RPT", "MEAN_PRSE", "ANNUAL", "HOURLY"),
)  # fmt: skip
"""Columns that are not read. That a wage is told for one period alone shows in the figures."""

_GROUPS: Final = ("major", "minor", "broad", "detailed")
"""From wide to narrow."""
_CODE: Final = re.compile(r"\d\d-\d{4}")
_AREA: Final = re.compile(r"\d{1,7}")
_ALL: Final = "00-0000"
_ACROSS: Final = ("cross-industry", "")
_ALL_INDUSTRIES: Final = ("000000", "0", "")
_FIGURE: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_TOP_CODED: Final = "#"
_MISSING: Final = ("*", "**")

_NAMED_YEAR: Final = re.compile(r"(?:^|[_-])M_?(20\d\d)(?!\d)|oesm(\d\d)(?!\d)", re.IGNORECASE)
_TOLD_YEAR: Final = re.compile(r"\bMay (20\d\d)\b.*\bestimates\b", re.IGNORECASE)
_FIRST_BY_SOC_2018: Final = "2021-05"


@dataclass(frozen=True, slots=True)
class _Wage:
    """A row that can be used; ``hourly`` and ``annual`` are the cells of employment and wage."""

    tally: Tally
    group: str
    title: str
    hourly: tuple[str, ...]
    annual: tuple[str, ...]


def recognize(package: Package) -> bool:
    """Whether a file has the columns of wages by occupation."""
    return bool(_find_tables(package))


def find_version(package: Package) -> str | None:
    """Year and month that the wages are of, such as ``2024-05``: by the name of a file or folder, else by a title.

    The estimates are those of May; ``national_M2024_dl`` and ``oesm24nat`` are names that publishers give.
    """
    tables = _find_tables(package)
    for name in (*tables, *reversed(package.folders), package.name):
        if named := _NAMED_YEAR.search(name):
            return f"{named[1] or '20' + named[2]}-05"
    for name in tables:
        for text in read_beginning(package, name):
            if told := _TOLD_YEAR.search(text):
                return f"{told[1]}-05"
    return None


def read(package: Package, ledger: Ledger, tell: Callable[[str], None]) -> Iterator[Row]:
    """The hourly and annual wages of every occupation in every area across all industries, and the areas.

    Of a code that is both a broad group and an occupation the row of the occupation counts. Raises InputError where no
    table has the columns.
    """
    tables = _find_tables(package)
    if not tables:
        raise InputError(
            [
                Problem(
                    "release-kind", "no table has the columns of wages by occupation", Place(package.name), "",
                    "name a file such as national_M2024_dl.xlsx, or the zip file that holds it",
                )
            ]
        )  # fmt: skip
    ledger.unread |= {name: "not used" for name in package.names if name not in tables}
    version = find_version(package)
    if version is not None and version < _FIRST_BY_SOC_2018:
        ledger.notes.append(
            f"the wages of {version} are not by the codes of SOC 2018 alone; codes may not agree"
        )
    wages: dict[tuple[str, str], _Wage] = {}
    for name in tables:
        tell(f"reading {package.show(name)}")
        _read_table(package, name, ledger, wages)
    areas: set[str] = set()
    for (area, code), wage in wages.items():
        if not any(map(_pays, (wage.hourly, wage.annual))):
            wage.tally.skip("no wage")
            continue
        wage.tally.taken += 1
        if area not in areas:
            areas.add(area)
            yield Concept(f"oews-area/{area}", "area", wage.title)
        yield from _write(code, area, wage)


def _find_tables(package: Package) -> list[str]:
    return [name for name in package.names if has_columns(package, name, _REQUIRED)]


def _read_table(package: Package, name: str, ledger: Ledger, wages: dict[tuple[str, str], _Wage]) -> None:
    """Adds the rows of a table to ``wages``, by area and code; those that cannot be used are counted."""
    tally = ledger.open(name)
    dialect = find_dialect(name) or "csv"

    def see(header: Header) -> None:
        if unknown := header.find_unknown((*_REQUIRED, *_OPTIONAL, *_KNOWN)):
            ledger.notes.append(f"{name}: the columns {', '.join(unknown)} are not known and not read")

    rows = read_rows(package, name, _REQUIRED, tally, optional=_OPTIONAL, dialect=dialect, see=see)
    keys, first = len(_KEYS), len(_KEYS) + len(_EMPLOYMENT)
    last = first + len(_HOURLY)
    for _, cells in rows:
        area, title, code, group = cells[:keys]
        figures = cells[keys : len(_REQUIRED)]
        reason = _judge(area, code, group.lower(), cells[len(_REQUIRED) :], figures)
        if reason:
            tally.skip(reason)
            continue
        employment = cells[keys:first]
        wage = _Wage(
            tally, group.lower(), title or area, (*employment, *cells[first:last]),
            (*employment, *cells[last : len(_REQUIRED)]),
        )  # fmt: skip
        known = wages.get((area, code))
        if known is None:
            wages[area, code] = wage
        elif known.group == wage.group:
            tally.skip("a second row of a code in its area")
        elif _GROUPS.index(known.group) < _GROUPS.index(wage.group):
            known.tally.skip(f"{known.group} row of a code that has a {wage.group} row")
            wages[area, code] = wage
        else:
            tally.skip(f"{wage.group} row of a code that has a {known.group} row")


def _judge(area: str, code: str, group: str, industry: Sequence[str], figures: Sequence[str]) -> str:
    """Why a row cannot be used, "" where it can."""
    level, naics = industry
    if level.lower() not in _ACROSS or naics not in _ALL_INDUSTRIES:
        return "for one industry or one kind of owner"
    if code == _ALL:
        return "all occupations together"
    if not _CODE.fullmatch(code):
        return "no SOC code"
    if group not in _GROUPS:
        return "neither major, minor, broad nor detailed"
    if not _AREA.fullmatch(area):
        return "no code of an area"
    employment, *wages = figures
    if not (_tells(employment) and all(wage == _TOP_CODED or _tells(wage) for wage in wages)):
        return "a figure that is no number"
    return ""


def _pays(cells: Sequence[str]) -> bool:
    """Whether employment and wage of a period tell any wage, be it that it is top-coded."""
    return any(cell not in ("", *_MISSING) for cell in cells[len(_EMPLOYMENT) :])


def _tells(cell: str) -> bool:
    """Whether a cell holds a number, nothing, or the mark of what is missing."""
    return cell in ("", *_MISSING) or _FIGURE.fullmatch(cell) is not None


def _write(code: str, area: str, wage: _Wage) -> Iterator[Link]:
    """The links of a row: for each period that a wage is told for, be it top-coded, one."""
    capped = missing = False
    for kind, cells in (("wage-annual", wage.annual), ("wage-hourly", wage.hourly)):
        if not _pays(cells):
            wage.tally.mark(f"no {kind.rpartition('-')[2]} wage")
            continue
        figures, flags = [], set()
        for figure, cell in zip(LINKS[kind].figures, cells, strict=True):
            if cell == _TOP_CODED:
                flags.add(f"top-coded-{figure.name}")
            elif cell in _MISSING:
                flags.add(f"missing-{figure.name}")
            figures.append("" if cell in (_TOP_CODED, *_MISSING) else cell.replace(",", ""))
        capped |= any(flag.startswith("top-coded") for flag in flags)
        missing |= any(flag.startswith("missing") for flag in flags)
        in_order = tuple(flag for flag in LINKS[kind].flags if flag in flags)
        yield Link(f"soc-2018/{code}", kind, f"oews-area/{area}", tuple(figures), in_order)
    if capped:
        wage.tally.mark("top-coded")
    if missing:
        wage.tally.mark("figure missing")
