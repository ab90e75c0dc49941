"""The roles nearest to a profile, as its page tells them: how far, how sure, and why in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from rolegraph.answers import Neighbour
from rolegraph.careers.adjacency import rank_adjacent
from rolegraph.careers.yardstick import open_yardstick
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from rolegraph.model.roles import Profile
    from rolegraph.site.book import Book


@dataclass(frozen=True, slots=True)
class Near:
    """One adjacent role: why it is where it is, in words, and the arithmetic that the command line shows.

    ``page`` is the path of its page in the site, ``key`` its code in an address, ``shown`` its distance with four digits.
    """

    neighbour: Neighbour
    profile: Profile
    page: str
    key: str
    shown: str
    why: tuple[str, ...]
    sum: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The adjacent roles of a profile; ``reason`` says why there are none, ``notes`` what cannot be told."""

    roles: tuple[Near, ...]
    reason: str | None
    notes: tuple[str, ...]


def find_nearest(book: Book, profile: Profile) -> Nearest:
    """The nearest roles of a profile by the edition of the book; a retired one has none."""
    taxonomy, roster = book.taxonomy, book.roster
    if taxonomy.is_retired(profile):
        return Nearest((), book.wording("profile.adjacent-retired"), ())
    try:
        found = rank_adjacent(roster, profile.code, book.k, book.edition)
    except RequestError as error:
        return Nearest((), str(error), ())
    explain = open_yardstick(roster, book.edition).explain
    roles = []
    for neighbour in found.adjacent:
        other = taxonomy.profile_by_code[neighbour.code]
        why = tuple(_tell_why(book, profile, other, neighbour))
        page, shown = book.addresses.page("profile", other.code), f"{neighbour.distance:.4f}"
        roles.append(
            Near(neighbour, other, page, quote(other.code), shown, why, explain(neighbour.components))
        )
    return Nearest(tuple(roles), found.reason, found.notes)


def _tell_why(book: Book, origin: Profile, other: Profile, neighbour: Neighbour) -> Iterator[str]:
    """What two roles have in common and what sets them apart, destination seen from origin."""
    t = book.wording
    if neighbour.plain:
        yield neighbour.plain
    yield from neighbour.notes
    if "level" not in neighbour.components:
        return
    here, there = book.taxonomy.level_by_code[origin.level], book.taxonomy.level_by_code[other.level]
    steps = neighbour.components["level"]
    if here.code == there.code:
        yield t("profile.why-level-same")
    elif not steps:
        yield t("profile.why-level-equal")
    elif here.track == there.track and steps == abs(there.rank - here.rank):
        yield t(f"profile.why-level-{'up' if there.rank > here.rank else 'down'}", count=int(steps))
    else:
        yield t(f"profile.why-level-apart.{'one' if steps == 1 else 'many'}", steps=f"{steps:g}")
    same = here.track == there.track
    track = book.taxonomy.track_by_code[there.track].label
    yield t("profile.why-track-same") if same else t("profile.why-track-other", track=track)
    yield t(f"profile.why-place-{_relate(book, origin, other)}")


def _relate(book: Book, origin: Profile, other: Profile) -> str:
    if origin.focus == other.focus:
        return "focus"
    if origin.function == other.function:
        return "function"
    functions = book.taxonomy.function_by_code
    group = functions[origin.function].group
    return "group" if group is not None and group == functions[other.function].group else "elsewhere"
