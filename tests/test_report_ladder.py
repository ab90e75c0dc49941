"""Ladders as text: drawn from the top down, tracks side by side where there is room, every width kept."""

from __future__ import annotations

import pytest
from click import unstyle
from hypothesis import given

from architectures import architectures, make_roster, read_roster, read_shipped
from rolegraph.answers import Ladder, LadderTrack, Rung, RungChange
from rolegraph.careers.ladders import describe_ladder
from rolegraph.careers.roster import Roster
from rolegraph.cli.main import run
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.report import ladder as text
from rolegraph.report.ladder_markdown import write_ladder
from rolegraph.report.layout import display_width

LABEL = "Focus F.A"


def draw(answer: Ladder, label: str = LABEL, *, changes: bool = False) -> str:
    return unstyle(text.describe_ladder(answer, label, changes=changes))


def make_ladder(*levels: str, **more: object) -> Ladder:
    roster = make_roster({"F.A": levels}, levels=read_shipped().levels, **more)
    return describe_ladder(roster, "F.A")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("narrow")
def test_the_shipped_ladder_at_a_glance() -> None:
    answer = describe_ladder(read_roster(), "PROCES.UPSTREAMDF5B")
    lines = draw(answer, "Upstream Process Development").splitlines()
    assert lines[4:7] == [
        "  ┌─ P6  Principal Professional · 12–18 years · implied",
        "  │      scope: Several fields, or one field for the entire organization",
        "  │      guideline years: 12+ -> 15+",
    ]
    assert lines[19] == "  └─ P1  Entry-Level Professional · 0–2 years · documented"
    assert any("--changes" in line for line in lines)


def test_all_changes_are_told_when_they_are_asked_for() -> None:
    answer = describe_ladder(read_roster(), "PROCES.UPSTREAMDF5B")
    shown = " ".join(draw(answer, "Upstream Process Development", changes=True).replace("│", " ").split())
    for track in answer.tracks:
        for rung in track.rungs:
            for change in rung.changes:
                assert f"· {change}" in shown
    assert "--changes" not in shown


def test_a_rung_tells_in_short_what_changes_and_nothing_where_nothing_is_told() -> None:
    changes = (
        RungChange("level", "level", "One", "Two"),
        RungChange("descriptor", "scope", "A", "B"),
        RungChange("descriptor", "impact", "A", None),
        *(RungChange("skill-new", f"Skill {n}", None, "Able") for n in range(8)),
        RungChange("skill-higher", "Ovens", "Able", "Deft"),
        RungChange("skill-lower", "Tills", "Deft", "Able"),
        RungChange("skill-dropped", "Dough", None, None),
    )
    rungs = (
        Rung("A.X.S1", "S1", "One", "implied", ()),
        Rung("A.X.S2", "S2", "Two", "implied", ("…",), scope="B", differences=changes),
        Rung("A.X.S3", "S3", "Three", "implied", ("level: Two -> Three",), differences=changes[:1]),
        Rung("A.X.S4", "S4", "Four", "implied", ("…",), differences=changes[1:3]),
    )
    shown = draw(Ladder("A.X", (LadderTrack("S", rungs),)))
    lines = [line.strip(" │") for line in shown.splitlines()]
    assert lines[4:15] == [
        "┌─ S4  Four · implied", "descriptor: scope, impact", "├─ S3  Three · implied", "├─ S2  Two · implied",
        "scope: B", "descriptor: impact",
        "skills new: Skill 0; Skill 1; Skill 2; Skill 3; Skill 4; Skill 5 and 2 more",
        "skills to deepen: Ovens", "skills asked less deeply: Tills", "skills no longer asked for: Dough",
        "└─ S1  One · implied",
    ]  # fmt: skip
    assert "rolegraph gap A.X.S1 A.X.S2" in " ".join(shown.split())
    assert "its scope" in shown
    assert "its scope" not in draw(Ladder("A.X", (LadderTrack("S", (rungs[0], rungs[2])),)))


def test_markdown_has_a_section_for_each_track_with_titles_codes_and_changes() -> None:
    answer = make_ladder("M2", "P2", "P4", titles={"F.A.M2": "Head | baker"})
    made = write_ladder(answer, LABEL)
    blocks = made.split("\n\n")
    assert blocks[0] == "# Ladder of Focus F.A"
    assert [block for block in blocks if block.startswith("## ")] == ["## Track M", "## Track P"]
    assert "| M2 | Head \\| baker (Manager II)<br>`F.A.M2` | 5–8 years | implied |" in made
    assert "| P3 | Mid-Level Professional<br>*no profile at this level* | 3–5 years |" in made
    rung = answer.tracks[1].rungs[1]
    assert f"### P3: what changes from P2\n\n- {rung.changes[0]}\n" in made
    assert all(f"- {change}\n" in made for change in rung.changes)


def test_missing_rungs_are_shown_as_missing() -> None:
    lines = draw(make_ladder("P2", "P5")).splitlines()
    assert "  ├╌ P4  Senior Professional · 5–8 years · no profile at this level" in lines
    rungs = (
        Rung("A.X.S1", "S1", "One", "documented", ()),
        Rung(None, "S2", "S2", None, ()),
        Rung("A.X.S3", "S3", "Three", "implied", ("typical years: 3–6 -> 8–12",)),
    )
    shown = draw(Ladder("A.X", (LadderTrack("S", rungs),)), changes=True)
    assert "  ├╌ S2  no profile at this level" in shown
    assert "  │      · typical years: 3–6 -> 8–12" in shown


@pytest.mark.usefixtures("narrow")
def test_tracks_stand_side_by_side_by_career_stage() -> None:
    answer = make_ladder("M1", "M2", "M3", "P3", "P4", "P5")
    assert answer.aligned_by == "experience@1"
    lines = draw(answer).splitlines()
    assert lines[3].split() == ["Track", "M", "Track", "P"]
    # P5 and M3, P4 and M2 have equal years; M1 (4.099) stands above P3 (3.870).
    heads = [line for line in lines if any(sign in line for sign in ("┌─", "├─", "└─"))]
    assert [[word for word in line.split() if word[0] in "MP" and word[1:].isdigit()] for line in heads] == [
        ["M3", "P5"], ["M2", "P4"], ["M1"], ["P3"],
    ]  # fmt: skip
    [m1] = [line for line in lines if " M1 " in line]
    assert m1.rstrip().endswith("│")
    assert "Rungs of equal career stage (experience@1) stand side by side." in draw(answer)


@pytest.mark.usefixtures("narrow")
def test_tracks_stand_side_by_side_by_rank_where_years_are_missing() -> None:
    answer = make_ladder("S1", "S2", "P1", "P2")
    assert answer.aligned_by == "rank"
    assert all(rung.stage is None for track in answer.tracks for rung in track.rungs)
    lines = draw(answer).splitlines()
    assert any("P2" in line and "S2" in line for line in lines)
    assert any(line.startswith("Rungs of equal rank stand side by side") for line in lines)


def test_a_missing_rung_without_years_leaves_only_ranks_to_align_by() -> None:
    # S2 is not in use, so that the edition compares the levels that are; but S2 has no place among them.
    answer = make_ladder("S1", "S3", "P1")
    assert answer.aligned_by == "rank"
    assert make_ladder("S3", "P3").aligned_by == "experience@1"


def test_a_narrow_terminal_and_full_changes_get_one_track_below_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = make_ladder("M1", "M2", "P4", "P5")
    monkeypatch.setenv("COLUMNS", "60")
    assert {"Track M", "Track P"} <= set(draw(answer).splitlines())
    monkeypatch.setenv("COLUMNS", "120")
    assert {"Track M", "Track P"} <= set(draw(answer, changes=True).splitlines())
    assert "Track M" not in draw(answer).splitlines()


def test_own_titles_stand_with_the_name_of_their_level() -> None:
    shown = draw(make_ladder("M2", "P7", titles={"F.A.M2": "Head baker"}))
    assert "M2  Head baker (Manager II)" in shown
    assert "P7  Focus F.A — P7" in shown


def test_rungs_carry_the_years_scope_and_stage_of_their_level() -> None:
    [track] = make_ladder("P3").tracks
    [rung] = track.rungs
    assert (rung.name, rung.years, rung.scope, rung.stage) == (
        "Mid-Level Professional", (3.0, 5.0), "A project, or a distinct part of a larger one", 3.87,
    )  # fmt: skip


@pytest.mark.parametrize("columns", [60, 80, 120])
@given(taxonomy=architectures())
def test_no_line_is_wider_than_the_terminal(columns: int, taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        for focus in taxonomy.focuses:
            if focus.retired or all(map(taxonomy.is_retired, focus.profiles)):
                continue
            answer = describe_ladder(roster, focus.code)
            for changes in (False, True):
                shown = draw(answer, focus.label, changes=changes)
                assert all(display_width(line) <= columns for line in shown.splitlines())
                drawn = [line for line in shown.splitlines() if "─ " in line or "╌ " in line]
                for track in answer.tracks:
                    assert all(any(f" {rung.level}  " in line for line in drawn) for rung in track.rungs)


def test_the_command_has_both_forms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "proces.upstreamdf5b"]) == 0
    short = capsys.readouterr().out
    assert run(["ladder", "PROCES.UPSTREAMDF5B", "--changes"]) == 0
    assert len(capsys.readouterr().out) > 2 * len(short)
