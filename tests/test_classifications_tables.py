"""Tables of releases: columns by name, cells cleaned, every row taken or counted, flaws told with their line."""

from __future__ import annotations

import csv
import hashlib
import time
from pathlib import Path

import openpyxl
import pytest

from rolegraph.classifications import tables
from rolegraph.classifications.ledger import Ledger, Tally
from rolegraph.classifications.package import open_package
from rolegraph.classifications.tables import (
    Dialect,
    Header,
    find_dialect,
    has_columns,
    read_beginning,
    read_header,
    read_rows,
)
from rolegraph.errors import InputError


def read(
    path: Path,
    data: bytes,
    required: tuple[str, ...] = ("Code", "Title"),
    dialect: Dialect = "tab",
    optional: tuple[str, ...] = (),
    above: int = 0,
    fill: bool = False,
) -> tuple[list[tuple[int, list[str]]], Tally]:
    (path / "T.txt").write_bytes(data)
    tally = Ledger().open("T.txt")
    with open_package(path / "T.txt") as package:
        rows = list(
            read_rows(
                package, "T.txt", required, tally, optional=optional, dialect=dialect, above=above, fill=fill
            )
        )
        assert package.digests == {"T.txt": hashlib.sha256(data).hexdigest()}
    assert tally.rows == len(rows) + tally.skipped.total()
    return rows, tally


def refuse(path: Path, data: bytes, dialect: Dialect = "tab", above: int = 0) -> str:
    with pytest.raises(InputError) as refused:
        read(path, data, dialect=dialect, above=above)
    return str(refused.value)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, end: bytes, mark: bytes) -> None:
    data = mark + end.join([b"TITLE\tother\tcode", b'say "A"\tx\t1', b"n/a\t\t2", b""])
    assert read(tmp_path, data)[0] == [(2, ["1", 'say "A"']), (3, ["2", "n/a"])]
    data = mark + end.join([b"Code,Title", b'1,"A, ""B""' + end + b'and C"', b"2,D"])
    assert read(tmp_path, data, dialect="csv")[0] == [(2, ["1", 'A, "B"\nand C']), (4, ["2", "D"])]


def test_cells_are_cleaned_and_columns_found_by_name(tmp_path: Path) -> None:
    data = "Code\tThe  Title \tNew\n 1\u00a0\tCafe\u0301\u200b\x07 \tx\n".encode()
    rows, _ = read(tmp_path, data, ("the title", "Code"), optional=("Gone", "New"))
    assert rows == [(2, ["Café", "1", "", "x"])]


def test_rows_that_do_not_fit_are_counted(tmp_path: Path) -> None:
    data = b"Code\tTitle\tX\n1\tA\tx\n\n\t\t\n2\tB\n3\tC\tx\t\t\n4\tD\tx\ty\n   \t \t\n5\tE\tx"
    rows, tally = read(tmp_path, data)
    assert [cells[0] for _, cells in rows] == ["1", "3", "5"]
    assert tally.rows == 8
    assert tally.skipped == {
        "blank row": 3,
        "fewer cells than the header has": 1,
        "more cells than the header has": 1,
    }
    rows, tally = read(tmp_path, data, optional=("X",), fill=True)
    assert [cells for _, cells in rows][1] == ["2", "B", ""]
    assert tally.marked == {"ends before the last column": 1}


def test_a_wrong_header_names_every_column_that_lacks(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, b"Code,a,b,c,d,e,f,g,h,i\n", ("Code", "Title", "Kind"), "csv")
    (problem,) = refused.value.problems
    assert str(problem.place) == "T.txt:1"
    assert "the columns 'Title', 'Kind' are not there" in problem.message
    assert problem.message.endswith("'g' ...)")
    assert "the column 'Title' is not there (it has 'Code')" in refuse(tmp_path, b"Code\n1\n")


def test_only_columns_that_are_read_must_be_there_once(tmp_path: Path) -> None:
    assert read(tmp_path, b"Code\tTitle\tx\tx\n1\tA\t\t\n")[0] == [(2, ["1", "A"])]
    assert "there are several columns 'Code'" in refuse(tmp_path, b"Code\tTitle\tcode\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n\n"])
@pytest.mark.parametrize("dialect", ["tab", "csv"])
def test_empty_tables_are_refused(tmp_path: Path, data: bytes, dialect: Dialect) -> None:
    assert "the file is empty" in refuse(tmp_path, data, dialect)


@pytest.mark.parametrize("dialect", ["tab", "csv"])
def test_the_line_of_a_byte_that_is_not_utf_8_is_told(tmp_path: Path, dialect: Dialect) -> None:
    mark = b"\t" if dialect == "tab" else b","
    lines = [mark.join([b"Code", b"Title"]), *[mark.join([b"%d" % n, b"A"]) for n in range(2, 300)]]
    lines[211] = mark.join([b"1", "Café".encode("latin-1")])
    told = refuse(tmp_path, b"\r\n".join(lines), dialect)
    assert "T.txt:212: the byte 0xE9 is not UTF-8" in told
    assert "convert it to UTF-8" in told


def test_nul_and_utf_16_are_refused_with_their_line(tmp_path: Path) -> None:
    assert "T.txt:3: there are NUL characters" in refuse(tmp_path, b"Code\tTitle\n1\tA\n2\t\0\n")
    assert "NUL" in refuse(tmp_path, "Code\tTitle\n1\tA\n".encode("utf-16-le"))
    assert "is not UTF-8" in refuse(tmp_path, "Code\tTitle".encode("utf-16").replace(b"\0", b""))


def test_cells_of_some_megabytes_leave_the_limit_of_the_process_as_it_was(tmp_path: Path) -> None:
    usual = csv.field_size_limit()
    long = b"x" * (3 << 20)
    for data, dialect in (
        (b'Code,Title\n1,"' + long + b'"\n', "csv"),
        (b"Code\tTitle\n1\t" + long + b"\n", "tab"),
    ):
        rows, _ = read(tmp_path, data, dialect=dialect)  # type: ignore[arg-type]
        assert len(rows[0][1][1]) == 3 << 20
        assert csv.field_size_limit() == usual


def test_the_limit_of_the_process_is_not_changed_between_rows(tmp_path: Path) -> None:
    usual = csv.field_size_limit()
    (tmp_path / "T.csv").write_bytes(b"Code\n1\n2\n")
    with open_package(tmp_path) as package:
        for _ in read_rows(package, "T.csv", ("Code",), Tally("T"), dialect="csv"):
            assert csv.field_size_limit() == usual


def test_lines_and_cells_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MAX_LINE", 1000)
    assert "T.txt:2: the line has more than" in refuse(tmp_path, b"Code\tTitle\n1\t" + b"x" * 1000)
    told = refuse(tmp_path, b'Code,Title\n1,A\n2,"' + b"x\n" * 1000, "csv")
    assert "T.txt:3: a quote that opens here is never closed" in told


def test_broken_quotes_are_refused_with_the_line_of_their_row(tmp_path: Path) -> None:
    assert "T.txt:2: a quote that opens here is never closed" in refuse(
        tmp_path, b'Code,Title\n1,"A\n2,B\n', "csv"
    )
    assert "T.txt:3: the row cannot be read" in refuse(tmp_path, b'Code,Title\n1,A\n2,"B"C\n', "csv")


def test_titles_may_stand_above_where_that_is_allowed(tmp_path: Path) -> None:
    data = b"A crosswalk,,\n,,\nCode,Title,\n1,A,\n"
    assert read(tmp_path, data, dialect="csv", above=5)[0] == [(4, ["1", "A"])]
    assert "T.txt:1: the columns 'Code', 'Title' are not there" in refuse(tmp_path, data, "csv")
    assert "T.txt:3: the column 'Title' is not there" in refuse(
        tmp_path, data.replace(b"Title", b"T"), "csv", 5
    )


def test_a_header_knows_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "T.txt").write_bytes(b"\xef\xbb\xbfCode\tTitle\tMood\t\xe9\n".replace(b"\xe9", b""))
    seen: list[Header] = []
    with open_package(tmp_path) as package:
        assert read_header(package, "T.txt", "tab").find_unknown(("code", "TITLE")) == ["Mood"]
        assert has_columns(package, "T.txt", ("title", "code"))
        assert not has_columns(package, "T.txt", ("title", "Kind"))
        list(read_rows(package, "T.txt", ("Code",), Tally("T"), see=seen.append))
    assert seen[0].cells == ["Code", "Title", "Mood", ""]


def test_a_damaged_table_is_recognized_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "T.txt").write_bytes(b"Code\tTitle\n1\tCaf\xe9\n")
    with open_package(tmp_path) as package:
        assert has_columns(package, "T.txt", ("Code", "Title"))


def write_workbook(path: Path) -> bytes:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Field", "Code"])
    hidden = book.create_sheet("Old")
    hidden.append(["Code", "Title"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Codes")
    for row in (
        ["Published in 2024"], [], ["Code", "Title", "Pay", None],
        ["11-1011", " Chiefs ", 62.5, "more"], [], ["11-1021", "=1+1", 3], ["11-1031", None, 61_000, None, "far"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(path)
    return path.read_bytes()


def test_a_sheet_is_a_table_too(tmp_path: Path) -> None:
    data = write_workbook(tmp_path / "T.xlsx")
    tally = Tally("T")
    with open_package(tmp_path / "T.xlsx") as package:
        assert has_columns(package, "T.xlsx", ("Code", "Title"), above=5)
        assert not has_columns(package, "T.xlsx", ("Code", "Title"))
        assert "Published in 2024" in read_beginning(package, "T.xlsx")
        assert package.digests == {}
        rows = list(
            read_rows(
                package, "T.xlsx", ("Code", "Title"), tally, optional=("Pay", ""), dialect="xlsx", above=5
            )
        )
        assert package.digests == {"T.xlsx": hashlib.sha256(data).hexdigest()}
        with pytest.raises(InputError, match=r"T\.xlsx:3: the column 'Kind' is not there"):
            list(read_rows(package, "T.xlsx", ("Code", "Title", "Kind"), tally, dialect="xlsx", above=5))
    assert rows == [(4, ["11-1011", "Chiefs", "62.5", "more"]), (7, ["11-1031", "", "61000", ""])]
    assert tally.rows == 4
    assert tally.skipped == {"blank row": 1, "an error, or a formula without its value, in a cell": 1}


def test_a_workbook_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_workbook(tmp_path / "T.xlsx")
    (tmp_path / "T.xlsx").write_bytes(data[: len(data) // 2])
    with open_package(tmp_path) as package:
        assert not has_columns(package, "T.xlsx", ("Code",))
        assert read_beginning(package, "T.xlsx") == []
        with pytest.raises(InputError, match="half of one"):
            list(read_rows(package, "T.xlsx", ("Code",), Tally("T"), dialect="xlsx"))
        monkeypatch.setattr("rolegraph.records.table.package.MAX_BYTES", 100)
        with pytest.raises(InputError, match="the workbook has more than"):
            list(read_rows(package, "T.xlsx", ("Code",), Tally("T"), dialect="xlsx"))


def test_names_tell_what_kind_of_table_a_file_is() -> None:
    names = ("Skills.txt", "a.CSV", "b.tsv", "c.XLSX", "d.xlsm", "e.pdf", "csv")
    assert [find_dialect(name) for name in names] == ["tab", "csv", "tab", "xlsx", "xlsx", None, "csv"]


def test_sixty_thousand_rows_are_read_within_seconds(tmp_path: Path) -> None:
    row = b"\t".join([b"11-1011.%02d", b"2.A.1.a", b"Reading", b"IM", b"4.12", b"8", b"0.13", b"N", b"n/a"])
    data = (
        b"\t".join(b"c%d" % n for n in range(9)) + b"\n" + b"\n".join(row % (n % 90) for n in range(60_000))
    )
    began = time.perf_counter()
    rows, _ = read(tmp_path, data, tuple(f"c{n}" for n in range(9)))
    assert len(rows) == 60_000
    assert time.perf_counter() - began < 5, "on an idle core this takes less than half a second"
