"""Nearest profiles: exactly those of measuring every profile, in the same order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import architectures, make_level, make_roster, read_roster
from careers_reference import Reference
from rolegraph.careers.adjacency import measure_distance, rank_adjacent, rank_all, rank_rows
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model.taxonomy import Taxonomy

every_edition = pytest.mark.parametrize("edition", ["structural@1", "experience@1"])


@every_edition
@given(taxonomy=architectures(most=16), k=st.sampled_from((1, 2, 3, 10, 1000)))
def test_the_index_finds_what_measuring_every_profile_finds(edition: str, taxonomy: Taxonomy, k: int) -> None:
    roster, reference = Roster.from_taxonomy(taxonomy), Reference(taxonomy)
    answers = {answer.origin: answer for answer in rank_all(roster, k, edition)}
    assert list(answers) == [profile.code for profile in reference.active]
    for profile in reference.active:
        expected = reference.rank_nearest(edition, profile, k)
        answer = rank_adjacent(roster, profile.code, k, edition)
        assert [n.code for n in answer.adjacent] == [code for code, _ in expected]
        assert [n.distance for n in answer.adjacent] == [round(float(steps) / 9, 6) for _, steps in expected]
        assert answers[profile.code] == answer


@every_edition
def test_all_ways_of_asking_give_the_same_numbers(edition: str) -> None:
    roster = read_roster()
    rows = dict(rank_rows(roster, 5, edition))
    for answer in rank_all(roster, 5, edition):
        assert rows[answer.origin] == [(n.code, f"{n.distance:.6f}", n.band) for n in answer.adjacent]
        assert answer.edition == edition
        for n in answer.adjacent:
            one = measure_distance(roster, answer.origin, n.code, edition)
            assert (one.distance, one.band, one.components) == (n.distance, n.band, n.components)
            assert n.title == roster.title_of(n.code)


def test_the_neighbours_that_the_shipped_data_must_have() -> None:
    roster = read_roster()
    assert [n.code for n in rank_adjacent(roster, "MANUFA.MANUFACTF950.M3", 3).adjacent] == [
        "MANUFA.MANUFACTF950.M2",
        "MANUFA.MANUFACTF950.M4",
        "MANUFA.BIOPROCE4427.M3",
    ]
    assert [n.code for n in rank_adjacent(roster, "MANUFA3.MANUFACT13A2.M2", 2).adjacent] == [
        "MANUFA3.MANUFACT13A2.M1",
        "MANUFA3.MANUFACT13A2.M3",
    ]


def test_a_profile_alone_has_no_neighbour() -> None:
    assert rank_adjacent(make_roster({"A.X": ("P1",)}), "A.X.P1").adjacent == ()


def test_more_neighbours_than_there_are_is_all_of_them() -> None:
    roster = read_roster()
    assert len(rank_adjacent(roster, "PROCES.UPSTREAMDF5B.P1", 10**6).adjacent) == len(roster) - 1


@pytest.mark.parametrize("k", [0, -1])
def test_no_neighbour_at_all_can_not_be_asked_for(k: int) -> None:
    with pytest.raises(RequestError, match=rf"k is {k}"):
        rank_adjacent(read_roster(), "PROCES.UPSTREAMDF5B.P1", k)


def test_retired_profiles_are_nobody_s_neighbours() -> None:
    roster = make_roster({"A.X": ("P1", "P2", "P3"), "A.Y": ("P1",)}, retired={"A.X.P2": None, "A.Y": None})
    assert [n.code for n in rank_adjacent(roster, "A.X.P1").adjacent] == ["A.X.P3"]
    assert [answer.origin for answer in rank_all(roster)] == ["A.X.P1", "A.X.P3"]
    with pytest.raises(RequestError, match="retired"):
        rank_adjacent(roster, "A.X.P2")
    with pytest.raises(UnknownError):
        rank_adjacent(roster, "A.X.P9")


def test_what_an_edition_does_not_compare_is_left_out() -> None:
    levels = [make_level("P1", (0, 2)), make_level("P2", (1, 3)), make_level("S1"), make_level("S2", (0, 1))]
    roster = make_roster({"A.X": ("P1", "P2", "S1", "S2")}, levels=levels)
    assert [n.code for n in rank_adjacent(roster, "A.X.P1", edition="experience@1").adjacent] == ["A.X.P2"]
    assert [answer.origin for answer in rank_all(roster, edition="experience@1")] == ["A.X.P1", "A.X.P2"]
    assert rank_adjacent(roster, "A.X.P1", edition="experience@1").left_out == 2
    silent = rank_adjacent(roster, "A.X.S2", edition="experience@1")
    assert silent.adjacent == ()
    assert "S1 lack" in str(silent.reason)
