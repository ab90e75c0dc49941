"""How texts are seen: the columns that they take, and what cannot be seen in them."""

from __future__ import annotations

import unicodedata

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def measure_width(text: str) -> int:
    """The columns that a text without colours takes: wide characters take two, combining ones none.

    >>> measure_width("role"), measure_width("役割")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in {"Cf", "Me"}
        else 2
        if unicodedata.east_asian_width(c) in {"W", "F"}
        else 1
        for c in text
    )


def printable(text: str) -> str:
    """The text with what steers a terminal, or turns the order of the text around it, shown as escapes.

    >>> printable("a\\x1b[2J\\u202eb")
    'a\\\\x1b[2J\\\\u202eb'
    """
    if text.isprintable():
        return text
    return "".join(map(_spell, text))


def escape_turns(text: str) -> str:
    """The text with the marks that embed, override or isolate its direction shown as escapes (Unicode, UAX 9)."""
    return "".join(f"\\u{ord(c):04x}" if c in _TURNS else c for c in text)


def _spell(character: str) -> str:
    if character != "\n" and unicodedata.category(character) == "Cc":
        return f"\\x{ord(character):02x}"
    return escape_turns(character)
