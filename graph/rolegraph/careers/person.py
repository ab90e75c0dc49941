"""From a person's skills to the roles that ask for them.

A skill is recognised where its wording is that of a skill's label, of one of its alternatives, or of a focus, apart
from letter case, white space and dashes; or that of one of these without the brackets at its end, or the abbreviation
in them. Several skills that semicolons part are taken one by one where each of them is recognised. What is close to a wording is offered and not taken. Where too few are
recognised the answer is that there is none: an order made of one or two skills would be chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rolegraph.answers import PersonAdjacent, PersonNeighbour, Recognised, Unrecognised
from rolegraph.careers.adjacency import check_number, cut, tell_left_out
from rolegraph.careers.by_content import ByContent
from rolegraph.careers.distance import check_content
from rolegraph.careers.selection import Filters, select

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

CLOSEST = 3
"""How many close wordings are offered."""

_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[^\s,;]+")
_MARKS = str.maketrans(dict.fromkeys("()[],.;:", " "))
_APART = str.maketrans(dict.fromkeys("‐‑‒–—−-_/", " "))


def rank_for_person(
    roster: Roster,
    skills: Sequence[str],
    k: int = 10,
    edition: str = "content@1",
    filters: Filters | None = None,
) -> PersonAdjacent:
    """The ``k`` profiles in use nearest to the skills of a person, nearest first, ties by code.

    ``reason`` is given, and no profile, where fewer skills are recognised than the edition asks for. Raises
    RequestError for ``k`` below 1, for an edition that is not one of content, and for filters as
    :func:`rolegraph.careers.selection.select` does.
    """
    check_number(k)
    filters = filters or {}
    check_content(roster, edition)
    recognised, unrecognised = recognise(roster, skills)
    known = list(dict.fromkeys(skill for skill, _ in recognised))
    told = tuple(found for _, found in recognised)
    yardstick = ByContent(roster, edition, select(roster, filters), person=known)
    if len(known) < yardstick.least_skills:
        given = len(told) + len(unrecognised)
        different = "" if len(known) == len(told) else f" as {len(known)} different"
        reason = (
            f"{len(told)} of the {given} skills given {'is' if len(told) == 1 else 'are'} recognised{different}, and "
            f"{edition} ranks roles from {yardstick.least_skills} recognised skills on (constant least-skills)"
        )
        return PersonAdjacent(edition, told, unrecognised, (), reason)
    left_out = yardstick.count_left_out()
    found = cut(yardstick, yardstick.find_nearest_to_person(k), filters)
    limits = yardstick.tell_limits(None, [at for _, at in found])
    return PersonAdjacent(
        edition,
        told,
        unrecognised,
        tuple(_describe(yardstick, frozenset(known), key, at) for key, at in found),
        None if found else "no role lies within what was asked for",
        left_out,
        (*tell_left_out(yardstick, left_out), *limits),
    )


def recognise(
    roster: Roster, skills: Sequence[str]
) -> tuple[list[tuple[int, Recognised]], tuple[Unrecognised, ...]]:
    """Which skills of the data the given wordings name, with their positions, and which name none or several.

    Labels come before alternatives, these before the wordings of focuses, and all before what is shortened.
    """
    shelves = [_shelve(pairs) for pairs in _list_wordings(roster)]
    shelves.append(_shelve(_list_shortened(roster)))

    def find(given: str) -> dict[int, str]:
        wanted = _fold(given)
        return next((shelf[wanted] for shelf in shelves if wanted in shelf), {})

    recognised: list[tuple[int, Recognised]] = []
    unrecognised: list[Unrecognised] = []
    for given in dict.fromkeys(part for skill in skills for part in _part(skill, find)):
        wanted, named = _fold(given), find(given)
        if len(named) == 1:
            [skill] = named
            recognised.append(
                (skill, Recognised(given, roster.skill_codes[skill], roster.skill_labels[skill]))
            )
            continue
        labels = tuple(roster.skill_labels[skill] for skill in named) or _find_close(roster, wanted)
        unrecognised.append(Unrecognised(given, labels))
    return recognised, tuple(unrecognised)


def _list_wordings(roster: Roster) -> Iterator[Iterable[tuple[int, str]]]:
    same = roster.skill_same.tolist()
    yield zip(same, roster.skill_labels, strict=True)
    yield (
        (at, other)
        for at, others in zip(same, roster.skill_others, strict=True)
        for other in others.split("\n")
    )
    yield zip(roster.use_skill.tolist(), roster.use_labels, strict=True)


def _list_shortened(roster: Roster) -> Iterator[tuple[int, str]]:
    """What stands before the brackets at the end of a wording, and the abbreviation in them."""
    for pairs in _list_wordings(roster):
        for skill, text in pairs:
            found = _BRACKETS.fullmatch(text)
            if found:
                yield skill, found[1]
                if _ABBREVIATION.fullmatch(found[2]):
                    yield skill, found[2]


def _part(given: str, find: Callable[[str], dict[int, str]]) -> list[str]:
    """The skills that semicolons part in what is given, where each names one; otherwise what is given."""
    parts = [part.strip() for part in given.split(";") if part.strip()]
    if find(given) or not all(len(find(part)) == 1 for part in parts):
        return [given]
    return parts


def _shelve(pairs: Iterable[tuple[int, str]]) -> dict[str, dict[int, str]]:
    """By folded wording, the skills that are called so."""
    shelf: dict[str, dict[int, str]] = {}
    for skill, text in pairs:
        if text:
            shelf.setdefault(_fold(text), {})[skill] = text
    return shelf


def _fold(text: str) -> str:
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFC", text)
    return " ".join(text.translate(_APART).casefold().split())


def _find_close(roster: Roster, wanted: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    wordings = [
        (_fold(text.translate(_MARKS)), text, skill)
        for pairs in _list_wordings(roster)
        for skill, text in pairs
        if text
    ]
    # Words in another order, and an abbreviation that stands in brackets behind the whole, are close.
    close = process.extract(
        _fold(wanted.translate(_MARKS)),
        [folded for folded, _, _ in wordings],
        scorer=fuzz.token_ratio,
        limit=20,
        score_cutoff=75,
    )
    offered: dict[str, int] = {}
    for _, text, skill in sorted((-score, *wordings[at][1:]) for _, score, at in close):
        # One skill, or one wording of several, is offered once.
        if skill not in offered.values() and all(_fold(text) != _fold(other) for other in offered):
            offered[text] = skill
    return tuple(offered)[:CLOSEST]


def _describe(yardstick: ByContent, known: frozenset[int], key: object, at: int) -> PersonNeighbour:
    roster = yardstick.roster
    distance, band = yardstick.judge(key)  # type: ignore[arg-type]
    asked = roster.uses_of(at)
    return PersonNeighbour(
        roster.code_of(at),
        roster.title_at(at),
        distance,
        band,
        yardstick.split_from_person(at),
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if skill in known),
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if skill not in known),
    )
