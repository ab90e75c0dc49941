"""ESCO, the European classification of occupations and skills, from its releases in CSV (1.1 to 1.2).

A release comes as a folder or zip file for each language; files of several languages may stand in one folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from rolegraph.classifications.esco_concepts import Concepts, read_concepts, read_labels
from rolegraph.classifications.esco_links import place_in_isco, read_broader, read_needs
from rolegraph.classifications.esco_tables import (
    BROADER_OCCUPATIONS,
    BROADER_SKILLS,
    CONCEPT_TABLES,
    OCCUPATION_SKILLS,
    OCCUPATIONS,
    REQUIRED,
    SKILL_SKILLS,
    Layout,
    find_languages,
    survey,
)
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import read_header
from rolegraph.errors import InputError, Place, Problem
from rolegraph.releases.rows import Row

__all__ = ["FAMILY", "find_languages", "find_version", "read", "recognize"]

FAMILY: Final = "esco"

_OCCUPATIONS: Final = re.compile(r"occupations_[a-z]{2,3}(?:-[a-z]{2,4})?\.csv", re.I)
_VERSION: Final = re.compile(
    r"(?:(?<![a-z])v|esco(?:[ _-]*dataset)?[ _-]*v?)(\d(?:\.\d+){1,2})(?!\.?\d)", re.I
)


def recognize(package: Package) -> bool:
    """Whether this is a release of ESCO: a table of occupations by language, with URIs.

    One that is empty or damaged counts, since no other classification has files of that name; :func:`read` tells.
    """
    for name in filter(_OCCUPATIONS.fullmatch, package.names):
        try:
            header = read_header(package, name, "csv")
        except InputError:
            return True
        if all(column.casefold() in header.at for column in REQUIRED):
            return True
    return False


def find_version(package: Package) -> str | None:
    """The release that the name of the folder or zip file states; the files themselves do not say it.

    "ESCO dataset - v1.1.1 - classification - en - csv.zip" and "esco-1.1.1" are of 1.1.1.
    """
    match = _VERSION.search(package.name)
    return match[1] if match else None


def read(
    package: Package, ledger: Ledger, tell: Callable[[str], None], languages: Collection[str] = ()
) -> Iterator[Row]:
    """All rows of a release: concepts and what they are called, then what relates them.

    Names and definitions are in the main language (:func:`find_languages` has it first); labels are in the
    ``languages`` too, or, where none is named, in all that are there. Definitions in further languages are not taken.
    Raises InputError before the first row for tables that are not there, languages that are not, and headers; and on
    the way for a table that is no CSV in UTF-8, or without one occupation that can be used.
    """
    layout = survey(package, ledger, languages)
    concepts = Concepts()
    yield from _read_concepts(package, ledger, tell, layout, concepts)
    for stem in (BROADER_OCCUPATIONS, BROADER_SKILLS):
        placed: set[str] = set()
        if name := layout.relations.get(stem):
            tell(f"reading {name}")
            for link in read_broader(package, ledger, stem, name, concepts):
                placed.add(link.key)
                yield link
        if stem == BROADER_OCCUPATIONS:
            yield from place_in_isco(ledger, concepts, placed)
    for stem in (OCCUPATION_SKILLS, SKILL_SKILLS):
        if name := layout.relations.get(stem):
            tell(f"reading {name}")
            yield from read_needs(package, ledger, stem, name, concepts)


def _read_concepts(
    package: Package, ledger: Ledger, tell: Callable[[str], None], layout: Layout, concepts: Concepts
) -> Iterator[Row]:
    for table in CONCEPT_TABLES:
        main = layout.concepts.get((table.stem, layout.main))
        if main is None:
            continue
        tell(f"reading {main}")
        yield from read_concepts(package, ledger, table, main, layout.main, concepts)
        if table is OCCUPATIONS and not ledger.tallies[main].taken:
            raise InputError([_refuse_unusable(package, ledger, main)])
        for language in layout.further:
            if name := layout.concepts.get((table.stem, language)):
                tell(f"reading {name}")
                yield from read_labels(package, ledger, table, (name, main), language, concepts)
    if layout.further:
        ledger.notes.append(f"definitions are in {layout.main} only")


def _refuse_unusable(package: Package, ledger: Ledger, name: str) -> Problem:
    tally = ledger.tallies[name]
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in tally.skipped.most_common(3))
    what = f"none of its {tally.rows:,} rows can be used ({reasons})" if tally.rows else "it has no rows"
    return Problem("table-empty", what, Place(package.show(name)), "", "download it again")
