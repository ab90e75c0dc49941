"""``rolegraph diff``: what its sides may be, its forms, its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rolegraph.architecture import Architecture
from rolegraph.changes import git
from rolegraph.changes.git import Revision, extract_revision, split_revision
from rolegraph.cli.main import run
from rolegraph.errors import RequestError
from rolegraph.resources import find_resource
from rolegraph.schemas import make_adapter

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
M3 = "MANUFA.BIOPROCE4427.M3"
FOCUS = "focuses/MANUFA.BIOPROCE4427.yaml"


def call_git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def copy_data(place: Path) -> Path:
    for part in (
        "dataset.yaml",
        "functions.yaml",
        "levels.yaml",
        "skills.yaml",
        "occupations",
        "editions",
        "focuses",
    ):
        source = Path(str(find_resource("data"))) / part
        place.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place / part)
        else:
            shutil.copy(source, place / part)
    return place


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / FOCUS
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two data folders; in the newer one the pay of a role and a wording are others."""
    place = tmp_path_factory.mktemp("pair")
    old, new = copy_data(place / "old"), copy_data(place / "new")
    edit(new, "median: 118000", "median: 121000")
    edit(new, "Growth of living cells in a bioreactor", "Growth of living cells in one bioreactor")
    return old, new


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose last commit changed the pay, and whose working folder changes a wording."""
    copy_data(tmp_path / "data")
    call_git(tmp_path, "init", "-q", "-b", "main")
    call_git(tmp_path, "add", ".")
    call_git(tmp_path, "commit", "-q", "-m", "first")
    edit(tmp_path / "data", "median: 118000", "median: 121000")
    call_git(tmp_path, "commit", "-q", "-a", "-m", "second")
    edit(
        tmp_path / "data",
        "Growth of living cells in a bioreactor",
        "Growth of living cells in one bioreactor",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


Called = Iterator[str]


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["diff", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_folders_and_exports_mix_and_their_syntax_is_no_change(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = pair
    for name, folder in (("old", old), ("new", new)):
        Architecture(folder).export("turtle", tmp_path / f"{name}.ttl")
        Architecture(folder).export("ntriples", tmp_path / f"{name}.nt")
    assert diff(capsys, str(old), str(tmp_path / "old.ttl")) == (0, "no difference\n", "")
    assert diff(capsys, str(tmp_path / "old.nt"), str(old))[0] == 0
    for one, other in ((str(old), str(tmp_path / "new.nt")), (str(tmp_path / "old.ttl"), str(new))):
        status, out, _ = diff(capsys, one, other)
        assert status == 1
        assert "pay, median (USD): 118,000 -> 121,000" in out
        assert "Growth of living cells in [-a-]{+one+} bioreactor" in " ".join(out.split())


def test_every_form_tells_the_same_changes(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(side) for side in pair]
    status, out, _ = diff(capsys, *names, "--format", "json")
    assert status == 1
    make_adapter("diff").validate_json(out, strict=False)
    answer = json.loads(out)
    assert (answer["old"], answer["new"], answer["same"]) == (*names, False)
    changes = answer["changes"]
    assert {(c["code"], c["field"]) for c in changes} == {
        (M3, "pay.median"),
        ("MANUFA.BIOPROCE4427", "skills.description"),
    }
    assert ["removed", "a"] in next(c for c in changes if c["words"])["words"]
    rows = list(csv.DictReader(io.StringIO(diff(capsys, *names, "--format", "csv")[1])))
    told = [row for row in rows if row["kind"] in {"profile", "focus"}]
    assert next((r["code"], r["field"], r["old"]) for r in told) == (M3, "pay.median", "118000")
    page = diff(capsys, *names, "--format", "md")[1]
    assert "1 role changed; 1 focus changed." in page
    assert "living cells in ~~a~~ **one** bioreactor" in page
    assert "\x1b" not in page
    for ending in ("md", "csv", "xlsx", "rdfp"):
        status, out, err = diff(capsys, *names, "-o", str(tmp_path / f"changes.{ending}"))
        assert (status, out) == (1, "")
        assert "is written" in err
    assert (tmp_path / "changes.md").read_text(encoding="utf-8") == page
    sheet = load_workbook(tmp_path / "changes.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    patch = (tmp_path / "changes.rdfp").read_text(encoding="utf-8").splitlines()
    assert [line[:2] for line in patch] == ["H ", "TX", "D ", "D ", "A ", "A ", "TC"]
    assert patch == diff(capsys, *names, "--format", "patch")[1].splitlines()
    assert diff(capsys, names[0], names[0], "--format", "patch")[0] == 0


def test_without_consequences_none_are_told(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(side) for side in pair]
    assert "What follows" in diff(capsys, *names)[1]
    assert "What follows" not in diff(capsys, *names, "--no-consequences")[1]


def test_the_newer_side_may_be_left_to_data(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = map(str, pair)
    assert run(["--data", new, "diff", old]) == 1
    assert f"From {old} to {new}" in capsys.readouterr().out
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)
    status, _, err = diff(capsys, old)
    assert status == 2
    assert "NEW, or --data or --graph" in err


@needs_git
def test_revisions_are_read_and_the_working_folder_is_what_they_are_compared_with(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _ = diff(capsys, "HEAD~1:data", "HEAD:data", "--no-consequences")
    assert status == 1
    assert "median" in out
    assert "one" not in out.split("bioreactor")[0]
    status, out, _ = diff(capsys, "HEAD:data", "--no-consequences")
    assert status == 1
    assert "median" not in out
    assert "From HEAD:data to data" in out
    assert diff(capsys, "HEAD~1:data", "--no-consequences")[1].count("->") == 1
    monkeypatch.chdir(repository / "data")
    assert diff(capsys, "HEAD:./", "HEAD:data")[0] == 0
    assert diff(capsys, "HEAD:data", "--no-consequences")[0] == 1
    # A graph file of a revision keeps the ending by which its syntax is known.
    Architecture(repository / "data").export("turtle", repository / "graph.ttl")
    call_git(repository, "add", "graph.ttl")
    call_git(repository, "commit", "-q", "-m", "third")
    assert diff(capsys, "HEAD:graph.ttl", "../data")[0] == 0


@needs_git
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere:data", "there is no revision nowhere in this repository"),
        ("HEAD:elsewhere", "there is no elsewhere in HEAD"),
        ("--output=x:data", "there is no revision --output=x"),
        ("nothing", "there is no nothing: name a data folder"),
    ],
)
def test_what_is_not_there_is_said(
    repository: Path, name: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = diff(capsys, "--", name, "data")
    assert (status, out) == (2, "")
    assert reason in err
    assert not (repository / "x").exists()


@needs_git
def test_problems_of_a_revision_name_its_files(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(repository / "data", "median: 121000", "median: 9121000")
    call_git(repository, "commit", "-q", "-a", "-m", "broken")
    status, _, err = diff(capsys, "HEAD:data", "HEAD~1:data")
    assert status == 2
    assert f"HEAD:data/{FOCUS}:165 levels.M3.pay" in err
    assert "rolegraph-" not in err


def test_a_place_without_a_repository_or_without_git_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    if shutil.which("git"):
        assert "is in no git repository" in diff(capsys, "HEAD:data", "HEAD~1:data")[2]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed here" in diff(capsys, "HEAD:data", "HEAD~1:data")[2]


@needs_git
def test_nothing_of_a_repository_is_run_and_no_link_is_followed(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.yaml"
    secret.write_text("secret: 1\n", encoding="utf-8")
    (repository / "data" / "focuses" / "link.yaml").symlink_to(secret)
    marks = repository / "marks"
    marks.mkdir()
    (repository / ".gitattributes").write_text("*.yaml filter=evil export-ignore\n", encoding="utf-8")
    call_git(repository, "add", ".")
    call_git(repository, "commit", "-q", "-m", "hostile")
    for name in ("smudge", "clean", "process"):
        call_git(repository, "config", f"filter.evil.{name}", f"touch {marks}/{name}; cat")
    call_git(repository, "config", "core.fsmonitor", f"touch {marks}/fsmonitor")
    target = tmp_path_factory.mktemp("read")
    place = extract_revision(Revision("HEAD", "data"), target)
    assert not list(marks.iterdir())
    read = {str(p.relative_to(place)) for p in place.rglob("*") if p.is_file()}
    assert FOCUS in read
    assert "focuses/link.yaml" not in read


@needs_git
def test_a_revision_that_holds_too_much_is_refused(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "MAX_FILES", 2)
    with pytest.raises(RequestError, match="at most 2 files"):
        extract_revision(Revision("HEAD", "data"), tmp_path)
    monkeypatch.setattr(git, "MAX_BYTES", 10)
    with pytest.raises(RequestError, match="of 10 bytes"):
        extract_revision(Revision("HEAD", "data/dataset.yaml"), tmp_path)


def test_a_drive_or_an_address_is_no_revision() -> None:
    assert split_revision("C:\\data") is None
    assert split_revision("https://example.org/a") is None
    assert split_revision("HEAD:") == Revision("HEAD", "")


@needs_git
def test_a_folder_of_that_name_comes_before_a_revision(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.name == "nt":
        pytest.skip("a colon stands in no name there")
    shutil.copytree("data", "HEAD:data")
    assert diff(capsys, "HEAD:data", "data")[0] == 0
