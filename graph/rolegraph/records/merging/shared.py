"""Functions, groups, ladder, scale and skills: what a source states of them meets what a folder holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rolegraph.model.record import Record
from rolegraph.model.reference import Level, Skill, SkillDescriptor
from rolegraph.records.folder import load_lent
from rolegraph.records.merging.meeting import mark_assigned

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.merging.adopt import Adoption
    from rolegraph.records.merging.meeting import Meeting

R = TypeVar("R", bound=Record)

_MARKS: Final = {"descriptor": ("summary", *Level.DESCRIPTOR)}
"""The fields that one mark in ``assigned`` stands for."""


def merge_shared(meeting: Meeting, kind: str, old: Sequence[R], new: Sequence[R]) -> tuple[R, ...]:
    """Records by code: unknown ones are added, empty fields filled.

    What differs is kept and noted, unless the table at hand stated that field before.
    """
    return _merge_by_code(old, new, lambda held, found: _merge_record(meeting, kind, held, found, None))


def merge_ladder(
    meeting: Meeting, kind: str, old: Sequence[R], new: Sequence[R], lent: Sequence[R]
) -> tuple[R, ...]:
    """The same for tracks and levels. What the folder still has as rolegraph lent it gives way to the source."""
    by_code = {_get_code(record): record for record in lent}
    return _merge_by_code(
        old, new, lambda held, found: _merge_record(meeting, kind, held, found, by_code.get(_get_code(held)))
    )


def leave_lent_ladder(taxonomy: Taxonomy) -> Taxonomy:
    """The job architecture without the ladder that rolegraph lends, where it still has that and no other.

    It would mix with another ladder: levels would get years and descriptors that nobody stated. Levels on which a
    role stands already stay, with their tracks.
    """
    lent = load_lent()
    if set(taxonomy.levels) != set(lent.levels) or set(taxonomy.tracks) != set(lent.tracks):
        return taxonomy
    used = {profile.level for profile in taxonomy.profiles}
    levels = tuple(level for level in taxonomy.levels if level.code in used)
    climbed = {level.track for level in levels}
    tracks = tuple(track for track in taxonomy.tracks if track.code in climbed)
    return taxonomy.replace_parts(tracks=tracks, levels=levels)


def settle_clashes(meeting: Meeting, adoption: Adoption, incoming: Sequence[Skill]) -> tuple[Skill, ...]:
    """All skills, with what the table at hand may change of those that it stated before; the rest is noted."""
    changed: dict[str, dict[str, Any]] = {}
    skills = {skill.code: skill for skill in adoption.skills}
    agreed = {
        (adoption.codes[skill.code], field, text)
        for skill in incoming
        for field, text in (
            (("definition",), skill.definition),
            *((("descriptors", d.proficiency), d.text) for d in skill.descriptors),
        )
    }
    for clash in adoption.clashes:
        key = ("skill", clash.known, *clash.field)
        taken = meeting.settle(
            key,
            clash.kept,
            clash.stated,
            # Of two skills of the table that are one here, the one that says what is there has it.
            prevails=meeting.has_stated(*key) and (clash.known, clash.field, clash.kept) not in agreed,
            source=("skill", clash.code, *clash.field),
        )
        if taken == clash.kept:
            continue
        update = changed.setdefault(clash.known, {})
        if clash.field == ("definition",):
            update["definition"] = taken
        else:
            held = update.get("descriptors", skills[clash.known].descriptors)
            update["descriptors"] = tuple(
                SkillDescriptor(proficiency=d.proficiency, text=taken)
                if d.proficiency == clash.field[1]
                else d
                for d in held
            )
    _take_back(meeting, adoption, incoming, skills, changed)
    return tuple(
        skill.model_copy(update=changed[code]) if code in changed else skill for code, skill in skills.items()
    )


def _take_back(
    meeting: Meeting,
    adoption: Adoption,
    incoming: Sequence[Skill],
    skills: Mapping[str, Skill],
    changed: dict[str, dict[str, Any]],
) -> None:
    """Removes what the table stated before of a skill, and states no more though it still has the skill."""
    if not meeting.is_table:
        return
    stated: dict[str, set[tuple[str, ...]]] = {}
    for skill in incoming:
        fields = stated.setdefault(adoption.codes[skill.code], set())
        fields |= {("descriptors", d.proficiency) for d in skill.descriptors}
        if skill.definition is not None:
            fields.add(("definition",))
    for code, fields in stated.items():
        skill = skills[code]
        takes_back = ("definition",) not in fields and meeting.has_stated("skill", code, "definition")
        if takes_back and skill.definition is not None:
            changed.setdefault(code, {})["definition"] = None
        held = changed.get(code, {}).get("descriptors", skill.descriptors)
        left = tuple(
            d
            for d in held
            if ("descriptors", d.proficiency) in fields
            or not meeting.has_stated("skill", code, "descriptors", d.proficiency)
        )
        if len(left) < len(held):
            changed.setdefault(code, {})["descriptors"] = left


def _merge_by_code(old: Iterable[R], new: Iterable[R], join: Callable[[R, R], R]) -> tuple[R, ...]:
    merged = {_get_code(record): record for record in old}
    for record in new:
        code = _get_code(record)
        held = merged.get(code)
        merged[code] = record if held is None else join(held, record)
    return tuple(merged.values())


def _get_code(record: Record) -> str:
    return str(record.code)  # type: ignore[attr-defined]


def _merge_record(meeting: Meeting, kind: str, old: R, new: R, lent: Record | None) -> R:
    if old == new:
        return old
    # Only a level that is wholly as it was lent gives way; a source that describes it leaves nothing of the lent text.
    if lent is not None and old != lent:
        lent = None
    descriptor = _MARKS["descriptor"]
    if lent is not None and any(getattr(new, name, None) is not None for name in descriptor):
        old = old.model_copy(update=dict.fromkeys(descriptor))
        left = tuple(name for name in old.assigned if name != "descriptor")  # type: ignore[attr-defined]
        old = old.model_copy(update={"assigned": left})
    values = dict(old)
    for name, info in type(old).model_fields.items():
        if name in ("code", "assigned"):
            continue
        key = (kind, _get_code(old), name)
        own, stated = getattr(old, name), getattr(new, name)
        is_lent = lent is not None and own is not None and own == getattr(lent, name)
        weak = name in _list_weak(new) - _list_weak(old) and not is_lent
        default = None if info.is_required() else info.default
        values[name] = meeting.settle(
            key, own, stated, prevails=is_lent or meeting.has_stated(*key), weak=weak, unstated=default
        )
    if "assigned" in values:
        values["assigned"] = mark_assigned(old, new, values, _MARKS)
    return meeting.make(type(old), values, (kind, _get_code(old)), old)


def _list_weak(record: Record) -> set[str]:
    """The fields that a source does not state itself."""
    names = getattr(record, "assigned", ())
    return {field for name in names for field in _MARKS.get(name, (name,))}
