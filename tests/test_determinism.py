"""The same data gives the same bytes, whatever the hash seed and the order in which files and records stand."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rolegraph.records import load_folder, to_files, write_jsonl, write_yaml
from rolegraph.resources import find_resource

UP, BIO = "PROCES.UPSTREAMDF5B", "MANUFA.BIOPROCE4427"
COMMANDS = (
    ["adjacent", f"{BIO}.M3", "--format", "json"],
    ["adjacent", "--all", "--edition", "content@1", "--format", "json"],
    ["path", f"{UP}.P1", f"{BIO}.M3", "-k", "5", "--format", "json"],
    ["path", f"{UP}.P1", f"{BIO}.M3", "-k", "5", "--similar", "--format", "csv"],
    ["path", f"{BIO}.M3", f"{UP}.P1", "--format", "text"],
    ["path", f"{UP}.P1", f"{BIO}.M3", "-k", "3", "--format", "svg"],
    ["reach", f"{UP}.P1", "--allow-step-down", "--format", "json"],
    ["ladder", UP, "--format", "svg"],
    ["gap", f"{UP}.P3", f"{BIO}.M1", f"{BIO}.M3", "--format", "json"],
    ["compare", f"{UP}.P3", f"{BIO}.M1", "--format", "html"],
    ["editions", "--format", "json"],
)
SCRIPT = """
import sys
from rolegraph.cli.main import run
for line in sys.stdin.read().splitlines():
    print(">>", line)
    run(line.split("\\t"))
"""


def answer(seed: str, *, data: Path | None = None, cache: Path) -> str:
    source = [] if data is None else ["--data", str(data)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input="\n".join("\t".join(command + source) for command in COMMANDS),
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "ROLEGRAPH_CACHE": str(cache),
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "rror" not in done.stderr
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith(">>"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    return answer("0", cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("seed", ["1", "20261126"])
def test_answers_do_not_depend_on_the_hash_seed(expected: str, seed: str, tmp_path: Path) -> None:
    assert answer(seed, cache=tmp_path) == expected
    # And not on whether the compact form was there already.
    assert answer(seed, cache=tmp_path) == expected


def test_answers_do_not_depend_on_the_order_of_files_and_records(expected: str, tmp_path: Path) -> None:
    taxonomy = load_folder(find_resource("data")).taxonomy
    folder, chance = tmp_path / "data", random.Random(7)
    for name, document in to_files(taxonomy):
        if name.startswith("focuses/"):
            continue
        for key, part in document.items():
            # The constants of an edition are told in the order in which they stand.
            if isinstance(part, dict) and not name.startswith("editions/"):
                records = list(part.items())
                chance.shuffle(records)
                document[key] = dict(records)
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(write_yaml(document), encoding="utf-8")
    focuses = list(taxonomy.focuses)
    chance.shuffle(focuses)
    (folder / "focuses").mkdir()
    (folder / "focuses" / "all.jsonl").write_text("".join(write_jsonl(focuses)), encoding="utf-8")
    assert answer("3", data=folder, cache=tmp_path / "cache") == expected
