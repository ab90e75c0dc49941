"""From the constants of an edition, which are decimals, to whole numbers; and the stages of levels.

An edition is data: a form, which names the arithmetic, and constants with their reasons. Here the constants
become integers (thousandths of a level step, or millionths), so that nothing later depends on floating point,
on a platform's mathematics library or on the order of additions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING

from rolegraph.careers.forms import BY_RANK, BY_STAGE, BY_YEARS, FORMS, STEP
from rolegraph.errors import InputError, Problem

if TYPE_CHECKING:
    from rolegraph.model.record import YearRange
    from rolegraph.model.reference import Edition, Level

_POSITIVE = {
    *("track", "same-function", "same-group", "elsewhere", "truncation", "stage-divisor"),
    *("promotion", "track-switch", "lateral", "function-change", "step-down"),
    *("skill-share", "keep-lateral", "keep-function-change", "own-skill", "least-skills"),
}
_ABOVE_ONE = {"truncation-ratio"}
_ORDERED = (
    ("same-function", "same-group", "elsewhere"),
    ("band-confident", "band-needs-review", "truncation"),
)
_RISING = (("base-skill-from", "base-skill-full"), ("base-knowledge-from", "base-knowledge-full"))
_SHARES = ("unknown-share", "skill-share")


def find_edition_problems(editions: Sequence[Edition]) -> tuple[Problem, ...]:
    """What keeps the constants of ``editions`` from being used, all of it.

    A form that is not known here is no problem: such an edition is kept, and refused when it is asked for.
    """
    return tuple(
        Problem(rule, message, None, f"edition.{edition.code}.constants", remedy)
        for edition in editions
        if edition.form in FORMS
        for rule, message, remedy in _find_flaws(edition)
    )


def read_constants(edition: Edition) -> list[int]:
    """The constants of an edition in the order and units of its form.

    Raises :class:`rolegraph.errors.InputError` with everything that is missing, unknown or out of range.
    """
    if problems := find_edition_problems([edition]):
        raise InputError(problems)
    values = {constant.name: constant.value for constant in edition.constants}
    return [int(values[name] * unit) for name, unit in FORMS[edition.form].constants.items()]


def _find_flaws(edition: Edition) -> Iterator[tuple[str, str, str]]:
    form = FORMS[edition.form].constants
    values = {constant.name: constant.value for constant in edition.constants}
    if missing := [name for name in form if name not in values]:
        yield (
            "constant-missing",
            f"the form {edition.form} also needs {', '.join(missing)}",
            "add them, each with its reason: the file of this edition in a folder that rolegraph init makes has them",
        )
    if unknown := sorted(set(values) - set(form)):
        yield (
            "constant-unknown",
            f"the form {edition.form} has no {', '.join(unknown)}",
            f"its constants are {', '.join(form)}",
        )
    known = {name: values[name] for name in form if name in values}
    for name, value in known.items():
        unit = form[name]
        if value * unit != (value * unit).to_integral_value():
            yield "constant-digits", f"{name} is {value}; it is held to 1/{unit}", "round it"
        if value < 0 or (value == 0 and name in _POSITIVE):
            least = "more than 0" if name in _POSITIVE else "at least 0"
            yield "constant-range", f"{name} is {value}; it must be {least}", "correct it"
        if name in _ABOVE_ONE and value <= 1:
            yield "constant-range", f"{name} is {value}; it must be more than 1", "correct it"
        if name in _SHARES and value > 1:
            yield "constant-range", f"{name} is {value}; a share is at most 1", "correct it"
    for low, high in _RISING:
        if low in known and high in known and known[low] >= known[high]:
            yield (
                "constant-order",
                f"{low} ({known[low]}) is not below {high} ({known[high]})",
                "the weight rises from the one to the other",
            )
    for run in _ORDERED:
        for low, high in pairwise(run):
            if low in known and high in known and known[low] > known[high]:
                yield (
                    "constant-order",
                    f"{low} ({known[low]}) exceeds {high} ({known[high]})",
                    "the wider one must not be smaller",
                )


def compute_stage(years: YearRange, divisor: Decimal) -> int | None:
    """The career stage of a level in thousandths of a step: log2(1 + midpoint of its years) / divisor.

    Computed in decimal arithmetic, whose logarithm is correctly rounded, so it is the same everywhere. An open
    range has no midpoint, hence no stage.

    >>> from rolegraph.model.record import YearRange
    >>> compute_stage(YearRange(min=Decimal(3), max=Decimal(6)), Decimal("0.6"))
    4099
    """
    if years.max is None:
        return None
    with localcontext() as context:
        context.prec = 50
        doublings = (1 + (years.min + years.max) / 2).ln() / Decimal(2).ln()
        return int((doublings / divisor * STEP).to_integral_value(ROUND_HALF_EVEN))


def place_levels(
    edition: Edition, levels: Sequence[Level], in_use: frozenset[str]
) -> tuple[list[int], dict[str, int]]:
    """The stage of each level (thousandths of a step, -1 where unknown) and, per track, how it is known.

    One method serves the whole ladder where it can: the years, if every level in use has a closed range of
    them; otherwise the stages that the data gives, if every level in use has one. Otherwise each track is
    judged by itself in the same way, and a track for which neither suffices keeps its rank, which compares
    only inside the track. Tracks whose stages are known in different ways are never compared.
    """
    constants = {constant.name: constant.value for constant in edition.constants}
    by_years = {
        level.code: compute_stage(level.years, constants["stage-divisor"]) if level.years else None
        for level in levels
    }
    given = {
        level.code: None
        if level.stage is None
        else int((level.stage * STEP).to_integral_value(ROUND_HALF_EVEN))
        for level in levels
    }
    tracks: dict[str, list[str]] = {}
    for level in levels:
        tracks.setdefault(level.track, []).append(level.code)

    def choose(codes: Sequence[str]) -> int:
        used = [code for code in codes if code in in_use]
        if all(by_years[code] is not None for code in used):
            return BY_YEARS
        return BY_STAGE if all(given[code] is not None for code in used) else BY_RANK

    common = choose([level.code for level in levels])
    methods = {
        track: common if common != BY_RANK else choose(members) for track, members in sorted(tracks.items())
    }
    stages = []
    for level in levels:
        method = methods[level.track]
        known = by_years[level.code] if method == BY_YEARS else given[level.code]
        stages.append(level.rank * STEP if method == BY_RANK else -1 if known is None else known)
    return stages, methods
