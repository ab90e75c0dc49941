"""How well a ranking finds what the reference calls related, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from math import log2
from random import Random
from statistics import fmean
from typing import Final

DRAWS: Final = 1000
"""How often occupations are drawn anew for an interval."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well one origin's ranking does; all from 0 to 1, higher is better.

    ``precision_10`` is the share of the first 10 that are related, ``recall_10`` the share of the related that are among
    the first 10; the same at 20; ``ndcg_20`` counts better tiers and earlier places for more.
    """

    precision_10: float
    recall_10: float
    precision_20: float
    recall_20: float
    ndcg_20: float


NAMES: Final = tuple(field.name for field in fields(Scores))


def score(ranking: Sequence[int], gains: Mapping[int, int]) -> Scores:
    """Score one ranking. ``gains`` is what each related one counts for; there must be some."""
    found = [sum(position in gains for position in ranking[:k]) for k in (10, 20)]
    return Scores(
        found[0] / 10,
        found[0] / len(gains),
        found[1] / 20,
        found[1] / len(gains),
        measure_ndcg(ranking, gains, 20),
    )


def measure_ndcg(ranking: Sequence[int], gains: Mapping[int, int], k: int) -> float:
    """Normalized discounted cumulative gain of the first ``k`` (Järvelin and Kekäläinen 2002), with plain gains.

    >>> round(measure_ndcg([7, 5], {5: 3, 6: 1}, 2), 4)
    0.5213
    """
    best = sorted(gains.values(), reverse=True)[:k]
    reached = [gains.get(position, 0) for position in ranking[:k]]
    return _discount(reached) / _discount(best)


def draw_half(code: str) -> int:
    """0 or 1, by a hash of the code: 0 is the half to choose by, 1 the half to report."""
    return sha256(f"rolegraph:{code}".encode()).digest()[0] & 1


def average(scores: Sequence[Scores]) -> Scores:
    """The mean of each."""
    return Scores(*(fmean(getattr(part, name) for part in scores) for name in NAMES))


def measure_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean (percentiles; Efron 1979), from a fixed seed."""
    size = len(values)
    means = sorted(sum(map(values.__getitem__, draw)) / size for draw in _draw(size))
    return means[round(0.025 * DRAWS)], means[round(0.975 * DRAWS) - 1]


def _discount(gains: Sequence[int]) -> float:
    return sum(gain / log2(place) for place, gain in enumerate(gains, 2))


@cache
def _draw(size: int) -> list[list[int]]:
    random = Random(size)
    return [random.choices(range(size), k=size) for _ in range(DRAWS)]
