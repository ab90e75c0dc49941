"""A Taxonomy as columns: what adjacency, moves, ladders and paths need of it, laid out for reading back at once.

Orders are part of the layout. Profiles stand by code, so that comparing positions is comparing codes, and so
that the profiles of a focus and the focuses of a function are runs of neighbours. Levels stand by track and
rank. Retired profiles keep their place, for naming, but stand in no index.

A column ``x:at`` says where the lists of column ``x`` begin, one more than there are lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from rolegraph.careers.bases import compile_bases, number_points
from rolegraph.careers.columns import Columns, Texts, group_column, number_column
from rolegraph.careers.editions import find_edition_problems, place_levels, read_constants
from rolegraph.careers.forms import (
    CENTS,
    DOCUMENTED,
    FORMS,
    MICRO,
    PER_LEVEL,
    RETIRED,
    UNRECORDED,
    WHOLE_FOCUS,
)
from rolegraph.errors import InputError, Problem
from rolegraph.model.record import Retirement, YearRange
from rolegraph.model.reference import Edition, JobFunction, Level
from rolegraph.model.roles import Focus, Profile, SkillUse
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.model.years import read_years

if TYPE_CHECKING:
    from rolegraph.releases.library import Library

_MOST_PAY = 10**15
"""A hundred times as much still fits a column."""


class _Layout(NamedTuple):
    """The records in the order of the columns, and the position of each code."""

    taxonomy: Taxonomy
    functions: list[JobFunction]
    focuses: list[Focus]
    profiles: list[Profile]
    active: list[bool]
    function_at: dict[str, int]
    focus_at: dict[str, int]
    level_at: dict[str, int]
    skill_at: dict[str, int]

    def place_skill(self, code: str) -> int:
        """The position of the skill that stands for all that are the same as one."""
        return self.skill_at[self.taxonomy.same_skill(code)]


def compile_columns(taxonomy: Taxonomy, library: Library | None = None) -> Columns:
    """The columns of a taxonomy; :class:`rolegraph.careers.roster.Roster` reads them.

    ``library`` are the releases beside it, which say what stands under profiles. Raises
    :class:`rolegraph.errors.InputError` with every constant of an edition that cannot be used, with every pay that is
    too large for one, and where the graph of a release is missing or changed.
    """
    if problems := find_edition_problems(taxonomy.editions):
        raise InputError(problems)
    functions = sorted(taxonomy.functions, key=lambda function: f"{function.code}.")
    focuses = sorted(taxonomy.focuses, key=lambda focus: f"{focus.code}.")
    profiles = [profile for focus in focuses for profile in sorted(focus.profiles, key=lambda p: p.level)]
    layout = _Layout(
        taxonomy,
        functions,
        focuses,
        profiles,
        [not taxonomy.is_retired(profile) for profile in profiles],
        _positions(function.code for function in functions),
        _positions(focus.code for focus in focuses),
        _positions(level.code for level in taxonomy.levels),
        _positions(skill.code for skill in taxonomy.skills),
    )
    skills = _compile_skills(layout)
    bases = compile_bases(taxonomy, library, profiles, layout.active, layout.skill_at)
    set_of, base_of = (cast("memoryview", part) for part in (skills["profile.set"], bases["profile.base"]))
    return {
        "meta": Texts.of([taxonomy.dataset.title, taxonomy.dataset.version]),
        **_compile_levels(layout),
        **_compile_functions(layout),
        **_compile_focuses(layout),
        **_compile_profiles(layout),
        **_compile_pay(layout),
        **skills,
        **bases,
        **number_points(set_of, base_of),
        **_compile_editions(layout),
    }


def _compile_levels(layout: _Layout) -> Columns:
    levels, tracks = layout.taxonomy.levels, layout.taxonomy.tracks
    track_at = _positions(track.code for track in tracks)
    rungs: list[int] = []
    for position, level in enumerate(levels):
        follows = position > 0 and levels[position - 1].track == level.track
        rungs.append(rungs[-1] + 1 if follows else 0)
    years = [_count_years(level.years) for level in levels]
    texts = (getattr(level, field) or "" for level in levels for field in ("summary", *Level.DESCRIPTOR))
    return {
        "track.code": Texts.of(track.code for track in tracks),
        "track.label": Texts.of(track.label for track in tracks),
        "level.code": Texts.of(level.code for level in levels),
        "level.name": Texts.of(level.name or "" for level in levels),
        "level.track": number_column(track_at[level.track] for level in levels),
        "level.rank": number_column(level.rank for level in levels),
        "level.rung": number_column(rungs),
        "level.used": number_column(sorted({layout.level_at[code] for code in _find_levels_in_use(layout)})),
        "level.years_min": number_column(low for low, _ in years),
        "level.years_max": number_column(high for _, high in years),
        "level.descriptor": Texts.of(texts),
    }


def _compile_functions(layout: _Layout) -> Columns:
    groups = layout.taxonomy.groups
    group_at = _positions(group.code for group in groups)
    members: list[list[int]] = [[] for _ in groups]
    for position, function in enumerate(layout.functions):
        if function.group is not None:
            members[group_at[function.group]].append(position)
    starts, functions = group_column(members)
    return {
        "group.code": Texts.of(group.code for group in groups),
        "group.label": Texts.of(group.label for group in groups),
        "group.functions:at": starts,
        "group.functions": functions,
        "function.code": Texts.of(function.code for function in layout.functions),
        "function.label": Texts.of(function.label or "" for function in layout.functions),
        "function.group": number_column(
            -1 if function.group is None else group_at[function.group] for function in layout.functions
        ),
        "function.focuses:at": _starts(
            (layout.function_at[focus.function] for focus in layout.focuses), len(layout.functions)
        ),
    }


def _compile_focuses(layout: _Layout) -> Columns:
    return {
        "focus.code": Texts.of(focus.code for focus in layout.focuses),
        "focus.label": Texts.of(focus.label for focus in layout.focuses),
        "focus.function": number_column(layout.function_at[focus.function] for focus in layout.focuses),
        "focus.profiles:at": _starts(
            (layout.focus_at[profile.focus] for profile in layout.profiles), len(layout.focuses)
        ),
        **_compile_retirements("focus", [focus.retired for focus in layout.focuses]),
    }


def _compile_profiles(layout: _Layout) -> Columns:
    profiles = layout.profiles
    years = []
    for profile in profiles:
        text = profile.guideline.experience if profile.guideline else None
        years.append([number for years in read_years(text or "") for number in _count_years(years)])
    years_at, all_years = group_column(years)
    cells_at, cells = _cells(layout, (at for at, active in enumerate(layout.active) if active))
    return {
        "profile.focus": number_column(layout.focus_at[profile.focus] for profile in profiles),
        "profile.level": number_column(layout.level_at[profile.level] for profile in profiles),
        "profile.flags": number_column(
            DOCUMENTED * (profile.basis == "documented") + RETIRED * (not active)
            for profile, active in zip(profiles, layout.active, strict=True)
        ),
        "profile.title": Texts.of(profile.title or "" for profile in profiles),
        "profile.job_code": Texts.of(profile.job_code or "" for profile in profiles),
        "profile.aliases": Texts.of("\n".join(profile.aliases) for profile in profiles),
        "profile.years:at": years_at,
        "profile.years": all_years,
        "cell.profiles:at": cells_at,
        "cell.profiles": cells,
        **_compile_retirements("profile", [profile.retired for profile in profiles]),
    }


def _compile_pay(layout: _Layout) -> Columns:
    """Median pay: amounts compare where currency and period, the kind of pay, are the same."""
    pays = [
        profile.pay if profile.pay and profile.pay.median is not None else None for profile in layout.profiles
    ]
    large = [
        Problem(
            "pay-size", f"the median {pay.median} is too large to be pay", None, profile.code, "correct it"
        )
        for profile, pay in zip(layout.profiles, pays, strict=True)
        if pay and pay.median is not None and pay.median > _MOST_PAY
    ]
    if large:
        raise InputError(large)
    kinds = sorted({(pay.currency, pay.duration) for pay in pays if pay})
    kind_at = {kind: position for position, kind in enumerate(kinds)}
    return {
        "pay.median": number_column(
            (-1 if pay is None or pay.median is None else _round_to(CENTS, pay.median) for pay in pays),
            wide=True,
        ),
        "pay.kind": number_column(-1 if pay is None else kind_at[pay.currency, pay.duration] for pay in pays),
        "pay.inherited": number_column(int(pay is not None and pay.inherited) for pay in pays),
        "pay.currency": Texts.of(currency for currency, _ in kinds),
        "pay.duration": Texts.of(duration for _, duration in kinds),
    }


def _compile_skills(layout: _Layout) -> Columns:
    uses = [use for focus in layout.focuses for use in focus.skills]
    use_levels_at, use_levels = group_column([layout.level_at[c] for c in use.levels] for use in uses)
    step_at = _positions(step.code for step in layout.taxonomy.proficiencies)
    asked_at, asked = group_column(
        [
            number
            for required in use.proficiency
            for number in (layout.level_at[required.level], step_at[required.proficiency])
        ]
        for use in uses
    )
    sets, set_of = _collect_sets(layout)
    sets_at, set_skills = group_column(skills for _, skills in sets)
    holders: list[list[int]] = [[] for _ in layout.skill_at]
    for number, (_, skills) in enumerate(sets):
        for skill in skills:
            holders[skill].append(number)
    holders_at, holder_sets = group_column(holders)
    blank_at, blank = _cells(
        layout, (at for at, active in enumerate(layout.active) if active and set_of[at] < 0)
    )
    return {
        "skill.code": Texts.of(skill.code for skill in layout.taxonomy.skills),
        "skill.label": Texts.of(skill.label for skill in layout.taxonomy.skills),
        "skill.others": Texts.of(
            "\n".join(other.label for other in skill.alternatives) for skill in layout.taxonomy.skills
        ),
        "skill.same": number_column(layout.place_skill(skill.code) for skill in layout.taxonomy.skills),
        "skill.sets:at": holders_at,
        "skill.sets": holder_sets,
        "focus.scope": number_column(map(_judge_scope, layout.focuses)),
        "focus.uses:at": _starts(
            (at for at, focus in enumerate(layout.focuses) for _ in focus.skills), len(layout.focuses)
        ),
        "use.skill": number_column(layout.place_skill(use.skill) for use in uses),
        "use.label": Texts.of(_word_use(layout, use) for use in uses),
        "use.levels:at": use_levels_at,
        "use.levels": use_levels,
        "use.asked:at": asked_at,
        "use.asked": asked,
        "proficiency.label": Texts.of(step.label for step in layout.taxonomy.proficiencies),
        "set.skills:at": sets_at,
        "set.skills": set_skills,
        "set.focus": number_column(focus for focus, _ in sets),
        "set.function": number_column(
            layout.function_at[layout.focuses[focus].function] for focus, _ in sets
        ),
        "focus.sets:at": _starts((focus for focus, _ in sets), len(layout.focuses)),
        "profile.set": number_column(set_of),
        "blank.profiles:at": blank_at,
        "blank.profiles": blank,
    }


def _word_use(layout: _Layout, use: SkillUse) -> str:
    """What a focus calls a skill where that is not the label of the skill that stands for it."""
    if use.label is None and layout.taxonomy.same_skill(use.skill) != use.skill:
        return layout.taxonomy.skill_by_code[use.skill].label
    return use.label or ""


def _collect_sets(layout: _Layout) -> tuple[list[tuple[int, tuple[int, ...]]], list[int]]:
    """The distinct sets of skills that active profiles show, each with its focus; and each profile's set.

    Sets are kept apart by focus even where they are equal, so that a set has one place in the taxonomy.
    """
    sets: list[tuple[int, tuple[int, ...]]] = []
    known: dict[tuple[int, tuple[int, ...]], int] = {}
    set_of: list[int] = []
    for profile, active in zip(layout.profiles, layout.active, strict=True):
        uses = layout.taxonomy.skill_uses_of(profile) if active else ()
        if not uses:
            set_of.append(-1)
            continue
        key = layout.focus_at[profile.focus], tuple(sorted({layout.place_skill(use.skill) for use in uses}))
        if key not in known:
            known[key] = len(sets)
            sets.append(key)
        set_of.append(known[key])
    return sets, set_of


def _judge_scope(focus: Focus) -> int:
    if not focus.skills:
        return UNRECORDED
    return PER_LEVEL if any(use.levels or use.proficiency for use in focus.skills) else WHOLE_FOCUS


def _compile_editions(layout: _Layout) -> Columns:
    editions = layout.taxonomy.editions
    in_use = _find_levels_in_use(layout)
    starts, numbers = group_column(
        (_number_edition(edition, layout, in_use) for edition in editions), wide=True
    )
    return {
        "edition.code": Texts.of(edition.code for edition in editions),
        "edition.form": Texts.of(edition.form for edition in editions),
        "edition.numbers:at": starts,
        "edition.numbers": numbers,
    }


def _number_edition(edition: Edition, layout: _Layout, in_use: frozenset[str]) -> list[int]:
    """Constants, then (form experience) the stage of each level and the method of each track."""
    if edition.form not in FORMS:
        return []
    numbers = read_constants(edition)
    if edition.form == "experience":
        stages, methods = place_levels(edition, layout.taxonomy.levels, in_use)
        numbers += stages + [methods.get(track.code, 0) for track in layout.taxonomy.tracks]
    return numbers


def _find_levels_in_use(layout: _Layout) -> frozenset[str]:
    return frozenset(
        profile.level for profile, active in zip(layout.profiles, layout.active, strict=True) if active
    )


def _compile_retirements(kind: str, retirements: Sequence[Retirement | None]) -> Columns:
    known = [(position, retired) for position, retired in enumerate(retirements) if retired is not None]
    return {
        f"{kind}.retired": number_column(position for position, _ in known),
        f"{kind}.retired_note": Texts.of(retired.note for _, retired in known),
        f"{kind}.successor": Texts.of(retired.replaced_by or "" for _, retired in known),
    }


def _cells(layout: _Layout, members: Iterable[int]) -> tuple[memoryview, memoryview]:
    """Profiles by function and level: the list of cell ``function * levels + level``, in the order of codes."""
    width = len(layout.level_at)
    cells: dict[int, list[int]] = {}
    for position in members:
        profile = layout.profiles[position]
        cell = layout.function_at[profile.function] * width + layout.level_at[profile.level]
        cells.setdefault(cell, []).append(position)
    return group_column(cells.get(cell, ()) for cell in range(len(layout.functions) * width))


def _positions(codes: Iterable[str]) -> dict[str, int]:
    return {code: position for position, code in enumerate(codes)}


def _starts(owners: Iterable[int], count: int) -> memoryview:
    """Where the members of each owner begin; the members stand in the order of their owners."""
    sizes = [0] * (count + 1)
    for owner in owners:
        sizes[owner + 1] += 1
    for position in range(count):
        sizes[position + 1] += sizes[position]
    return number_column(sizes)


def _count_years(years: YearRange | None) -> tuple[int, int]:
    """First and last year in millionths; -1 for a last year that is open, and for both where none is known."""
    if years is None:
        return -1, -1
    low, high = (-1 if bound is None else _round_to(MICRO, bound) for bound in (years.min, years.max))
    return low, high


def _round_to(unit: int, value: Decimal) -> int:
    return int((value * unit).to_integral_value(ROUND_HALF_EVEN))
