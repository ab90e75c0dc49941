"""What came out, as Markdown."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from bench.evaluate.content import CONTENT, TOLERANCE
from bench.evaluate.judge import BANDS, CHOOSING, FAR, REPORTING, UNRELATED, Pool, Tiers
from bench.evaluate.metrics import NAMES, Scores, average, measure_interval
from bench.evaluate.readers import TIERS, Release

Judged = Mapping[str, Sequence[Scores]]
"""The scores of every origin of a half, by the name of what was judged."""

HALVES = ("the half to choose by", "the half to report")
_HEADS = ("P@10", "R@10", "P@20", "R@20", "nDCG@20")


def describe_pool(release: Release, pool: Pool) -> str:
    """What is judged: counts, halves, what is left out."""
    judged = sum(map(len, pool.halves))
    text = (
        f"{release.name}: {pool.listed:,} occupations have related ones, {pool.relations:,} relations in all. "
        f"{len(pool.codes):,} occupations have content and are ranked; {judged:,} of them have related ones among these "
        f"and are judged, {len(pool.halves[CHOOSING]):,} in {HALVES[CHOOSING]} and {len(pool.halves[REPORTING]):,} in "
        f"{HALVES[REPORTING]} (by a hash of the code). {pool.relations - pool.kept:,} relations are left out, because "
        "one of the two has no content."
    )
    return "\n".join([text, *(f"- {note}" for note in release.notes)])


def describe_run() -> str:
    """When, and with what."""
    return f"{datetime.now(UTC):%Y-%m-%d}, rolegraph {version('rolegraph')}, Python {sys.version.split()[0]}"


def make_measures_table(halves: Sequence[Judged]) -> str:
    """The measures side by side on both halves; differences are to the first of them."""
    rows: list[Sequence[str]] = [
        ("half", "measure", *_HEADS, "nDCG: 95 % interval", "nDCG: difference to content@1")
    ]
    # What counts comes first: the half that nothing was chosen by.
    for half in (REPORTING, CHOOSING):
        first: list[float] | None = None
        for name, scores in halves[half].items():
            values = [part.ndcg_20 for part in scores]
            difference = ""
            if first is not None:
                differences = [value - other for value, other in zip(values, first, strict=True)]
                difference = _format_interval(measure_interval(differences), sign=True)
            rows.append(
                (
                    HALVES[half] if first is None else "",
                    name,
                    *_format_means(scores),
                    _format_interval(measure_interval(values)),
                    difference,
                )
            )
            first = first or values
    return _render(rows)


def make_recipes_table(judged: Judged, chosen: str) -> str:
    """What was tried, on the half to choose by; the one chosen is marked."""
    rows: list[Sequence[str]] = [("content made of", *_HEADS)]
    for name, scores in judged.items():
        means = _format_means(scores)
        rows.append(tuple(f"**{cell}**" for cell in (name, *means)) if name == chosen else (name, *means))
    return _render(rows)


def make_tiers_table(sorted_pairs: Mapping[str, Tiers]) -> str:
    """Where related and unrelated occupations end up, for each recipe."""
    rows: list[Sequence[str]] = [
        ("weights", "relation", "pairs", "in the first 10", "in the first 20", *BANDS, FAR)
    ]
    for name, tiers in sorted_pairs.items():
        for tier in (*TIERS, UNRELATED):
            count = tiers.pairs[tier]
            cells = [
                tiers.first_10[tier],
                tiers.first_20[tier],
                *(tiers.bands[tier, band] for band in (*BANDS, FAR)),
            ]
            rows.append(
                (
                    name if tier == next(iter(TIERS)) else "",
                    tier,
                    f"{count:,}",
                    *(f"{100 * cell / count:.1f} %" if count else "" for cell in cells),
                )
            )
    return _render(rows)


def describe_choice(chosen: str) -> str:
    """Whether the rule of choice, on this release, gives what content@1 takes."""
    rule = f"the plainest whose mean nDCG@20 is within {TOLERANCE} of the best"
    if chosen == CONTENT.name:
        return f"Chosen: {rule}. It is what content@1 takes."
    return f"On this release the rule ({rule}) gives “{chosen}”; content@1 takes “{CONTENT.name}”."


def _format_means(scores: Sequence[Scores]) -> list[str]:
    mean = average(scores)
    return [f"{getattr(mean, name):.3f}" for name in NAMES]


def _format_interval(interval: tuple[float, float], *, sign: bool = False) -> str:
    low, high = interval
    return f"{low:+.3f} to {high:+.3f}" if sign else f"{low:.3f} to {high:.3f}"


def _render(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)
