"""Small spreadsheets and mappings for tests."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.compose import TableHarvest, read_source, read_table
from rolegraph.records.table.mapping import TableMap, read_map
from rolegraph.records.table.sheets import Workbook

FOLDER = Path(__file__).parent / "fixtures" / "tables"

Rows = Sequence[Sequence[Any]]


def make_csv(rows: Rows, delimiter: str = ",") -> tuple[str, bytes]:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return "roles.csv", buffer.getvalue().encode()


def make_xlsx(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> tuple[str, bytes]:
    """A workbook; ``change`` may do to it what rows cannot say."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return "roles.xlsx", buffer.getvalue()


def change_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with other bytes in one of its parts."""
    buffer = io.BytesIO()
    found = False
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                # The writer spells an empty element in one of three ways, by which XML library is there.
                content = re.sub(rb"<v ?/>|<v></v>", b"<v />", content)
                assert old in content, content[:2000]
                content = content.replace(old, new)
                found = True
            target.writestr(info, content)
    assert found, part
    return buffer.getvalue()


def parse_map(text: str) -> TableMap:
    return read_map(("map.yaml", text.encode()))


def harvest(
    source: tuple[str, bytes] | Workbook, mapping: str, book: CodeBook | None = None, **known: Any
) -> TableHarvest:
    table_map = parse_map(mapping)
    workbook = source if isinstance(source, Workbook) else read_source(source, table_map)
    jobs = known.pop("known_jobs", {})
    return read_table(workbook, table_map, book or CodeBook(), jobs, **known)


def list_rules(found: TableHarvest) -> list[str]:
    return [problem.rule for problem in found.problems]
