"""Proficiency that is recorded is told by every answer that speaks of skills; where it is not, nothing changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import rolegraph
from rolegraph.careers.roster import Roster
from rolegraph.careers.skills import SkillIndex
from rolegraph.errors import InputError
from rolegraph.report.sheets import describe_sheet

SMALL = Path(__file__).parent / "fixtures" / "small"
SKILLS = """\
proficiencies:
  able: {rank: 1, label: Able}
  deft: {rank: 2, label: Deft}
skills:
  icing:
    label: Icing
    descriptors:
      able: Spreads it evenly.
      deft: Writes with it.
  dough: {label: Dough}
  ovens: {label: Ovens}
"""
FOCUS = """\
focus: BAKE.CAKES
label: Cakes
skills:
  icing:
    proficiency: {P1: able, P2: deft, P3: deft}
  dough:
    levels: [P1, P2]
  ovens:
    levels: [P3]
    proficiency: {P3: able}
levels:
  P1: {basis: documented, grade: "7", job_code: CAKE-1}
  P2: {basis: documented, job_code: CAKE-2}
  P3: {basis: documented}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bakery"
    (made / "focuses").mkdir(parents=True)
    shutil.copy(SMALL / "dataset.yaml", made)
    (made / "functions.yaml").write_text("functions:\n  BAKE: {label: Bakery}\n", encoding="utf-8")
    (made / "skills.yaml").write_text(SKILLS, encoding="utf-8")
    (made / "focuses" / "BAKE.CAKES.yaml").write_text(FOCUS, encoding="utf-8")
    return made


def test_a_ladder_tells_what_rises_comes_in_and_falls_away(folder: Path) -> None:
    (track,) = rolegraph.load(folder).ladder("BAKE.CAKES").tracks
    changes = [[change for change in rung.changes if change.startswith("skill")] for rung in track.rungs]
    assert changes == [
        [],
        ["skill Icing: Able -> Deft"],
        ["skill new: Ovens (Able)", "skill no longer asked for: Dough"],
    ]


def test_a_move_tells_what_has_to_be_deepened(folder: Path) -> None:
    (path,) = rolegraph.load(folder).path("CAKE-1", "BAKE.CAKES.P3").paths
    first, second = path.moves
    assert (first.gain, first.deepen, first.keep) == ((), ("Icing: Able -> Deft",), ("Dough",))
    assert (second.gain, second.deepen, second.keep) == (("Ovens (Able)",), (), ("Icing",))
    assert not first.unknown


def test_a_fall_in_proficiency_needs_no_deepening(folder: Path) -> None:
    roster = Roster.from_taxonomy(rolegraph.load(folder).taxonomy)
    p1, p2 = (roster.locate_profile(f"BAKE.CAKES.{level}") for level in ("P1", "P2"))
    assert SkillIndex(roster, {"skills": 0, "unknown-share": 0, "skill-share": 0}).split_skills(p2, p1) == (
        (), (), ("Icing", "Dough"),
    )  # fmt: skip


def test_what_is_recorded_is_shown(folder: Path) -> None:
    jobs = rolegraph.load(folder)
    role = describe_sheet(jobs.show("CAKE-2"))
    assert "Writes with it." in role
    assert "at Deft" in role
    assert "P1 Able, P2 Deft, P3 Deft" in describe_sheet(jobs.show("BAKE.CAKES"))
    assert "Grade" in describe_sheet(jobs.show("cake-1"))
    skill = describe_sheet(jobs.show("icing"))
    assert skill.index("Spreads it evenly.") < skill.index("Writes with it.")
    (hit,) = jobs.search("spreads evenly").hits
    assert (hit.kind, hit.code, hit.found) == ("skill", "icing", "proficiency")


def test_queries_tell_proficiency_and_take_job_codes(folder: Path) -> None:
    jobs = rolegraph.load(folder)
    answer = jobs.query("skills-of-profile", [("profile", "cake-2")])
    column = answer.variables.index("proficiency")
    assert [getattr(row[column], "value", None) for row in answer.rows] == ["Deft", None]
    answer = jobs.query("profiles-by-skill", [("skill", "icing")])
    ranks = [str(row[answer.variables.index("rank")].value) for row in answer.rows]  # type: ignore[union-attr]
    assert ranks == ["1", "2", "2"]


def test_a_ladder_on_which_proficiency_falls_is_a_warning(folder: Path) -> None:
    file = folder / "focuses" / "BAKE.CAKES.yaml"
    file.write_text(FOCUS.replace("P2: deft, P3: deft", "P2: deft, P3: able"), encoding="utf-8")
    found = [f for f in rolegraph.load(folder).validate().findings if f.rule == "proficiency-falls"]
    assert [(f.severity, f.line) for f in found] == [("warning", 5)]
    assert found[0].message == "Level P3 asks for less of icing (able) than the lower level P2 (deft)."


@pytest.mark.parametrize(
    ("old", "new", "rule", "message"),
    [
        ("P3: able}", "P2: able}", "proficiency-level", "a proficiency is given for P2, where the skill does not"),
        ("P2: deft", "P2: daft", "proficiency-unknown", "there is no proficiency daft"),
        ("P3: deft", "P4: deft", "level-unknown", "BAKE.CAKES has no level P4"),
    ],
)  # fmt: skip
def test_a_proficiency_that_does_not_fit_is_refused(
    folder: Path, old: str, new: str, rule: str, message: str
) -> None:
    (folder / "focuses" / "BAKE.CAKES.yaml").write_text(FOCUS.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rolegraph.load(folder)
    (problem,) = caught.value.problems
    assert problem.rule == rule
    assert message in problem.message
    assert problem.place is not None
    assert problem.place.line is not None


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("deft: {rank: 2", "deft: {rank: 1", "rank-repeated"),
        ("deft: {rank: 2", "deft: {rank: 0", "value-wrong"),
        ("      deft: Writes", "      daft: Writes", "proficiency-unknown"),
    ],
)
def test_a_scale_that_does_not_hold_is_refused(folder: Path, old: str, new: str, rule: str) -> None:
    (folder / "skills.yaml").write_text(SKILLS.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rolegraph.load(folder)
    assert [problem.rule for problem in caught.value.problems] == [rule]
