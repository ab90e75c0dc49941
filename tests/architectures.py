"""Small job architectures for tests of distances, moves and paths: written out by hand, or drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from random import Random

from hypothesis import strategies as st

from rolegraph.careers.roster import Roster
from rolegraph.model import codes
from rolegraph.model.record import Retirement, YearRange
from rolegraph.model.reference import (
    Constant,
    Dataset,
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Skill,
    Track,
)
from rolegraph.model.roles import Focus, Profile, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.resources import find_resource

Years = tuple[float | str, float | str | None]
"""First and last year; None for a range that is open above."""

YEARS: Mapping[str, Years | None] = {
    "S1": (0, 1), "S3": (3, 5),
    "P1": (0, 2), "P2": (1, 3), "P3": (3, 5), "P4": (5, 8), "P5": (8, 12), "P6": (12, 18),
    "M1": (3, 6), "M2": (5, 8), "M3": (8, 12), "M4": (10, 15), "M5": (12, 18), "M6": (15, 25),
    "E3": (15, 22),
}  # fmt: skip
"""The typical years of the shipped ladder."""

Wanted = Mapping[str, Sequence[str]]
"""By skill, the levels that it is recorded for; no level: for the whole focus."""


@cache
def read_shipped() -> Taxonomy:
    """The shipped records."""
    return load_folder(find_resource("data")).taxonomy


@cache
def read_roster() -> Roster:
    """Their roster."""
    return Roster.from_taxonomy(read_shipped())


def change_constants(editions: Sequence[Edition], changes: Mapping[str, object]) -> tuple[Edition, ...]:
    """Editions with other values: ``{"effort@1 keep-lateral": 2}``; None takes a constant out."""
    changed = []
    for edition in editions:
        values: dict[str, object] = {c.name: c.value for c in edition.constants}
        own = {key.split()[1]: value for key, value in changes.items() if key.split()[0] == edition.code}
        constants = tuple(
            Constant(name=name, value=Decimal(str(value)), reason="A test.")
            for name, value in (values | own).items()
            if value is not None
        )
        changed.append(edition.model_copy(update={"constants": constants}))
    return tuple(changed)


def make_level(code: str, years: Years | None = None, stage: object = None, **texts: str) -> Level:
    """A level with the years given."""
    span = None
    if years is not None:
        low, high = years
        span = YearRange(min=Decimal(str(low)), max=None if high is None else Decimal(str(high)))
    return Level(code=code, years=span, stage=None if stage is None else Decimal(str(stage)), **texts)


def make_taxonomy(
    ladders: Mapping[str, Sequence[str]],
    *,
    groups: Mapping[str, str] | None = None,
    skills: Mapping[str, Wanted | Sequence[str]] | None = None,
    levels: Sequence[Level] | None = None,
    constants: Mapping[str, object] | None = None,
    retired: Mapping[str, str | None] | None = None,
    titles: Mapping[str, str] | None = None,
    job_codes: Mapping[str, str] | None = None,
) -> Taxonomy:
    """An architecture from focus codes and their levels.

    ``groups`` gives the group of functions; ``skills`` the skills of focuses, as a list or by level; ``levels``
    replaces the shipped ladder; ``retired`` gives retired profiles and focuses their successors.
    """
    groups, skills, retired = groups or {}, skills or {}, retired or {}
    wanted: dict[str, Wanted] = {
        focus: given if isinstance(given, Mapping) else dict.fromkeys(given, ())
        for focus, given in skills.items()
    }
    levels = [make_level(code, years) for code, years in YEARS.items()] if levels is None else levels
    tracks = sorted({level.track for level in levels})
    functions = sorted({focus.partition(".")[0] for focus in ladders})

    def retire(code: str) -> Retirement | None:
        return Retirement(note="Gone.", replaced_by=retired[code]) if code in retired else None

    def make_profile(code: str) -> Profile:
        return Profile(
            code=code,
            basis="implied",
            title=(titles or {}).get(code),
            job_code=(job_codes or {}).get(code),
            retired=retire(code),
        )

    return Taxonomy(
        dataset=Dataset(
            title="Test", publisher="Test", version="1", base="https://example.org/", language="en",
            currency="EUR", issued="2026-01-01", modified="2026-01-01", access_rights="For tests.",
        ),
        groups=tuple(FunctionGroup(code=code, label=code) for code in sorted(set(groups.values()))),
        functions=tuple(JobFunction(code=code, group=groups.get(code)) for code in functions),
        tracks=tuple(Track(code=code, label=code) for code in tracks),
        levels=tuple(levels),
        skills=tuple(
            Skill(code=code, label=f"Skill {code}") for code in sorted({s for w in wanted.values() for s in w})
        ),
        editions=change_constants(read_shipped().editions, constants or {}),
        focuses=tuple(
            Focus(
                code=focus,
                label=f"Focus {focus}",
                skills=tuple(SkillUse(skill=s, levels=tuple(at)) for s, at in wanted.get(focus, {}).items()),
                profiles=tuple(make_profile(codes.compose_profile(focus, level)) for level in ladder),
                retired=retire(focus),
            )
            for focus, ladder in ladders.items()
        ),
    )  # fmt: skip


def make_roster(ladders: Mapping[str, Sequence[str]], **more: object) -> Roster:
    """The roster of :func:`make_taxonomy`."""
    return Roster.from_taxonomy(make_taxonomy(ladders, **more))  # type: ignore[arg-type]


FUNCTIONS = ("A", "A-B", "A1", "B")
"""Some are prefixes of others: the order of codes must not depend on where the dots fall."""
FOCUSES = ("GEN", "GEN-X", "GEN1", "X")


def draw_architecture(
    random: Random, *, most: int = 10, changes: Mapping[str, object] | None = None
) -> Taxonomy:
    """A random architecture of at most ``most`` focuses, on the shipped ladder."""
    functions = random.sample(FUNCTIONS, random.randint(1, len(FUNCTIONS)))
    groups = {f: random.choice(("g", "h")) for f in functions if random.random() < 0.7}
    every = [f"{function}.{focus}" for function in functions for focus in FOCUSES]
    ladders: dict[str, list[str]] = {}
    skills: dict[str, Wanted] = {}
    retired: dict[str, str | None] = {}
    pool = [f"s{number}" for number in range(random.choice((3, 8, 16)))]
    for focus in random.sample(every, min(len(every), random.randint(1, most))):
        size = random.choice((1, 2, 4, 7))
        ladders[focus] = ladder = sorted(random.sample(list(YEARS), size))
        if random.random() < 0.8:
            share = random.choice((0.0, 0.0, 0.5))
            skills[focus] = {
                skill: sorted(random.sample(ladder, random.randint(1, size)))
                if random.random() < share
                else ()
                for skill in random.sample(pool, random.randint(1, min(6, len(pool))))
            }
        if random.random() < 0.1:
            retired[random.choice((focus, f"{focus}.{random.choice(ladder)}"))] = None
    return make_taxonomy(ladders, groups=groups, skills=skills, constants=changes, retired=retired)


@st.composite
def architectures(draw: st.DrawFn, most: int = 10, **changes: object) -> Taxonomy:
    """Random architectures; ``changes`` are constants, as in ``effort__keep_lateral=2``."""
    random = Random(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.integers(1, most))
    named = {name.replace("__", "@1 ").replace("_", "-"): value for name, value in changes.items()}
    return draw_architecture(random, most=size, changes=named)


def narrow_architectures() -> st.SearchStrategy[Taxonomy]:
    """Random architectures in which few moves are kept, so that paths are long and some are missing."""
    return architectures(most=16, effort__keep_lateral=2, effort__keep_function_change=2)


def even_architectures() -> st.SearchStrategy[Taxonomy]:
    """Random architectures in which many paths cost exactly the same: level terms add up, little else counts."""
    return architectures(
        most=12,
        effort__skills=0,
        effort__rise=0,
        effort__seniority=0,
        effort__seniority_track=0,
        effort__keep_lateral=3,
        effort__keep_function_change=3,
        experience__truncation=10,
    )
