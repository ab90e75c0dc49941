"""Listings, search, sheets and statistics say what the records say."""

from __future__ import annotations

from pathlib import Path

import pytest

import rolegraph
from rolegraph.answers import Sheet
from rolegraph.errors import UnknownError
from rolegraph.model.roles import CRITERIA

SMALL = Path(__file__).parent / "fixtures" / "small"
PAGE = "MANUFA.BIOPROCE4427.M3"

BASE = (
    "Occupational base: 51-1011 First-Line Supervisors of Production and Operating Workers (the occupation's, not the "
    "role's own)"
)


@pytest.fixture(scope="module")
def jobs() -> rolegraph.Architecture:
    return rolegraph.load()


@pytest.fixture(scope="module")
def small() -> rolegraph.Architecture:
    return rolegraph.load(SMALL)


def read_section(sheet: Sheet, heading: str) -> list[tuple[str, str, str]]:
    (section,) = (s for s in sheet.sections if s.heading.startswith(heading))
    return [(entry.label, entry.text, entry.note) for entry in section.entries]


@pytest.mark.parametrize(
    ("kind", "count"),
    [("functions", 3), ("focuses", 4), ("profiles", 19), ("levels", 20), ("skills", 48), ("occupations", 32)],
)
def test_listing_is_complete(jobs: rolegraph.Architecture, kind: str, count: int) -> None:
    items = jobs.list(kind).items  # type: ignore[arg-type]
    assert len(items) == count
    assert len({item.code for item in items}) == count


@pytest.mark.parametrize(
    ("kind", "within", "count"),
    [
        ("profiles", "MANUFA", 10), ("profiles", "manufa.bioproce4427", 5), ("profiles", "M3", 3),
        ("profiles", "P", 6), ("profiles", "technical-operations", 19), ("focuses", "MANUFA", 2),
        ("focuses", "P", 1), ("skills", "MANUFA.BIOPROCE4427", 10), ("levels", "M", 6), ("functions", "MANUFA", 1),
        ("occupations", "soc-2018", 32),
    ],
)  # fmt: skip
def test_listing_within(jobs: rolegraph.Architecture, kind: str, within: str, count: int) -> None:
    assert len(jobs.list(kind, within).items) == count  # type: ignore[arg-type]


def test_listing_within_nothing_names_the_closest(jobs: rolegraph.Architecture) -> None:
    with pytest.raises(UnknownError, match="did you mean MANUFA"):
        jobs.list("profiles", "MANUFAC")


def test_search_puts_labels_before_texts(jobs: rolegraph.Architecture) -> None:
    hits = jobs.search("aseptic TECHNIQUE").hits
    assert (hits[0].kind, hits[0].code) == ("skill", "aseptic-technique")
    assert {hit.found for hit in hits[1:]} <= {"definition", "skill", "responsibility", "guideline", "alias"}
    assert len({(hit.kind, hit.code) for hit in hits}) == len(hits)


def test_search_finds_what_is_misspelt(jobs: rolegraph.Architecture) -> None:
    assert jobs.search("asceptic technik").hits[0].code == "aseptic-technique"
    assert not jobs.search("zzzzqqqq").hits
    assert not jobs.search("   ").hits


def test_sheet_of_a_page_shows_every_section_in_its_order(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show(PAGE.lower())
    assert [section.heading for section in sheet.sections] == [
        "Profile", "Definition", "Responsibilities by level", "Level guidelines", "Skills", "Provenance",
        "Level — M3 — Senior Manager", "Title aliases", "Classification mappings",
        BASE,
    ]  # fmt: skip
    focus = jobs.taxonomy.focus_by_code["MANUFA.BIOPROCE4427"]
    told = [text for _, text, _ in read_section(sheet, "Responsibilities")]
    assert told[:-1] == [r.text for profile in focus.profiles for r in profile.responsibilities]
    cells = [text for _, text, _ in read_section(sheet, "Level guidelines")]
    assert cells == [getattr(p.guideline, criterion) for p in focus.profiles for criterion in CRITERIA]
    assert [label for label, _, _ in read_section(sheet, "Skills")] == [use.label for use in focus.skills]
    head = {label: (text, note) for label, text, note in read_section(sheet, "Profile")}
    assert head["Status"] == ("approved", "")
    assert head["Confidence"] == ("0.90", "high")
    assert head["Market pay (median)"][0] == "118,000 USD a year"
    assert head["Market pay (low)"][0] == "93,000 USD a year"
    assert ("Level differentiation", "4.5", "of 5, review panel") in read_section(sheet, "Provenance")
    assert ("Sources", "8", "none is listed") in read_section(sheet, "Provenance")
    ((scheme, text, note),) = read_section(sheet, "Classification mappings")
    assert scheme == "soc-2018"
    assert text == "51-1011 First-Line Supervisors of Production and Operating Workers"
    assert note.startswith("broadMatch; UnspecifiedMatching; jfm-factory.resolve")
    assert read_section(sheet, "Title aliases") == []


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("MANUFA", "function", "MANUFA"), ("m3", "level", "M3"), ("51-1011", "occupation", "51-1011"),
        ("soc-2018/51-0000", "occupation", "51-0000"), ("aseptic-technique", "skill", "aseptic-technique"),
        ("MANUFA.MANUFACTF950", "focus", "MANUFA.MANUFACTF950"),
        ("Upstream Process Development — P1", "profile", "PROCES.UPSTREAMDF5B.P1"),
    ],
)  # fmt: skip
def test_sheet_is_found_by_code_or_title(
    jobs: rolegraph.Architecture, name: str, kind: str, code: str
) -> None:
    sheet = jobs.show(name)
    assert (sheet.kind, sheet.code) == (kind, code)
    assert any(section.entries for section in sheet.sections)


def test_sheet_of_an_occupation_names_what_is_above_and_mapped_to_it(jobs: rolegraph.Architecture) -> None:
    sheet = jobs.show("51-1011")
    assert [note for _, _, note in read_section(sheet, "Within")] == ["51-1010", "51-1000", "51-0000"]
    assert {note for _, _, note in read_section(sheet, "Profiles mapped")} == {
        PAGE,
        "MANUFA3.MANUFACT13A2.M2",
    }


def test_unknown_sheet_names_the_closest(jobs: rolegraph.Architecture) -> None:
    with pytest.raises(UnknownError, match=PAGE):
        jobs.show("MANUFA.BIOPROCES4427.M3")


def test_retired_role_is_shown_with_its_successor(small: rolegraph.Architecture) -> None:
    retired = [p for p in small.taxonomy.profiles if p.retired and p.retired.replaced_by]
    assert retired
    head = read_section(small.show(retired[0].code), "Profile")
    assert head[0] == ("Retired", retired[0].retired.note, f"replaced by {retired[0].retired.replaced_by}")  # type: ignore[union-attr]


def test_coverage_counts_profiles_in_use(jobs: rolegraph.Architecture, small: rolegraph.Architecture) -> None:
    stats = jobs.stats()
    assert stats.counts["profiles"] == 19
    assert stats.counts["responsibilities"] == 94
    assert stats.counts["guideline cells"] == 76
    assert stats.counts["skill uses"] == 56
    assert {c.what: c.have for c in stats.coverage}["with pay"] == 1
    retired = sum(small.taxonomy.is_retired(profile) for profile in small.taxonomy.profiles)
    assert small.stats().counts["retired profiles"] == retired > 0
    assert {c.of for c in small.stats().coverage} == {len(small.taxonomy.profiles) - retired}
