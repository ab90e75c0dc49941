"""Names of occupations and skills, found by the words that they share with another name."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from rolegraph.mappings.stems import list_stems

_KEPT: Final = 200
"""Answers that are kept."""


class NameHit(NamedTuple):
    """How much a name has in common with the one asked for, from 0 to 1, and which name that is.

    ``owners`` is how many units go by the same words; ``alone`` tells that of several words asked for it has just one.
    """

    score: float
    name: str
    asked: str
    owners: int
    alone: bool = False


class NameIndex:
    """Which units go by which names. Names count by their words, whatever their order; rare words count for more.

    The score of two names is the cosine of their words weighed by rarity (the inverse of the share of names that have a
    word): 1 where they have the same words.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """``names`` are pairs of a unit and a name of it, the main one first."""
        numbers: dict[frozenset[str], int] = {}
        self._names: list[str] = []
        self._units: list[list[str]] = []
        entries: dict[str, list[int]] = defaultdict(list)
        for unit, name in names:
            words = frozenset(list_stems(name))
            if not words:
                continue
            number = numbers.setdefault(words, len(numbers))
            if number == len(self._names):
                self._names.append(name)
                self._units.append([unit])
                for word in words:
                    entries[word].append(number)
            elif unit not in self._units[number]:
                self._units[number].append(unit)
        self._known: dict[tuple[str, float], dict[str, NameHit]] = {}
        size = len(numbers)
        self._entries = dict(entries)
        self._rarity = {word: math.log(1 + size / len(found)) ** 2 for word, found in entries.items()}
        self._unknown = math.log(1 + size) ** 2
        rarity = self._rarity
        # fsum is exact, so that the order of a set does not matter.
        self._lengths = [math.sqrt(math.fsum(rarity[word] for word in words)) for words in numbers]

    def match(self, name: str, least: float = 0.0) -> Mapping[str, NameHit]:
        """The best name of each unit that shares words with ``name``, where it scores above ``least``."""
        key = (name, least)
        if key not in self._known:
            # Roles of one focus ask for the same names, one after the other.
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._match(name, least)
        return self._known[key]

    def _match(self, name: str, least: float) -> dict[str, NameHit]:
        words = sorted(set(list_stems(name)))
        shared: dict[int, float] = defaultdict(float)
        several: set[int] = set()
        for word in words:
            for number in self._entries.get(word, ()):
                if number in shared:
                    several.add(number)
                shared[number] += self._rarity[word]
        length = math.sqrt(math.fsum(self._rarity.get(word, self._unknown) for word in words))
        best: dict[str, NameHit] = {}
        for number, weight in shared.items():
            score = min(1.0, weight / (length * self._lengths[number]))
            if score <= least:
                continue
            units = self._units[number]
            alone = len(words) > 1 and number not in several
            hit = NameHit(score, self._names[number], name, len(units), alone)
            for unit in units:
                known = best.get(unit)
                if known is None or (known.score, -known.owners, known.name) < (score, -len(units), hit.name):
                    best[unit] = hit
        return best
