"""The evaluation of suggestions by reported titles that are held out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mapping_releases import list_onet, make_release
from rolegraph.mappings.corpus import Corpus
from rolegraph.mappings.stems import fold
from rolegraph.releases.index import open_index
from rolegraph.releases.rows import Label

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.evaluate.titles import choose_titles, describe, judge


def test_names_held_out_are_found_by_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path_factory.mktemp("indexes")))
    potter = "onet-soc-2019/51-9195.05"
    reported = [f"Clay Thrower {first}{second}" for first in "bcdfghklmn" for second in "aeiouxyzpq"]
    rows = [*list_onet(), *(Label(potter, "reported", name, "en") for name in reported)]
    index = open_index("9" * 64, lambda: rows)
    titles = choose_titles(index)
    # About one in ten, and always the same ones.
    assert 2 < len(titles) < 25
    assert titles == choose_titles(index)
    assert set(titles.values()) == {frozenset({potter})}
    corpus = Corpus(make_release("onet-29.0"), index, ("occupation",), (), held_out=titles)
    name = next(iter(titles))
    held = next(text for text in reported if fold(text) == name)
    assert corpus.alternates.match(held)[potter].name != held
    score = judge(corpus, titles)
    assert (score.asked, score.first, score.among, score.reciprocal) == (len(titles), 1, 1, 1)
    assert sum(answers for answers, _ in score.bands.values()) == len(titles)
    assert "100.0%" in describe("ONET 29.0", score)
