"""Every command of the README runs, in order, as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rolegraph

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = ("make ", "pip ", "python -m pip ", "git ")
"""Commands that set a machine up; the wheel test and the make targets cover them."""


def read_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


SHELL = [
    "\n".join(line for line in block.splitlines() if not line.startswith(SET_UP)).strip()
    for block in read_blocks(README, "sh")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the blocks run, with the graph that an earlier block builds: tests may be dealt out to several processes."""
    place = tmp_path_factory.mktemp("readme")
    rolegraph.load().build(place / "out")
    return place


@pytest.mark.parametrize("block", [block for block in SHELL if block])
def test_shell_block_runs(block: str, folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ROLEGRAPH_CACHE": str(folder / "cache"),
    }
    environment.pop("ROLEGRAPH_DATA", None)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    assert done.stdout or ">" in block or "eval" in block or "-o " in block


@pytest.mark.parametrize("block", read_blocks(README, "python"))
def test_python_block_runs(block: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{block}\n{done.stderr}"


def test_first_commands_are_the_two_that_set_everything_up() -> None:
    first = read_blocks(README, "sh")[0].splitlines()
    assert [line.split("#")[0].strip() for line in first] == ["make run", "make test"]


@pytest.mark.parametrize("target", ["run", "test", "bench"])
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
