"""The Standard Occupational Classification: the tree that its files state, whichever form they have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from rolegraph.classifications import soc
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.errors import InputError
from rolegraph.releases.rows import Concept, Link, Row

HERE = Path(__file__).parent
FIXTURE = HERE / "fixtures" / "classifications" / "soc" / "soc2018_all.csv"
REAL = HERE.parents[1] / "shared" / "data" / "soc-2018"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="SOC 2018 is not here (../shared/data/soc-2018)")

HEADER = ["Major Group", "Minor Group", "Broad Group", "Detailed Occupation", None]
STRUCTURE = [
    ["***This is the final structure for the 2018 SOC.***"],
    [],
    HEADER,
    ["15-0000", None, None, None, "Computer and Mathematical Occupations"],
    [None, "15-1200", None, None, "Computer Occupations"],
    [None, None, "15-1210", None, "Computer and Information Analysts"],
    [None, None, None, "15-1211", "Computer Systems Analysts"],
    [None, None, None, "15-1212", None],
    ["31-0000", None, None, None, "Healthcare Support Occupations"],
    [None, None, None, "31-1121", "Home Health Aides"],
    ["31-0000", "31-1100", None, None, "Both"],
    ["Note: an asterisk says nothing."],
]
DEFINED = [
    ["2018 Standard Occupational Classification"],
    ["SOC Group", "SOC Code", "SOC Title", "SOC Definition"],
    ["Major", "15-0000", "Computer and Mathematical Occupations", None],
    ["Minor", "15-1200", "Computer Occupations", "NA"],
    ["Broad", "15-1210", "Analysts", "This group holds analysts."],
    ["Detailed", "15-1211", "Computer Systems Analysts", "Analyze systems."],
    ["Detailed", "99-9999", "Strangers", "Nothing is known."],
]


def write_workbook(path: Path, rows: list[list[str | None]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def read(path: Path) -> tuple[list[Row], Ledger, str | None]:
    ledger = Ledger()
    with open_package(path) as package:
        assert soc.recognize(package)
        rows = list(soc.read(package, ledger, lambda _: None))
        version = soc.find_version(package)
    for tally in ledger.tallies.values():
        assert tally.rows == tally.taken + tally.skipped.total(), tally
    return rows, ledger, version


def find_parents(rows: list[Row]) -> dict[str, str]:
    return {row.key.split("/")[1]: row.other.split("/")[1] for row in rows if isinstance(row, Link)}


def test_the_csv_says_by_its_column_what_stands_over_a_code() -> None:
    rows, ledger, version = read(FIXTURE)
    assert version == "2018"
    assert [row for row in rows if isinstance(row, Concept)] == [
        Concept("soc-2018/15-0000", "major", "Computer and Mathematical Occupations"),
        Concept("soc-2018/15-1200", "minor", "Computer Occupations"),
        Concept("soc-2018/15-1211", "detailed", "Computer Systems Analysts"),
        Concept("soc-2018/15-1210", "broad", "Computer and Information Analysts"),
        Concept("soc-2018/15-1232", "detailed", 'Support "desk" specialists, users'),
        Concept("soc-2018/31-1100", "minor", "Home Aides"),
    ]
    assert find_parents(rows) == {"15-1200": "15-0000", "15-1211": "15-1210", "15-1210": "15-1200"}
    tally = ledger.tallies[FIXTURE.name]
    assert tally.skipped == {
        "repeated row": 1,
        "no title": 1,
        "no SOC code": 1,
        "neither major, minor, broad nor detailed": 1,
        "blank row": 1,
        "fewer cells than the header has": 1,
    }
    assert tally.marked == {"the group that it stands under is not there": 2}


def test_the_workbook_says_by_its_order_what_stands_over_a_code(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "structure.xlsx", STRUCTURE)
    rows, ledger, version = read(path)
    assert version == "2018"
    assert find_parents(rows) == {"15-1200": "15-0000", "15-1210": "15-1200", "15-1211": "15-1210"}
    assert Concept("soc-2018/31-1121", "detailed", "Home Health Aides") in rows
    tally = ledger.tallies[path.name]
    assert tally.skipped == {"no title": 1, "codes in several columns": 1, "no SOC code": 1}
    assert tally.marked == {"the group that it stands under is not there": 1}
    assert "SOC definitions" in ledger.missing


def test_definitions_beside_a_structure_are_those_of_its_codes(tmp_path: Path) -> None:
    write_workbook(tmp_path / "structure.xlsx", STRUCTURE)
    write_workbook(tmp_path / "definitions.xlsx", DEFINED)
    (tmp_path / "list.csv").write_bytes(FIXTURE.read_bytes())
    (tmp_path / "readme.txt").write_text("Hello", encoding="utf-8")
    rows, ledger, _ = read(tmp_path)
    texts = {row.key: (row.label, row.definition) for row in rows if isinstance(row, Concept)}
    assert texts["soc-2018/15-1210"] == ("Computer and Information Analysts", "This group holds analysts.")
    assert texts["soc-2018/15-1211"] == ("Computer Systems Analysts", "Analyze systems.")
    assert texts["soc-2018/15-1200"] == ("Computer Occupations", "")
    tally = ledger.tallies["definitions.xlsx"]
    assert tally.skipped == {"a code that is not in the structure": 1}
    assert tally.marked == {"another title than in the structure": 1}
    assert ledger.unread == {"list.csv": "structure.xlsx has the same", "readme.txt": "not used"}
    assert not ledger.missing


def test_definitions_alone_are_a_classification(tmp_path: Path) -> None:
    rows, ledger, version = read(write_workbook(tmp_path / "definitions.xlsx", DEFINED))
    assert version == "2018"
    assert find_parents(rows) == {
        "15-1200": "15-0000", "15-1210": "15-1200", "15-1211": "15-1210", "99-9999": "15-1210"
    }  # fmt: skip
    assert not ledger.missing


def test_a_code_with_two_titles_is_refused_with_both_rows(tmp_path: Path) -> None:
    path = tmp_path / "soc.csv"
    path.write_text(
        "code,title,Hierarchical_structure,parent\n11-0000,Chiefs,Major,NA\n11-1000,Top,Minor,11-0000\n"
        "11-0000,Managers,Major,NA\n11-1000,Top,Minor,NA\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read(path)
    assert [str(problem).partition(";")[0] for problem in refused.value.problems] == [
        "soc.csv:4: the code 11-0000 is 'Managers' (major), and in row 2 'Chiefs' (major)",
        "soc.csv:5: the code 11-1000 is 'Top' (minor), and in row 3 'Top' (minor, under 11-0000)",
    ]


def test_a_group_never_stands_under_itself_or_a_narrower_one(tmp_path: Path) -> None:
    path = tmp_path / "soc.csv"
    path.write_text(
        "code,title,Hierarchical_structure,parent\n11-0000,A,Major,11-1000\n11-1000,B,Minor,11-1000\n"
        "11-1010,C,Broad,11-1011\n11-1011,D,Detailed,11-1010\n",
        encoding="utf-8",
    )
    rows, ledger, version = read(path)
    assert version is None
    assert find_parents(rows) == {"11-1011": "11-1010"}
    assert ledger.tallies["soc.csv"].marked == {"the group that it stands under is not there": 2}


def test_an_edition_of_another_year_has_keys_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "soc_structure_2010.csv"
    path.write_text(
        "code,title,Hierarchical_structure,parent\n11-0000,A,Major,NA\n", encoding="utf-8", newline="\r\n"
    )
    assert read(path)[0] == [Concept("soc-2010/11-0000", "major", "A")]
    assert read(path)[2] == "2010"


def test_what_is_no_classification_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("code,title\n11-0000,A\n", encoding="utf-8")
    with open_package(tmp_path) as package:
        assert not soc.recognize(package)
        with pytest.raises(InputError, match="no table has the columns of the SOC structure"):
            list(soc.read(package, Ledger(), lambda _: None))


def test_a_table_without_codes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "code,title,Hierarchical_structure,parent\nx,A,Major,\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="no row has a SOC code"):
        read(tmp_path)


@needs_real
def test_both_forms_of_soc_2018_say_the_same() -> None:
    by_order, ledger, version = read(REAL / "soc_structure_2018.xlsx")
    by_column, _, named = read(REAL / "soc2018_all.csv")
    assert by_order == by_column
    assert version == named == "2018"
    kinds = Counter(row.kind for row in by_order)
    assert kinds == {"major": 23, "minor": 98, "broad": 459, "detailed": 867, "broader": 1424}
    tally = ledger.tallies["soc_structure_2018.xlsx"]
    assert (tally.rows, tally.taken, tally.marked.total()) == (1447, 1447, 0)
    parents = find_parents(by_order)
    odd = {code for code, parent in parents.items() if parent in {"15-1200", "31-1100", "51-5100"}}
    assert {"15-1210", "31-1120", "51-5110"} <= odd
