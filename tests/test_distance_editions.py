"""Constants of editions: what is missing, unknown or out of range is named, all of it together."""

from __future__ import annotations

import pytest

from architectures import change_constants, make_taxonomy, read_shipped
from rolegraph.careers.adjacency import measure_distance
from rolegraph.careers.editions import find_edition_problems, read_constants
from rolegraph.careers.forms import FORMS
from rolegraph.careers.roster import Roster
from rolegraph.errors import InputError, RequestError


def find_rules(**changes: object) -> list[str]:
    named = {key.replace("__", "@1 ", 1).replace("_", "-"): value for key, value in changes.items()}
    return [
        problem.rule for problem in find_edition_problems(change_constants(read_shipped().editions, named))
    ]


def test_the_shipped_editions_have_every_constant_of_their_form() -> None:
    assert find_edition_problems(read_shipped().editions) == ()
    assert {edition.form for edition in read_shipped().editions} == set(FORMS)


def test_constants_become_whole_numbers() -> None:
    structural = read_shipped().edition_by_code["structural@1"]
    assert read_constants(structural) == [700, 1700, 2700, 6000, 9000, 2700, 4500]


def test_a_missing_and_an_unknown_constant_are_named() -> None:
    editions = change_constants(
        read_shipped().editions, {"structural@1 track": None, "structural@1 tracks": 1, "effort@1 rise": None}
    )
    problems = find_edition_problems(editions)
    assert [problem.rule for problem in problems] == [
        "constant-missing", "constant-missing", "constant-unknown",
    ]  # fmt: skip
    assert "rise" in problems[0].message
    assert problems[0].where == "edition.effort@1.constants"
    assert "track" in problems[1].message
    assert "tracks" in problems[2].message
    with pytest.raises(InputError) as error:
        Roster.from_taxonomy(read_shipped().model_copy(update={"editions": editions}))
    assert error.value.problems == problems


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"structural__track": 0}, "constant-range"),
        ({"structural__track": "-0.7"}, "constant-range"),
        ({"structural__same_function": 0}, "constant-range"),
        ({"structural__track": "0.7005"}, "constant-digits"),
        ({"structural__same_group": 1}, "constant-order"),
        ({"structural__band_confident": 5}, "constant-order"),
        ({"experience__stage_divisor": 0}, "constant-range"),
        ({"effort__promotion": 0}, "constant-range"),
        ({"effort__skill_share": "1.2"}, "constant-range"),
        ({"effort__keep_lateral": "2.5"}, "constant-digits"),
        ({"effort__keep_lateral": 0}, "constant-range"),
        ({"effort__skills": "0.0000001"}, "constant-digits"),
        ({"content__own_skill": 0}, "constant-range"),
        ({"content__band_confident": "0.7"}, "constant-order"),
        ({"content__least_skills": "2.5"}, "constant-digits"),
        ({"pay__truncation_ratio": 1}, "constant-range"),
    ],
)
def test_a_constant_that_breaks_the_arithmetic_is_refused(change: dict[str, object], rule: str) -> None:
    assert find_rules(**change) == [rule]


@pytest.mark.parametrize(
    "change", [{"effort__seniority": 0}, {"effort__unknown_share": 1}, {"structural__band_confident": 0}]
)
def test_limits_themselves_are_allowed(change: dict[str, object]) -> None:
    assert find_rules(**change) == []


def test_an_edition_of_a_form_unknown_here_is_refused_only_when_it_is_asked_for() -> None:
    taxonomy = make_taxonomy({"A.X": ("P1", "P2")})
    strange = taxonomy.editions[0].model_copy(update={"code": "strange@1", "form": "strange"})
    roster = Roster.from_taxonomy(taxonomy.model_copy(update={"editions": (*taxonomy.editions, strange)}))
    assert measure_distance(roster, "A.X.P1", "A.X.P2").distance == 0.111111
    with pytest.raises(
        RequestError, match=r"strange@1 \(form strange\) is not computed here; the distances .* content@1"
    ):
        measure_distance(roster, "A.X.P1", "A.X.P2", "strange@1")
