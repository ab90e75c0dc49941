"""Which occupations are judged, and what comes out for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.evaluate.content import CONTENT, FIRST, RECIPES, Recipe, list_missing, rate_items, weigh_items
from bench.evaluate.measures import (
    Measure,
    Rank,
    draw_order,
    make_contents,
    rank_by_lot,
    rank_content,
    rank_cosine,
    rank_jaccard,
    rank_tree,
)
from bench.evaluate.metrics import Scores, draw_half, score
from bench.evaluate.readers import KNOWLEDGE, SKILLS, TIERS, Release

CHOOSING: Final = 0
REPORTING: Final = 1

BANDS: Final = {"confident": 400, "needs-review": 600}
"""The match bands of content@1: the farthest distance of each, in thousandths, boundary included."""
FAR: Final = "no-match"
UNRELATED: Final = "not related"


@dataclass(frozen=True, slots=True)
class Pool:
    """The occupations that are judged, in an order drawn by lot.

    ``related`` is the tier of each one's related occupations, by position; ``halves`` are the positions of those that
    have some. ``listed`` and ``relations`` count what the reference holds, ``kept`` its relations among these.
    """

    codes: Sequence[str]
    related: Sequence[dict[int, str]]
    halves: tuple[Sequence[int], Sequence[int]]
    listed: int
    relations: int
    kept: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """Where the pairs of a half end up, by tier of relation: how many, among the first 10 and 20, in each band."""

    pairs: Counter[str]
    first_10: Counter[str]
    first_20: Counter[str]
    bands: Counter[tuple[str, str]]


def make_pool(release: Release) -> Pool:
    """The occupations of which the tables that content@1 takes, as far as the release holds them, say something."""
    known = [
        {rating.code for rating in release.ratings[part.table] if rating.sound}
        if part.table in release.ratings
        else set(release.held[part.table])
        for part in CONTENT.parts
        if part.table in release.tables
    ]
    codes = draw_order(list(set.intersection(*known)))
    places = {code: position for position, code in enumerate(codes)}
    related = [
        {
            places[other]: tier
            for other, tier in release.related.get(code, {}).items()
            if other in places and other != code
        }
        for code in codes
    ]
    halves: tuple[list[int], list[int]] = [], []
    for position, code in enumerate(codes):
        if related[position]:
            halves[draw_half(code)].append(position)
    return Pool(
        codes,
        related,
        halves,
        len(release.related),
        sum(map(len, release.related.values())),
        sum(map(len, related)),
    )


def list_measures(release: Release, pool: Pool) -> list[Measure]:
    """content@1 and what stands beside it."""
    codes, weights = pool.codes, weigh_items(CONTENT, release)
    content = rank_content(codes, weights)
    importance = rate_items((SKILLS, KNOWLEDGE), release)
    return [
        Measure("content@1", content),
        Measure("the same, plain: Skills, Knowledge, (importance − 1) / 4", rank_content(codes, weigh_items(FIRST, release))),
        Measure("plain Jaccard of the items of content@1", rank_jaccard(codes, weights)),
        Measure("cosine of the weights of content@1", rank_cosine(codes, weights)),
        Measure("cosine of importance, Skills and Knowledge", rank_cosine(codes, importance)),
        Measure("SOC tree", rank_tree(codes)),
        Measure("SOC tree, ties by content@1", rank_tree(codes, content)),
        Measure("by lot", rank_by_lot(codes)),
    ]  # fmt: skip


def list_recipes(release: Release) -> tuple[list[Recipe], list[str]]:
    """The recipes that the tables allow, and a note for each of the others."""
    missing = {recipe.name: list_missing(recipe, release) for recipe in RECIPES}
    able = [recipe for recipe in RECIPES if not missing[recipe.name]]
    return able, [
        f"not tried without {', '.join(tables)}: {name}" for name, tables in missing.items() if tables
    ]


def judge(rank: Rank, pool: Pool, origins: Iterable[int]) -> list[Scores]:
    """The scores of a measure, for each origin in turn."""
    return [
        score(rank(origin, 20), {other: TIERS[tier] for other, tier in pool.related[origin].items()})
        for origin in origins
    ]


def sort_pairs(recipe: Recipe, release: Release, pool: Pool, origins: Iterable[int]) -> Tiers:
    """Where a recipe puts the pairs of each origin with every other occupation."""
    contents = make_contents(pool.codes, weigh_items(recipe, release))
    tiers = Tiers(Counter(), Counter(), Counter(), Counter())
    for origin in origins:
        related = pool.related[origin]
        # One without content in this recipe stands last, as far as can be.
        placed = {near.position: near for near in contents.rank(origin)}
        for place, (position, near) in enumerate(placed.items()):
            tier = related.get(position, UNRELATED)
            tiers.pairs[tier] += 1
            tiers.first_10[tier] += place < 10
            tiers.first_20[tier] += place < 20
            tiers.bands[tier, find_band(near.different, near.together)] += 1
    return tiers


def find_band(different: int, together: int) -> str:
    """The match band of a distance.

    >>> find_band(2, 5), find_band(401, 1000), find_band(3, 5), find_band(601, 1000)
    ('confident', 'needs-review', 'needs-review', 'no-match')
    """
    return next((band for band, most in BANDS.items() if different * 1000 <= most * together), FAR)
