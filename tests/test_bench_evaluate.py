"""Content judged by what others call related: releases with their oddities, metrics as worked out by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from math import log2
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.evaluate.__main__ import main  # noqa: E402
from bench.evaluate.content import (  # noqa: E402
    CONTENT,
    FIRST,
    UNIT,
    Rated,
    choose_recipe,
    rate_items,
    weigh_items,
)
from bench.evaluate.judge import BANDS, find_band, judge, make_pool, sort_pairs  # noqa: E402
from bench.evaluate.measures import (  # noqa: E402
    rank_by_lot,
    rank_content,
    rank_cosine,
    rank_jaccard,
    rank_tree,
)
from bench.evaluate.metrics import average, draw_half, measure_interval, measure_ndcg, score  # noqa: E402
from bench.evaluate.readers import find_release, read_release  # noqa: E402
from bench.tables import replace_table  # noqa: E402

from rolegraph.errors import InputError  # noqa: E402

FIXTURE = Path(__file__).parent / "fixtures" / "onet"
WORLD = find_release()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "onet-99.1"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def test_weights_leave_out_what_is_suppressed_not_relevant_or_null() -> None:
    weights = weigh_items(CONTENT, read_release(FIXTURE))
    # Skills (importance - 3) / 2, knowledge (importance - 2) / 3, an activity 1/4; nothing at 0.
    assert weights["11-1011.00"] == {("Skills", "2.A.1"): 900, ("Tasks to DWAs", "4.A.1.a.1.I01"): 300}
    assert weights["11-1021.00"] == {
        ("Skills", "2.A.1"): 600,
        ("Skills", "2.A.2"): 600,
        ("Knowledge", "2.C.1"): 600,
        ("Tasks to DWAs", "4.A.1.a.1.I01"): 300,
    }
    assert weights["51-1011.00"] == {("Knowledge", "2.C.1"): 400, ("Tasks to DWAs", "4.A.3.a.1.I02"): 300}
    every = weigh_items(type(FIRST)("", FIRST.parts, every=True), read_release(FIXTURE))
    assert every["11-1011.00"]["Skills", "2.A.3"] == every["11-1021.00"]["Skills", "2.A.4"] == UNIT
    assert rate_items(("Skills",), read_release(FIXTURE))["15-1252.00"] == {
        ("Skills", "2.A.1"): 350,
        ("Skills", "2.A.2"): 500,
    }


@pytest.mark.parametrize(
    ("base", "value", "weight"),
    [(100, 100, 0), (100, 350, 750), (300, 299, 0), (300, 401, 606), (200, 500, UNIT)],
)
def test_a_weight_rises_evenly_from_its_base(base: int, value: int, weight: int) -> None:
    assert Rated("Skills", base).weigh(value) == weight


def test_the_pool_counts_what_it_leaves_out() -> None:
    pool = make_pool(read_release(FIXTURE))
    assert len(pool.codes) == 6
    assert (pool.listed, pool.relations, pool.kept) == (6, 8, 6)
    judged = sorted(pool.codes[at] for half in pool.halves for at in half)
    assert judged == ["11-1011.00", "11-1021.00", "15-1252.00", "15-1252.01", "17-2011.00"]
    assert all(draw_half(pool.codes[at]) == half for half in (0, 1) for at in pool.halves[half])


def test_a_table_that_is_not_there_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Tasks to DWAs.txt").unlink()
    assert main(["--onet", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "- content@1 is judged without Tasks to DWAs" in told
    assert "- Work Styles: not there" in told


def test_everything_that_is_needed_and_missing_is_told_at_once(folder: Path) -> None:
    for table in ("Skills", "Related Occupations"):
        (folder / f"{table}.txt").unlink()
    with pytest.raises(InputError) as caught:
        read_release(folder)
    skills, related = map(str, caught.value.problems)
    assert skills.startswith("onet-99.1/Skills.txt: this table is needed and is not there;")
    assert related.startswith("onet-99.1/Related Occupations.txt: this table is needed and is not there;")
    assert "Career Changers Matrix" in related


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("Task Statements", "the task is not one of the occupation's in Task Statements"),
        ("DWA Reference", "the activity is not in DWA Reference"),
        ("IWA Reference", ""),
    ],
)
def test_activities_that_tables_beside_do_not_explain_are_told(folder: Path, gone: str, told: str) -> None:
    (folder / f"{gone}.txt").unlink()
    release = read_release(folder)
    assert release.tables == {"Skills", "Knowledge"}
    told = f": {told}" if told else ""
    assert f"Tasks to DWAs: nothing in it can be used{told}" in release.notes


def test_technologies_are_held_by_their_commodities(folder: Path) -> None:
    (folder / "Technology Skills.txt").write_text(
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\n"
        "11-1011.00\tLoom Planner\t43230001\tLooms\n"
        "11-1011.00\tLoom Drawer\t43230001\tLooms\n"
        "15-1252.00\tKiln Watcher\t43230002\tKilns\n",
        encoding="utf-8",
    )
    assert read_release(folder).held["Technology Skills"] == {
        "11-1011.00": {"43230001"},
        "15-1252.00": {"43230002"},
    }


def test_occupations_that_the_release_does_not_name_are_told(folder: Path) -> None:
    change(folder / "Occupation Data.txt", "99-9999.00", "99-9998.00")
    release = read_release(folder)
    told = "2 rows are left out, because the occupation is not in Occupation Data"
    assert f"Related Occupations: {told}" in release.notes
    pool = make_pool(release)
    assert (pool.listed, pool.relations, pool.kept) == (5, 6, 6)


def test_every_problem_of_the_rows_is_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "Skills.txt", "4.50", "high")
    change(folder / "Knowledge.txt", "3.50", "7.50")
    change(folder / "Related Occupations.txt", "Supplemental", "n/a")
    assert main(["--onet", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "Skills.txt: 1 row cannot be used: the value is not a number" in told
    assert "Knowledge.txt: 1 row cannot be used: the importance is not within 1 to 5" in told
    assert "Related Occupations.txt: 15-1252.00 to 17-2011.00: the tier is none of Primary-Short" in told


@pytest.mark.parametrize(
    ("table", "old", "new", "reason"),
    [
        ("Skills", "4.50", "high", "Skills.txt: 1 row cannot be used: the value is not a number"),
        ("Skills", "4.50\t", "", "Skills.txt: 1 row cannot be used: fewer cells than the header has"),
        ("Knowledge", "Scale ID", "Scale", "Knowledge.txt:1: the column 'Scale ID' is not there (it has"),
        (
            "Tasks to DWAs",
            "I01.D01",
            "X",
            "Tasks to DWAs.txt: 1 row cannot be used: the activity is not in DWA Reference",
        ),
        (
            "Related Occupations",
            "Primary-Short",
            "Close",
            "Related Occupations.txt: 11-1011.00 to 11-1021.00: the tier is none of Primary-Short",
        ),
        ("Skills", "IM", "WI", ""),
    ],
)
def test_what_cannot_be_used_is_told_with_its_table(
    folder: Path, capsys: pytest.CaptureFixture[str], table: str, old: str, new: str, reason: str
) -> None:
    change(folder / f"{table}.txt", old, new)
    if not reason:
        text = (folder / f"{table}.txt").read_text().replace("\tIM\t", "\tWI\t")
        (folder / f"{table}.txt").write_text(text)
        reason = "Skills.txt: no ratings of importance"
    assert main(["--onet", str(folder)]) == 2
    assert reason in capsys.readouterr().err


def test_without_data_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROLEGRAPH_ONET", raising=False)
    assert main([], data=tmp_path) == 0
    assert capsys.readouterr().out.startswith("not judged: no O*NET release is here")
    assert main(["--onet", str(tmp_path / "none")]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err


def test_the_newest_release_is_found(tmp_path: Path) -> None:
    for name in ("onet-9.0", "onet-29.0", "onet-29.3", "esco-1.1.1"):
        (tmp_path / name).mkdir()
    found = find_release(tmp_path)
    assert found is not None
    assert found.name == "onet-29.3"


def test_scores_are_as_worked_out_by_hand() -> None:
    found = score([9, 1, 8, *range(20, 27), 2, *range(30, 39)], {1: 3, 2: 1, 3: 2, 9: 1})
    assert (found.precision_10, found.recall_10) == (0.2, 0.5)
    assert (found.precision_20, found.recall_20) == (0.15, 0.75)
    reached = 1 + 3 / log2(3) + 1 / log2(12)
    assert found.ndcg_20 == pytest.approx(reached / (3 + 2 / log2(3) + 1 / 2 + 1 / log2(5)))
    assert measure_ndcg([1, 3, 2, 9], {1: 3, 2: 1, 3: 2, 9: 1}, 20) == pytest.approx(1)
    assert measure_ndcg([5], {1: 1}, 20) == 0


def test_an_interval_holds_the_mean_and_narrows_with_more() -> None:
    low, high = measure_interval([0.0, 1.0] * 50)
    assert 0.38 < low < 0.5 < high < 0.62
    assert measure_interval([0.3] * 9) == pytest.approx((0.3, 0.3))


def test_measures_rank_as_worked_out_by_hand() -> None:
    codes = ["11-1011.00", "11-1021.00", "15-1252.00", "11-1011.03"]
    x, y, z = ("t", "x"), ("t", "y"), ("t", "z")
    weights = {codes[0]: {x: 4, y: 4}, codes[1]: {x: 9, y: 9}, codes[2]: {x: 4, y: 3, z: 1}, codes[3]: {z: 5}}
    # Ruzicka: 7/9 of [2] is shared, 8/18 of [1]. Jaccard: [1] holds the same items. The angle to [1] is 0.
    assert rank_content(codes, weights)(0, 9) == [2, 1, 3]
    assert rank_jaccard(codes, weights)(0, 9) == [1, 2, 3]
    assert rank_cosine(codes, weights)(0, 9) == [1, 2, 3]
    assert rank_tree(codes)(0, 9) == [3, 1, 2]
    assert rank_tree([*codes[:3], "13-1011.00"], rank_content(codes, weights))(0, 3) == [1, 2, 3]
    assert sorted(rank_by_lot(codes)(0, 9)) == [1, 2, 3]


def test_pairs_are_sorted_by_tier_and_band() -> None:
    release = read_release(FIXTURE)
    pool = make_pool(release)
    origin = pool.codes.index("15-1252.01")
    tiers = sort_pairs(CONTENT, release, pool, [origin])
    # To 15-1252.00: 0 and 300 of reading, 1200 and 1200, 900 and 1200, 300 and 300: 600 of 3000 differ.
    assert tiers.bands["Primary-Short", "confident"] == tiers.pairs["Primary-Short"] == 1
    assert tiers.pairs["not related"] == 4


def test_the_bands_are_those_of_the_edition() -> None:
    edition = yaml.load((ROOT / "data/editions/content@1.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    for band, most in BANDS.items():
        assert float(edition["constants"][f"band-{band}"]["value"]) * 1000 == pytest.approx(most)
    assert [find_band(2, 5), find_band(3, 5), find_band(4, 5)] == ["confident", "needs-review", "no-match"]


def test_the_plainest_within_the_tolerance_is_chosen() -> None:
    assert choose_recipe({"plain": 0.50, "better": 0.56, "best": 0.565}) == "better"
    assert choose_recipe({"plain": 0.556, "better": 0.56, "best": 0.565}) == "plain"
    with pytest.raises(ValueError, match="no recipe"):
        choose_recipe({})


def test_the_report_is_the_same_whatever_the_hash_seed() -> None:
    texts = [
        subprocess.run(
            [sys.executable, "-m", "bench.evaluate", "--onet", str(FIXTURE)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout.decode()
        for seed in ("0", "7")
    ]  # fmt: skip
    assert texts[0] == texts[1]
    assert all(half in texts[0] for half in ("the half to report", "the half to choose by"))
    assert "O*NET 99.1: 6 occupations have related ones, 8 relations in all. 6 occupations" in texts[0]


def test_the_readme_has_a_place_for_it() -> None:
    assert "NEW" in replace_table((ROOT / "bench" / "README.md").read_text("utf-8"), "evaluate", "NEW")


@pytest.mark.skipif(WORLD is None, reason="no O*NET release is here (../shared/data/onet-*)")
def test_what_was_chosen_is_nearer_to_the_world_than_the_plain_weights() -> None:
    assert WORLD is not None
    release = read_release(WORLD)
    pool = make_pool(release)
    chosen, plain = (
        average(judge(rank_content(pool.codes, weigh_items(recipe, release)), pool, pool.halves[1])).ndcg_20
        for recipe in (CONTENT, FIRST)
    )
    assert chosen > plain + 0.03
