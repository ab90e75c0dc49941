"""The bytes of a saved page -> its text, or the reason why they are no page.

The text keeps the lines of the file, so that line numbers refer to the file as it was saved.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rolegraph.errors import Place, Problem
from rolegraph.model import codes
from rolegraph.records.formats import name_format

MAX_BYTES: Final = 20_000_000
"""A file of this size or more is no profile page."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS: Final = {
    # What browsers take these names for (WHATWG Encoding): a page in "ISO-8859-1" is one in windows-1252.
    "us-ascii": "cp1252", "ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "cp1252": "cp1252",
    "macintosh": "mac_roman", "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-8", "utf-16le": "utf-8",
    "iso-8859-9": "cp1254", "gb2312": "gbk", "gbk": "gbk", "gb18030": "gb18030", "big5": "big5",
    "shift_jis": "cp932", "shift-jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    **{f"windows-125{digit}": f"cp125{digit}" for digit in range(9)},
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip

_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|body)\b[^>]*>", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r"</?(?:article|body|dd|div|dl|dt|h[1-6]|header|li|main|ol|p|section|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_ARCHIVE: Final = re.compile(rb"(?:From: <Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_GARBLED: Final = re.compile("â€[”“™˜œ¢¦\x80-\x9f]|Â[·\xa0]|Ã[\xa0-\xbf]|\ufffd")
_HEAD: Final = 4096
"""Where a browser looks for the encoding of a page (the standard asks for the first 1,024 bytes)."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page in Unicode normal form C, and whether it is HTML."""

    text: str
    html: bool


def decode_page(name: str, data: bytes) -> PageText | Problem:
    """The text of the file ``name``, or why it cannot be read.

    UTF-8 with or without a mark, UTF-16 and UTF-32 with one; HTML in the encoding that it states.

    >>> decode_page("a.txt", "Löwe".encode())
    PageText(text='Löwe', html=False)
    >>> print(decode_page("a.txt", b"one\\nL\\xf6we"))
    a.txt:2: the byte 0xF6 is not UTF-8; save the page as UTF-8 (it may be in Latin-1) [page-encoding]
    """
    if (problem := _judge_bytes(name, data)) is not None:
        return problem
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is not None:
        data = data[next(len(mark) for mark, _ in _MARKS if data.startswith(mark)) :]
    elif (at := data.find(0)) >= 0 and _is_utf16(data):
        return Problem(
            "page-encoding", "the file is in UTF-16 without its mark",
            Place(name, _count_lines(data, at)), "", "save the page as UTF-8, or as UTF-16 with its mark",
        )  # fmt: skip
    elif at >= 0:
        return Problem(
            "page-binary", "the file holds zero bytes, as binary files do",
            Place(name, _count_lines(data, at)), "", "give a page saved as text, Markdown or HTML in UTF-8",
        )  # fmt: skip
    else:
        stated = _find_charset(data[:_HEAD])
        encoding = "utf-8" if stated is None else _ENCODINGS.get(stated)
        if encoding is None:
            return Problem(
                "page-encoding", f"the page says that its encoding is {stated}, which is not known here",
                Place(name, 1), "", "save the page as UTF-8",
            )  # fmt: skip
    return _decode(name, data, encoding)


def _judge_bytes(name: str, data: bytes) -> Problem | None:
    if len(data) >= MAX_BYTES:
        return Problem(
            "page-too-large", f"the file has {MAX_BYTES:,} bytes or more; a page has less",
            Place(name), "", "give the page of one profile",
        )  # fmt: skip
    if not data.strip():
        return Problem("page-empty", "the file is empty", Place(name), "", "save the page again")
    if what := name_format(data):
        return Problem(
            "page-binary", f"the file is {what}, not a page", Place(name, 1), "",
            "save the page as text, Markdown or HTML",
        )  # fmt: skip
    if _ARCHIVE.match(data):
        return Problem(
            "page-archive", "the file is a web archive, not a page", Place(name, 1), "",
            "save the page as text or as HTML alone",
        )  # fmt: skip
    return None


def _find_charset(head: bytes) -> str | None:
    """The encoding that an HTML page states; None where the file is no HTML or states none."""
    if not _is_html(head.decode("latin-1")):
        return None
    found = _CHARSET.search(head)
    return found[1].decode().lower() if found else None


def _is_html(text: str) -> bool:
    """Whether a text is HTML rather than a text in which a few tags were left.

    A part of a page counts, which begins with a block and has about as many tags of blocks as it has lines.
    """
    if _HTML.search(text, 0, _HEAD) is not None:
        return True
    if _BLOCK.match(text[:_HEAD].lstrip()) is None:
        return False
    lines = sum(1 for line in _LINE_END.split(text) if line.strip())
    return sum(1 for _ in _BLOCK.finditer(text)) >= lines


def _decode(name: str, data: bytes, encoding: str) -> PageText | Problem:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-8" if encoding == "utf-8" else encoding
        what = f"the byte 0x{data[error.start]:02X} is not {shown}"
        line = _count_lines(data, error.start)
        if encoding.startswith(("utf-16", "utf-32")):
            line = len(_LINE_END.findall(data[: error.start].decode(encoding, "ignore"))) + 1
        likely = _guess_encoding(data) if encoding == "utf-8" else ""
        remedy = f"save the page as UTF-8{f' (it may be in {likely})' if likely else ''}"
        return Problem("page-encoding", what, Place(name, line), "", remedy)
    if not text.strip("\ufeff \t\r\n"):
        return Problem("page-empty", "the file is empty", Place(name), "", "save the page again")
    if found := _CONTROL.search(text):
        return Problem(
            "page-control", f"the page holds {codes.name_control(found[0])}", _place(name, text, found), "",
            "remove it, or save the page again as text in UTF-8",
        )  # fmt: skip
    if found := _GARBLED.search(text):
        lost = found[0] == "\ufffd"
        what = "a character that was lost" if lost else f"'{found[0]}', letters of a wrong encoding"
        return Problem(
            "page-encoding", f"the page holds {what}", _place(name, text, found), "",
            "save the page again as UTF-8",
        )  # fmt: skip
    return PageText(unicodedata.normalize("NFC", text), _is_html(text))


def _guess_encoding(data: bytes) -> str:
    """The encoding that bytes which are not UTF-8 are likely in; empty where none is likely."""
    high = [byte for byte in data if byte >= 0x80]
    if len(high) * 3 > len(data):
        # Hardly a text in Latin letters.
        return ""
    if all(byte >= 0xA0 for byte in high):
        return "Latin-1"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return "Windows-1252"


def _is_utf16(data: bytes) -> bool:
    """Whether every other byte is zero, or nearly so: what UTF-16 makes of Latin letters."""
    half = max(len(data) // 2, 1)
    even, odd = data[::2].count(0), data[1::2].count(0)
    return len(data) > 8 and max(even, odd) >= 0.7 * half and min(even, odd) <= 0.1 * half


def _place(name: str, text: str, found: re.Match[str]) -> Place:
    return Place(name, len(_LINE_END.findall(text, 0, found.start())) + 1)


def _count_lines(data: bytes, end: int) -> int:
    """The line, counted from 1, of the byte at ``end``."""
    before = data[:end]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
