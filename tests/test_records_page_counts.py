"""Numbers of responsibilities that are given by hand: for all pages, for one, or for a focus, and never in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from page_checks import BAKERY, HARBOUR, find_problems
from pages import find_line
from rolegraph.cli.main import run
from rolegraph.errors import InputError
from rolegraph.incoming import ingest_pages
from rolegraph.records.page import PageHarvest, read_pages
from rolegraph.records.page.counts import Counts

UNEVEN = HARBOUR.replace("- Speaks for the port in the round of the neighbouring ports\n", "")
OTHER = UNEVEN.replace("00FE", "00FF")
FOCUS = "HARBOR2.BERTHPLA00FE"


def harvest(counts: Counts, *pages: tuple[str, str]) -> PageHarvest:
    return read_pages([(name, text.encode()) for name, text in pages], counts=counts)


def list_sizes(found: PageHarvest) -> dict[str, list[int]]:
    return {
        focus.code: [len(one.responsibilities) for one in focus.profiles] for focus in found.intake.focuses
    }


def test_the_pages_that_were_divided_by_counts_are_told() -> None:
    found = harvest((2, 2, 1), ("a", UNEVEN), ("b", BAKERY))
    assert (found.problems, found.counted) == ((), ("a",))
    (note,) = found.intake.notes
    assert (note.rule, str(note.place)) == ("page-counts-used", f"a:{find_line(UNEVEN, '- Enters')}")
    assert "2,2,1" in note.message


@pytest.mark.parametrize("name", ["other.txt", "HARBOR2.BERTHPLA00FF"])
def test_counts_may_be_for_one_page_or_focus(name: str) -> None:
    found = harvest({name: (1, 1, 3), "": (2, 2, 1)}, ("x/one.txt", UNEVEN), ("y/other.txt", OTHER))
    assert found.problems == ()
    assert list_sizes(found) == {FOCUS: [2, 2, 1], "HARBOR2.BERTHPLA00FF": [1, 1, 3]}
    assert found.counted == ("x/one.txt", "y/other.txt")


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((2, 2, 2, 2), "given, 2,2,2,2, were not needed"),
        ({"bakery.txt": (1, 1, 1)}, "for bakery.txt, 1,1,1, were not needed"),
        ({"BAKERY.SOURDOUG7C21": (1, 1, 1)}, "for BAKERY.SOURDOUG7C21, 1,1,1, were not needed"),
        ({"gone.txt": (1, 1, 1)}, "for gone.txt, 1,1,1, are for no page"),
        ({"": (3, 2, 2)}, "given, 3,2,2, were not needed"),
        (
            {FOCUS: (1, 2, 3), "bakery.txt": (1, 1, 1), "": (3, 2, 1)},
            "given, 3,2,1, are for no page: each has",
        ),
    ],
)
def test_counts_that_no_page_needs_are_a_problem(counts: Counts, reason: str) -> None:
    problems = harvest(counts, ("even.txt", HARBOUR), ("bakery.txt", BAKERY)).problems
    assert {(problem.rule, problem.where) for problem in problems} == {
        ("counts-unused", "--responsibilities")
    }
    assert any(reason in problem.message for problem in problems)
    assert all(problem.remedy for problem in problems)


def test_counts_for_a_page_have_to_fit_it_even_where_it_divides_evenly() -> None:
    (problem,) = harvest({"a.txt": (2, 2, 1)}, ("a.txt", HARBOUR)).problems
    assert (problem.rule, problem.place and problem.place.line) == (
        "page-responsibilities", find_line(HARBOUR, "- Enters"),
    )  # fmt: skip
    assert "the counts given, 2,2,1, are for 3 levels and add up to 5" in problem.message
    assert list_sizes(harvest({"a.txt": (1, 2, 3)}, ("a.txt", HARBOUR))) == {FOCUS: [1, 2, 3]}


def test_counts_whose_page_is_refused_for_something_else_are_no_problem_of_their_own() -> None:
    broken = UNEVEN.replace("| Weighs delays against fees. ", "")
    found = harvest((2, 2, 1), ("a", broken))
    assert [problem.rule for problem in found.problems] == ["page-guideline-row"]


def test_words_fit_numbers_and_the_remedy_does_not_guess() -> None:
    (problem,) = find_problems(UNEVEN, (5,))
    assert "the counts given, 5, are for 1 level and add up to 5" in problem.message
    assert problem.remedy.endswith("--responsibilities 1,2,2 is only one way to add up to 5")


def test_counts_of_the_command_may_name_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text(UNEVEN, encoding="utf-8")
    (tmp_path / "two.txt").write_text(OTHER, encoding="utf-8")
    command = ["ingest", str(tmp_path), "-o", str(tmp_path / "made"), "--responsibilities"]
    assert run([*command, "2,2,1", "--responsibilities", "2,2,1"]) == 2
    assert "give the numbers for all pages once" in capsys.readouterr().err
    assert run([*command, "one.txt=2,x"]) == 2
    assert "whole numbers" in capsys.readouterr().err
    assert run([*command, "2,2,1", "--responsibilities", "gone.txt=1,1"]) == 2
    assert "gone.txt" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()
    assert run([*command, "one.txt=2,2,1", "--responsibilities", "HARBOR2.BERTHPLA00FF=1,1,3"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "they were divided as given, 2,2,1" in shown
    assert "they were divided as given, 1,1,3" in shown
    assert shown.count("[page-counts-used]") == shown.count("info ") == 2


def test_counts_that_were_given_in_vain_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(BAKERY, encoding="utf-8")
    with pytest.raises(InputError, match="were not needed"):
        ingest_pages([tmp_path / "one.txt"], tmp_path / "made", counts={"": (2, 2, 1)})
    assert not (tmp_path / "made").exists()
