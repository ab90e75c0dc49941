"""Blanks of other widths and characters without any, as pages and spreadsheets are full of them."""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Joiners (U+200C, U+200D) and marks of direction change what is read, and stay.
_NO_WIDTH: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")


def clean_blanks(text: str) -> str:
    """The text with plain blanks for those of other widths, and no characters without width; tabs stay.

    >>> clean_blanks("Pay\\u00a0band\\u200b of\\u2009the bakery")
    'Pay band of the bakery'
    """
    if text.isascii():
        return text
    return _NO_WIDTH.sub("", _BLANKS.sub(" ", text))
