"""The Standard Occupational Classification: its structure, as the official workbook or as CSV, and its definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import (
    TITLES,
    Line,
    find_dialect,
    has_columns,
    read_beginning,
    read_rows,
)
from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.document import quote
from rolegraph.releases.rows import Concept, Link, Row

FAMILY: Final = "soc"

KINDS: Final = ("major", "minor", "broad", "detailed")
"""From wide to narrow. Which of them a code is, its digits do not tell: 15-1200 is a minor group."""

_STRUCTURE: Final = ("Major Group", "Minor Group", "Broad Group", "Detailed Occupation")
_TITLES: Final = ("SOC Title", "Title", "")
"""The column of the titles; that of the official structure has no name."""
_LIST: Final = ("code", "title", "Hierarchical_structure", "parent")
_DEFINITIONS: Final = ("SOC Group", "SOC Code", "SOC Title", "SOC Definition")
_FORMS: Final = (_STRUCTURE, _LIST, _DEFINITIONS)
"""The columns of the forms in which the classification comes; the first that is there is read."""

_CODE: Final = re.compile(r"\d\d-\d{4}")
_NOTHING: Final = ("", "NA")
_YEAR_TOLD: Final = re.compile(
    r"\b((?:19|20)\d\d) (?:SOC\b|Standard Occupational Classification)", re.IGNORECASE
)
_YEAR_NAMED: Final = re.compile(r"soc(?:[-_ ]?[a-z]+)*[-_ ]?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_LATEST: Final = "2018"


@dataclass(slots=True)
class _Group:
    """A code of the classification as a row states it; ``line`` is the row."""

    kind: str
    title: str
    parent: str
    line: int
    definition: str = ""


def recognize(package: Package) -> bool:
    """Whether a file has the columns of one of the forms."""
    return bool(_find_forms(package))


def find_version(package: Package) -> str | None:
    """The year of the classification: by the titles over its table, else by the name of a file or folder."""
    forms = _find_forms(package)
    for name in forms.values():
        for text in read_beginning(package, name):
            if told := _YEAR_TOLD.search(text):
                return told[1]
    for name in (*forms.values(), *reversed(package.folders), package.name):
        if named := _YEAR_NAMED.search(name):
            return named[1]
    return None


def read(package: Package, ledger: Ledger, tell: Callable[[str], None]) -> Iterator[Row]:
    """Every code with its title, its definition where a file has that, and the group that it stands under.

    The tree is that of the release: the order of the rows (workbook) or the column ``parent`` (CSV). A code whose group
    is not there stands alone and is marked. Raises InputError where no table has the columns, no row has a code, or a
    code is there twice with different titles, kinds or groups.
    """
    forms = _find_forms(package)
    if not forms:
        raise InputError([_refuse_kind(package)])
    columns, name = next(iter(forms.items()))
    read_too = {name, forms[_DEFINITIONS]} if _DEFINITIONS in forms else {name}
    for other in package.names:
        if other not in read_too:
            same = find_dialect(other) is not None and any(other == of_form for of_form in forms.values())
            ledger.unread[other] = f"{name} has the same" if same else "not used"
    tell(f"reading {package.show(name)}")
    groups = _read_groups(package, name, columns, ledger.open(name))
    if columns != _DEFINITIONS:
        if _DEFINITIONS in forms:
            tell(f"reading {package.show(forms[_DEFINITIONS])}")
            _add_definitions(package, forms[_DEFINITIONS], groups, ledger.open(forms[_DEFINITIONS]))
        else:
            ledger.missing["SOC definitions"] = "what the occupations do, in the words of the classification"
    yield from _write(groups, f"soc-{find_version(package) or _LATEST}", ledger.tallies[name])


def _find_forms(package: Package) -> dict[tuple[str, ...], str]:
    """The forms that a release comes in, each with the file that has it."""
    found: dict[tuple[str, ...], str] = {}
    for columns in _FORMS:
        for name in package.names:
            if name not in found.values() and has_columns(package, name, columns, above=TITLES):
                found[columns] = name
                break
    return found


def _read_groups(package: Package, name: str, columns: tuple[str, ...], tally: Tally) -> dict[str, _Group]:
    """The groups and occupations by code, in the order of the table."""
    shown = package.show(name)
    dialect = find_dialect(name) or "csv"
    optional = _TITLES if columns == _STRUCTURE else ()
    rows = read_rows(package, name, columns, tally, optional=optional, dialect=dialect, above=TITLES)
    groups: dict[str, _Group] = {}
    problems: list[Problem] = []
    for code, group in _PARSERS[columns](rows, tally):
        known = groups.get(code)
        if known is None:
            groups[code] = group
        elif (known.kind, known.title, known.parent) == (group.kind, group.title, group.parent):
            tally.skip("repeated row")
        else:
            problems.append(
                Problem(
                    "code-twice",
                    f"the code {code} is {_describe(group)}, and in row {known.line} {_describe(known)}",
                    Place(shown, group.line), "", "download it again, or remove the wrong row",
                )
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    if not groups:
        raise InputError(
            [Problem("table-empty", "no row has a SOC code", Place(shown), "", "download it again")]
        )
    tally.taken += len(groups)
    return groups


def _parse_structure(rows: Iterator[Line], tally: Tally) -> Iterator[tuple[str, _Group]]:
    """Rows with a code in one of four columns; each stands under the last code of the column before."""
    path = _Path()
    for line, cells in rows:
        filled = [depth for depth in range(len(KINDS)) if cells[depth]]
        if len(filled) != 1 or not _CODE.fullmatch(cells[filled[0]]):
            tally.skip("no SOC code" if len(filled) < 2 else "codes in several columns")
            continue
        code = cells[filled[0]]
        parent = path.enter(filled[0], code)
        title = next(filter(None, cells[len(KINDS) :]), "")
        if title:
            yield code, _Group(KINDS[filled[0]], title, parent, line)
        else:
            tally.skip("no title")


def _parse_list(rows: Iterator[Line], tally: Tally) -> Iterator[tuple[str, _Group]]:
    """Rows with a code, its title, its kind and its parent."""
    for line, (code, title, kind, parent) in rows:
        if _judge(code, title, kind, tally):
            yield code, _Group(kind.lower(), title, "" if parent in _NOTHING else parent, line)


def _parse_definitions(rows: Iterator[Line], tally: Tally) -> Iterator[tuple[str, _Group]]:
    """Rows with a kind, a code, a title and a definition, in the order of the tree."""
    path = _Path()
    for line, (kind, code, title, definition) in rows:
        kind = kind.lower()
        parent = path.enter(KINDS.index(kind), code) if kind in KINDS and _CODE.fullmatch(code) else ""
        if _judge(code, title, kind, tally):
            yield code, _Group(kind, title, parent, line, "" if definition in _NOTHING else definition)


_PARSERS: Final[Mapping[tuple[str, ...], Callable[[Iterator[Line], Tally], Iterator[tuple[str, _Group]]]]] = {
    _STRUCTURE: _parse_structure,
    _LIST: _parse_list,
    _DEFINITIONS: _parse_definitions,
}


class _Path:
    """The codes from the major group down to the last row."""

    def __init__(self) -> None:
        self._codes = [""] * len(KINDS)

    def enter(self, depth: int, code: str) -> str:
        """Goes on to a code at a depth; the code over it, "" where there is none."""
        self._codes[depth:] = [code, *[""] * (len(KINDS) - depth - 1)]
        return self._codes[depth - 1] if depth else ""


def _judge(code: str, title: str, kind: str, tally: Tally) -> bool:
    """Whether a row can be taken; if not, it is counted."""
    if not _CODE.fullmatch(code):
        tally.skip("no SOC code")
    elif kind.lower() not in KINDS:
        tally.skip("neither major, minor, broad nor detailed")
    elif not title or title == "NA":
        tally.skip("no title")
    else:
        return True
    return False


def _add_definitions(package: Package, name: str, groups: Mapping[str, _Group], tally: Tally) -> None:
    """Gives the groups and occupations their definitions."""
    dialect = find_dialect(name) or "csv"
    rows = read_rows(package, name, _DEFINITIONS, tally, dialect=dialect, above=TITLES)
    for code, defined in _parse_definitions(rows, tally):
        group = groups.get(code)
        if group is None:
            tally.skip("a code that is not in the structure")
        elif group.definition and group.definition != defined.definition:
            tally.skip("a second definition of a code")
        else:
            group.definition = defined.definition
            tally.taken += 1
            if group.title != defined.title:
                tally.mark("another title than in the structure")


def _describe(group: _Group) -> str:
    return f"{quote(group.title)} ({group.kind}{group.parent and f', under {group.parent}'})"


def _write(groups: Mapping[str, _Group], scheme: str, tally: Tally) -> Iterator[Row]:
    for code, group in groups.items():
        yield Concept(f"{scheme}/{code}", group.kind, group.title, group.definition)
    for code, group in groups.items():
        depth = KINDS.index(group.kind)
        parent = groups.get(group.parent)
        if parent is not None and KINDS.index(parent.kind) < depth:
            yield Link(f"{scheme}/{code}", "broader", f"{scheme}/{group.parent}")
        elif depth:
            tally.mark("the group that it stands under is not there")


def _refuse_kind(package: Package) -> Problem:
    return Problem(
        "release-kind", "no table has the columns of the SOC structure", Place(package.name), "",
        f"name the official structure workbook, or a CSV file with {', '.join(_LIST)}",
    )  # fmt: skip
