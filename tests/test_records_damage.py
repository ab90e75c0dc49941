"""Whatever a value is replaced with, data are read or refused with a place: nothing breaks the reader."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rolegraph.errors import InputError
from rolegraph.records import load_folder
from rolegraph.resources import find_resource

DATA = Path(str(find_resource("data")))
FILES = [
    "dataset.yaml", "functions.yaml", "levels.yaml", "occupations/soc-2018.yaml", "editions/effort@1.yaml",
    "focuses/MANUFA.BIOPROCE4427.yaml",
]  # fmt: skip
VALUES = ["?!", "[]", "{}", "yes", "-1", "''"]
FLOW = re.compile(r"(?<=: )[^{}\[\],>|]+(?=[,}])")


def list_damages(text: str, value: str) -> list[str]:
    """The text with the value of one key after the other replaced; long prose is left alone."""
    damaged = []
    for match in re.finditer(r"(?<=: )(?!>-|\||\{|\[)[^\n]+$", text, flags=re.MULTILINE):
        damaged.append(text[: match.start()] + value + text[match.end() :])
    for match in FLOW.finditer(text):
        damaged.append(text[: match.start()] + value + text[match.end() :])
    for match in re.finditer(r"(?<=assigned: )\[[^\n]*\]", text):
        damaged.append(text[: match.start()] + "[nothing]" + text[match.end() :])
    return damaged


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", FILES)
def test_damaged_value_is_refused_with_its_place(name: str, value: str, tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / name
    text = path.read_text(encoding="utf-8")
    damages = list_damages(text, value)
    assert damages
    step = max(1, len(damages) // 25)
    problems = []
    for damaged in damages[::step]:
        path.write_text(damaged, encoding="utf-8")
        try:
            load_folder(tmp_path / "data")
        except InputError as error:
            problems += error.problems
    assert problems
    assert all(problem.place is not None and problem.rule for problem in problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("predicate: broadMatch", "predicate: brodMatch"),
        ("justification: UnspecifiedMatching", "justification: guess"),
        ("predicate: broadMatch", "predicate:"),
    ],
)
def test_refused_value_that_is_marked_assigned_is_told_once(old: str, new: str, tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "focuses" / "MANUFA.BIOPROCE4427.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_folder(tmp_path / "data")
    (problem,) = caught.value.problems
    assert new.partition(":")[0] in problem.where
