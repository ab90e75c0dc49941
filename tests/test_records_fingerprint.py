"""The fingerprint of a folder follows what would be read from it, and costs little."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rolegraph.errors import InputError
from rolegraph.records import fingerprint_folder

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path / "data"


def test_equal_folders_have_one_fingerprint(folder: Path) -> None:
    before = fingerprint_folder(folder)
    assert before == fingerprint_folder(SMALL)
    assert len(before) == 64
    os.utime(folder / "skills.yaml", (1, 1))
    (folder / "README.md").write_text("other files do not count", encoding="utf-8")
    assert fingerprint_folder(folder) == before


@pytest.mark.parametrize(
    "name", ["dataset.yaml", "levels.yaml", "functions.yaml", "skills.yaml", "occupations/soc-2018.yaml",
             "editions/effort@1.yaml", "focuses/SALES.GEN.yaml"],
)  # fmt: skip
def test_a_change_of_any_file_changes_it(folder: Path, name: str) -> None:
    before = fingerprint_folder(folder)
    with (folder / name).open("ab") as stream:
        stream.write(b"#\n")
    assert fingerprint_folder(folder) != before


def test_a_new_a_lost_and_a_renamed_file_change_it(folder: Path) -> None:
    seen = {fingerprint_folder(folder)}
    (folder / "focuses" / "more.jsonl").write_bytes(b"")
    seen.add(fingerprint_folder(folder))
    (folder / "focuses" / "more.jsonl").rename(folder / "focuses" / "most.jsonl")
    seen.add(fingerprint_folder(folder))
    (folder / "focuses" / "SALES.GEN.yaml").unlink()
    seen.add(fingerprint_folder(folder))
    shutil.rmtree(folder / "editions")  # the shipped ones stand in
    seen.add(fingerprint_folder(folder))
    assert len(seen) == 5


def test_bytes_that_move_from_one_file_to_the_next_change_it(folder: Path) -> None:
    (folder / "focuses" / "a.jsonl").write_bytes(b"one\n")
    (folder / "focuses" / "b.jsonl").write_bytes(b"two\n")
    before = fingerprint_folder(folder)
    (folder / "focuses" / "a.jsonl").write_bytes(b"one\ntwo\n")
    (folder / "focuses" / "b.jsonl").write_bytes(b"")
    assert fingerprint_folder(folder) != before


def test_a_folder_that_cannot_be_loaded_for_its_files_has_none(folder: Path) -> None:
    (folder / "levels.yml").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="file-unknown"):
        fingerprint_folder(folder)
    (folder / "levels.yml").unlink()
    (folder / "dataset.yaml").unlink()
    with pytest.raises(InputError, match="file-missing"):
        fingerprint_folder(folder)
    with pytest.raises(InputError, match="folder-missing"):
        fingerprint_folder(folder / "nowhere")


def test_neither_pydantic_nor_yaml_is_imported_for_it() -> None:
    code = (
        "import sys; from pathlib import Path; from rolegraph.records import fingerprint_folder\n"
        "fingerprint_folder(Path(sys.argv[1]))\n"
        "print(sorted({'pydantic', 'yaml', 'rdflib', 'networkx', 'rapidfuzz'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(SMALL)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
