"""Answers go to files in the form that is asked for, or that the ending of the file names."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from rolegraph.cli.main import run

ROLE, FOCUS = "MANUFA.MANUFACTF950.M3", "PROCES.UPSTREAMDF5B"
PATH = ("path", "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(cache))
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)
    return tmp_path


@pytest.mark.parametrize("command", [("ladder", FOCUS), PATH, ("adjacent", ROLE)], ids=lambda c: c[0])
def test_the_ending_names_the_form(
    command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begins = {
        "a.svg": b"<svg", "a.png": b"\x89PNG", "a.xlsx": b"PK", "a.json": b"{", "a.md": (b"| ", b"# "), "a.mmd": b"flowchart",
        "a.dot": b"digraph", "A.SVG": b"<svg",
    }  # fmt: skip
    for name, start in begins.items():
        assert run([*command, "-o", name]) == 0
        assert (folder / name).read_bytes().startswith(start), name
        out, err = capsys.readouterr()
        assert out == ""
        assert err == f"{name} is written\n"


def test_the_ending_counts_where_it_stands_before_the_rest(folder: Path) -> None:
    assert run(["ladder", "-o", "a.svg", FOCUS]) == 0
    assert (folder / "a.svg").read_bytes().startswith(b"<svg")


def test_a_form_asked_for_goes_before_the_ending_and_is_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ladder", FOCUS, "-o", "a.svg", "--format", "csv"]) == 0
    assert (folder / "a.svg").read_bytes().startswith(b"focus,track")
    assert "note: a.svg is written as csv, as --format says" in capsys.readouterr().err
    # The default counts as asked for where it is said.
    assert run(["ladder", FOCUS, "--format", "text", "-o", "b.svg"]) == 0
    assert "Ladder of" in (folder / "b.svg").read_text(encoding="utf-8")
    assert "note: b.svg is written as text" in capsys.readouterr().err


def test_an_ending_that_says_text_gives_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", FOCUS, "-o", "a.txt"]) == 0
    assert "Ladder of" in (folder / "a.txt").read_text(encoding="utf-8")
    assert "note" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "name", "reason"),
    [
        (("adjacent", ROLE), "near.pdf", "adjacent has no form for the ending .pdf: choose .txt, .json,"),
        (("ladder", FOCUS), "noending", "there is no ending: choose .txt, .json, .csv, .md, .xlsx,"),
        (("distance", ROLE, "MANUFA.BIOPROCE4427.M3"), "a.svg", "choose .txt, .json, .csv, .md or .xlsx, or say"),
        (("validate",), "a.png", "choose .txt, .json, .csv, .md, .xlsx, .html, .sarif or .ttl, or say"),
    ],
)  # fmt: skip
def test_an_ending_of_no_form_is_refused_with_those_that_there_are(
    command: tuple[str, ...], name: str, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "-o", name]) == 2
    assert reason in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    assert run([*command, "-o", name, "--format", "json"]) in {0, 1}
    assert (folder / name).read_bytes().startswith(b"{")


def test_checking_takes_the_form_from_the_ending(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    starts = {"a.html": b"<!doctype html>", "a.sarif": b"{", "a.csv": b"severity,", "a.xlsx": b"PK"}
    for name, start in starts.items():
        assert run(["validate", "--severity", "violation", "-o", name]) == 0
        assert (folder / name).read_bytes().lower().startswith(start.lower()), name
    capsys.readouterr()
    assert run(["validate", "--severity", "violation", "--format", "csv", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("severity,")


def test_what_cannot_be_written_is_named_and_nothing_is_made(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe.svg")
    assert run(["ladder", FOCUS, "-o", "pipe.svg"]) == 2
    assert "cannot write pipe.svg: it is a device, pipe or socket" in capsys.readouterr().err
    assert (folder / "pipe.svg").is_fifo()
    assert run(["ladder", FOCUS, "-o", "missing/a.svg"]) == 2
    assert "cannot write missing/a.svg: there is no folder" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["pipe.svg"]


def test_what_has_no_picture_names_what_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adjacent", "--all", "-o", "all.png"]) == 2
    assert "The nearest roles of every role have no picture; what can be drawn" in capsys.readouterr().err
    assert not (folder / "all.png").exists()
    assert run(["adjacent", "--all", "-o", "all.dot"]) == 0
    assert run(["adjacent", "--all", "-o", "all.xlsx"]) == 0


def test_no_path_is_drawn_with_its_reason_and_exits_with_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [*PATH, "--max-moves", "1"]
    for name in ("a.svg", "a.png", "a.mmd", "a.dot", "a.xlsx"):
        assert run([*command, "-o", name]) == 1
        assert (folder / name).stat().st_size > 0
    texts = " ".join(node.text or "" for node in ET.parse(folder / "a.svg").iter())
    assert "moves" in texts
    assert "Upstream Process Development — P1" in texts


def test_files_open_in_their_programs(folder: Path) -> None:
    assert run([*PATH, "-o", "a.png"]) == run([*PATH, "-o", "a.xlsx"]) == 0
    with Image.open(folder / "a.png") as image:
        assert image.size == (2560, 1440)
    assert openpyxl.load_workbook(folder / "a.xlsx").active["A1"].value == "path"


def test_binary_forms_go_through_a_pipe_whole(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rolegraph", "ladder", FOCUS, "--format", "png"],
        capture_output=True,
        check=True,
    )
    image = Image.open(io.BytesIO(done.stdout))
    image.load()
    assert image.size == (2560, 1440)


@pytest.mark.parametrize("form", ["png", "xlsx"])
def test_a_terminal_gets_no_binary(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run(["ladder", FOCUS, "--format", form]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"--format {form} is no text; name a file for it: -o FILE.{form}" in err
