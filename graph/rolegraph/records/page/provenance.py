"""Where a profile comes from: the scores of the review, the number of sources, and the sources if listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rolegraph.model.roles import Score
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro
from rolegraph.records.slugs import make_slug

_SCORE: Final = re.compile(r"\s*([^\d\W][^\d]*?)\s*(\d(?:\.\d+)?)(?=[^\d.]|$)")
_GLUED: Final = re.compile(r"^.*?[^\W\d_A-Z]{2}(?=[A-Z][a-z])")
"""A name that is run together with the next one, as nothing stands between them."""

_VALUE: Final = re.compile(r"\d(?:\.\d+)?")
_DIMENSION: Final = 60
"""The name of a dimension has at most so many characters."""

_COUNT: Final = re.compile(r"(\d{1,6}|No) sources?:?", re.IGNORECASE)


_REMEDY: Final = "give each dimension its score, as Level differentiation4.5, or take the dimension out"


def read_provenance(section: Section, draft: Draft) -> None:
    """Reads scores before the count, and the sources behind it; number and list are both kept."""
    facts = draft.facts
    for line in _join_scores(drop_intro(section)):
        count = None if line.bullet else _COUNT.fullmatch(line.text)
        if count is not None and facts.source_count is None:
            number = 0 if count[1].lower() == "no" else int(count[1])
            facts.source_count = Said(number, line.number)
        elif line.bullet or facts.source_count is not None:
            facts.sources.append(Said(line.text, line.number))
        elif scores := list(_split_scores(line.text)):
            _take_scores(scores, line, draft)
        elif _lacks_score(line.text, draft):
            draft.refuse(
                "page-scores", f"in {shorten(line.text)} a dimension has no score", line.number, _REMEDY
            )
        else:
            draft.pass_over(line)
    count_said = facts.source_count
    if count_said is not None and facts.sources and count_said.value != len(facts.sources):
        draft.note(
            "page-sources-differ", f"the page counts {count_said.value} sources and lists {len(facts.sources)}; "
            "both were kept", count_said.line,
        )  # fmt: skip


def _join_scores(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, where a score stands below its dimension with both in one."""
    at = 0
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else None
        if following and _VALUE.fullmatch(following.text) and not re.search(r"\d", line.text):
            line, at = line._replace(text=f"{line.text} {following.text}"), at + 1
        yield line
        at += 1


def _lacks_score(text: str, draft: Draft) -> bool:
    """Whether a line of the review names a dimension without its score."""
    if re.search(r"\D\d\.\d", text):
        return True
    return bool(draft.facts.scores) and len(text) <= _DIMENSION and not re.search(r"\d", text)


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
        found.append((match[1].strip(" ·|:"), Decimal(match[2])))
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
        if slug in known:
            draft.refuse(
                "page-scores", f"the review has two scores for {shorten(name)}", line.number, "keep one"
            )
        elif draft.make(Score, line.number, dimension=slug, value=value) is not None:
            known.add(slug)
            draft.facts.scores.append(Said((slug, value), line.number))
