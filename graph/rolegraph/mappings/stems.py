"""Words of a text as they are compared: folded to small letters without accents, inflections cut off."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+[+#]*")
_EMPTY: Final = frozenset(
    {
        "a", "an", "and", "any", "are", "as", "at", "be", "by", "etc", "for", "from", "ii", "iii", "in",
        "into", "is", "it", "its", "iv", "junior", "may", "not", "of", "on", "one", "or", "other", "others",
        "out", "own", "s", "senior", "such", "than", "that", "the", "their", "them", "these", "they",
        "this", "those", "to", "up", "use", "used", "using", "via", "where", "which", "who", "with",
        "within", "work",
    }
)  # fmt: skip
"""Words that say nothing of what the work is, ranks within an occupation among them."""

_ENDINGS: Final = (
    "isations", "izations", "isation", "ization", "ements", "ations", "ators", "ation", "ement", "ments", "ators", "ating",
    "ator", "ated", "ates", "ment", "ings", "ions", "ists", "ians", "ing", "ion", "ist", "ian", "ors", "ers", "ate", "ies",
    "ed", "er", "or", "es", "al", "ly", "s", "e", "y",
)  # fmt: skip
"""Endings of English words, the longest first: managers, management and managing come to ``manag``."""
_STEM: Final = 4
"""Letters that are left at least."""


def list_stems(text: str) -> list[str]:
    """The words of a text in their order, folded and cut to their stems.

    >>> list_stems("Managers of Bioreactors"), list_stems("bioreactor management")
    (['manag', 'bioreact'], ['bioreact', 'manag'])
    """
    stems = _STEMS
    return [stem for word in _WORD.findall(fold(text)) if (stem := stems[word])]


def fold(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


class _Stems(dict[str, str]):
    """The stems of words, each found once; "" for one that says nothing."""

    def __missing__(self, word: str) -> str:
        stem = self[word] = "" if word in _EMPTY else _stem(word)
        return stem


_STEMS: Final = _Stems()


def _stem(word: str) -> str:
    if not word.isascii():
        return word
    # An engineer is no engine, and process is no plural.
    if word.startswith("engineer") or word.endswith("ss"):
        return "engineer" if word.startswith("engineer") else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
