"""The tracks with their levels, and the page of each level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rolegraph.catalogue import format_number, format_years
from rolegraph.entries import DESCRIPTOR_LABELS
from rolegraph.model.reference import Level
from rolegraph.model.roles import Profile
from rolegraph.site.book import Book, Chapter
from rolegraph.site.indexes import name_function


def _make_list(book: Book, name: str) -> bytes | None:
    if name != "levels.html":
        return None
    taxonomy = book.taxonomy
    levels = {track: list(group) for track, group in groupby(taxonomy.levels, lambda level: level.track)}
    return book.render(
        "levels.html",
        name,
        tracks=[(track, levels.get(track.code, [])) for track in taxonomy.tracks],
        count=lambda level: len(book.indexes.profiles_of_level.get(level.code, ())),
        tell_years=tell_years,
        format_number=format_number,
    )


def _make_level(book: Book, name: str) -> bytes | None:
    code = book.addresses.find("level", name.removesuffix(".html")) if name.endswith(".html") else None
    if code is None:
        return None
    taxonomy = book.taxonomy
    level = taxonomy.level_by_code[code]
    ladder = [other for other in taxonomy.levels if other.track == level.track]
    place = ladder.index(level)
    profiles = book.indexes.profiles_of_level.get(code, ())
    return book.render(
        "level.html",
        f"level/{name}",
        level=level,
        track=taxonomy.track_by_code[level.track],
        below=ladder[place - 1] if place else None,
        above=ladder[place + 1] if place + 1 < len(ladder) else None,
        years=tell_years(level),
        stage=None if level.stage is None else format_number(level.stage),
        descriptor=[(label, getattr(level, field)) for field, label in DESCRIPTOR_LABELS.items()],
        count=len(profiles),
        parts=list(_group_profiles(book, profiles)),
        title_of=taxonomy.title_of,
        is_retired=taxonomy.is_retired,
    )


def _group_profiles(book: Book, profiles: Sequence[Profile]) -> Iterator[tuple[str, str, Sequence[Profile]]]:
    """The profiles by function: its code, what it is called, and its profiles."""
    groups: dict[str, list[Profile]] = {}
    for profile in profiles:
        groups.setdefault(profile.function, []).append(profile)
    for function in book.indexes.functions:
        if function.code in groups:
            yield function.code, name_function(function), groups[function.code]


def tell_years(level: Level) -> str | None:
    """The typical years of a level, as people write them."""
    return None if level.years is None else format_years(level.years.min, level.years.max)


def _list_levels(book: Book) -> Iterator[str]:
    return (f"{book.addresses.name('level', code)}.html" for code in book.addresses.list_codes("level"))


CHAPTERS: Final = (
    Chapter("", lambda book: ("levels.html",), _make_list),
    Chapter("level", _list_levels, _make_level),
)
