"""Names: codes in any letter case, job codes, titles; candidates of the ambiguous, the closest of the unknown."""

from __future__ import annotations

import pytest

from architectures import make_roster, make_taxonomy, read_roster
from rolegraph.careers.naming import resolve_end, resolve_focus, resolve_profile
from rolegraph.careers.roster import Roster
from rolegraph.errors import RequestError, UnknownError


@pytest.fixture(scope="module")
def roster() -> Roster:
    return make_roster(
        {"ENG.SOFT": ("P1", "P2", "M1"), "ENG.DATA": ("P1", "P2"), "HR.GEN": ("P1",), "HR.OLD": ("P1",)},
        titles={
            "ENG.SOFT.P1": "Software  Engineer",
            "ENG.SOFT.P2": "Engineer II",
            "ENG.DATA.P2": "engineer ii",
            "ENG.SOFT.M1": "Node.js",
            "HR.OLD.P1": "Clerk",
            "HR.GEN.P1": "Focus ENG.DATA",
        },
        job_codes={"ENG.SOFT.P1": "00417", "ENG.SOFT.P2": "J-1", "ENG.DATA.P2": "j-1", "HR.OLD.P1": "OLD"},
        retired={"HR.OLD": "HR.GEN"},
    )


@pytest.mark.parametrize(
    "text",
    [
        "ENG.SOFT.P1",
        "eng.soft.p1",
        " Eng.Soft.p1 ",
        "00417",
        "software engineer",
        " SOFTWARE\tENGINEER ",
    ],
)
def test_a_profile_answers_to_code_job_code_and_title(roster: Roster, text: str) -> None:
    assert resolve_profile(roster, text) == resolve_end(roster, text) == "ENG.SOFT.P1"


def test_a_profile_without_a_title_answers_to_focus_and_level(roster: Roster) -> None:
    assert resolve_profile(roster, "focus eng.data — p1") == "ENG.DATA.P1"


def test_a_title_may_look_like_a_code(roster: Roster) -> None:
    assert resolve_profile(roster, "node.JS") == "ENG.SOFT.M1"


@pytest.mark.parametrize("text", ["ENG.SOFT", "eng.soft", "focus eng.soft", "FOCUS  Eng.Soft"])
def test_a_focus_answers_to_code_and_label(roster: Roster, text: str) -> None:
    assert resolve_focus(roster, text) == resolve_end(roster, text) == "ENG.SOFT"


@pytest.mark.parametrize("text", ["Engineer II", "J-1"])
def test_an_ambiguous_name_lists_its_candidates(roster: Roster, text: str) -> None:
    with pytest.raises(RequestError) as error:
        resolve_profile(roster, text)
    assert not isinstance(error.value, UnknownError)
    assert "ENG.DATA.P2 (engineer ii); ENG.SOFT.P2 (Engineer II)" in str(error.value)


def test_an_end_that_is_a_title_and_a_label_is_ambiguous(roster: Roster) -> None:
    assert resolve_profile(roster, "focus eng.data") == "HR.GEN.P1"
    assert resolve_focus(roster, "focus eng.data") == "ENG.DATA"
    with pytest.raises(RequestError, match=r"HR\.GEN\.P1.*ENG\.DATA"):
        resolve_end(roster, "focus eng.data")


def test_a_misspelt_code_names_the_closest_codes() -> None:
    with pytest.raises(UnknownError) as error:
        resolve_profile(read_roster(), "MANUFA.MANUFACTF95O.M3")
    assert error.value.closest[0] == "MANUFA.MANUFACTF950.M3"
    assert "did you mean MANUFA.MANUFACTF950.M3" in str(error.value)
    with pytest.raises(UnknownError) as error:
        resolve_focus(read_roster(), "proces.upstreamdf58")
    assert error.value.closest == ("PROCES.UPSTREAMDF5B",)


def test_a_misspelt_title_names_the_closest_titles(roster: Roster) -> None:
    with pytest.raises(UnknownError) as error:
        resolve_profile(roster, "Sofware Enginer")
    assert error.value.closest[0] == "Software  Engineer"


def test_equally_close_names_come_in_their_order_and_no_more_than_three() -> None:
    roster = make_roster({"A.X": ("P1", "P2", "P3", "P4", "P5")})
    with pytest.raises(UnknownError) as error:
        resolve_profile(roster, "A.X.P9")
    assert error.value.closest == ("A.X.P1", "A.X.P2", "A.X.P3")


def test_equally_close_titles_come_in_their_own_order_not_in_that_of_their_codes() -> None:
    roster = make_roster({"A.X": ("P1", "P2")}, titles={"A.X.P1": "Clerk B", "A.X.P2": "Clerk A"})
    with pytest.raises(UnknownError) as error:
        resolve_profile(roster, "Clerk C")
    assert error.value.closest == ("Clerk A", "Clerk B")


def test_what_resembles_nothing_says_where_to_look(roster: Roster) -> None:
    with pytest.raises(UnknownError, match="list profiles") as error:
        resolve_end(roster, "????????????????????")
    assert error.value.closest == ()


@pytest.mark.parametrize("text", ["HR.OLD.P1", "hr.old.p1", "clerk", "OLD", "Hr.Old"])
def test_a_retired_name_gives_its_successor(roster: Roster, text: str) -> None:
    with pytest.raises(RequestError, match=r"retired \(Gone\.\); ask for its successor HR\.GEN"):
        resolve_end(roster, text)


def test_a_retired_title_does_not_stand_in_the_way_of_the_one_in_use() -> None:
    roster = make_roster(
        {"A.X": ("P1", "P2")}, titles={"A.X.P1": "Clerk", "A.X.P2": "Clerk"}, retired={"A.X.P1": None}
    )
    assert resolve_profile(roster, "clerk") == "A.X.P2"


def test_a_retired_label_does_not_stand_in_the_way_of_the_one_in_use() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1",), "A.Y": ("P1",)}, retired={"A.X": None})
    focuses = tuple(focus.model_copy(update={"label": "Same"}) for focus in taxonomy.focuses)
    roster = Roster.from_taxonomy(taxonomy.model_copy(update={"focuses": focuses}))
    assert resolve_focus(roster, "same") == resolve_end(roster, "same") == "A.Y"


def test_letters_may_be_typed_in_parts() -> None:
    roster = make_roster({"A.X": ("P1",)}, titles={"A.X.P1": "Ingénieur"})
    assert resolve_profile(roster, "inge\u0301nieur") == "A.X.P1"


def test_a_code_goes_before_a_job_code_and_that_before_a_title() -> None:
    roster = make_roster(
        {"A.X": ("P1", "P2", "P3")},
        titles={"A.X.P3": "A.X.P1", "A.X.P1": "J2"},
        job_codes={"A.X.P2": "J2", "A.X.P3": "A.X"},
    )
    assert resolve_profile(roster, "a.x.p1") == "A.X.P1"
    assert resolve_profile(roster, "j2") == "A.X.P2"
    assert resolve_end(roster, "a.x") == "A.X"


def test_retired_names_are_not_proposed() -> None:
    roster = make_roster({"A.X": ("P1", "P2")}, retired={"A.X.P1": None})
    with pytest.raises(UnknownError) as error:
        resolve_profile(roster, "A.X.P11")
    assert error.value.closest == ("A.X.P2",)


def test_many_candidates_are_counted() -> None:
    roster = make_roster(
        {f"A.X{number:02}": ("P1",) for number in range(14)},
        titles={f"A.X{number:02}.P1": "Same" for number in range(14)},
    )
    with pytest.raises(RequestError, match=r"names 14 things.*A\.X09\.P1 \(Same\) and 4 more"):
        resolve_profile(roster, "same")
