"""The concepts of an ESCO release and what they are called, language by language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rolegraph.classifications.esco_tables import ISCO, OCCUPATIONS, OPTIONAL, REQUIRED, SKILLS, ConceptTable
from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import Package
from rolegraph.classifications.tables import read_rows
from rolegraph.releases.rows import Concept, Label, Row

_KINDS: Final = {"ISCOGroups": "isco-group", "occupations": "occupation", "skillGroups": "skill-group"}
_URI: Final = re.compile(r"http://data\.europa\.eu/(esco(?:/[A-Za-z0-9._~-]+)+)")
_STATUSES: Final = frozenset(
    {"obsolete", "deprecated", "draft", "proposed", "unreleased", "replaced", "deleted"}
)
_NEXT_LABEL: Final = re.compile(r"\n| \| ")
"""Releases write one label a line; bars between labels are taken too."""


class _Cells(NamedTuple):
    """A row of a table of concepts, in the order of the columns that are asked for."""

    uri: str
    label: str
    status: str
    code: str
    isco: str
    skill_type: str
    description: str
    definition: str
    alternates: str
    hidden: str
    scope: str


@dataclass(slots=True)
class Concepts:
    """The concepts that were taken, by key: ``names``, and ``tables`` that they are of.

    ``left_out`` are keys of those that are there and not released; ``isco`` has the ISCO code of an occupation.
    """

    names: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    isco: dict[str, str] = field(default_factory=dict)


def find_key(uri: str) -> str | None:
    """The key of a URI: what stands after the host, or None where it is no URI of ESCO.

    >>> find_key("http://data.europa.eu/esco/isco/C2654"), find_key("http://data.europa.eu/esco/")
    ('esco/isco/C2654', None)
    """
    match = _URI.fullmatch(uri)
    return match[1] if match else None


def read_concepts(
    package: Package, ledger: Ledger, table: ConceptTable, name: str, language: str, concepts: Concepts
) -> Iterator[Row]:
    """The concepts of a table in the main language, with their labels; they are added to ``concepts``.

    A concept that is not released (obsolete, a draft ...) is left out, since nothing should be mapped to it; what
    relates to it then is left out too, with a reason of its own.
    """
    tally, labels = ledger.open(name), _Labels(language)
    for cells in _read_cells(package, name, tally):
        key = find_key(cells.uri)
        if key is None:
            tally.skip("its URI is none of ESCO")
        elif reason := _judge_status(cells.status):
            concepts.left_out.add(key)
            tally.skip(reason)
        elif not cells.label:
            tally.skip("it has no name")
        elif key in concepts.names:
            tally.skip("repeated" if concepts.names[key] == cells.label else "repeated with another name")
        else:
            tally.taken += 1
            concepts.names[key] = cells.label
            concepts.tables[key] = table.stem
            if table is OCCUPATIONS and cells.isco:
                concepts.isco[key] = cells.isco
            definition = tidy(cells.description)
            if not definition:
                definition = tidy(cells.definition)
            elif cells.definition:
                tally.mark("the definition beside its description is not taken")
            yield Concept(
                key, _find_kind(table, cells), cells.label, definition, _find_code(table, key, cells)
            )
            yield from labels.read(key, cells)
    # A concept that stands twice, released once, is there.
    concepts.left_out -= concepts.names.keys()
    ledger.notes += labels.tell(name)


def read_labels(
    package: Package,
    ledger: Ledger,
    table: ConceptTable,
    names: tuple[str, str],
    language: str,
    concepts: Concepts,
) -> Iterator[Row]:
    """What concepts are called in a further language; ``names`` are its file and that of the main language."""
    name, main = names
    tally, labels = ledger.open(name), _Labels(language)
    done: set[str] = set()
    for cells in _read_cells(package, name, tally):
        key = find_key(cells.uri)
        if key is None:
            tally.skip("its URI is none of ESCO")
        elif reason := _judge_status(cells.status):
            tally.skip(reason)
        elif concepts.tables.get(key) != table.stem:
            tally.skip(f"not taken from {main}")
        elif key in done:
            tally.skip("repeated")
        else:
            found = list(labels.read(key, cells))
            if cells.label:
                found.insert(0, Label(key, "preferred", cells.label, language))
            if not found:
                tally.skip(f"it has no name in {language}")
                continue
            done.add(key)
            tally.taken += 1
            if not cells.label:
                tally.mark(f"no preferred name in {language}")
            yield from found
    ledger.notes += labels.tell(name)


def tidy(text: str) -> str:
    """A text without blank lines, and with single blanks.

    >>> tidy("Sails boats. \\n \\n Mends  nets.")
    'Sails boats.\\nMends nets.'
    """
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


class _Labels:
    """The labels of concepts in a language, each once for its concept; those that repeat are counted."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._repeated: Counter[str] = Counter()

    def read(self, key: str, cells: _Cells) -> Iterator[Label]:
        """Alternate and hidden labels and the scope note of a row."""
        seen = {cells.label}
        for kind, cell in (("alternate", cells.alternates), ("hidden", cells.hidden)):
            for part in _NEXT_LABEL.split(cell):
                text = " ".join(part.split())
                if not text:
                    continue
                if text in seen:
                    self._repeated["repeat the name" if text == cells.label else "repeat another"] += 1
                else:
                    seen.add(text)
                    yield Label(key, kind, text, self._language)
        if scope := tidy(cells.scope):
            yield Label(key, "scope", scope, self._language)

    def tell(self, name: str) -> Iterator[str]:
        """How many labels repeated, as notes."""
        for what, number in sorted(self._repeated.items()):
            yield f"{name}: alternate or hidden labels that {what} of their concept, not taken: {number:,}"


def _read_cells(package: Package, name: str, tally: Tally) -> Iterator[_Cells]:
    for _, cells in read_rows(package, name, REQUIRED, tally, optional=OPTIONAL, dialect="csv"):
        cells[1] = " ".join(cells[1].split())
        yield _Cells(*cells)


def _judge_status(status: str) -> str:
    """Why a concept of this status is left out, or ""; a table without the column states none."""
    status = status.casefold()
    if status in {"", "released"}:
        return ""
    return f"its status is {status}" if status in _STATUSES else "its status is not known"


def _find_kind(table: ConceptTable, cells: _Cells) -> str:
    if table is SKILLS:
        return "knowledge" if cells.skill_type.casefold() == "knowledge" else "skill"
    return _KINDS[table.stem]


def _find_code(table: ConceptTable, key: str, cells: _Cells) -> str:
    """The code of a concept. Where a spreadsheet took the zeros before an ISCO code, its URI has kept them."""
    whole = key.removeprefix("esco/isco/C")
    if table is ISCO and whole != key and whole.lstrip("0") == cells.code.lstrip("0"):
        return whole
    return cells.code
