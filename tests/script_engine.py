"""Scripts of pages outside a browser: V8 runs them as they ship."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from rolegraph.site.pressing import read_file


def open_engine(scripts: Iterable[str], before: str = "", after: str = "") -> Any:
    """An engine that has run some scripts of ``assets/``, and what stands before and after them.

    The test is skipped where mini-racer is not installed.
    """
    mini_racer = pytest.importorskip("py_mini_racer", reason="mini-racer is not installed")
    engine = mini_racer.MiniRacer()
    for text in (before, *(read_file("assets", name).decode("utf-8") for name in scripts), after):
        engine.eval(text)
    return engine
