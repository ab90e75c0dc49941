"""The copy of a user's workbook with its findings: a first sheet that lists them, and the cells marked."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolegraph.answers import Finding, Validation
from rolegraph.errors import RequestError
from rolegraph.report.workbook.listing import MAX_LINKS, write_listing
from rolegraph.report.workbook.marks import Marker
from rolegraph.report.workbook.sources import (
    Source,
    check_table,
    find_table,
    list_tables,
    read_source,
    read_table,
)
from rolegraph.spreadsheet.book import MAX_ROWS, make_empty_book, save_book

if TYPE_CHECKING:
    from openpyxl import Workbook

_SHEET = r"xl/worksheets/[^/]+\.xml"
_LOST: Final = (
    ("charts", r"xl/charts/chart[^/]*\.xml", None),
    ("pictures", r"xl/media/.+", None),
    ("shapes", r"xl/drawings/drawing[^/]*\.xml", rb"<(?:\w+:)?(?:sp|cxnSp)[\s>]"),
    ("slicers", r"xl/(?:slicers|timelines)/[^/]+\.xml", None),
    ("form controls", r"xl/(?:ctrlProps|activeX)/[^/]+\.xml", None),
    ("embedded files", r"xl/embeddings/.+", None),
    ("threads of comments", r"xl/threadedComments/.+", None),
    ("data connections", r"xl/(?:connections\.xml|queryTables/[^/]+\.xml|model/.+)", None),
    ("digital signature", r"_xmlsignatures/[^/]+\.xml", None),
    ("custom XML", r"customXml/item\d+\.xml", None),
    ("sparklines", _SHEET, rb"(?i)\{05C60535-1F16-4FD2-B633-F4F36F0B64E0\}"),
    ("conditional formats of Excel 2010 and later", _SHEET, rb"(?i)\{78C0D931-6437-407D-A8EE-F0AAD7539E65\}"),
    ("choices from other sheets", _SHEET, rb"(?i)\{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF\}"),
)
"""What openpyxl leaves out, all of it or in part: the parts it is in, and its mark where these hold other things too."""

_FORMULA = rb"<(?:\w+:)?c\s[^>]*>\s*<(?:\w+:)?f[\s>/]"


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of a workbook, and what a person should know of it, in sentences without an end."""

    data: bytes
    notes: tuple[str, ...]


def make_copy(
    answer: Validation, folders: Sequence[Path], output: Path, workbook: Path | None = None
) -> Copy:
    """The workbook that the data in ``folders`` was imported from, with the findings of ``answer``.

    Where nothing was imported it is a workbook with the sheet of findings alone. ``workbook`` names the table where
    it has moved; ``output`` is where the copy is to go, which must not be the table itself. Nothing is written.
    Raises RequestError where the table is not found, changed since it was imported, or cannot be copied.
    """
    if len(answer.findings) >= MAX_ROWS:
        raise RequestError(
            f"{len(answer.findings):,} findings are more than a sheet can hold; ask for less with --severity"
        )
    table = find_table(answer.findings, folders, workbook)
    if table is None:
        _check_ending(output, ".xlsx")
        return _finish(Source(make_empty_book(), b""), answer.findings, "", ())
    name, path = table
    if output.exists() and output.samefile(path):
        raise RequestError(
            f"{output} is the table itself, which is never written to; choose another file with -o"
        )
    data = read_table(path)
    notes = check_table(name, path, data, folders)
    source = read_source(path, data)
    source = replace(source, notes=(*notes, *source.notes))
    _check_ending(output, ".xlsx" if source.book.vba_archive is None else ".xlsm")
    return _finish(source, answer.findings, name, (*list_tables(folders), name))


def _check_ending(output: Path, ending: str) -> None:
    """A spreadsheet program opens a workbook only under the ending that its content asks for."""
    if output.suffix.lower() != ending:
        why = " because it keeps the macros of the workbook" if ending == ".xlsm" else ""
        raise RequestError(f"the name of the copy must end in {ending}{why}; {output} does not")


def _finish(source: Source, findings: Sequence[Finding], table: str, tables: Sequence[str]) -> Copy:
    marker = Marker(source.book, table, tables)
    rows = [marker.place(finding) for finding in findings]
    marker.mark()
    write_listing(source.book, rows)
    _select_first(source.book)
    data = _save(source.book)
    notes = [*source.notes, *marker.tell_missing(), *_tell_lost(source.data, data)]
    if any(row.target for row in rows[MAX_LINKS:]):
        notes.append(
            f"only the first {MAX_LINKS:,} findings have a link to their cell: a sheet takes no more"
        )
    return Copy(data, tuple(notes))


def _select_first(book: Workbook) -> None:
    """Show the first sheet alone: two selected sheets would be edited together."""
    views = [view for sheet in book.worksheets for view in sheet.views.sheetView]
    for view in (*views, *(view for sheet in book.chartsheets for view in sheet.sheetViews.sheetView)):
        view.tabSelected = False
    for window in book.views:
        window.activeTab = window.firstSheet = 0
    book.active = 0
    book.worksheets[0].sheet_view.tabSelected = True


def _save(book: Workbook) -> bytes:
    from openpyxl.workbook.properties import CalcProperties

    book.calculation = book.calculation or CalcProperties()
    book.calculation.fullCalcOnLoad = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return save_book(book)
    except Exception as error:  # what was read of a damaged workbook may break the library when it is written
        raise RequestError(
            f"the copy cannot be written ({error}); open the workbook in a spreadsheet program and save it anew"
        ) from None


def _tell_lost(before: bytes, after: bytes) -> list[str]:
    """One sentence on what the workbook has and its copy has not; none where that is nothing."""
    if not before:
        return []
    said, lost = [], []
    with zipfile.ZipFile(io.BytesIO(before)) as original, zipfile.ZipFile(io.BytesIO(after)) as copied:
        for name, parts, mark in _LOST:
            had, has = _count(original, parts, mark), _count(copied, parts, mark)
            if has < had:
                lost.append(f"not all {name}" if has else f"no {name}")
            if has and name == "charts":
                said.append("charts are drawn anew and may look plainer")
        if _count(original, _SHEET, _FORMULA):
            said.append("formulas show their values when a spreadsheet program has calculated them")
    if lost:
        said.insert(0, f"the copy has {', '.join(lost[:-1])}{' and ' if lost[1:] else ''}{lost[-1]}")
    return ["; ".join(said)] if said else []


def _count(archive: zipfile.ZipFile, parts: str, mark: bytes | None) -> int:
    names = [name for name in archive.namelist() if re.fullmatch(parts, name)]
    return len(names) if mark is None else sum(len(re.findall(mark, archive.read(name))) for name in names)
