"""The ladder of a focus: its rungs in order, and what changes from each rung to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.answers import Ladder, LadderTrack, Rung, RungChange
from rolegraph.careers.distance import Measure
from rolegraph.careers.forms import BY_RANK, MICRO, STEP
from rolegraph.careers.needs import list_needs
from rolegraph.careers.roster import DESCRIPTOR
from rolegraph.careers.spans import format_years
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolegraph.answers.ladders import ChangeKind
    from rolegraph.careers.roster import Roster

_ALIGNING = "experience@1"
"""The edition whose stages set the rungs of several tracks side by side."""


def describe_ladder(roster: Roster, focus: str, track: str | None = None) -> Ladder:
    """The rungs of a focus (by code), lowest first, on one track or on each track that it uses.

    A level between the lowest and the highest rung at which the focus has no profile in use is a rung without
    code. ``changes`` says what differs from the rung below: what the level asks, the years that the guideline of
    the focus names, and the skills with the proficiency they are asked for. Raises UnknownError or RequestError for a focus that is not there, is retired,
    has no profile in use, or has none on the track.
    """
    position = roster.locate_focus(focus)
    rungs = roster.rungs_of(position)
    used = sorted({roster.level_track[level] for level in rungs})
    if not used:
        raise RequestError(f"the focus {focus} has no profile in use")
    if track is not None:
        names = [roster.track_codes[number] for number in used]
        if track not in names:
            raise RequestError(f"{focus} has no rung on track {track}; it has {', '.join(names)}")
        used = [used[names.index(track)]]
    spans = [_span_levels(roster, rungs, number) for number in used]
    stages = _find_stages(roster, [level for span in spans for level in span])
    return Ladder(
        focus,
        tuple(
            LadderTrack(roster.track_codes[number], tuple(_list_rungs(roster, rungs, span, stages)))
            for number, span in zip(used, spans, strict=True)
        ),
        "rank" if stages is None else _ALIGNING,
    )


def _span_levels(roster: Roster, rungs: dict[int, int], track: int) -> list[int]:
    """The levels of a track from the lowest to the highest at which there is a profile."""
    levels = [level for level in range(roster.level_count) if roster.level_track[level] == track]
    taken = [place for place, level in enumerate(levels) if level in rungs]
    return levels[taken[0] : taken[-1] + 1]


def _find_stages(roster: Roster, levels: list[int]) -> list[int] | None:
    """The stage of every level of the roster, where the edition compares these levels with each other."""
    try:
        measure = Measure(roster, _ALIGNING)
    except RequestError:
        return None
    methods = {measure.method[roster.level_track[level]] for level in levels}
    known = all(measure.stages[level] >= 0 for level in levels)
    return measure.stages if known and len(methods) == 1 and BY_RANK not in methods else None


def _list_rungs(
    roster: Roster, rungs: dict[int, int], levels: list[int], stages: list[int] | None
) -> Iterator[Rung]:
    size, scope = len(DESCRIPTOR), DESCRIPTOR.index("scope")
    for place, level in enumerate(levels):
        profile = rungs.get(level)
        below = levels[place - 1] if place else None
        low, high = roster.years_min[level], roster.years_max[level]
        changes = (
            () if below is None else tuple(_list_changes(roster, below, level, rungs.get(below), profile))
        )
        yield Rung(
            None if profile is None else roster.code_of(profile),
            roster.level_codes[level],
            roster.level_label(level) if profile is None else roster.title_at(profile),
            None if profile is None else roster.basis_of(profile),
            tuple(map(_tell_change, changes)),
            roster.level_names[level] or None,
            None if low < 0 else (low / MICRO, None if high < 0 else high / MICRO),
            roster.descriptors[level * size + scope] or None,
            None if stages is None else stages[level] / STEP,
            changes,
        )


def _list_changes(
    roster: Roster, below: int, level: int, profile_below: int | None, profile: int | None
) -> Iterator[RungChange]:
    size = len(DESCRIPTOR)
    rows: list[tuple[ChangeKind, str, str, str]] = [
        ("level", "level", roster.level_names[below], roster.level_names[level]),
        ("years", "typical years", _tell_years(roster, below), _tell_years(roster, level)),
    ]
    rows += [
        ("descriptor", name, roster.descriptors[below * size + at], roster.descriptors[level * size + at])
        for at, name in enumerate(DESCRIPTOR)
    ]
    if profile is not None and profile_below is not None:
        years = _tell_guideline(roster, profile_below), _tell_guideline(roster, profile)
        rows.append(("guideline", "guideline years", *years))
    for kind, name, old, new in rows:
        if old != new:
            yield RungChange(kind, name, old or None, new or None)
    if profile is not None and profile_below is not None:
        yield from _list_skill_changes(roster, profile_below, profile)


def _list_skill_changes(roster: Roster, below: int, profile: int) -> Iterator[RungChange]:
    """The skills that come in, are asked for at another proficiency, or are no longer asked for."""
    steps = roster.proficiency_labels
    needs = list_needs(roster, below, profile)
    for need in needs:
        label, asked, known = roster.wording_of(need.use), need.asked, need.known
        if need.shown is None:
            kind: ChangeKind = "skill-new" if need.standing == "gain" else "skill-unclear"
            yield RungChange(kind, label, None, None if asked is None else steps[asked])
        elif asked is not None and known is not None and asked != known:
            kind = "skill-higher" if asked > known else "skill-lower"
            yield RungChange(kind, label, steps[known], steps[asked])
    wanted = {need.skill for need in needs}
    for skill, (use, known) in roster.uses_of(below).items():
        if skill not in wanted:
            step = None if known is None else steps[known]
            yield RungChange("skill-dropped", roster.wording_of(use), step, None)


def _tell_change(change: RungChange) -> str:
    """A change in one line: what it is, and how it was and is."""
    step = "" if change.here is None else f" ({change.here})"
    if change.kind == "skill-new":
        return f"skill new: {change.what}{step}"
    if change.kind == "skill-unclear":
        return f"skill, not recorded below: {change.what}{step}"
    if change.kind == "skill-dropped":
        return f"skill no longer asked for: {change.what}"
    name = f"skill {change.what}" if change.kind.startswith("skill") else change.what
    return f"{name}: {change.below or 'not stated'} -> {change.here or 'not stated'}"


def _tell_years(roster: Roster, level: int) -> str:
    low = roster.years_min[level]
    return "" if low < 0 else format_years(low, roster.years_max[level])


def _tell_guideline(roster: Roster, profile: int) -> str:
    numbers = iter(roster.guideline_years[profile])
    return " or ".join(format_years(low, high) for low, high in zip(numbers, numbers, strict=True))
