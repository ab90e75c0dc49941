"""Workbooks of rows, written as they come: header frozen and filtered, numbers as numbers, texts as texts.

A sheet of a workbook (ECMA-376, part 1, 18.3) is a list of rows in XML. Written straight, a million cells take seconds
and no memory; by way of objects for each cell they take a minute.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Final, cast

from rolegraph.display import measure_width
from rolegraph.output import Sink
from rolegraph.spreadsheet.book import DAY, HEADER_FILL, MAX_ROWS, clip_text, name_sheet, show_text

Cell = str | int | float | None

_NARROWEST: Final = 8
_WIDEST: Final = 60
"""The columns' widths in characters; longer texts are wrapped."""

_MARGIN: Final = 2
_BUTTON: Final = 3
"""The room, in characters, of a header's filter."""

_MEASURED: Final = 2_000
"""By so many rows the widths of columns are found."""

_FULL: Final = 1 << 30
"""A sheet of so many bytes is full: beyond 2 GiB a workbook is in a form that not every reader knows."""

_AT_ONCE: Final = 1_000
"""How many rows are written at once."""

_HEAD, _TEXT, _NUMBER = 1, 2, 3
"""The formats of cells, by their place in the styles."""

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="{HEADER_FILL}"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


_ROOT: Final = (
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
)

_DAY: Final = f"{DAY:%Y-%m-%dT%H:%M:%SZ}"
_CORE: Final = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f'<dc:creator>rolegraph</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:created>'
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:modified></cp:coreProperties>'
)


class BookWriter:
    """A workbook on its way to a sink; :meth:`close` it after its sheets. The same rows give the same bytes.

    A text is stored as text whatever it begins with, so that nothing in it is ever run as a formula; characters that
    cannot be seen are shown as escapes, and a text that is longer than a cell can hold ends in an ellipsis.
    """

    def __init__(self, sink: Sink) -> None:
        self._file = zipfile.ZipFile(cast("IO[bytes]", _Stream(sink)), "w", zipfile.ZIP_DEFLATED)
        self.names: list[str] = []
        """The names of the sheets so far."""
        # What kind of file it is stands first. Parts that are not named are sheets: their number is not known yet.
        self._put(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="{_KIND}.worksheet+xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/docProps/core.xml"'
            ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        )
        self._put("_rels/.rels", _write_links(_ROOT))
        self._put("docProps/core.xml", _CORE)
        self._put("xl/styles.xml", _STYLES)

    def add_sheets(self, wanted: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a sheet of rows; those that it cannot hold go on in further ones of the same name with a number."""
        left = iter(rows)
        left = self._add_sheet(wanted, header, left)
        while (following := next(left, None)) is not None:
            left = self._add_sheet(wanted, header, chain((following,), left))

    def _add_sheet(
        self, wanted: str, header: Sequence[str], rows: Iterator[Sequence[Cell]]
    ) -> Iterator[Sequence[Cell]]:
        """Write one sheet; returns the rows that are left."""
        self.names.append(name_sheet(wanted, self.names))
        measured = list(islice(rows, _MEASURED))
        rows = chain(measured, rows)
        letters = [_find_letters(column) for column in range(len(header))]
        with self._open(f"xl/worksheets/sheet{len(self.names)}.xml") as part:
            part.write(_begin_sheet(measure_columns(header, measured)).encode())
            part.write(_write_row(1, letters, header, _HEAD).encode())
            number, size = 1, 0
            while number < MAX_ROWS and size < _FULL:
                batch = list(islice(rows, min(_AT_ONCE, MAX_ROWS - number)))
                if not batch:
                    break
                lines = (_write_row(number + at, letters, row, _TEXT) for at, row in enumerate(batch, 1))
                text = "".join(lines).encode()
                number, size = number + len(batch), size + len(text)
                part.write(text)
            part.write(_end_sheet(f"A1:{letters[-1]}{number}").encode())
        return rows

    def close(self) -> None:
        """Write what ties the sheets together."""
        count = len(self.names)
        numbers = range(1, count + 1)
        names = [_escape(name).replace('"', "&quot;") for name in self.names]
        quoted = [name.replace("'", "''") for name in names]
        sheets = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>'
            for at, name in zip(numbers, names, strict=True)
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">\'{name}\'!$1:$1</definedName>'
            for at, name in enumerate(quoted)
        )
        self._put(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets>'
            f"<definedNames>{titles}</definedNames></workbook>",
        )
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in numbers
        )
        styles = f'<Relationship Id="rId{count + 1}" Type="{_LINKS}/styles" Target="styles.xml"/>'
        self._put("xl/_rels/workbook.xml.rels", _write_links(links + styles))
        self._file.close()

    def _put(self, name: str, xml: str) -> None:
        with self._open(name) as part:
            part.write(f"{_XML}{xml}".encode())

    def _open(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
        return self._file.open(entry, "w")


class _Stream:
    """A sink as a file that cannot be sought in."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        return self._sink.write(data)

    def flush(self) -> None:
        pass


def measure_columns(header: Sequence[str], body: Sequence[Sequence[Cell]]) -> list[int]:
    """The width of every column: that of its widest line, within reason."""
    widths = []
    for column, title in enumerate(header):
        values = {row[column] for row in body} - {None}
        widest = max((_measure(str(value)) for value in values), default=0)
        widths.append(max(_NARROWEST, min(_WIDEST, max(widest, _measure(title) + _BUTTON) + _MARGIN)))
    return widths


def _measure(text: str) -> int:
    return max(map(measure_width, text.split("\n")))


def _find_letters(column: int) -> str:
    """The letters of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _begin_sheet(widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def _end_sheet(area: str) -> str:
    return f'</sheetData><autoFilter ref="{area}"/><pageSetup orientation="landscape"/></worksheet>'


def _write_row(number: int, letters: Sequence[str], row: Sequence[Cell], style: int) -> str:
    cells = []
    for letter, value in zip(letters, row, strict=True):
        # An empty cell has no format that could be seen.
        if value is None or value == "":
            continue
        if isinstance(value, str):
            text = _escape(clip_text(show_text(value)))
            cells.append(
                f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            )
        else:
            cells.append(f'<c r="{letter}{number}" s="{_NUMBER}"><v>{value!r}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _write_links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
