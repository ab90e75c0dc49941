"""Plain document -> YAML text: made to be read and reviewed, the same bytes for the same document.

What the strict reader reads back is equal to what was written. Characters that cannot be seen are written as
escapes, so that a change of them shows in a diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rolegraph.records.document import CONTROL, Document, quote

WIDTH: Final = 100
"""Columns after which a text is folded."""

_MAX_KEY: Final = 100
# YAML looks for the colon of a key within 1024 characters; an escape takes at most ten.

_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/@+-]*[A-Za-z0-9._/@+-])?")
_PLAIN_START = re.compile(r"[A-Za-z0-9(/\u00c0-\u024f]")
_PLAIN_END = re.compile(r": | #|:$")
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# Fixed ranges rather than what a version of Python knows of Unicode, so that the bytes do not depend on it.
_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U0001fffe\U0001ffff\U000e0000-\U0010ffff]"
)
_BREAK = re.compile(r"(?<! ) (?! )")


def write_yaml(document: dict[str, Document]) -> str:
    """The YAML text of a document of texts, lists and mappings.

    Raises ValueError for a text that the strict reader refuses: an empty or padded one, control characters.

    >>> print(write_yaml({"label": "Yes: no # maybe", "levels": ["M1", "M2"], "years": {"min": "0", "max": "2"}}), end="")
    label: "Yes: no # maybe"
    levels: [M1, M2]
    years: {min: 0, max: 2}
    """
    if not document:
        return "{}\n"
    return "\n".join(_write_mapping(document, 0)) + "\n"


def write_lines(document: dict[str, Document], indent: int = 0) -> list[str]:
    """The lines of the entries of a mapping, without their line ends, ``indent`` spaces from the margin."""
    return list(_write_mapping(document, indent))


def write_items(items: list[Document], indent: int = 0) -> list[str]:
    """The lines of the items of a list, likewise."""
    return list(_write_list(items, indent))


def _write_mapping(document: dict[str, Document], indent: int) -> Iterator[str]:
    for key, value in document.items():
        _check(key)
        shown = key if _WORD.fullmatch(key) and len(key) <= _MAX_KEY else _escape(key)
        head = " " * indent + f"{shown}:"
        if len(key) > _MAX_KEY:
            yield " " * indent + f"? {shown}"
            head = " " * indent + ":"
        yield from _write_value(head, value, indent + 2)


def _write_list(items: list[Document], indent: int) -> Iterator[str]:
    for item in items:
        head = " " * indent + "-"
        if isinstance(item, dict) and item:
            lines = list(_write_mapping(item, indent + 2))
            yield f"{head} {lines[0][indent + 2 :]}"
            yield from lines[1:]
        else:
            yield from _write_value(head, item, indent + 2)


def _write_value(head: str, value: Document, indent: int) -> Iterator[str]:
    """The lines of a value after ``head`` (a key or a dash); what does not fit there stands below, indented."""
    if isinstance(value, str):
        yield from _write_text(head, value, indent)
    elif isinstance(value, dict | list):
        flow = _write_flow(value)
        if flow is not None and (not value or len(head) + len(flow) < WIDTH):
            yield f"{head} {flow}"
        else:
            yield head
            if isinstance(value, dict):
                yield from _write_mapping(value, indent)
            else:
                yield from _write_list(value, indent)
    else:
        raise ValueError(f"{value!r} is not a text, a list or a mapping")


def _write_flow(value: dict[str, Document] | list[Document]) -> str | None:
    """Lists of words and mappings of figures stand on one line; None for others."""
    if isinstance(value, list):
        words = [item for item in value if isinstance(item, str) and _is_word(item)]
        return f"[{', '.join(words)}]" if len(words) == len(value) else None
    pairs = [f"{k}: {v}" for k, v in value.items() if _is_word(k) and isinstance(v, str) and _is_word(v)]
    has_figure = any(isinstance(v, str) and _FIGURE.fullmatch(v) for v in value.values())
    if len(pairs) < len(value) or (pairs and not has_figure):
        return None
    return "{" + ", ".join(pairs) + "}"


def _is_word(text: str) -> bool:
    return " " not in text and _WORD.fullmatch(text) is not None


def _write_text(head: str, text: str, indent: int) -> Iterator[str]:
    _check(text)
    if _UNSEEN.search(text):
        yield f"{head} {_escape(text)}"
    elif "\n" in text:
        yield f"{head} |-"
        yield from (" " * indent + line if line else "" for line in text.split("\n"))
    elif len(head) + len(text) >= WIDTH and _BREAK.search(text):
        yield f"{head} >-"
        yield from (" " * indent + line for line in _fold(text, WIDTH - indent))
    elif _PLAIN_START.match(text) and not _PLAIN_END.search(text):
        yield f"{head} {text}"
    else:
        yield f"{head} {_escape(text)}"


def _fold(text: str, width: int) -> Iterator[str]:
    """The lines of a folded text: broken only where one single space stands, which folding gives back."""
    line = ""
    for part in _BREAK.split(text):
        if line and len(line) + 1 + len(part) > width:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + _UNSEEN.sub(lambda match: _escape_character(ord(match[0])), escaped) + '"'


def _escape_character(code: int) -> str:
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _check(text: str) -> None:
    if not text or text != text.strip(" \n") or CONTROL.search(text):
        raise ValueError(f"{quote(text)} cannot be written: it is empty, padded or holds a control character")
