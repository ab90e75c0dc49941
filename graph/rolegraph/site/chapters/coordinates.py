"""How coordinates work: what a coordinate is, what the editions of the data say, and a real pair worked out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from rolegraph.answers import EditionEntry
from rolegraph.careers.by_place import ByPlace, show_steps
from rolegraph.careers.distance import PLACE_FORMS, list_distances
from rolegraph.careers.forms import BY_RANK
from rolegraph.careers.roster import Roster
from rolegraph.careers.yardstick import Compared, open_yardstick
from rolegraph.catalogue import format_number, format_years
from rolegraph.definitions import describe_editions
from rolegraph.guide import CONTENT, EFFORT, EXPERIENCE, STRUCTURAL
from rolegraph.model.reference import Level
from rolegraph.site.book import Book, Chapter
from rolegraph.site.explaining import Step, work_out
from rolegraph.site.pairs import choose_pair

_NAME: Final = "coordinates.html"
_USUAL: Final = (STRUCTURAL, EXPERIENCE, CONTENT, "pay@1", EFFORT)
"""The editions that come with rolegraph."""


class Bands(NamedTuple):
    """Where the match bands of an edition end: in level steps, or None, and as a distance."""

    edition: EditionEntry
    near_steps: str | None
    near: str
    check_steps: str | None
    check: str


class Other(NamedTuple):
    """A pair by an edition that is not of places: what was found, and the arithmetic in a line."""

    edition: str
    found: Compared
    line: str


class Place(NamedTuple):
    """A level, its typical years, and its stage by an edition of stages; None where it has none."""

    level: Level
    years: str | None
    stage: str | None


def _make(book: Book, name: str) -> bytes | None:
    if name != _NAME:
        return None
    taxonomy, roster = book.taxonomy, book.roster
    editions = describe_editions(taxonomy).editions
    codes = {edition.code for edition in editions}
    distances = list_distances(roster)
    # By rank first, which is the simpler one.
    measured = sorted(editions, key=lambda edition: edition.form, reverse=True)
    places = [edition.code for edition in measured if edition.form in PLACE_FORMS]
    staged = next((edition.code for edition in editions if edition.form == "experience"), None)
    pair = choose_pair(roster, places[0] if places else STRUCTURAL)
    ends = [] if pair is None else [roster.locate_profile(code) for code in pair]
    return book.render(
        _NAME,
        name,
        editions=editions,
        own=sorted(codes - {*_USUAL}),
        lacking=[edition for edition in _USUAL if edition not in codes],
        bands=[bands for edition in editions if (bands := _read_bands(edition)) is not None],
        plain=[e for e in editions if e.code in distances and _read_bands(e) is None],
        places=places,
        staged=staged,
        levels=list(_place_levels(book, staged)),
        pair=[] if pair is None else [taxonomy.profile_by_code[code] for code in pair],
        titles=[roster.title_of(code) for code in pair or ()],
        worked=[work_out(roster, edition, *ends) for edition in places] if ends else [],
        others=[_measure(roster, e, *ends) for e in distances if e not in places] if ends else [],
        tell=lambda step: _tell(book, step),
        format_constant=lambda value: format_number(Decimal(repr(value))),
    )


def _tell(book: Book, step: Step) -> str:
    return book.wording(f"script-coordinates.{step.key}", **step.values)


def _read_bands(edition: EditionEntry) -> Bands | None:
    values = {constant.name: constant.value for constant in edition.constants}
    near, check = values.get("band-confident"), values.get("band-needs-review")
    if near is None or check is None:
        return None
    cut = values.get("truncation")
    if cut is None:
        return Bands(edition, None, f"{near:.4f}", None, f"{check:.4f}")
    return Bands(edition, f"{near:g}", f"{near / cut:.4f}", f"{check:g}", f"{check / cut:.4f}")


def _place_levels(book: Book, edition: str | None) -> Iterator[Place]:
    """The levels that roles stand at, from the lowest of each track."""
    roster = book.roster
    measure = None if edition is None else ByPlace(roster, edition).steps
    for at in roster.used_levels:
        level = book.taxonomy.level_by_code[roster.level_codes[at]]
        # Where neither years nor stages are recorded, the numbers of a track are ranks, and no stages.
        known = (
            measure is not None
            and measure.method[roster.level_track[at]] != BY_RANK
            and measure.stages[at] >= 0
        )
        yield Place(
            level,
            format_years(level.years.min, level.years.max) if level.years else None,
            show_steps(measure.stages[at]) if measure is not None and known else None,
        )


def _measure(roster: Roster, edition: str, origin: int, destination: int) -> Other:
    yardstick = open_yardstick(roster, edition)
    found = yardstick.compare(origin, destination)
    line = "" if found.distance is None else yardstick.explain(found.components)
    return Other(edition, found, line)


CHAPTERS: Final = (Chapter("", lambda book: (_NAME,), _make),)
