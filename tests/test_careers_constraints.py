"""Constraints, alternatives and what can be reached: against every simple path, walked by NetworkX."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice, pairwise
from random import Random
from typing import Any

import networkx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from architectures import (
    architectures,
    make_level,
    make_roster,
    make_taxonomy,
    narrow_architectures,
    read_roster,
)
from careers_reference import Reference
from rolegraph.answers import CareerPath
from rolegraph.architecture import Architecture
from rolegraph.careers.constraints import Constraints
from rolegraph.careers.moves import Moves
from rolegraph.careers.network import Networks
from rolegraph.careers.paths import find_paths
from rolegraph.careers.reach import list_reach
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.taxonomy import Taxonomy

WALKED = 400
"""So many simple paths are looked at before a case is given up."""


def list_stops(path: CareerPath) -> tuple[str, ...]:
    return (path.moves[0].origin, *(move.destination for move in path.moves))


def to_millionths(cost: float) -> int:
    return round(cost * 10**6)


def make_graph(taxonomy: Taxonomy, *, falls: bool = False) -> networkx.DiGraph[str]:
    """All moves as the definitions have them, found without the package."""
    reference = Reference(taxonomy)
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(profile.code for profile in reference.active)
    for profile in reference.active:
        for way in reference.list_ways(profile, allow_step_down=falls):
            graph.add_edge(profile.code, way.destination, cost=way.cost, kind=way.kind)
    return graph


def name_change(origin: str, destination: str) -> str | None:
    """What a step-down would be called if it did not lead down."""
    (function, focus, level), (other, narrow, rung) = origin.split("."), destination.split(".")
    if function != other:
        return "function-change"
    if focus != narrow:
        return "lateral"
    return None if level[0] == rung[0] else "track-switch"


def keeps_to(stops: list[str], kinds: list[str], asked: Constraints) -> bool:
    place = 0
    for stop in stops:
        while place < len(asked.via) and (
            stop == asked.via[place] or stop.startswith(f"{asked.via[place]}.")
        ):
            place += 1
    return (
        place == len(asked.via)
        and not any(f"{stop}.".startswith(f"{code}.") for stop in stops[1:] for code in asked.avoid)
        and not set(kinds) & set(asked.no)
        and not any(
            kind == "step-down" and name_change(*pair) in asked.no
            for pair, kind in zip(pairwise(stops), kinds, strict=True)
        )
        and (not asked.tracks or all(stop.rpartition(".")[2][0] in asked.tracks for stop in stops[1:]))
        and (asked.max_moves is None or len(kinds) <= asked.max_moves)
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Taxonomy, str, str, Constraints]:
    """A small architecture, two of its roles, and constraints that do not contradict them."""
    taxonomy = draw(architectures(most=5, effort__keep_lateral=2, effort__keep_function_change=2))
    codes = [p.code for p in taxonomy.profiles if not taxonomy.is_retired(p)]
    assume(len(codes) > 1)
    random = Random(draw(st.integers(0, 2**32 - 1)))
    origin, destination = random.sample(codes, 2)
    others = [code for code in codes if code not in {origin, destination}]
    focuses = sorted({code.rpartition(".")[0] for code in others} - {
        code.rpartition(".")[0] for code in (origin, destination)
    })  # fmt: skip
    pool = others + focuses
    picked = random.sample(pool, min(len(pool), random.choice((0, 1, 2))))
    split = random.randint(0, len(picked))
    via, avoid = picked[:split], picked[split:]
    stations = {".".join(code.split(".")[:2]) for code in via}
    asked = Constraints(
        via=via,
        # A role of a focus that is a station may be all that there is of it.
        avoid=[code for code in avoid if ".".join(code.split(".")[:2]) not in stations],
        no=random.sample(
            ("promotion", "lateral", "track-switch", "function-change"), random.choice((0, 0, 1))
        ),
        max_moves=random.choice((None, None, 2, 3, 5)),
        allow_step_down=random.random() < 0.3,
    )
    return taxonomy, origin, destination, asked


def list_simple_paths(
    graph: networkx.DiGraph[str], origin: str, destination: str
) -> list[tuple[int, list[str], list[str]]]:
    """Cost, stops and kinds of the first simple paths, cheapest first; cases with too many are given up."""
    try:
        walks = list(
            islice(networkx.shortest_simple_paths(graph, origin, destination, weight="cost"), WALKED + 1)
        )
    except networkx.NetworkXNoPath:
        return []
    return [
        (
            sum(graph.edges[pair]["cost"] for pair in pairwise(stops)),
            stops,
            [graph.edges[pair]["kind"] for pair in pairwise(stops)],
        )
        for stops in walks
    ]


@settings(deadline=None)
@given(questions())
def test_the_path_is_the_best_of_all_that_keep_to_the_constraints(
    question: tuple[Taxonomy, str, str, Constraints],
) -> None:
    taxonomy, origin, destination, asked = question
    every = list_simple_paths(make_graph(taxonomy, falls=asked.allow_step_down), origin, destination)
    keeping = [entry for entry in every if keeps_to(entry[1], entry[2], asked)]
    assume(keeping or len(every) <= WALKED)
    answer = find_paths(Roster.from_taxonomy(taxonomy), origin, destination, constraints=asked)
    if not keeping:
        assert answer.paths == ()
        assert answer.reason
        return
    [path] = answer.paths
    assert to_millionths(path.cost) == keeping[0][0]
    assert keeps_to(list(list_stops(path)), [move.kind for move in path.moves], asked)
    equal = [(len(kinds), stops) for cost, stops, kinds in keeping if cost == keeping[0][0]]
    if len(every) <= WALKED:
        assert (len(path.moves), list(list_stops(path))) == min(equal)


@settings(deadline=None)
@given(questions())
def test_where_one_constraint_given_up_makes_a_path_it_is_the_nearest_miss(
    question: tuple[Taxonomy, str, str, Constraints],
) -> None:
    taxonomy, origin, destination, asked = question
    answer = find_paths(Roster.from_taxonomy(taxonomy), origin, destination, constraints=asked)
    assume(answer.nearest_miss is not None)
    assert answer.nearest_miss is not None
    assert answer.relaxed is not None
    stops, kinds = list(list_stops(answer.nearest_miss)), [move.kind for move in answer.nearest_miss.moves]
    assert (stops[0], stops[-1]) == (origin, destination)
    assert not (
        keeps_to(stops, kinds, asked) and "--max-jump" not in answer.relaxed and "step-down" not in kinds
    )
    for code in asked.avoid:
        assert f"--avoid {code}" in answer.relaxed or not any(
            f"{s}.".startswith(f"{code}.") for s in stops[1:]
        )
    for kind in asked.no:
        assert f"--no {kind}" in answer.relaxed or kind not in kinds


@settings(deadline=None)
@given(questions())
def test_more_constraints_never_make_the_best_path_cheaper(
    question: tuple[Taxonomy, str, str, Constraints],
) -> None:
    taxonomy, origin, destination, asked = question
    roster = Roster.from_taxonomy(taxonomy)
    free = find_paths(
        roster, origin, destination, constraints=Constraints(allow_step_down=asked.allow_step_down)
    )
    kept = find_paths(roster, origin, destination, constraints=asked)
    if kept.paths:
        assert free.paths[0].cost <= kept.paths[0].cost
    wider = find_paths(roster, origin, destination, constraints=asked._replace(max_jump=3))
    if kept.paths:
        assert wider.paths[0].cost <= kept.paths[0].cost


@settings(deadline=None)
@given(architectures(most=6, effort__keep_lateral=2, effort__keep_function_change=2), st.data())
def test_the_next_best_paths_are_those_of_networkx(taxonomy: Taxonomy, data: st.DataObject) -> None:
    codes = [p.code for p in taxonomy.profiles if not taxonomy.is_retired(p)]
    assume(len(codes) > 1)
    origin = data.draw(st.sampled_from(codes))
    destination = data.draw(st.sampled_from([code for code in codes if code != origin]))
    graph = make_graph(taxonomy)
    answer = find_paths(Roster.from_taxonomy(taxonomy), origin, destination, k=6, similar=True)
    expected = [cost for cost, _, _ in list_simple_paths(graph, origin, destination)[:6]]
    assert [to_millionths(path.cost) for path in answer.paths] == expected
    assert len({list_stops(path) for path in answer.paths}) == len(answer.paths)


@settings(deadline=None)
@given(narrow_architectures(), st.data(), st.sampled_from((None, 3, 6)))
def test_alternatives_are_ordered_simple_and_other_ideas(
    taxonomy: Taxonomy, data: st.DataObject, most: int | None
) -> None:
    codes = [p.code for p in taxonomy.profiles if not taxonomy.is_retired(p)]
    assume(len(codes) > 1)
    ends = data.draw(st.lists(st.sampled_from(codes), min_size=2, max_size=2, unique=True))
    asked = Constraints(max_moves=most)
    roster = Roster.from_taxonomy(taxonomy)
    best = find_paths(roster, *ends, constraints=asked).paths
    paths = find_paths(roster, *ends, k=4, constraints=asked).paths
    assert paths[:1] == best
    costs = [path.cost for path in paths]
    assert costs == sorted(costs)
    stops = [list_stops(path) for path in paths]
    assert all(len(set(visited)) == len(visited) for visited in stops)
    assert all(most is None or len(path.moves) <= most for path in paths)
    for number, visited in enumerate(stops):
        for earlier in stops[:number]:
            own, other = set(visited[1:-1]), set(earlier[1:-1])
            assert visited != earlier
            if other:
                assert 2 * len(own & other) <= max(len(own), len(other))
                assert not other <= own
    if paths:
        assert costs[-1] <= 2 * costs[0] + 1e-9


@given(narrow_architectures(), st.data(), st.sampled_from((None, 1, 2, 4)))
def test_what_can_be_reached_is_what_paths_lead_to(
    taxonomy: Taxonomy, data: st.DataObject, most: int | None
) -> None:
    codes = [p.code for p in taxonomy.profiles if not taxonomy.is_retired(p)]
    assume(codes)
    origin = data.draw(st.sampled_from(codes))
    roster = Roster.from_taxonomy(taxonomy)
    answer = list_reach(roster, origin, constraints=Constraints(max_moves=most))
    assert answer.total == len(answer.reached)
    reached = {role.code: role for role in answer.reached}
    graph = make_graph(taxonomy)
    hops = networkx.single_source_shortest_path_length(graph, origin, cutoff=most)
    assert set(reached) == set(hops) - {origin}
    for code, role in reached.items():
        [path] = find_paths(roster, origin, code, constraints=Constraints(max_moves=most)).paths
        assert (role.cost, role.moves, role.years) == (path.cost, len(path.moves), path.years)
        assert len(role.through) == role.moves - 1
        assert graph.has_edge([origin, *role.through][-1], code)
    order = [(role.moves, role.cost, role.code) for role in answer.reached]
    assert order == sorted(order)
    assert (
        list_reach(roster, origin, limit=2, constraints=Constraints(max_moves=most)).reached
        == answer.reached[:2]
    )


@given(narrow_architectures(), st.data())
def test_a_skill_more_never_makes_a_move_dearer(taxonomy: Taxonomy, data: st.DataObject) -> None:
    reference = Reference(taxonomy)
    rich = [p for p in reference.active if reference.skills[p.code]]
    assume(rich)
    origin = data.draw(st.sampled_from(rich))
    focus = taxonomy.focus_by_code[origin.focus]
    new = [skill.code for skill in taxonomy.skills if skill.code not in {use.skill for use in focus.skills}]
    assume(new)
    use = focus.skills[0].model_copy(
        update={"skill": data.draw(st.sampled_from(new)), "levels": (), "proficiency": ()}
    )
    more = focus.model_copy(update={"skills": (*focus.skills, use)})
    learned = taxonomy.replace_parts(
        focuses=tuple(more if other.code == focus.code else other for other in taxonomy.focuses)
    )
    before, after = Moves(Roster.from_taxonomy(taxonomy)), Moves(Roster.from_taxonomy(learned))
    start = before.roster.locate_profile(origin.code)
    for at in before.roster.active_profiles():
        step = before.judge_step(start, at)
        # In its own focus a new skill is asked for as well.
        if step is not None and before.roster.profile_focus[at] != before.roster.profile_focus[start]:
            richer = after.judge_step(start, at)
            assert richer is not None
            assert richer[1] <= step[1]


# --- single cases ------------------------------------------------------------------------------------------------


def find(origin: str, destination: str, roster: Roster | None = None, **asked: Any) -> list[tuple[str, ...]]:
    answer = find_paths(roster or read_roster(), origin, destination, constraints=Constraints(**asked))
    return [list_stops(path) for path in answer.paths]


UP, BIO = "PROCES.UPSTREAMDF5B", "MANUFA.BIOPROCE4427"


def test_via_avoid_and_kinds_on_the_shipped_data() -> None:
    ends = f"{UP}.P1", f"{BIO}.M3"
    [via] = find(*ends, via=[f"{UP}.P5"])
    assert via[-2:] == (f"{UP}.P5", f"{BIO}.M3")
    [around] = find(*ends, avoid=[f"{BIO}.M1"])
    assert f"{BIO}.M1" not in around
    [late] = find(*ends, avoid=[f"{BIO}.M1", f"{BIO}.M2", "MANUFA.MANUFACTF950"])
    assert late == (f"{UP}.P1", f"{UP}.P2", f"{UP}.P3", f"{UP}.P4", f"{UP}.P5", f"{BIO}.M3")
    assert find(*ends, no=["function-change"]) == []
    [switch] = find(f"{BIO}.M1", f"{BIO}.M3", tracks=["M"])
    assert switch == (f"{BIO}.M1", f"{BIO}.M2", f"{BIO}.M3")


def test_a_station_makes_the_path_go_round_and_never_twice_by_one_role() -> None:
    roster = make_roster({"F.A": ("P1", "P2"), "F.B": ("P1",), "F.C": ("P2",)}, skills={"F.A": ("a",)})
    [path] = find("F.A.P1", "F.A.P2", roster, via=["F.B"])
    assert path == ("F.A.P1", "F.B.P1", "F.A.P2")
    # From C at P2 there is no way back but by a role that was passed.
    lonely = make_roster(
        {"F.A": ("P1", "P2"), "G.C": ("P1",)}, groups={"F": "g", "G": "g"}, skills={"F.A": ("a",)}
    )
    answer = find_paths(lonely, "F.A.P1", "F.A.P2", constraints=Constraints(via=("G.C",)))
    assert answer.paths == ()
    assert answer.relaxed == "without --via G.C"
    assert answer.nearest_miss is not None
    assert list_stops(answer.nearest_miss) == ("F.A.P1", "F.A.P2")


def test_a_jump_costs_its_rungs_and_what_rises_beyond_the_first() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P4")}, skills={"F.A": ("a",)})
    [path] = find_paths(roster, "F.A.P2", "F.A.P4", constraints=Constraints(max_jump=2)).paths
    [move] = path.moves
    # P2 2.642 to P4 4.845: 2.203 / 9 = 0.244778, two promotions, and 0.25 x half of the rise of 2.203.
    assert to_millionths(move.cost) == 244778 + 200000 + 275375
    assert (move.kind, move.changes) == ("promotion", ("two levels up",))


def test_a_jump_over_a_level_without_years_and_one_that_falls() -> None:
    levels = [make_level("S1", (0, 1)), make_level("S2"), make_level("S3", (3, 5))]
    roster = make_roster({"F.A": ("S1", "S3")}, levels=levels)
    [path] = find_paths(roster, "F.A.S1", "F.A.S3", constraints=Constraints(max_jump=2)).paths
    # S1 0.975 to S3 3.870: 2.895 / 9, half of the skills, two promotions, 0.25 x half of the rise.
    assert to_millionths(path.cost) == 321667 + 250000 + 200000 + 361875
    levels = [make_level("M1", (3, 4)), make_level("M2", (3, 7)), make_level("M3", (1, 2))]
    roster = make_roster({"F.A": ("M1", "M3")}, levels=levels, skills={"F.A": ("a",)})
    [path] = find_paths(roster, "F.A.M1", "F.A.M3", constraints=Constraints(max_jump=2)).paths
    # M1 3.617 down to M3 2.203: the years fall, and a fall is no rise.
    assert to_millionths(path.cost) == 157111 + 200000


def test_a_jump_is_not_taken_where_the_rungs_are_there() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P3", "P4")}, skills={"F.A": ("a",)})
    assert len(find("F.A.P1", "F.A.P4", roster, max_jump=3)[0]) == 4
    assert len(find("F.A.P1", "F.A.P4", roster, max_jump=3, max_moves=1)[0]) == 2
    assert find("F.A.P1", "F.A.P4", roster, max_jump=2, max_moves=1) == []


def test_lists_of_ends_and_any_rung() -> None:
    roster = read_roster()
    both = find_paths(roster, [f"{UP}.P1", f"{UP}.P5"], [f"{BIO}.M3"])
    assert both.origin == f"{UP}.P1, {UP}.P5"
    assert list_stops(both.paths[0]) == (f"{UP}.P5", f"{BIO}.M3")
    lowest = find_paths(roster, UP, BIO).paths[0]
    nearest = find_paths(roster, UP, BIO, any_rung=True).paths[0]
    assert lowest.moves[0].origin == f"{UP}.P1"
    assert nearest.cost < lowest.cost
    assert len(nearest.moves) == 1


def pay_roster(*medians: int | None, inherited: bool = False, currencies: tuple[str, ...] = ()) -> Roster:
    from rolegraph.model.roles import Pay

    taxonomy = make_taxonomy({"F.A": ("P1", "P2", "P3")}, skills={"F.A": ("a",)})
    [focus] = taxonomy.focuses
    profiles = [
        profile.model_copy(update={"pay": None if median is None else Pay(
            currency=currencies[at] if currencies else "EUR", median=Decimal(median), inherited=inherited
        )})
        for at, (profile, median) in enumerate(zip(focus.profiles, medians, strict=True))
    ]  # fmt: skip
    return Roster.from_taxonomy(
        taxonomy.replace_parts(focuses=(focus.model_copy(update={"profiles": tuple(profiles)}),))
    )


def test_pay_is_kept_where_it_is_known_and_said_where_it_is_not() -> None:
    roster = pay_roster(100, 95, 120)
    assert find("F.A.P1", "F.A.P3", roster, min_pay_ratio=0.95)
    assert find("F.A.P1", "F.A.P3", roster, min_pay_ratio=0.96) == []
    unknown = find_paths(
        pay_roster(100, None, 120), "F.A.P1", "F.A.P3", constraints=Constraints(min_pay_ratio=0.5)
    )
    assert unknown.reason is not None
    assert "The median pay of 1 of 3 roles is not recorded" in unknown.reason
    assert unknown.relaxed == "without --min-pay-ratio 0.5"
    mixed = pay_roster(100, 200, 300, currencies=("EUR", "USD", "EUR"))
    assert find("F.A.P1", "F.A.P3", mixed, min_pay_ratio=0.5) == []
    assert find("F.A.P1", "F.A.P3", mixed, min_pay_ratio=0.5, max_jump=2) == [("F.A.P1", "F.A.P3")]


def test_evidence_names_years_skills_and_pay() -> None:
    evidence = find_paths(pay_roster(100, 118, None, inherited=True), "F.A.P1", "F.A.P3").paths[0].moves
    assert evidence[0].evidence == (
        "typical years 0–2 -> 1–3",
        "skills recorded for the whole focus, not per level",
        "median pay +18 %, inherited from the function",
    )
    assert evidence[1].evidence[-1] == "median pay of the destination not recorded"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"via": ["F.B"], "avoid": ["F.B.P1", "F.B"]}, "--via F.B is excluded by --avoid"),
        ({"via": ["F.B.P1"], "avoid": ["F"]}, "--via F.B.P1 is excluded by --avoid"),
        ({"avoid": ["F.A.P1"]}, "--avoid excludes the origin"),
        ({"avoid": ["F.A.P2"]}, "--avoid excludes the destination"),
        ({"tracks": ["M"]}, "the destination is on none of the tracks M"),
        ({"tracks": ["P"], "via": ["F.M"]}, "--via F.M is on none of the tracks P"),
        ({"tracks": ["X"]}, "there is no track X; the tracks are E, M, P, S"),
        ({"no": ["demotion"]}, "there is no kind of move demotion; the kinds are promotion, "),
        ({"no": ["step-down"], "allow_step_down": True}, "--no step-down contradicts --allow-step-down"),
        (
            {"no": ["promotion", "track-switch", "lateral", "function-change", "step-down"]},
            "every kind of move is excluded",
        ),
        ({"max_moves": -1}, "--max-moves is -1"),
        ({"max_jump": 0}, "--max-jump is 0"),
        ({"min_pay_ratio": 0}, "--min-pay-ratio is 0"),
        ({"min_pay_ratio": float("nan")}, "--min-pay-ratio is nan"),
        ({"min_pay_ratio": float("inf")}, "--min-pay-ratio is inf"),
        (
            {"max_jump": 0, "no": ["demotion"], "avoid": ["F.A"]},
            "there is no kind of move demotion.*--max-jump is 0.*--avoid excludes the destination",
        ),
    ],
)
def test_contradictions_and_bad_values_are_told_all_at_once(asked: dict[str, Any], message: str) -> None:
    levels = {"F.A": ("P1", "P2"), "F.B": ("P1",), "F.M": ("M1",)}
    roster = make_roster(levels)
    with pytest.raises(RequestError, match=message):
        find("F.A.P1", "F.A.P2", roster, **asked)


def test_codes_that_are_not_there_and_numbers_of_paths() -> None:
    roster = make_roster({"F.A": ("P1", "P2")})
    for asked in ({"via": ["F.X"]}, {"avoid": ["F.X.P1"]}, {"avoid": ["G"]}):
        with pytest.raises(UnknownError):
            find("F.A.P1", "F.A.P2", roster, **asked)
    for k in (0, -1, 1_000_000):
        with pytest.raises(RequestError, match=f"k is {k}; ask for 1 to 100 paths"):
            find_paths(roster, "F.A.P1", "F.A.P2", k=k)
    assert len(find_paths(roster, "F.A.P1", "F.A.P2", k=100, similar=True).paths) == 1


def test_one_profile_and_nothing_to_reach() -> None:
    roster = make_roster({"F.A": ("P1",)})
    assert list_reach(roster, "F.A").reached == ()
    assert find_paths(roster, "F.A", "F.A.P1", k=5).paths == (CareerPath(0, (0, 0), ()),)


def test_where_nothing_can_be_reached_it_is_said_what_would_help() -> None:
    roster = make_roster({"F.A": ("P1", "P3"), "F.B": ("S1",)}, levels=None)
    answer = list_reach(roster, "F.A.P1", constraints=Constraints(no=("lateral",)))
    assert answer.reached == ()
    assert answer.reason is not None
    assert answer.reason.startswith(
        "No role can be reached from F.A.P1 as it was asked. Without --no lateral "
    )
    assert "With --max-jump 2 1 role can be reached." in answer.reason
    assert list_reach(make_roster({"F.A": ("P1",)}), "F.A").reason == (
        "No role can be reached from F.A.P1 as it was asked. No move leads from it by the rules, whatever constraint is "
        "given up."
    )


def test_a_function_in_place_of_a_role_is_told_as_such() -> None:
    jobs = Architecture()
    with pytest.raises(
        UnknownError, match=r"MANUFA is a function, no profile or focus; its focuses are MANUFA\.BIOPROCE"
    ):
        jobs.path("manufa", f"{BIO}.M3")
    with pytest.raises(UnknownError, match=f"is the focus {UP}, no profile; its roles are {UP}.P1, "):
        jobs.adjacent("Upstream Process Development")
    with pytest.raises(UnknownError, match="there is no function, focus or profile 'X'") as told:
        jobs.path(f"{UP}.P1", f"{BIO}.M3", via=["X"], avoid=["X"])
    assert str(told.value).count("'X'") == 1


def test_a_constraint_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(
        TypeError, match="there is no constraint track; constraints are via, avoid, no, tracks"
    ):
        Architecture().path(f"{UP}.P1", f"{BIO}.M3", track=["P"])  # type: ignore[call-arg]


def test_a_distance_is_no_cost() -> None:
    with pytest.raises(
        RequestError, match=r"structural@1 \(form structural\) defines a distance.*costs: effort@1"
    ):
        Architecture().path(f"{UP}.P1", f"{BIO}.M3", cost_edition="structural@1")
    with pytest.raises(RequestError, match="there is no edition 'effort@9'; did you mean effort@1"):
        Architecture().path(f"{UP}.P1", f"{BIO}.M3", cost_edition="effort@9")


def test_no_function_change_bars_step_downs_to_other_functions_too() -> None:
    asked = {"allow_step_down": True, "no": ["function-change"]}
    assert find(f"{BIO}.M3", f"{UP}.P1", **asked) == []
    assert find(f"{BIO}.M3", f"{BIO}.M1", **asked) == [(f"{BIO}.M3", f"{BIO}.M1")]


def test_a_station_that_only_a_way_back_reaches_is_told_soon() -> None:
    for via in ([f"{UP}.P3", f"{UP}.P2"], [f"{UP}.P5", f"{UP}.P2"]):
        answer = find_paths(read_roster(), f"{UP}.P1", f"{BIO}.M3", constraints=Constraints(via=via))
        assert answer.paths == ()
        assert answer.reason is not None
        assert "A path visits no role twice." in answer.reason
        assert answer.nearest_miss is not None


def test_the_focus_of_the_origin_may_be_left_and_avoided() -> None:
    roster = make_roster({"F.A": ("P1", "P2"), "F.B": ("P1", "P2")}, skills={"F.A": ("a",), "F.B": ("a",)})
    assert find("F.A.P1", "F.B.P2", roster, avoid=["F.A"]) == [("F.A.P1", "F.B.P1", "F.B.P2")]


def test_by_years_without_years_is_by_effort() -> None:
    levels = [make_level(code, stage=stage) for code, stage in (("M6", 6), ("P2", 2), ("P3", 3))]
    roster = make_roster({"F.A": ("P2",), "F.B": ("P2", "P3", "M6")}, levels=levels, skills={"F.A": ("a",)})
    paths = {by: find_paths(roster, "F.A.P2", "F.B", by=by).paths for by in ("years", "effort")}
    assert paths["years"] == paths["effort"]
    assert len(paths["years"]) == 1


def test_reach_takes_no_stations_and_a_sensible_limit() -> None:
    with pytest.raises(RequestError, match="reach passes by no stations"):
        list_reach(read_roster(), f"{UP}.P1", constraints=Constraints(via=(f"{UP}.P2",)))
    with pytest.raises(RequestError, match="limit is 0"):
        list_reach(read_roster(), f"{UP}.P1", limit=0)
    answer = list_reach(read_roster(), f"{UP}.P3", constraints=Constraints(min_pay_ratio=0.95))
    assert answer.reason is not None
    assert "The median pay of 18 of 19 roles is not recorded" in answer.reason


def test_a_single_text_is_one_name() -> None:
    jobs = Architecture()
    ends = f"{UP}.P1", f"{BIO}.M3"
    assert jobs.path(*ends, avoid="MANUFA3") == jobs.path(*ends, avoid=["MANUFA3"])


def test_networks_make_the_moves_once_and_tell_of_long_work() -> None:
    roster = read_roster()
    networks = Networks(roster)
    assert networks.get() is networks.get()
    assert networks.get(allow_step_down=True) is not networks.get()
    first = find_paths(roster, f"{UP}.P1", f"{BIO}.M3", networks=networks)
    assert first == find_paths(roster, f"{UP}.P1", f"{BIO}.M3")
