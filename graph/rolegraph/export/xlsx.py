"""A workbook for people who filter and sort: a sheet for each kind of record, numbers as numbers, never a formula.

Nothing is cut in silence: rows beyond what a sheet holds go on in a second one of the same name, and a text that is
longer than a cell holds stands whole, in parts, in a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rolegraph.export.sheets import list_sheets
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.spreadsheet.book import MAX_TEXT, clip_text, show_text
from rolegraph.spreadsheet.sheet import BookWriter, Cell

_SAFE: Final = 5_000
"""A text of so many characters fits into a cell however it is shown."""

_LONG: Final = "Long texts"
_GOES_ON: Final = f"… (whole in the sheet {_LONG})"

LongText = tuple[str, Cell, str, str]
"""A text that no cell holds: its sheet, the first cell of its row, its column, the text."""


def write(source: Source, sink: Sink) -> None:
    """Write the workbook; the same data give the same bytes."""
    book = BookWriter(sink)
    long: list[LongText] = []
    book.add_sheets("About", ("Of this workbook", "Stated"), _tell_about(source))
    for sheet in list_sheets(source):
        book.add_sheets(sheet.name, sheet.header, _shorten(sheet.name, sheet.header, sheet.rows(), long))
    if long:
        book.add_sheets(_LONG, ("Sheet", "Row of", "Column", "Part", "Whole"), _list_parts(long))
    book.close()


def _tell_about(source: Source) -> Iterator[tuple[Cell, ...]]:
    dataset = source.taxonomy.dataset
    yield "Name", dataset.title
    yield "Version", dataset.version
    yield "Publisher", dataset.publisher
    yield "Licence", dataset.licence or dataset.access_rights
    yield "Changed", dataset.modified
    yield "Description", dataset.description
    yield "Distances", f"{source.edition}; lower is nearer"
    yield "Nearest roles shown of each role", source.k


def _shorten(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], long: list[LongText]
) -> Iterator[Sequence[Cell]]:
    """The rows with texts that cells hold; what no cell holds is put down in ``long``."""
    for row in rows:
        if not any(isinstance(value, str) and len(value) > _SAFE and _is_long(value) for value in row):
            yield row
            continue
        shown = list(row)
        for column, value in enumerate(row):
            if isinstance(value, str) and _is_long(value):
                long.append((name, row[0], header[column], value))
                shown[column] = clip_text(show_text(value), MAX_TEXT - len(_GOES_ON))[:-1] + _GOES_ON
        yield shown


def _is_long(text: str) -> bool:
    shown = show_text(text)
    return clip_text(shown) != shown


def _list_parts(long: Sequence[LongText]) -> Iterator[tuple[Cell, ...]]:
    for sheet, first, column, text in long:
        for part, start in enumerate(range(0, len(text), _SAFE), 1):
            yield sheet, first, column, part, text[start : start + _SAFE]
