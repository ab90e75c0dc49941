"""Texts folded so that they can be found: letter case, accents, dashes and punctuation make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
"""Letters that do not come apart into a plain letter and a mark, though people type a plain one for them."""

_APOSTROPHES: Final = str.maketrans("", "", "'\u2018\u2019\u02bc`\u00b4")
_WORD: Final = re.compile(r"[a-z0-9\x80-\U0010ffff]+[+#]*")
"""A word of plain letters. Signs at its end tell names apart: C, C++ and C#."""


def fold(text: str) -> str:
    """The words of a text in plain letters, one blank between them.

    >>> fold("Führungskraft – F&E (m/w)")
    'fuhrungskraft f and e m w'
    >>> fold("C++") == fold("c")
    False
    """
    if not text.isascii():
        text = _drop_marks(text)
    return " ".join(_WORD.findall(text.lower().translate(_APOSTROPHES).replace("&", " and ")))


def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a text in their order."""
    return tuple(fold(text).split())


def _drop_marks(text: str) -> str:
    """The text in plain letters and lower case, with a blank for every sign that is not of ASCII."""
    # Folding may bring forth what comes apart once more.
    apart = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    )
    return "".join(c if c.isascii() else _keep_letter(c) for c in apart.translate(_LETTERS))


@lru_cache(maxsize=1 << 12)
def _keep_letter(character: str) -> str:
    if unicodedata.combining(character) or character in "\u2019\u02bc":
        return ""
    # Vowel signs of Indic scripts are marks that do not combine: without them words would be others.
    return character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
