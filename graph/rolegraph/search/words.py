"""The words that are asked for: how well a name holds them, and what may be meant where they are misspelt."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from rolegraph.folding import fold

EXACT, PREFIX, WHOLE, BEGUN, ALIKE = 0, 1, 2, 3, 4
"""How well words are held, best first."""

_MOST: Final = 30
"""Words that one misspelt word may stand for."""
_LOOSE: Final = 0.75
"""The likeness (Indel) from which a word of other length is taken for another: technik and technique."""
_ODD_START: Final = 0.5
"""What a wrong first letter weighs beside other wrong letters: it is the one that people get right."""
_BEGUN: Final = 0.25
_LOOSE_WEIGHT: Final = 3.0
_BLANK: Final = 1.0
"""What a blank too many or too few weighs: as much as a wrong letter."""
_SMALL: Final = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_SMALL_WEIGHT: Final = 0.5
"""What it weighs that small words are passed over: manager of operations, operations manager."""


class Query(NamedTuple):
    """What is asked for: the folded text, and its words."""

    folded: str
    words: tuple[str, ...]


def make_query(text: str) -> Query:
    """A text as a query; one without a letter or digit has no words."""
    folded = fold(text)
    return Query(folded, tuple(folded.split()))


def rank(query: Query, folded: str) -> int | None:
    """How well a folded name holds the words; None where it does not hold them all.

    >>> [rank(make_query("Nurse Man"), name) for name in ("nurse man", "nurse manager", "a nurse and a man")]
    [0, 1, 2]
    >>> rank(make_query("man nurse"), "nurse manager"), rank(make_query("nurse"), "doctor")
    (3, None)
    """
    if folded == query.folded:
        return EXACT
    if folded.startswith(query.folded):
        return PREFIX
    padded = f" {folded} "
    if not all(f" {word}" in padded for word in query.words):
        return None
    return WHOLE if all(f" {word} " in padded for word in query.words) else BEGUN


class Source(Protocol):
    """Names with a number each, found by their words."""

    def list_words(self) -> Sequence[str]:
        """Every word, sorted."""

    def find_begun(self, word: str) -> set[int]:
        """The names that hold a word, or one that it begins."""

    def find_whole(self, words: Sequence[str]) -> Mapping[str, set[int]]:
        """The names that hold each of some words."""


class OwnNames:
    """Names in memory, numbered as they come."""

    def __init__(self, folded: Iterable[str]) -> None:
        self._holders: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(folded):
            for word in name.split():
                self._holders[word].add(number)
        self._words = sorted(self._holders)

    def list_words(self) -> Sequence[str]:
        """Every word, sorted."""
        return self._words

    def find_begun(self, word: str) -> set[int]:
        """The names that hold a word, or one that it begins."""
        found: set[int] = set()
        for place in range(bisect_left(self._words, word), len(self._words)):
            if not self._words[place].startswith(word):
                break
            found |= self._holders[self._words[place]]
        return found

    def find_whole(self, words: Sequence[str]) -> dict[str, set[int]]:
        """The names that hold each of some words."""
        return {word: self._holders[word] for word in words if word in self._holders}


class Speller:
    """What misspelt words may stand for, among the words that there are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._words = sorted(self._known)
        self._corrected: dict[str, dict[str, float]] = {}

    def correct(self, word: str) -> dict[str, float]:
        """The words that may be meant, with how far off each is.

        A word of four letters may have one wrong, one of eight letters two; swapped letters are one (optimal string
        alignment). Words of three letters or fewer, and numbers, are taken as they stand.
        """
        if word not in self._corrected:
            self._corrected[word] = dict(self._list_corrections(word))
        return self._corrected[word]

    def find(self, query: Query, source: Source) -> dict[int, float]:
        """The names that hold all words of a query as they may be meant, with how far off each is."""
        found: dict[int, float] = {}
        for words, weight in self._list_readings(query.words):
            for number, off in self._find_all(words, source).items():
                found[number] = min(found.get(number, 99.0), weight + off)
        return found

    def _find_all(self, words: Sequence[str], source: Source) -> dict[int, float]:
        held: dict[int, float] | None = None
        for word in words:
            offs = {} if word in _SMALL else dict.fromkeys(source.find_begun(word), _BEGUN)
            corrections = self.correct(word)
            whole = source.find_whole([word, *corrections])
            for other, numbers in whole.items():
                off = 0.0 if other == word else corrections[other]
                for number in numbers:
                    offs[number] = min(offs.get(number, 99.0), off)
            held = (
                offs
                if held is None
                else {number: off + held[number] for number, off in offs.items() if number in held}
            )
        return held or {}

    def _list_corrections(self, word: str) -> Iterator[tuple[str, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA, Indel

        if len(word) < 4 or word.isdecimal():
            return
        most = 1 if len(word) < 8 else 2
        close = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=most, limit=_MOST)
        found = {other: off + _ODD_START * (other[0] != word[0]) for other, off, _ in close if off}
        loose = process.extract(
            word, self._words, scorer=Indel.normalized_similarity, score_cutoff=_LOOSE, limit=_MOST
        )
        for other, _, _ in loose:
            if other not in found and other != word and other[:2] == word[:2]:
                found[other] = _LOOSE_WEIGHT
        yield from found.items()

    def _list_readings(self, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], float]]:
        """The words as they stand, without small ones, and with one blank left out or put in between known words."""
        yield words, 0.0
        large = tuple(word for word in words if word not in _SMALL)
        if large and large != words:
            yield large, _SMALL_WEIGHT
        for place in range(len(words) - 1):
            joined = words[place] + words[place + 1]
            if len(joined) > 3 and self._is_begun(joined):
                yield (*words[:place], joined, *words[place + 2 :]), _BLANK
        for place, word in enumerate(words):
            for cut in range(2, len(word) - 1):
                first, second = word[:cut], word[cut:]
                if self._may_be(first, second):
                    yield (*words[:place], first, second, *words[place + 1 :]), _BLANK

    def _may_be(self, first: str, second: str) -> bool:
        """Whether two parts of a word may be words: both are known, or one is and the other nearly so."""
        if first in self._known:
            return self._is_begun(second) or (
                min(len(first), len(second)) > 3 and bool(self._list_close(second))
            )
        return min(len(first), len(second)) > 3 and second in self._known and bool(self._list_close(first))

    def _list_close(self, word: str) -> list[str]:
        return [other for other, off in self.correct(word).items() if off < _LOOSE_WEIGHT]

    def _is_begun(self, word: str) -> bool:
        place = bisect_left(self._words, word)
        return place < len(self._words) and self._words[place].startswith(word)
