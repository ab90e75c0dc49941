"""A profile as a source states it meets the one of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rolegraph.model import codes
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Record
from rolegraph.model.roles import CRITERIA, Guideline, Pay, Profile, Score
from rolegraph.records.merging.duties import merge_duties, merge_sources
from rolegraph.records.merging.meeting import mark_assigned, merge_listed

if TYPE_CHECKING:
    from rolegraph.records.intake import Key
    from rolegraph.records.merging.meeting import Meeting

_PLAIN: Final = (
    "title", "definition", "job_code", "grade", "status", "version", "region", "confidence", "source_count",
)  # fmt: skip
_FIGURES: Final = ("low", "median", "high", "percentile10", "percentile25", "percentile75", "percentile90")


def merge_profile(meeting: Meeting, old: Profile, new: Profile) -> tuple[Profile, dict[tuple[str, str], str]]:
    """The merged profile, and by field and id the final ids of parts of the source whose id changed."""
    if old == new:
        return old, {}
    split = codes.split_profile(old.code)
    key = ("focus", split.focus, "levels", split.level)
    values: dict[str, Any] = {name: getattr(old, name) for name in Profile.model_fields}
    for name in _PLAIN:
        values[name] = meeting.settle((*key, name), getattr(old, name), getattr(new, name))
    values["basis"] = "documented" if "documented" in (old.basis, new.basis) else "implied"
    values["aliases"] = _merge_aliases(meeting, (*key, "aliases"), old.aliases, new.aliases)
    values["pay"] = _merge_pay(meeting, (*key, "pay"), old.pay, new.pay)
    values["guideline"] = _merge_guideline(meeting, (*key, "guideline"), old.guideline, new.guideline)
    values["responsibilities"], duty_ids = merge_duties(
        meeting, (*key, "responsibilities"), old.responsibilities, new.responsibilities
    )
    values["review"] = _merge_review(meeting, (*key, "review"), old.review, new.review)
    values["sources"], source_ids = merge_sources(meeting, (*key, "sources"), old.sources, new.sources)
    values["mappings"] = _merge_mappings(meeting, (*key, "mappings"), old.mappings, new.mappings)
    values["retired"] = merge_retirement(meeting, (*key, "retired"), old, new)
    ids = {("responsibilities", part): final for part, final in duty_ids.items()}
    ids |= {("sources", part): final for part, final in source_ids.items()}
    return meeting.make(Profile, values, key, old), ids


def merge_retirement(meeting: Meeting, key: Key, old: Any, new: Any) -> Any:
    """The retirement of a focus or profile that a source states. What an import retired comes back with its row."""
    if new.retired is None and meeting.is_table and meeting.is_own_retirement(old.retired):
        return None
    if new.retired is None and meeting.is_table and old.retired is not None:
        message = f"retired in the folder ({old.retired.note}), and still in the table; it stays retired"
        meeting.note(
            "retired-stated", message, key, "mark the row as unused, or take retired out of the record"
        )
        return old.retired
    return meeting.settle(key, old.retired, new.retired)


def _merge_aliases(meeting: Meeting, key: Key, old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    # What a table took back goes; what it never stated stays.
    kept = (alias for alias in old if alias in new or not meeting.has_stated(*key, alias))
    return tuple(sorted({*kept, *new}))


def _merge_pay(meeting: Meeting, key: Key, old: Pay | None, new: Pay | None) -> Pay | None:
    """The figures of one statement belong together: pages fill them in where all that both state agrees."""
    if old is None or old == new:
        return new
    if meeting.is_table:
        return _take_stated(meeting, key, old, new)
    if new is None:
        return old
    weak = {name for name in new.assigned if getattr(old, name) is not None}
    stated = {
        name: value
        for name, value in new
        if name not in {"assigned", *weak} and value != Pay.model_fields[name].default
    }
    differing = [
        name
        for name, value in stated.items()
        if getattr(old, name) not in (value, Pay.model_fields[name].default)
    ]
    if not differing:
        values = {**dict(old), **stated}
        return meeting.make(Pay, {**values, "assigned": mark_assigned(old, new, values, {})}, key, old)
    if meeting.prevails:
        return new
    for name in differing:
        meeting.note_difference((*key, name), getattr(old, name), stated[name])
    return old


def _take_stated(meeting: Meeting, key: Key, old: Pay, new: Pay | None) -> Pay | None:
    """Pay by field: the table's, less what it states no more, and what it never stated."""
    values = _take_fields(meeting, key, old, new)
    if new is not None:
        if new.currency != old.currency and "currency" not in new.assigned:
            return new  # Figures of two currencies do not stand side by side.
        values["currency"] = old.currency if "currency" in new.assigned else new.currency
        values["assigned"] = mark_assigned(old, new, values, {})
    elif not any(values[name] is not None for name in _FIGURES):
        return None
    else:
        values["currency"], values["assigned"] = old.currency, old.assigned
    return meeting.make(Pay, values, key, old)


def _take_fields(meeting: Meeting, key: Key, old: Record, new: Record | None) -> dict[str, Any]:
    values = {}
    for name, info in type(old).model_fields.items():
        own, stated = getattr(old, name), info.default if new is None else getattr(new, name)
        values[name] = meeting.settle((*key, name), own, stated, prevails=True, unstated=info.default)
    return values


def _merge_guideline(
    meeting: Meeting, key: Key, old: Guideline | None, new: Guideline | None
) -> Guideline | None:
    if old is None:
        return new
    values = {
        name: meeting.settle((*key, name), getattr(old, name), None if new is None else getattr(new, name))
        for name in CRITERIA
    }
    return Guideline(**values) if any(values.values()) else None


def _merge_review(
    meeting: Meeting, key: Key, old: tuple[Score, ...], new: tuple[Score, ...]
) -> tuple[Score, ...]:
    def join(one: Score, other: Score) -> Score:
        value = meeting.settle((*key, one.dimension), one.value, other.value)
        return one if value == one.value else other

    return merge_listed(
        old, new, lambda s: s.dimension, join, lambda s: meeting.has_stated(*key, s.dimension)
    )


def _merge_mappings(
    meeting: Meeting, key: Key, old: tuple[Mapping, ...], new: tuple[Mapping, ...]
) -> tuple[Mapping, ...]:
    def name(mapping: Mapping) -> str:
        return f"{mapping.scheme}/{mapping.code}"

    def join(one: Mapping, other: Mapping) -> Mapping:
        at = (*key, name(one))
        values = dict(one)
        for field in ("predicate", "justification", "tool", "confidence", "author", "day", "comment"):
            weak = field in other.assigned and field not in one.assigned
            values[field] = meeting.settle(
                (*at, field), getattr(one, field), getattr(other, field), weak=weak
            )
        values["assigned"] = mark_assigned(one, other, values, {})
        return meeting.make(Mapping, values, at, one)

    def drops(mapping: Mapping) -> bool:
        return meeting.has_stated(*key, name(mapping))

    return merge_listed(old, new, name, join, drops)
