"""Measures variants of one job in turn, and lets no time count whose answer is not the same as the others'."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: how long it took, what came out, and the peak memory in bytes where a process of its own ran."""

    seconds: float
    value: Any
    peak: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do the job.

    ``measure`` runs it once. ``answer`` turns what came out into what must be equal between variants. Where the
    variants do unlike amounts of the job, ``units`` says how many; times are then told for one.
    """

    name: str
    measure: Callable[[], Sample]
    answer: Callable[[Any], object] = field(default=lambda value: value)
    units: int = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """A job, and the variants that are measured side by side; ratios are to the first of them.

    ``per`` names the unit that times are told for; empty for the whole job. A short job may ask for ``more`` times
    as many runs as others have.
    """

    job: str
    size: int
    variants: Sequence[Variant]
    per: str = ""
    more: int = 1


@dataclass(slots=True)
class Measured:
    """The times of one variant, in seconds for one unit, by the number of the round; 0 is the warm-up.

    ``ratios`` are to the first variant in the same round, or to its median where one of the two ran only once.
    """

    job: str
    size: int
    per: str
    variant: str
    times: dict[int, float] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)
    peaks: dict[int, int] = field(default_factory=dict)
    answer: object = None

    def add(self, turn: int, sample: Sample, variant: Variant) -> None:
        """Take in one run; the answer is that of the warm-up."""
        self.times[turn] = sample.seconds / variant.units
        if sample.peak is not None:
            self.peaks[turn] = sample.peak
        if turn == 0:
            self.answer = variant.answer(sample.value)

    @property
    def median(self) -> float:
        """The middle time."""
        return statistics.median(self.times.values())

    @property
    def peak(self) -> int | None:
        """The most memory that a counted run took, in bytes; None where it was not measured."""
        return max((peak for turn, peak in self.peaks.items() if turn in self.times), default=None)


class DisagreementError(Exception):
    """Two variants gave different answers, so that their times are not those of one job."""


def time_call(call: Callable[[], Any]) -> Sample:
    """One run of a function in this process.

    What stands in memory before it is kept from the garbage collector, whose work would be counted as the
    function's own.
    """
    gc.collect()
    gc.freeze()
    try:
        start = perf_counter()
        value = call()
        return Sample(perf_counter() - start, value)
    finally:
        gc.unfreeze()


def make_variant(
    name: str, call: Callable[[], Any], answer: Callable[[Any], object] | None = None, *, units: int = 1
) -> Variant:
    """A variant that is a function of this process."""

    def measure() -> Sample:
        return time_call(call)

    return Variant(name, measure, units=units) if answer is None else Variant(name, measure, answer, units)


def run_comparison(comparison: Comparison, runs: int, patience: float) -> list[Measured]:
    """Measure every variant ``runs`` times (1 or more), in turn (A B C A B C ...), after one warm-up of each.

    A variant whose warm-up takes longer than ``patience`` seconds is not run again: that time is its only one.
    Raises DisagreementError where an answer is not that of the first variant.
    """
    measured = [
        Measured(comparison.job, comparison.size, comparison.per, v.name) for v in comparison.variants
    ]
    for part, variant in zip(measured, comparison.variants, strict=True):
        part.add(0, variant.measure(), variant)
    answers = [part.answer for part in measured]
    for part, answer in zip(measured, answers, strict=True):
        if answer != answers[0]:
            raise DisagreementError(
                f"{comparison.job} ({comparison.size}): {measured[0].variant} gives {_cut(answers[0])}, "
                f"{part.variant} gives {_cut(answer)}"
            )
    quick = [
        (part, variant)
        for part, variant in zip(measured, comparison.variants, strict=True)
        if part.times[0] * variant.units <= patience
    ]
    for turn in range(1, runs * comparison.more + 1):
        for part, variant in quick:
            part.add(turn, variant.measure(), variant)
    for part, _ in quick:
        del part.times[0]
    base = measured[0]
    for part in measured:
        part.ratios = [seconds / base.times.get(turn, base.median) for turn, seconds in part.times.items()]
    return measured


def _cut(answer: object, width: int = 300) -> str:
    text = repr(answer)
    return text if len(text) <= width else f"{text[:width]}..."
