"""Where a profile comes from: the scores of the review, the number of sources, and the sources if listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rolegraph.model.roles import Score
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro, fold
from rolegraph.records.slugs import make_slug

_SCORE: Final = re.compile(r"\s*([^\d\W][^\d]*?)\s*(\d(?:\.\d+)?)(?=[^\d.]|$)")
_GLUED: Final = re.compile(r"^.*?[^\W\d_A-Z]{2}(?=[A-Z][a-z])")
"""A name that is run together with the next one, as nothing stands between them."""

_VALUE: Final = re.compile(r"\d(?:\.\d+)?")
_AROUND: Final = " ·|:=—–-"
"""What may stand between a dimension and its score."""

_DIMENSION: Final = 60
"""The name of a dimension has at most so many characters."""

_COUNT: Final = re.compile(r"(\d{1,6}|No) sources?:?", re.IGNORECASE)
_NAME: Final = r"[^\W\d_](?:[^\W\d_]|[ &/'’-]){0,59}"
_LISTED: Final = re.compile(_NAME)
"""The name of a dimension in an item of a list, which could be a source as well."""

_ALMOST: Final = re.compile(
    rf"(?:{_NAME}\W{{0,3}})?\d(?:[.,]\d+)?(?:\s*(?:/|(?:out )?of)\s*\d(?:[.,]\d+)?)?\W{{0,3}}"
    rf"|\d[.,]\d+\W{{0,3}}{_NAME}"
)
"""What may be meant as a score: ``Concreteness 4,5``, ``Concreteness (4.5/5)`` or ``4.5 Concreteness``."""

_HEADER: Final = (frozenset({"dimension", "criterion"}), frozenset({"score", "value", "rating"}))
"""The names of the two columns of a table of scores."""

_SOURCES: Final = frozenset({"source", "sources", "number-of-sources"})
_REMEDY: Final = "give each dimension its score, as Level differentiation4.5, or take the dimension out"


def read_provenance(section: Section, draft: Draft) -> None:
    """Reads scores before the count, and the sources behind it; number and list are both kept.

    Before the count, an item of a list or a row of two cells that is a dimension and a score is a score.
    """
    facts = draft.facts
    lines = list(_join_scores(drop_intro(section)))
    at = next((i for i, line in enumerate(lines) if _find_count(line) is not None), len(lines))
    before, counted = lines[:at], lines[at:]
    if (row := _find_strange_row(before, counted)) is not None:
        draft.refuse_table(row)
        return
    if not counted and not (lines and lines[-1].last) and _refuse_unsure(before, draft):
        return
    listed = bool(counted) and any(line.bullet and _find_scores(line) for line in before)
    for line in before:
        _read_before(line, listed, draft)
    for line in counted[:1]:
        facts.source_count = Said(_find_count(line) or 0, line.number)
    facts.sources += (Said(line.text, line.number) for line in counted[1:])
    count_said = facts.source_count
    if count_said is not None and facts.sources and count_said.value != len(facts.sources):
        draft.note(
            "page-sources-differ", f"the page counts {count_said.value} sources and lists {len(facts.sources)}; "
            "both were kept", count_said.line,
        )  # fmt: skip


def _find_count(line: Line) -> int | None:
    """The number of sources, where a line states nothing else."""
    count = None if line.bullet or line.row else _COUNT.fullmatch(line.text)
    if count is None:
        return None
    return 0 if count[1].lower() == "no" else int(count[1])


def _find_strange_row(before: Sequence[Line], counted: Sequence[Line]) -> Line | None:
    """The first row of a table that is no dimension with its score, or with an empty cell in place of one."""
    for line in before:
        if not line.row or _is_header(line) or _find_scores(line):
            continue
        if len(line.cells) != 2 or not line.cells[0] or line.cells[1]:
            return line
    return next((line for line in counted if line.row), None)


def _is_header(line: Line) -> bool:
    return len(line.cells) == 2 and all(
        fold(cell) in names for cell, names in zip(line.cells, _HEADER, strict=True)
    )


def _refuse_unsure(lines: Sequence[Line], draft: Draft) -> bool:
    """Refuses items that may be scores as well as sources, as the page does not count its sources."""
    unsure = next((line for line in lines if line.bullet and _may_be_score(line)), None)
    if unsure is None:
        return False
    draft.refuse(
        "page-scores", f"whether {shorten(unsure.text)} is a score or a source is not known, as the page does not count "
        "its sources", unsure.number, "put a line such as '8 sources' behind the scores and before the sources",
    )  # fmt: skip
    return True


def _may_be_score(line: Line) -> bool:
    return bool(_find_scores(line)) or _ALMOST.fullmatch(line.text) is not None


def _find_scores(line: Line) -> list[tuple[str, Decimal]]:
    """The dimensions that a line names, with their scores; nothing where it is something else."""
    pair = line.cells or line.parts
    if len(pair) == 2 and _VALUE.fullmatch(pair[1]) and re.search(r"[^\W\d_]", pair[0][:_DIMENSION]):
        found = [(pair[0].strip(_AROUND), Decimal(pair[1]))]
        return found if len(pair[0]) <= _DIMENSION else []
    found = [] if line.row else list(_split_scores(line.text))
    if line.bullet and not all(_LISTED.fullmatch(name) for name, _ in found):
        return []
    return found


def _read_before(line: Line, listed: bool, draft: Draft) -> None:
    """Reads a line before the count; ``listed`` tells that scores are items of a list."""
    if _is_header(line):
        return
    if scores := _find_scores(line):
        _take_scores(scores, line, draft)
    elif line.bullet and _may_be_score(line):
        draft.refuse(
            "page-scores",
            f"{shorten(line.text)} is no dimension with a score behind it",
            line.number,
            _REMEDY,
        )
    elif (line.row or listed or not line.bullet) and _lacks_score(line, listed, draft):
        draft.refuse("page-scores", f"in {shorten(line.text)} a dimension has no score", line.number, _REMEDY)
    elif line.bullet:
        draft.facts.sources.append(Said(line.text, line.number))
    else:
        draft.pass_over(line)


def _join_scores(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, where a score stands below its dimension with both in one."""
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else None
        if (
            following
            and not line.row
            and _VALUE.fullmatch(following.text)
            and not re.search(r"\d", line.text)
        ):
            text = f"{line.text} {following.text}"
            line, at = line._replace(text=text, cells=(), parts=(), last=following.last), at + 1
        yield line
        at += 1


def _lacks_score(line: Line, listed: bool, draft: Draft) -> bool:
    """Whether a line of the review names a dimension without its score."""
    text = line.text
    if line.row or (not line.bullet and re.search(r"\D\d\.\d", text)):
        return True
    return (listed or bool(draft.facts.scores)) and len(text) <= _DIMENSION and not re.search(r"\d", text)


def _split_scores(text: str) -> Iterator[tuple[str, Decimal]]:
    """``Level differentiation4.5Focus specificity5.0`` by name; nothing where the text is something else.

    >>> [(name, str(value)) for name, value in _split_scores("Level differentiation4.5Factual accuracy5.0")]
    [('Level differentiation', '4.5'), ('Factual accuracy', '5.0')]
    """
    found, at = [], 0
    while at < len(text):
        match = _SCORE.match(text, at)
        if match is None:
            return
        found.append((match[1].strip(_AROUND), Decimal(match[2])))
        at = match.end()
    yield from found


def _take_scores(scores: list[tuple[str, Decimal]], line: Line, draft: Draft) -> None:
    for name, _ in scores:
        if glued := _GLUED.match(name):
            draft.refuse(
                "page-scores", f"the dimension {shorten(glued[0])} has no score before {shorten(name[len(glued[0]) :])}",
                line.number, _REMEDY,
            )  # fmt: skip
            return
    known = {said.value[0] for said in draft.facts.scores}
    for name, value in scores:
        slug = make_slug(name)
        if slug in _SOURCES:
            draft.refuse(
                "page-scores", f"{shorten(line.text)} is no score, and not understood as the number of sources",
                line.number, f"write it as {value} sources",
            )  # fmt: skip
        elif slug in known:
            draft.refuse(
                "page-scores", f"the review has two scores for {shorten(name)}", line.number, "keep one"
            )
        elif draft.make(Score, line.number, dimension=slug, value=value) is not None:
            known.add(slug)
            draft.facts.scores.append(Said((slug, value), line.number))
