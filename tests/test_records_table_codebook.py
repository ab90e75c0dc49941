"""Codes of functions and focuses: made once, kept whatever happens to names and rows."""

from __future__ import annotations

import hashlib
import re

import pytest

from rolegraph.errors import InputError
from rolegraph.model import codes
from rolegraph.records.table.codebook import (
    CodeBook,
    fit_code,
    mint_focus,
    mint_function,
    read_codebook,
)
from rolegraph.records.table.compose import TableHarvest
from table_samples import harvest, make_csv

MAPPING = """
sheets:
  Roles:
    columns: {function: F, focus: C, level: L, job_code: J}
"""
HEADER = ["F", "C", "L", "J"]
ROWS = [
    ["Bakery and kitchen", "Bread", "P1", "1"],
    ["Bakery and kitchen", "Bread", "P2", "2"],
    ["Bakery and kitchen", "Cake", "P1", "3"],
    ["Sales", "Shop", "P1", "4"],
]


def read(rows: list[list[str]], book: CodeBook | None = None, **known: object) -> TableHarvest:
    found = harvest(make_csv([HEADER, *rows]), MAPPING, book, **known)
    assert found.problems == ()
    return found


def list_codes(found: TableHarvest) -> dict[str, str]:
    return {focus.label: focus.code for focus in found.intake.focuses}


def list_jobs(found: TableHarvest) -> dict[str, str]:
    return {p.job_code: p.code for f in found.intake.focuses for p in f.profiles if p.job_code is not None}


def rename(old: str, new: str) -> list[list[str]]:
    return [[new if cell == old else cell for cell in row] for row in ROWS]


def test_codes_are_made_of_names_and_of_the_hash_of_their_key() -> None:
    found = read(ROWS)
    digits = hashlib.sha256(b"Bakery and kitchen / Bread").hexdigest()[:4].upper()
    assert list_codes(found)["Bread"] == f"BAKERY.BREAD{digits}"
    assert {f.label: f.code for f in found.intake.functions} == {
        "Bakery and kitchen": "BAKERY",
        "Sales": "SALES",
    }


def test_book_is_written_sorted_and_read_again() -> None:
    book = read(ROWS).codebook
    text = book.write().decode()
    lines = text.splitlines()
    assert lines[0] == "kind,key,code"
    assert lines[1:] == sorted(lines[1:])
    assert len(lines) == 6
    assert read_codebook(text.encode()) == book
    assert read_codebook(text.replace("\n", "\r\n").encode()) == book


def test_no_file_is_an_empty_book() -> None:
    assert read_codebook(b"") == CodeBook()


def test_second_import_gives_the_same_codes_in_any_order_of_rows() -> None:
    first = read(ROWS)
    second = read(ROWS[::-1], first.codebook)
    assert list_codes(second) == list_codes(first)
    assert second.codebook == first.codebook
    assert read(ROWS[::-1]).codebook == first.codebook


def test_renamed_focus_keeps_its_code_by_its_job_codes() -> None:
    first = read(ROWS)
    renamed = rename("Bread", "Loaves and rolls")
    second = read(renamed, first.codebook, known_jobs=list_jobs(first))
    assert list_codes(second)["Loaves and rolls"] == list_codes(first)["Bread"]
    assert [note.rule for note in second.intake.notes] == ["focus-renamed"]
    assert "B2" in str(second.intake.notes[0])
    third = read(renamed, second.codebook)
    assert list_codes(third) == list_codes(second)
    assert list_codes(read(renamed, first.codebook))["Loaves and rolls"] != list_codes(first)["Bread"]


def test_renamed_function_keeps_its_code_and_those_of_its_focuses() -> None:
    first = read(ROWS)
    second = read(rename("Bakery and kitchen", "Food"), first.codebook, known_jobs=list_jobs(first))
    assert list_codes(second) == list_codes(first)
    assert {note.rule for note in second.intake.notes} == {"function-renamed"}


def test_old_name_that_is_used_anew_gets_a_new_code() -> None:
    first = read(ROWS)
    rows = [["Sales", "Cake", "P1", "9"], *ROWS]
    second = read(rows, first.codebook, known_jobs=list_jobs(first))
    new = next(f.code for f in second.intake.focuses if f.code.startswith("SALES") and f.label == "Cake")
    assert new not in list_codes(first).values()
    assert set(list_codes(first).values()) < {f.code for f in second.intake.focuses}


def test_focus_whose_jobs_come_from_two_focuses_is_new() -> None:
    first = read(ROWS)
    rows = [["Bakery and kitchen", "All", "P1", "1"], ["Bakery and kitchen", "All", "P2", "3"]]
    second = read(rows, first.codebook, known_jobs=list_jobs(first))
    assert list_codes(second)["All"] not in list_codes(first).values()


def test_letter_case_of_a_name_changes_no_code() -> None:
    first = read(ROWS)
    assert list_codes(read(rename("Bread", "BREAD"), first.codebook))["BREAD"] == list_codes(first)["Bread"]


def test_new_codes_keep_clear_of_those_of_the_folder() -> None:
    found = read(ROWS, known_functions={"SALES": "Trade", "BAKERY": "Bakery and kitchen"})
    assert {f.label: f.code for f in found.intake.functions} == {
        "Bakery and kitchen": "BAKERY",
        "Sales": "SALES2",
    }


def test_things_of_the_folder_with_the_same_name_keep_their_codes() -> None:
    found = read(
        ROWS, known_functions={"BAK": "bakery and kitchen"}, known_focuses={"BAK.B1": "Bread", "X.C": "Cake"}
    )
    assert list_codes(found)["Bread"] == "BAK.B1"
    assert list_codes(found)["Cake"].startswith("BAK.CAKE")


OWN = """
sheets:
  Roles:
    columns: {function: F, function_code: FC, focus: C, focus_code: CC, level: L}
"""


def test_own_codes_are_used_where_they_fit() -> None:
    rows = [
        ["F", "FC", "C", "CC", "L"],
        ["Bakery", "bk-1", "Bread", "017", "P1"],
        ["Sales", "0815", "Shop", "a b", "P1"],
    ]
    found = harvest(make_csv(rows), OWN)
    assert found.problems == ()
    assert list_codes(found)["Bread"] == "BK-1.017"
    digits = hashlib.sha256(b"0815 / a b").hexdigest()[:4].upper()
    assert list_codes(found)["Shop"] == f"SALES.SHOP{digits}"
    assert set(found.codebook.codes) == {("function", "0815"), ("focus", "0815 / a b")}


def test_things_with_own_codes_may_be_renamed() -> None:
    rows = [["F", "FC", "C", "CC", "L"], ["Sales", "0815", "Shop", "a b", "P1"]]
    first = harvest(make_csv(rows), OWN)
    rows[1][0], rows[1][2] = "Trade", "Store"
    second = harvest(make_csv(rows), OWN, first.codebook)
    assert [f.code for f in second.intake.focuses] == [f.code for f in first.intake.focuses]
    assert [f.label for f in second.intake.functions] == ["Trade"]


@pytest.mark.parametrize("name", ["Bread & rolls", "Über-Küche", "設計", "3D", "a", "x" * 99, "1"])
def test_minted_codes_fit_the_grammar(name: str) -> None:
    function = mint_function(name, ())
    assert re.fullmatch(codes.FUNCTION_PATTERN, function)
    assert re.fullmatch(codes.FOCUS_PATTERN, mint_focus(function, name, name, ()))


def test_minting_finds_another_code_where_one_is_taken() -> None:
    taken: set[str] = set()
    for _ in range(30):
        taken.add(mint_focus("A", "Bread", "A / Bread", taken))
    assert len(taken) == 30
    digits = hashlib.sha256(b"A / Bread").hexdigest().upper()
    assert {f"A.BREAD{digits[:4]}", f"A.BREAD{digits[4:8]}"} < taken
    names: set[str] = set()
    for _ in range(12):
        names.add(mint_function("Manufacturing", names))
    assert "MANUFA12" in names


def test_fitting_codes_are_written_in_upper_case() -> None:
    assert (fit_code("ab_1", "function"), fit_code("", "focus"), fit_code("a.b", "focus")) == (
        "AB_1",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n", "codes.csv:1: the first line is not kind,key,code"),
        ("key,code\n", "codes.csv:1: the first line is not kind,key,code"),
        ("kind,key,code\nfocus,Bread,bread\n", "codes.csv:2: 'bread' is not the code of a focus"),
        ("kind,key,code\nrole,Bread,A\n", "codes.csv:2: the line is no kind, key and code"),
        (
            "kind,key,code\nfunction,A,A\nfunction,A,B\n",
            "codes.csv:3: the function 'A' has two codes; keep one",
        ),
        ('kind,key,code\nfunction,"A\n', "codes.csv:2: not CSV: "),
    ],
)
def test_damaged_book_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read_codebook(text.encode())
    assert problem in str(caught.value)
