"""Ladders: the rungs in order, the missing ones too, and what changes from one to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import rolegraph
from architectures import architectures, make_level, make_roster, read_roster
from bakery import write_bakery
from rolegraph.answers import RungChange
from rolegraph.careers.ladders import describe_ladder
from rolegraph.careers.roster import Roster
from rolegraph.careers.spans import format_years
from rolegraph.errors import RequestError, UnknownError
from rolegraph.model import codes
from rolegraph.model.taxonomy import Taxonomy


@given(architectures())
def test_every_profile_in_use_stands_on_its_ladder_in_the_order_of_ranks(taxonomy: Taxonomy) -> None:
    roster = Roster.from_taxonomy(taxonomy)
    for focus in taxonomy.focuses:
        active = {profile.code for profile in focus.profiles if not taxonomy.is_retired(profile)}
        if not active:
            continue
        ladder = describe_ladder(roster, focus.code)
        assert {rung.code for track in ladder.tracks for rung in track.rungs} - {None} == active
        assert [track.track for track in ladder.tracks] == sorted({code.split(".")[2][0] for code in active})
        for track in ladder.tracks:
            ranks = [codes.split_level(rung.level)[1] for rung in track.rungs]
            assert ranks == sorted(set(ranks))
            assert track.rungs[0].code is not None
            assert track.rungs[-1].code is not None
            assert track.rungs[0].changes == ()


def test_the_shipped_ladder_of_upstream_process_development() -> None:
    roster = read_roster()
    [track] = describe_ladder(roster, "PROCES.UPSTREAMDF5B").tracks
    assert [rung.level for rung in track.rungs] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert [rung.basis for rung in track.rungs] == ["documented", *["implied"] * 5]
    assert all(rung.title == roster.title_of(str(rung.code)) for rung in track.rungs)
    fourth = track.rungs[3].changes
    assert fourth[0] == "level: Mid-Level Professional -> Senior Professional"
    assert fourth[1] == "typical years: 3–5 -> 5–8"
    assert [change.partition(":")[0] for change in fourth[2:]] == [
        "summary", "scope", "autonomy", "complexity", "impact", "decision rights", "leadership",
        "guideline years",
    ]  # fmt: skip
    assert fourth[-1] == "guideline years: 5+ or 3 -> 8+"


def test_differences_are_the_changes_in_parts(tmp_path: Path) -> None:
    jobs = rolegraph.load(write_bakery(tmp_path / "data"))
    first, second, third = jobs.ladder("BAKE.CAKES").tracks[0].rungs
    assert first.differences == ()
    assert [change for change in second.differences if change.kind.startswith("skill")] == [
        RungChange("skill-higher", "Icing", "Able", "Deft"),
    ]
    assert [change for change in third.differences if change.kind.startswith("skill")] == [
        RungChange("skill-new", "Ovens", None, "Able"), RungChange("skill-dropped", "Dough", None, None),
    ]  # fmt: skip
    assert second.changes[-1] == "skill Icing: Able -> Deft"
    assert third.changes[-2:] == ("skill new: Ovens (Able)", "skill no longer asked for: Dough")
    assert len(third.changes) == len(third.differences)


def test_missing_rungs_between_the_lowest_and_the_highest_are_shown_as_missing() -> None:
    roster = make_roster({"F.A": ("P2", "P5")}, retired={})
    [track] = describe_ladder(roster, "F.A").tracks
    assert [(rung.level, rung.code, rung.basis, rung.title) for rung in track.rungs] == [
        ("P2", "F.A.P2", "implied", "Focus F.A — P2"),
        ("P3", None, None, "P3"),
        ("P4", None, None, "P4"),
        ("P5", "F.A.P5", "implied", "Focus F.A — P5"),
    ]
    assert track.rungs[1].changes == ("typical years: 1–3 -> 3–5",)


def test_a_retired_rung_is_missing() -> None:
    roster = make_roster({"F.A": ("P1", "P2", "P3")}, retired={"F.A.P2": None})
    [track] = describe_ladder(roster, "F.A").tracks
    assert [rung.code for rung in track.rungs] == ["F.A.P1", None, "F.A.P3"]


def test_each_track_has_a_ladder_of_its_own_and_one_can_be_asked_for() -> None:
    roster = make_roster({"F.A": ("M2", "P1", "P2", "M1")})
    assert [track.track for track in describe_ladder(roster, "F.A").tracks] == ["M", "P"]
    [track] = describe_ladder(roster, "F.A", "P").tracks
    assert [rung.code for rung in track.rungs] == ["F.A.P1", "F.A.P2"]
    with pytest.raises(RequestError, match=r"F\.A has no rung on track S; it has M, P"):
        describe_ladder(roster, "F.A", "S")


def test_what_is_stated_at_one_rung_only_is_told_as_such() -> None:
    levels = [
        make_level("P1", (0, 2), name="Junior", scope="A task"),
        make_level("P2", (2, None), autonomy="Free"),
    ]
    [track] = describe_ladder(make_roster({"F.A": ("P1", "P2")}, levels=levels), "F.A").tracks
    assert track.rungs[1].changes == (
        "level: Junior -> not stated",
        "typical years: 0–2 -> 2+",
        "scope: A task -> not stated",
        "autonomy: not stated -> Free",
    )


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 0, "0"),
        (3_000_000, 5_000_000, "3–5"),
        (8_000_000, -1, "8+"),
        (250_000, 12_345_678, "0.25–12.345678"),
        (10_000_000, 20_000_000, "10–20"),
    ],
)
def test_years_are_written_without_loss(low: int, high: int, text: str) -> None:
    assert format_years(low, high) == text


def test_focuses_without_a_ladder_are_refused() -> None:
    roster = make_roster({"F.A": ("P1",), "F.B": ("P1",)}, retired={"F.A.P1": None, "F.B": "F.A"})
    with pytest.raises(RequestError, match="no profile in use"):
        describe_ladder(roster, "F.A")
    with pytest.raises(RequestError, match=r"successor F\.A"):
        describe_ladder(roster, "F.B")
    with pytest.raises(UnknownError):
        describe_ladder(roster, "F.C")
