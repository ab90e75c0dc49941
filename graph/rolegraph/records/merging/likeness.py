"""When two wordings are likely the same: their normal forms, and in words what sets them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
_KEPT: Final = frozenset("+#")
"""Signs that tell names apart: C, C++ and C#."""

_APOSTROPHES: Final = frozenset("'\u2019\u02bc`")
_SMALL_WORDS: Final = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)

_MOST_WORDS: Final = 16
"""The words before a bracket among which those of its abbreviation are looked for."""


def list_forms(label: str) -> tuple[str, ...]:
    """The normal forms of a wording, closest first. Two wordings that share one are likely the same.

    Letter case, punctuation and the order of words make no difference, nor does an abbreviation in brackets that
    stands for the words before it. A wording without a letter or digit has no form.

    >>> list_forms("Design of experiments (DoE)")
    ('design experiments of', 'doe')
    >>> list_forms("Design of Experiments (DOE)") == list_forms("design of experiments: (DOE)")
    True
    >>> list_forms("C++") == list_forms("C#")
    False
    """
    forms = [
        " ".join(sorted(_split(form))) for form in (_drop_abbreviation(label), _apply_abbreviation(label))
    ]
    return tuple(dict.fromkeys(form for form in forms if form))


def explain_likeness(one: str, other: str) -> str:
    """What sets apart two wordings that share a form, in words.

    >>> explain_likeness("Aseptic technique", "Aseptic Technique")
    'The same words in other letter case.'
    >>> explain_likeness("Design of experiments", "Design of Experiments (DoE)")
    'The same words; one adds the abbreviation DoE in brackets.'
    """
    if _fold(one) == _fold(other):
        return "The same words in other letter case."
    if _split(one) == _split(other):
        return "The same words with other punctuation."
    plain, other_plain = _split(_drop_abbreviation(one)), _split(_drop_abbreviation(other))
    found = tuple(dict.fromkeys(a for a in (_find_abbreviation(one), _find_abbreviation(other)) if a))
    if sorted(plain) != sorted(other_plain):
        return f"The same words, once in full and once as the abbreviation {found[0] if found else one}."
    if plain == other_plain:
        if len(found) == 1:
            return f"The same words; one adds the abbreviation {found[0]} in brackets."
        return f"The same words with other abbreviations in brackets, {' and '.join(found)}."
    if found and sorted(_split(one)) != sorted(_split(other)):
        return f"The same words in another order, and the abbreviation {' or '.join(found)} in brackets."
    return "The same words in another order."


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=1 << 16)
def _split(text: str) -> tuple[str, ...]:
    """The words of a text in their order, without case and punctuation."""
    letters = []
    for character in unicodedata.normalize("NFKC", text).casefold().replace("&", " and "):
        # Marks belong to the letters of many scripts.
        if character.isalnum() or character in _KEPT or unicodedata.category(character)[0] == "M":
            letters.append(character)
        elif character not in _APOSTROPHES:
            letters.append(" ")
    return tuple("".join(letters).split())


def _list_abbreviations(label: str) -> Iterator[tuple[re.Match[str], int]]:
    """The brackets that hold an abbreviation, and where the words begin for which it stands."""
    for match in _BRACKETS.finditer(label):
        short = "".join(_split(match[1])).rstrip("+#")
        words = list(re.finditer(r"[^\W_]+", label[: match.start()]))[-_MOST_WORDS:]
        if not 2 <= len(short) <= 12 or len(match[1].split()) > 2:
            continue
        # The most words that the letters account for are meant.
        for first in range(len(words)):
            if _stands_for(short, [word[0].casefold() for word in words[first:]]):
                yield match, words[first].start()
                break


def _stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether the letters are those of the words in order, beginning with the first letter of each word.

    Small words may be passed over.
    """
    if not words:
        return not short
    word, rest = words[0], words[1:]
    if len(words) > 1 and word in _SMALL_WORDS and _stands_for(short, rest):
        return True
    if not short or short[0] != word[0]:
        return False
    taken, at = 1, 1
    while True:
        if _stands_for(short[taken:], rest):
            return True
        if taken == len(short) or (at := word.find(short[taken], at) + 1) == 0:
            return False
        taken += 1


def _find_abbreviation(label: str) -> str:
    return next((match[1].strip() for match, _ in _list_abbreviations(label)), "")


def _drop_abbreviation(label: str) -> str:
    """The wording without abbreviations in brackets."""
    for match, _ in reversed(list(_list_abbreviations(label))):
        label = f"{label[: match.start()]} {label[match.end() :]}"
    return label


def _apply_abbreviation(label: str) -> str:
    """The wording with abbreviations in place of the words for which they stand."""
    for match, start in reversed(list(_list_abbreviations(label))):
        label = f"{label[:start]} {match[1]} {label[match.end() :]}"
    return label
