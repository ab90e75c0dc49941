"""The documentation has a section for every format, and for no other."""

from __future__ import annotations

import re
from pathlib import Path

from rolegraph.export.formats import FORMATS

PAGE = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_every_format_has_a_section() -> None:
    headings = re.findall(r"^## ([a-z]+(?:, [a-z]+)*)$", PAGE, re.MULTILINE)
    named = [name for heading in headings for name in heading.split(", ")]
    assert sorted(named) == sorted(FORMATS)
