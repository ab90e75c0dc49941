"""Moves: which there are, of what kind, at what cost; and that the index finds the same as looking at every pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import architectures, make_level, make_roster, make_taxonomy, read_roster
from careers_reference import Reference
from rolegraph.answers import Move
from rolegraph.careers.moves import Moves
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import KINDS
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import RequestError
from rolegraph.model.taxonomy import Taxonomy

EVERY_LEVEL = ("S1", "S3", "P1", "P2", "P3", "P4", "P5", "P6", "M1", "M2", "M3", "M4", "M5", "M6", "E3")


def list_moves(roster: Roster, origin: str, *, allow_step_down: bool = False) -> dict[str, tuple[str, int]]:
    """Kind and cost (millionths) of the moves that leave a profile, by the code of their destination."""
    steps = Moves(roster).list_steps(roster.locate_profile(origin), allow_step_down=allow_step_down)
    return {roster.code_of(at): (KINDS[kind], cost) for at, cost, kind, _ in steps}


def describe(roster: Roster, origin: str, destination: str) -> Move:
    moves, start, end = Moves(roster), roster.locate_profile(origin), roster.locate_profile(destination)
    step = moves.judge_step(start, end)
    assert step is not None
    return moves.describe(start, step, open_yardstick(roster, "structural@1"))


@given(
    st.one_of(
        architectures(),
        architectures(effort__keep_lateral=2, effort__keep_function_change=1, effort__skill_share="0.5"),
    ),
    st.booleans(),
)
def test_the_index_keeps_the_moves_that_looking_at_every_pair_keeps(taxonomy: Taxonomy, falls: bool) -> None:
    roster, reference = Roster.from_taxonomy(taxonomy), Reference(taxonomy)
    moves = Moves(roster)
    for profile in reference.active:
        steps = moves.list_steps(roster.locate_profile(profile.code), allow_step_down=falls)
        found = [(roster.code_of(at), KINDS[kind], cost) for at, cost, kind, _ in steps]
        assert found == list(map(tuple, reference.list_ways(profile, allow_step_down=falls)))


@given(architectures(effort__keep_lateral=1, effort__keep_function_change=1))
def test_allowing_step_downs_takes_no_other_move_away(taxonomy: Taxonomy) -> None:
    moves = Moves(Roster.from_taxonomy(taxonomy))
    for profile in moves.roster.active_profiles():
        assert set(moves.list_steps(profile)) <= set(moves.list_steps(profile, allow_step_down=True))


def test_the_track_changes_of_the_design() -> None:
    roster = make_roster({"F.A": EVERY_LEVEL})
    landings = {
        (origin, destination.rpartition(".")[2])
        for origin in EVERY_LEVEL
        for destination, (kind, _) in list_moves(roster, f"F.A.{origin}").items()
        if kind == "track-switch"
    }
    assert {("P3", "M1"), ("P4", "M1"), ("P4", "M2"), ("P5", "M3")} <= landings
    assert not landings & {("P3", "M2"), ("P4", "M3")}
    # From P these are all: the years overlap by at least one, the stage rises by at most half a step.
    assert {(a, b) for a, b in landings if a[0] == "P" and b[0] == "M"} == {
        ("P3", "M1"), ("P4", "M1"), ("P4", "M2"), ("P5", "M3"), ("P5", "M4"), ("P6", "M4"), ("P6", "M5"),
    }  # fmt: skip


def test_inside_a_track_only_a_promotion_or_a_lateral_rises_and_by_one_rung() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P3"), "F.B": ("P1", "P2", "P3"), "G.C": ("P1", "P2", "P3")},
                         groups={"F": "g", "G": "g"})  # fmt: skip
    assert {code: kind for code, (kind, _) in list_moves(roster, "F.A.P1").items()} == {
        "F.A.P2": "promotion",
        "F.B.P1": "lateral",
        "F.B.P2": "lateral",
        "G.C.P1": "function-change",
    }
    falls = list_moves(roster, "F.A.P2", allow_step_down=True)
    assert {code for code, (kind, _) in falls.items() if kind == "step-down"} == {
        "F.A.P1",
        "F.B.P1",
        "G.C.P1",
    }


def test_a_rank_that_no_level_has_is_no_rung() -> None:
    levels = [make_level("T1", (0, 2)), make_level("T4", (2, 4)), make_level("T5", (4, 6))]
    roster = make_roster({"F.A": ("T1", "T4", "T5")}, levels=levels)
    assert list(list_moves(roster, "F.A.T1")) == ["F.A.T4"]
    missing = make_roster({"F.A": ("T1", "T5")}, levels=levels)
    assert list_moves(missing, "F.A.T1") == {}


def test_a_fall_in_track_whose_years_end_by_the_start_of_the_origin_is_a_step_down() -> None:
    roster = make_roster({"F.A": EVERY_LEVEL})
    kinds = {
        code[-2:]: kind for code, (kind, _) in list_moves(roster, "F.A.P5", allow_step_down=True).items()
    }
    assert kinds["M2"] == kinds["M1"] == kinds["P4"] == kinds["S3"] == "step-down"
    assert kinds["M3"] == "track-switch"
    assert "M5" not in kinds


def test_the_cost_of_a_move_by_hand() -> None:
    roster = make_roster(
        {"F.A": ("P1", "P2", "P3"), "F.B": ("P1", "P2", "M1")},
        skills={"F.A": ("a", "b"), "F.B": ("b", "c", "d", "e")},
    )
    moves = list_moves(roster, "F.A.P3")
    # (3.870 - 1.667 -> M1 4.099: level 0.229, track 0.7, function 1.7) / 9 = 0.292111; three of four skills are
    # new: 0.375; lateral 0.15; rise 0.25 x 0.229 = 0.05725; (0.01 + 0.06) x 3.870 = 0.2709.
    assert moves["F.B.M1"] == ("lateral", 292111 + 375000 + 150000 + 57250 + 270900)
    # Promotion: 0.975 / 9 = 0.108333, and 0.10; the skills are recorded for the focus and have no say.
    assert list_moves(roster, "F.A.P1")["F.A.P2"] == ("promotion", 108333 + 100000)


def test_skills_that_are_not_recorded_count_half_and_are_flagged() -> None:
    roster = make_roster({"F.A": ("P1",), "F.B": ("P1",), "F.C": ("P1", "P2")}, skills={"F.A": ("a",)})
    # 1.7 / 9 = 0.188889; half of 0.5; lateral; 0.01 x 1.667.
    assert list_moves(roster, "F.A.P1")["F.B.P1"] == ("lateral", 188889 + 250000 + 150000 + 16670)
    assert list_moves(roster, "F.C.P1")["F.C.P2"] == ("promotion", 108333 + 250000 + 100000)
    for origin, destination in (("F.A.P1", "F.B.P1"), ("F.B.P1", "F.A.P1"), ("F.C.P1", "F.C.P2")):
        move = describe(roster, origin, destination)
        assert (move.unknown, move.gain, move.keep) == (True, (), ())


def test_skills_recorded_for_levels_count_inside_a_focus() -> None:
    roster = make_roster({"F.A": ("P1", "P2")}, skills={"F.A": {"a": (), "b": ("P2",)}})
    assert list_moves(roster, "F.A.P1")["F.A.P2"] == ("promotion", 108333 + 250000 + 100000)
    move = describe(roster, "F.A.P1", "F.A.P2")
    assert (move.unknown, move.gain, move.keep) == (False, ("Skill b",), ("Skill a",))


def test_skills_recorded_for_the_focus_are_unknown_per_level() -> None:
    roster = make_roster({"F.A": ("P1", "P2")}, skills={"F.A": ("a", "b")})
    move = describe(roster, "F.A.P1", "F.A.P2")
    assert (move.unknown, move.gain, move.keep) == (True, (), ())


def test_gain_and_keep_are_in_the_words_of_the_destination() -> None:
    move = describe(read_roster(), "PROCES.UPSTREAMDF5B.P3", "MANUFA.BIOPROCE4427.M1")
    assert not move.unknown
    assert len(move.gain) + len(move.keep) == 10
    assert move.keep == (
        "Aseptic technique",
        "Technology transfer and scale-up",
        "Design of experiments (DoE)",
    )


@pytest.mark.parametrize(("shared", "there"), [(0, False), (1, False), (2, True), (5, True)])
def test_a_move_across_groups_needs_a_fifth_of_the_destination_s_skills(shared: int, there: bool) -> None:
    asked = [f"s{number}" for number in range(10)]
    roster = make_roster(
        {"F.A": ("P1",), "G.B": ("P1",)}, skills={"F.A": [*asked[:shared], "own"], "G.B": asked}
    )
    assert ("G.B.P1" in list_moves(roster, "F.A.P1")) is there


def test_unrecorded_skills_open_no_way_across_groups() -> None:
    roster = make_roster({"F.A": ("P1",), "G.B": ("P1",)}, skills={"F.A": ["a"]})
    assert list_moves(roster, "F.A.P1") == list_moves(roster, "G.B.P1") == {}


def test_functions_of_one_group_need_no_shared_skill() -> None:
    roster = make_roster({"F.A": ("P1",), "G.B": ("P1",)}, groups={"F": "g", "G": "g"})
    assert list_moves(roster, "F.A.P1")["G.B.P1"][0] == "function-change"


def test_only_the_cheapest_laterals_are_kept_ties_by_code() -> None:
    ladders = {f"F.X{number:02}": ("P1",) for number in range(20)}
    roster = make_roster(ladders, skills={"F.X00": ("a",), "F.X19": ("a",), "F.X18": ("b",)})
    kept = list(list_moves(roster, "F.X00.P1"))
    # The one that shares the skill is the cheapest, the one that asks for another the dearest.
    assert kept == [*(f"F.X{number:02}.P1" for number in range(1, 12)), "F.X19.P1"]


def test_retired_profiles_have_no_moves() -> None:
    roster = make_roster({"F.A": ("P1", "P2"), "F.B": ("P1", "P2")}, retired={"F.A.P2": None, "F.B": None})
    assert list_moves(roster, "F.A.P1") == {}
    with pytest.raises(RequestError, match="retired"):
        list_moves(roster, "F.B.P1")


@pytest.mark.parametrize(
    ("origin", "destination", "direction", "changes"),
    [
        ("F.A.P1", "F.A.P2", "up", ("one level up",)),
        ("F.A.P1", "F.B.P1", "level", ("focus change", "same level")),
        ("F.A.P1", "F.B.P2", "up", ("focus change", "one level up")),
        ("F.A.P1", "G.C.P1", "level", ("function change", "same level")),
        ("F.A.P4", "F.A.M2", "level", ("track change", "same career stage")),
        ("F.A.P3", "G.C.M1", "up", ("function change", "track change", "career stage up 0.23 steps")),
        ("F.A.P4", "F.B.M1", "down", ("focus change", "track change", "career stage down 0.75 steps")),
        ("F.A.P4", "F.A.P1", "down", ("three levels down",)),
    ],
)
def test_what_a_move_changes(origin: str, destination: str, direction: str, changes: tuple[str, ...]) -> None:
    ladder = ("P1", "P2", "P3", "P4", "M1", "M2")
    roster = make_roster({"F.A": ladder, "F.B": ladder, "G.C": ladder}, groups={"F": "g", "G": "g"})
    move = describe(roster, origin, destination)
    assert (move.direction, move.changes) == (direction, changes)


def test_ranks_stand_in_inside_a_track_and_the_move_says_so() -> None:
    levels = [make_level("S1", (0, 1)), make_level("S2"), make_level("P1", (0, 2)), make_level("P2", (1, 3))]
    roster = make_roster({"F.A": ("S1", "S2", "P1", "P2")}, levels=levels)
    assert {code: kind for code, (kind, _) in list_moves(roster, "F.A.S1").items()} == {"F.A.S2": "promotion"}
    assert {code: kind for code, (kind, _) in list_moves(roster, "F.A.P1").items()} == {"F.A.P2": "promotion"}
    # One rank is one step: 1 / 9, and unrecorded skills.
    assert list_moves(roster, "F.A.S1")["F.A.S2"][1] == 111111 + 250000 + 100000
    changes = describe(roster, "F.A.S1", "F.A.S2").changes
    assert changes[0] == "one level up"
    assert "by rank" in changes[1]
    assert len(describe(roster, "F.A.P1", "F.A.P2").changes) == 1


def test_given_stages_stand_in_for_years() -> None:
    levels = [
        make_level("P1", stage=1), make_level("P2", stage=2), make_level("P3", stage=3),
        make_level("M1", stage="2.5"), make_level("M2", (5, 8), stage="3.6"),
    ]  # fmt: skip
    roster = make_roster({"F.A": ("P1", "P2", "P3", "M1", "M2")}, levels=levels)
    moves = list_moves(roster, "F.A.P3", allow_step_down=True)
    kinds = {code[-2:]: kind for code, (kind, _) in moves.items()}
    # Up at most half a step, down at most half a step; further down is a step-down, further up nothing.
    assert kinds == {"P1": "step-down", "P2": "step-down", "M1": "track-switch"}
    assert list_moves(roster, "F.A.P2", allow_step_down=True)["F.A.M1"][0] == "track-switch"
    assert list_moves(roster, "F.A.M2", allow_step_down=True)["F.A.P3"][0] == "step-down"


def test_a_dataset_without_the_cost_is_told_so() -> None:
    taxonomy = make_taxonomy({"F.A": ("P1",)})
    rest = tuple(edition for edition in taxonomy.editions if edition.code != "effort@1")
    bare = taxonomy.model_copy(update={"editions": rest})
    with pytest.raises(RequestError, match="effort@1"):
        Moves(Roster.from_taxonomy(bare))
