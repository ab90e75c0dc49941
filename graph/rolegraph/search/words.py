"""The words that are asked for: how well a name holds them, and what may be meant where they are misspelt."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, takewhile
from typing import Final, NamedTuple, Protocol

from rolegraph.folding import fold

EXACT, PREFIX, WHOLE, BEGUN, FORM, ALIKE = 0, 1, 2, 3, 4, 5
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
_SHORT: Final = 4
"""The letters of words that are too short to have a letter wrong, unless nothing else is found."""
_SHORT_MOST: Final = 300
"""Words that one short word may stand for then: nearly all are one letter away from many."""
_DROPPED: Final = 2.0
"""What it weighs then that a short word is passed over."""
_STEM, _ENDING = 5, 4
"""The letters that forms of a word begin with alike, and the most that each may end with: supervis-or, -ion."""


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

    def find_forms(self, word: str) -> set[int]:
        """The names that hold a word, one that it begins, or another form of it.

        >>> sorted(OwnNames(["production supervision", "supervisor", "superb"]).find_forms("supervisor"))
        [0, 1]
        """
        found = self.find_begun(word)
        if len(word) < _STEM:
            return found
        stem = max(_STEM, len(word) - _ENDING)
        for place in range(bisect_left(self._words, word[:stem]), len(self._words)):
            other = self._words[place]
            if not other.startswith(word[:stem]):
                break
            alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
            if len(other) - alike <= _ENDING:
                found |= self._holders[other]
        return found


class Speller:
    """What misspelt words may stand for, among the words that there are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._words = sorted(self._known)
        self._corrected: dict[str, dict[str, float]] = {}
        self._close: dict[str, dict[str, float]] = {}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_length[len(word)].append(word)

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
        hold = self._hold_in(source, self.correct)
        for words, weight in self._list_readings(query.words):
            for number, off in self._find_all(words, hold).items():
                found[number] = min(found.get(number, 99.0), weight + off)
        return found

    def find_loosely(self, query: Query, source: Source) -> dict[int, float]:
        """The names that hold the words where a short one is wrong, too, or the others where it is passed over."""
        found = self._find_all(query.words, self._hold_in(source, self._correct_short))
        hold = self._hold_in(source, self.correct)
        for place, word in enumerate(query.words):
            rest = query.words[:place] + query.words[place + 1 :]
            if len(word) > _SHORT or word in _SMALL or word.isdecimal() or not {*rest} - _SMALL:
                continue
            for number, off in self._find_all(rest, hold).items():
                found[number] = min(found.get(number, 99.0), _DROPPED + off)
        return found

    def _correct_short(self, word: str) -> dict[str, float]:
        if len(word) >= _SHORT or len(word) < 2 or word in _SMALL or word.isdecimal():
            return self.correct(word)
        return self._find_close(word, 1, _SHORT_MOST)

    def _find_all(self, words: Sequence[str], hold: Callable[[str], Mapping[int, float]]) -> dict[int, float]:
        """The names that hold all words, each as ``hold`` says, with how far off they are together."""
        held: list[Mapping[int, float]] = []
        for word in words:
            held.append(hold(word))
            if not held[-1]:
                return {}
        # The fewest first: what is left then gets no more.
        held.sort(key=len)
        numbers = set(held[0]).intersection(*held[1:])
        return {number: sum(offs[number] for offs in held) for number in numbers}

    def _hold_in(
        self, source: Source, correct: Callable[[str], Mapping[str, float]]
    ) -> Callable[[str], Mapping[int, float]]:
        """What tells the names of a source that hold a word as it may be meant; each word is looked up once."""

        @cache
        def hold(word: str) -> Mapping[int, float]:
            corrections = correct(word)
            whole = source.find_whole([word, *corrections])
            parts = [(0.0 if other == word else corrections[other], whole[other]) for other in whole]
            if word not in _SMALL:
                parts.append((_BEGUN, source.find_begun(word)))
            offs: dict[int, float] = {}
            # What is nearer comes later and counts.
            for off, numbers in sorted(parts, key=lambda part: -part[0]):
                offs.update(dict.fromkeys(numbers, off))
            return offs

        return hold

    def _list_corrections(self, word: str) -> Iterator[tuple[str, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        if len(word) < 4 or word.isdecimal():
            return
        found = dict(self._list_close(word))
        # Most words begin otherwise: they need not be compared.
        start = bisect_left(self._words, word[:2])
        end = bisect_left(self._words, f"{word[:2]}\U0010ffff")
        loose = process.extract(
            word,
            self._words[start:end],
            scorer=Indel.normalized_similarity,
            score_cutoff=_LOOSE,
            limit=_MOST,
        )
        for other, _, _ in loose:
            if other not in found and other != word:
                found[other] = _LOOSE_WEIGHT
        yield from found.items()

    def _list_close(self, word: str) -> dict[str, float]:
        """The words with one or two letters wrong, and how far off each is."""
        if len(word) < 4 or word.isdecimal():
            return {}
        if word not in self._close:
            self._close[word] = self._find_close(word, 1 if len(word) < 8 else 2, _MOST)
        return self._close[word]

    def _find_close(self, word: str, most: int, limit: int) -> dict[str, float]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        lengths = range(len(word) - most, len(word) + most + 1)
        words = list(chain.from_iterable(self._by_length.get(length, ()) for length in lengths))
        close = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=limit)
        return {other: off + _ODD_START * (other[0] != word[0]) for other, off, _ in close if off}

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

    def _is_begun(self, word: str) -> bool:
        place = bisect_left(self._words, word)
        return place < len(self._words) and self._words[place].startswith(word)
