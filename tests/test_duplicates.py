"""Which skills are proposed as one, which are not, and what is then to write."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import rolegraph
from rolegraph.answers.skills import Merge
from rolegraph.cli.main import run
from rolegraph.duplicates.wordings import compare_wordings
from rolegraph.importing import import_release

SMALL = Path(__file__).parent / "fixtures" / "small"
CLASSIFICATIONS = Path(__file__).parent / "fixtures" / "classifications"
DOUGH = "skill/00000000-0000-4000-8000-000000000101"


def write(
    folder: Path,
    skills: dict[str, Any],
    uses: dict[str, dict[str, Any]] | None = None,
    releases: tuple[str, ...] = (),
) -> rolegraph.Architecture:
    """The small workshop with skills beside its own; ``uses`` adds to those of focuses."""
    shutil.copytree(SMALL, folder)
    for release in releases:
        import_release(release.split("-")[0], CLASSIFICATIONS / release, folder)
    file = folder / "skills.yaml"
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    document["skills"] |= {
        code: {"label": said} if isinstance(said, str) else said for code, said in skills.items()
    }
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    for focus, more in (uses or {}).items():
        path = folder / "focuses" / f"{focus}.yaml"
        text = path.read_text(encoding="utf-8")
        added = "".join(f"  {code}: {json.dumps(use)}\n" for code, use in more.items())
        path.write_text(text.replace("skills:\n", f"skills:\n{added}", 1), encoding="utf-8")
    return rolegraph.load(folder)


def tell(merges: tuple[Merge, ...]) -> list[tuple[str, str, str]]:
    return [(merge.strength, merge.kept, merge.other) for merge in merges]


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ("Aseptic technique", "Aseptic Technique", "sure"),
        ("Scale-up", "Scale\u2013up", "sure"),
        ("Scale-up", "Scaleup", "sure"),
        ("Pâtisserie work", "Patisserie work", "sure"),
        ("P&L management", "P and L management", "sure"),
        ("Design of experiments (DoE)", "Design of experiments", "sure"),
        ("Cleaning of tanks", "Cleaning of tank", "likely"),
        ("Batteries", "Battery", "likely"),
        ("Quality by design (QbD)", "QbD", "likely"),
        ("Validation of processes", "Processes of validation", "likely"),
        ("Technology transfer", "Technology transfer and scale-up", None),
        ("C++", "C#", None),
        ("Process modeling", "Process modes", None),
        ("Cell culture science", "Cell culture", None),
        ("…", "—", None),
    ],
)
def test_wordings(one: str, other: str, strength: str | None) -> None:
    for found in (compare_wordings(one, other), compare_wordings(other, one)):
        assert (None if found is None else found.strength) == strength


@given(st.text(alphabet="abcÄé -/()&s", max_size=20), st.text(alphabet="abcÄé -/()&s", max_size=20))
def test_wordings_are_compared_either_way(one: str, other: str) -> None:
    found, back = compare_wordings(one, other), compare_wordings(other, one)
    assert (found is None) == (back is None)
    assert found is None or back is None or found.strength == back.strength


def test_the_shipped_skills_are_none_of_them_one() -> None:
    answer = rolegraph.Architecture().skill_duplicates()
    assert answer.skills > 40
    assert answer.merges == ()


def test_nothing_is_proposed_for_what_overlaps_or_is_retired(tmp_path: Path) -> None:
    skills = {
        "technology-transfer": "Technology transfer",
        "technology-transfer-and-scale-up": "Technology transfer and scale-up",
        "rivetting": "riveting",
        "wheel-lacing": "Wheel lacing",
        "cell-culture": "Cell culture",
        "cell-culture-science": "Cell Culture Science",
    }
    assert write(tmp_path / "own", skills).skill_duplicates().merges == ()


def test_the_same_wording_is_one_and_what_to_write_makes_it_so(tmp_path: Path) -> None:
    skills = {
        "wheelbuilding": {
            "label": "WHEELBUILDING",
            "alternatives": [{"label": "Truing", "reason": "What it ends with."}],
        }
    }
    jobs = write(tmp_path / "own", skills, {"SALES.GEN": {"wheelbuilding": {}}})
    (merge,) = jobs.skill_duplicates().merges
    # The one that says more is kept.
    assert (merge.strength, merge.kept, merge.other) == ("sure", "wheel-building", "wheelbuilding")
    told = "“Wheel building” and “WHEELBUILDING”: the same letters; blanks or dashes are set otherwise."
    assert merge.reasons == (told,)
    assert merge.kept_focuses == ("BUILD1.FRAMES01",)
    assert merge.other_focuses == ("SALES.GEN",)
    assert "In SALES.GEN write wheel-building for wheelbuilding" in merge.todo
    written = yaml.safe_load(merge.yaml)["skills"]["wheel-building"]["alternatives"]
    assert [entry["label"] for entry in written] == ["WHEELBUILDING", "Truing"]
    # Doing so leaves nothing to propose.
    done = tmp_path / "done"
    shutil.copytree(tmp_path / "own", done)
    document = yaml.safe_load((done / "skills.yaml").read_text(encoding="utf-8"))
    del document["skills"]["wheelbuilding"]
    document["skills"]["wheel-building"]["alternatives"] += written
    (done / "skills.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    sales = done / "focuses" / "SALES.GEN.yaml"
    sales.write_text(
        sales.read_text(encoding="utf-8").replace(
            "wheelbuilding: {}", "wheel-building: {label: WHEELBUILDING}"
        ),
        encoding="utf-8",
    )
    assert rolegraph.load(done).skill_duplicates().merges == ()


def test_what_a_focus_lists_side_by_side_is_two_unless_the_words_are_the_same(tmp_path: Path) -> None:
    skills = {
        "tank-cleaning": "Cleaning of tanks",
        "tanks-cleaning": "Cleaning of tank",
        "brazing-2": "brazing",
    }
    beside = {"BUILD1.FRAMES01": {"tank-cleaning": {}, "tanks-cleaning": {}, "brazing-2": {}}}
    assert tell(write(tmp_path / "one", skills).skill_duplicates().merges) == [
        ("sure", "brazing", "brazing-2"),
        ("likely", "tank-cleaning", "tanks-cleaning"),
    ]
    (merge,) = write(tmp_path / "two", skills, beside).skill_duplicates().merges
    assert merge.strength == "sure"
    assert "BUILD1.FRAMES01 has both" in merge.todo


def test_a_slip_is_told_from_another_word(tmp_path: Path) -> None:
    skills = {
        "asseptic": "Asseptic filling",
        "aseptic": "Aseptic filling",
        "aseptic-technique": "Aseptic technique",
        # Both words are in use, or neither is: then they are two.
        "modelling-of-shapes": "Planning of shapes",
        "planing-of-shapes": "Planing of shapes",
        "planing": "Planing by hand",
        "planning": "Planning by hand",
        "ontology": "Ontology data",
        "oncology": "Oncology data",
    }
    (merge,) = write(tmp_path / "own", skills).skill_duplicates().merges
    assert tell((merge,)) == [("likely", "aseptic", "asseptic")]
    assert merge.reasons == ("Spelt nearly alike: asseptic stands nowhere else, aseptic does.",)


def test_one_description_is_one_skill_unless_many_share_it(tmp_path: Path) -> None:
    text = "Answers the questions of riders about fit and price."
    skills = {"talking": "Talking", "listening": {"label": "Listening", "definition": text}}
    uses = {"SALES.GEN": {"talking": {"description": text.upper()}}}
    (merge,) = write(tmp_path / "two", skills, uses).skill_duplicates().merges
    assert tell((merge,)) == [("likely", "talking", "listening")]
    assert "Its definition go with it." not in merge.todo
    assert "Its definition goes with it." in merge.todo
    third = skills | {"reading": {"label": "Reading", "definition": text}}
    assert write(tmp_path / "three", third, uses).skill_duplicates().merges == ()
    short = {
        "talking": {"label": "Talking", "definition": "Does it."},
        "reading": {"label": "Reading", "definition": "Does it."},
    }
    assert write(tmp_path / "short", short).skill_duplicates().merges == ()


def test_names_of_one_external_entry_and_exact_matches(tmp_path: Path) -> None:
    def match(predicate: str) -> list[dict[str, str]]:
        return [
            {
                "scheme": "esco",
                "code": DOUGH,
                "predicate": predicate,
                "justification": "ManualMappingCuration",
            }
        ]

    skills = {
        "kneading": {"label": "Kneading", "mappings": match("exactMatch")},
        "dough": {"label": "Dough work", "mappings": match("exactMatch")},
        "pizza": {"label": "Pizza bases", "mappings": match("closeMatch")},
    }
    jobs = write(tmp_path / "own", skills, releases=("esco-1.2.0",))
    (merge,) = jobs.skill_duplicates().merges
    assert tell((merge,)) == [("sure", "dough", "kneading")]
    assert merge.reasons == (f"Both are mapped to “knead dough” (esco {DOUGH}) as exactMatch.",)
    assert "mappings" not in yaml.safe_load(merge.yaml)["skills"]["dough"]


def test_two_names_of_one_external_skill_are_likely_one(tmp_path: Path) -> None:
    skills = {"knead": "Knead", "kneading": "Knead dough", "hygeine": "Hygeine", "hygiene": "Food Hygiene"}
    jobs = write(tmp_path / "own", skills, releases=("esco-1.1.1",))
    hygiene, knead = jobs.skill_duplicates().merges
    assert tell((hygiene, knead)) == [("likely", "hygeine", "hygiene"), ("likely", "knead", "kneading")]
    (told,) = knead.reasons
    assert (
        told
        == f"Both are names of “knead dough” (esco {DOUGH}): alternate label “Knead”, label “Knead dough”."
    )
    assert "hidden label “Hygeine”" in hygiene.reasons[0]
    written = yaml.safe_load(knead.yaml)["skills"]["knead"]
    assert written["mappings"] == [
        {"scheme": "esco", "code": DOUGH, "predicate": "exactMatch", "justification": "LexicalMatching"}
    ]
    assert written["alternatives"] == [{"label": "Knead dough", "reason": told}]


def test_exact_matches_to_different_entries_set_two_apart(tmp_path: Path) -> None:
    def match(code: str) -> list[dict[str, str]]:
        return [
            {
                "scheme": "esco",
                "code": code,
                "predicate": "exactMatch",
                "justification": "ManualMappingCuration",
            }
        ]

    other = DOUGH.replace("0101", "0102")
    skills = {
        "tank": {"label": "Cleaning of tank", "mappings": match(DOUGH)},
        "tanks": {"label": "Cleaning of tanks", "mappings": match(other)},
    }
    assert write(tmp_path / "own", skills, releases=("esco-1.2.0",)).skill_duplicates().merges == ()


def test_the_command_answers_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "own", {"brazing-2": "brazing"})
    call = ["skills", "duplicates", "--data", str(tmp_path / "own")]
    assert run(call) == 0
    out = capsys.readouterr().out
    assert "sure  Brazing brazing = brazing brazing-2" in out
    assert "brazing-2 is used by no focus" in out
    for form, part in (
        ("json", '"kept": "brazing"'),
        ("csv", "sure,brazing,Brazing,brazing-2"),
        ("md", "| sure | brazing"),
    ):
        assert run([*call, "--format", form]) == 0
        assert part in capsys.readouterr().out
    assert run(["skills", "duplicates", "--data", str(SMALL)]) == 0
    assert capsys.readouterr().out == "No two of 3 skills seem to be one.\n"
