"""Spreadsheet files as sheets of texts: what is read, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rolegraph.errors import InputError
from rolegraph.records.table import package, xlsx
from rolegraph.records.table.files import read_workbook
from rolegraph.records.table.sheets import FORMULA, Merge
from table_samples import change_part, make_csv, make_xlsx

MOMENT = datetime(2025, 1, 2, 3, 4, 5)  # noqa: DTZ001  # a spreadsheet knows no time zones
SHEET = "xl/worksheets/sheet1.xml"


def read_rows(data: bytes, name: str = "a.csv", **options: Any) -> list[tuple[str, ...]]:
    return list(read_workbook((name, data), **options).sheets[0].rows)


def refuse(source: tuple[str, bytes] | Path) -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(source)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_by_the_header_line(delimiter: str) -> None:
    _, data = make_csv([["A b", "C"], ["1, 2; 3|4\t5", "x"]], delimiter)
    assert read_rows(data) == [("A b", "C"), ("1, 2; 3|4 5", "x")]


def test_delimiter_can_be_given() -> None:
    assert read_rows(b"a,b;c\n1,2;3\n", delimiter=";") == [("a,b", "c"), ("1,2", "3")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read(encoding: str) -> None:
    assert read_rows("Rôle,ä\n1,\u00a02\u00a0\n".encode(encoding)) == [("Rôle", "ä"), ("1", "2")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_as_a_spreadsheet_counts_them(end: str) -> None:
    data = end.join(["a,b", '"1', '2",x', "", ",", "3,4"]).encode()
    assert read_rows(data) == [("a", "b"), ("1\n2", "x"), (), (), ("3", "4")]


def test_cells_are_trimmed_and_cleaned_and_keep_their_lines() -> None:
    cell = "  e\u0301t\u200be\u2028- one\u00a0two\r\n\x07- three "
    assert read_rows(make_csv([["a"], [cell]])[1])[1] == ("éte\n- one two\n- three",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.csv: the file is empty"),
        (b"\n\n , \n", "a.csv: the file holds no cell"),
        (b"a,b\nx,\xe9\n", "a.csv:2: the byte 0xE9 is not UTF-8; save the file as UTF-8"),
        (b"a,b\n\n1,\0\n", "a.csv:3: the file holds NUL characters"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "a.csv:3: a quote that opens in this row is never closed"),
        (b'a,b\n1,"2" x\n', "a.csv:2: something other than ',' follows a closing quote"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(600), "an Excel 97-2003 workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"PK\x03\x04 and no more", "no XLSX workbook, or half of one"),
    ],
)
def test_damaged_files_are_refused_with_their_line(data: bytes, message: str) -> None:
    assert message in refuse(("a.csv", data))


def test_file_named_as_a_workbook_must_be_one() -> None:
    assert "[workbook-damaged]" in refuse(("a.xlsx", b"a,b\n1,2\n"))


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    assert "[file-missing]" in refuse(tmp_path / "none.csv")
    assert "[file-wrong]" in refuse(tmp_path)


def test_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(make_xlsx({"Roles": [["a"], [1]]})[1])
    assert read_workbook(path).sheets[0].rows == (("a",), ("1",))


def test_values_of_a_workbook_are_written_as_it_keeps_them() -> None:
    def style(book: Any) -> None:
        book["Roles"]["A2"].number_format = "00000"
        book["Roles"]["B2"].number_format = "000"

    source = make_xlsx(
        {
            "Roles": [
                ["a", "b", "c", "d", "e", "f", "g"],
                [123, 4567, 1010.0, 0.1, 1e-7, 2e17, -2.5],
                [True, False, date(2025, 1, 2), MOMENT, MOMENT.replace(hour=0, minute=0, second=0), " x\n y ", None],
            ]
        },
        style,
    )  # fmt: skip
    rows = read_workbook(source).sheets[0].rows
    assert rows[1] == ("00123", "4567", "1010", "0.1", "0.0000001", "200000000000000000", "-2.5")
    assert rows[2] == ("true", "false", "2025-01-02", "2025-01-02T03:04:05", "2025-01-02", "x\n y")


def test_numbers_have_the_digits_that_a_spreadsheet_program_shows() -> None:
    _, data = make_xlsx(
        {"Roles": [["a"], [0.75, 61600.00000000001, 61599.99999999999, 1 / 3, 9007199254740991]]}
    )
    data = change_part(data, SHEET, b"<v>0.75</v>", b"<v>0.30000000000000004</v>")
    assert read_workbook(("r.xlsx", data)).sheets[0].rows[1] == (
        "0.3", "61600", "61600", "0.333333333333333", "9007199254740991",
    )  # fmt: skip


def test_texts_that_look_like_numbers_stay_as_they_are() -> None:
    sheet = read_workbook(make_xlsx({"Roles": [["a"], ["60000.00", "45.125", 45.125]]})).sheets[0]
    assert sheet.rows[1] == ("60000.00", "45.125", "45.125")
    assert sheet.fractions == {(2, 2)}


def test_formulas_are_read_by_the_value_that_was_saved() -> None:
    _, data = make_xlsx({"Roles": [["a", "b", "c"], ["=1+1", "=2+2", '=""']]})
    data = change_part(data, SHEET, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    data = change_part(data, SHEET, b'r="C2"><f>""</f><v />', b'r="C2" t="str"><f>""</f><v></v>')
    sheet = read_workbook(("r.xlsx", data)).sheets[0]
    assert sheet.rows[1] == ("2",)
    assert sheet.flaws == {(2, 1): FORMULA}


def test_errors_are_found_with_their_cell() -> None:
    def break_cells(book: Any) -> None:
        for cell, text in (("B2", "#N/A"), ("C3", "#REF!")):
            book["Roles"][cell] = text
            book["Roles"][cell].data_type = "e"

    sheet = read_workbook(make_xlsx({"Roles": [["a", "b", "c"], ["x"], ["y"]]}, break_cells)).sheets[0]
    assert sheet.flaws == {(2, 1): "#N/A", (3, 2): "#REF!"}


def test_errors_are_found_where_cells_do_not_say_where_they_stand() -> None:
    def break_cell(book: Any) -> None:
        book["Roles"]["B3"] = "#N/A"
        book["Roles"]["B3"].data_type = "e"

    _, data = make_xlsx({"Roles": [["a", "b"], ["x", "y"], ["z", None]]}, break_cell)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        xml = book.read(SHEET)
    data = change_part(data, SHEET, xml, re.sub(rb' r="[A-Z]*[0-9]+"', b"", xml))
    assert read_workbook(("r.xlsx", data)).sheets[0].flaws == {(3, 1): "#N/A"}


def test_hidden_sheets_are_read_only_by_name() -> None:
    def hide(book: Any) -> None:
        book["Old"].sheet_state = "hidden"

    source = make_xlsx({"Roles": [["a"]], "Old": [["b"]]}, hide)
    found = read_workbook(source)
    assert [sheet.name for sheet in found.sheets] == ["Roles"]
    assert found.unread == ("Old",)
    assert [sheet.name for sheet in read_workbook(source, sheets=["OLD"]).sheets] == ["Old"]


def test_merged_ranges_and_blank_rows_are_kept() -> None:
    def merge(book: Any) -> None:
        book["Roles"].merge_cells("B1:C1")

    sheet = read_workbook(make_xlsx({"Roles": [["a", "b"], [], ["x", "y"]]}, merge)).sheets[0]
    assert sheet.merges == (Merge(1, 1, 1, 2),)
    assert sheet.rows == (("a", "b"), (), ("x", "y"))


def make_zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("entries", "rule"),
    [
        ({"xl/workbook.xml": b"<a/>", "../evil.xml": b""}, "workbook-entry"),
        ({"xl/workbook.xml": b"<a/>", "/etc/evil.xml": b""}, "workbook-entry"),
        ({"xl/workbook.xml": b"<a/>", "xl\\..\\..\\evil.xml": b""}, "workbook-entry"),
        ({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><a/>'}, "workbook-doctype"),
        ({"xl/workbook.xml": '<!DOCTYPE x []><a/>'.encode("utf-16")}, "workbook-doctype"),
        ({"xl/workbook.xml": "<a/>".encode("utf-16")}, "workbook-encoding"),
        ({"xl/workbook.xml": b"<a>"}, "workbook-damaged"),
        ({"xl/workbook.bin": b""}, "workbook-kind"),
        ({"content.xml": b"<a/>"}, "workbook-kind"),
        ({"readme.txt": b"hello"}, "workbook-kind"),
        ({"xl/workbook.xml": b"<a/>", "xl/bomb.xml": bytes(16 * 2**20)}, "workbook-size"),
    ],
)  # fmt: skip
def test_zip_that_is_no_sound_workbook_is_refused(entries: dict[str, bytes], rule: str) -> None:
    assert f"[{rule}]" in refuse(("r.xlsx", make_zip(entries)))


def test_zip_that_unpacks_to_too_much_is_refused() -> None:
    data = make_zip({"xl/workbook.xml": b"<a/>", "xl/more.xml": bytes(range(256)) * 8})
    with pytest.raises(InputError, match="workbook-size"):
        package.unpack("r.xlsx", data, limit=1000)


def test_zip_with_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_ENTRIES", 3)
    assert "[workbook-size]" in refuse(("r.xlsx", make_xlsx({"Roles": [["a"]]})[1]))


def test_entry_that_holds_more_than_it_says_is_refused() -> None:
    data = bytearray(make_zip({"xl/workbook.xml": b"<a/>" + b" " * 5000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (4).to_bytes(4, "little")
    assert "[workbook-damaged]" in refuse(("r.xlsx", bytes(data)))


def test_entry_that_is_there_twice_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", b"<b/>")
    assert "is there twice" in refuse(("r.xlsx", buffer.getvalue()))


def test_cell_in_the_far_corner_of_a_sheet_is_refused_before_the_sheet_is_built() -> None:
    _, data = make_xlsx({"Roles": [["a"], ["b"]]})
    data = change_part(data, SHEET, b'r="A2"', b'r="XFD1048576"')
    assert "the sheet 'Roles' spans 1048576 rows and 16384 columns" in refuse(("r.xlsx", data))


def test_empty_cell_in_the_far_corner_does_no_harm() -> None:
    _, data = make_xlsx({"Roles": [["a"], ["b"]]})
    data = change_part(
        data, SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert read_workbook(("r.xlsx", data)).sheets[0].rows == (("a",), ("b",))


def test_cut_workbook_is_refused() -> None:
    _, data = make_xlsx({"Roles": [["a"]] * 50})
    assert "[workbook-damaged]" in refuse(("r.xlsx", data[: len(data) // 2]))


def test_library_meets_only_what_was_looked_at() -> None:
    _, data = make_xlsx({"Roles": [["a"]]})
    parts = package.unpack("r.xlsx", data)
    assert xlsx.read_xlsx("r.xlsx", package.pack(parts)).sheets[0].rows == (("a",),)
