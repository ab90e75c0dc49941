"""How texts are seen: the columns that they take, and what cannot be seen in them."""

from __future__ import annotations

import unicodedata


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
    """The text with its control characters shown as escapes, so that it cannot steer the terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else f"\\x{ord(c):02x}" for c in text)
