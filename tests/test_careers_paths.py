"""Paths: the cheapest over the moves, always the same one, and a plain reason where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import networkx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from architectures import (
    architectures,
    even_architectures,
    make_level,
    make_roster,
    narrow_architectures,
    read_roster,
)
from careers_reference import Reference
from rolegraph.answers import CareerPath
from rolegraph.careers.adjacency import measure_distance
from rolegraph.careers.constraints import Constraints
from rolegraph.careers.moves import Moves
from rolegraph.careers.paths import OBJECTIVES, find_paths
from rolegraph.careers.projection import move_cost, projection
from rolegraph.careers.roster import Roster
from rolegraph.careers.spans import span_years
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.taxonomy import Taxonomy


def list_codes(path: CareerPath, origin: str) -> tuple[str, ...]:
    return (origin, *(move.destination for move in path.moves))


def to_millionths(cost: float) -> int:
    return round(cost * 10**6)


def draw_ends(data: st.DataObject, taxonomy: Taxonomy) -> tuple[str, str]:
    codes = [p.code for p in taxonomy.profiles if not taxonomy.is_retired(p)]
    assume(codes)
    return data.draw(st.sampled_from(codes)), data.draw(st.sampled_from(codes))


narrow = narrow_architectures()


@given(st.data(), st.one_of(architectures(most=16), narrow, even_architectures()), st.booleans())
def test_the_path_is_the_best_of_all_with_ties_by_moves_and_codes(
    data: st.DataObject, taxonomy: Taxonomy, falls: bool
) -> None:
    origin, destination = draw_ends(data, taxonomy)
    answer = find_paths(
        Roster.from_taxonomy(taxonomy), origin, destination, constraints=Constraints(allow_step_down=falls)
    )
    expected = Reference(taxonomy).find_paths(origin, allow_step_down=falls).get(destination)
    if expected is None:
        assert answer.paths == ()
        assert answer.reason
    else:
        [path] = answer.paths
        assert answer.reason is None
        assert (to_millionths(path.cost), len(path.moves), list_codes(path, origin)) == expected


@given(st.data(), narrow)
def test_a_path_costs_the_sum_of_its_moves_and_they_join(data: st.DataObject, taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    origin, destination = draw_ends(data, taxonomy)
    for path in find_paths(roster, origin, destination, constraints=Constraints(allow_step_down=True)).paths:
        assert to_millionths(path.cost) == sum(to_millionths(move.cost) for move in path.moves)
        at = origin
        for move in path.moves:
            assert move.origin == at
            at = move.destination
            one = measure_distance(roster, move.origin, move.destination)
            assert (move.distance, move.band) == (one.distance, one.band)
            assert move.origin_title == roster.title_of(move.origin)
            assert move.destination_title == roster.title_of(move.destination)
        assert at == destination


@given(st.data(), narrow)
def test_the_cost_is_that_of_networkx_on_the_projection(data: st.DataObject, taxonomy: Taxonomy) -> None:
    origin, destination = draw_ends(data, taxonomy)
    roster = Roster.from_taxonomy(taxonomy)
    graph = projection(roster)
    answer = find_paths(roster, origin, destination)
    try:
        cost = networkx.dijkstra_path_length(graph, origin, destination, weight=move_cost)
    except networkx.NetworkXNoPath:
        assert answer.paths == ()
    else:
        assert answer.paths[0].cost == pytest.approx(cost, abs=1e-9)


@given(st.data(), narrow, st.sampled_from(OBJECTIVES))
def test_more_constraints_never_make_the_best_path_cheaper(
    data: st.DataObject, taxonomy: Taxonomy, by: str
) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    origin, destination = draw_ends(data, taxonomy)
    costs = []
    for most in (1, 2, 3, None):
        for falls in (False, True):
            answer = find_paths(
                roster,
                origin,
                destination,
                by=by,
                constraints=Constraints(max_moves=most, allow_step_down=falls),
            )
            for path in answer.paths:
                assert most is None or len(path.moves) <= most
            costs.append([weigh(roster, path, by) for path in answer.paths])
    free = costs[-1]
    assert all(free <= other for other in costs if other)
    for falls in (0, 1):
        found = [cost for cost in costs[falls::2] if cost]
        assert found == sorted(found, reverse=True)


def weigh(roster: Roster, path: CareerPath, by: str) -> int:
    if by == "moves":
        return len(path.moves)
    if by == "skills":
        return sum(map(weigh_skills, _steps_of(roster, path)))
    return to_millionths(path.cost)


def _steps_of(roster: Roster, path: CareerPath) -> Iterator[tuple[int, ...]]:
    moves = Moves(roster)
    for move in path.moves:
        step = moves.judge_step(roster.locate_profile(move.origin), roster.locate_profile(move.destination))
        assert step is not None
        yield step


def weigh_skills(step: tuple[int, ...]) -> int:
    return step[3]


@given(st.data(), narrow)
def test_each_objective_is_met_better_by_no_other(data: st.DataObject, taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    origin, destination = draw_ends(data, taxonomy)
    answers = {by: find_paths(roster, origin, destination, by=by) for by in OBJECTIVES}
    assert len({len(answer.paths) for answer in answers.values()}) == 1
    if not answers["effort"].paths:
        return
    for by in ("effort", "moves", "skills"):
        own = weigh(roster, answers[by].paths[0], by)
        assert own == min(weigh(roster, answer.paths[0], by) for answer in answers.values())
    assert answers["years"].paths == answers["effort"].paths


@given(st.data(), narrow)
def test_the_fewest_moves_are_those_of_a_breadth_first_search(
    data: st.DataObject, taxonomy: Taxonomy
) -> None:
    origin, destination = draw_ends(data, taxonomy)
    roster = Roster.from_taxonomy(taxonomy)
    reference = Reference(taxonomy)
    graph = networkx.DiGraph()
    graph.add_nodes_from(profile.code for profile in reference.active)
    graph.add_edges_from(
        (p.code, way.destination) for p in reference.active for way in reference.list_ways(p)
    )
    answer = find_paths(roster, origin, destination, by="moves")
    if not answer.paths:
        assert not networkx.has_path(graph, origin, destination)
        return
    fewest = len(answer.paths[0].moves)
    assert fewest == networkx.shortest_path_length(graph, origin, destination)
    if fewest:
        assert find_paths(roster, origin, destination, constraints=Constraints(max_moves=fewest)).paths
        assert not find_paths(
            roster, origin, destination, constraints=Constraints(max_moves=fewest - 1)
        ).paths


def test_of_equal_paths_the_one_whose_codes_come_first_wins_even_where_it_is_found_last() -> None:
    # By way of B the first move is dearer and the second cheaper than by way of C; the sums are equal.
    own, asked = [f"o{n}" for n in range(6)], [f"z{n}" for n in range(8)]
    roster = make_roster(
        {"F.A": ("P1",), "F.B": ("P1",), "F.C": ("P1",), "G.Z": ("P1",)},
        skills={"F.A": own, "F.B": [*own[:4], *asked[:4]], "F.C": [*own, *asked[:2]], "G.Z": asked},
    )
    [path] = find_paths(roster, "F.A.P1", "G.Z.P1").paths
    assert [move.destination for move in path.moves] == ["F.B.P1", "G.Z.P1"]


def test_of_equal_paths_the_one_of_fewer_moves_wins() -> None:
    roster = make_roster(
        {"F.A": ("P1",), "F.Z": ("P1", "P2")},
        skills={"F.A": ("a",), "F.Z": ("a",)},
        constants={"effort@1 promotion": "0.24375"},
    )
    [path] = find_paths(roster, "F.A.P1", "F.Z.P2").paths
    assert [move.cost for move in path.moves] == [0.707642]


# --- the shipped data ----------------------------------------------------------------------------------------------


def test_the_ordinary_first_manager_move() -> None:
    answer = find_paths(read_roster(), "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3")
    [path] = answer.paths
    assert list_codes(path, answer.origin) == (
        "PROCES.UPSTREAMDF5B.P1",
        "PROCES.UPSTREAMDF5B.P2",
        "PROCES.UPSTREAMDF5B.P3",
        "MANUFA.BIOPROCE4427.M1",
        "MANUFA.BIOPROCE4427.M2",
        "MANUFA.BIOPROCE4427.M3",
    )
    assert [move.kind for move in path.moves] == [
        "promotion", "promotion", "function-change", "promotion", "promotion",
    ]  # fmt: skip
    assert path.years == (6, 12)
    assert (answer.by, answer.edition, answer.cost_edition) == ("effort", "structural@1", "effort@1")


def test_moves_are_shown_by_the_edition_asked_for() -> None:
    roster = read_roster()
    ends = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"
    for edition in ("structural@1", "experience@1"):
        answer = find_paths(roster, *ends, edition=edition)
        assert answer.edition == edition
        for move in answer.paths[0].moves:
            assert move.distance == measure_distance(roster, move.origin, move.destination, edition).distance


def test_focuses_as_ends() -> None:
    roster = read_roster()
    answer = find_paths(roster, "PROCES.UPSTREAMDF5B", "MANUFA.BIOPROCE4427")
    assert (answer.origin, answer.destination) == ("PROCES.UPSTREAMDF5B", "MANUFA.BIOPROCE4427")
    assert list_codes(answer.paths[0], "PROCES.UPSTREAMDF5B.P1")[-1] == "MANUFA.BIOPROCE4427.M1"
    assert answer.paths[0].moves[0].origin == "PROCES.UPSTREAMDF5B.P1"


@given(st.data(), narrow)
def test_a_destination_focus_is_the_rung_that_is_cheapest_to_reach(
    data: st.DataObject, taxonomy: Taxonomy
) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    origin, end = draw_ends(data, taxonomy)
    focus = end.rpartition(".")[0]
    reached = Reference(taxonomy).find_paths(origin)
    rungs = sorted(path for code, path in reached.items() if code.rpartition(".")[0] == focus)
    answer = find_paths(roster, origin, focus)
    if not rungs:
        assert answer.paths == ()
        return
    [path] = answer.paths
    assert (to_millionths(path.cost), len(path.moves), list_codes(path, origin)) == rungs[0]


def test_by_years_a_destination_focus_is_its_earliest_rung() -> None:
    roster = make_roster({"A.X": ("P3", "P4"), "A.Y": ("P4", "M1")}, skills={"A.X": ("a",)})
    assert find_paths(roster, "A.X.P4", "A.Y", by="years").paths[0].moves[-1].destination == "A.Y.M1"
    assert find_paths(roster, "A.X.P4", "A.Y").paths[0].moves[-1].destination == "A.Y.P4"


def test_the_lowest_rung_is_lowest_by_career_stage() -> None:
    roster = make_roster({"A.X": ("M1", "P2", "S3"), "A.Y": ("P2",)})
    assert find_paths(roster, "A.X", "A.Y.P2").paths[0].moves[0].origin == "A.X.P2"
    levels = [make_level("P2", (1, 3)), make_level("M1", (3, 6)), make_level("S1")]
    mixed = make_roster({"A.X": ("M1", "P2", "S1"), "A.Y": ("S1",)}, levels=levels)
    # By rank M1 and S1 are equally low, and from S1 there is a way.
    assert find_paths(mixed, "A.X", "A.Y").paths[0].moves[0].origin == "A.X.S1"
    assert find_paths(mixed, "A.X.M1", "A.Y").paths == ()


@pytest.mark.parametrize("ends", [("F.A.P2", "F.A.P2"), ("F.A.P2", "F.A"), ("F.A", "F.A"), ("F.A", "F.A.P1")])
def test_where_origin_and_destination_are_one_no_move_is_needed(ends: tuple[str, str]) -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P3")})
    for by in ("effort", "moves", "skills"):
        answer = find_paths(roster, *ends, by=by, constraints=Constraints(max_moves=0))
        assert answer.reason is None
        assert answer.paths == (CareerPath(0, (0, 0), ()),)


# --- years -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "destination", "years"),
    [
        ((0, 2), (8, 12), (6, 12)),
        ((3, 5), (4, 6), (0, 3)),
        ((8, 12), (0, 2), (0, 0)),
        ((0, 2), (8, None), (6, None)),
        ((3, None), (8, 12), (0, 9)),
        (("1.5", "2.25"), ("2.5", 4), (0.25, 2.5)),
        (None, (1, 2), None),
        ((1, 2), None, None),
    ],
)
def test_years_are_a_range_from_the_levels(origin, destination, years) -> None:
    levels = [make_level("P1", origin), make_level("P2", destination)]
    roster = make_roster({"F.A": ("P1", "P2")}, levels=levels)
    assert span_years(roster, 0, 1) == years
    assert find_paths(roster, "F.A.P1", "F.A.P2").paths[0].years == years


# --- no path -----------------------------------------------------------------------------------------------------


def tell_reason(roster: Roster, origin: str, destination: str, **options: object) -> str:
    answer = find_paths(roster, origin, destination, constraints=Constraints(**options))  # type: ignore[arg-type]
    assert answer.paths == ()
    assert answer.reason is not None
    return answer.reason


def test_a_limit_that_stands_in_the_way_is_named_with_what_lifting_it_gives() -> None:
    roster = read_roster()
    ends = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"
    reason = tell_reason(roster, *ends, max_moves=4)
    assert reason.startswith(f"No path leads from {ends[0]} to {ends[1]} under --max-moves 4.")
    assert "Without --max-moves 4 the best path takes 5 moves (cost " in reason
    reason = tell_reason(roster, *reversed(ends))
    assert "With --allow-step-down the best path takes " in reason


def test_two_limits_that_stand_in_the_way_together_are_both_named() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P3", "P6"), "F.B": ("P4", "P6")})
    reason = tell_reason(roster, "F.B.P6", "F.A.P2", max_moves=0)
    assert (
        "No constraint stands in the way alone; without --max-moves 0 and with --allow-step-down together"
        in reason
    )


def test_a_missing_rung_is_named_and_where_the_destination_is_entered() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P4")}, skills={"F.A": ("a",)})
    assert tell_reason(roster, "F.A.P1", "F.A.P4") == (
        "No path leads from F.A.P1 to F.A.P4. There is no role F.A.P3, and a promotion goes up one rung at a time. "
        "With --max-jump 2 the best path takes 2 moves (cost 0.9285)."
    )
    assert tell_reason(roster, "F.A.P1", "F.A.P4", no=["promotion"]) == (
        "No path leads from F.A.P1 to F.A.P4 under --no promotion. No constraint stands in the way alone; without "
        "--no promotion and with --max-jump 2 together the best path takes 2 moves (cost 0.9285)."
    )
    sparse = make_roster({"F.A": ("P1", "P2"), "F.B": ("M5",)}, skills={"F.A": ("a",)})
    assert tell_reason(sparse, "F.A.P1", "F.B.M5") == (
        "No path leads from F.A.P1 to F.B.M5. It is entered from E3, M4 or P6 in its focus; E3, M4, M5 or P6 in its "
        "function; E3, M5 or P6 in its function group; E3, M5 or P6 elsewhere with at least 20 % of its skills; no "
        "such role can be reached. The nearest role that can be reached is F.A.P2 (0.7139 away by experience@1)."
    )


def test_a_destination_that_shares_nothing_is_told_so() -> None:
    roster = make_roster({"F.A": ("P1",), "G.B": ("P1",)}, skills={"F.A": ("a",), "G.B": ("b",)})
    assert "at least 20 % of its skills" in tell_reason(roster, "F.A.P1", "G.B.P1")


def test_a_move_that_is_not_among_the_kept_is_told_so() -> None:
    roster = make_roster(
        {f"F.X{number}": ("P1",) for number in range(4)},
        skills={f"F.X{number}": ("a",) for number in range(3)} | {"F.X3": ("b", "c")},
        constants={"effort@1 keep-lateral": 2},
    )
    reason = tell_reason(roster, "F.X0.P1", "F.X3.P1")
    assert "F.X0.P1 could move there (lateral), but a profile keeps only its 2 cheapest moves" in reason


def test_tracks_that_can_not_be_compared_are_told_so() -> None:
    levels = [make_level("P1", (0, 2)), make_level("S1"), make_level("M1", stage=2)]
    roster = make_roster({"F.A": ("P1", "S1", "M1")}, levels=levels)
    assert "to or from track S" in tell_reason(roster, "F.A.P1", "F.A.S1")
    assert "are not mixed" in tell_reason(roster, "F.A.P1", "F.A.M1")


def test_ranks_can_not_be_shown_by_an_edition_that_needs_years() -> None:
    roster = make_roster({"F.A": ("S1", "S2")}, levels=[make_level("S1"), make_level("S2")])
    answer = find_paths(roster, "F.A.S1", "F.A.S2")
    assert answer.paths[0].years is None
    assert "by rank" in answer.paths[0].moves[0].changes[-1]
    unknown = find_paths(roster, "F.A.S1", "F.A.S2", edition="experience@1").paths[0].moves[0]
    assert (unknown.distance, unknown.band) == (None, None)


# --- requests ----------------------------------------------------------------------------------------------------


def test_requests_that_can_not_be_answered() -> None:
    roster = make_roster({"F.A": ("P1", "P2"), "F.B": ("P1",)}, retired={"F.A.P2": None, "F.B.P1": None})
    with pytest.raises(RequestError, match="no objective money; choose effort, moves, years, skills"):
        find_paths(roster, "F.A.P1", "F.A.P1", by="money")
    with pytest.raises(RequestError, match="--max-moves is -1"):
        find_paths(roster, "F.A.P1", "F.A.P1", constraints=Constraints(max_moves=-1))
    with pytest.raises(RequestError, match="no edition 'none@1'"):
        find_paths(roster, "F.A.P1", "F.A.P1", edition="none@1")
    with pytest.raises(UnknownError):
        find_paths(roster, "F.A.P1", "F.A.P9")
    with pytest.raises(UnknownError):
        find_paths(roster, "F.Z", "F.A.P1")
    with pytest.raises(RequestError, match="retired"):
        find_paths(roster, "F.A.P2", "F.A.P1")
    with pytest.raises(RequestError, match=r"F\.B has no profile in use"):
        find_paths(roster, "F.A.P1", "F.B")


# --- notes -------------------------------------------------------------------------------------------------------


def test_a_path_that_leads_down_by_changes_of_track_says_so() -> None:
    [path] = find_paths(read_roster(), "MANUFA.BIOPROCE4427.M5", "MANUFA.BIOPROCE4427.M3").paths
    assert len(path.notes) == 1
    assert path.notes[0].startswith("This path leads down, from M5 to M3, by changes of track.")
    [fall] = find_paths(
        read_roster(),
        "MANUFA.BIOPROCE4427.M5",
        "MANUFA.BIOPROCE4427.M3",
        constraints=Constraints(allow_step_down=True),
    ).paths
    assert [move.kind for move in fall.moves] == ["step-down"]
    assert fall.notes == ()


def test_a_path_of_which_no_move_is_near_says_so() -> None:
    roster = make_roster({"F.A": ("P1",), "G.B": ("P1",)}, skills={"F.A": ("a", "b"), "G.B": ("a", "c")})
    [path] = find_paths(roster, "F.A.P1", "G.B.P1").paths
    assert path.moves[0].band == "no-match"
    assert path.notes == (
        "No move of this path is nearer than no-match: it is a change of career, not a step.",
    )
    # One of two skills is new.
    assert path.to_learn == 0.5


def test_what_there_is_to_learn_is_the_sum_of_the_shares() -> None:
    for by in ("effort", "skills"):
        [path] = find_paths(read_roster(), "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3", by=by).paths
        # Three of the ten skills of Bioprocess Manufacturing are shown; inside a focus nothing is counted.
        assert path.to_learn == 0.7
