"""Judges content@1 by O*NET's Related Occupations: ``python -m bench.evaluate``; see ``../README.md``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench.evaluate.content import CONTENT, FIRST, choose_recipe, list_missing, weigh_items
from bench.evaluate.judge import (
    CHOOSING,
    REPORTING,
    judge,
    list_measures,
    list_recipes,
    make_pool,
    sort_pairs,
)
from bench.evaluate.measures import rank_content
from bench.evaluate.metrics import average
from bench.evaluate.readers import SHARED, Release, find_release, read_release
from bench.evaluate.report import (
    HALVES,
    describe_choice,
    describe_pool,
    describe_run,
    make_measures_table,
    make_recipes_table,
    make_tiers_table,
)
from bench.tables import README, replace_table
from rolegraph.errors import InputError, Problem

VARIABLE = "ROLEGRAPH_ONET"


def main(arguments: Sequence[str] | None = None, data: Path = SHARED) -> int:
    """Judge what the command line names; 0 also where there is nothing to judge with, 2 where it cannot be used."""
    options = read_options(arguments)
    folder = options.onet or find_release(data)
    if folder is None:
        print(
            "not judged: no O*NET release is here (../shared/data/onet-*); unpack one (text form, from onetcenter.org) "
            f"and name its folder with --onet or {VARIABLE}"
        )
        return 0
    try:
        tell(f"reads {folder}")
        started = perf_counter()
        text = evaluate(read_release(folder))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(text)
    tell(f"took {perf_counter() - started:.0f} s")
    if options.write_readme:
        readme = README.read_text(encoding="utf-8")
        README.write_text(replace_table(readme, "evaluate", text), encoding="utf-8")
    return 0


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; the folder is that of ``--onet``, or of the environment."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate", description="Judges content@1 by O*NET's Related Occupations."
    )
    named = os.environ.get(VARIABLE)
    parser.add_argument(
        "--onet", type=Path, metavar="DIR", default=Path(named) if named else None,
        help=f"a release in text form, folder or zip file ({VARIABLE}, or the newest of ../shared/data/onet-*)",
    )  # fmt: skip
    parser.add_argument("--write-readme", action="store_true", help="put the tables into bench/README.md")
    return parser.parse_args(arguments)


def evaluate(release: Release) -> str:
    """Everything that is judged, as Markdown. Raises InputError where a half has no occupation to judge."""
    pool = make_pool(release)
    if empty := [HALVES[half] for half in (CHOOSING, REPORTING) if not pool.halves[half]]:
        raise InputError(
            Problem("release-small", f"{release.name}: no occupation to judge in {half}") for half in empty
        )
    recipes, untried = list_recipes(release)
    tried = {}
    for recipe in recipes:
        tell(recipe.name)
        rank = rank_content(pool.codes, weigh_items(recipe, release))
        tried[recipe.name] = judge(rank, pool, pool.halves[CHOOSING])
    chosen = choose_recipe({name: average(scores).ndcg_20 for name, scores in tried.items()})
    measures = list_measures(release, pool)
    halves = []
    for half in (CHOOSING, REPORTING):
        tell(f"measures, {HALVES[half]}")
        halves.append({measure.name: judge(measure.rank, pool, pool.halves[half]) for measure in measures})
    pairs = {
        name: sort_pairs(recipe, release, pool, pool.halves[REPORTING])
        for name, recipe in (("content@1", CONTENT), (FIRST.name, FIRST))
    }
    lacking = [f"- content@1 is judged without {table}" for table in list_missing(CONTENT, release)]
    return "\n\n".join(
        (
            "\n".join([describe_pool(release, pool), *lacking]),
            make_measures_table(halves),
            f"Where pairs end up, {HALVES[REPORTING]}:\n\n{make_tiers_table(pairs)}",
            f"What was tried, {HALVES[CHOOSING]}:\n\n{make_recipes_table(tried, chosen)}",
            "\n".join([describe_choice(chosen), *(f"- {note}" for note in untried)]),
            f"{describe_run()}.",
        )
    )


def tell(step: str) -> None:
    """Say on standard error what is being done."""
    print(f"… {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
