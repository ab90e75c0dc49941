"""Reading a page in a test: one that must be good, or one that must be bad."""

from __future__ import annotations

from pathlib import Path

from rolegraph.errors import Problem
from rolegraph.records.intake import Intake
from rolegraph.records.page import read_page, read_pages
from rolegraph.records.page.counts import Counts

FIXTURES = Path(__file__).parent / "fixtures" / "pages"
BAKERY = (FIXTURES / "bakery_m2.txt").read_text(encoding="utf-8")
HARBOUR = (FIXTURES / "harbour_p2.md").read_text(encoding="utf-8")
HARBOUR_HTML = (FIXTURES / "harbour_p2.html").read_text(encoding="utf-8")


def read(data: bytes | str, counts: Counts | None = None) -> Intake:
    """What a page states that must be good."""
    data = data.encode() if isinstance(data, str) else data
    harvest = read_pages([("page", data)], counts=counts)
    assert [str(problem) for problem in harvest.problems] == []
    return harvest.intake


def refuse(data: bytes | str, counts: Counts | None = None) -> list[tuple[str, int | None]]:
    """Rules and lines of the problems of a page that must be bad."""
    return [(p.rule, p.place.line if p.place else None) for p in find_problems(data, counts)]


def find_problems(data: bytes | str, counts: Counts | None = None) -> tuple[Problem, ...]:
    """The problems of a page that must be bad."""
    reading = read_page("page", data.encode() if isinstance(data, str) else data, counts)
    assert reading.facts is None
    for problem in reading.problems:
        assert problem.place is not None
        assert problem.place.file == "page"
        assert problem.remedy
        assert problem.message[0].islower() or not problem.message[0].isalpha()
    return reading.problems


def list_notes(intake: Intake) -> list[tuple[str, int | None]]:
    """Rules and lines of the notes."""
    return [(note.rule, note.place.line if note.place else None) for note in intake.notes]
