"""The ESCO release 1.1.1 itself, where it is at hand: every count reconciled."""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from rolegraph.classifications import esco
from rolegraph.classifications.ledger import Ledger
from rolegraph.classifications.package import open_package
from rolegraph.releases.rows import Concept, Link, Row

REAL = Path(__file__).parents[2] / "shared" / "data" / "esco-1.1.1"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="no ESCO release is here (../shared/data/esco-1.1.1)"
)


@pytest.fixture(scope="module")
def real() -> tuple[list[Row], Ledger]:
    ledger = Ledger()
    with open_package(REAL) as package:
        assert esco.recognize(package)
        assert esco.find_version(package) == "1.1.1"
        return list(esco.read(package, ledger, lambda _: None)), ledger


def test_counts(real: tuple[list[Row], Ledger]) -> None:
    rows, _ = real
    counts = Counter((type(row).__name__, row.kind) for row in rows)
    assert counts["Concept", "occupation"] == 3_007
    assert counts["Concept", "skill"] + counts["Concept", "knowledge"] == 13_896
    assert counts["Concept", "skill-group"] == 640
    assert counts["Concept", "isco-group"] == 619
    assert counts["Link", "essential"] + counts["Link", "optional"] == 123_855 - 67 + 5_899 - 1


def test_every_row_is_taken_or_left_out_for_a_reason(real: tuple[list[Row], Ledger]) -> None:
    _, ledger = real
    for tally in ledger.tallies.values():
        assert tally.rows == tally.taken + sum(tally.skipped.values()), tally
    assert {name: dict(tally.skipped) for name, tally in ledger.tallies.items() if tally.skipped} == {
        "broaderRelationsOccPillar.csv": {
            "it is of an occupation or ISCO group that is not in the release": 1
        },
        "broaderRelationsSkillPillar.csv": {"it is of a skill or skill group that is not in the release": 7},
        "occupationSkillRelations.csv": {"it is of an occupation that is not in the release": 67},
        "skillSkillRelations.csv": {"it relates a skill to itself": 1},
    }
    assert ledger.missing == {}
    assert ledger.unread == {"conceptSchemes_en.csv": "not used", "skillsHierarchy_en.csv": "not used"}


def test_skills_have_several_parents(real: tuple[list[Row], Ledger]) -> None:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for row in real[0]:
        if isinstance(row, Link) and row.kind == "broader":
            parents[row.key].add(row.other)
    assert sum(len(above) > 1 for above in parents.values()) == 4_646
    tops = {row.notation for row in real[0] if isinstance(row, Concept) and row.key not in parents}
    assert tops == {*"0123456789", "S", "K", "T", "L"}


def test_texts_are_clean(real: tuple[list[Row], Ledger]) -> None:
    for row in real[0]:
        if isinstance(row, Link):
            continue
        for text in row[2:]:
            assert text == text.strip()
            assert "\u00a0" not in text
            assert "  " not in text


def test_the_zip_file_is_read_too(real: tuple[list[Row], Ledger], tmp_path: Path) -> None:
    path = tmp_path / "ESCO dataset - v1.1.1 - classification - en - csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in REAL.iterdir():
            archive.write(file, file.name)
    with open_package(path) as package:
        assert sum(1 for _ in esco.read(package, Ledger(), lambda _: None)) == len(real[0])
