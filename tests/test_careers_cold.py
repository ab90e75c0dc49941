"""Answers from a snapshot come at once: nothing heavy is imported on their way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rolegraph.careers.snapshot import open_roster

HEAVY = (
    "pydantic",
    "pydantic_core",
    "rdflib",
    "networkx",
    "numpy",
    "yaml",
    "rapidfuzz",
    "pyoxigraph",
    "pyshacl",
)
PRELUDE = """
import sys
from rolegraph.careers.naming import resolve_end, resolve_focus, resolve_profile
from rolegraph.careers.snapshot import open_roster
roster = open_roster()
"""
ANSWERS = {
    "adjacent": """
from rolegraph.careers.adjacency import rank_adjacent
print(rank_adjacent(roster, resolve_profile(roster, "manufa.manufactf950.m3")).adjacent[0].code)
""",
    "distance": """
from rolegraph.careers.adjacency import measure_distance
print(measure_distance(roster, "MANUFA.MANUFACTF950.M3", "MANUFA.MANUFACTF950.M2", "experience@1").band)
""",
    "adjacent by content": """
from rolegraph.careers.adjacency import rank_adjacent
print(rank_adjacent(roster, "MANUFA.MANUFACTF950.M3", edition="content@1").adjacent[0].plain)
""",
    "distance by pay": """
from rolegraph.careers.adjacency import measure_distance
print(measure_distance(roster, "MANUFA.BIOPROCE4427.M3", "MANUFA.BIOPROCE4427.M3", "pay@1").plain)
""",
    "hidden": """
from rolegraph.careers.hidden import find_hidden
print(find_hidden(roster, "MANUFA.MANUFACTF950.M3").reason)
""",
    "a person's skills": """
from rolegraph.careers.person import rank_for_person
print(len(rank_for_person(roster, ["aseptic technique", "people leadership", "lean six sigma"]).adjacent))
""",
    "ladder": """
from rolegraph.careers.ladders import describe_ladder
print(describe_ladder(roster, resolve_focus(roster, "Upstream Process Development")).focus)
""",
    "path": """
from rolegraph.careers.paths import find_paths
ends = resolve_end(roster, "PROCES.UPSTREAMDF5B.P1"), resolve_end(roster, "MANUFA.BIOPROCE4427.M3")
print(len(find_paths(roster, *ends).paths))
""",
    "no path": """
from rolegraph.careers.paths import find_paths
print(find_paths(roster, "MANUFA.BIOPROCE4427.M3", "PROCES.UPSTREAMDF5B.P1").reason)
""",
}
TELL = "print('imported:', *sorted({name.partition('.')[0] for name in sys.modules}))"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    cache = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROLEGRAPH_CACHE", cache)
        open_roster()
    return {**os.environ, "ROLEGRAPH_CACHE": cache}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_imports_nothing_heavy(environment: dict[str, str], answer: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PRELUDE + ANSWERS[answer] + TELL],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told, imported = run.stdout.splitlines()
    assert told
    assert not set(HEAVY) & set(imported.split())


def test_the_first_answer_does_import_them(environment: dict[str, str], tmp_path: Path) -> None:
    # The check above must be able to fail.
    run = subprocess.run(
        [sys.executable, "-c", PRELUDE + TELL],
        env={**environment, "ROLEGRAPH_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"pydantic", "yaml"} <= set(run.stdout.split())
