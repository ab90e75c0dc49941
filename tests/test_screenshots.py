"""The pictures of pages are there, are pictures, are small, and are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from screenshot_docs import FOLDER, SHOTS

ROOT = Path(__file__).parents[1]
LARGEST, ALL = 120_000, 1_500_000
"""Bytes of one picture, and of all."""


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_is_there_and_shown(name: str) -> None:
    file = FOLDER / f"{name}.png"
    assert file.exists(), "take it: python tests/screenshot_docs.py"
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert picture.size == SHOTS[name].window
        assert len(set(picture.convert("L").resize((64, 64)).tobytes())) > 8, "nothing is to be seen"
    assert file.stat().st_size < LARGEST
    readers = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"pages/{name}.png)" in reader.read_text(encoding="utf-8") for reader in readers)


def test_no_other_picture_lies_there_and_all_are_small() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.png" for name in SHOTS}
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < ALL
