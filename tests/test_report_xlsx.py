"""Answers as workbooks, read back by two independent readers."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from answer_samples import make_ladder, make_paths
from rolegraph.errors import RequestError
from rolegraph.report.rows import Rows
from rolegraph.report.tables import to_rows
from rolegraph.report.xlsx import to_xlsx
from rolegraph.spreadsheet.book import MAX_ROWS

HOSTILE = (
    "=1+1", "=cmd|' /C calc'!A0", "+44 20", "-5", "@SUM(A1)", "\tx", "#REF!", "TRUE", "0012", "1E5", "2026-01-02", "'x",
    "<b>&amp;</b>", "a\nb", "é ü ł 漢字 🙂",
)  # fmt: skip


def read_cells(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def make_rows(*texts: str) -> Rows:
    return ("what", "text"), [(number, text) for number, text in enumerate(texts)]


def test_hostile_texts_are_texts_to_both_readers() -> None:
    data = to_xlsx(make_rows(*HOSTILE))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row, text in zip(book.active.iter_rows(min_row=2), HOSTILE, strict=True):
        assert (row[0].data_type, row[1].data_type, row[1].value) == ("n", "s", text)
        assert row[1].number_format == "@"
    read = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in read[1:]] == list(HOSTILE)


def test_no_part_of_the_file_holds_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(make_rows(*HOSTILE, "https://example.org")))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
        assert not [name for name in file.namelist() if "rels" in name and "sheet" in name]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6)), max_size=8)
)
def test_any_text_and_number_comes_back(body: list[tuple[str, float]]) -> None:
    data = to_xlsx((("text", "number"), list(body)))
    other = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    for (text, number), row, again in zip(body, read_cells(data)[1:], other[1:], strict=True):
        assert row[1] == again[1] == pytest.approx(number)
        seen = text.replace("\r\n", "\n")
        if all(c.isprintable() or c == "\n" for c in seen):
            assert (row[0] or "") == seen
            # This reader takes blanks alone for nothing.
            assert str(again[0]).strip() == seen.strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bell\x07", "bell\\x07"),
        ("\x00", "\\x00"),
        ("\ud800", "\\ud800"),
        ("￿", "\\uffff"),
        ("a\rb", "a\\rb"),
    ],
)
def test_what_a_workbook_cannot_hold_is_shown(text: str, shown: str) -> None:
    assert read_cells(to_xlsx(make_rows(text)))[1][1] == shown


def test_a_text_longer_than_a_cell_is_cut_visibly() -> None:
    read = str(read_cells(to_xlsx(make_rows("x" * 40_000)))[1][1])
    assert len(read) == 32_767
    assert read.endswith("x…")


def test_the_header_stands_out_stays_and_filters() -> None:
    data = to_xlsx((("distance", "a title"), [(0.25, "x" * 30), (0.5, "x" * 500)]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert all(cell.font.bold for cell in sheet[1])
    assert not sheet["A2"].font.bold
    assert sheet["B3"].alignment.wrap_text
    # The header's button has room, and no column is wider than a page.
    assert 8 + 3 <= sheet.column_dimensions["A"].width < 20
    assert sheet.column_dimensions["B"].width == 60


def test_rows_beyond_the_limit_of_a_sheet_are_refused() -> None:
    class Long(list[tuple[str]]):
        def __len__(self) -> int:
            return MAX_ROWS

    with pytest.raises(RequestError, match=r"1,048,576 rows are more than a sheet can hold.*--format csv"):
        to_xlsx((("a",), Long()))


def test_an_answer_without_rows_is_a_header() -> None:
    assert read_cells(to_xlsx((("a", "b"), []))) == [["a", "b"]]


def test_nothing_of_the_moment_is_in_the_file() -> None:
    rows = to_rows(make_ladder())
    with zipfile.ZipFile(io.BytesIO(to_xlsx(rows))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
    assert to_xlsx(rows) == to_xlsx(rows)


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "import hashlib, answer_samples; from rolegraph.report.tables import to_rows;"
        "from rolegraph.report.xlsx import to_xlsx;"
        "print(hashlib.sha256(to_xlsx(to_rows(answer_samples.make_ladder()))).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parent, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(runs) == 1


def test_an_answer_has_the_same_rows_as_its_csv() -> None:
    header, body = to_rows(make_paths(3, 5))
    read = read_cells(to_xlsx((header, body)))
    assert read == [list(header), *([None if value == "" else value for value in row] for row in body)]
