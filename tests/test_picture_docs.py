"""The pictures of the README are those that rolegraph draws today."""

from __future__ import annotations

from pathlib import Path

import pytest

from picture_docs import DOCS, draw_pictures

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pictures() -> dict[str, str]:
    return draw_pictures()


@pytest.mark.parametrize("name", ["paths.svg", "ladder.svg"])
def test_pictures_are_up_to_date_and_shown(name: str, pictures: dict[str, str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pictures[name], (
        "regenerate it: python tests/picture_docs.py"
    )
    assert f"](docs/{name})" in README
