"""The workflow of the README is one that GitHub can run, and its scripts do what the page says."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from test_diff import call_git, copy_data, edit

PAGE = Path(__file__).parents[1] / "README.md"


def read_workflow() -> dict[Any, Any]:
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    workflow: dict[Any, Any] = yaml.safe_load(text)
    return workflow


def list_steps() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = read_workflow()["jobs"]["review"]["steps"]
    return steps


def find_script(name: str) -> str:
    return str(next(step["run"] for step in list_steps() if step.get("name") == name))


def test_actions_are_pinned_rights_are_few_and_scripts_take_nothing_from_a_pull_request() -> None:
    workflow = read_workflow()
    # YAML 1.1 reads the key "on" as true.
    assert workflow[True] == {"pull_request": {"paths": ["data/**"]}}
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["review"]["permissions"] == {
        "contents": "read", "pull-requests": "write", "security-events": "write",
    }  # fmt: skip
    used = [step["uses"] for step in list_steps() if "uses" in step]
    assert all(re.fullmatch(r"(actions|github)/[a-z/-]+@v[0-9]+", action) for action in used)
    assert any(action.startswith("github/codeql-action/upload-sarif@") for action in used)
    assert all("${{" not in step.get("run", "") for step in list_steps())
    checkout = next(step for step in list_steps() if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


GH = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in *--paginate*) cat "$KNOWN" ;; esac
"""


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("git", "bash", "awk")), reason="needs git, bash and awk"
)
def test_its_scripts_run_on_a_pull_request(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    data = copy_data(repository / "data")
    call_git(repository, "init", "-q", "-b", "main")
    call_git(repository, "add", ".")
    call_git(repository, "commit", "-q", "-m", "first")
    call_git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    tools = tmp_path / "tools"
    tools.mkdir()
    command = tools / "rolegraph"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rolegraph "$@"\n', encoding="utf-8")
    (tools / "gh").write_text(GH, encoding="utf-8")
    for tool in tools.iterdir():
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    output, calls, known = (tmp_path / name for name in ("output", "calls", "known"))
    known.touch()
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "BASE": "origin/main",
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "COMMENTS": "repos/a/b/issues/7/comments",
        "COMMENT": "repos/a/b/issues/comments",
        "CALLS": str(calls),
        "KNOWN": str(known),
    }

    def run_step(name: str) -> int:
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", find_script(name)],
            cwd=repository,
            env=environment,
            check=False,
        )
        return done.returncode

    # Nothing changed: the status is 0, and the comment says so.
    assert run_step("Validate") == 0
    assert output.read_text() == "status=0\n"
    assert '"version": "2.1.0"' in (repository / "findings.sarif").read_text()
    assert run_step("Tell what changed") == 0
    assert (repository / "comment.md").read_text() == "<!-- rolegraph diff -->\nNo difference.\n"
    # Something changed: the status of the diff is 1, and the step goes on.
    edit(data, "median: 118000", "median: 121000")
    assert run_step("Tell what changed") == 0
    text = (repository / "comment.md").read_text(encoding="utf-8")
    assert "pay, median (USD): 118,000 → 121,000" in text
    assert text.startswith("<!-- rolegraph diff -->\n**Changes from `origin/main:data` to `data`:**")
    assert "121,000" in (tmp_path / "summary").read_text(encoding="utf-8")
    step = "Comment it, or bring the comment up to date"
    assert run_step(step) == 0
    known.write_text("4711\n")
    assert run_step(step) == 0
    made = calls.read_text().splitlines()
    assert "--method POST repos/a/b/issues/7/comments -F body=@comment.md" in made[1]
    assert "--method PATCH repos/a/b/issues/comments/4711 -F body=@comment.md" in made[3]
    # Data that cannot be read are told by the findings; the diff has nothing to compare, and the job stops.
    edit(data, "median: 121000", "median: 9121000")
    assert run_step("Validate") == 0
    assert output.read_text().endswith("status=2\n")
    assert "data/focuses/" in (repository / "findings.sarif").read_text()
    assert run_step("Tell what changed") != 0
