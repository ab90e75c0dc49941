"""O*NET text releases 25 to 30 as rows: occupations, the content model, and what rates, names and relates them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rolegraph.classifications import onet_ratings, onet_related, onet_tasks, onet_technology, onet_titles
from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.onet_tables import (
    CHANGERS,
    DETAILED,
    ELEMENTS,
    INTERMEDIATE,
    NO_CODE,
    NO_ID,
    NO_NAME,
    OCCUPATIONS,
    RATINGS,
    RELATED,
    REPEATED,
    TABLES,
    Source,
    Table,
    is_element,
    is_occupation,
    judge_headers,
    key_element,
)
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import read_header
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases.keys import find_soc
from rolegraph.releases.rows import Concept, Link, Row

FAMILY: Final = "onet"

_READ_ME: Final = "Read Me.txt"
_SAID: Final = re.compile(r"O\*NET\W{0,3}(\d{1,3}\.\d{1,2})\W{1,3}Database", re.IGNORECASE)
_NAMED: Final = re.compile(r"(?:db|onet)[-_ ]?v?(\d{2})[._](\d{1,2})(?!\d)", re.IGNORECASE)
_HEAD: Final = 1 << 16
_TRIED: Final = (25, 30)


def recognize(package: Package) -> bool:
    """Whether a package is an O*NET release."""
    return OCCUPATIONS.name in package


def find_version(package: Package) -> str | None:
    """The version ("29.0") that Read Me.txt says, or else the name of the folder or zip file."""
    if _READ_ME in package:
        with package.open(_READ_ME) as stream:
            if said := _SAID.search(stream.read(_HEAD).decode("utf-8", "replace")):
                return said[1]
    named = _NAMED.search(package.name)
    return f"{named[1]}.{named[2]}" if named else None


def read(package: Package, ledger: Ledger, tell: Callable[[str], None]) -> Iterator[Row]:
    """The rows of a release, table by table. ``tell`` is told of each table as it is begun.

    Raises InputError, before the first row, with all that is wrong with the headers of the tables, and where
    Occupation Data is not there or names no occupation; later for what is not UTF-8.
    """
    if OCCUPATIONS.name not in package:
        raise InputError([_refuse(package, f"there is no {OCCUPATIONS.name}", "file-missing")])
    tables = [table for table in TABLES if table != CHANGERS or RELATED.name not in package]
    tables = [
        table for table in tables if table not in RATINGS or not _is_categorical(package, table, ledger)
    ]
    problems, notes = judge_headers(package, tables)
    if problems:
        raise InputError(problems)
    ledger.notes += notes
    source = Source(package, ledger, tell, _find_taxonomy(package, ledger))
    yield from _read_occupations(source)
    yield from _read_elements(source)
    yield from _read_activities(source)
    yield from onet_ratings.read(source, [table for table in RATINGS if table in tables])
    yield from onet_technology.read(source)
    yield from onet_tasks.read(source)
    yield from onet_titles.read(source)
    yield from onet_related.read(source)
    for name in package.names:
        if name != _READ_ME and name not in ledger.tallies and name not in ledger.unread:
            ledger.unread[name] = "not used"


def _find_taxonomy(package: Package, ledger: Ledger) -> int:
    """The year of the O*NET-SOC taxonomy: releases to 25.0 follow that of 2010, later ones that of 2019."""
    version = find_version(package)
    if version is None:
        ledger.notes.append("the release does not say its version; its codes are taken for O*NET-SOC 2019")
        return 2019
    major, minor = map(int, version.split("."))
    if not _TRIED[0] <= major <= _TRIED[1]:
        ledger.notes.append(f"release {version} is none of those that were tried, {_TRIED[0]} to {_TRIED[1]}")
    return 2010 if (major, minor) <= (25, 0) else 2019


def _is_categorical(package: Package, table: Table, ledger: Ledger) -> bool:
    """Whether a rating table has one row for each answer, not one for each scale; then it is not read."""
    if table.name not in package:
        return False
    try:
        categorical = "category" in read_header(package, table.name, "tab").at
    except InputError:
        return False  # What is wrong with it is told with what is wrong with the others.
    if categorical:
        ledger.unread[table.name] = "its values are by category"
    return categorical


def _read_occupations(source: Source) -> Iterator[Row]:
    tally, rows = source.open(OCCUPATIONS)
    for code, title, description in rows:
        if not is_occupation(code):
            tally.skip(NO_CODE)
        elif not title:
            tally.skip(NO_NAME)
        elif code in source.occupations:
            tally.skip(REPEATED)
        else:
            tally.taken += 1
            source.occupations[code] = title
            key = source.key(code)
            yield Concept(key, "occupation", title, description)
            if (soc := find_soc(key)) is not None:
                yield Link(key, "broad-match", soc)
    if not source.occupations:
        raise InputError([_refuse(source.package, f"{OCCUPATIONS.name} names no occupation", "table-empty")])


def _admit(source: Source, tally: Tally, code: str, name: str) -> bool:
    """Whether a row names an element that is not known yet; it is counted as taken or skipped."""
    if not is_element(code):
        tally.skip(NO_ID)
    elif not name:
        tally.skip(NO_NAME)
    elif code in source.elements:
        tally.skip(REPEATED)
    else:
        tally.taken += 1
        source.elements.add(code)
        return True
    return False


def _read_elements(source: Source) -> Iterator[Row]:
    tally, rows = source.open(ELEMENTS)
    for code, name, description in rows:
        if _admit(source, tally, code, name):
            yield Concept(key_element(code), "element", name, description)
    # An element may stand in the table before that which it is under.
    for code in sorted(source.elements):
        yield from source.link_above(code)


def _read_activities(source: Source) -> Iterator[Row]:
    for table in (INTERMEDIATE, DETAILED):
        tally, rows = source.open(table)
        for *above, code, title in rows:
            if _admit(source, tally, code, title):
                yield Concept(key_element(code), "activity", title)
                nearest = next(
                    (one for one in reversed(above) if one in source.elements and one != code), None
                )
                if nearest is None:
                    tally.mark("what it is under is not in the reference")
                else:
                    yield Link(key_element(code), "broader", key_element(nearest))


def _refuse(package: Package, message: str, rule: str) -> Problem:
    return Problem(
        rule, message, Place(package.name), "",
        "name the folder or zip file of a text release of O*NET, as its publisher offers it",
    )  # fmt: skip
