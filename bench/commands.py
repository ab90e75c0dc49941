"""Whole commands as variants: cold processes with their time and peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import Sample, Variant

_LAUNCHER = Path(__file__).with_name("launch.py")
_UNWANTED = {"ROLEGRAPH_DATA", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Variables that would change what is done or how: without compiled modules every start compiles them anew."""

NOTHING = """import sys
import click
@click.command()
@click.argument("names", nargs=-1)
def main(names):
    "Do nothing."
if __name__ == '__main__':
    sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit status, and the file that holds its standard output."""

    status: int
    output: Path


def run_command(command: Sequence[str], output: Path, environment: Mapping[str, str] | None = None) -> Sample:
    """One run of a command, standard output to a file.

    Raises RuntimeError where it ends with another status than 0 or 1.
    """
    surroundings = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    surroundings |= environment or {}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_LAUNCHER), str(output), *command],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command[0]} could not be started: {done.stderr}")
    told = json.loads(done.stdout)
    if told["status"] not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with status {told['status']}: {done.stderr}")
    return Sample(told["seconds"], Ended(told["status"], output), told["peak"])


def make_command(
    name: str,
    command: Sequence[str],
    output: Path,
    *,
    answer: Callable[[Ended], object],
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], Any] | None = None,
) -> Variant:
    """A variant that is a command; ``prepare`` is done before every run, and takes no part in its time."""

    def measure() -> Sample:
        if prepare is not None:
            prepare()
        return run_command(command, output, environment)

    return Variant(name, measure, answer)


def find_rolegraph() -> list[str]:
    """The command ``rolegraph`` as it is installed beside this Python."""
    script = Path(sysconfig.get_path("scripts")) / "rolegraph"
    if not script.is_file():
        raise FileNotFoundError(f"{script} is missing; install the project into this environment")
    return [str(script)]


def write_nothing(folder: Path) -> list[str]:
    """A click program that does nothing, started as an installed command is: by its script."""
    script = folder / "nothing"
    script.write_text(f"#!{sys.executable}\n{NOTHING}", encoding="utf-8")
    script.chmod(0o755)
    return [str(script)]
