"""A fresh folder loads, is judged sound but for its placeholders, and never carries our terms of use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rolegraph.architecture import Architecture
from rolegraph.errors import InputError, OutputError
from rolegraph.records import load_folder
from rolegraph.records.saving.blank import EXAMPLE, init_folder, list_occupied, make_dataset, start_taxonomy
from rolegraph.resources import find_resource

DAY = "2026-03-01"
OWN = {
    "title": "Jobs of a bakery", "publisher": "Corner Bakery", "version": "1", "base": "https://bakery.test/id/",
    "language": "de", "currency": "EUR", "access_rights": "For the staff of the bakery.",
}  # fmt: skip


def read_findings(folder: Path) -> list[tuple[str, str, str | None, int | None]]:
    return [(f.severity, f.rule, f.file, f.line) for f in Architecture(folder).validate().findings]


def test_a_fresh_folder_loads_and_only_its_placeholders_are_warned_of_at_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    names = init_folder(folder, make_dataset(day=DAY))
    found = {str(path.relative_to(folder)) for path in folder.rglob("*.*") if path.name[0] != "."}
    assert found == {
        *names,
        *(f"editions/{n}" for n in ("effort@1.yaml", "experience@1.yaml", "structural@1.yaml")),
    }
    lines = (folder / "dataset.yaml").read_text().splitlines()
    fields = ("title", "publisher", "version", "base", "language", "currency", "access_rights")
    at = {
        field: next(n for n, line in enumerate(lines, 1) if line.startswith(f"{field}:")) for field in fields
    }
    findings = read_findings(folder)
    assert [f for f in findings if f[0] != "info"] == [
        ("warning", "dataset-placeholder", str(folder / "dataset.yaml"), line) for line in sorted(at.values())
    ]
    assert {rule for severity, rule, _, _ in findings if severity == "info"} <= {"level-name", "level-years"}
    for field, line in at.items():
        assert lines[line - 2].startswith("# "), f"{field} has no comment"


def test_what_is_given_is_no_placeholder(tmp_path: Path) -> None:
    init_folder(tmp_path, make_dataset(day=DAY, **OWN))
    assert {finding[0] for finding in read_findings(tmp_path)} == {"info"}
    assert "TO BE SET" not in (tmp_path / "dataset.yaml").read_text()
    dataset = load_folder(tmp_path).taxonomy.dataset
    assert {key: getattr(dataset, key) for key in OWN} == OWN
    assert (dataset.issued, dataset.modified, dataset.licence) == (DAY, DAY, None)


def test_each_field_left_out_is_warned_of_alone(tmp_path: Path) -> None:
    for field in OWN:
        folder = tmp_path / field
        init_folder(folder, make_dataset(day=DAY, **{k: v for k, v in OWN.items() if k != field}))
        warned = [finding for finding in read_findings(folder) if finding[0] == "warning"]
        line = (folder / "dataset.yaml").read_text().splitlines()[int(str(warned[0][3])) - 1]
        assert (len(warned), line.split(":")[0]) == (1, field)


def test_our_own_terms_are_on_nothing_that_is_written(tmp_path: Path) -> None:
    init_folder(tmp_path, make_dataset(day=DAY))
    shipped = load_folder(find_resource("data")).taxonomy.dataset
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert shipped.licence not in path.read_text()
            assert shipped.publisher not in path.read_text()
    assert make_dataset(day=DAY, licence="https://bakery.test/terms").access_rights is None


def test_a_fresh_folder_holds_the_lent_ladder_editions_and_classifications(tmp_path: Path) -> None:
    dataset = make_dataset(day=DAY)
    init_folder(tmp_path, dataset)
    assert load_folder(tmp_path).taxonomy == start_taxonomy(dataset)


def test_the_example_is_valid_once_it_is_taken_over(tmp_path: Path) -> None:
    init_folder(tmp_path, make_dataset(day=DAY, **OWN))
    for name in ("functions", "skills"):
        path = tmp_path / f"{name}.yaml"
        entries = re.findall(r"^#(   .*)$", path.read_text(), re.MULTILINE)
        assert entries
        body = "\n".join(line[1:] for line in entries)
        path.write_text(path.read_text().replace(f"\n{name}: {{}}\n", f"\n{name}:\n{body}\n"))
    example = tmp_path / EXAMPLE
    example.rename(example.with_suffix(""))
    taxonomy = load_folder(tmp_path).taxonomy
    [focus] = taxonomy.focuses
    assert [profile.level for profile in focus.profiles] == ["P1", "P2"]
    findings = Architecture(tmp_path).validate().findings
    assert [f for f in findings if f.severity == "violation"] == []
    assert [f.message for f in findings if f.severity == "warning"] == []


@pytest.mark.parametrize("name", ["dataset.yaml", "skills.yaml", "focuses/A.B.yaml", "editions/x@1.yaml"])
def test_a_folder_that_holds_data_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("kept")
    with pytest.raises(OutputError, match=re.escape(f"holds data already ({name})")):
        init_folder(tmp_path, make_dataset(day=DAY))
    assert path.read_text() == "kept"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("kept")
    with pytest.raises(OutputError, match="is a file"):
        init_folder(tmp_path / "data", make_dataset(day=DAY))


def test_other_files_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("kept")
    (tmp_path / "focuses").mkdir()
    assert list_occupied(tmp_path) == ()
    init_folder(tmp_path, make_dataset(day=DAY))
    assert load_folder(tmp_path).taxonomy.focuses == ()


def test_everything_that_cannot_be_used_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        make_dataset(day=DAY, base="bakery.test", language="German", currency="euro", title=" padded")
    assert {problem.where for problem in caught.value.problems} == {"base", "language", "currency", "title"}
    assert all(problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"base": "https://bakery.test/id"}, "base must end in /"),
        ({"licence": "https://bakery.test/terms", "access_rights": "All."}, "is not said once"),
        ({"title": ""}, "the value is empty"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_remedy(given: dict[str, str], where: str) -> None:
    with pytest.raises(InputError, match=re.escape(where)) as caught:
        make_dataset(day=DAY, **given)
    assert caught.value.problems[0].remedy
