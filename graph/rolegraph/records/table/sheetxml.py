"""What the XML of a sheet says and its values do not: errors, formulas without a value, leading zeros, extent.

The XML is searched rather than parsed: a sheet of 100,000 rows holds a million cells, of which few matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from rolegraph.records.table.sheets import FORMULA, parse_column

_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData[\s/>]")
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]*)([0-9]+)["']""")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["']([0-9]+)["']""")
_ERROR = re.compile(rb"""(?:^|\s)t\s*=\s*["']e["']""")
_STRING = re.compile(rb"""(?:^|\s)t\s*=\s*["'](?:str|inlineStr)["']""")

_ANY_COLUMN = re.compile(rb"""r\s*=\s*["']([A-Z]+)""")
# A cell that is written as empty (<c r="XFD1048576" s="1"/>) does not count for the extent of a sheet.
_FILLED = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)([0-9]+)["'](?:[^>]*[^/>])?>""")

MODEST: Final = 10_000_000
"""Sheets that span no more cells than this by their rows and columns are not measured more closely."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Cells by (row, column): those without a value, with the reason, and the digits that others are shown with."""

    flaws: Mapping[tuple[int, int], str]
    digits: Mapping[tuple[int, int], int]


def measure(xml: bytes) -> tuple[int, int]:
    """At most how many rows and columns the filled cells of a sheet take, found without building them.

    >>> measure(b'<c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/><c r="C12345"><v>2</v></c>')
    (12345, 3)
    """
    columns = _count_columns(set(_ANY_COLUMN.findall(xml)))
    rows = 0
    for digits in (7, 6, 5, 4):
        found = set(re.findall(rb"""r\s*=\s*["'][A-Z]+([0-9]{%d,})""" % digits, xml))
        if found:
            rows = max(map(int, found))
            break
    rows = rows or 999
    if rows * columns > MODEST:
        rows = columns = 0
        for match in _FILLED.finditer(xml):
            rows = max(rows, int(match[2]))
            columns = max(columns, (parse_column(match[1].decode()) or 0) + 1)
    return rows, columns


def _count_columns(letters: set[bytes]) -> int:
    return max((parse_column(name.decode()) or 0 for name in letters), default=-1) + 1


def find_zero_styles(styles: bytes | None) -> dict[int, int]:
    """The styles of cells whose number format is zeros alone (``00000``), with the number of zeros."""
    if styles is None:
        return {}
    root = ElementTree.fromstring(styles)  # noqa: S314  # document types are refused before
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
    formats = {
        node.get("numFmtId"): len(code)
        for node in root.iter(f"{space}numFmt")
        if len(code := node.get("formatCode", "")) > 1 and not code.strip("0")
    }
    cells = root.find(f"{space}cellXfs")
    if not formats or cells is None:
        return {}
    return {i: formats[key] for i, xf in enumerate(cells) if (key := xf.get("numFmtId")) in formats}


def scan(xml: bytes, zero_styles: Mapping[int, int]) -> Findings:
    """Errors, formulas that were saved without a value, and numbers that are shown with leading zeros."""
    flaws: dict[tuple[int, int], str] = {}
    digits: dict[tuple[int, int], int] = {}
    data = _DATA.search(xml)
    if data is None:
        return Findings(flaws, digits)
    cells = _Cells(xml, data[1])
    if b'"e"' in xml or b"'e'" in xml:
        for place, attributes, content in cells.search(rb"""[^>]*?\st\s*=\s*["']e["'][^>]*>"""):
            if _ERROR.search(attributes):
                flaws[place] = cells.find_value(content).decode("utf-8", "replace") or "#ERROR"
    if b"<" + data[1] + b"f" in xml:
        for place, attributes, content in cells.search(rb"[^>]*>\s*<" + re.escape(data[1]) + rb"f[\s/>]"):
            # A text formula may well have given an empty text.
            if place not in flaws and not cells.find_value(content) and not _STRING.search(attributes):
                flaws[place] = FORMULA
    if zero_styles:
        numbers = b"|".join(b"%d" % style for style in sorted(zero_styles))
        for place, attributes, _ in cells.search(rb"""[^>]*?\ss\s*=\s*["'](?:%s)["'][^>]*>""" % numbers):
            style = _STYLE.search(attributes)
            width = zero_styles.get(int(style[1])) if style is not None else None
            if width is not None and not _STRING.search(attributes):
                digits[place] = width
    return Findings(flaws, digits)


class _Cells:
    """Finds cells of a sheet by what stands at their beginning."""

    def __init__(self, xml: bytes, prefix: bytes) -> None:
        self._xml = xml
        self._end = b"</" + prefix + b"c>"
        self._head = len(prefix) + 2
        prefix = re.escape(prefix)
        self._begin = b"<" + prefix + rb"c(?=\s)"
        self._value = re.compile(b"<" + prefix + rb"v(?:\s[^>]*)?>([^<]+)<")
        self._any = re.compile(b"<" + prefix + rb"(?:(row)|c)(?=[\s/>])([^>]*)>")
        self._counted: dict[int, tuple[int, int]] | None = None

    def search(self, rest: bytes) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
        """Row and column, attributes and content of the cells that begin so; empty ones are left out."""
        for match in re.finditer(self._begin + rest, self._xml):
            start = match.start()
            opened = self._xml.index(b">", start)
            if self._xml[opened - 1 : opened] == b"/":
                continue
            attributes = self._xml[start + self._head : opened]
            end = self._xml.find(self._end, opened)
            content = self._xml[opened + 1 : end if end >= 0 else opened + 1]
            reference = _REFERENCE.search(attributes)
            if reference is not None:
                yield (int(reference[2]), parse_column(reference[1].decode()) or 0), attributes, content
            else:
                yield self._count_place(start), attributes, content

    def find_value(self, content: bytes) -> bytes:
        """The saved value of a cell; empty where there is none."""
        value = self._value.search(content)
        return value[1] if value is not None else b""

    def _count_place(self, start: int) -> tuple[int, int]:
        """The place of a cell that does not name it: the one after its neighbour on the left."""
        if self._counted is None:
            self._counted = {}
            row, column = 0, -1
            for match in self._any.finditer(self._xml):
                reference = _REFERENCE.search(match[2])
                if match[1]:
                    row, column = (int(reference[2]) if reference else row + 1), -1
                elif reference:
                    row, column = int(reference[2]), parse_column(reference[1].decode()) or 0
                else:
                    column += 1
                self._counted[match.start()] = (row, column)
        return self._counted.get(start, (0, 0))
