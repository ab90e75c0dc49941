"""Roles near in content and not in the architecture."""

from __future__ import annotations

import pytest

from architectures import make_roster, read_roster
from rolegraph.careers.hidden import find_hidden
from rolegraph.errors import RequestError

SKILLS = {
    "A.X": list("abcde"),
    "A.Y": list("abcde"),
    "B.X": list("abcdx"),
    "B.Y": list("abxyz"),
    "C.X": list("abcde"),
}


def make_hidden_roster(**more: object):  # type: ignore[no-untyped-def]
    return make_roster(
        {
            "A.X": ("P1", "P6"),
            "A.Y": ("P1", "P6"),
            "B.X": ("P1", "P2"),
            "B.Y": ("P1",),
            "C.X": ("P1",),
            "D.X": ("P1",),
        },
        skills=SKILLS,
        groups={"A": "g", "C": "g"},
        **more,
    )


def test_what_is_near_in_content_and_not_in_structure_is_found() -> None:
    answer = find_hidden(make_hidden_roster(), "A.X.P1")
    # The own focus is left out, A.Y.P1 and C.X.P1 are near in structure, B.Y.P1 is far in content too.
    assert [(role.code, role.distance, role.band) for role in answer.hidden] == [
        ("A.Y.P6", 0.0, "confident"),
        ("B.X.P1", 0.333333, "confident"),
        ("B.X.P2", 0.333333, "confident"),
    ]
    assert [role.structural_band for role in answer.hidden] == ["no-match"] * 3
    assert [role.structural_distance for role in answer.hidden] == [0.744444, 0.666667, 0.777778]
    assert answer.hidden[1].shared == ("Skill a", "Skill b", "Skill c", "Skill d")
    assert answer.hidden[1].missing == ("Skill x",)
    assert (answer.reason, answer.left_out) == (None, 1)
    assert [role.code for role in find_hidden(make_hidden_roster(), "A.X.P1", 1).hidden] == ["A.Y.P6"]


def test_filters_narrow_it() -> None:
    roster = make_hidden_roster()
    assert [r.code for r in find_hidden(roster, "A.X.P1", filters={"functions": ["B"]}).hidden] == [
        "B.X.P1",
        "B.X.P2",
    ]
    assert [r.code for r in find_hidden(roster, "A.X.P1", filters={"within": 0.1}).hidden] == ["A.Y.P6"]


def test_where_there_is_none_the_answer_says_so() -> None:
    answer = find_hidden(read_roster(), "MANUFA.MANUFACTF950.M3")
    assert answer.hidden == ()
    assert "no role of another focus is near in content" in str(answer.reason)


def test_a_role_without_skills_has_no_content() -> None:
    answer = find_hidden(make_hidden_roster(), "D.X.P1")
    assert answer.hidden == ()
    assert "no skills are recorded" in str(answer.reason)


@pytest.mark.parametrize("edition", ["structural@1", "experience@1", "pay@1"])
def test_only_content_tells_what_is_hidden(edition: str) -> None:
    with pytest.raises(RequestError, match=f"{edition} does not compare skills"):
        find_hidden(make_hidden_roster(), "A.X.P1", edition=edition)


def test_editions_without_bands_tell_neither_near_nor_far() -> None:
    with pytest.raises(RequestError, match="pay@1 has no match bands"):
        find_hidden(make_hidden_roster(), "A.X.P1", structural_edition="pay@1")
    with pytest.raises(RequestError, match="k is 0"):
        find_hidden(make_hidden_roster(), "A.X.P1", 0)
