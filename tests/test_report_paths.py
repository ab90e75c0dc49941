"""Paths and nearest roles as Markdown documents and as rows of a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from answer_samples import HOSTILE, make_adjacent, make_path, make_paths
from rolegraph.answers import Hidden, HiddenRole, PersonAdjacent, PersonNeighbour, Unrecognised
from rolegraph.report.documents import to_document
from rolegraph.report.tables import to_csv, to_rows

MISS = replace(
    make_paths(reason="No path under --max-moves 1."),
    relaxed="without --max-moves 1",
    nearest_miss=replace(make_path(1, 2), notes=("It is a change of career.",)),
)


def title(code: str) -> str:
    return f"Title of {code}"


def write(answer: object) -> str:
    document = to_document(answer, title)
    assert document is not None
    return document


def read_rows(answer: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(to_rows(answer)))))


def test_each_path_has_a_heading_and_a_table() -> None:
    document = write(make_paths(1, 2))
    assert document.startswith("# From Title of PROCES.UPSTREAMDF5B.P1 to Title of MANUFA.BIOPROCE4427.M3\n")
    assert document.count("| From | To | Move | Cost | Distance | Skills to gain |") == 2
    assert "## Path 1\n\n1 move, cost 1.2083, typically 6 to 12 years.\n" in document
    assert (
        "| 1.2083 | 0.1083 check · needs-review | Aseptic technique; Cell culture / fermentation |"
        in document
    )
    assert "not whether a person qualifies" in document


def test_what_is_not_recorded_is_not_nothing_to_gain() -> None:
    path = make_path(1, 1)
    for unknown, shown in ((True, "*not recorded per level*"), (False, "none")):
        move = replace(path.moves[0], gain=(), unknown=unknown, distance=None, band=None)
        document = write(replace(make_paths(1), paths=(replace(path, moves=(move,)),)))
        assert f"| not known | {shown} |" in document


def test_no_path_has_the_reason_and_the_nearest_miss() -> None:
    document = write(MISS)
    assert "No path under the limit of moves (--max-moves 1).\n" in document
    assert "## The nearest miss, without the limit of moves (--max-moves 1)\n" in document
    assert document.count("<br>`MANUFA.BIOPROCE4427.M3` |") == 1
    assert "It is a change of career." in document
    bare = write(make_paths(reason="There is no way."))
    assert bare.endswith("There is no way.\n")
    assert "no move is needed" in write(make_paths(0))


def test_rows_of_a_spreadsheet_tell_why_there_is_no_path() -> None:
    none, *moves = read_rows(MISS)
    assert (none["path"], none["destination"], none["note"]) == (
        "none", "MANUFA.BIOPROCE4427.M3", "No path under --max-moves 1.",
    )  # fmt: skip
    assert [(row["path"], row["move"], row["relaxed"]) for row in moves] == [
        ("nearest miss", "1", "without --max-moves 1"),
        ("nearest miss", "2", "without --max-moves 1"),
    ]
    assert moves[0]["note"] == "It is a change of career."
    (same,) = read_rows(make_paths(0))
    assert same["note"] == "The origin is the destination: no move is needed."
    assert {row["relaxed"] for row in read_rows(make_paths(2))} == {""}


def test_nearest_roles_are_a_table_with_the_notes_below() -> None:
    document = write(replace(make_adjacent(2), notes=("2 roles have no skills",)))
    assert document.startswith("# Nearest to Title of MANUFA.MANUFACTF950.M3\n")
    assert "| Role | Distance | Match band |\n" in document
    assert "| Focus number 1 — M3 (`MANUFA.FOCUS1.M3`) | 0.0300 | near · confident |\n" in document
    assert "\n2 roles have no skills.\n" in document
    assert "not whether a person qualifies" in document
    assert write(replace(make_adjacent(0), reason="no pay is recorded")).endswith("\nNo pay is recorded.\n")


@pytest.mark.parametrize("answer", [make_adjacent(2, HOSTILE), make_paths(2, title=HOSTILE)])
def test_titles_break_no_table(answer: object) -> None:
    document = to_document(answer, lambda code: HOSTILE)
    assert document is not None
    assert "<b" not in document.replace("<br>", "")
    rows = [line for line in document.splitlines() if line.startswith("| ")]
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1


def test_hidden_roles_and_those_near_to_a_person_count_skills() -> None:
    role = HiddenRole("A.B.P1", "Baker", 0.25, "confident", 0.4889, "needs-review", ("a", "b"), ("c",))
    document = write(Hidden("A.C.P1", "content@1", "structural@1", (role,)))
    assert document.startswith("# Near to Title of A.C.P1 in content, not in the architecture\n")
    assert "| near · confident | 2 of its 3 skills shared · structure 0.4889 check |" in document
    near = PersonNeighbour("A.B.P1", "Baker", 0.25, "confident", {"shared": 2.0}, ("a", "b"), ("c",))
    document = write(PersonAdjacent("content@1", (), (Unrecognised("Gliding", ()),), (near,)))
    assert "\n0 of 1 skill recognised; not recognised: Gliding.\n" in document
    assert "a person's skills and a role have in common" in document
