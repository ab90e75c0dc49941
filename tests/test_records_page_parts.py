"""The glued parts of a page: badges, pay, cells, scores, years; parted where there is one way to do it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rolegraph.model import codes
from rolegraph.records.page.assemble import find_exclusions
from rolegraph.records.page.badges import Reading, part_badges, read_badges
from rolegraph.records.page.draft import Draft, Said
from rolegraph.records.page.guideline import read_guideline
from rolegraph.records.page.lines import Line
from rolegraph.records.page.pay import is_pay_heading, read_pay
from rolegraph.records.page.rung import read_year_range
from rolegraph.records.page.sections import Section


def make_draft() -> Draft:
    return Draft("page", 99, "M2")


@pytest.mark.parametrize(
    ("tail", "reading"),
    [
        ("approvedglobalv1", Reading("approved", "global", "v1")),
        ("draftemea", Reading("draft", "emea", "")),
        ("publishedv2.10", Reading("published", "", "v2.10")),
        ("reviewedglobalv1", Reading("reviewed", "global", "v1")),
        ("reviewglobalv1", Reading("review", "global", "v1")),
        ("reviewedusv1", Reading("reviewed", "us", "v1")),
        ("under-reviewnorth-americav3", Reading("under-review", "north-america", "v3")),
        ("In Review Global v1", Reading("In Review", "Global", "v1")),
        ("certified global v1", Reading("certified", "global", "v1")),
        ("approved · emea · v1", Reading("approved", "emea", "v1")),
        ("archivedruritaniav1.0-beta", Reading("archived", "ruritania", "v1.0-beta")),
        ("active", Reading("active", "", "")),
        ("globalv1", Reading("", "global", "v1")),
        ("", Reading("", "", "")),
    ],
)
def test_badges_that_can_be_parted_in_one_way(tail: str, reading: Reading) -> None:
    assert set(part_badges(tail)) == {reading}


@pytest.mark.parametrize(
    "tail",
    [
        "certifiedglobalv1",
        "draftedglobalv1",
        "draftedusv1",
        "certified-northglobal",
        "approvedinnereuropev1",
        "reviewedinburghv1",
        "benchmarkv1",
        "approvedglobal1",
        "v1",
        "x" * 300,
    ],
)
def test_badges_that_cannot_be_parted_are_refused(tail: str) -> None:
    draft = make_draft()
    draft.facts.level_name = Said("Lead", 9)
    read_badges(Line(7, f"M2M2 — Leadhigh0.90{tail}"), draft)
    assert [(p.rule, p.place and p.place.line) for p in draft.problems] == [("page-badges", 7)]
    assert draft.facts.status is None


@pytest.mark.parametrize(
    ("badges", "sure"),
    [
        ("high0.90approvedglobalv1", ("high", "0.90")),
        ("0.9draft", (None, "0.9")),
        ("very low0approved", ("very low", "0")),
        ("approvedglobalv1", None),
    ],
)
def test_the_confidence_stands_before_the_status(badges: str, sure: tuple[str | None, str] | None) -> None:
    draft = make_draft()
    draft.facts.level_name = Said("Lead", 9)
    read_badges(Line(7, f"M2M2 — Lead{badges}"), draft)
    assert draft.problems == []
    found = draft.facts.confidence
    assert (found and (found.value.label, str(found.value.value))) == sure
    assert draft.facts.status is not None


@pytest.mark.parametrize(
    ("text", "currency", "figures", "assigned"),
    [
        ("$118k ($93k$150k)", "USD", (93000, 118000, 150000), ("currency", "duration")),
        ("$118k ($93k–$150k)", "USD", (93000, 118000, 150000), ("currency", "duration")),
        ("$118k ($93k - $150k)", "USD", (93000, 118000, 150000), ("currency", "duration")),
        ("$118.5K ($93K to $150K)", "USD", (93000, 118500, 150000), ("currency", "duration")),
        ("€95,500 (€80,000€120,250.50)", "EUR", (80000, 95500, Decimal("120250.50")), ("duration",)),
        ("£1.2m (£900k£1.5m)", "GBP", (900000, 1200000, 1500000), ("currency", "duration")),
        ("A$118k (A$93kA$150k)", "AUD", (93000, 118000, 150000), ("duration",)),
        ("US$118k", "USD", (None, 118000, None), ("duration",)),
        ("CHF 118’000 (CHF 93’000 – CHF 150’000)", "CHF", (93000, 118000, 150000), ("duration",)),
        ("118k EUR (93k EUR – 150k EUR)", "EUR", (93000, 118000, 150000), ("duration",)),
        ("$118k ($93k$150k) per year", "USD", (93000, 118000, 150000), ("currency",)),
        ("$9,000 / month", "USD", (None, 9000, None), ("currency",)),
    ],
)
def test_pay_in_the_ways_in_which_it_is_written(
    text: str, currency: str, figures: tuple[Any, ...], assigned: tuple[str, ...]
) -> None:
    draft = make_draft()
    read_pay(Line(5, text), "", draft)
    assert draft.problems == []
    assert draft.facts.pay is not None
    pay, line = draft.facts.pay
    assert (pay.currency, (pay.low, pay.median, pay.high), pay.assigned, line) == (
        currency,
        figures,
        assigned,
        5,
    )
    assert pay.duration == ("P1M" if "month" in text else "P1Y")
    assert not pay.inherited


@pytest.mark.parametrize(
    "text",
    [
        "118k (93k150k)", "$118k ($93k€150k)", "¥118k", "$118k ($93$150k)", "€118.000 (€93.000€150.000)", "$118k ($93k)",
        "$118k ($93k$150k) or more", "XYZ 118k", "$118k ($93,00$150k)", "kr 118k", "$118kk",
    ],
)  # fmt: skip
def test_pay_that_is_not_certain_is_refused(text: str) -> None:
    draft = make_draft()
    read_pay(Line(5, text), "", draft)
    assert [(p.rule, p.place and p.place.line) for p in draft.problems] == [("page-pay", 5)]
    assert draft.facts.pay is None


@pytest.mark.parametrize(
    ("text", "marks", "inherited"),
    [
        ("$118k ($93k$150k)inherited", "", True), ("$118k ($93k$150k) (inherited from function)", "", True),
        ("$118k ($93k$150k)", "Market pay (median) inherited", True), ("$118k ($93k$150k)", "Market pay (median)", False),
    ],
)  # fmt: skip
def test_pay_of_the_function_is_marked(text: str, marks: str, inherited: bool) -> None:
    draft = make_draft()
    read_pay(Line(5, text), marks, draft)
    assert draft.facts.pay is not None
    assert draft.facts.pay.value.inherited is inherited


@pytest.mark.parametrize("text", ["—", "n/a", "not available", "No market pay for this profile."])
def test_pay_that_is_not_stated_stays_unknown(text: str) -> None:
    draft = make_draft()
    read_pay(Line(5, text), "", draft)
    assert (draft.problems, draft.facts.pay) == ([], None)


def test_the_heading_of_pay() -> None:
    assert is_pay_heading("Market pay (median)")
    assert is_pay_heading("Market pay (median) · inherited")
    assert not is_pay_heading("Market pay (75th percentile)")


HEADER = "LevelKnowledge & ApplicationComplexity & Problem SolvingCollaboration & InteractionTypical Degree & Years"


def part_row(row: str) -> list[str] | None:
    draft = make_draft()
    read_guideline(Section("guideline", None, {}, (Line(1, HEADER), Line(2, row))), draft)
    if draft.problems:
        assert [(p.rule, p.place and p.place.line) for p in draft.problems] == [("page-guideline-row", 2)]
        return None
    return [said.value for said in draft.facts.guideline["M1"].values()]


@pytest.mark.parametrize(
    "cells",
    [
        ("Bakes.", "Weighs.", "Talks.", "2 years."),
        ("Bakes, e.g. rye. Cools too.", "Weighs by 21 CFR 210.", "Talks.", "Some practice"),
        ("Bakes, e.g.Rye and wheat.", "Weighs (i.e.Flour).", "Talks.", "2 years."),
        ("Bakes (see Vol. 4).", "Weighs as in Vol.4 of the book.", "Talks!", "5–7+ years"),
        ("Bakes (see Dough.Bread of the book).", "Weighs.", "Talks.", "Two years"),
        ("Bakes (rye)", "Weighs (flour)", "Talks (shift)", "Two years"),
        ("Bakes for the U.S.Navy.", "Weighs 50%", "Talks.", "(BA) 2 years"),
        ("Bakes with DeltaOven and pH meters.", "Asks “why?”", "Talks “so.”", "Two years"),
        ("Bakes 'rye.'", 'Weighs "flour."', "Talks.", "'Two years' or more"),
        ("Reads the pH.", "Has a Ph.D in flour.", "Talks etc.", "Two years"),
        ("Bakes at site no. 4.", "Says yes or no.", "Talks.", "Two years"),
    ],
)
def test_cells_that_were_run_together_are_parted(cells: tuple[str, ...]) -> None:
    assert part_row(f"M1{''.join(cells)}") == list(cells)


@pytest.mark.parametrize(
    "row",
    [
        "M1Bakes.Weighs.Talks.",
        "M1Bakes.Weighs.Talks.2 years.Or so.",
        "M1Bakes breadWeighs.Talks.2 years.",
        "M1Bakes at 210.5 years.Weighs.Talks.",
        "M1Bakes. Weighs. Talks. 2 years.",
        "Bakes.Weighs.Talks.2 years.",
        "M1",
    ],
)
def test_cells_whose_ends_are_not_certain_are_refused(row: str) -> None:
    assert part_row(row) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("8–12 yrs", ("8", "12")), ("15+ yrs", ("15", None)), ("0-2 years", ("0", "2")), ("5–7+ yrs", ("5", "7")),
        ("1.5 years", ("1.5", "1.5")), ("3 to 5 years of experience", ("3", "5")),
    ],
)  # fmt: skip
def test_years_of_experience(text: str, years: tuple[str, str | None]) -> None:
    draft = make_draft()
    read_year_range(Said(text, 3), draft)
    assert draft.facts.years is not None
    found = draft.facts.years.value
    assert (str(found.min), None if found.max is None else str(found.max)) == years


@pytest.mark.parametrize(
    ("definition", "exclusions"),
    [
        ("Bakes. Distinct from Pastry. Works at night.", ("Distinct from Pastry.",)),
        ("Distinct from Pastry (cf. Tarts) and J. Miller's team.", ("Distinct from Pastry (cf. Tarts) and J. Miller's team.",)),
        ("Does R&D. Distinct from Rye. Distinct from B vs. C.", ("Distinct from B vs. C.", "Distinct from Rye.")),
        ("Bakes what is distinct from Pastry. It is not Distinct from it.", ()),
        ("Bakes.\nDistinct from Pastry.", ("Distinct from Pastry.",)),
    ],
)  # fmt: skip
def test_exclusions_are_whole_sentences(definition: str, exclusions: tuple[str, ...]) -> None:
    assert find_exclusions(definition) == exclusions


def test_a_source_names_at_most_one_occupation() -> None:
    assert codes.find_occupation("O*NET 51-3011.00 Bakers, 51-3011.00") == "51-3011.00"
    assert codes.find_occupation("O*NET 51-3011.00 and 35-2011.00") is None
    assert codes.find_occupation("Order 151-3011.005") is None
