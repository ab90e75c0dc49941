"""The OWL API of the University of Manchester, asked what it finds in OWL files; Java and Maven are needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "java"
HAS_JAVA = shutil.which("java") is not None


QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For programs that end after a few seconds: the compiler of Java is not to think longer than they run."""


def find_class_path(cache: Path) -> str:
    """The jars of the OWL API, from the local repository of Maven or from where Maven finds them; else the test is skipped.

    ``cache`` is a folder that keeps what Maven said for the next time.
    """
    if not HAS_JAVA or shutil.which("mvn") is None:
        pytest.skip("Java and Maven are not installed")
    listed = cache / "class-path.txt"
    if listed.is_file():
        known = listed.read_text(encoding="utf-8")
        if known and all(Path(jar).is_file() for jar in known.split(os.pathsep)):
            return known
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        HERE / "pom.xml",
        "dependency:build-classpath",
        f"-Dmdep.outputFile={listed}",
    ]
    for more in (["-o"], []):
        try:
            done = subprocess.run(
                [*command, *more], capture_output=True, check=False, timeout=240,
                env={**os.environ, "MAVEN_OPTS": " ".join(QUICK)},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            continue
        if done.returncode == 0:
            return listed.read_text(encoding="utf-8")
    pytest.skip("Maven cannot reach net.sourceforge.owlapi:owlapi-distribution")


def ask_owl_api(files: Sequence[Path], cache: Path) -> list[dict[str, Any]]:
    """What the OWL API says of each file, in one run of Java; ``tests/java/OwlProfiles.java`` tells what."""
    done = subprocess.run(
        ["java", *QUICK, "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", find_class_path(cache),
         HERE / "OwlProfiles.java", *files],
        capture_output=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    answer: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return [answer[str(file)] for file in files]
