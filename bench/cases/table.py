"""A long spreadsheet -> the records of a data folder; the peers read the cells and do nothing with them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Ended, find_rolegraph, make_command
from bench.generate import write_architecture
from bench.measure import Comparison, Variant, make_variant
from bench.sources import TABLE_MAP, write_csv, write_xlsx
from rolegraph.records.table import read_workbook

if TYPE_CHECKING:
    from bench.data import Architectures

ROWS_PER_PROFILE = 9
"""A profile has more skills than this; the architecture must give at least as many rows as are asked for."""


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Cells read from CSV and XLSX beside their peers, and whole imports of both."""
    place = stock.place / f"table-{size}"
    write_architecture(place / "data", size // ROWS_PER_PROFILE + 50)
    text, book, rules = place / "roles.csv", place / "roles.xlsx", place / "map.yaml"
    write_csv(place / "data", text, size)
    write_xlsx(place / "data", book, size)
    rules.write_text(TABLE_MAP, encoding="utf-8")
    yield Comparison(
        "cells of CSV",
        size,
        [
            make_variant("rolegraph", lambda: _count_rows(text)),
            make_variant("csv module", lambda: _count_by_csv(text)),
        ],
    )
    yield Comparison(
        "cells of XLSX",
        size,
        [
            make_variant("rolegraph, checked", lambda: _count_rows(book)),
            make_variant("calamine", lambda: _count_by_calamine(book)),
            make_variant("openpyxl, read-only", lambda: _count_by_openpyxl(book)),
        ],
    )
    for file in (text, book):
        made = place / f"made-{file.suffix[1:]}"
        yield Comparison(
            f"`rolegraph import table`, {file.suffix[1:].upper()}",
            size,
            [_make_import(file, rules, made, place, size)],
        )


def _make_import(file: Path, rules: Path, made: Path, place: Path, size: int) -> Variant:
    return make_command(
        "rolegraph import table",
        [
            *find_rolegraph(),
            "import",
            "table",
            str(file),
            "--map",
            str(rules),
            "-o",
            str(made),
            "--format",
            "json",
        ],
        place / "import.json",
        answer=lambda ended: _check_status(ended, size),
        prepare=lambda: shutil.rmtree(made, ignore_errors=True),
    )


def _count_rows(file: Path) -> int:
    return len(read_workbook(file).sheets[0].rows)


def _count_by_csv(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as source:
        return sum(1 for _ in csv.reader(source))


def _count_by_calamine(file: Path) -> int:
    import python_calamine

    return len(python_calamine.load_workbook(str(file)).get_sheet_by_index(0).to_python())


def _count_by_openpyxl(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _check_status(ended: Ended, size: int) -> int:
    if ended.status:
        raise RuntimeError(f"the import failed: {ended.output.read_text(encoding='utf-8')[:2000]}")
    return size
