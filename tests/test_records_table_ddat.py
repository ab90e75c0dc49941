"""The UK Government Digital and Data framework, read by the mapping that is shipped for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolegraph.model import codes
from rolegraph.model.parts import Parts
from rolegraph.records.table.codebook import CodeBook
from rolegraph.records.table.compose import TableHarvest, read_source, read_table
from rolegraph.records.table.mapping import find_map, read_map

TABLE = Path(__file__).parents[2] / "shared" / "data" / "uk-ddat" / "roles.csv"


def read_framework() -> TableHarvest:
    table_map = read_map(find_map("uk-ddat"))
    return read_table(read_source(TABLE, table_map), table_map, CodeBook(), {})


def test_shipped_mapping_gives_every_role_level_a_level_of_its_own() -> None:
    rules = read_map(find_map("uk-ddat")).rules
    assert len(rules.levels.by_focus) == 48
    assert sum(len(each.map) for each in rules.levels.by_focus) == 201
    for each in rules.levels.by_focus:
        assert len({entry.code for entry in each.map}) == len(each.map), each.focus


def test_shipped_levels_have_a_stage_that_rises_with_their_rank() -> None:
    stages: dict[str, list[object]] = {}
    for level in read_map(find_map("uk-ddat")).levels:
        assert "stage" in level.assigned
        stages.setdefault(level.track, []).append(level.stage)
    assert all(run == sorted(set(run), key=str) for run in stages.values())  # single digits


@pytest.mark.skipif(not TABLE.exists(), reason="the framework is not beside this checkout")
def test_framework_is_read_completely_and_without_a_problem() -> None:
    found = read_framework()
    assert found.problems == ()
    intake = found.intake
    profiles = [profile for focus in intake.focuses for profile in focus.profiles]
    assert len(intake.functions) == 7
    assert len(intake.focuses) == 48
    assert len(profiles) == 201
    assert len(intake.skills) == 166
    assert [step.label for step in intake.proficiencies] == ["Awareness", "Working", "Practitioner", "Expert"]
    assert (found.rows, found.passed) == (1825, 28 + 16)
    assert [note.rule for note in intake.notes] == ["rows-unused", "row-repeated"]
    assert intake.notes[0].message.startswith("28 rows of roles.csv are marked as unused and passed over (A")
    assert all(profile.definition and profile.title for profile in profiles)
    assert not any("MISSING" in (skill.definition or "") for skill in intake.skills)


@pytest.mark.skipif(not TABLE.exists(), reason="the framework is not beside this checkout")
def test_framework_asks_for_each_skill_at_a_proficiency() -> None:
    intake = read_framework().intake
    uses = [use for focus in intake.focuses for use in focus.skills]
    assert all(len(use.levels) == len(use.proficiency) > 0 for use in uses)
    assert sum(len(use.levels) for use in uses) == 1797 - 16
    padded = next(p for f in intake.focuses for p in f.profiles if p.title == "End user computing engineer")
    assert codes.split_level(padded.level) == ("P", 3)


@pytest.mark.skipif(not TABLE.exists(), reason="the framework is not beside this checkout")
def test_records_of_the_framework_fit_together() -> None:
    from rolegraph.model.checks import find_flaws

    intake = read_framework().intake
    parts = Parts(
        functions=intake.functions, tracks=intake.tracks, levels=intake.levels, proficiencies=intake.proficiencies,
        skills=intake.skills, focuses=intake.focuses,
    )  # fmt: skip
    assert find_flaws(parts) == ()


@pytest.mark.skipif(not TABLE.exists(), reason="the framework is not beside this checkout")
def test_framework_is_read_alike_each_time() -> None:
    first, second = read_framework(), read_framework()
    assert first.codebook.write() == second.codebook.write()
    assert first.intake.focuses == second.intake.focuses
    assert dict(first.intake.places) == dict(second.intake.places)
