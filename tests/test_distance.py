"""Distances: the golden table, the stages, the bands, the laws of a metric, and what can not be compared."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import YEARS, architectures, make_level, make_roster, make_taxonomy, read_roster
from careers_reference import Reference
from rolegraph.answers import Distance
from rolegraph.careers.adjacency import measure_distance
from rolegraph.careers.distance import ELSEWHERE, Measure, relate
from rolegraph.careers.editions import compute_stage
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.record import YearRange
from rolegraph.model.taxonomy import Taxonomy

GOLDEN = Path(__file__).parent / "golden" / "distances.tsv"
ROWS = [
    line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
EDITIONS = ("structural@1", "experience@1")
BANDS = ("confident", "needs-review", "no-match")

every_edition = pytest.mark.parametrize("edition", EDITIONS)


@pytest.fixture(scope="module")
def golden_roster() -> Roster:
    return make_roster(
        {focus: list(YEARS) for focus in ("A.X", "A.Y", "B.X", "C.X")}, groups={"A": "g", "B": "g"}
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:3]))
def test_distances_are_those_worked_out_by_hand(golden_roster: Roster, row: list[str]) -> None:
    edition, origin, destination, *parts, distance, band = row
    found = measure_distance(golden_roster, origin, destination, edition)
    assert found.components == dict(zip(("level", "track", "taxonomy"), map(float, parts), strict=True))
    assert (f"{found.distance:.6f}", found.band) == (distance, band), (
        f"the table {GOLDEN.name} is worked out by hand: correct the code, or both where a definition changed"
    )
    assert (found.origin, found.destination, found.edition) == (origin, destination, edition)


def test_the_stages_of_the_shipped_ladder() -> None:
    roster = read_roster()
    stages = Measure(roster, "experience@1").stages
    known = {roster.level_codes[at]: stage / 1000 for at, stage in enumerate(stages) if stage >= 0}
    assert known == {
        "P1": 1.667, "P2": 2.642, "P3": 3.870, "P4": 4.845, "P5": 5.766, "P6": 6.667,
        "M1": 4.099, "M2": 4.845, "M3": 5.766, "M4": 6.258, "M5": 6.667, "M6": 7.321,
        "S1": 0.975, "S3": 3.870, "E3": 7.142,
    }  # fmt: skip


def test_an_open_range_of_years_has_no_stage() -> None:
    assert compute_stage(YearRange(min=Decimal(18)), Decimal("0.6")) is None
    assert compute_stage(YearRange(min=Decimal(0), max=Decimal(0)), Decimal("0.6")) == 0


@pytest.mark.parametrize(
    ("steps", "band"),
    [(0, 0), (2699, 0), (2700, 0), (2701, 1), (4499, 1), (4500, 1), (4501, 2), (9000, 2), (14000, 2)],
)
def test_bands_include_their_limits(steps: int, band: int) -> None:
    assert Measure(read_roster(), "structural@1").judge(steps)[1] == BANDS[band]


def test_a_boundary_that_floating_point_misses_is_confident() -> None:
    assert (1 + 1.7) / 9 > 0.30
    found = measure_distance(read_roster(), "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M2")
    assert (found.distance, found.band) == (0.3, "confident")


@every_edition
@given(data=st.data(), taxonomy=architectures())
def test_a_distance_is_a_metric(edition: str, taxonomy: Taxonomy, data: st.DataObject) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    codes = [roster.code_of(at) for at in roster.active_profiles()]
    if not codes:
        return
    some = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=5))
    found = {pair: measure_distance(roster, *pair, edition) for pair in product(some, repeat=2)}
    measure = Measure(roster, edition)
    stages = {code: measure.stages[roster.profile_level[roster.locate_profile(code)]] for code in some}
    for (a, b), distance in found.items():
        assert 0 <= distance.distance <= 1
        assert distance.distance == found[b, a].distance
        assert distance.band == found[b, a].band
        focus, _, level = a.rpartition(".")
        other_focus, _, other_level = b.rpartition(".")
        same = (focus, level[0], stages[a]) == (other_focus, other_level[0], stages[b])
        assert (distance.distance == 0) is same
    reference = Reference(taxonomy)
    steps = {
        (a, b): reference.count_steps(edition, reference.by_code[a], reference.by_code[b]) for a, b in found
    }
    for a, b, c in product(some, repeat=3):
        assert steps[a, c] <= steps[a, b] + steps[b, c]
    for pair, distance in found.items():
        assert distance.distance == round(float(steps[pair]) / 9, 6)
    in_order = sorted(found.values(), key=lambda distance: distance.distance)
    bands = [BANDS.index(distance.band) for distance in in_order]
    assert bands == sorted(bands)


@every_edition
@given(taxonomy=architectures())
def test_a_stranger_is_never_near(edition: str, taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    active = list(roster.active_profiles())
    for a, b in product(active[:6], active[-6:]):
        if relate(roster, roster.profile_focus[a], roster.profile_focus[b]) == ELSEWHERE:
            found = measure_distance(roster, roster.code_of(a), roster.code_of(b), edition)
            assert found.band == "no-match"


def test_components_sum_to_the_distance_before_truncation() -> None:
    found = measure_distance(make_roster({"A.X": ("P1",), "B.X": ("P6",)}), "A.X.P1", "B.X.P6")
    assert found.components == {"level": 5, "track": 0, "taxonomy": 6}
    assert found.distance == 1


def test_a_function_without_a_group_shares_none() -> None:
    found = measure_distance(make_roster({"A.X": ("P1",), "B.X": ("P1",)}), "A.X.P1", "B.X.P1")
    assert found.components["taxonomy"] == 6


# --- editions ----------------------------------------------------------------------------------------------------


def test_an_edition_that_is_not_there_is_named_with_those_that_are() -> None:
    ends = "MANUFA.MANUFACTF950.M3", "MANUFA.MANUFACTF950.M2"
    known = r"content@1, experience@1, pay@1, structural@1 \(rolegraph editions"
    with pytest.raises(RequestError, match=rf"no edition 'far'; .* {known}"):
        measure_distance(read_roster(), *ends, "far")
    for close in ("structural@2", "structural", "Structural@1"):
        with pytest.raises(UnknownError, match=rf"no edition '{close}'; did you mean structural@1\?"):
            measure_distance(read_roster(), *ends, close)
    with pytest.raises(RequestError, match=rf"effort@1 \(form effort\) defines the cost of a move.* {known}"):
        measure_distance(read_roster(), *ends, "effort@1")


def test_steps_are_counted_by_editions_of_place_alone() -> None:
    with pytest.raises(RequestError, match=r"content@1 \(form content\) does not compare levels"):
        Measure(read_roster(), "content@1")


def test_another_edition_of_a_form_is_a_file_away() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "M1")})
    structural = next(e for e in taxonomy.editions if e.code == "structural@1")
    constants = tuple(
        c.model_copy(update={"value": Decimal("1.25")}) if c.name == "track" else c
        for c in structural.constants
    )
    second = structural.model_copy(update={"code": "structural@2", "constants": constants})
    roster = Roster.from_taxonomy(taxonomy.model_copy(update={"editions": (*taxonomy.editions, second)}))
    assert measure_distance(roster, "A.X.P1", "A.X.M1").components["track"] == 0.7
    assert measure_distance(roster, "A.X.P1", "A.X.M1", "structural@2").components["track"] == 1.25


# --- stages known in different ways --------------------------------------------------------------------------------


def test_years_that_no_rung_in_use_needs_may_be_missing() -> None:
    levels = [make_level("P1", (0, 2)), make_level("P2", (1, 3)), make_level("P3")]
    roster = make_roster({"A.X": ("P1", "P2")}, levels=levels)
    assert measure_distance(roster, "A.X.P1", "A.X.P2", "experience@1").components["level"] == 0.975


def test_a_retired_rung_is_not_in_use() -> None:
    levels = [make_level("P1", (0, 2)), make_level("P2", (1, 3)), make_level("P3")]
    roster = make_roster({"A.X": ("P1", "P2", "P3")}, levels=levels, retired={"A.X.P3": None})
    assert measure_distance(roster, "A.X.P1", "A.X.P2", "experience@1").components["level"] == 0.975


def test_where_years_are_missing_the_given_stages_serve_all_levels() -> None:
    levels = [
        make_level("P1", (0, 2), stage=1),
        make_level("P2", (1, 3), stage="2.5"),
        make_level("M1", stage=4),
    ]
    roster = make_roster({"A.X": ("P1", "P2", "M1")}, levels=levels)
    assert measure_distance(roster, "A.X.P1", "A.X.P2", "experience@1").components["level"] == 1.5
    assert measure_distance(roster, "A.X.P1", "A.X.M1", "experience@1").components["level"] == 3


def test_where_neither_is_complete_each_track_is_judged_by_itself_and_nothing_is_mixed() -> None:
    levels = [
        make_level("P1", (0, 2)), make_level("P2", (1, 3)),
        make_level("M1", stage=4), make_level("M2", stage=5),
        make_level("S1", (0, 1)), make_level("S2"), make_level("E1", (15, None)),
    ]  # fmt: skip
    roster = make_roster({"A.X": ("P1", "P2", "M1", "M2", "S1", "S2", "E1")}, levels=levels)

    def measure(a: str, b: str) -> Distance:
        return measure_distance(roster, f"A.X.{a}", f"A.X.{b}", "experience@1")

    assert measure("P1", "P2").components["level"] == 0.975
    assert measure("M1", "M2").components["level"] == 1
    apart = measure("P1", "M1")
    assert (apart.distance, apart.band, apart.components) == (None, None, {})
    assert "in different ways" in str(apart.reason)
    for a, b, unknown in (("S1", "S2", "S2"), ("S1", "P1", "S2"), ("P1", "E1", "E1"), ("E1", "E1", "E1")):
        found = measure(a, b)
        assert found.distance is None
        assert re.search(rf"needs typical years.*{unknown} lack", str(found.reason))
    assert measure_distance(roster, "A.X.S1", "A.X.S2").components["level"] == 1


# --- requests ----------------------------------------------------------------------------------------------------


def test_unknown_and_retired_profiles_are_refused() -> None:
    roster = make_roster({"A.X": ("P1", "P2"), "A.Y": ("P1",)}, retired={"A.X.P2": "A.X.P1", "A.Y": None})
    with pytest.raises(UnknownError, match=r"no profile A\.X\.P3"):
        measure_distance(roster, "A.X.P1", "A.X.P3")
    with pytest.raises(RequestError, match=r"A\.X\.P2 is retired \(Gone\.\); ask for its successor A\.X\.P1"):
        measure_distance(roster, "A.X.P2", "A.X.P1")
    with pytest.raises(RequestError, match=r"A\.Y\.P1 with its focus is retired"):
        measure_distance(roster, "A.X.P1", "A.Y.P1")
