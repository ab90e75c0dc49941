"""Findings say what is wrong, in which file and line, and what to do about it."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from rolegraph.answers import Finding, Validation
from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.validate.judge import validate_taxonomy

GOLDEN = Path(__file__).parent / "golden" / "findings.json"
REGENERATE = (
    "if the change is meant, run: python -c 'from tests.test_validate_findings import *; write_golden()'"
)


def describe_shipped() -> list[dict[str, object]]:
    """The findings of the shipped data, with their files named from the data folder."""
    loaded = load_folder(find_resource("data"))
    answer = validate_taxonomy(loaded.taxonomy, loaded.places)
    rows = [asdict(finding) for finding in answer.findings]
    for row in rows:
        row["file"] = str(row["file"])[str(row["file"]).index("data/") :]
    return rows


def write_golden() -> None:
    """Write the findings of the shipped data as they are now."""
    GOLDEN.write_text(json.dumps(describe_shipped(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_shipped_data_has_the_findings_that_its_sources_deserve() -> None:
    assert describe_shipped() == json.loads(GOLDEN.read_text(encoding="utf-8")), REGENERATE


def test_shipped_data_has_no_violation_and_five_warnings() -> None:
    rows = describe_shipped()
    told = [(row["rule"], row["subject"]) for row in rows if row["severity"] != "info"]
    assert told == [
        ("source-count-unlisted", "MANUFA.BIOPROCE4427.M3"),
        ("years-disjoint", "MANUFA.BIOPROCE4427.M3"),
        ("years-disjoint", "MANUFA.MANUFACTF950.M3"),
        ("years-disjoint", "MANUFA3.MANUFACT13A2.M3"),
        ("mapping-uncited", "PROCES.UPSTREAMDF5B.P1"),
    ]
    assert all(row["severity"] == "warning" for row in rows[:5])


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "source_count:"), (1, "experience:"), (4, "19-1042")],
)
def test_line_holds_what_the_finding_is_about(number: int, text: str) -> None:
    row = describe_shipped()[number]
    file = Path(__file__).parents[1] / str(row["file"])
    line = file.read_text(encoding="utf-8").splitlines()[int(str(row["line"])) - 1]
    assert text in line


def break_data(folder: Path, file: str, old: str, new: str) -> tuple[Validation, int]:
    """The findings of the shipped data after one change, and the line of the change."""
    data = Path(__file__).parents[1] / "data"
    shutil.copytree(data, folder, dirs_exist_ok=True)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{file} no longer holds {old!r}: choose another text to break"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = load_folder(folder)
    return validate_taxonomy(loaded.taxonomy, loaded.places), text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "severity"),
    [
        (
            "focuses/MANUFA.BIOPROCE4427.yaml",
            "level-differentiation: 4.5",
            "level-differentiation: 3.5",
            "review-pass",
            "violation",
        ),
        ("levels.yaml", "name: Senior Manager", "stage: 9", "level-name", "info"),
        (
            "focuses/MANUFA.MANUFACTF950.yaml",
            "source_count: 9",
            "source_count: 10",
            "source-count-differs",
            "warning",
        ),
    ],
)
def test_change_is_found_where_it_was_made(
    tmp_path: Path, file: str, old: str, new: str, rule: str, severity: str
) -> None:
    answer, line = break_data(tmp_path / "data", file, old, new)
    [finding] = [
        f for f in answer.findings if f.rule == rule and f.file is not None and f.file.endswith(file)
        and abs((f.line or 0) - line) <= 1
    ]  # fmt: skip
    assert finding.severity == severity
    assert answer.conforms is (severity != "violation")
    assert finding.message
    assert finding.remedy


@pytest.mark.parametrize(
    ("label", "rule", "message", "conforms"),
    [
        ("Aseptic technique", "skill-label-unique", "Another skill has the same label", False),
        (
            "Aseptic TECHNIQUE",
            "skill-label-alike",
            "The label of another skill differs in letter case alone",
            True,
        ),
    ],
)
def test_skills_with_one_label_name_each_other(
    tmp_path: Path, label: str, rule: str, message: str, conforms: bool
) -> None:
    answer, line = break_data(
        tmp_path / "data", "skills.yaml", "label: Batch Record Authoring", f"label: {label}"
    )
    found = [f for f in answer.findings if f.rule == rule]
    assert {f.subject: f.message for f in found} == {
        "aseptic-technique": f"{message} (batch-record-authoring).",
        "batch-record-authoring": f"{message} (aseptic-technique).",
    }
    assert line in {f.line for f in found}
    assert answer.conforms is conforms


def test_findings_are_ordered_worst_first_then_by_place() -> None:
    loaded = load_folder(find_resource("data"))
    findings = validate_taxonomy(loaded.taxonomy, loaded.places).findings
    order = ("violation", "warning", "info")

    def key(finding: Finding) -> tuple[int, str, int]:
        return order.index(finding.severity), finding.file or "", finding.line or 0

    assert [key(f) for f in findings] == sorted(key(f) for f in findings)
