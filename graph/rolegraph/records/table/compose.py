"""A workbook and a mapping -> what they state as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rolegraph.errors import Problem
from rolegraph.model.codes import split_level
from rolegraph.records.collector import pause_collector
from rolegraph.records.document import join_path
from rolegraph.records.intake import Intake
from rolegraph.records.table.assign import CodeAssigner, Known
from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.files import Source, read_workbook
from rolegraph.records.table.gather import Gatherer
from rolegraph.records.table.layout import lay_out
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.levels import find_strange_codes
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.records import RecordMaker
from rolegraph.records.table.sheets import Workbook
from rolegraph.records.table.spots import CellPlaces


@dataclass(frozen=True, slots=True)
class TableHarvest:
    """What a table gave. Where there are ``problems``, ``intake`` lacks what they are about.

    ``rows`` counts the rows of data that hold anything, ``passed`` those of them that were passed over because they
    are unused or repeat another one. ``codebook`` holds the codes that were known and those that are new.
    """

    intake: Intake
    codebook: CodeBook
    problems: tuple[Problem, ...]
    rows: int
    passed: int


def read_source(source: Source, table_map: TableMap) -> Workbook:
    """The sheets of a file that a mapping needs. Raises InputError as ``read_workbook`` does."""
    return read_workbook(source, delimiter=table_map.delimiter, sheets=table_map.sheet_names)


def read_table(
    workbook: Workbook,
    table_map: TableMap,
    codebook: CodeBook,
    known_jobs: Mapping[str, str],
    *,
    known_functions: Mapping[str, str | None] | None = None,
    known_focuses: Mapping[str, str] | None = None,
    known_levels: frozenset[str] | None = None,
) -> TableHarvest:
    """The records that a workbook states by a mapping, each field with its cell.

    ``known_jobs`` are the profile codes of a data folder by job code: a focus whose name is new but whose job codes
    are known keeps its code. ``known_functions`` and ``known_focuses`` are labels by code; those of equal names
    keep theirs, and new codes are told apart from all of them. ``known_levels`` are the codes of the folder's ladder,
    which count where the mapping gives no ladder; without both every text that looks like a code is one. Everything that is wrong is in ``problems``; what a
    person should know is in the notes of the intake.
    """
    known = Known(known_jobs, known_functions or {}, known_focuses or {})
    with pause_collector():
        return _read_table(workbook, table_map, codebook, known, known_levels)


def _read_table(
    workbook: Workbook,
    table_map: TableMap,
    codebook: CodeBook,
    known: Known,
    known_levels: frozenset[str] | None,
) -> TableHarvest:
    ledger = Ledger()
    layouts = lay_out(workbook, table_map, ledger)
    for path, code in find_strange_codes(table_map, known_levels) if known_levels is not None else ():
        ledger.refuse(
            "level-unknown", f"the ladder of the data folder has no level {code}", table_map.find_place(*path),
            join_path(path), f"write one of {', '.join(sorted(known_levels or (), key=split_level))}, or give a ladder",
        )  # fmt: skip
    if ledger.problems:
        return TableHarvest(Intake(), codebook, ledger.problems, 0, 0)
    gatherer = Gatherer(workbook, table_map, layouts, ledger, known_levels)
    drafts = gatherer.gather()
    assigner = CodeAssigner(drafts, codebook, known, ledger, gatherer.stater.find_place)
    book = assigner.assign()
    places = CellPlaces(workbook, tuple(layout.sheet for layout in layouts))
    maker = RecordMaker(drafts, assigner, table_map, places, ledger)
    intake = maker.make()
    return TableHarvest(
        intake,
        book,
        ledger.problems,
        sum(layout.rows for layout in layouts),
        sum(layout.passed for layout in layouts),
    )
