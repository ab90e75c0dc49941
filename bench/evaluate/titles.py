"""Judges mapping suggestions by O*NET's reported titles, held out: ``python -m bench.evaluate.titles``.

Job holders reported to O*NET what they are called. One name in ten is taken out of the release wherever it stands,
and asked for: is the occupation of those who reported it among the first five?
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, NamedTuple

from bench.evaluate.readers import SHARED, find_release
from rolegraph import Architecture
from rolegraph.importing import import_release
from rolegraph.mappings.corpus import Corpus
from rolegraph.mappings.rank import rank_occupations
from rolegraph.mappings.stems import fold
from rolegraph.mappings.subject import Subject
from rolegraph.mappings.weights import read_weights
from rolegraph.records.collector import pause_collector
from rolegraph.releases.index import Index

ONE_IN: Final = 10
"""One name in so many is held out, chosen by its hash."""
FIRST: Final = 5
BANDS: Final = ("confident", "needs-review", "no-match")


class Score(NamedTuple):
    """How often an occupation that goes by the name is the first, and among the first five; by band the first ones."""

    asked: int
    first: float
    among: float
    reciprocal: float
    bands: Mapping[str, tuple[int, int]]
    """Answers whose best has the band, and those of them that are right."""


def choose_titles(index: Index) -> dict[str, frozenset[str]]:
    """The occupations of each name that is held out."""
    owners: dict[str, set[str]] = defaultdict(set)
    for label in index.iterate_labels("reported"):
        name = fold(label.text)
        if sha256(name.encode()).digest()[0] % ONE_IN == 0:
            owners[name].add(label.key)
    return {name: frozenset(keys) for name, keys in sorted(owners.items())}


def judge(corpus: Corpus, titles: Mapping[str, frozenset[str]]) -> Score:
    """Asks for every name."""
    weights = read_weights()
    first = among = 0
    reciprocal = 0.0
    answers: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for name, owners in titles.items():
        subject = Subject("profile", "", name, (name,), (), (), {}, {}, ())
        ranked = rank_occupations(corpus, subject)
        place = next((n for n, one in enumerate(ranked, 1) if one.key in owners), 0)
        first += place == 1
        among += 0 < place <= FIRST
        reciprocal += 1 / place if place else 0
        band = weights.name_band(ranked[0].total) if ranked else "no-match"
        answers[band] += 1
        right[band] += place == 1
    asked = len(titles)
    bands = {band: (answers[band], right[band]) for band in BANDS}
    return Score(asked, first / asked, among / asked, reciprocal / asked, bands)


def describe(title: str, score: Score) -> str:
    """The figures as text."""
    first = (
        f"{title}: {score.asked:,} reported titles held out; the right occupation is the first in {score.first:.1%},"
        f" among the first {FIRST} in {score.among:.1%}; mean reciprocal rank {score.reciprocal:.3f}."
    )
    lines = [first]
    for band, (answers, right) in score.bands.items():
        share = f"{right / answers:.1%} of their first ones are right" if answers else "none"
        lines.append(f"  {band}: {answers:,} answers, {share}")
    return "\n".join(lines)


@pause_collector()
def evaluate(source: Path) -> str:
    """Imports a release into a folder that is removed again, and judges by it."""
    with TemporaryDirectory(prefix="rolegraph-") as made:
        import_release("onet", source, made)
        folder = Path(made)
        return judge_folder(folder)


def judge_folder(folder: Path) -> str:
    """Judges by the newest O*NET release of a data folder."""
    library = Architecture(folder).library
    release = library.newest("onet")
    if release is None:
        return "not judged: no O*NET release is in the folder"
    index = library.open(release)
    titles = choose_titles(index)
    corpus = Corpus(release, index, ("occupation",), (), held_out=titles)
    return describe(release.title, judge(corpus, titles))


def main(arguments: Sequence[str]) -> int:
    """Judges by the data folder or release that is named, else by the newest of ../shared/data."""
    named = Path(arguments[0]) if arguments else find_release(SHARED)
    if named is None:
        print("not judged: no O*NET release is here (../shared/data/onet-*); name one, or a data folder")
        return 0
    started = perf_counter()
    print(judge_folder(named) if (named / "releases").is_dir() else evaluate(named))
    print(f"took {perf_counter() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
