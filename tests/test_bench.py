"""The synthetic architectures: the same bytes for the same seed, sound, of the size asked for; the measuring is honest."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import fmean

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.cases import CASES  # noqa: E402
from bench.data import hash_graph  # noqa: E402
from bench.generate import write_architecture  # noqa: E402
from bench.measure import (  # noqa: E402
    Comparison,
    DisagreementError,
    Sample,
    Variant,
    make_variant,
    run_comparison,
)
from bench.tables import format_time, make_table, replace_table  # noqa: E402
from bench.words import LABELS, make_label  # noqa: E402

from rolegraph.architecture import Architecture  # noqa: E402
from rolegraph.model.taxonomy import Taxonomy  # noqa: E402
from rolegraph.rdf.write import iterate_lines  # noqa: E402


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Architecture:
    folder = tmp_path_factory.mktemp("synthetic")
    write_architecture(folder, 200)
    return Architecture(folder)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    folder = tmp_path_factory.mktemp("large")
    write_architecture(folder, 3_000)
    return Architecture(folder).taxonomy


def read_files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        write_architecture(tmp_path / name, 300, seed)
    assert read_files(tmp_path / "one") == read_files(tmp_path / "two")
    assert read_files(tmp_path / "one") != read_files(tmp_path / "other")


@pytest.mark.parametrize("size", [1, 2, 7, 53])
def test_a_folder_of_any_size_loads_whole(size: int, tmp_path: Path) -> None:
    focuses = write_architecture(tmp_path, size, seed=size)
    taxonomy = Architecture(tmp_path).taxonomy
    assert (len(taxonomy.profiles), len(taxonomy.focuses)) == (size, focuses)


def test_no_profiles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        write_architecture(tmp_path / "none", 0)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("size", "seed"), [(200, 1), (200, 2), (203, 3), (1_000, 4)])
def test_nothing_is_found_wrong_with_it(size: int, seed: int, tmp_path: Path) -> None:
    write_architecture(tmp_path, size, seed)
    assert [f for f in Architecture(tmp_path).validate().findings if f.severity != "info"] == []


def test_it_is_as_dense_as_the_benchmarks_say(jobs: Architecture, large: Taxonomy) -> None:
    few, many = (sum(1 for _ in iterate_lines(taxonomy)) for taxonomy in (jobs.taxonomy, large))
    assert 80 < (many - few) / (3_000 - 200) < 90


def test_it_has_what_a_real_architecture_has(large: Taxonomy) -> None:
    profiles = large.profiles
    assert {profile.basis for profile in profiles} == {"documented", "implied"}
    assert any(profile.pay for profile in profiles)
    assert any(profile.mappings for profile in profiles)
    assert any(profile.review for profile in profiles)
    assert any(profile.retired for profile in profiles)
    assert any(focus.retired for focus in large.focuses)
    assert any(use.levels for focus in large.focuses for use in focus.skills)
    assert any(skill.alternatives for skill in large.skills)
    assert fmean(len(focus.skills) for focus in large.focuses) == pytest.approx(13, abs=1.5)
    texts = "".join(part.text for profile in profiles for part in profile.responsibilities)
    assert all(mark in texts for mark in ('"', "\\", "é", "–"))


def test_paths_lead_from_function_to_function(jobs: Architecture) -> None:
    roster = jobs.roster
    junior = [roster.code_of(at) for at in roster.active_profiles() if roster.code_of(at).endswith(".P1")]
    senior = [roster.code_of(at) for at in roster.active_profiles() if roster.code_of(at).endswith(".M4")]
    ways = [jobs.path(junior[0], end).paths for end in senior if end.split(".")[0] != junior[0].split(".")[0]]
    assert any(ways)


def test_labels_do_not_repeat() -> None:
    labels = [make_label(number) for number in range(0, 2 * LABELS, 7)]
    assert len(set(labels)) == len(labels)


def test_every_benchmark_has_its_module_and_its_place_in_the_readme() -> None:
    readme = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    for name in CASES:
        assert (ROOT / "bench" / "cases" / f"{name}.py").is_file()
        assert "NEW" in replace_table(readme, name, "NEW")


def make_clock(name: str, seconds: list[float], value: object, log: list[str]) -> Variant:
    left = iter(seconds)

    def measure() -> Sample:
        log.append(name)
        return Sample(next(left), value)

    return Variant(name, measure)


def test_variants_take_turns_after_a_warm_up_that_does_not_count() -> None:
    log: list[str] = []
    variants = [make_clock("a", [9.0, 1.0, 2.0], 1, log), make_clock("b", [9.0, 4.0, 6.0], 1, log)]
    first, second = run_comparison(Comparison("job", 10, variants), runs=2, patience=10)
    assert log == ["a", "b"] * 3
    assert (first.median, second.median) == (1.5, 5.0)
    assert second.ratios == [4.0, 3.0]


def test_what_takes_longer_than_patience_runs_once() -> None:
    log: list[str] = []
    variants = [make_clock("a", [1.0, 2.0, 4.0, 3.0], 1, log), make_clock("b", [30.0], 1, log)]
    first, second = run_comparison(Comparison("job", 10, variants), runs=3, patience=10)
    assert log == ["a", "b", "a", "a", "a"]
    assert (list(first.times.values()), list(second.times.values())) == ([2.0, 4.0, 3.0], [30.0])
    assert second.ratios == [10.0]


def test_a_time_does_not_count_where_the_answer_differs() -> None:
    variants = [make_variant("a", lambda: [1, 2]), make_variant("b", lambda: [2, 1])]
    with pytest.raises(DisagreementError, match=r"a gives \[1, 2\], b gives \[2, 1\]"):
        run_comparison(Comparison("job", 10, variants), runs=1, patience=10)
    same = [make_variant("a", lambda: [1, 2], sorted), make_variant("b", lambda: [2, 1], sorted)]
    assert len(run_comparison(Comparison("job", 10, same), runs=1, patience=10)) == 2


def test_times_are_told_for_one_unit() -> None:
    many = Variant("many", lambda: Sample(6.0, None), units=3)
    one = Variant("one", lambda: Sample(4.0, None))
    first, second = run_comparison(Comparison("job", 10, [many, one], per="role"), runs=1, patience=10)
    assert (first.median, second.ratios) == (2.0, [2.0])
    assert "job, per role" in make_table([first, second])


def test_graphs_are_compared_as_sets_of_triples() -> None:
    a, b, c = b"<x:a> <x:p> 8.0 .\n", b'<x:b> <x:p> "\xc3\xa9"@en .\n', b"<x:a> <x:p> 8 .\n"
    assert hash_graph(a + b) == hash_graph(b + a)
    assert hash_graph(a + b) != hash_graph(c + b)


def test_a_table_replaces_the_one_between_its_marks_alone() -> None:
    text = "head\n<!-- write -->\nold\n<!-- end of write -->\n<!-- load -->\n<!-- end of load -->\n"
    text = replace_table(text, "load", "fresh")
    assert replace_table(text, "write", "new") == (
        "head\n<!-- write -->\nnew\n<!-- end of write -->\n<!-- load -->\nfresh\n<!-- end of load -->\n"
    )
    with pytest.raises(ValueError, match="0 times"):
        replace_table(text, "path", "new")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(123.4, "123 s"), (0.9999, "1.00 s"), (0.0123, "12.3 ms"), (0.00123, "1.23 ms"), (4.3e-6, "4.30 µs")],
)
def test_times_have_three_digits_and_a_unit(seconds: float, text: str) -> None:
    assert format_time(seconds) == text
