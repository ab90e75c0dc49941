"""Text -> the lines of a page: what they say, without the marks of lists, headings and emphasis.

A line that holds a few tags or entities of HTML is freed of them where their meaning is certain.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from typing import Final, NamedTuple

from rolegraph.records.blanks import clean_blanks
from rolegraph.records.page.tags import BLOCKS, INLINES


class Line(NamedTuple):
    """What one line of a page says. ``number`` is its line in the file as it was saved, counted from 1.

    ``heading`` is its rank where it is marked as a heading (1 to 6), else 0. ``cells`` are what stands apart in it:
    the cells of a ``row`` of a table, or texts with tabs between them. ``parts`` are an element of HTML that the line
    begins with, and what stands behind it, ``block`` the name of the block of HTML in which it begins. ``last`` marks
    the last line of a page.
    """

    number: int
    text: str
    bullet: bool = False
    heading: int = 0
    cells: tuple[str, ...] = ()
    row: bool = False
    parts: tuple[str, ...] = ()
    last: bool = False
    block: str = ""


class Cleaned(NamedTuple):
    """The lines of a page that say something, and the numbers of those that markup was taken out of."""

    lines: tuple[Line, ...]
    marked: tuple[int, ...] = ()
    html: bool = False


_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SOFT_END: Final = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_BULLET: Final = re.compile(r"(?:[•◦▪‣●∙]\s*|[-*+]\s+)(?=\S)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_HEADING_END: Final = re.compile(r"\s+#+$")
_BOLD: Final = re.compile(r"\*\*(?=\S)([^*]++)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_]++)(?<=\S)__(?!\w)")
_ITALIC: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]++)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]++)(?<=\S)_(?!\w)"
)
_CODE: Final = re.compile(r"(?<!`)`(?=[^\s`])([^`]++)(?<=\S)`(?!`)")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{}~])")
_HIDE: Final = {ord(character): 0xF0000 + ord(character) for character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{}~"}
"""Characters behind a backslash are no markup: while that is looked for, others stand for them."""

_SHOW: Final = {hidden: character for character, hidden in _HIDE.items()}
_LINK: Final = re.compile(r"\[([^\[\]]+)\]\((?:https?:|mailto:|[/#.])[^()\s]*\)")
_RULER: Final = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_DASHES: Final = re.compile(r":?-{1,}:?")
_NAMES: Final = "|".join(sorted(BLOCKS | INLINES, key=lambda name: (-len(name), name)))
_TAG: Final = re.compile(
    rf"</?({_NAMES})(?:\s+[A-Za-z][\w:-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))*\s*/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def split_lines(text: str) -> Cleaned:
    """The lines of a page that was saved as text or Markdown; empty ones are left out.

    >>> split_lines("# Skills\\n\\n- <b>Milling</b> &amp; drying\\n").lines[1]
    Line(number=3, text='Milling & drying', bullet=True, heading=0, cells=(), row=False, parts=(), last=True, block='')
    """
    lines: list[Line] = []
    marked: list[int] = []
    for number, raw in enumerate(_LINE_END.split(text), 1):
        if not raw or raw.isspace():
            continue
        for part in _SOFT_END.split(raw):
            pieces = [part]
            if ("<" in part or "&" in part) and (pieces := list(_free(part))) != [part]:
                marked.append(number)
            lines += (line for piece in pieces if (line := read_line(number, piece)) is not None)
    return Cleaned(mark_last(lines), tuple(dict.fromkeys(marked)))


def mark_last(lines: list[Line]) -> tuple[Line, ...]:
    """The lines of a page, the last of which is marked: what is not whole there tells that the page breaks off."""
    return (*lines[:-1], lines[-1]._replace(last=True)) if lines else ()


def _free(raw: str) -> Iterator[str]:
    """The lines that are left of one when known tags are taken out and known entities are written out."""

    def replace(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name == "li" and found[0][1] != "/":
            return "\n• "
        return "\n" if name in BLOCKS else ""

    def write_out(found: re.Match[str]) -> str:
        known = found[1].startswith("#") or f"{found[1]};" in html5
        return html.unescape(found[0]) if known else found[0]

    for piece in _TAG.sub(replace, raw).split("\n"):
        if piece.strip() not in ("", "•"):
            # Written-out characters may have to be put together: e&#769; is é.
            yield unicodedata.normalize("NFC", _ENTITY.sub(write_out, piece))


def read_line(number: int, raw: str) -> Line | None:
    """What a line of text or Markdown says; None where it says nothing (a rule between sections)."""
    text = clean_blanks(raw).strip()
    if not text or _RULER.match(text):
        return None
    if text[0] == "|" and text[-1] == "|" and len(text) > 1:
        cells = [cell.strip().replace(r"\|", "|") for cell in _CELL_END.split(text)[1:-1]]
        if all(_DASHES.fullmatch(cell) for cell in cells):
            return None
        return make_row(number, cells)._replace(row=True)
    heading = _HEADING.match(text)
    rank = len(heading[1]) if heading else 0
    if heading:
        text = _HEADING_END.sub("", text[heading.end() :])
    bullet = None if heading else _BULLET.match(text)
    if bullet:
        text = text[bullet.end() :]
    if "\t" in text and len(cells := [cell for cell in map(str.strip, text.split("\t")) if cell]) > 1:
        line = make_row(number, cells)
        return line._replace(bullet=bool(bullet), heading=rank)
    text = free_emphasis(text.replace("\t", " ")).strip()
    return Line(number, text, bool(bullet), rank) if text else None


def make_row(number: int, cells: list[str]) -> Line:
    """A row of a table; its text is that of its cells, one after the other."""
    cleaned = tuple(free_emphasis(cell.replace("\t", " ")).strip() for cell in cells)
    return Line(number, " ".join(cell for cell in cleaned if cell), cells=cleaned)


def free_emphasis(text: str) -> str:
    """The text without the marks of Markdown: emphasis, code, escapes, and links as their words.

    >>> free_emphasis("**Skills** of [the canon](/canon) at 2 ** 3, *once* and snake_case_names")
    'Skills of the canon at 2 ** 3, once and snake_case_names'
    >>> free_emphasis("`MANUFA.BIOPROCE4427.M3` (IQ/OQ\\\\) \\\\*")
    'MANUFA.BIOPROCE4427.M3 (IQ/OQ) *'
    """
    escaped = "\\" in text
    if escaped:
        text = _ESCAPE.sub(lambda found: found[1].translate(_HIDE), text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "*" in text or "_" in text:
        for pattern in (_ITALIC, _BOLD, _ITALIC):
            text = pattern.sub(lambda found: found[1] or found[2], text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return text.translate(_SHOW) if escaped else text
