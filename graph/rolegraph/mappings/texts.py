"""Texts about occupations and skills, found by the words that they share with another text."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from rolegraph.mappings.stems import list_stems

_PIVOT = 0.5
"""The share of the mean length in the length by which a text is divided: a text of one line would win by brevity."""


class TextHit(NamedTuple):
    """The cosine of two texts, the weightiest words that it rests on, and how many words they are."""

    score: float
    words: tuple[str, ...]
    shared: int


class TextIndex:
    """The texts of units. Words count by how rare they are among the units and, less and less, how often they occur."""

    def __init__(self, texts: Mapping[str, list[str]]) -> None:
        """``texts`` are those of each unit: task statements, definitions."""
        self._units = list(texts)
        self._entries: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, unit in enumerate(self._units):
            counted = Counter(word for text in texts[unit] for word in list_stems(text))
            for word, times in counted.items():
                self._entries[word].append((number, times))
        size = len(self._units)
        self._rarity = {word: math.log(size / len(found)) for word, found in self._entries.items()}
        squares = [0.0] * size
        for word, found in self._entries.items():
            for number, times in found:
                squares[number] += (self._rarity[word] * (1 + math.log(times))) ** 2
        lengths = list(map(math.sqrt, squares))
        mean = sum(lengths) / size if size else 0.0
        self._lengths = [(1 - _PIVOT) * length + _PIVOT * mean for length in lengths]

    def match(self, texts: list[str]) -> dict[str, TextHit]:
        """How near each unit is to the texts taken together; units that share no word are left out."""
        counted = Counter(word for text in texts for word in list_stems(text))
        if not counted:
            return {}
        weights = {
            word: self._rarity[word] * (1 + math.log(times))
            for word, times in sorted(counted.items())
            if word in self._rarity
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        if not length:
            return {}
        parts: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for word, weight in weights.items():
            for number, times in self._entries[word]:
                parts[number].append((weight * self._rarity[word] * (1 + math.log(times)), word))
        spoken = self._spell(texts)
        return {
            self._units[number]: TextHit(
                min(1.0, sum(value for value, _ in found) / (length * self._lengths[number])),
                tuple(spoken[word] for _, word in sorted(found, key=lambda part: (-part[0], part[1]))[:4]),
                len(found),
            )
            for number, found in parts.items()
            if self._lengths[number]
        }

    @staticmethod
    def _spell(texts: list[str]) -> dict[str, str]:
        """The first word of the texts that each stem stands for."""
        spelt: dict[str, str] = {}
        for text in texts:
            for word in text.split():
                for stem in list_stems(word):
                    spelt.setdefault(stem, word.strip(".,;:()[]\"'").lower())
        return spelt
