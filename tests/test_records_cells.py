"""cells.csv says which cells of a table a record came from, and is read back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.errors import InputError, Place
from rolegraph.records.cells import HEADER, Cells

FOCUS = ("focus", "BAKERY.BREAD")
PLACES = {
    (*FOCUS,): Place("jobs.xlsx", 2, "Jobs!A2"),
    (*FOCUS, "label"): Place("jobs.xlsx", 2, "Jobs!B2"),
    (*FOCUS, "levels", "P10", "title"): Place("jobs.xlsx", 4, "Jobs!D4"),
    (*FOCUS, "levels", "P2", "title"): Place("jobs.xlsx", 2, "Jobs!D2"),
    (*FOCUS, "levels", "P2", "definition"): Place("jobs.xlsx", 2, "Jobs!AE2"),
    (*FOCUS, "levels", "P2", "pay", "median"): Place("jobs.xlsx", 9, "Pay 2026!C9"),
    (*FOCUS, "levels", "P2", "responsibilities", "0a1b"): Place("jobs.xlsx", 2, "Jobs!F2"),
    (*FOCUS, "skills", "oven-control", "proficiency", "P2"): Place("jobs.xlsx", 2, "Jobs!H2"),
    (*FOCUS, "skills", "levels", "label"): Place("jobs.xlsx", 2, "Jobs!I2"),
    (*FOCUS, "levels", "P2", "mappings", "onet/51-3011.00"): Place("jobs.xlsx", 2, "Jobs!J2"),
    ("function", "BAKERY", "label"): Place("jobs.xlsx", 2, "Jobs!A2"),
    ("skill", "oven-control", "label"): Place("codes.csv", 12, "B12"),
    ("skill", "paper", "label"): Place("page.html", 12),
}
TEXT = """\
kind,code,path,file,sheet,row,columns
function,BAKERY,,jobs.xlsx,Jobs,2,label=A
skill,oven-control,,codes.csv,,12,label=B
focus,BAKERY.BREAD,,jobs.xlsx,Jobs,2,=A label=B
focus,BAKERY.BREAD,levels.P2,jobs.xlsx,Jobs,2,title=D definition=AE
focus,BAKERY.BREAD,levels.P2.mappings.56c283e1,jobs.xlsx,Jobs,2,=J
focus,BAKERY.BREAD,levels.P2.pay,jobs.xlsx,Pay 2026,9,median=C
focus,BAKERY.BREAD,levels.P2.responsibilities.0a1b,jobs.xlsx,Jobs,2,=F
focus,BAKERY.BREAD,levels.P10,jobs.xlsx,Jobs,4,title=D
focus,BAKERY.BREAD,skills.levels,jobs.xlsx,Jobs,2,label=I
focus,BAKERY.BREAD,skills.oven-control.proficiency.P2,jobs.xlsx,Jobs,2,=H
"""


def test_places_with_cells_are_written_one_line_for_a_part_and_row() -> None:
    assert Cells.from_places(PLACES).render().decode() == TEXT


@pytest.mark.parametrize("read_back", [False, True])
def test_every_cell_is_found_again(read_back: bool) -> None:
    cells = Cells.from_places(PLACES)
    if read_back:
        cells = Cells.read(cells.render(), "cells.csv")
    for key, place in PLACES.items():
        kind, code, *path = key
        assert cells.find(kind, code, *path) == (place if place.cell else None)


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ((), "Jobs!A2"), (("definition",), "Jobs!A2"), (("levels",), "Jobs!A2"),
        (("levels", "P2"), "Jobs!D2"), (("levels", "P2", "aliases"), "Jobs!D2"),
        (("levels", "P2", "pay"), "Pay 2026!C9"), (("levels", "P2", "pay", "high"), "Pay 2026!C9"),
        (("skills", "oven-control", "label"), "Jobs!A2"),
    ],
)  # fmt: skip
def test_what_has_no_cell_is_found_by_what_is_around_it(path: tuple[str, ...], cell: str) -> None:
    found = Cells.from_places(PLACES).find(*FOCUS, *path)
    assert found is not None
    assert found.cell == cell


@pytest.mark.parametrize("path", [(), ("title",), ("pay", "median"), ("guideline", "experience")])
def test_what_belongs_to_a_level_is_not_found_by_the_cells_of_its_focus(path: tuple[str, ...]) -> None:
    assert Cells.from_places(PLACES).find(*FOCUS, "levels", "P9", *path) is None


def test_a_level_of_which_parts_alone_are_stated_is_found_by_them() -> None:
    pay = {key: place for key, place in PLACES.items() if key[2:5] in ((), ("levels", "P2", "pay"))}
    cells = Cells.from_places(pay)
    for path in ((), ("title",), ("pay",)):
        assert cells.find(*FOCUS, "levels", "P2", *path) == Place("jobs.xlsx", 9, "Pay 2026!C9")


def test_files_and_profiles_of_tables_are_listed() -> None:
    cells = Cells.from_places(PLACES)
    assert cells.list_files() == ("codes.csv", "jobs.xlsx")
    assert list(cells.list_profiles()) == [
        ("BAKERY.BREAD", "P10", "jobs.xlsx"), ("BAKERY.BREAD", "P2", "jobs.xlsx"),
    ]  # fmt: skip


def test_a_record_that_no_table_stated_has_no_cell() -> None:
    assert Cells.from_places(PLACES).find("focus", "BAKERY.CAKE") is None


@pytest.mark.parametrize(
    ("path", "stated"),
    [
        (("label",), True), (("definition",), False), (("levels", "P2"), True), (("levels", "P2", "pay"), True),
        (("levels", "P2", "pay", "median"), True), (("levels", "P2", "pay", "low"), False), (("levels", "P3"), False),
        (("skills", "oven-control"), True),
    ],
)  # fmt: skip
def test_what_a_table_stated_is_known(path: tuple[str, ...], stated: bool) -> None:
    assert Cells.from_places(PLACES).states(*FOCUS, *path) is stated


def test_the_lines_of_one_table_are_replaced_and_those_of_others_stay() -> None:
    cells = Cells.from_places(PLACES)
    new = Cells.from_places({("function", "BAKERY", "label"): Place("jobs.xlsx", 3, "Jobs!C3")})
    merged = cells.replace_file("jobs.xlsx", new)
    assert merged.render().decode().splitlines()[1:] == [
        "function,BAKERY,,jobs.xlsx,Jobs,3,label=C",
        "skill,oven-control,,codes.csv,,12,label=B",
    ]
    assert merged.of_file("codes.csv").list_codes("skill") == ("oven-control",)
    assert not merged.of_file("codes.csv").states("function", "BAKERY")
    assert cells.render().decode() == TEXT


def test_a_folder_without_the_file_has_no_cells(tmp_path: Path) -> None:
    assert not Cells.load(tmp_path)
    (tmp_path / "cells.csv").write_text(TEXT)
    assert Cells.load(tmp_path).render().decode() == TEXT


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("kind,code\n", [1]),
        ("", [1]),
        (TEXT + "focus,A.B,,x.csv,,0,=A\nfocus,A.B,,x.csv,,1,A\nfocus,A.B\n", [12, 13, 14]),
        (TEXT + 'focus,"A.B\n', [12]),
    ],
)
def test_a_file_that_is_broken_is_refused_with_its_lines(text: str, lines: list[int]) -> None:
    with pytest.raises(InputError) as caught:
        Cells.read(text.encode(), "cells.csv")
    places = [problem.place for problem in caught.value.problems]
    assert [place.line for place in places if place] == lines


names = st.sampled_from(
    ["a", "levels", "P1", "P12", "skills", "pay", "median", "x-1", "responsibilities", "review"]
)
keys = st.tuples(st.just("focus"), st.sampled_from(["A.B", "A.C"])).flatmap(
    lambda owner: st.lists(names, max_size=5).map(lambda path: (*owner, *path))
)
cells_of_sheets = st.builds(
    lambda file, sheet, column, row: Place(file, row, f"{sheet}!{column}{row}" if sheet else f"{column}{row}"),
    st.sampled_from(["a.xlsx", 'b, "c".xlsx']), st.sampled_from(["", "S", "It's! a, sheet", "A1"]),
    st.sampled_from(["A", "Z", "AB", "XFD"]), st.integers(1, 1048576),
)  # fmt: skip


@given(st.dictionaries(keys, cells_of_sheets))
def test_what_is_written_is_read_back(places: dict[tuple[str, ...], Place]) -> None:
    data = Cells.from_places(places).render()
    cells = Cells.read(data, "cells.csv")
    assert cells.render() == data
    assert data.decode().splitlines()[0] == ",".join(HEADER)
    for (kind, code, *path), place in places.items():
        assert cells.find(kind, code, *path) == place
        assert cells.states(kind, code, *path)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("B7", ("", "B", 7)), ("Jobs!B7", ("Jobs", "B", 7)), ("a!b!AB70", ("a!b", "AB", 70)), ("Jobs!$C$12", ("Jobs", "C", 12)),
        ("Jobs!B7:C9", ("Jobs", "B", 7)), ("Jobs!B07", None), ("Jobs!B", None), ("7", None), ("Jobs!B12345678", None),
        ("b7", None),
    ],
)  # fmt: skip
def test_only_what_names_a_cell_is_taken_for_one(cell: str, found: tuple[str, str, int] | None) -> None:
    cells = Cells.from_places({("function", "A", "label"): Place("x.xlsx", 7, cell)})
    lines = cells.render().decode().splitlines()[1:]
    shown = f"function,A,,x.xlsx,{found[0]},{found[2]},label={found[1]}" if found else None
    assert lines == ([shown] if shown else [])
