"""From a person's skills to roles: what is recognised, what is offered, when there is no answer; and their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from architectures import make_roster, make_taxonomy, read_roster
from rolegraph.careers.person import rank_for_person, recognise
from rolegraph.careers.roster import Roster
from rolegraph.errors import InputError, RequestError
from rolegraph.model.reference import Alternative, Skill
from rolegraph.model.roles import SkillUse
from rolegraph.skillfile import read_skills


def make_worded_roster() -> Roster:
    """Skills with alternatives and a focus's own wording, one of which two skills share."""
    taxonomy = make_taxonomy({"A.X": ("P1",)}, skills={"A.X": ("a", "b", "c")})
    skills = (
        Skill(
            code="a", label="Cell culture", alternatives=(Alternative(label="Tissue work", reason="Same."),)
        ),
        Skill(code="b", label="Größen-Prüfung"),
        Skill(code="c", label="Driving"),
    )
    [focus] = taxonomy.focuses
    uses = (
        SkillUse(skill="a", label="Growing cells"),
        SkillUse(skill="b", label="Checks"),
        SkillUse(skill="c", label="Checks"),
    )
    return Roster.from_taxonomy(
        taxonomy.model_copy(
            update={"skills": skills, "focuses": (focus.model_copy(update={"skills": uses}),)}
        )
    )


@pytest.mark.parametrize(
    ("given", "skill"),
    [
        ("Cell culture", "a"),
        ("  CELL   Culture ", "a"),
        ("cell-culture", "a"),
        ("tissue work", "a"),
        ("growing cells", "a"),
        ("GRÖSSEN–PRÜFUNG", "b"),
        ("Gro\u0308ßen Pru\u0308fung", "b"),
    ],
)
def test_a_skill_is_recognised_by_all_its_wordings(given: str, skill: str) -> None:
    [(_, found)], unrecognised = recognise(make_worded_roster(), [given])
    assert (found.given, found.skill, unrecognised) == (given, skill, ())


@pytest.mark.parametrize(
    ("given", "closest"),
    [
        ("Cell cultures", ("Cell culture",)),
        ("culture of cell", ("Cell culture",)),
        ("Checks", ("Größen-Prüfung", "Driving")),
        ("Astronomy", ()),
    ],
)
def test_what_is_close_or_names_several_is_offered_and_not_taken(
    given: str, closest: tuple[str, ...]
) -> None:
    recognised, [unknown] = recognise(make_worded_roster(), [given])
    assert recognised == []
    assert (unknown.given, unknown.closest) == (given, closest)


def make_shortened_roster() -> Roster:
    """Skills with brackets at their end, and skills whose labels differ in letter case only from wordings."""
    labels = {
        "a": "Liquid chromatography (HPLC)", "b": "Gas chromatography (GC)", "c": "Grounds care (GC)",
        "d": "Python (programming language)", "e": "Aseptic technique", "f": "Reading; writing",
        "g": "Welding of pipes",
    }  # fmt: skip
    taxonomy = make_taxonomy({"A.X": ("P1",)}, skills={"A.X": tuple(labels)})
    skills = tuple(Skill(code=code, label=label) for code, label in labels.items())
    [focus] = taxonomy.focuses
    uses = tuple(
        SkillUse(skill=code, label={"e": "Aseptic Technique", "g": "Pipe welding"}.get(code))
        for code in labels
    )
    return Roster.from_taxonomy(
        taxonomy.model_copy(
            update={"skills": skills, "focuses": (focus.model_copy(update={"skills": uses}),)}
        )
    )


@pytest.mark.parametrize(
    ("given", "skills"),
    [
        ("HPLC", ["a"]),
        ("liquid chromatography", ["a"]),
        ("Python", ["d"]),
        # What stands in brackets is no abbreviation.
        ("programming language", []),
        # Two skills are abbreviated so.
        ("GC", []),
        ("HPLC; Python;aseptic technique", ["a", "d", "e"]),
        ("HPLC;Astronomy", []),
        ("HPLC;GC", []),
        ("Reading; writing", ["f"]),
    ],
)
def test_abbreviations_and_several_skills_on_a_line_are_recognised(given: str, skills: list[str]) -> None:
    recognised, unrecognised = recognise(make_shortened_roster(), [given])
    assert [found.skill for _, found in recognised] == skills
    assert [unknown.given for unknown in unrecognised] == ([] if skills else [given])


def test_a_skill_is_offered_once() -> None:
    _, [unknown] = recognise(make_shortened_roster(), ["Aseptic techniques"])
    assert [wording.casefold() for wording in unknown.closest] == ["aseptic technique"]
    # Two wordings of one skill are close.
    _, [unknown] = recognise(make_shortened_roster(), ["Welding pipe"])
    assert unknown.closest == ("Pipe welding",)
    _, [unknown] = recognise(make_shortened_roster(), ["GC"])
    assert unknown.closest == ("Gas chromatography (GC)", "Grounds care (GC)")


def test_what_skills_do_not_tell_stands_beside_the_answer() -> None:
    roster = make_roster({"A.X": ("P1", "P2"), "B.X": ("P1",)}, skills={"A.X": "abc", "B.X": "abc"})
    [note] = rank_for_person(roster, ["Skill a", "Skill b", "Skill c"]).notes
    assert note == (
        "the skills of A.X are recorded for the whole focus, not per level: they cannot tell its levels apart, and its"
        " rungs stand in the order of their codes"
    )
    empty = rank_for_person(roster, ["Skill a", "Skill b", "Skill c"], filters={"levels": ["P4"]})
    assert (empty.adjacent, empty.reason) == ((), "no role lies within what was asked for")


def test_roles_are_ranked_by_what_they_share_with_a_person() -> None:
    skills = {"A.X": ("a", "b", "c", "d"), "A.Y": ("a", "b", "c"), "B.X": ("x",), "B.Y": ("c", "y")}
    roster = make_roster(
        {"A.X": ("P1", "P2"), "A.Y": ("P1",), "B.X": ("P1",), "B.Y": ("P1",), "B.Z": ("P1",)}, skills=skills
    )
    answer = rank_for_person(roster, ["Skill a", "skill B", "Skill c", "Skill q"])
    assert [(n.code, n.distance, n.band) for n in answer.adjacent] == [
        ("A.Y.P1", 0.0, "confident"), ("A.X.P1", 0.25, "confident"), ("A.X.P2", 0.25, "confident"),
        ("B.Y.P1", 0.75, "no-match"), ("B.X.P1", 1.0, "no-match"),
    ]  # fmt: skip
    nearest = answer.adjacent[1]
    assert nearest.shared == ("Skill a", "Skill b", "Skill c")
    assert nearest.missing == ("Skill d",)
    assert nearest.components == {"shared": 3, "together": 4}
    assert [known.skill for known in answer.recognised] == ["a", "b", "c"]
    assert [unknown.given for unknown in answer.unrecognised] == ["Skill q"]
    assert (answer.reason, answer.left_out) == (None, 1)
    narrow = rank_for_person(
        roster, ["Skill a", "Skill b", "Skill c"], 9, filters={"functions": ["B"], "within": 0.8}
    )
    assert [n.code for n in narrow.adjacent] == ["B.Y.P1"]


@pytest.mark.parametrize(
    ("skills", "told"),
    [
        (["Skill a"], "1 of the 1 skills given is recognised, and"),
        (["Skill a", "skill-a", "Skill b"], "3 of the 3 skills given are recognised as 2 different, and"),
        (["?"], "0 of the 1 skills given are recognised, and"),
    ],
)
def test_too_few_recognised_skills_give_no_answer(skills: list[str], told: str) -> None:
    roster = make_roster({"A.X": ("P1",)}, skills={"A.X": ("a", "b", "c")})
    answer = rank_for_person(roster, skills)
    assert answer.adjacent == ()
    assert str(answer.reason).startswith(told)
    assert "least-skills" in str(answer.reason)


def test_how_many_must_be_recognised_is_a_constant() -> None:
    roster = make_roster(
        {"A.X": ("P1",)}, skills={"A.X": ("a", "b", "c")}, constants={"content@1 least-skills": 1}
    )
    assert rank_for_person(roster, ["Skill a"]).adjacent[0].distance == 0.666667


def test_only_editions_of_content_compare_skills() -> None:
    with pytest.raises(RequestError, match=r"structural@1 does not compare skills"):
        rank_for_person(read_roster(), ["Aseptic technique"], edition="structural@1")
    with pytest.raises(RequestError, match="k is 0"):
        rank_for_person(read_roster(), ["Aseptic technique"], 0)


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("skills.txt", b"GMP\nCell culture\n"),
        ("skills.txt", b"\xef\xbb\xbfGMP\r\n\r\n  Cell   culture  \r\nGMP\r\n"),
        ("skills.csv", b"Skill,Years\nGMP,3\nCell culture,2\n"),
        ("skills.csv", b'GMP;3\n"Cell culture";2\n'),
        ("skills.csv", b'# mine, of May\nSkill;Years\nGMP;3\n  # and;\n"Cell culture";2\n'),
        ("skills.txt", b"# mine\nGMP\n #\nCell culture\n"),
        ("skills.json", b'["GMP", "Cell culture"]'),
        ("skills.txt", b' ["GMP", "Cell culture"]'),
    ],
)
def test_a_file_of_skills_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert read_skills(tmp_path / name) == ("GMP", "Cell culture")


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "skills-empty", None),
        (b" \n\n", "skills-empty", None),
        (b"# GMP\n", "skills-empty", None),
        (b"[]", "skills-empty", None),
        (b"GMP\n\xff\n", "skills-encoding", 2),
        (b"GMP\0", "skills-form", None),
        (b'[\n"GMP",\n]', "skills-json", 3),
        (b'{"skills": []}', "skills-json", None),
        (b'["GMP", 3]', "skills-json", None),
        (b"[" * 100_000, "skills-json", None),
        ("\n".join(map(str, range(10_001))).encode(), "skills-many", None),
    ],
)
def test_a_file_that_holds_no_skills_is_refused(
    tmp_path: Path, data: bytes, rule: str, line: int | None
) -> None:
    path = tmp_path / "skills.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_skills(path)
    [problem] = error.value.problems
    assert problem.rule == rule
    assert problem.remedy
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (str(path), line)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match="skills-unreadable"):
            read_skills(path)
