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

from rolegraph.records.blanks import clean_blanks
from rolegraph.records.page.lines import Cleaned, Line, mark_last
from rolegraph.records.page.tags import AROUND, BLOCKS, INLINES, OPEN_ENDED, SILENT, VOID

_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_HEADINGS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_UNSEEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_OPEN: Final = "\x1e"
_CLOSE: Final = "\x1f"
"""Where an element inside a line begins and ends: characters that no page holds, not even written by number."""

_WHITE: Final = " \t\r\n\f"
_MOST: Final = 200
"""A line with more marks is no name with its description."""

_MARKS: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
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
    return Cleaned(mark_last(reader.lines), html=True)


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
        self._block = ""
        self._begun = ""
        self._bullet = False
        self._heading = 0
        self._silent = ""
        self._depth = 0
        self._inner = 0
        self._cells: list[str] | None = None
        self._in_cell = False
        self._row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent and not self._ends_silence(tag):
            self._depth += tag == self._silent
            self._inner += tag != self._silent and tag in AROUND
            return
        if tag in SILENT or (tag not in VOID and _is_hidden(attrs)):
            self._silent, self._depth, self._inner = tag, 1, 0
            return
        if tag in BLOCKS:
            self._block = tag
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
            self._heading = _HEADINGS.get(tag, 0)
        elif tag in INLINES and tag not in VOID:
            self._parts.append(_OPEN)

    def _ends_silence(self, tag: str) -> bool:
        """Whether a tag ends what is not shown: an item without its end by the next one, a head by the body."""
        ends = tag == "body" or (
            self._depth == 1 and not self._inner and tag in OPEN_ENDED.get(self._silent, ())
        )
        if ends:
            self._silent = ""
        return ends

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash means nothing: <div/> opens a div. A silent one would swallow the page, so it is passed.
        if tag in VOID or tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._depth -= 1
                self._silent = self._silent if self._depth else ""
                return
            if self._inner or tag not in AROUND or self._silent not in OPEN_ENDED:
                self._inner -= bool(self._inner) and tag in AROUND
                return
            self._silent = ""
        if tag in ("tr", "table", "tbody", "thead"):
            self.end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif self._cells is not None and tag in BLOCKS:
            self._parts.append(" ")
        elif tag in BLOCKS:
            self.end_line()
            self._bullet = self._bullet and tag not in ("li", "ul", "ol")
            self._heading = 0
        elif tag in INLINES and tag not in VOID:
            self._parts.append(_CLOSE)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._number and data.strip():
            blanks = len(data) - len(data.lstrip())
            self._begun = self._block
            self._number = self.getpos()[0] + data.count("\n", 0, blanks)
        self._parts.append(data)

    def _take_text(self) -> str:
        """What was said, with the marks of elements."""
        text = "".join(self._parts)
        self._parts.clear()
        return text

    def _end_cell(self) -> None:
        text, self._number = _clean(self._take_text()), 0
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
        raw = self._take_text()
        if not (text := _clean(raw)):
            return
        bullet = self._bullet
        if found := _BULLETS.match(text):
            text, bullet = text[found.end() :], True
        if text:
            self.lines.append(Line(number, text, bullet, self._heading, parts=_part(raw), block=self._begun))
            self._bullet = False


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element is not shown, or not meant to be read."""
    return any(
        name == "hidden" or (name == "aria-hidden" and value == "true")
        or (name == "style" and _UNSEEN.search(value or "") is not None)
        for name, value in attrs
    )  # fmt: skip


def _clean(raw: str) -> str:
    # First the blanks of HTML, then those that stand for one: a no-break space is not run together.
    text = clean_blanks(_BLANKS.sub(" ", _MARKS.sub("", raw)).strip(" ")).strip()
    # Written-out characters may have to be put together: e&#769; is é.
    return unicodedata.normalize("NFC", text)


def _part(raw: str) -> tuple[str, ...]:
    """The element that a line begins with and what stands behind it; nothing where it begins with none.

    >>> _part("\\x1eDough\\x1f  Mixing it \\x1ewell\\x1f."), _part("Dough \\x1emixing\\x1f")
    (('Dough', 'Mixing it well.'), ())
    """
    # A blank strip() would take the marks with it.
    raw = raw.strip(_WHITE) if len(_MARKS.findall(raw)) <= _MOST else ""
    while raw.startswith(_OPEN):
        depth = 0
        for mark in _MARKS.finditer(raw):
            depth += 1 if mark[0] == _OPEN else -1
            if depth == 0:
                break
        if depth:
            return ()
        first, rest = raw[1 : mark.start()], raw[mark.end() :]
        if _clean(rest) and _clean(first):
            return (_clean(first), _clean(rest))
        raw = (first if _clean(first) else rest).strip(_WHITE)
    return ()
