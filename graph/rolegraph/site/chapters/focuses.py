"""The page of a focus: its ladder, what changes from rung to rung, its guideline, what it does and what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.careers.ladders import describe_ladder
from rolegraph.entries import CRITERION_LABELS, DESCRIPTOR_LABELS, YEARS_LABEL
from rolegraph.errors import RequestError
from rolegraph.report.wording import tell_years
from rolegraph.site.book import Book, Chapter
from rolegraph.site.chapters.skills import list_asked
from rolegraph.site.definitions import leave_out
from rolegraph.site.indexes import name_function
from rolegraph.site.ladder_picture import Names, draw_ladder, list_ends, name_rung

if TYPE_CHECKING:
    from rolegraph.answers import Ladder, Rung, RungChange
    from rolegraph.model.roles import Focus

_SKILLS: Final = ("skill-new", "skill-unclear", "skill-higher", "skill-lower", "skill-dropped")
"""Kinds of changes that are about skills, in the order of their telling."""


class Step(NamedTuple):
    """A rung as the page tells it, and what changes from the rung below it: fields, and skills by kind of change."""

    rung: Rung
    name: str
    years: str | None
    below: str | None
    fields: Sequence[tuple[str, RungChange]]
    skills: Sequence[tuple[str, Sequence[RungChange]]]


class Track(NamedTuple):
    """One track of a ladder, its rungs lowest first; ``ends`` are the codes of the lowest and the highest role."""

    code: str
    label: str
    steps: Sequence[Step]
    ends: tuple[str, str] | None


def _make_focus(book: Book, name: str) -> bytes | None:
    code = book.addresses.find("focus", name.removesuffix(".html")) if name.endswith(".html") else None
    if code is None:
        return None
    taxonomy = book.taxonomy
    focus = taxonomy.focus_by_code[code]
    function = taxonomy.function_by_code[focus.function]
    try:
        ladder = describe_ladder(book.roster, code)
    except RequestError:
        # Retired, or without a profile in use: there is nothing to climb.
        ladder = None
    tracks = [] if ladder is None else list(_list_tracks(book, focus, ladder))
    unsaid = [use for use in focus.skills if not use.description]
    return book.render(
        "focus.html",
        f"focus/{name}",
        focus=focus,
        definition=leave_out(focus.definition, focus.exclusions),
        function=function,
        function_name=name_function(function),
        tracks=tracks,
        drawing=None if ladder is None else draw_ladder(ladder, _name_rungs(book, focus, tracks)),
        aligned_by="rank" if ladder is None else ladder.aligned_by,
        criteria=list(CRITERION_LABELS.items()),
        guided=[profile for profile in focus.profiles if profile.guideline is not None],
        active=[profile for profile in focus.profiles if profile.responsibilities],
        retired=[profile for profile in focus.profiles if taxonomy.is_retired(profile)],
        skill_of=taxonomy.skill_by_code.__getitem__,
        level_of=taxonomy.level_by_code.__getitem__,
        title_of=taxonomy.title_of,
        list_asked=lambda use: list_asked(taxonomy, focus, use),
        shared=sum(bool(taxonomy.skill_by_code[use.skill].definition) for use in unsaid),
        undescribed=sum(not taxonomy.skill_by_code[use.skill].definition for use in unsaid),
    )


def _list_tracks(book: Book, focus: Focus, ladder: Ladder) -> Iterator[Track]:
    for track in ladder.tracks:
        steps = [
            _tell_rung(rung, focus, track.rungs[place - 1] if place else None)
            for place, rung in enumerate(track.rungs)
        ]
        label = book.taxonomy.track_by_code[track.track].label
        yield Track(track.track, label, steps, list_ends(track))


def _tell_rung(rung: Rung, focus: Focus, below: Rung | None) -> Step:
    fields: list[tuple[str, RungChange]] = []
    skills: dict[str, list[RungChange]] = {kind: [] for kind in _SKILLS}
    for change in rung.differences:
        if change.kind in skills:
            skills[change.kind].append(change)
        else:
            fields.append((_name_field(change), change))
    return Step(
        rung,
        name_rung(rung, focus.label),
        None if rung.years is None else tell_years(rung.years),
        None if below is None else below.level,
        fields,
        [(kind, found) for kind, found in skills.items() if found],
    )


def _name_field(change: RungChange) -> str:
    if change.kind == "years":
        return YEARS_LABEL
    return DESCRIPTOR_LABELS.get(change.what, change.what.capitalize())


def _name_rungs(book: Book, focus: Focus, tracks: Sequence[Track]) -> Names:
    """What the drawing calls rungs and tracks."""
    wording = book.wording
    titles, facts = {}, {}
    for track in tracks:
        for step in track.steps:
            standing = "missing" if step.rung.code is None else str(step.rung.basis)
            told = [wording(f"matrix.{standing}"), *([step.years] if step.years else [])]
            titles[step.rung.level] = step.name
            facts[step.rung.level] = " · ".join(told)
    return Names(titles, facts, {track.code: track.label for track in tracks})


def _list_focuses(book: Book) -> Iterator[str]:
    return (f"{book.addresses.name('focus', code)}.html" for code in book.addresses.list_codes("focus"))


CHAPTERS: Final = (Chapter("focus", _list_focuses, _make_focus),)
