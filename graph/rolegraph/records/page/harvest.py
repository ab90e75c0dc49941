"""Many pages -> what they state together, the same whatever their order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from rolegraph.errors import Place, Problem
from rolegraph.model import codes
from rolegraph.model.reference import JobFunction, Level, Skill
from rolegraph.model.roles import Focus
from rolegraph.records.explain import explain_errors
from rolegraph.records.intake import Intake
from rolegraph.records.page.assemble import Page, assemble_focus
from rolegraph.records.page.choose import Chooser, pick
from rolegraph.records.page.counts import Counts, Use, find_unused
from rolegraph.records.page.draft import Facts, Said
from rolegraph.records.page.single import read_page
from rolegraph.records.slugs import name_labels

_TEXTS: Final = ("summary", *Level.DESCRIPTOR)


@dataclass(frozen=True, slots=True)
class PageHarvest:
    """What the pages state that could be taken, and why the others could not.

    ``read`` and ``refused`` are the names of the pages, sorted; ``problems`` are those of the refused ones, and of
    numbers of responsibilities that were not needed. ``counted`` are the pages that were divided by such numbers.
    """

    intake: Intake
    problems: tuple[Problem, ...]
    read: tuple[str, ...]
    refused: tuple[str, ...]
    counted: tuple[str, ...] = ()


def read_pages(
    pages: Iterable[tuple[str, bytes]],
    *,
    counts: Counts | None = None,
    tell: Callable[[int], None] | None = None,
) -> PageHarvest:
    """Reads saved profile pages, given as (name as shown, content), and puts together what they state.

    Several pages of one focus make one record. Where pages differ, the one of the lower level, then of the name
    that comes first, is kept, and a note names both. ``counts`` are the numbers of responsibilities per level for
    pages that list them without their levels: for all pages, or by the name of a page (without its folder) or the
    code of a focus, under "" for all others. Numbers that no page needs are a problem. ``tell`` is called with the
    number of pages read so far.
    """
    ranked: list[tuple[Any, Page]] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    refused: list[str] = []
    uses: list[Use] = []
    counted: list[str] = []
    for number, (name, data) in enumerate(pages, 1):
        reading = read_page(name, data, counts)
        if reading.counts is not None:
            uses.append(reading.counts)
            counted += [name] * (reading.counts.needed and reading.counts.taken)
        if reading.facts is None or reading.facts.code is None:
            problems += reading.problems
            refused.append(name)
        else:
            code = reading.facts.code.value
            rank = (codes.split_level(code.rpartition(".")[2]), name, code, hashlib.sha256(data).digest())
            ranked.append((rank, Page(name, reading.facts)))
            notes += reading.notes
        if tell is not None:
            tell(number)
    ranked.sort(key=lambda item: item[0])
    good = [page for _, page in ranked]
    problems += find_unused(counts, uses)
    gathered = _Harvester(good, notes, problems, refused).gather()
    return replace(gathered, counted=tuple(sorted(counted)))


class _Harvester:
    """Puts pages together that are in their order already."""

    def __init__(
        self, pages: list[Page], notes: list[Problem], problems: list[Problem], refused: list[str]
    ) -> None:
        self.pages = pages
        self.notes = notes
        self.problems = problems
        self.refused = refused
        self.places: dict[tuple[str, ...], Place] = {}

    def gather(self) -> PageHarvest:
        names = name_labels(used.label.value for page in self.pages for used in page.facts.skills)
        focuses = []
        for code, pages in sorted(self._group(lambda facts: _code(facts).rpartition(".")[0]).items()):
            chooser = Chooser()
            try:
                focuses.append(assemble_focus(code, pages, names, chooser))
            except ValidationError as error:
                self._refuse(pages, error)
                continue
            self._take(chooser)
        functions, levels = self._make_functions(), self._make_levels()
        intake = Intake(
            functions=functions, levels=levels, skills=self._make_skills(focuses, names), focuses=tuple(focuses),
            places=self.places, notes=tuple(sorted(self.notes, key=_rank)),
        )  # fmt: skip
        read = tuple(sorted(page.name for page in self.pages))
        problems = tuple(sorted(self.problems, key=_rank))
        return PageHarvest(intake, problems, read, tuple(sorted(self.refused)))

    def _group(self, find: Callable[[Facts], str]) -> dict[str, list[Page]]:
        groups: dict[str, list[Page]] = {}
        for page in self.pages:
            groups.setdefault(find(page.facts), []).append(page)
        return groups

    def _refuse(self, pages: Sequence[Page], error: ValidationError) -> None:
        """Refuses the pages of a focus that the model does not take; what can be was judged line by line."""
        for page in pages:
            for path, complaint in explain_errors(error):
                where = ".".join(map(str, path))
                place = Place(page.name, page.facts.code.line if page.facts.code else None)
                self.problems.append(
                    Problem(complaint.rule, complaint.message, place, where, complaint.remedy)
                )
            self.refused.append(page.name)
        gone = {id(page.facts) for page in pages}
        self.pages = [page for page in self.pages if id(page.facts) not in gone]

    def _take(self, chooser: Chooser) -> None:
        self.places.update(chooser.places)
        self.notes += chooser.notes

    def _make_functions(self) -> tuple[JobFunction, ...]:
        made = []
        for code, pages in sorted(self._group(lambda facts: _code(facts).partition(".")[0]).items()):
            chooser = Chooser()
            label = chooser.choose(
                ("function", code, "label"),
                "the name of the function",
                pick(pages, lambda f: f.function_label),
            )
            first = pages[0].facts.code
            chooser.set_place(("function", code), pages[0].name, first.line if first else 1)
            if label is not None:
                chooser.places["function", code] = chooser.places["function", code, "label"]
            made.append(JobFunction(code=code, label=label))
            self._take(chooser)
        return tuple(made)

    def _make_levels(self) -> tuple[Level, ...]:
        made = []
        groups = self._group(lambda facts: _code(facts).rpartition(".")[2])
        for code in sorted(groups, key=codes.split_level):
            pages, chooser = groups[code], Chooser()
            values: dict[str, Any] = {}
            for field in _TEXTS:
                stated = pick(pages, lambda f, n=field: f.texts.get(n))  # type: ignore[misc]
                values[field] = chooser.choose(
                    ("level", code, field), f"the {field.replace('_', ' ')} of {code}", stated
                )
            values["name"] = chooser.choose(
                ("level", code, "name"), f"the name of {code}", pick(pages, lambda f: f.level_name)
            )
            values["years"] = chooser.choose(
                ("level", code, "years"), f"the years of {code}", pick(pages, lambda f: f.years)
            )
            if chooser.places:
                chooser.places["level", code] = min(chooser.places.values())
                made.append(Level(code=code, **values))
            self._take(chooser)
        return tuple(made)

    def _make_skills(self, focuses: Sequence[Focus], names: Mapping[str, str]) -> tuple[Skill, ...]:
        labels = {use.label for focus in focuses for use in focus.skills if use.label is not None}
        for page in self.pages:
            for used in page.facts.skills:
                self._place_skill(names[used.label.value], page.name, used.label)
        return tuple(Skill(code=names[label], label=label) for label in sorted(labels, key=names.__getitem__))

    def _place_skill(self, code: str, page: str, label: Said[str]) -> None:
        self.places.setdefault(("skill", code), Place(page, label.line))
        self.places.setdefault(("skill", code, "label"), Place(page, label.line))


def _code(facts: Facts) -> str:
    return facts.code.value if facts.code else ""


def _rank(problem: Problem) -> tuple[str, int, str, str, str]:
    place = problem.place or Place("")
    return place.file, place.line or 0, problem.rule, problem.where, problem.message
