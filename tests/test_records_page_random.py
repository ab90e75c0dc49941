"""Whatever a page can show is read back from it, in each of its forms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages import Shown, write_badged, write_html, write_listed
from rolegraph.model import codes
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import YearRange
from rolegraph.model.reference import JobFunction, Level
from rolegraph.model.roles import (
    CRITERIA,
    Confidence,
    Focus,
    Guideline,
    Pay,
    Profile,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.records.page import read_pages

PLAIN = (
    "bread", "ovens", "naïve", "shapes", "of", "the", "dough", "Übungen", "and", "日本", "cafés", "loaves", "so", "b",
    "ends", "R&D", "C++", "DeltaOven", "pH", "master's", "no", "etc", "vol", "Ω-rye",
)  # fmt: skip
INNER = (
    *PLAIN, "e.g.", "i.e.", "vs.", "21", "Vol. 4", "(mixing/baking)", "(see No. 7)", "3–5+", "2.5", "“so”", "'right'",
    "a,", "b;", "50%", "—", "cf. Rye", "<5", "x<b", "A&B", "200 m", "*", "1,000", "(e.g. Rye)", "$5",
)  # fmt: skip
STATUSES = ("draft", "in-review", "reviewed", "review", "approved", "active", "archived")
REGIONS = ("global", "emea", "us", "north-america", "benelux", "ruritania")


class Maker:
    """Makes what pages can show from a seed; ``badged`` is what form A shows and form B does not."""

    def __init__(self, seed: int, *, badged: bool) -> None:
        self.random = Random(seed)
        self.badged = badged

    def chance(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def words(self, most: int) -> str:
        inner = self.random.choices(INNER, k=self.random.randint(0, most))
        text = " ".join([*inner, self.random.choice(PLAIN)])
        return self.random.choice(("A ", "Knows ", "Über ")) + text

    def label(self) -> str:
        return self.words(3)

    def sentence(self) -> str:
        return self.words(9) + "."

    def text(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 2)))

    def loose_text(self) -> str:
        """A text that need not end with a full stop."""
        return self.random.choice((self.text(), self.label()))

    def distinct(self, make: Any, least: int, most: int) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(make() for _ in range(self.random.randint(least, most))))

    def definition(self) -> tuple[str, tuple[str, ...]]:
        exclusion = f"Distinct from {self.sentence()}"
        parts = self.distinct(self.text, 1, 2)
        if self.chance():
            parts = (f"{parts[0]} {exclusion} {self.sentence()}", *parts[1:])
            return "\n".join(parts), (exclusion,)
        return "\n".join(parts), ()

    def guideline(self) -> Guideline:
        if self.badged:
            cells = [self.random.choice((self.text(), f"{self.label()} (or so)")) for _ in range(3)]
            return Guideline(**dict(zip(CRITERIA, [*cells, self.loose_text()], strict=True)))
        cells = [self.loose_text() if self.chance(0.8) else None for _ in range(3)]
        last = self.random.choice(("2+ years.", "5–7+ years (BA)", self.text()))
        return Guideline(**dict(zip(CRITERIA, [*cells, last], strict=True)))

    def pay(self) -> Pay:
        low, median, high = sorted(self.random.randint(1000, 300_000) for _ in range(3))
        if self.chance():
            low, median, high = (figure // 1000 * 1000 for figure in (low, median, high))
        ranged = self.chance(0.8)
        currency = self.random.choice(("USD", "EUR", "GBP"))
        return Pay(
            currency=currency, median=Decimal(median), low=Decimal(low) if ranged else None,
            high=Decimal(high) if ranged else None,
            assigned=("duration",) if currency == "EUR" else ("currency", "duration"),
        )  # fmt: skip

    def level(self, code: str) -> Level:
        low = self.random.randint(0, 20)
        years = YearRange(min=Decimal(low), max=Decimal(low + 3) if self.chance() else None)
        fields = {name: self.loose_text() for name in Level.DESCRIPTOR if self.chance(0.8)}
        return Level(
            code=code,
            name=self.label(),
            summary=self.text() if self.chance(0.8) else None,
            years=years,
            **fields,
        )

    def sources(self) -> tuple[Source, ...]:
        made = []
        for text in self.distinct(self.label, 0, 4):
            named = self.chance(0.3)
            shown = f"O*NET 51-3011.00 {text}" if named else text
            made.append(
                Source(id=codes.text_id(shown), text=shown, occupation="51-3011.00" if named else None)
            )
        return tuple(made)

    def mappings(self) -> tuple[Mapping, ...]:
        both = (("soc-2018", "51-3011"), ("onet-soc-2019", "51-3011.00"))
        return tuple(
            Mapping(
                scheme=scheme, code=code, predicate="broadMatch", justification="UnspecifiedMatching",
                tool="oven.resolve", assigned=("predicate", "justification"),
            )
            for scheme, code in both if self.chance()
        )  # fmt: skip

    def badges(self) -> dict[str, Any]:
        """What the badges and facts of form A say of a profile."""
        stated: dict[str, Any] = {}
        if self.chance(0.8):
            label = self.random.choice(("high", "very low", None))
            stated["confidence"] = Confidence(
                value=Decimal(self.random.choice(("0.90", "1", "0"))), label=label
            )
        if self.chance(0.9):
            stated["status"] = self.random.choice(STATUSES)
            # Behind "reviewed" a region must be a known one: "edbenelux" might be one behind "review".
            regions = REGIONS[:4] if stated["status"] == "reviewed" else REGIONS
            stated["region"] = self.random.choice(regions) if self.chance() else None
            stated["version"] = self.random.choice(("v1", "v2.10")) if self.chance() else None
        stated["pay"] = self.pay() if self.chance(0.8) else None
        names = self.distinct(lambda: self.random.choice(("level-fit", "a", "real-world-cover", "so")), 0, 4)
        stated["review"] = tuple(
            Score(dimension=name, value=Decimal(self.random.choice(("1", "4.5", "5.0")))) for name in names
        )
        return stated

    def profile(self, focus: str, level: str, own: str, count: int | None) -> Profile:
        duties = self.distinct(self.loose_text, 1, 3) if count is None else ()
        while count is not None and len(duties) < count:
            duties = tuple(dict.fromkeys((*duties, self.loose_text())))
        values: dict[str, Any] = {
            "code": codes.compose_profile(focus, level), "basis": "documented" if level == own else "implied",
            "responsibilities": tuple(Responsibility(id=codes.text_id(text), text=text) for text in duties),
            "guideline": self.guideline() if count is not None or self.chance(0.8) else None,
        }  # fmt: skip
        if level == own:
            sources = self.sources()
            values |= {
                "title": f"{self.label()} — {level}", "sources": sources, "mappings": self.mappings(),
                "source_count": len(sources) if sources or self.chance() else None,
                "aliases": self.distinct(self.label, 0, 2), **(self.badges() if self.badged else {}),
            }  # fmt: skip
        return Profile(**values)

    def shown(self) -> Shown:
        code = "BAKERY2.SOURDOUG7C21"
        track = self.random.choice(("M", "P", "TECH"))
        ranks = sorted(self.random.sample(range(1, 13), k=self.random.randint(1, 4)))
        own = f"{track}{self.random.choice(ranks)}"
        count = None if self.badged else self.random.randint(1, 3)
        profiles = tuple(self.profile(code, f"{track}{rank}", own, count) for rank in ranks)
        definition, exclusions = self.definition()
        labels = sorted(self.distinct(self.label, 0, 4), key=lambda _: self.random.random())
        focus = Focus(
            code=code, label=self.label(), definition=definition, exclusions=exclusions,
            differential=tuple(kind for kind in ("pay", "skill") if self.chance()),
            split="stated" if self.badged else "even", profiles=profiles,
            skills=tuple(SkillUse(skill="x-" + codes.text_id(label), label=label, description=self.text()) for label in labels),
        )  # fmt: skip
        profile = next(profile for profile in profiles if profile.level == own)
        function = self.label() if self.badged and self.chance(0.8) else None
        return Shown(focus, profile, JobFunction(code="BAKERY2", label=function), self.level(own))


def list_expected_notes(shown: Shown) -> list[str]:
    """What a person is told: the levels without a row, together, and the rows with empty cells."""
    profiles = shown.focus.profiles
    bare = any(one.responsibilities and one.guideline is None for one in profiles)
    rows = [one.guideline for one in profiles if one.guideline]
    holes = sum(any(getattr(row, criterion) is None for criterion in CRITERIA) for row in rows)
    return ["page-guideline-absent"] * bare + ["page-guideline-empty"] * holes


def read_back(shown: Shown, page: str) -> None:
    """Reads a page and compares what it says with what it was written from."""
    harvest = read_pages([("page", page.encode())])
    assert harvest.problems == ()
    intake = harvest.intake
    assert sorted(note.rule for note in intake.notes) == list_expected_notes(shown)
    provisional = {skill.label: skill.code for skill in intake.skills}
    assert len(set(provisional.values())) == len(shown.focus.skills)
    skills = tuple(
        use.model_copy(update={"skill": provisional[use.label]}) for use in shown.focus.skills if use.label
    )
    assert intake.focuses == (shown.focus.model_copy(update={"skills": skills}),)
    assert intake.functions == (shown.job_function,)
    assert intake.levels == (shown.level,)


seeds = st.integers(0, 2**32 - 1)


@given(seeds)
@settings(max_examples=150)
def test_a_page_of_form_a_is_read_back(seed: int) -> None:
    shown = Maker(seed, badged=True).shown()
    read_back(shown, write_badged(shown))


@given(seeds)
@settings(max_examples=150)
def test_a_page_of_form_b_is_read_back(seed: int) -> None:
    shown = Maker(seed, badged=False).shown()
    read_back(shown, write_listed(shown))


@given(seeds, st.booleans(), st.booleans())
@settings(max_examples=150)
def test_a_page_of_html_is_read_back(seed: int, badged: bool, minified: bool) -> None:
    shown = Maker(seed, badged=badged).shown()
    page = write_html(shown, badged=badged)
    read_back(shown, page.replace("\n", "") if minified else page)


@given(
    seeds, st.booleans(), st.sampled_from((("\n", "\r\n"), (" ", "\u00a0"), ("é", "e\u0301"), ("\n", "\r")))
)
@settings(max_examples=60)
def test_line_ends_blanks_and_unicode_form_change_nothing(
    seed: int, badged: bool, change: tuple[str, str]
) -> None:
    shown = Maker(seed, badged=badged).shown()
    page = write_badged(shown) if badged else write_listed(shown)
    read_back(shown, page.replace(*change))


@given(seeds, st.sampled_from(("badged", "listed", "html", "minified")), st.integers(0, 400), st.booleans())
@settings(max_examples=300)
def test_a_page_that_breaks_off_before_its_last_section_is_stated_is_never_taken(
    seed: int, form: str, cut: int, late: bool
) -> None:
    shown = Maker(seed, badged=form == "badged").shown()
    match form:
        case "badged":
            page = write_badged(shown)
        case "listed":
            page = write_listed(shown)
        case _:
            page = write_html(shown, badged=False).replace("\n", "" if form == "minified" else "\n")
    # The name of a tool that is cut short cannot be told from another tool; up to it, all cuts can.
    last = page.index("Classification mappings")
    stated = "source=" if "source=" in page[last:] else "No classification mappings"
    end = page.index(stated, last) + len(stated) - 1
    start = page.index(f"Level — {shown.level.code}") if late else 0
    part = page[: start + cut * (end - start) // 400]
    harvest = read_pages([("page", part.encode())])
    assert harvest.read == ()
    assert harvest.problems


@given(st.lists(seeds, min_size=1, max_size=4), st.integers(0, 2**16))
@settings(max_examples=25)
def test_the_order_of_pages_changes_nothing(some: Sequence[int], order: int) -> None:
    shown = [Maker(seed, badged=bool(seed % 2)) for seed in some]
    written = [maker.shown() for maker in shown]
    pages = [
        (f"{i}.txt", (write_badged(one) if maker.badged else write_listed(one)).encode())
        for i, (one, maker) in enumerate(zip(written, shown, strict=True))
    ]
    first = read_pages(pages)
    Random(order).shuffle(pages)
    assert read_pages(pages) == first
    assert len(first.read) == len(pages)


@pytest.mark.parametrize("badged", [True, False])
def test_the_renderer_shows_every_field(badged: bool) -> None:
    """Were a field never generated, reading it back would prove nothing."""
    made = [Maker(seed, badged=badged).shown() for seed in range(60)]
    fields = ["title", "responsibilities", "guideline", "source_count", "sources", "aliases", "mappings"]
    fields += ["status", "version", "region", "confidence", "pay", "review"] if badged else []
    assert all(any(getattr(one.profile, field) for one in made) for field in fields)
    assert any(one.focus.exclusions and one.focus.differential and len(one.focus.skills) > 2 for one in made)
