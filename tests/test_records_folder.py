"""A folder becomes a taxonomy with places, or every problem of every file at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from rolegraph.errors import InputError, Place
from rolegraph.records import fingerprint_folder, load_folder, to_document, to_files, write_jsonl, write_yaml
from rolegraph.records.files import DATA_FOLDERS, list_data_files
from rolegraph.records.folder import MAX_YAML
from strategies import taxonomies

SMALL = Path(__file__).parent / "fixtures" / "small"

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small architecture, in the folder ``data`` of the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text in a file, which must hold it once."""

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {text.count(old)} times {old!r}"
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def list_problems(folder: Path | Any, shown_as: str | None = None) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_folder(folder, shown_as)
    return [str(problem) for problem in raised.value.problems]


def write_folder(taxonomy: Any, folder: Path) -> None:
    for name in DATA_FOLDERS:
        (folder / name).mkdir(parents=True)
    for name, document in to_files(taxonomy):
        (folder / name).write_text(write_yaml(document), encoding="utf-8")
    for release in taxonomy.releases:
        place = folder / "releases" / release.code
        place.mkdir(parents=True)
        (place / "release.yaml").write_text(write_yaml(to_document(release)), encoding="utf-8")


def test_the_small_architecture_is_loaded() -> None:
    taxonomy = load_folder(SMALL).taxonomy
    assert [focus.code for focus in taxonomy.focuses] == ["BUILD1.FRAMES01", "BUILD1.RIVETS", "SALES.GEN"]
    assert [profile.code for profile in taxonomy.profiles][:3] == [
        "BUILD1.FRAMES01.M1", "BUILD1.FRAMES01.M2", "BUILD1.FRAMES01.P1",
    ]  # fmt: skip
    profile = taxonomy.profile_by_code["BUILD1.FRAMES01.P2"]
    assert profile.region == "no"
    assert profile.job_code == "00417"
    assert [responsibility.text for responsibility in profile.responsibilities][1] == (
        "Repairs frames:\n- dents\n- cracks"
    )


def test_the_shipped_data_is_loaded_and_shown_as_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rolegraph.resources import find_resource

    monkeypatch.chdir(tmp_path)
    loaded = load_folder(find_resource("data"))  # type: ignore[arg-type]
    assert len(loaded.taxonomy.profiles) == 19
    assert loaded.places.find("dataset", "") == Place("data/dataset.yaml", 1)


@given(taxonomies())
def test_a_written_folder_is_loaded_equal(taxonomy: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        write_folder(taxonomy, Path(name) / "data")
        loaded = load_folder(Path(name) / "data")
    assert loaded.taxonomy == taxonomy


def test_focuses_of_yaml_and_json_lines_stand_side_by_side(folder: Path) -> None:
    whole = load_folder(folder).taxonomy
    for focus in whole.focuses[1:]:
        (folder / "focuses" / f"{focus.code}.yaml").unlink()
    (folder / "focuses" / "more.jsonl").write_text("".join(write_jsonl(whole.focuses[1:])), encoding="utf-8")
    loaded = load_folder(folder)
    assert loaded.taxonomy == whole
    assert loaded.places.find("focus", "SALES.GEN", "levels", "P2") == Place("data/focuses/more.jsonl", 2)


def test_the_message_names_file_line_path_reason_remedy_and_rule(change: Change, folder: Path) -> None:
    change("focuses/SALES.GEN.yaml", "  P4:\n", "  P7:\n")
    assert list_problems(folder) == [
        "data/focuses/SALES.GEN.yaml:17 levels.P7: track P has no level 7 (P1..P4); did you mean P4? [level-unknown]"
    ]


def test_problems_of_all_files_are_reported_together_in_their_order(change: Change, folder: Path) -> None:
    change("dataset.yaml", "issued: 2024-02-29", "issued: 2023-02-29")
    change("levels.yaml", "years: {min: 5, max: 8}", "years: {min: 5, max: 3}")
    change("functions.yaml", "    group: office", "    group: ofice")
    change("skills.yaml", "replaced_by: brazing", "replaced_by: brasing")
    change("occupations/soc-2018.yaml", "kind: detailed, broader: 49-3090", "kind: detail, broader: 49-3099")
    change("editions/effort@1.yaml", "{value: 0.5, reason: All", "{value: half, reason: All")
    change("focuses/BUILD1.FRAMES01.yaml", "confidence: {value: 0.90, label: high}", "confidence: high")
    change("focuses/BUILD1.FRAMES01.yaml", "  brazing:\n", "  brasing:\n")
    change("focuses/BUILD1.RIVETS.yaml", "split: given\n", "split: given\nsplit: even\n")
    change("focuses/BUILD1.RIVETS.yaml", "replaced_by: BUILD1.FRAMES01", "replaced_by: BUILD1.FRAMES02")
    change("focuses/SALES.GEN.yaml", "scheme: soc-2018", "scheme: soc-2081")
    change("focuses/SALES.GEN.yaml", "  P4:\n", "  P7:\n")
    assert list_problems(folder) == [
        ("data/dataset.yaml:8 issued: the calendar has no day 2023-02-29; write YYYY-MM-DD, such as 2025-07-30 "
        "[value-wrong]"),
        ("data/levels.yaml:35 levels.M2.years: min (5) exceeds max (3); give the lower number of years as min "
        "[years-order]"),
        ("data/functions.yaml:14 functions.SALES.group: there is no function group ofice; did you mean office? "
        "[group-unknown]"),
        ("data/skills.yaml:19 skills.riveting.retired.replaced_by: there is no skill brasing; did you mean brazing? "
        "[successor-unknown]"),
        ("data/occupations/soc-2018.yaml:14 occupations.49-3091.kind: detail is not a kind of entry of soc-2018; "
        "use one of major, minor, broad, detailed [occupation-kind]"),
        ("data/occupations/soc-2018.yaml:14 occupations.49-3091.broader: there is no soc-2018 entry 49-3099; "
        "did you mean 49-3090? [occupation-unknown]"),
        ("data/editions/effort@1.yaml:7 constants.skills.value: 'half' is not a number; write digits, with a point "
        "where needed, such as 93000 or 4.5 [value-wrong]"),
        ("data/focuses/BUILD1.FRAMES01.yaml:14 skills.brasing: there is no skill brasing; did you mean brazing? "
        "[skill-unknown]"),
        ("data/focuses/BUILD1.FRAMES01.yaml:36 levels.P2.confidence: the text 'high' stands where a mapping is "
        "expected; write a mapping: {value: NUMBER} [value-wrong]"),
        "data/focuses/BUILD1.RIVETS.yaml:4 split: split is given twice, first on line 3; keep one [key-duplicate]",
        ("data/focuses/BUILD1.RIVETS.yaml:7 retired.replaced_by: there is no focus BUILD1.FRAMES02; "
        "did you mean BUILD1.FRAMES01? [successor-unknown]"),
        ("data/focuses/SALES.GEN.yaml:16 levels.P2.mappings.soc-2081/41-2031.scheme: there is no classification "
        "soc-2081; did you mean soc-2018? [scheme-unknown]"),
        "data/focuses/SALES.GEN.yaml:17 levels.P7: track P has no level 7 (P1..P4); did you mean P4? [level-unknown]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "rules"),
    [
        ("skills.yaml", "skills:\n", "skills: [\n", ["yaml-syntax"]),
        ("skills.yaml", "    label: Brazing\n", "    labl: Brazing\n", ["key-missing", "key-unknown"]),
        ("levels.yaml", "levels:\n", "levels: {\n", ["yaml-syntax"]),
        ("levels.yaml", "    name: Apprentice\n", "    name: [a]\n", ["value-wrong"]),
        ("levels.yaml", "tracks:\n", "track:\n", ["key-missing", "key-unknown"]),
        ("functions.yaml", "groups:\n", "groups: x\n", ["yaml-syntax"]),
        ("functions.yaml", "  SALES:\n", "  sales:\n", ["value-wrong"]),
        ("occupations/soc-2018.yaml", "  code: soc-2018\n", "  code: SOC 2018\n", ["value-wrong"]),
        ("occupations/soc-2018.yaml", "  publisher:", "  publishr:", ["key-missing", "key-unknown"]),
        ("focuses/BUILD1.FRAMES01.yaml", "label: Frames and wheels\n", "", ["key-missing"]),
        ("focuses/BUILD1.FRAMES01.yaml", "  P3:\n    basis", "  p3:\n    basis", ["value-wrong"]),
        ("focuses/BUILD1.FRAMES01.yaml", "label: Frames and wheels\n", "label: 'x\n", ["yaml-syntax"]),
        ("focuses/BUILD1.FRAMES01.yaml", "  P3:\n    basis: documented", "  P3:\n    basis: document", ["value-wrong"]),
    ],
)  # fmt: skip
def test_what_only_follows_from_a_broken_record_is_not_reported(
    change: Change, folder: Path, name: str, old: str, new: str, rules: list[str]
) -> None:
    change(name, old, new)
    with pytest.raises(InputError) as raised:
        load_folder(folder)
    assert sorted({problem.rule for problem in raised.value.problems}) == sorted(rules)


def test_two_files_for_one_focus_are_both_named(folder: Path) -> None:
    shutil.copy(folder / "focuses" / "SALES.GEN.yaml", folder / "focuses" / "SALES.OTHER.yaml")
    focus = load_folder(SMALL).taxonomy.focus_by_code["BUILD1.RIVETS"]
    (folder / "focuses" / "more.jsonl").write_text("".join(write_jsonl([focus, focus])), encoding="utf-8")
    assert list_problems(folder) == [
        ("data/focuses/SALES.OTHER.yaml:1 focus: the file holds SALES.GEN but is named SALES.OTHER.yaml; "
        "rename it to SALES.GEN.yaml, or correct the code [file-name]"),
        ("data/focuses/SALES.OTHER.yaml:1: focus SALES.GEN is given twice, first at data/focuses/SALES.GEN.yaml:1; "
        "keep one, merging what the other adds [duplicate]"),
        ("data/focuses/more.jsonl:1: focus BUILD1.RIVETS is given twice, first at data/focuses/BUILD1.RIVETS.yaml:1; "
        "keep one, merging what the other adds [duplicate]"),
        ("data/focuses/more.jsonl:2: focus BUILD1.RIVETS is given twice, first at data/focuses/BUILD1.RIVETS.yaml:1; "
        "keep one, merging what the other adds [duplicate]"),
    ]  # fmt: skip


def test_files_that_are_not_read_are_reported_and_others_passed_over(folder: Path) -> None:
    for name in ("README.md", ".hidden.yaml", "focuses/notes.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    load_folder(folder)
    (folder / "focuses" / "old").mkdir()
    (folder / "edition").mkdir()
    for name in ("levels.yml", "focus.yaml", "focuses/A.yml", "focuses/old/A.yaml", "edition/x@1.yaml",
                 "editions/more.jsonl"):  # fmt: skip
        (folder / name).write_text("x", encoding="utf-8")
    problems = list_problems(folder)
    assert [problem.split(": ")[0] for problem in problems] == [
        "data/edition/x@1.yaml", "data/editions/more.jsonl", "data/focus.yaml", "data/focuses/A.yml",
        "data/focuses/old/A.yaml", "data/levels.yml",
    ]  # fmt: skip
    assert all(problem.endswith("[file-unknown]") for problem in problems)


def test_required_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert list_problems(Path("empty")) == [
        f"empty: the {what} is missing; add it, or name another data folder [file-missing]"
        for what in ("file dataset.yaml", "file functions.yaml", "folder focuses/")
    ]


def test_skills_are_required_where_a_focus_uses_one(folder: Path, change: Change) -> None:
    (folder / "skills.yaml").unlink()
    assert list_problems(folder) == [
        (
            "data: the file skills.yaml is missing, and focuses use skills; "
            "add it, with an entry for every skill that is used [file-missing]"
        )
    ]
    (folder / "focuses" / "BUILD1.FRAMES01.yaml").unlink()
    change("focuses/SALES.GEN.yaml", "skills:\n  customer-advice:\n    label: Advising riders\n", "")
    change("focuses/BUILD1.RIVETS.yaml", "  replaced_by: BUILD1.FRAMES01\n", "")
    assert load_folder(folder).taxonomy.skills == ()


@pytest.mark.parametrize("name", ["levels.yaml", "editions", "occupations"])
def test_the_shipped_files_stand_in_for_missing_ones(folder: Path, name: str) -> None:
    target = folder / name
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    loaded = load_folder(folder)
    shipped = {file.name: file.shown for file in list_data_files(folder).files if file.name.startswith(name)}
    assert shipped
    assert all(shown == f"shipped data/{inner}" for inner, shown in shipped.items())
    place = loaded.places.find("level", "M3") if name == "levels.yaml" else None
    assert place is None or place.file == "shipped data/levels.yaml"


def test_an_empty_folder_of_its_own_is_used_alone(folder: Path) -> None:
    for file in (folder / "editions").iterdir():
        file.unlink()
    assert load_folder(folder).taxonomy.editions == ()


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert list_problems(missing) == [f"{missing}: there is no such folder; check the path [folder-missing]"]


def test_a_file_is_no_folder(folder: Path) -> None:
    assert list_problems(folder / "dataset.yaml") == [
        "data/dataset.yaml: this is a file, not a folder; put a folder in its place [folder-wrong]"
    ]
    shutil.rmtree(folder / "editions")
    (folder / "editions").write_text("x", encoding="utf-8")
    assert list_problems(folder) == [
        "data/editions: this is a file, not a folder; put a folder in its place [folder-wrong]"
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
def test_a_name_that_is_no_text_is_shown_in_escapes(folder: Path) -> None:
    for name in (b"a\xff.yaml", b"a\nb.yml"):
        (Path(os.fsdecode(os.fsencode(folder / "focuses") + b"/" + name))).write_text(
            "x: y", encoding="utf-8"
        )
    problems = list_problems(folder)
    assert [problem.split(": ")[0] for problem in problems][:2] == [
        "data/focuses/a\\nb.yml", "data/focuses/a\\udcff.yaml:1 x",
    ]  # fmt: skip
    "\n".join(problems).encode()
    (folder / "focuses" / "a\nb.yml").unlink()
    assert fingerprint_folder(folder) != fingerprint_folder(SMALL)


def test_places_are_relative_to_the_current_folder_or_as_given_or_as_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_folder(Path("data")).places.find("skill", "brazing") == Place("data/skills.yaml", 10)
    assert load_folder(folder).places.find("skill", "brazing") == Place("data/skills.yaml", 10)
    assert load_folder(folder, "ours").places.find("skill", "brazing") == Place("ours/skills.yaml", 10)
    monkeypatch.chdir(folder)
    assert load_folder(Path()).places.find("skill", "brazing") == Place("skills.yaml", 10)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert load_folder(Path("../data")).places.find("skill", "brazing") == Place("../data/skills.yaml", 10)
    assert load_folder(folder).places.find("skill", "brazing") == Place(f"{folder}/skills.yaml", 10)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind the administrator")
def test_an_unreadable_file_is_reported(folder: Path) -> None:
    (folder / "skills.yaml").chmod(0)
    assert list_problems(folder) == [
        "data/skills.yaml: cannot be read: Permission denied; check the file [file-unreadable]"
    ]


def test_a_broken_link_and_a_pipe_are_reported_at_once(folder: Path) -> None:
    (folder / "skills.yaml").unlink()
    (folder / "skills.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "dataset.yaml").unlink()
    os.mkfifo(folder / "dataset.yaml")
    assert list_problems(folder) == [
        "data/dataset.yaml: cannot be read: it is not a regular file; check the file [file-unreadable]",
        "data/skills.yaml: cannot be read: No such file or directory; check the file [file-unreadable]",
    ]
    with pytest.raises(InputError, match="not a regular file"):
        fingerprint_folder(folder)


def test_a_folder_in_place_of_a_file_is_reported(folder: Path) -> None:
    (folder / "dataset.yaml").unlink()
    (folder / "dataset.yaml").mkdir()
    (folder / "focuses" / "A.B.yaml").mkdir()
    assert list_problems(folder) == [
        f"data/{name}: cannot be read: it is not a regular file; check the file [file-unreadable]"
        for name in ("dataset.yaml", "focuses/A.B.yaml")
    ]


def test_links_out_of_the_folder_are_followed(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "skills.yaml", tmp_path / "shared.yaml")
    (folder / "skills.yaml").symlink_to(tmp_path / "shared.yaml")
    assert load_folder(folder).places.find("skill", "brazing") == Place("data/skills.yaml", 10)


def test_a_file_that_is_too_large_is_refused_unread(folder: Path) -> None:
    with (folder / "focuses" / "SALES.GEN.yaml").open("ab") as stream:
        stream.truncate(MAX_YAML + 1)
    assert list_problems(folder) == [
        (
            "data/focuses/SALES.GEN.yaml: the file is larger than 32 MiB; split it; many focuses may stand in a "
            "JSON Lines file, one per line [file-too-large]"
        )
    ]


def test_the_order_of_problems_does_not_vary_with_the_hash_seed(change: Change, folder: Path) -> None:
    change("focuses/SALES.GEN.yaml", "  customer-advice:\n", "  customer-advise: {}\n  wheel-bilding:\n")
    change("focuses/BUILD1.RIVETS.yaml", "replaced_by: BUILD1.FRAMES01", "replaced_by: BUILD1.F")
    code = (
        "import sys; from pathlib import Path; from rolegraph.records import load_folder\n"
        "from rolegraph.errors import InputError\n"
        "try: load_folder(Path(sys.argv[1]))\n"
        "except InputError as error: print(error)\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code, str(folder)], env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(answers) == 1
    assert answers.pop().count("\n") == 3


def test_a_folder_inside_a_zip_is_loaded(tmp_path: Path) -> None:
    archive = tmp_path / "data.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        for file in sorted(SMALL.rglob("*.yaml")):
            stream.write(file, f"data/{file.relative_to(SMALL).as_posix()}")
    loaded = load_folder(zipfile.Path(archive, "data/"))  # type: ignore[arg-type]
    assert loaded.taxonomy == load_folder(SMALL).taxonomy
    assert loaded.places.find("skill", "brazing") == Place("data/skills.yaml", 10)
    assert fingerprint_folder(zipfile.Path(archive, "data/")) == fingerprint_folder(SMALL)  # type: ignore[arg-type]
