"""HTML -> the lines that a reader of the page sees.

Blocks end lines, items of lists are bullets, rows of tables keep their cells, and what stands inside a line is run
together as browsers do when a page is copied (``innerText``). Nothing is fetched and no entity is expanded but
the named characters of HTML.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import Final

from rolegraph.records.page.lines import Cleaned, Line, clean_spaces
from rolegraph.records.page.tags import BLOCKS, SILENT, VOID

_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BULLETS: Final = re.compile(r"[•◦▪‣●∙]\s*")


def read_html(text: str) -> Cleaned:
    """The lines of an HTML page; their numbers are those of its source.

    >>> [(l.number, l.text) for l in read_html("<h2>Skills</h2>\\n<p>Dough <b>mix</b>ing</p>").lines]
    [(1, 'Skills'), (2, 'Dough mixing')]
    """
    reader = _Reader()
    reader.feed(_drop_comments(text.replace("\r\n", "\n").replace("\r", "\n")))
    reader.close()
    reader.end_row()
    return Cleaned(tuple(reader.lines))


def _drop_comments(text: str) -> str:
    """The text without comments; their line ends stay. What cannot be a tag or comment is marked as text.

    The parser would look through the rest of the page for the end of each one that has none.
    """
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        if (end := text.find("-->", start + 4)) < 0:
            break
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    rest = text[at:].replace("<!--", "&lt;!--")
    last = rest.rfind(">") + 1
    return "".join([*parts, rest[:last], rest[last:].replace("<", "&lt;")])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._number = 0
        self._bullet = False
        self._heading = False
        self._silent: list[str] = []
        self._cells: list[str] | None = None
        self._in_cell = False
        self._row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        elif self._silent and tag == "body":
            # A head that is not closed ends where the body begins.
            self._silent.clear()
        if self._silent:
            return
        if tag == "tr":
            self.end_row()
            self._cells, self._row = [], self.getpos()[0]
        elif tag in ("td", "th") and self._cells is not None:
            self._end_cell()
            self._in_cell = True
        elif self._cells is not None and tag in BLOCKS:
            self._parts.append(" ")
        elif tag in BLOCKS:
            self.end_line()
            self._bullet = self._bullet or tag == "li"
            self._heading = tag in _HEADINGS

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash means nothing: <div/> opens a div. A silent one would swallow the page, so it is passed.
        if tag in VOID or tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
            return
        if tag in ("tr", "table", "tbody", "thead"):
            self.end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif self._cells is not None and tag in BLOCKS:
            self._parts.append(" ")
        elif tag in BLOCKS:
            self.end_line()
            self._bullet = self._bullet and tag not in ("li", "ul", "ol")
            self._heading = False

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._number and data.strip():
            blanks = len(data) - len(data.lstrip())
            self._number = self.getpos()[0] + data.count("\n", 0, blanks)
        self._parts.append(data)

    def _take_text(self) -> str:
        # First the blanks of HTML, then those that stand for one: a no-break space is not run together.
        text = clean_spaces(_BLANKS.sub(" ", "".join(self._parts)).strip(" ")).strip()
        self._parts.clear()
        # Written-out characters may have to be put together: e&#769; is é.
        return unicodedata.normalize("NFC", text)

    def _end_cell(self) -> None:
        text, self._number = self._take_text(), 0
        if self._cells is not None and (text or self._in_cell):
            self._cells.append(text)
        self._in_cell = False

    def end_row(self) -> None:
        """Ends the row of a table that is being read, or else the line."""
        if self._cells is None:
            self.end_line()
            return
        self._end_cell()
        cells, self._cells = tuple(self._cells), None
        if any(cells):
            said = " ".join(cell for cell in cells if cell)
            self.lines.append(
                Line(self._row, said, cells=cells, row=True) if len(cells) > 1 else Line(self._row, said)
            )

    def end_line(self) -> None:
        """Ends the line that is being read, if it says anything."""
        number, self._number = self._number, 0
        if not (text := self._take_text()):
            return
        bullet = self._bullet
        if found := _BULLETS.match(text):
            text, bullet = text[found.end() :], True
        if text:
            self.lines.append(Line(number, text, bullet, self._heading))
            self._bullet = False
