"""The real pages, where they are at hand: read completely, fact by fact, and as the shipped records have them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from rolegraph.model.reference import Level
from rolegraph.model.roles import CRITERIA, Focus, Profile
from rolegraph.records.intake import Intake
from rolegraph.records.page import read_pages
from shipped import read_shipped

PAGES = Path(__file__).parents[2] / "shared" / "seeds"
COUNTS = (4, 5, 5, 5, 5, 5)
UNEVEN = "002"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the profile pages (../shared/seeds) are not here")

# Page -> focus, documented level, responsibilities by level, skills, split, differential.
PAGE_FACTS = {
    "000": ("MANUFA.BIOPROCE4427", "M3", [5, 5, 5, 5, 5], 10, "stated", ("pay", "skill")),
    "001": ("MANUFA3.MANUFACT13A2", "M2", [5, 5, 5], 15, "even", ()),
    "002": ("PROCES.UPSTREAMDF5B", "P1", [4, 5, 5, 5, 5, 5], 15, "given", ("skill",)),
    "003": ("MANUFA.MANUFACTF950", "M3", [5, 5, 5, 5, 5], 16, "even", ("pay",)),
}
each_page = pytest.mark.parametrize("number", list(PAGE_FACTS))


@cache
def load(number: str) -> str:
    (file,) = PAGES.glob(f"{number}_*.txt")
    return file.read_text(encoding="utf-8")


@cache
def read(number: str) -> Intake:
    counts = COUNTS if number == UNEVEN else None
    harvest = read_pages([(number, load(number).encode())], counts=counts)
    assert harvest.problems == ()
    assert harvest.counted == ((number,) if counts else ())
    return harvest.intake


def find_profile(focus: Focus) -> Profile:
    return next(profile for profile in focus.profiles if profile.basis == "documented")


@each_page
def test_the_outline_of_a_page(number: str) -> None:
    code, level, counts, skills, split, differential = PAGE_FACTS[number]
    intake = read(number)
    (focus,) = intake.focuses
    assert (focus.code, find_profile(focus).level) == (code, level)
    assert [len(profile.responsibilities) for profile in focus.profiles] == counts
    assert (len(focus.skills), focus.split, focus.differential) == (skills, split, differential)
    cells = [getattr(p.guideline, criterion) for p in focus.profiles for criterion in CRITERIA if p.guideline]
    assert len(cells) == 4 * len(counts)
    assert all(cells)
    assert [note.rule for note in intake.notes] == (["page-counts-used"] if number == UNEVEN else [])


@each_page
def test_every_text_of_the_record_stands_on_the_page_at_its_place(number: str) -> None:
    lines = load(number).split("\n")
    intake = read(number)
    (focus,) = intake.focuses

    def stands(text: str | None, *key: str) -> None:
        place = intake.places[key]
        assert place.line is not None
        assert text is not None
        assert text in lines[place.line - 1], f"{text!r} at {place}"

    stands(focus.label, "focus", focus.code, "label")
    stands(focus.definition, "focus", focus.code, "definition")
    for use in focus.skills:
        stands(use.label, "focus", focus.code, "skills", use.skill, "label")
        stands(use.description, "focus", focus.code, "skills", use.skill, "description")
    for profile in focus.profiles:
        at = ("focus", focus.code, "levels", profile.level)
        for duty in profile.responsibilities:
            stands(duty.text, *at, "responsibilities", duty.id)
        for criterion in CRITERIA:
            stands(getattr(profile.guideline, criterion), *at, "guideline", criterion)
        for source in profile.sources:
            stands(source.text, *at, "sources", source.id)
        for mapping in profile.mappings:
            stands(
                f"code={mapping.code}source={mapping.tool}",
                *at,
                "mappings",
                f"{mapping.scheme}/{mapping.code}",
            )
    (level,) = intake.levels
    for field in ("name", "summary", *Level.DESCRIPTOR):
        stands(getattr(level, field), "level", level.code, field)


@each_page
def test_every_line_of_the_page_is_in_the_record(number: str) -> None:
    """What is left of the page when all texts of the record are taken out are its headings and explanations."""
    intake = read(number)
    (focus,) = intake.focuses
    (level,) = intake.levels
    profile = find_profile(focus)
    said = [focus.definition, focus.label, profile.title, profile.code, level.label, level.summary]
    said += [getattr(level, field) for field in Level.DESCRIPTOR]
    said += [text for use in focus.skills for text in (use.label, use.description)]
    said += [duty.text for one in focus.profiles for duty in one.responsibilities]
    said += [getattr(one.guideline, criterion) for one in focus.profiles for criterion in CRITERIA]
    said += [source.text for source in profile.sources]
    said += [f"code={mapping.code}source={mapping.tool}" for mapping in profile.mappings]
    left = load(number)
    for text in sorted({text for text in said if text}, key=len, reverse=True):
        assert text in left or any(text in other for other in said if other and other != text), text
        left = left.replace(text, "")
    words = {line.strip(" •-|·") for line in left.split("\n")} - {""}
    known = re.compile(
        r"← Canon taxonomy|[MP]\d(?:this profile)?|Manufacturing Operations(?: ·)?|M3high0\.90approvedglobalv1|Level"
        r"|M3 · *· 8–12 yrs|Function · Focus|Market pay \(median\)|\$118k \(\$93k\$150k\)|Focus —|Material [A-Z and]+ "
        r"differential vs the function baseline\.|Responsibilities by level|What this person .*|Level guidelines|The "
        r"universal .*|LevelKnowledge .*|Level \| Knowledge .*|(?:---\|)+---|[MP]\d[ |]*|Skills|Focus-specific .*"
        r"|Provenance|The evidence .*|Level differentiation4.*|\d sources|Level —|Scope|Autonomy|Complexity|Impact"
        r"|Decision rights|Leadership|Typical experience|\d+–\d+ yrs|Adjacent roles|Nearest roles .*|Title aliases.*"
        r"|No title aliases .*|Classification mappings.*|O\*NET / SOC"
    )
    assert [line for line in words if not known.fullmatch(line)] == []


def test_what_the_page_of_form_a_states_of_its_profile() -> None:
    intake = read("000")
    profile = find_profile(intake.focuses[0])
    assert (profile.status, profile.region, profile.version) == ("approved", "global", "v1")
    assert profile.confidence is not None
    assert (str(profile.confidence.value), profile.confidence.label) == ("0.90", "high")
    assert profile.pay is not None
    figures = (str(profile.pay.low), str(profile.pay.median), str(profile.pay.high))
    assert figures == ("93000", "118000", "150000")
    assert [str(score.value) for score in profile.review] == ["4.5", "5.0", "5.0", "4.5", "4.5"]
    assert (profile.source_count, profile.sources) == (8, ())
    assert [function.label for function in intake.functions] == ["Manufacturing Operations"]


def test_an_uneven_page_is_refused_without_counts() -> None:
    harvest = read_pages([("002", load("002").encode())])
    (problem,) = harvest.problems
    assert (harvest.refused, problem.rule) == (("002",), "page-responsibilities")
    assert "29 responsibilities" in problem.message
    assert "6 levels" in problem.message
    assert "--responsibilities 4,5,5,5,5,5" in problem.remedy


@each_page
def test_the_shipped_record_has_the_same_facts(number: str) -> None:
    intake = read(number)
    (focus,) = intake.focuses
    shipped = next(one for one in read_shipped().focuses if one.code == focus.code)
    assert (focus.label, focus.differential, focus.split) == (
        shipped.label,
        shipped.differential,
        shipped.split,
    )
    assert len(focus.exclusions) == len(shipped.exclusions)
    labels = {skill.code: skill.label for skill in read_shipped().skills}
    assert [use.label for use in focus.skills] == [use.label or labels[use.skill] for use in shipped.skills]
    assert [profile.code for profile in focus.profiles] == [profile.code for profile in shipped.profiles]
    for one, other in zip(focus.profiles, shipped.profiles, strict=True):
        # The ids and the prose are the record's own; all else stands there as on the page.
        same = ("code", "basis", "title", "status", "version", "region", "confidence", "pay", "review",
                "source_count", "sources", "aliases", "mappings")  # fmt: skip
        assert [getattr(one, field) for field in same] == [getattr(other, field) for field in same]
        assert len(one.responsibilities) == len(other.responsibilities)
        assert (one.guideline is None) == (other.guideline is None)
    (level,) = intake.levels
    known = next(one for one in read_shipped().levels if one.code == level.code)
    assert (level.name, level.years) == (known.name, known.years)


def test_all_pages_together_make_one_intake() -> None:
    pages = [(number, load(number).encode()) for number in PAGE_FACTS]
    harvest = read_pages(pages, counts=COUNTS)
    assert harvest == read_pages(pages[::-1], counts=COUNTS)
    assert [focus.code for focus in harvest.intake.focuses] == sorted(
        code for code, *_ in PAGE_FACTS.values()
    )
    assert [level.code for level in harvest.intake.levels] == ["M2", "M3", "P1"]
    assert [note.place and note.place.file for note in harvest.intake.notes] == [UNEVEN]
    assert harvest.counted == (UNEVEN,)
    labels = {skill.label for skill in harvest.intake.skills}
    assert {"Aseptic technique", "Aseptic Technique"} <= labels
    assert len({skill.code for skill in harvest.intake.skills}) == len(harvest.intake.skills)
