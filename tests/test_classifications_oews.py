"""Wages by occupation: figures as published, what is top-coded or missing told as that, one row per code and area."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from rolegraph.classifications import oews, soc
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.errors import InputError
from rolegraph.releases.kinds import LINKS
from rolegraph.releases.rows import Concept, Link, Row

HERE = Path(__file__).parent
FIXTURE = HERE / "fixtures" / "classifications" / "oews" / "national_M2024_dl.csv"
DATA = HERE.parents[1] / "shared" / "data"
REAL = DATA / "oews-may-2024" / "national_M2024_dl.xlsx"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="OEWS is not here (../shared/data/oews-may-2024)")


def read(path: Path) -> tuple[list[Row], Ledger, str | None]:
    ledger = Ledger()
    with open_package(path) as package:
        assert oews.recognize(package)
        rows = list(oews.read(package, ledger, lambda _: None))
        version = oews.find_version(package)
    for tally in ledger.tallies.values():
        assert tally.rows == tally.taken + tally.skipped.total(), tally
    for row in rows:
        if isinstance(row, Link):
            kind = LINKS[row.kind]
            assert len(row.figures) == len(kind.figures)
            assert list(row.flags) == [flag for flag in kind.flags if flag in row.flags]
    return rows, ledger, version


def write_workbook(path: Path) -> None:
    """The table of the fixture as a workbook, numbers as numbers, a sheet of notes behind it."""
    book = openpyxl.Workbook()
    sheet, notes = book.active, book.create_sheet("Field Descriptions")
    assert sheet is not None
    with FIXTURE.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            plain = [cell.replace(",", "") for cell in row]
            sheet.append(
                [
                    float(p) if i > 7 and p.replace(".", "").isdigit() else c
                    for i, (c, p) in enumerate(zip(row, plain, strict=True))
                ]
            )
    notes.append(["May 2024 OEWS Estimates"])
    book.save(path)


def test_every_oddity_of_a_table_is_told_or_counted() -> None:
    rows, ledger, version = read(FIXTURE)
    assert version == "2024-05"
    us, alabama = "oews-area/99", "oews-area/01"
    chiefs = ("211850", "262930", "73710", "126080", "206420", "", "")
    top = ("top-coded-percentile75", "top-coded-percentile90")
    assert rows == [
        Concept(us, "area", "U.S."),
        Link("soc-2018/11-1010", "wage-annual", us, chiefs, top),
        Link("soc-2018/11-1010", "wage-hourly", us, ("211850", "126.41", "35.44", "60.61", "99.24", "", ""), top),
        Link("soc-2018/11-1011", "wage-annual", us, chiefs, top),
        Link("soc-2018/11-1011", "wage-hourly", us, ("211850", "126.41", "35.44", "60.61", "99.24", "", ""), top),
        Link("soc-2018/13-1020", "wage-annual", us, ("500010", "79250", "43680", "57200", "74880", "97760", "124590")),
        Link("soc-2018/13-1020", "wage-hourly", us, ("500010", "38.10", "21.00", "27.50", "36.00", "47.00", "59.90")),
        Link(
            "soc-2018/25-2021", "wage-annual", us, ("1000", "69790", "46960", "50100", "62340", "80320", ""),
            ("missing-percentile90",),
        ),
        Link(
            "soc-2018/27-2011", "wage-hourly", us, ("", "44.40", "14.00", "16.94", "23.33", "41.09", "97.19"),
            ("missing-employment",),
        ),
        Concept(alabama, "area", "Alabama"),
        Link("soc-2018/11-1011", "wage-annual", alabama, ("1030", "239200", "10", "20", "30", "40", "50")),
        Link(
            "soc-2018/11-1011", "wage-hourly", alabama, ("1030", "", "20", "30", "40", "50", "60"),
            ("top-coded-mean",),
        ),
    ]  # fmt: skip
    tally = ledger.tallies[FIXTURE.name]
    assert tally.skipped == {
        "all occupations together": 1,
        "broad row of a code that has a detailed row": 1,
        "no wage": 1,
        "a figure that is no number": 1,
        "for one industry or one kind of owner": 1,
        "a second row of a code in its area": 1,
        "no SOC code": 1,
    }
    assert tally.marked == {"top-coded": 3, "figure missing": 2, "no hourly wage": 1, "no annual wage": 1}
    assert ledger.notes == ["national_M2024_dl.csv: the columns MOOD are not known and not read"]


def test_a_detailed_row_counts_whichever_comes_first(tmp_path: Path) -> None:
    header, *lines = FIXTURE.read_text(encoding="utf-8-sig").splitlines()
    path = tmp_path / FIXTURE.name
    path.write_text("\r\n".join([header, *reversed(lines)]), encoding="utf-8")
    rows, ledger, _ = read(path)
    assert sorted(map(str, rows)) == sorted(map(str, read(FIXTURE)[0]))
    assert ledger.tallies[path.name].skipped["broad row of a code that has a detailed row"] == 1


def test_the_zip_as_it_is_downloaded_holds_a_folder_with_the_workbook(tmp_path: Path) -> None:
    write_workbook(tmp_path / "table.xlsx")
    with zipfile.ZipFile(tmp_path / "wages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "table.xlsx", "oesm24nat/table.xlsx")
        archive.writestr("oesm24nat/~notes.docx", b"PK")
    rows, ledger, version = read(tmp_path / "wages.zip")
    assert version == "2024-05"
    assert ledger.unread == {"~notes.docx": "not used"}

    def count(some: list[Row]) -> list[tuple[str, ...]]:
        return [
            (r.key, r.kind, *r.flags, *(f and str(float(f)) for f in r.figures))
            for r in some
            if isinstance(r, Link)
        ]

    assert count(rows) == count(read(FIXTURE)[0])


def test_the_year_is_told_by_a_sheet_where_no_name_tells_it(tmp_path: Path) -> None:
    write_workbook(tmp_path / "table.xlsx")
    assert read(tmp_path / "table.xlsx")[2] == "2024-05"
    shutil.copyfile(FIXTURE, tmp_path / "table.csv")
    assert read(tmp_path / "table.csv")[2] is None


@pytest.mark.parametrize(
    ("name", "version"),
    [("all_data_M_2023.csv", "2023-05"), ("state_M2022_dl.csv", "2022-05"), ("ATM2024.csv", None)],
)
def test_names_of_files_tell_the_year(tmp_path: Path, name: str, version: str | None) -> None:
    shutil.copyfile(FIXTURE, tmp_path / name)
    assert read(tmp_path / name)[2] == version


def test_wages_by_older_codes_are_noted(tmp_path: Path) -> None:
    shutil.copyfile(FIXTURE, tmp_path / "national_M2020_dl.csv")
    assert "wages of 2020-05 are not by the codes of SOC 2018 alone" in read(tmp_path)[1].notes[0]


def test_what_has_no_wages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "national_M2024_dl.csv").write_text("AREA,OCC_CODE\n99,11-1011\n", encoding="utf-8")
    with open_package(tmp_path) as package:
        assert not oews.recognize(package)
        with pytest.raises(InputError, match="no table has the columns of wages"):
            list(oews.read(package, Ledger(), lambda _: None))


@needs_real
def test_the_counts_of_may_2024_agree_with_soc_2018() -> None:
    rows, ledger, version = read(REAL.parent)
    assert version == "2024-05"
    tally = ledger.tallies[REAL.name]
    assert (tally.rows, tally.taken) == (1403, 1395)
    assert tally.skipped == {
        "broad row of a code that has a detailed row": 7,
        "all occupations together": 1,
    }
    assert Counter(row.kind for row in rows) == {"wage-annual": 1388, "wage-hourly": 1312, "area": 1}
    structure = DATA / "soc-2018" / "soc2018_all.csv"
    if not structure.exists():
        pytest.skip("SOC 2018 is not here (../shared/data/soc-2018)")
    with open_package(structure) as package:
        codes = list(soc.read(package, Ledger(), lambda _: None))
    paid = {row.key for row in rows if isinstance(row, Link)}
    detailed = {row.key for row in codes if row.kind == "detailed"}
    parents = {row.key: row.other for row in codes if isinstance(row, Link)}
    without = detailed - paid
    assert (len(detailed & paid), len(without)) == (819, 48)
    assert sum(parents[key] in paid for key in without) == 28
    # Codes of the survey alone, for several occupations at once.
    assert {key.rpartition("/")[2] for key in paid - {row.key for row in codes}} == {
        "21-1018", "25-2052", "25-9045", "51-2028", "53-1047"
    }  # fmt: skip
