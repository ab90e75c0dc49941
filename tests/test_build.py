"""A build is whole, repeatable, alone in its folder, and never half-written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import rolegraph
from rolegraph.answers import Build
from rolegraph.errors import OutputError

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "fixtures" / "small"
HOLD = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
NAMES = ["adjacency.ttl", "report.json", "rolegraph.nt", "rolegraph.ttl"]


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("[!.]*.*"))}


def run(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rolegraph", *map(str, arguments)],
        cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path / "data"


def test_report_vouches_for_every_file(tmp_path: Path) -> None:
    answer = rolegraph.load().build(tmp_path)
    assert isinstance(answer, Build)
    written = read_all(tmp_path)
    assert sorted(written) == NAMES
    report = json.loads(written["report.json"])
    assert [file["name"] for file in report["files"]] == ["rolegraph.ttl", "rolegraph.nt", "adjacency.ttl"]
    for file in report["files"]:
        assert hashlib.sha256(written[file["name"]]).hexdigest() == file["sha256"]
        assert len(written[file["name"]]) == file["size"]
        assert file["triples"] > 0
    assert report["counts"]["profiles"] == 19
    lines = written["rolegraph.nt"].splitlines()
    assert len(lines) == report["files"][1]["triples"]
    assert lines == sorted(lines)


def test_same_data_gives_the_same_bytes(tmp_path: Path, data: Path) -> None:
    moved = tmp_path / "elsewhere" / "copy"
    shutil.copytree(data, moved)
    first = run("--data", data, "build", "-o", tmp_path / "a", cwd=tmp_path, PYTHONHASHSEED="1")
    second = run("--data", "copy", "build", "-o", "b", cwd=moved.parent, PYTHONHASHSEED="4242")
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert read_all(tmp_path / "a") == read_all(moved.parent / "b")


def test_violation_writes_nothing_and_is_told(tmp_path: Path, data: Path) -> None:
    assert run("--data", data, "build", "-o", "out", cwd=tmp_path).returncode == 0
    before = read_all(tmp_path / "out")
    profile = next(p for p in (data / "focuses").glob("*.yaml") if "    status: approved" in p.read_text())
    text = profile.read_text(encoding="utf-8")
    assert "    review:\n" in text
    profile.write_text(text.replace("    review:\n", "    review:\n      breadth: 2\n", 1), encoding="utf-8")
    done = run("--data", data, "build", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "violation" in done.stdout
    assert profile.name in done.stdout
    assert "Nothing was written" in done.stderr
    assert read_all(tmp_path / "out") == before


def test_broken_data_writes_nothing_and_makes_no_folder(tmp_path: Path, data: Path) -> None:
    (data / "functions.yaml").write_text("functions: [", encoding="utf-8")
    done = run("--data", data, "build", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "functions.yaml:2" in done.stderr
    assert not (tmp_path / "out").exists()


def test_two_builds_do_not_write_at_once(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            HOLD,
            str(tmp_path / ".rolegraph.lock"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(OutputError, match="another build is writing"):
            rolegraph.load().build(tmp_path)
    finally:
        holder.communicate("")
    assert isinstance(rolegraph.load().build(tmp_path), Build)


def test_killed_build_leaves_whole_files_and_the_next_one_mends_it(tmp_path: Path) -> None:
    rolegraph.load(SMALL).build(tmp_path)
    before = read_all(tmp_path)
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        import rolegraph
        place = Path.replace
        def replace(self, target):
            done = place(self, target)
            if Path(target).name == "rolegraph.ttl":
                os.kill(os.getpid(), signal.SIGKILL)
            return done
        Path.replace = replace
        rolegraph.load().build({str(tmp_path)!r})
        """
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    after = read_all(tmp_path)
    assert after["rolegraph.ttl"] != before["rolegraph.ttl"]
    assert {name: after[name] for name in NAMES if name != "rolegraph.ttl"} == {
        name: before[name] for name in NAMES if name != "rolegraph.ttl"
    }
    heard: list[str] = []
    rolegraph.load().build(tmp_path, tell=heard.append)
    assert [step for step in heard if "rolegraph.ttl does not belong to its report" in step]
    fresh = tmp_path / "fresh"
    rolegraph.load().build(fresh)
    assert {name: (tmp_path / name).read_bytes() for name in NAMES} == read_all(fresh)
    assert not list(tmp_path.glob(".*.tmp"))


def test_full_disk_is_told_and_leaves_the_old_files(tmp_path: Path) -> None:
    rolegraph.load(SMALL).build(tmp_path)
    before = read_all(tmp_path)
    script = textwrap.dedent(
        f"""
        import resource, sys
        import rolegraph
        jobs = rolegraph.load()
        jobs.roster
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            jobs.build({str(tmp_path)!r})
        except rolegraph.OutputError as error:
            print(error)
            sys.exit(2)
        """
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "cannot write to" in done.stdout
    assert read_all(tmp_path) == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = run("build", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot write to out" in done.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="rights do not bind the administrator")
def test_read_only_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    done = run("build", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot write to out" in done.stderr


def test_interrupted_build_leaves_the_old_files(tmp_path: Path) -> None:
    rolegraph.load(SMALL).build(tmp_path)
    before = read_all(tmp_path)
    script = textwrap.dedent(
        f"""
        import rolegraph, rolegraph.build, signal, time
        from rolegraph.cli.main import run
        write = rolegraph.build.write_neighbours
        def slow(*args, **kwargs):
            print("writing", flush=True)
            time.sleep(60)
        rolegraph.build.write_neighbours = slow
        # A run in the background inherits that interrupts are ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        raise SystemExit(run(["build", "-o", {str(tmp_path)!r}]))
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "writing\n"
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in complaint
    assert read_all(tmp_path) == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_built_graphs_conform(tmp_path: Path) -> None:
    rolegraph.load().build(tmp_path)
    for name in ("rolegraph.ttl", "rolegraph.nt", "adjacency.ttl"):
        done = run("validate", name, "--format", "json", cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)["conforms"] is True
