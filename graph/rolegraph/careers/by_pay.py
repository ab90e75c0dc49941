"""Distance by pay: how far apart two median pays are, as a ratio.

    place     log(median) / log(truncation-ratio)
    distance  min(1, the difference of the places)

A difference on a logarithmic scale is a metric, also where it is cut off. It is worked out from the ratio of the two
medians in lowest terms, in whole trillionths, by decimal arithmetic whose logarithm is correctly rounded: the same on
every machine, and the same for equal ratios, up or down. Pay compares only
within one currency and period, and there are no match bands: equal pay makes no role near.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cached_property
from itertools import groupby, islice
from math import gcd
from typing import TYPE_CHECKING

from rolegraph.careers.distance import read_distance
from rolegraph.careers.evidence import tell_change
from rolegraph.careers.forms import CENTS, MICRO
from rolegraph.careers.selection import EVERYTHING, Selection
from rolegraph.careers.spans import name_period
from rolegraph.careers.yardstick import Found, Yardstick

if TYPE_CHECKING:
    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster

_PLACE = 10**12


class ByPay(Yardstick):
    """Measures by median pay."""

    banded = False
    speaks = True

    def __init__(self, roster: Roster, edition: str, selection: Selection = EVERYTHING) -> None:
        super().__init__(roster, edition, selection)
        _, constants, _ = read_distance(roster, edition)
        self._ratio = Decimal(constants["truncation-ratio"]) / MICRO
        self._apart: dict[tuple[int, int], int] = {}

    def find_reason(self, origin: int, destination: int) -> str | None:
        """Why the pay of two profiles does not compare."""
        roster = self.roster
        silent = [at for at in dict.fromkeys((origin, destination)) if not self._is_paid(at)]
        if silent:
            codes = " and ".join(map(roster.code_of, silent))
            verb = "have" if len(silent) > 1 else "has"
            return f"{codes} {verb} no recorded median pay, so that {self.edition} cannot place it; add pay"
        if roster.pay_kind[origin] != roster.pay_kind[destination]:
            first, second = (self._name_kind(roster.pay_kind[at]) for at in (origin, destination))
            return (
                f"the pay of {roster.code_of(origin)} is in {first} and that of "
                f"{roster.code_of(destination)} in {second}; {self.edition} does not convert"
            )
        return None

    def measure(self, origin: int, destination: int) -> int:
        """The distance in trillionths."""
        median = self.roster.pay_median
        return min(_PLACE, self._count_apart(median[origin], median[destination]))

    def judge(self, key: int) -> tuple[float, Band | None]:
        """The distance; pay has no match band."""
        unit = _PLACE // MICRO
        return (2 * key + unit) // (2 * unit) / MICRO, None

    def split(self, origin: int, destination: int) -> dict[str, float]:
        """Both medians, in units of the currency."""
        median = self.roster.pay_median
        return {"origin": median[origin] / CENTS, "destination": median[destination] / CENTS}

    def explain(self, components: Mapping[str, float]) -> str:
        """The arithmetic from the medians to the distance."""
        first, second = components["origin"], components["destination"]
        apart = self._count_apart(round(first * CENTS), round(second * CENTS))
        shown = f"{self.judge(apart)[0]:.4f}" + (f", cut off at {1:.4f}" if apart > _PLACE else "")
        return f"|log({second:,.15g} / {first:,.15g})| / log {self._ratio.normalize():f} = {shown}"

    def describe(self, origin: int, destination: int) -> tuple[str | None, tuple[str, ...]]:
        """By how much the median differs, and whose pay is inherited."""
        roster = self.roster
        first, second = roster.pay_median[origin], roster.pay_median[destination]
        kind = roster.pay_kind[origin]
        amounts = f"{roster.pay_currencies[kind]} {_show(first)} to {_show(second)} {self._name_period(kind)}"
        notes = tuple(
            f"the pay of {roster.code_of(at)} is inherited: given for its function and level, not for the role"
            for at in (origin, destination)
            if roster.pay_inherited[at]
        )
        return f"median {tell_change(first, second)}, {amounts}", notes

    def find_nearest(self, origin: int, k: int) -> Found:
        """The nearest, walking outwards from a profile's place among those of its kind of pay."""
        visited = groupby(self._walk(origin), key=lambda entry: entry[0])
        return list(islice((entry for _, ring in visited for entry in sorted(ring)), k))

    def count_left_out(self, origin: int | None = None) -> int:
        """Profiles without pay, or, beside one profile, with pay of another kind."""
        everyone, paid = self._selected, self._by_median
        if origin is not None:
            return everyone - len(paid.get(self.roster.pay_kind[origin], ()))
        return everyone - sum(map(len, paid.values()))

    def tell_left_out(self, number: int) -> str:
        """Why profiles are left out."""
        return f"{_count_roles(number)} left out: without a median pay of the same currency and period"

    def _walk(self, origin: int) -> Iterator[tuple[int, int]]:
        """(distance, profile), nearest first; those at one distance in no order."""
        roster, own = self.roster, self.roster.pay_median[origin]
        paid = self._by_median.get(roster.pay_kind[origin], [])
        up = bisect_left(paid, (own, -1))
        down = up - 1
        while down >= 0 or up < len(paid):
            # Logarithms are taken of those alone that are visited.
            below = self._count_apart(own, paid[down][0]) if down >= 0 else None
            above = self._count_apart(own, paid[up][0]) if up < len(paid) else None
            if below is None or (above is not None and above <= below):
                apart, at = above or 0, paid[up][1]
                up += 1
            else:
                apart, at = below, paid[down][1]
                down -= 1
            if at != origin:
                yield min(_PLACE, apart), at

    @cached_property
    def _selected(self) -> int:
        return sum(1 for _ in self.list_selected())

    @cached_property
    def _by_median(self) -> dict[int, list[tuple[int, int]]]:
        """By kind of pay, the selected profiles with their medians, lowest first."""
        found: dict[int, list[tuple[int, int]]] = {}
        for at in self.list_selected():
            if self._is_paid(at):
                found.setdefault(self.roster.pay_kind[at], []).append((self.roster.pay_median[at], at))
        return {kind: sorted(members) for kind, members in found.items()}

    def _is_paid(self, profile: int) -> bool:
        # Nothing can be said in ratios of a pay of zero.
        return bool(self.roster.pay_median[profile] > 0)

    def _count_apart(self, first: int, second: int) -> int:
        """How far apart two medians are in trillionths, not cut off; of equal ratios, up or down, it is the same to the last digit."""
        low, high = sorted((first, second))
        common = gcd(low, high)
        ratio = high // common, low // common
        apart = self._apart.get(ratio)
        if apart is None:
            with localcontext() as context:
                context.prec = 50
                logarithm = (Decimal(ratio[0]) / ratio[1]).ln() / self._ratio.ln()
                apart = int((logarithm * _PLACE).to_integral_value(ROUND_HALF_EVEN))
            self._apart[ratio] = apart
        return apart

    def _name_kind(self, kind: int) -> str:
        return f"{self.roster.pay_currencies[kind]} {self._name_period(kind)}"

    def _name_period(self, kind: int) -> str:
        return name_period(self.roster.pay_durations[kind])


def _show(median: int) -> str:
    whole, rest = divmod(median, CENTS)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def _count_roles(number: int) -> str:
    return "1 role is" if number == 1 else f"{number:,} roles are"
