"""Crosswalks: every older code, and what took its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rolegraph.classifications import crosswalk
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.errors import InputError
from rolegraph.releases.kinds import CONCEPTS, LINKS
from rolegraph.releases.rows import Concept, Link, Row

FIXTURE = Path(__file__).parent / "fixtures" / "classifications" / "crosswalk" / "2010_to_2019.csv"


def read(path: Path) -> tuple[list[Row], Ledger, str | None]:
    ledger = Ledger()
    with open_package(path) as package:
        assert crosswalk.recognize(package)
        rows = list(crosswalk.read(package, ledger, lambda _: None))
        version = crosswalk.find_version(package)
    for tally in ledger.tallies.values():
        assert tally.rows == tally.taken + tally.skipped.total(), tally
    assert all(row.kind in (CONCEPTS if isinstance(row, Concept) else LINKS) for row in rows)
    return rows, ledger, version


def test_each_older_code_leads_to_what_took_its_place() -> None:
    rows, ledger, version = read(FIXTURE)
    assert version == "2010-2019"
    assert rows == [
        Concept("onet-soc-2010/11-1011.00", "occupation", "Chief Executives"),
        Link("onet-soc-2010/11-1011.00", "successor", "onet-soc-2019/11-1011.00"),
        Concept("onet-soc-2010/13-1199.03", "occupation", "Customs Brokers"),
        Link("onet-soc-2010/13-1199.03", "successor", "onet-soc-2019/13-1041.08"),
        Concept("onet-soc-2010/15-1199.01", "occupation", "Testers of Programs"),
        Link("onet-soc-2010/15-1199.01", "successor", "onet-soc-2019/15-1253.00"),
        Link("onet-soc-2010/15-1199.01", "successor", "onet-soc-2019/15-1299.09"),
        Link("onet-soc-2010/15-1199.01", "successor", "onet-soc-2019/15-1211.00"),
        Concept("onet-soc-2010/19-9999.00", "occupation", "Forgotten Trade"),
    ]
    tally = ledger.tallies[FIXTURE.name]
    assert tally.skipped == {
        "repeated row": 1,
        "a new code, which takes the place of none": 1,
        "no code": 1,
        "no title": 1,
    }
    assert tally.marked == {
        "another code takes its place": 4,
        "another title of the same code, which is not kept": 1,
        "nothing takes its place": 1,
    }


def test_the_crosswalk_of_soc_is_a_workbook_with_titles_above(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["A crosswalk", None, None, None],
        [],
        ["2010 SOC Code", "2010 SOC Title", "2018 SOC Code", "2018 SOC Title"],
        ["15-1132", "Software Developers, Applications", "15-1252", "Software Developers"],
        ["15-1133", "Software Developers, Systems Software", "15-1252", "Software Developers"],
    ):
        book.active.append(row)
    book.save(tmp_path / "crosswalk.xlsx")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    rows, ledger, version = read(tmp_path)
    assert version == "2010-2018"
    assert rows[:2] == [
        Concept("soc-2010/15-1132", "detailed", "Software Developers, Applications"),
        Link("soc-2010/15-1132", "successor", "soc-2018/15-1252"),
    ]
    assert len(rows) == 4
    assert ledger.unread == {"notes.pdf": "not used"}


def test_what_is_no_crosswalk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("2010 SOC Code,2018 SOC Code\n11-1011,11-1011\n", encoding="utf-8")
    with open_package(tmp_path) as package:
        assert not crosswalk.recognize(package)
        assert crosswalk.find_version(package) is None
        with pytest.raises(InputError, match=r"no table has the columns of a crosswalk.*2018 SOC Title"):
            list(crosswalk.read(package, Ledger(), lambda _: None))
