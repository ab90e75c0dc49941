"""Answers come out as text, JSON, CSV, Markdown and diagrams, and nothing in them breaks the form."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from click import unstyle

from rolegraph.answers import (
    Adjacent,
    CareerPath,
    Finding,
    Item,
    Listing,
    Move,
    Neighbour,
    Paths,
    Validation,
)
from rolegraph.plain import to_json
from rolegraph.report import layout, near, ways
from rolegraph.report.diagrams import to_dot, to_mermaid
from rolegraph.report.sheets import describe_listing, describe_validation
from rolegraph.report.tables import to_csv, to_markdown, to_rows

ADJACENT = Adjacent(
    "A.X.M3",
    "structural@1",
    (
        Neighbour("A.X.M2", "Second", 0.111111, "confident", {"level": 1.0, "track": 0.0, "taxonomy": 0.0}),
        Neighbour("B.Y.P3", "Far", 0.744444, "no-match", {"level": 0.0, "track": 0.7, "taxonomy": 6.0}),
    ),
)


def make_move(kind: str = "promotion", band: str = "confident", title: str = "Two") -> Move:
    return Move(
        origin="A.X.M1", destination="A.X.M2", origin_title="One", destination_title=title, kind=kind,
        direction="up", changes=("one level up",), cost=0.208333, distance=0.111111, band=band,
        gain=("Aseptic technique",), keep=(), unknown=False,
    )  # type: ignore[arg-type]  # fmt: skip


def make_paths(*moves: Move, reason: str | None = None) -> Paths:
    paths = (CareerPath(0.208333, (3.0, 5.0), moves),) if reason is None else ()
    return Paths("A.X.M1", "A.X.M2", "effort", "structural@1", "effort@1", paths, reason)


def test_json_keeps_the_fields_and_their_order() -> None:
    assert json.loads(to_json(ADJACENT)) == {
        "origin": "A.X.M3",
        "edition": "structural@1",
        "adjacent": [
            {"code": "A.X.M2", "title": "Second", "distance": 0.111111, "band": "confident",
             "components": {"level": 1.0, "track": 0.0, "taxonomy": 0.0}, "plain": None, "notes": []},
            {"code": "B.Y.P3", "title": "Far", "distance": 0.744444, "band": "no-match",
             "components": {"level": 0.0, "track": 0.7, "taxonomy": 6.0}, "plain": None, "notes": []},
        ],
        "reason": None, "left_out": 0, "notes": [],
    }  # fmt: skip
    assert list(json.loads(to_json(make_paths(make_move())))["paths"][0]["moves"][0]) == [
        "origin", "destination", "origin_title", "destination_title", "kind", "direction", "changes", "cost",
        "distance", "band", "gain", "keep", "unknown", "deepen", "evidence",
    ]  # fmt: skip


def test_text_shows_both_words_of_a_band_and_what_it_does_not_say() -> None:
    shown = unstyle(near.describe_adjacent(ADJACENT, "Third", lambda parts: f"the sum of {len(parts)} parts"))
    assert "0.1111" in shown
    assert "near · confident" in shown
    assert "far · no-match" in shown
    assert shown.count("the sum of 3 parts") == 2
    assert "not whether a person qualifies" in " ".join(shown.split())


def test_path_text_names_moves_gains_and_years() -> None:
    shown = unstyle(ways.describe_paths(make_paths(make_move()), str))
    assert "1 move, cost 0.2083, typically 3 to 5 years" in shown
    assert "promotion, one level up · cost 0.2083 · distance 0.1111 near · confident" in shown
    assert "gain: Aseptic technique" in shown
    assert "change of career" not in shown


def test_notes_of_a_path_stand_below_it() -> None:
    [path] = make_paths(make_move()).paths
    answer = replace(make_paths(make_move()), paths=(replace(path, notes=("It leads down.",)),))
    assert "\n\nIt leads down.\n" in unstyle(ways.describe_paths(answer, str))


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (
            "skills",
            "1 move, 0.75 to learn (1 is every skill of one role), cost 0.2083, typically 3 to 5 years",
        ),
        ("effort", "1 move, cost 0.2083, typically 3 to 5 years"),
    ],
)
def test_a_path_tells_what_it_has_least_of(by: str, told: str) -> None:
    [path] = make_paths(make_move()).paths
    answer = replace(make_paths(make_move()), by=by, paths=(replace(path, to_learn=0.75),))
    assert told in unstyle(ways.describe_paths(answer, str))


def test_missing_path_gives_its_reason() -> None:
    shown = unstyle(ways.describe_paths(make_paths(reason="No move leads out of A.X.M1."), str))
    assert "No move leads out of A.X.M1." in shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_neutralises_what_a_spreadsheet_would_run(start: str) -> None:
    listing = Listing("skills", (Item("s", f"{start}cmd|' /C calc'!A0", None, ""),))
    cells = list(csv.reader(io.StringIO(to_csv(to_rows(listing)), newline="")))
    assert cells[1][1] == f"'{start}cmd|' /C calc'!A0"


def test_csv_keeps_numbers_and_quotes() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(to_rows(ADJACENT)))))
    assert [row["distance"] for row in rows] == ["0.111111", "0.744444"]
    assert rows[1]["taxonomy"] == "6.0"


def test_markdown_cells_cannot_break_the_table() -> None:
    listing = Listing("skills", (Item("s", "a|b\\c\n<script>", None, ""),))
    assert to_markdown(to_rows(listing)).splitlines()[2] == "| s | a\\|b\\\\c<br>&lt;script> |  |  |"


def test_diagrams_escape_their_labels() -> None:
    paths = make_paths(make_move(title='T"wo#<b>\\'))
    assert 'n1["T#34;wo#35;#60;b#62;#92;<br/>A.X.M2"]' in to_mermaid(paths, str)
    assert 'n1 [label="T\\"wo#<b>\\\\\\nA.X.M2"];' in to_dot(paths, str)


def test_findings_are_told_with_place_message_and_remedy() -> None:
    finding = Finding(
        "warning", "years", "data/focuses/A.X.yaml", 14, "A.X.M3", "Years differ.", "Check them."
    )
    shown = unstyle(describe_validation(Validation(True, (finding,))))
    assert shown.splitlines()[0] == "warning data/focuses/A.X.yaml:14 [years]"
    assert "-> Check them." in shown
    assert shown.splitlines()[-1] == "The graph conforms: 1 warning."


def test_columns_line_up_with_wide_characters() -> None:
    listing = Listing("skills", (Item("a", "日本", None, "x"), Item("b", "ab", None, "y")))
    lines = unstyle(describe_listing(listing)).splitlines()
    assert layout.display_width(lines[1].partition("x")[0]) == layout.display_width(
        lines[2].partition("y")[0]
    )


def test_control_characters_are_shown_not_sent() -> None:
    assert layout.printable("a\x1b[31mb") == "a\\x1b[31mb"


def test_long_label_gives_way_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    listing = Listing("skills", (Item("code", "word " * 60, None, "note"),))
    assert max(map(layout.display_width, unstyle(describe_listing(listing)).splitlines())) <= 80


def test_wide_tables_fit_the_terminal_under_their_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    rows = [["x" * 40, "y" * 50 + " — M3", "z" * 12], ["x", "y", "z"]]
    header, first, second = (
        unstyle(text).splitlines()
        for text in layout.columns(["one", "a very long heading " * 3, "three"], rows, shrink=[0, 1])
    )
    assert max(map(layout.display_width, (*header, *first, *second))) <= 80
    assert first[0].index("z") == second[0].index("z") == header[0].index("three")
    # Nothing is cut.
    assert [line.count("x") for line in first] != [40, 0]
    told = "".join(first)
    assert (told.count("x"), told.count("y"), told.count("z")) == (40, 50, 12)
    assert first[-1].endswith(" — M3")


@pytest.mark.parametrize("columns", [None, "80"])
def test_a_pipe_has_the_width_that_the_environment_gives(
    columns: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    lines = "\n".join(layout.columns(["one"], [["word " * 60]], shrink=[0])).splitlines()
    assert (max(map(layout.display_width, lines)) <= 80) is (columns is not None)
