"""Profile pages of both forms are read completely and verbatim; several pages of one focus make one record."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages import find_line, replace_line
from rolegraph.errors import Place
from rolegraph.model.roles import Focus
from rolegraph.records.intake import Intake
from rolegraph.records.page import PageHarvest, read_page, read_pages
from rolegraph.records.page.forms import FORMS, find_form
from rolegraph.records.page.lines import split_lines
from rolegraph.records.render import to_document

FIXTURES = Path(__file__).parent / "fixtures" / "pages"
GOLDEN = FIXTURES / "golden"
REGENERATE = "ROLEGRAPH_GOLDEN=write python -m pytest tests/test_records_page.py -k golden"
BAKERY = "BAKERY.SOURDOUG7C21"
HARBOUR = "HARBOR2.BERTHPLA00FE"


def load(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


def read(*pages: tuple[str, str], **options: Any) -> PageHarvest:
    return read_pages([(name, text.encode()) for name, text in pages], **options)


def read_one(name: str, change: Callable[[str], str] = lambda text: text) -> Intake:
    harvest = read((name, change(load(name))))
    assert [str(problem) for problem in harvest.problems] == []
    return harvest.intake


def to_plain(intake: Intake) -> dict[str, Any]:
    """Records, places and notes of an intake, as JSON holds them."""
    kinds = ("functions", "tracks", "levels", "skills", "focuses")
    records = {kind: [to_document(record) for record in getattr(intake, kind)] for kind in kinds}
    places = {"/".join(key): str(place) for key, place in sorted(intake.places.items())}
    return {**records, "places": places, "notes": [str(note) for note in intake.notes]}


@pytest.mark.parametrize(
    "names",
    [("bakery_m2.txt",), ("harbour_p2.md",), ("harbour_p2.html",), ("bakery_m2.txt", "bakery_m3.txt")],
)
def test_records_are_the_golden_ones(names: tuple[str, ...]) -> None:
    harvest = read(*((name, load(name)) for name in names))
    assert harvest.problems == ()
    found = json.dumps(to_plain(harvest.intake), indent=1, ensure_ascii=False) + "\n"
    file = GOLDEN / f"{'+'.join(Path(name).name for name in names)}.json"
    if os.environ.get("ROLEGRAPH_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8"), f"if this is right: {REGENERATE}"


def test_form_a_states_what_its_badges_and_facts_show() -> None:
    (focus,) = read_one("bakery_m2.txt").focuses
    profile = next(p for p in focus.profiles if p.basis == "documented")
    assert (profile.code, profile.status, profile.region, profile.version) == (
        f"{BAKERY}.M2", "in-review", "emea", "v2.1",
    )  # fmt: skip
    assert profile.confidence is not None
    assert (str(profile.confidence.value), profile.confidence.label) == ("0.75", "medium")
    assert profile.pay is not None
    assert (profile.pay.low, profile.pay.median, profile.pay.high) == (44000, 52500, 61000)
    assert (profile.pay.currency, profile.pay.assigned, profile.pay.inherited) == (
        "USD", ("currency", "duration"), False,
    )  # fmt: skip
    assert [(s.dimension, str(s.value)) for s in profile.review] == [
        ("level-differentiation", "4.0"), ("focus-specificity", "4.5"), ("real-world-coverage", "5"),
    ]  # fmt: skip
    assert (profile.source_count, profile.sources) == (3, ())
    assert profile.aliases == ("Head of Shift, Bakery", "Night Baker")


def test_levels_of_a_page_are_implied_but_its_own() -> None:
    (focus,) = read_one("bakery_m2.txt").focuses
    assert [(p.level, p.basis, p.title is not None) for p in focus.profiles] == [
        ("M1", "implied", False), ("M2", "documented", True), ("M3", "implied", False),
    ]  # fmt: skip
    assert [len(p.responsibilities) for p in focus.profiles] == [2, 3, 1]
    assert focus.split == "stated"


def test_form_b_leaves_empty_what_it_does_not_state() -> None:
    intake = read_one("harbour_p2.md")
    (focus,) = intake.focuses
    profile = next(p for p in focus.profiles if p.basis == "documented")
    assert intake.functions[0].label is None
    stated = (
        profile.status,
        profile.version,
        profile.region,
        profile.confidence,
        profile.pay,
        profile.review,
    )
    assert stated == (None, None, None, None, None, ())
    assert [level.code for level in intake.levels] == ["P2"]
    assert intake.tracks == ()


def test_form_b_keeps_count_list_and_occupations_of_sources() -> None:
    (focus,) = read_one("harbour_p2.md").focuses
    profile = focus.profiles[1]
    assert profile.source_count == 3
    assert [source.occupation for source in profile.sources] == ["53-6051.07", None, None]
    (mapping,) = profile.mappings
    assert (mapping.scheme, mapping.code, mapping.predicate, mapping.justification, mapping.tool) == (
        "soc-2018", "53-6051", "broadMatch", "UnspecifiedMatching", "quay-map.resolve",
    )  # fmt: skip
    assert mapping.assigned == ("justification", "predicate")


def test_the_definition_stays_whole_and_its_exclusions_are_repeated() -> None:
    (focus,) = read_one("bakery_m2.txt").focuses
    assert focus.definition is not None
    assert focus.definition.startswith("Runs the making")
    assert focus.definition.endswith("of its handbook).")
    assert focus.exclusions == (
        "Distinct from Pastry, e.g. Puff dough, and from Shop Sales: this focus answers for loaves and nothing else.",
    )


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Material PAY and SKILL differential vs the function baseline.", ("pay", "skill")),
        ("Material PAY differential vs the function baseline.", ("pay",)),
        ("Material SKILL differential vs. the function baseline", ("skill",)),
        ("", ()),
    ],
)
def test_the_differential_is_one_kind_or_both(sentence: str, kinds: tuple[str, ...]) -> None:
    intake = read_one("harbour_p2.md", lambda text: replace_line(text, "Material SKILL", sentence))
    assert intake.focuses[0].differential == kinds


def test_every_part_is_found_at_its_line() -> None:
    text = load("bakery_m2.txt")
    intake = read_one("bakery_m2.txt")
    (focus,) = intake.focuses
    profile = focus.profiles[1]

    def place(*path: str) -> int | None:
        found = intake.find_place("focus", BAKERY, *path)
        assert found is not None
        return found.line

    assert place("definition") == find_line(text, "Runs the making")
    assert place("label") == find_line(text, "Focus — ")
    assert place("levels", "M2", "pay") == find_line(text, "$52.5k")
    assert place("levels", "M2", "status") == find_line(text, "M2M2")
    assert place("levels", "M2", "title") == find_line(text, "Sourdough Baking (Dough/Oven) — M2")
    assert place("levels", "M3", "guideline", "experience") == find_line(text, "M3Brings")
    assert place("levels", "M2", "responsibilities", profile.responsibilities[2].id) == find_line(
        text, "• Keeps"
    )
    assert place("skills", "r-d-tasting", "description") == find_line(text, "Judging")
    assert place("levels", "M2", "review", "focus-specificity") == find_line(text, "Level differentiation")
    assert place("levels", "M2", "mappings", "soc-2018/51-3011") == find_line(text, "• code=")
    assert intake.places["level", "M2", "years"].line == find_line(text, "4–6 yrs")
    assert intake.places["level", "M2", "decision_rights"].line == find_line(text, "Decides on batches and")
    assert intake.places["function", "BAKERY", "label"].line == find_line(text, "Bread Production")
    assert intake.places["skill", "starter-care"].line == find_line(text, "Starter care")


def test_the_form_is_recognised_by_content_and_not_by_name() -> None:
    names = {name: find_form(split_lines(load(name)).lines) for name in ("bakery_m2.txt", "harbour_p2.md")}
    assert names == {"bakery_m2.txt": FORMS[0], "harbour_p2.md": FORMS[1]}
    as_other = read(("harbour_p2.md", load("bakery_m2.txt")))
    assert as_other.intake.focuses == read_one("bakery_m2.txt").focuses


def test_a_page_of_html_says_what_a_reader_sees() -> None:
    intake = read_one("harbour_p2.html")
    (focus,) = intake.focuses
    p1, p2 = focus.profiles
    assert p1.responsibilities[1].text.endswith("over 200 m")
    assert p2.responsibilities[0].text.endswith("in the morning meeting")
    assert p2.guideline is not None
    assert (p2.guideline.complexity, p2.guideline.collaboration) == (
        None, "Works with pilots, tugs and the yard.",
    )  # fmt: skip
    assert [note.rule for note in intake.notes] == [
        "page-definition-differs", "page-guideline-empty", "page-line-unknown",
    ]  # fmt: skip
    assert intake.notes[2].place == Place("harbour_p2.html", find_line(load("harbour_p2.html"), "<footer>"))


def test_counts_are_for_the_pages_that_need_them() -> None:
    uneven = load("harbour_p2.md").replace(
        "- Speaks for the port in the round of the neighbouring ports\n", ""
    )
    even = load("harbour_p2.md").replace("00FE", "00FF")
    harvest = read(("a", uneven), ("b", even), ("c", load("bakery_m2.txt")), counts=(2, 2, 1))
    assert harvest.problems == ()
    splits = {focus.code: focus.split for focus in harvest.intake.focuses}
    assert splits == {HARBOUR: "given", "HARBOR2.BERTHPLA00FF": "even", BAKERY: "stated"}
    given = next(focus for focus in harvest.intake.focuses if focus.code == HARBOUR)
    assert [len(p.responsibilities) for p in given.profiles] == [2, 2, 1]


@pytest.fixture
def both() -> tuple[tuple[str, str], tuple[str, str]]:
    return ("m2", load("bakery_m2.txt")), ("m3", load("bakery_m3.txt"))


def find_disagreements(harvest: PageHarvest) -> list[tuple[str, int | None, str]]:
    return [
        (note.place.file, note.place.line, note.message)
        for note in harvest.intake.notes if note.rule == "pages-disagree" and note.place is not None
    ]  # fmt: skip


def test_two_pages_of_one_focus_make_one_record(both: tuple[tuple[str, str], ...]) -> None:
    harvest = read(*both)
    assert (harvest.read, harvest.refused, harvest.intake.notes) == (("m2", "m3"), (), ())
    (focus,) = harvest.intake.focuses
    assert [(p.level, p.basis) for p in focus.profiles] == [
        ("M1", "implied"), ("M2", "documented"), ("M3", "documented"),
    ]  # fmt: skip
    m3 = focus.profiles[2]
    assert m3.pay is not None
    assert (m3.pay.low, m3.pay.median, m3.pay.high, m3.pay.inherited) == (60500, 71000, 88250, True)
    assert [level.code for level in harvest.intake.levels] == ["M2", "M3"]
    assert [len(p.responsibilities) for p in focus.profiles] == [2, 3, 1]
    assert harvest.intake.places["focus", BAKERY, "levels", "M3", "title"].file == "m3"


def test_pages_that_disagree_are_both_named_with_their_lines(both: tuple[tuple[str, str], ...]) -> None:
    (_, m2), (_, m3) = both
    changed = m3.replace("Feeds the starter twice a day", "Feeds the starter once a day")
    changed = changed.replace("Talks with the shift and the driver every day.", "Talks with the shift.")
    changed = changed.replace("Keeping a culture of wild yeast", "Keeping a culture of yeast")
    changed = changed.replace("Material PAY and SKILL", "Material PAY")
    changed = changed.replace("Bread Production", "Bread and Rolls").replace(
        "Runs the making", "Leads the making"
    )
    harvest = read(("m2", m2), ("m3", changed))
    found = {
        message.split(" differs")[0]: (file, line) for file, line, message in find_disagreements(harvest)
    }
    assert found == {
        "what M1 is responsible for": ("m3", find_line(changed, "• Feeds")),
        "the guideline of M1 on collaboration": ("m3", find_line(changed, "M1Knows")),
        "the description of 'Starter care'": ("m3", find_line(changed, "Keeping a culture")),
        "the differential": ("m3", find_line(changed, "Material PAY")),
        "the definition": ("m3", find_line(changed, "Leads the making")),
        "the name of the function": ("m3", find_line(changed, "Bread and Rolls")),
    }
    kept = f"m2:{find_line(m2, 'M1Knows')}, which was kept"
    assert any(kept in message for _, _, message in find_disagreements(harvest))
    (focus,) = harvest.intake.focuses
    assert focus.profiles[0].responsibilities[0].text.startswith("Feeds the starter twice")
    assert focus.differential == ("pay", "skill")


def test_the_order_of_disagreeing_pages_changes_nothing(both: tuple[tuple[str, str], ...]) -> None:
    (_, m2), (_, m3) = both
    changed = m3.replace("Feeds the starter twice a day", "Feeds the starter once a day")
    pages = [("b", m2), ("a", changed), ("c", load("harbour_p2.md")), ("d", "nothing")]
    assert read(*pages) == read(*reversed(pages))
    kept = next(focus for focus in read(*pages).intake.focuses if focus.code == BAKERY)
    assert kept.profiles[0].responsibilities[0].text.startswith("Feeds the starter twice"), (
        "M2 is lower than M3"
    )


def test_a_skill_that_one_page_lists_alone_is_kept_and_noted(both: tuple[tuple[str, str], ...]) -> None:
    (_, m2), (_, m3) = both
    changed = m3.replace("R&D tasting", "Trial tasting")
    harvest = read(("m2", m2), ("m3", changed))
    assert len(harvest.intake.focuses[0].skills) == 4
    assert sorted(message[:20] for _, _, message in find_disagreements(harvest)) == [
        "'R&D tasting' is a s", "'Trial tasting' is a",
    ]  # fmt: skip


def test_stated_levels_outweigh_a_division(both: tuple[tuple[str, str], ...]) -> None:
    (_, m2), (name, m3) = both
    bare = m2
    for heading in ("M1", "M2this profile", "M3"):
        bare = bare.replace(f"\n{heading}\n  •", "\n  •")
    assert read(("m2", bare)).intake.focuses[0].split == "even"
    harvest = read(("m2", bare), (name, m3))
    (focus,) = harvest.intake.focuses
    assert focus.split == "stated"
    assert [len(p.responsibilities) for p in focus.profiles] == [2, 3, 1]
    assert all(file == "m2" for file, _, _ in find_disagreements(harvest)), "the division is what differs"


def test_two_pages_of_the_same_profile_agree_with_themselves(both: tuple[tuple[str, str], ...]) -> None:
    (_, m2), _ = both
    harvest = read(("x", m2), ("y", m2))
    assert harvest.intake.focuses == read(("x", m2)).intake.focuses
    assert harvest.intake.notes == ()


def test_skills_that_differ_by_letter_case_keep_two_codes() -> None:
    other = load("harbour_p2.md").replace("Tide reckoning", "Starter Care")
    harvest = read(("a", load("bakery_m2.txt")), ("b", other))
    codes = {skill.label: skill.code for skill in harvest.intake.skills}
    assert (codes["Starter Care"], codes["Starter care"]) == ("starter-care", "starter-care-2")
    uses = {use.label: use.skill for focus in harvest.intake.focuses for use in focus.skills}
    assert uses == codes
    assert harvest.intake.places["skill", "starter-care"].file == "b"


def test_notes_come_in_the_order_of_files_and_lines() -> None:
    stray = load("harbour_p2.md").replace("Provenance\n", "Provenance\nUpdated in spring\n")
    other = (
        stray.replace("00FE.P2", "00FF.P1")
        .replace("— P2", "— P1")
        .replace("Title aliases", "Nobody\nTitle aliases")
    )
    notes = read(("b", other), ("a", stray)).intake.notes
    found = [
        (note.place.file, note.place.line)
        for note in notes
        if note.place and note.rule in ("page-line-unknown", "page-adjacent-skipped")
    ]
    assert found == [
        ("a", find_line(stray, "Updated")), ("b", find_line(other, "Updated")), ("b", find_line(other, "Nobody")),
    ]  # fmt: skip


def test_progress_is_told_after_each_page() -> None:
    told: list[int] = []
    read(("a", load("bakery_m2.txt")), ("b", ""), ("c", load("harbour_p2.md")), tell=told.append)
    assert told == [1, 2, 3]


def test_a_refused_page_keeps_none_of_the_others() -> None:
    harvest = read(("bad", "no page"), ("good", load("harbour_p2.md")))
    assert (harvest.read, harvest.refused) == (("good",), ("bad",))
    assert [focus.code for focus in harvest.intake.focuses] == [HARBOUR]
    assert {problem.place.file for problem in harvest.problems if problem.place} == {"bad"}


def test_one_page_gives_its_facts_or_its_problems() -> None:
    good = read_page("a", load("harbour_p2.md").encode())
    assert good.facts is not None
    assert good.facts.level_name is not None
    assert (good.facts.level_name.value, good.problems) == ("Planner", ())
    bad = read_page("a", b"")
    assert bad.facts is None
    assert [problem.rule for problem in bad.problems] == ["page-empty"]


def test_an_intake_of_pages_is_made_of_valid_records() -> None:
    (focus,) = read_one("bakery_m2.txt").focuses
    assert Focus.model_validate(focus.model_dump()) == focus
