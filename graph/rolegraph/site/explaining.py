"""The arithmetic of a distance by place, step by step, and the bar that shows its parts.

A step is a key of the texts ``script-coordinates`` with the values that it names, so that the script of the page
(``assets/explain-engine.js``), which makes the same steps for any pair, shows them in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from rolegraph.careers.by_place import ByPlace, show_steps
from rolegraph.careers.distance import explain_apart, relate
from rolegraph.careers.forms import BY_YEARS, MICRO
from rolegraph.careers.roster import Roster

_RELATIONS: Final = ("focus", "function", "group", "elsewhere")
_LEFT: Final = 66
_WIDE: Final = 284
"""Where the bar begins, and how wide it is at its longest, in units of the picture."""


class Step(NamedTuple):
    """One step: the key of its text, and the values in it."""

    key: str
    values: Mapping[str, str]


class Part(NamedTuple):
    """A part of the bar: its name, where it begins, how wide it is, and its number as text."""

    name: str
    x: int
    width: int
    text: str


class Limit(NamedTuple):
    """A line across the bar: the name of what ends there, where it stands, and its number as text."""

    name: str
    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked distance. Where the edition does not compare the two roles, ``reason`` says why and the rest is empty.

    ``line`` is what ``rolegraph distance`` shows as the arithmetic.
    """

    edition: str
    reason: str | None
    distance: str
    band: str
    line: str
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    limits: tuple[Limit, ...]


def work_out(roster: Roster, edition: str, origin: int, destination: int) -> Worked:
    """The distance of two profiles by an edition of the forms structural and experience, step by step."""
    yardstick = ByPlace(roster, edition)
    measure = yardstick.steps
    level, other = roster.profile_level[origin], roster.profile_level[destination]
    reason = explain_apart(roster, measure, level, other)
    if reason is not None:
        return Worked(edition, reason, "", "", "", (), (), ())
    relation = relate(roster, roster.profile_focus[origin], roster.profile_focus[destination])
    terms = {
        "level": measure.level_term(level, other),
        "track": measure.track_term(level, other),
        "taxonomy": measure.taxonomy[relation],
    }
    total = sum(terms.values())
    distance, band = measure.judge(total)
    shown = f"{distance:.4f}"
    cut = measure.truncation
    steps = [
        *_tell_level(yardstick, level, other),
        *_tell_track(yardstick, level, other),
        Step(f"taxonomy-{_RELATIONS[relation]}", {"term": show_steps(terms["taxonomy"])}),
        Step("sum", {"sum": " + ".join(map(show_steps, terms.values())), "total": show_steps(total)}),
        *([Step("cut", {"total": show_steps(total), "cut": show_steps(cut)})] if total > cut else []),
        Step("divide", {"total": show_steps(min(total, cut)), "cut": show_steps(cut), "distance": shown}),
        Step(f"band-{band}", _tell_limits(yardstick)),
    ]
    line = yardstick.explain(yardstick.split(origin, destination))
    parts, limits = _lay_bar(yardstick, terms)
    return Worked(edition, None, shown, band, line, tuple(steps), parts, limits)


def show_years(millionths: int) -> str:
    """So many millionths of a year as people write them."""
    return f"{millionths / MICRO:.6f}".rstrip("0").rstrip(".")


def _tell_level(yardstick: ByPlace, level: int, other: int) -> Iterator[Step]:
    roster, measure = yardstick.roster, yardstick.steps
    codes = {"a": roster.level_codes[level], "b": roster.level_codes[other]}
    term = show_steps(measure.level_term(level, other))
    if not measure.uses_years:
        ranks = {"first": str(roster.level_rank[level]), "second": str(roster.level_rank[other])}
        yield Step("level-rank", {**codes, **ranks, "term": term})
        return
    for at in dict.fromkeys((level, other)):
        yield tell_stage(yardstick, at)
    stages = {"first": show_steps(measure.stages[level]), "second": show_steps(measure.stages[other])}
    yield Step("level-stage", {**codes, **stages, "term": term})


def tell_stage(yardstick: ByPlace, level: int) -> Step:
    """How the stage of a level is known."""
    roster, measure = yardstick.roster, yardstick.steps
    code, stage = roster.level_codes[level], show_steps(measure.stages[level])
    if measure.method[roster.level_track[level]] != BY_YEARS:
        return Step("stage-given", {"level": code, "stage": stage})
    low, high = roster.years_min[level], roster.years_max[level]
    found = roster.read_edition(yardstick.edition)
    assert found is not None, "an edition that measures is there"
    return Step(
        "stage-years",
        {
            "level": code,
            "low": show_years(low),
            "high": show_years(high),
            "middle": f"{(low + high) / (2 * MICRO):.7f}".rstrip("0").rstrip("."),
            "divisor": show_years(found[1]["stage-divisor"]),
            "stage": stage,
        },
    )


def _tell_track(yardstick: ByPlace, level: int, other: int) -> Iterator[Step]:
    roster = yardstick.roster
    a, b = (roster.track_codes[roster.level_track[at]] for at in (level, other))
    term = show_steps(yardstick.steps.track_term(level, other))
    yield Step("track-same", {"a": a}) if a == b else Step("track-other", {"a": a, "b": b, "term": term})


def _tell_limits(yardstick: ByPlace) -> Mapping[str, str]:
    near, check, _ = yardstick.steps.limits
    return {"near": show_steps(near), "check": show_steps(check)}


def _lay_bar(yardstick: ByPlace, terms: Mapping[str, int]) -> tuple[tuple[Part, ...], tuple[Limit, ...]]:
    """Each term begins where the one before ends; the longer of their sum and the truncation fills the width."""
    total, cut = sum(terms.values()), yardstick.steps.truncation
    whole = max(total, cut)

    def place(steps: int) -> int:
        return steps * _WIDE // whole

    parts: list[Part] = []
    before = 0
    for name, term in terms.items():
        parts.append(
            Part(name, _LEFT + place(before), place(before + term) - place(before), show_steps(term))
        )
        before += term
    parts.append(Part("total", _LEFT, place(min(total, cut)), show_steps(min(total, cut))))
    names = ("confident", "needs-review", "no-match")
    limits = tuple(
        Limit(name, _LEFT + place(limit), show_steps(limit))
        for name, limit in zip(names, yardstick.steps.limits, strict=True)
    )
    return tuple(parts), limits
