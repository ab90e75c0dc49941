"""What an occupation's work involves, as weighted items: what content@1 takes of O*NET, and what else was tried.

A recipe says which tables are taken and how a rating becomes a weight. Each gives weights of 0 and more, so the
distance of any recipe is the same metric (Ruzicka); nothing is learnt from the reference but which recipe to take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.evaluate.readers import ACTIVITIES, KNOWLEDGE, SKILLS, TECHNOLOGY, WORK_STYLES, Release

UNIT: Final = 1200
"""The whole number that stands for a weight of 1. Halves, thirds and quarters of hundredths are whole in it."""

Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rated:
    """A table of ratings: its weight is 0 at ``base`` and below, 1 at ``top``, and rises evenly between (hundredths)."""

    table: str
    base: int = 100
    top: int = 500
    scale: str = "importance"

    def weigh(self, value: int) -> int:
        """The weight of a rating, in units."""
        span = self.top - self.base
        return max(0, (2 * UNIT * (value - self.base) + span) // (2 * span))


@dataclass(frozen=True, slots=True)
class Held:
    """A table of items that an occupation has or has not: each has the same weight, in units."""

    table: str
    weight: int = UNIT


@dataclass(frozen=True, slots=True)
class Recipe:
    """How content is made. ``every``: also of ratings that are doubtful or not relevant."""

    name: str
    parts: Sequence[Rated | Held]
    every: bool = False


QUARTER: Final = UNIT // 4

FIRST: Final = Recipe("Skills, Knowledge", (Rated(SKILLS), Rated(KNOWLEDGE)))
"""The plainest: all of the scale of importance, (importance - 1) / 4."""

CONTENT: Final = Recipe(
    "Skills from 3, Knowledge from 2, activities 1/4",
    (Rated(SKILLS, 300), Rated(KNOWLEDGE, 200), Held(ACTIVITIES, QUARTER)),
)
"""What content@1 takes of O*NET.

- Skills, (importance - 3) / 2: nearly every occupation rates the general skills (listening, speaking, reading) as
  somewhat important. What all have in common tells none apart, and makes everything look near; 3 is "important".
- Knowledge, (importance - 2) / 3: subjects differ far more, so that a "somewhat important" one (2) is where it begins.
- Intermediate work activities of the tasks, 1/4 each: what people do. An occupation has some sixteen of them; at 1/4
  they weigh about as much as its skills or its knowledge.
- Left out: ratings that O*NET recommends to suppress and elements not relevant to the occupation, because they stand
  for no known need (it changes the numbers little); Work Styles, which are much the same in all occupations and make the
  ranking worse; Technology Skills, which add little for one more table; levels, which say the same less well.
"""

RECIPES: Final = (
    Recipe("Knowledge", (Rated(KNOWLEDGE),)),
    Recipe("Skills", (Rated(SKILLS),)),
    Recipe("Work Styles", (Rated(WORK_STYLES),)),
    Recipe("technology", (Held(TECHNOLOGY),)),
    Recipe("activities", (Held(ACTIVITIES),)),
    FIRST,
    Recipe("Skills, Knowledge, every row", FIRST.parts, every=True),
    Recipe("Skills, Knowledge by level", (Rated(SKILLS, 0, 700, "level"), Rated(KNOWLEDGE, 0, 700, "level"))),
    Recipe("Skills, Knowledge from 2", (Rated(SKILLS, 200), Rated(KNOWLEDGE, 200))),
    Recipe("Skills, Knowledge from 3", (Rated(SKILLS, 300), Rated(KNOWLEDGE, 300))),
    Recipe("Skills, Knowledge, Work Styles", (*FIRST.parts, Rated(WORK_STYLES))),
    Recipe("Knowledge, activities 1/4", (Rated(KNOWLEDGE), Held(ACTIVITIES, QUARTER))),
    Recipe("Knowledge from 2, activities 1/4", (Rated(KNOWLEDGE, 200), Held(ACTIVITIES, QUARTER))),
    Recipe("Skills, Knowledge, activities 1", (*FIRST.parts, Held(ACTIVITIES))),
    Recipe("Skills, Knowledge, activities 1/4", (*FIRST.parts, Held(ACTIVITIES, QUARTER))),
    Recipe(
        "Skills, Knowledge from 2, activities 1/4",
        (Rated(SKILLS, 200), Rated(KNOWLEDGE, 200), Held(ACTIVITIES, QUARTER)),
    ),
    CONTENT,
    Recipe("… every row", CONTENT.parts, every=True),
    Recipe("… activities 1/2", (*CONTENT.parts[:2], Held(ACTIVITIES, UNIT // 2))),
    Recipe("… and technology 1/10", (*CONTENT.parts, Held(TECHNOLOGY, UNIT // 10))),
    Recipe("… and Work Styles from 3", (*CONTENT.parts, Rated(WORK_STYLES, 300))),
)
"""What was tried, the plainer first."""

TOLERANCE: Final = 0.01
"""A recipe is not worth being less plain for less than so much of the mean nDCG; it is about one standard error."""


def choose_recipe(scores: Mapping[str, float]) -> str:
    """The name of the plainest recipe whose mean nDCG is within the tolerance of the best; plainer ones come first.

    Raises ValueError where there are none.
    """
    best = max(scores.values(), default=None)
    if best is None:
        raise ValueError("no recipe can be made of these tables")
    return next(name for name, score in scores.items() if score >= best - TOLERANCE)


def list_missing(recipe: Recipe, release: Release) -> list[str]:
    """The tables of a recipe that the release lacks."""
    return [part.table for part in recipe.parts if part.table not in release.tables]


def weigh_items(recipe: Recipe, release: Release) -> dict[str, dict[Item, int]]:
    """The weighted items of each occupation, in units, none of them 0; tables that are not there give none."""
    weights: dict[str, dict[Item, int]] = {}
    for part in recipe.parts:
        if isinstance(part, Held):
            for code, items in release.held.get(part.table, {}).items():
                weights.setdefault(code, {}).update(
                    {(part.table, item): part.weight for item in sorted(items)}
                )
            continue
        for rating in release.ratings.get(part.table, ()):
            if rating.scale != part.scale or not (recipe.every or rating.sound):
                continue
            if weight := part.weigh(rating.value):
                weights.setdefault(rating.code, {})[part.table, rating.element] = weight
    return weights


def rate_items(tables: Sequence[str], release: Release) -> dict[str, dict[Item, int]]:
    """The importance itself, in hundredths, of every sound rating in the tables."""
    return {
        code: dict(items)
        for code, items in weigh_items(
            Recipe("importance", [Rated(table, 0, UNIT) for table in tables]), release
        ).items()
    }
