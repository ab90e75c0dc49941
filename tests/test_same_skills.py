"""Skills under two codes that are exactly one external concept are one skill, in every answer about careers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architectures import draw_architecture, make_taxonomy
from ground import add_mappings, map_to
from rolegraph.careers.adjacency import measure_distance
from rolegraph.careers.gap import find_skill_gap
from rolegraph.careers.hidden import find_hidden
from rolegraph.careers.moves import Moves
from rolegraph.careers.person import rank_for_person, recognise
from rolegraph.careers.roster import Roster
from rolegraph.comparison import compare_profiles
from rolegraph.model.mapping import Predicate
from rolegraph.model.reference import Proficiency
from rolegraph.model.roles import Requirement, SkillUse
from rolegraph.model.taxonomy import Taxonomy

SKILLS = {"A.X": ["alpha", "beta", "own"], "B.Y": ["gamma", "beta", "other"]}
CONCEPT = "esco/skill/s1"


def make_united(predicate: Predicate = "exactMatch") -> Taxonomy:
    """Two focuses whose skills alpha and gamma are one concept."""
    return add_mappings(
        make_taxonomy({"A.X": ["P1", "P2"], "B.Y": ["P1"]}, skills=SKILLS),
        skills={"alpha": [map_to(CONCEPT, predicate)], "gamma": [map_to(CONCEPT, predicate)]},
    )


def test_the_smallest_code_stands_for_all_that_are_the_same() -> None:
    taxonomy = add_mappings(
        make_taxonomy({"A.X": ["P1"]}, skills={"A.X": ["a", "b", "c", "d", "e", "f"]}),
        skills={
            "d": ["esco/skill/1"],
            "c": ["esco/skill/1", "esco/skill/2"],
            "b": ["esco/skill/2", map_to("esco/skill/3", "closeMatch")],
            "e": ["esco/skill/3"],
            "f": [map_to("esco/skill/1", "narrowMatch")],
        },
    )
    assert dict(taxonomy.canonical_skills) == {"a": "a", "b": "b", "c": "b", "d": "b", "e": "e", "f": "f"}
    assert taxonomy.same_skill("d") == "b"


@pytest.mark.parametrize(
    ("predicate", "shared", "together"), [("exactMatch", 2, 4), ("closeMatch", 1, 5), ("broadMatch", 1, 5)]
)
def test_content_counts_them_once(predicate: Predicate, shared: int, together: int) -> None:
    roster = Roster.from_taxonomy(make_united(predicate))
    found = measure_distance(roster, "A.X.P1", "B.Y.P1", "content@1")
    assert found.components == {"shared": shared, "together": together}
    assert found.plain == f"{shared} of {together} skills shared"


def test_gaps_and_moves_keep_what_the_origin_calls_otherwise() -> None:
    roster = Roster.from_taxonomy(make_united())
    origin, destination = roster.locate_profile("A.X.P1"), roster.locate_profile("B.Y.P1")
    gap = find_skill_gap(roster, origin, destination)
    # The wording is that of the destination's own skill, the code that of the one that stands for both.
    assert [(skill.code, skill.label) for skill in gap.keep] == [
        ("alpha", "Skill gamma"),
        ("beta", "Skill beta"),
    ]
    assert "as “Skill alpha”" in gap.keep[0].evidence
    assert [skill.code for skill in gap.gain] == ["other"]
    split = Moves(roster).skills.split_skills(origin, destination)
    assert (split.gain, split.keep) == (("Skill other",), ("Skill gamma", "Skill beta"))
    [hidden] = find_hidden(roster, "A.X.P1").hidden
    assert (hidden.shared, hidden.missing) == (("Skill gamma", "Skill beta"), ("Skill other",))


def test_side_by_side_they_are_one_row() -> None:
    taxonomy = make_united()
    rows = compare_profiles(taxonomy, Roster.from_taxonomy(taxonomy), ["A.X.P1", "B.Y.P1"]).rows
    told = {row.row: row.values for row in rows if row.row.startswith("Skill ")}
    assert told == {
        "Skill alpha": ("yes", "yes"),
        "Skill beta": ("yes", "yes"),
        "Skill own": ("yes", "no"),
        "Skill other": ("no", "yes"),
    }


def test_a_person_is_understood_by_the_words_of_either() -> None:
    roster = Roster.from_taxonomy(make_united())
    recognised, unknown = recognise(roster, ["Skill gamma", "skill ALPHA"])
    assert [(found.skill, found.label) for _, found in recognised] == [("alpha", "Skill alpha")] * 2
    assert unknown == ()
    answer = rank_for_person(roster, ["Skill gamma", "Skill alpha", "Skill beta"])
    assert answer.reason is not None
    assert "as 2 different" in answer.reason
    [*near] = rank_for_person(roster, ["Skill gamma", "Skill beta", "Skill own"]).adjacent
    assert near[0].distance == 0
    assert near[0].shared == ("Skill alpha", "Skill beta", "Skill own")


def test_of_two_uses_in_one_focus_the_first_stands() -> None:
    taxonomy = make_united()
    [first, second] = taxonomy.focuses
    asked = Requirement(level="P1", proficiency="deft")
    uses = (SkillUse(skill="gamma", label="Gammas", proficiency=(asked,)), *first.skills)
    taxonomy = taxonomy.replace_parts(
        focuses=(first.model_copy(update={"skills": uses}), second),
        proficiencies=(Proficiency(code="deft", label="Deft", rank=1),),
    )
    roster = Roster.from_taxonomy(taxonomy)
    found = roster.uses_of(roster.locate_profile("A.X.P1"))
    words = [roster.wording_of(use) for use, _ in found.values()]
    assert words == ["Gammas", "Skill beta", "Skill own"]
    assert [step for _, step in found.values()] == [0, None, None]
    assert measure_distance(roster, "A.X.P1", "B.Y.P1", "content@1").components == {
        "shared": 2,
        "together": 4,
    }
    rows = compare_profiles(taxonomy, roster, ["A.X.P1", "B.Y.P1"]).rows
    assert ("yes, at Deft", "yes") in {row.values for row in rows}


@given(seed=st.integers(0, 2**32 - 1))
def test_united_skills_are_as_if_one_code_had_been_used(seed: int) -> None:
    random = Random(seed)
    taxonomy = draw_architecture(random, most=5)
    united = add_mappings(
        taxonomy,
        skills={
            s.code: [f"esco/skill/{random.randint(0, 3)}"] for s in taxonomy.skills if random.random() < 0.6
        },
    )
    focuses = []
    for focus in united.focuses:
        renamed: dict[str, SkillUse] = {}
        for use in focus.skills:
            code = united.same_skill(use.skill)
            # Which of two uses stands matters where they are limited to levels: only equal ones are compared here.
            renamed.setdefault(code, use.model_copy(update={"skill": code, "levels": ()}))
        plain = tuple(use.model_copy(update={"levels": ()}) for use in focus.skills)
        focuses.append(
            (
                focus.model_copy(update={"skills": plain}),
                focus.model_copy(update={"skills": (*renamed.values(),)}),
            )
        )
    first = Roster.from_taxonomy(united.replace_parts(focuses=tuple(one for one, _ in focuses)))
    second = Roster.from_taxonomy(taxonomy.replace_parts(focuses=tuple(other for _, other in focuses)))
    assert [*first.profile_set] == [*second.profile_set]
    assert [first.set_skills[at] for at in range(len(first.set_skills))] == [
        second.set_skills[at] for at in range(len(second.set_skills))
    ]
    one, other = Moves(first), Moves(second)
    for at in first.active_profiles():
        assert one.list_steps(at) == other.list_steps(at)
