"""Starts a process of this package's own Python, with this process's search path and nothing of its environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from rolegraph.errors import Place, Problem
from rolegraph.store.documents import Documents

SIGNALS = {
    6: "it needed more memory than it may have, or the engine gave up; narrow the query",
    9: "the system ended it, which it does when memory runs out; narrow the query",
    11: "it is nested too deeply for the engine; split the query",
}
"""What the signal says that ended a process."""


def start_process(program: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Run a short program text; ``arguments`` are its ``sys.argv[2:]``.

    -I keeps the user's environment and the current folder out; the parent's own search path is handed over as
    ``sys.argv[1]``, in JSON.
    """
    here = str(Path.cwd())
    path = json.dumps([part or here for part in sys.path])
    return subprocess.Popen(
        [sys.executable, "-I", "-c", program, path, *arguments],
        # A session of its own: an interrupt from the keyboard reaches the parent alone, which ends the child.
        start_new_session=True,
        **options,
    )


def to_load(documents: Documents, timeout: float) -> dict[str, Any]:
    """The request to load documents; the bytes of their texts follow it."""
    return {
        "do": "load",
        "files": [str(path.absolute()) for path in documents.files],
        "folder": None if documents.folder is None else str(documents.folder.absolute()),
        "graphs": [(name, str(path.absolute())) for name, path in documents.graphs],
        "texts": [len(part) for part in documents.texts],
        "timeout": timeout,
    }


def to_problem(rule: str, message: str, place: list[Any] | None, where: str, remedy: str) -> Problem:
    """A problem that a process told."""
    return Problem(rule, message, None if place is None else Place(*place), where, remedy)
