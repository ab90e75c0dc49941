"""Texts folded so that they can be found: letter case, accents, dashes and punctuation make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
}
"""Letters that do not come apart into a plain letter and a mark, though people type a plain one for them."""

_APOSTROPHES: Final = frozenset("\u2018\u2019\u02bc")
_FIRST: Final = {0xB4: "", 0x2122: " ", 0x2120: " "}
"""What would come apart into other than is meant: the acute, an apostrophe, into a blank; TM and SM into letters."""
_OTHER: Final = re.compile(r"[^\x00-\x7f]")
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
    return " ".join(_WORD.findall(text.lower().replace("'", "").replace("`", "").replace("&", " and ")))


def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a text in their order."""
    return tuple(fold(text).split())


def _drop_marks(text: str) -> str:
    """The text in plain letters, with a blank for every sign that is not of ASCII."""
    apart = unicodedata.normalize("NFKD", text.translate(_FIRST)).casefold()
    # Folding may bring forth what comes apart once more.
    return _OTHER.sub(_keep_letter, unicodedata.normalize("NFKD", apart))


def _keep_letter(match: re.Match[str]) -> str:
    return _fold_letter(match[0])


@lru_cache(maxsize=1 << 12)
def _fold_letter(letter: str) -> str:
    if unicodedata.combining(letter) or letter in _APOSTROPHES:
        return ""
    # Vowel signs of Indic scripts are marks that do not combine: without them words would be others.
    kept = letter.isalnum() or unicodedata.category(letter)[0] == "M"
    return _LETTERS.get(letter, letter) if kept else " "
