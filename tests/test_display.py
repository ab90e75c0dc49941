"""Texts are seen as they are, and steer nothing around them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from rolegraph.cli.main import run
from rolegraph.display import printable
from rolegraph.resources import find_resource


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Baker", "Baker"),
        ("one\ntwo", "one\ntwo"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("עברית \u200f!", "עברית \u200f!"),
    ],
)
def test_what_steers_is_shown_as_an_escape(text: str, seen: str) -> None:
    assert printable(text) == seen


def test_an_answer_as_text_turns_nothing_around(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "jobs"
    shutil.copytree(Path(str(find_resource("data"))), folder)
    record = folder / "focuses" / "MANUFA.BIOPROCE4427.yaml"
    text = record.read_text(encoding="utf-8")
    assert "\nlabel: " in text
    record.write_text(re.sub(r"\nlabel: .*", '\nlabel: "not \\\\u202ethis"', text, count=1), encoding="utf-8")
    assert run(["--data", str(folder), "show", "MANUFA.BIOPROCE4427"]) == 0
    shown = capsys.readouterr().out
    assert "not \\u202ethis" in shown
    assert "\u202e" not in shown
