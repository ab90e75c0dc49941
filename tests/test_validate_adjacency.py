"""The adjacency graph is judged by itself: distances, positions and bands within bounds, nearest first."""

from __future__ import annotations

import io

import pytest

from rolegraph.careers.adjacency import rank_all
from rolegraph.careers.roster import Roster
from rolegraph.rdf.adjacency import write_adjacency
from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.validate.judge import validate_graph
from rolegraph.validate.triples import Triples

EDITION = "structural@1"


@pytest.fixture(scope="module")
def adjacency() -> str:
    taxonomy = load_folder(find_resource("data")).taxonomy
    sink = io.BytesIO()
    rows = (
        (part.origin, [(n.code, f"{n.distance:.6f}", n.band) for n in part.adjacent])
        for part in rank_all(Roster.from_taxonomy(taxonomy), edition=EDITION)
    )
    write_adjacency(taxonomy, EDITION, rows, sink)
    return sink.getvalue().decode()


def test_adjacency_of_the_shipped_data_is_sound(adjacency: str) -> None:
    answer = validate_graph(Triples.from_turtle(adjacency))
    assert [f for f in answer.findings if f.severity != "info"] == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("rg:position 1 ", "rg:position 0 ", "position-range"),
        ("rg:band-confident", "rg:band-close", "adjacency-band"),
        ("rg:distance 0.", "rg:distance 1.", "adjacency-distance"),
        ("rg:position 2 ", "rg:position 99 ", "adjacency-order"),
    ],
)
def test_damaged_adjacency_is_found(adjacency: str, old: str, new: str, rule: str) -> None:
    assert old in adjacency
    answer = validate_graph(Triples.from_turtle(adjacency.replace(old, new, 1)))
    assert rule in {finding.rule for finding in answer.findings}
    assert not answer.conforms
