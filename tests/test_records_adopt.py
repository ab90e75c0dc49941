"""Skills of a source find those of a folder: the same, likely the same, or new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolegraph.model.reference import Alternative, Skill, SkillDescriptor
from rolegraph.records.merging.adopt import adopt_skills
from rolegraph.records.merging.likeness import explain_likeness, list_forms
from strategies import labels


def make(code: str, label: str, *others: str, **fields: object) -> Skill:
    alternatives = tuple(Alternative(label=other, reason="A test.") for other in others)
    return Skill(code=code, label=label, alternatives=alternatives, **fields)  # type: ignore[arg-type]


KNOWN = (
    make("oven-control", "Oven control", "Running the oven"),
    make("shelf-life", "Shelf life testing (SLT)"),
    make("food-safety", "Food safety"),
)


@pytest.mark.parametrize("label", ["Oven control", "Running the oven"])
def test_a_wording_that_is_known_exactly_is_that_skill(label: str) -> None:
    adoption = adopt_skills(KNOWN, [make("x", label)], merge=False)
    assert adoption.codes == {"x": "oven-control"}
    assert adoption.skills == tuple(sorted(KNOWN, key=lambda s: s.code))
    assert adoption.proposals == ()


LIKELY = [
    ("Oven Control", "oven-control", "The same words in other letter case."),
    ("OVEN  CONTROL", "oven-control", "The same words in other letter case."),
    ("Oven-control", "oven-control", "The same words with other punctuation."),
    ("Control oven", "oven-control", "The same words in another order."),
    ("Oven control (OC)", "oven-control", "The same words; one adds the abbreviation OC in brackets."),
    ("Shelf life testing", "shelf-life", "The same words; one adds the abbreviation SLT in brackets."),
    ("SHELF LIFE TESTING (Slt)", "shelf-life", "The same words in other letter case."),
    ("SLT", "shelf-life", "The same words, once in full and once as the abbreviation SLT."),
    ("Testing shelf life", "shelf-life",
     "The same words in another order, and the abbreviation SLT in brackets."),
]  # fmt: skip


@pytest.mark.parametrize(("label", "code", "reason"), LIKELY)
def test_a_likely_wording_is_proposed_and_not_merged(label: str, code: str, reason: str) -> None:
    adoption = adopt_skills(KNOWN, [make("x", label)], merge=False)
    assert adoption.codes == {"x": "x"}
    assert [(p.label, p.known, p.reason, p.merged) for p in adoption.proposals] == [
        (label, code, reason, False)
    ]
    assert {skill.code for skill in adoption.skills} == {"x", *(skill.code for skill in KNOWN)}


@pytest.mark.parametrize(("label", "code", "reason"), LIKELY)
def test_a_likely_wording_is_merged_where_that_is_asked_for(label: str, code: str, reason: str) -> None:
    adoption = adopt_skills(KNOWN, [make("x", label)], merge=True)
    assert adoption.codes == {"x": code}
    [skill] = [skill for skill in adoption.skills if skill.code == code]
    assert skill.alternatives[-1] == Alternative(label=label, reason=reason)
    assert len(adoption.skills) == len(KNOWN)
    again = adopt_skills(adoption.skills, [make("x", label)], merge=False)
    assert (again.codes, again.proposals) == ({"x": code}, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"), ("C++", "C#"), ("Food safety", "Food security"), ("Audit (internal)", "Audit"),
        ("Permits (EU)", "Permits (US)"), ("R", "R&D"), ("Welding level 1", "Welding level 2"), ("---", "???"),
    ],
)  # fmt: skip
def test_what_differs_by_more_is_two_skills(one: str, other: str) -> None:
    adoption = adopt_skills([make("a", one)], [make("b", other)], merge=True)
    assert adoption.codes == {"b": "b"}
    assert adoption.proposals == ()


def test_skills_of_a_source_are_compared_with_each_other_in_the_order_of_their_labels() -> None:
    incoming = [make("b", "sour dough"), make("a", "Sour dough"), make("c", "Sour Dough")]
    forwards, backwards = (adopt_skills((), order, merge=True) for order in (incoming, incoming[::-1]))
    assert forwards == backwards
    assert forwards.codes == {"a": "c", "b": "c", "c": "c"}
    [skill] = forwards.skills
    assert (skill.label, [a.label for a in skill.alternatives]) == (
        "Sour Dough",
        ["Sour dough", "sour dough"],
    )


def test_a_code_that_is_taken_gets_a_number() -> None:
    known = [make("baking", "Baking"), make("baking-2", "Baking of cakes")]
    adoption = adopt_skills(known, [make("baking", "Baking!!! at home")], merge=False)
    assert adoption.codes == {"baking": "baking-3"}
    assert [skill.code for skill in adoption.skills] == ["baking", "baking-2", "baking-3"]


def test_what_a_source_says_of_a_known_skill_fills_what_is_empty_and_overwrites_nothing() -> None:
    def text(step: str, words: str) -> SkillDescriptor:
        return SkillDescriptor(proficiency=step, text=words)

    known = make("a", "Proofing", descriptors=(text("basic", "Watches the dough."),))
    stated = make(
        "x", "Proofing", "Letting rise", definition="Letting dough rise.",
        descriptors=(text("basic", "Looks at the dough."), text("expert", "Feels the dough.")),
    )  # fmt: skip
    adoption = adopt_skills([known], [stated], merge=False)
    [skill] = adoption.skills
    assert skill.definition == "Letting dough rise."
    assert skill.descriptors == (text("basic", "Watches the dough."), text("expert", "Feels the dough."))
    assert [a.label for a in skill.alternatives] == ["Letting rise"]
    assert [(c.known, c.field, c.kept, c.stated) for c in adoption.clashes] == [
        ("a", ("descriptors", "basic"), "Watches the dough.", "Looks at the dough.")
    ]


def test_a_long_row_of_small_words_is_judged_all_the_same() -> None:
    assert list_forms("a of " * 3000 + "(AO)")


@given(st.lists(labels(), max_size=8), st.lists(labels(), max_size=8), st.booleans())
def test_every_wording_gets_a_skill_that_has_it(known: list[str], incoming: list[str], merge: bool) -> None:
    own = [make(f"k{i}", label) for i, label in enumerate(dict.fromkeys(known))]
    stated = [make(f"x{i}", label) for i, label in enumerate(dict.fromkeys(incoming))]
    adoption = adopt_skills(own, stated, merge=merge)
    by_code = {skill.code: skill for skill in adoption.skills}
    assert len(by_code) == len(adoption.skills)
    for skill in stated:
        found = by_code[adoption.codes[skill.code]]
        assert skill.label in {found.label, *(a.label for a in found.alternatives)}
    for skill in adoption.skills:
        Skill.model_validate(skill.model_dump())


@given(labels(), labels())
def test_likeness_can_be_explained(one: str, other: str) -> None:
    if one != other and set(list_forms(one)) & set(list_forms(other)):
        assert explain_likeness(one, other).startswith("The same words")
