"""From a person's skills to the roles that ask for them.

A skill is recognised where its wording is that of a skill's label, of one of its alternatives, or of a focus, apart
from letter case, white space and dashes. What is close to a wording is offered and not taken. Where too few are
recognised the answer is that there is none: an order made of one or two skills would be chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rolegraph.answers import PersonAdjacent, PersonNeighbour, Recognised, Unrecognised
from rolegraph.careers.adjacency import check_number, cut, tell_left_out
from rolegraph.careers.by_content import ByContent
from rolegraph.careers.distance import read_distance
from rolegraph.careers.selection import Filters, select
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.careers.roster import Roster

CLOSEST = 3
"""How many close wordings are offered."""

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
    if read_distance(roster, edition)[0] != "content":
        raise RequestError(
            f"{edition} does not compare skills; use an edition of the form content, such as content@1"
        )
    recognised, unrecognised = recognise(roster, skills)
    known = list(dict.fromkeys(skill for skill, _ in recognised))
    told = tuple(found for _, found in recognised)
    yardstick = ByContent(roster, edition, select(roster, filters), person=known)
    if len(known) < yardstick.least_skills:
        reason = (
            f"{len(known)} of the {len(skills)} skills given {'is' if len(known) == 1 else 'are'} recognised, and "
            f"{edition} ranks roles from {yardstick.least_skills} recognised skills on (constant least-skills)"
        )
        return PersonAdjacent(edition, told, unrecognised, (), reason)
    left_out = yardstick.count_left_out()
    found = cut(yardstick, yardstick.find_nearest_to_person(k), filters)
    return PersonAdjacent(
        edition,
        told,
        unrecognised,
        tuple(_describe(yardstick, frozenset(known), key, at) for key, at in found),
        None,
        left_out,
        tell_left_out(yardstick, left_out),
    )


def recognise(
    roster: Roster, skills: Sequence[str]
) -> tuple[list[tuple[int, Recognised]], tuple[Unrecognised, ...]]:
    """Which skills of the data the given wordings name, with their positions, and which name none or several.

    Labels come before alternatives and these before the wordings of focuses.
    """
    shelves = [_shelve(pairs) for pairs in _list_wordings(roster)]
    recognised: list[tuple[int, Recognised]] = []
    unrecognised: list[Unrecognised] = []
    for given in dict.fromkeys(skills):
        wanted = _fold(given)
        named = next((shelf[wanted] for shelf in shelves if wanted in shelf), {})
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
    yield enumerate(roster.skill_labels)
    yield ((at, other) for at, others in enumerate(roster.skill_others) for other in others.split("\n"))
    yield zip(roster.use_skill.tolist(), roster.use_labels, strict=True)


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
        (_fold(text.translate(_MARKS)), text) for pairs in _list_wordings(roster) for _, text in pairs if text
    ]
    # Words in another order, and an abbreviation that stands in brackets behind the whole, are close.
    close = process.extract(
        _fold(wanted.translate(_MARKS)),
        [folded for folded, _ in wordings],
        scorer=fuzz.token_ratio,
        limit=20,
        score_cutoff=75,
    )
    ranked = sorted((-score, wordings[at][1]) for _, score, at in close)
    return tuple(dict.fromkeys(text for _, text in ranked))[:CLOSEST]


def _describe(yardstick: ByContent, known: frozenset[int], key: object, at: int) -> PersonNeighbour:
    roster = yardstick.roster
    distance, band = yardstick.judge(key)  # type: ignore[arg-type]
    asked = roster.uses_of(at)
    return PersonNeighbour(
        roster.code_of(at),
        roster.title_at(at),
        distance,
        band,
        yardstick.weigh(yardstick.person, roster.profile_set[at]),
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if skill in known),
        tuple(roster.wording_of(use) for skill, (use, _) in asked.items() if skill not in known),
    )
