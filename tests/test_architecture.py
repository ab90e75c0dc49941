"""What users hold tells what is wrong with their data, wherever it lies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import rolegraph

SMALL = Path(__file__).parent / "fixtures" / "small"


def test_edition_with_a_missing_constant_is_told_with_its_file(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "data")
    path = tmp_path / "data" / "editions" / "structural@1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  same-function:", "  same-functoin:"), encoding="utf-8"
    )
    with pytest.raises(rolegraph.InputError) as caught:
        rolegraph.load(tmp_path / "data")
    assert {problem.rule for problem in caught.value.problems} == {"constant-missing", "constant-unknown"}
    for problem in caught.value.problems:
        assert problem.place is not None
        assert problem.place.file.endswith("structural@1.yaml")
        assert problem.place.line is not None


def test_data_and_graph_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="either a data folder or a graph file"):
        rolegraph.Architecture("data", graph="graph.ttl")


def test_projection_has_every_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path))
    graph = rolegraph.projection()
    assert graph.number_of_nodes() == 19
    near = rolegraph.load().adjacent("MANUFA.MANUFACTF950.M3").adjacent
    edges = graph["MANUFA.MANUFACTF950.M3"]
    for neighbour in near:
        kinds = {data["kind"]: data for data in edges[neighbour.code].values()}
        assert kinds["adjacency"]["distance"] == neighbour.distance
