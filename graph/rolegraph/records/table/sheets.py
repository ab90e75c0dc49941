"""A spreadsheet as sheets of texts with coordinates, whatever kind of file it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from rolegraph.errors import Place
from rolegraph.records.blanks import clean_blanks
from rolegraph.records.files import escape_unseen

Row: TypeAlias = tuple[str, ...]

_ODD = re.compile(r"[^ -~]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells; rows are counted from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet as texts.

    ``rows[0]`` is row 1; blank rows are there as empty tuples, so that rows are counted as a spreadsheet does.
    ``flaws`` are the cells (row, column) that have no value, with the reason: an error such as ``#N/A``, or
    ``FORMULA`` where a formula was saved without its value. ``even`` says that every row should be as long as
    the header, as in a text file, where a longer one has come apart. ``fractions`` are the cells that hold a number
    of which the text alone could be read in two ways (``45.125``).
    """

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    flaws: Mapping[tuple[int, int], str] = field(default_factory=dict)
    even: bool = False
    fractions: frozenset[tuple[int, int]] = frozenset()

    def name_cell(self, row: int, column: int) -> str:
        """The cell with its sheet: ``Roles!F214``, ``Key skills!F214``; ``F214`` in a text file.

        >>> Sheet("Key skills", ()).name_cell(214, 5), Sheet("", ()).name_cell(2, 26)
        ('Key skills!F214', 'AA2')
        """
        cell = f"{name_column(column)}{row}"
        return f"{escape_unseen(self.name)}!{cell}" if self.name else cell


FORMULA: Final = "formula"
"""The flaw of a formula that was saved without its value."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file: its name without folder, its sheets, and the names of those that were not read."""

    file: str
    sheets: tuple[Sheet, ...]
    unread: tuple[str, ...] = ()

    def find_place(self, sheet: Sheet, row: int, column: int) -> Place:
        """The place of a cell; ``row`` is counted from 1, ``column`` from 0."""
        return Place(self.file, row, sheet.name_cell(row, column))


def name_column(column: int) -> str:
    """The letters of a column that is counted from 0.

    >>> [name_column(c) for c in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    if column < 26:
        return chr(ord("A") + column)
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parse_column(letters: str) -> int | None:
    """The column, counted from 0, that one to three letters name; None for other texts.

    >>> parse_column("AA"), parse_column("a"), parse_column("Job")
    (26, 0, None)
    """
    if not re.fullmatch(r"[A-Za-z]{1,2}|[A-Xa-x][A-Za-z]{2}", letters) or (
        len(letters) == 3 and letters.upper() > "XFD"
    ):
        return None
    if len(letters) == 3 and not letters.isupper():
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def fold_name(name: str) -> str:
    """A name or header as it is compared: letter case and the width of blanks make no difference.

    >>> fold_name(" Key\\u00a0 Skills")
    'key skills'
    """
    return " ".join(clean_text(name).casefold().split())


def clean_text(raw: str) -> str:
    """A text as records hold it: trimmed, NFC, with plain blanks and line feeds and nothing that cannot be seen.

    >>> clean_text(" Pay\\u00a0band\\u200b\\r\\n- one\\u2028- two ")
    'Pay band\\n- one\\n- two'
    """
    if not _ODD.search(raw):
        return raw.strip(" ")
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", raw).replace("\t", " "))
    return unicodedata.normalize("NFC", clean_blanks(text)).strip()
