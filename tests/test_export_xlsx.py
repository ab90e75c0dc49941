"""The workbook: every record in its sheet, numbers as numbers, nothing run, nothing cut, and back by way of a table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import yaml
from click.testing import CliRunner

from architectures import make_taxonomy, read_shipped
from export_sources import HOSTILE, export, make_hostile, make_source
from rolegraph.architecture import Architecture
from rolegraph.cli.main import cli
from rolegraph.export.source import Source
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.spreadsheet import sheet as sheets
from rolegraph.spreadsheet.book import MAX_TEXT
from rolegraph.spreadsheet.sheet import BookWriter
from rolegraph.stats import count_records

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return export("xlsx", Architecture().export_source())


def read(data: bytes) -> dict[str, Rows]:
    """The sheets, by openpyxl; calamine finds the same."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {s.title: [[cell.value for cell in row] for row in s.iter_rows()] for s in book.worksheets}
    for name, rows in found.items():
        other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name)
        assert [[cell or None for cell in row] for row in other.to_python(skip_empty_area=False)] == [
            [cell or None for cell in row] for row in rows
        ]
    return found


def change_profile(taxonomy: Taxonomy, **fields: Any) -> Source:
    """A source of a taxonomy of one focus, its last profile changed."""
    (focus,) = taxonomy.focuses
    *others, last = focus.profiles
    focus = focus.model_copy(update={"profiles": (*others, last.model_copy(update=fields))})
    return make_source(taxonomy.replace_parts(focuses=(focus,)))


def test_there_is_a_row_for_every_record(shipped: bytes) -> None:
    rows, counts = read(shipped), count_records(read_shipped())
    expected = {
        "Profiles": "profiles", "Focuses": "focuses", "Functions": "functions", "Levels": "levels",
        "Skills": "skills", "Skill uses": "skill uses", "Responsibilities": "responsibilities",
        "Mappings": "mappings", "Sources": "sources",
    }  # fmt: skip
    assert {name: len(rows[name]) - 1 for name in expected} == {
        name: counts[what] for name, what in expected.items()
    }
    guidelines = [cell for row in rows["Guidelines"][1:] for cell in row[-4:] if cell is not None]
    assert len(guidelines) == counts["guideline cells"]
    assert len(rows["Neighbours"]) - 1 == sum(
        kind == "adjacency" for *_, kind in Architecture().projection().edges(data="kind")
    )


def test_every_sheet_can_be_filtered(shipped: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions.replace("$", "")
        assert sheet.print_title_rows == "$1:$1"
        assert all(8 <= sheet.column_dimensions[cell.column_letter].width <= 60 for cell in sheet[1])
        assert len({cell.value for cell in sheet[1]}) == len(sheet[1])


def test_numbers_are_numbers(shipped: bytes) -> None:
    rows = read(shipped)
    for name, column in (
        ("Neighbours", "Distance"),
        ("Levels", "Rank"),
        ("Pay", "Median"),
        ("Skills", "Focuses"),
    ):
        at = rows[name][0].index(column)
        values = [row[at] for row in rows[name][1:] if row[at] is not None]
        assert values
        assert all(isinstance(value, int | float) for value in values)
    near = [row for row in rows["Neighbours"][1:] if row[0] == rows["Neighbours"][1][0]]
    assert [row[2] for row in near] == list(range(1, len(near) + 1))
    assert [row[5] for row in near] == sorted(row[5] for row in near)


def test_nothing_is_a_formula() -> None:
    titles = {"F.A.P1": "=1+1", "F.A.P2": "@SUM(A1)", "F.A.P3": "-2", "F.A.P4": "+1"}
    source = make_source(make_taxonomy({"F.A": ["P1", "P2", "P3", "P4"]}, titles=titles))
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", source)))
    assert {cell.value for cell in book["Profiles"]["B"]} >= set(titles.values())
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}


def test_hostile_texts_come_back_as_they_are() -> None:
    rows = read(export("xlsx", make_source()))
    header, _, role = rows["Profiles"]
    assert role[header.index("Title")] == role[header.index("Also known as")] == HOSTILE
    assert rows["Responsibilities"][1][-2] == f"{HOSTILE}\nline"


def test_what_excel_reads_as_an_escape_is_kept() -> None:
    # openpyxl does not read the escape of inline texts; calamine and Excel do.
    data = io.BytesIO(export("xlsx", change_profile(make_hostile(), title="_x0041_")))
    sheet = python_calamine.CalamineWorkbook.from_filelike(data).get_sheet_by_name("Profiles")
    assert sheet.to_python()[2][1] == "_x0041_"


def test_a_text_that_no_cell_holds_stands_whole_in_a_sheet_of_its_own() -> None:
    text = "".join(f"{number} \U0001f9ea " for number in range(12_000))
    rows = read(export("xlsx", change_profile(make_hostile(), definition=text.strip())))
    header, role = rows["Profiles"][0], rows["Profiles"][2]
    cut = role[header.index("Definition")]
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert cut.endswith("… (whole in the sheet Long texts)")
    parts = rows["Long texts"][1:]
    assert {tuple(part[:3]) for part in parts} == {("Profiles", "CREW.DECK.P2", "Definition")}
    assert [part[3] for part in parts] == list(range(1, len(parts) + 1))
    assert "".join(part[4] for part in parts) == text.strip()


def test_there_is_no_sheet_of_long_texts_without_one(shipped: bytes) -> None:
    assert "Long texts" not in read(shipped)


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 4)
    rows = read(export("xlsx", make_source(make_taxonomy({"F.A": ["P1", "P2", "P3", "P4", "P5", "P6"]}))))
    assert [len(rows[name]) for name in ("Profiles", "Profiles 2")] == [4, 4]
    assert rows["Profiles"][0] == rows["Profiles 2"][0]
    assert [row[0] for name in ("Profiles", "Profiles 2") for row in rows[name][1:]] == [
        f"F.A.P{rank}" for rank in range(1, 7)
    ]
    assert "Profiles 3" not in rows


def test_a_sheet_that_grows_too_large_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_FULL", 1_000)
    out = io.BytesIO()
    book = BookWriter(out)
    book.add_sheets("Long", ("A",), ([f"text {number}"] for number in range(2_500)))
    book.close()
    rows = read(out.getvalue())
    assert list(rows) == ["Long", "Long 2", "Long 3"]
    assert [row[0] for body in rows.values() for row in body[1:]] == [f"text {n}" for n in range(2_500)]


def test_the_sheets_come_back_as_the_same_roles(shipped: bytes, tmp_path: Path) -> None:
    (tmp_path / "roles.xlsx").write_bytes(shipped)
    table = str(tmp_path / "roles.xlsx")
    run = CliRunner().invoke
    proposed = run(cli, ["import", "table", table, "--suggest"])
    assert proposed.exit_code == 0
    proposal = yaml.safe_load(proposed.stdout)
    wanted = ("Profiles", "Responsibilities", "Guidelines", "Pay")
    proposal["sheets"] = {name: proposal["sheets"][name] for name in wanted}
    (tmp_path / "map.yaml").write_text(yaml.safe_dump(proposal), encoding="utf-8")
    folder = tmp_path / "data"
    done = run(cli, ["import", "table", table, "--map", str(tmp_path / "map.yaml"), "-o", str(folder)])
    assert done.exit_code == 0
    made, expected = Architecture(folder).taxonomy.profile_by_code, read_shipped().profile_by_code
    assert made.keys() == expected.keys()
    for code, profile in expected.items():
        other = made[code]
        assert other.title in (profile.title, read_shipped().title_of(profile))
        assert (other.definition, other.aliases, other.job_code) == (
            profile.definition, profile.aliases, profile.job_code,
        )  # fmt: skip
        assert [r.text for r in other.responsibilities] == [r.text for r in profile.responsibilities]
        assert other.guideline == profile.guideline
        assert (other.pay and other.pay.median) == (profile.pay and profile.pay.median)
