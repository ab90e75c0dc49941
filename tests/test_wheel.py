"""A wheel, built and installed in a fresh environment, does the main job from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KINDS = ("ontology", "shapes", "queries", "data")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    bare = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "ROLEGRAPH", "VIRTUAL"))
    }
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd, env={**bare, **environment}, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel built from that sdist."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=ROOT)
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


def test_wheel_holds_every_shipped_file(built: dict[str, Path]) -> None:
    inside = set(zipfile.ZipFile(built["wheel"]).namelist())
    for kind in KINDS:
        shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / kind).rglob("*") if p.is_file()}
        assert shipped, f"{kind}/ is empty"
        missing = {name for name in shipped if f"rolegraph/_resources/{name}" not in inside}
        assert not missing
    assert "rolegraph/py.typed" in inside
    pages = ROOT / "graph" / "rolegraph" / "site"
    for kind in ("templates", "assets", "texts"):
        shipped = {p.relative_to(pages.parent).as_posix() for p in (pages / kind).rglob("*") if p.is_file()}
        assert shipped, f"{kind}/ is empty"
        assert not {name for name in shipped if f"rolegraph/{name}" not in inside}
    assert not [name for name in inside if "__pycache__" in name or name.startswith(("tests", "bench"))]


def test_sdist_holds_sources_tests_and_licences(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", "tests/test_wheel.py"} <= names


def test_fresh_environment_does_the_main_job(built: dict[str, Path], tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    binaries = environment / ("Scripts" if os.name == "nt" else "bin")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(
        binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--constraint", ROOT / "constraints.txt", built["wheel"], cwd=elsewhere,
    )  # fmt: skip
    cache = {"ROLEGRAPH_CACHE": str(tmp_path / "cache")}
    where = run(binaries / "python", "-c", "import rolegraph; print(rolegraph.__file__)", cwd=elsewhere)
    assert str(environment) in where
    run(binaries / "rolegraph", "build", "-o", "out", cwd=elsewhere, **cache)
    assert {p.name for p in (elsewhere / "out").iterdir() if not p.name.startswith(".")} == {
        "rolegraph.ttl", "rolegraph.nt", "adjacency.ttl", "report.json",
    }  # fmt: skip
    adjacent = run(
        binaries / "rolegraph",
        "adjacent",
        "MANUFA.MANUFACTF950.M3",
        "--format",
        "json",
        cwd=elsewhere,
        **cache,
    )
    assert [n["code"] for n in json.loads(adjacent)["adjacent"][:3]] == [
        "MANUFA.MANUFACTF950.M2", "MANUFA.MANUFACTF950.M4", "MANUFA.BIOPROCE4427.M3",
    ]  # fmt: skip
    query = run(binaries / "rolegraph", "query", "--list", cwd=elsewhere, **cache)
    assert query.strip()
    run(binaries / "rolegraph", "site", "-o", "pages", cwd=elsewhere, **cache)
    pages = read_files(elsewhere / "pages")
    assert {"index.html", "profile/MANUFA.BIOPROCE4427.M3.html", "assets/site.css"} <= set(pages)
    # The wheel as it is, a zip on the path: the same pages.
    packed = run(
        binaries / "python", "-c", "import rolegraph; print(rolegraph.__file__)",
        cwd=elsewhere, PYTHONPATH=str(built["wheel"]),
    )  # fmt: skip
    assert ".whl" in packed
    zipped = {"PYTHONPATH": str(built["wheel"]), **cache}
    run(binaries / "python", "-m", "rolegraph", "site", "-o", "zipped", cwd=elsewhere, **zipped)
    assert read_files(elsewhere / "zipped") == pages


def read_files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
