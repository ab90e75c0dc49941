"""Texts about occupations and skills, found by the words that they share with another text."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from rolegraph.mappings.stems import list_stems

_PIVOT = 0.5
"""The share of the mean length in the length by which a text is divided: a text of one line would win by brevity."""

_TOLD: Final = 4
"""Words that a hit names."""

_EVERYWHERE: Final = frozenset(
    list_stems(
        "about above across after against all along also although am among around aspects because been before being below"
        " between both but can cannot could did different do does doing during each either every few had has have having"
        " he her here him his how however i if including includes include involved involves less many me more most much"
        " must my need needed needs neither new no nor off only our over per same several shall she should since so some"
        " then there through throughout too toward towards under until upon us various very was we were what when"
        " whether while whom whose why will without would yet you your"
        " achieve appropriate create ensure explain find give help identify know make provide role skill support take task"
        " understand way"
    )
)
"""Words of texts that say nothing of what the work is: the small ones of English, and those that any role may have.

In a name they may ("Can Fillers", "Support Engineer"), so there they count.
"""


class TextHit(NamedTuple):
    """The cosine of two texts, the weightiest words that it rests on, and how many words of few units they are."""

    score: float
    words: tuple[str, ...]
    shared: int


class TextIndex:
    """The texts of units. Words count by how rare they are among the units and, less and less, how often they occur."""

    def __init__(self, texts: Mapping[str, list[str]], telling: float = 0.1) -> None:
        """``texts`` are those of each unit: task statements, definitions. A word that more than the share ``telling`` of
        the units have is not among the ``shared`` ones of a hit.
        """
        self._units = list(texts)
        entries: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, unit in enumerate(self._units):
            counted = _count_words(texts[unit])
            for word, times in counted.items():
                entries[word].append((number, 1 + math.log(times)))
        size = len(self._units)
        self._rarity = {word: math.log(size / len(found)) for word, found in entries.items()}
        self._telling = {word for word, found in entries.items() if len(found) <= max(1.0, telling * size)}
        self._entries: dict[str, list[tuple[int, float]]] = {}
        squares = [0.0] * size
        for word, found in entries.items():
            rarity = self._rarity[word]
            self._entries[word] = [(number, rarity * weight) for number, weight in found]
            for number, weight in self._entries[word]:
                squares[number] += weight * weight
        lengths = list(map(math.sqrt, squares))
        mean = sum(lengths) / size if size else 0.0
        self._lengths = [(1 - _PIVOT) * length + _PIVOT * mean for length in lengths]

    def match(self, texts: list[str], least: float = 0.0) -> dict[str, TextHit]:
        """How near each unit is to the texts taken together, where its cosine is above ``least``."""
        counted = _count_words(texts)
        weights = {
            word: self._rarity[word] * (1 + math.log(times))
            for word, times in sorted(counted.items())
            if self._rarity.get(word)
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        sums = [0.0] * len(self._units)
        for word, weight in weights.items():
            for number, other in self._entries[word]:
                sums[number] += weight * other
        scores = {
            number: min(1.0, value / (length * self._lengths[number]))
            for number, value in enumerate(sums)
            if value > least * length * self._lengths[number]
        }
        parts: dict[int, list[tuple[float, str]]] = {number: [] for number in scores}
        for word, weight in weights.items():
            for number, other in self._entries[word]:
                if number in parts:
                    parts[number].append((-weight * other, word))
        spoken = self._spell(texts)
        return {
            self._units[number]: TextHit(
                scores[number],
                tuple(spoken[word] for _, word in sorted(found)[:_TOLD]),
                sum(word in self._telling for _, word in found),
            )
            for number, found in parts.items()
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


def _count_words(texts: list[str]) -> Counter[str]:
    """How often each word stands in some texts, without those that say nothing."""
    return Counter(word for text in texts for word in list_stems(text) if word not in _EVERYWHERE)
