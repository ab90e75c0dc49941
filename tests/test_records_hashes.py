"""tables.csv says which bytes each table had when it was imported; a file that is none is refused with its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.errors import InputError
from rolegraph.records.hashes import hash_table, load_tables, read_tables, write_tables

ONE, TWO = hash_table(b"one"), hash_table(b"two")


def test_tables_are_sorted_and_read_back() -> None:
    tables = {"roles.xlsx": ONE, 'a, "b".csv': TWO}
    data = write_tables(tables)
    assert data == f'file,sha256\n"a, ""b"".csv",{TWO}\nroles.xlsx,{ONE}\n'.encode()
    assert read_tables(data, "tables.csv") == tables


def test_a_folder_without_the_file_has_no_tables(tmp_path: Path) -> None:
    assert load_tables(tmp_path) == {}
    (tmp_path / "tables.csv").write_bytes(write_tables({"a.csv": ONE}))
    assert load_tables(tmp_path) == {"a.csv": ONE}


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", [1]),
        (b"file,hash\n", [1]),
        (f"file,sha256\na.csv,{ONE}\nb.csv,{ONE.upper()}\n,{ONE}\nb.csv\na.csv,{TWO}\n".encode(), [3, 4, 5, 6]),
        (b'file,sha256\n"a.csv\n', [2]),
        (b"file,sha256\n\xff\n", [None]),
    ],
)  # fmt: skip
def test_a_file_that_is_broken_is_refused_with_its_lines(data: bytes, lines: list[int | None]) -> None:
    with pytest.raises(InputError) as caught:
        read_tables(data, "tables.csv")
    assert [p.place.line for p in caught.value.problems if p.place] == lines
    assert {p.rule for p in caught.value.problems} == {"tables-wrong"}
