"""A focus as a source states it meets the one of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rolegraph.model import codes
from rolegraph.model.reference import Skill
from rolegraph.model.roles import Focus, Requirement, SkillUse
from rolegraph.records.merging.profiles import merge_profile, merge_retirement

if TYPE_CHECKING:
    from rolegraph.model.roles import Profile
    from rolegraph.records.intake import Key
    from rolegraph.records.merging.meeting import Meeting

_PLAIN: Final = ("label", "definition", "split")
_LISTS: Final = ("exclusions", "differential")


@dataclass(slots=True)
class FocusMerger:
    """Merges the focuses of one source. ``codes`` are the final codes of its skills, ``skills`` all skills by code.

    ``ids`` collects the final ids of parts whose id is not the source's, by focus, level, field and its id.
    """

    meeting: Meeting
    codes: Mapping[str, str]
    skills: Mapping[str, Skill]
    labels: Mapping[str, str]
    """The labels of the source's skills by their provisional codes."""
    ids: dict[tuple[str, ...], str] = field(default_factory=dict)
    worded: set[str] = field(default_factory=set)
    """The source's codes of the skills of which the focus at hand gives a wording of its own."""

    def merge(self, old: Focus | None, stated: Focus) -> Focus:
        """The merged focus; a new one is taken whole."""
        new, origins = self._translate(stated)
        self.worded = {use.skill for use in stated.skills if use.label is not None}
        if old is None or old == new:
            return new
        meeting, key = self.meeting, ("focus", old.code)
        values: dict[str, Any] = {name: getattr(old, name) for name in Focus.model_fields}
        for name in _PLAIN:
            values[name] = meeting.settle((*key, name), getattr(old, name), getattr(new, name))
        for name in _LISTS:
            values[name] = meeting.settle((*key, name), getattr(old, name), getattr(new, name), unstated=())
        values["retired"] = merge_retirement(meeting, (*key, "retired"), old, new)
        values["profiles"] = self._merge_profiles(old, new)
        values["skills"] = self._merge_uses(old, new, origins)
        return meeting.make(Focus, values, key, old)

    def retire(self, old: Focus) -> Focus:
        """A focus that a table states no more: the profiles that it stated are retired, and with the last one the focus."""
        meeting, key = self.meeting, ("focus", old.code)
        profiles = tuple(self._retire_profile(old, profile) for profile in old.profiles)
        update: dict[str, Any] = {"profiles": profiles}
        if old.retired is None and all(profile.retired is not None for profile in profiles):
            update["retired"] = meeting.retire(key)
        return old.model_copy(update=update)

    def _retire_profile(self, focus: Focus, profile: Profile) -> Profile:
        key = ("focus", focus.code, "levels", profile.level)
        if profile.retired is not None or not self.meeting.has_stated(*key):
            return profile
        return profile.model_copy(update={"retired": self.meeting.retire(key, profile.job_code)})

    def _merge_profiles(self, old: Focus, new: Focus) -> tuple[Profile, ...]:
        stated = {profile.level: profile for profile in new.profiles}
        merged = []
        for profile in old.profiles:
            found = stated.pop(profile.level, None)
            if found is None:
                merged.append(self._retire_profile(old, profile))
                continue
            joined, ids = merge_profile(self.meeting, profile, found)
            merged.append(joined)
            for part, final in ids.items():
                self.ids[old.code, profile.level, *part] = final
        return (*merged, *stated.values())

    def _translate(self, focus: Focus) -> tuple[Focus, dict[str, str]]:
        """The focus with the final codes of its skills, and the source's code of each of them."""
        uses: dict[str, SkillUse] = {}
        origins: dict[str, str] = {}
        for use in focus.skills:
            code = self.codes.get(use.skill, use.skill)
            wording = use.label or self.labels.get(use.skill)
            own = self.skills[code].label if code in self.skills else None
            label = None if wording == own else wording
            moved = use
            if code != use.skill or label != use.label:
                moved = use.model_copy(update={"skill": code, "label": label})
            if code in uses:
                moved = self._join_uses(focus, uses[code], moved, use.skill)
            uses[code] = moved
            origins.setdefault(code, use.skill)
        skills = tuple(uses.values())
        if all(map(_is_same, skills, focus.skills)) and len(skills) == len(focus.skills):
            return focus, origins
        return focus.model_copy(update={"skills": skills}), origins

    def _join_uses(self, focus: Focus, first: SkillUse, second: SkillUse, origin: str) -> SkillUse:
        """Two wordings of one skill in one focus; the first is kept."""
        key = ("focus", focus.code, "skills", first.skill)
        own = self.skills[first.skill].label
        self.meeting.note(
            "skill-twice",
            f"{focus.code} lists the skill {first.skill} twice, as '{first.label or own}' and as "
            f"'{second.label or own}'; the first wording is kept",
            key, "list it once", (*key[:3], origin),
        )  # fmt: skip
        held = {required.level for required in first.proficiency}
        return first.model_copy(
            update={
                "description": first.description or second.description,
                "levels": tuple(sorted({*first.levels, *second.levels}))
                if first.levels and second.levels
                else (),
                "proficiency": _order(
                    (*first.proficiency, *(r for r in second.proficiency if r.level not in held))
                ),
            }
        )

    def _merge_uses(self, old: Focus, new: Focus, origins: Mapping[str, str]) -> tuple[SkillUse, ...]:
        """A table gives the order of its skills, and others keep their place among them; pages add theirs at the end."""
        meeting = self.meeting
        known = {use.skill: use for use in old.skills}
        stated = {use.skill: use for use in new.skills}
        current = {profile.level for profile in new.profiles}
        merged = {
            code: self._merge_use(old, known[code], use, origins[code], current) if code in known else use
            for code, use in stated.items()
        }
        for code, use in known.items():
            if code not in stated:
                if not meeting.is_table:
                    self._note_unstated(old, use)
                left = self._keep_use(old, use, current)
                if left is not None:
                    merged[code] = left
        if meeting.is_table:
            return tuple(merged[code] for code in _keep_order(stated, known) if code in merged)
        return tuple(merged[code] for code in dict.fromkeys((*known, *stated)) if code in merged)

    def _note_unstated(self, focus: Focus, use: SkillUse) -> None:
        key: Key = ("focus", focus.code, "skills", use.skill)
        label = use.label or self.skills[use.skill].label
        self.meeting.note(
            "skill-unstated", f"the folder lists the skill '{label}', and no page of {focus.code} does; it stays",
            key, "take it out of the record if it no longer applies", ("focus", focus.code),
        )  # fmt: skip

    def _keep_use(self, focus: Focus, use: SkillUse, current: set[str]) -> SkillUse | None:
        """A use that the source does not state; what a table takes back still holds for levels that are gone from it."""
        if not self.meeting.has_stated("focus", focus.code, "skills", use.skill):
            return use
        levels = use.levels or tuple(profile.level for profile in focus.profiles)
        left = tuple(sorted(level for level in levels if level not in current))
        if not left:
            return None
        proficiency = tuple(required for required in use.proficiency if required.level in left)
        return use.model_copy(update={"levels": left, "proficiency": proficiency})

    def _merge_use(
        self, focus: Focus, old: SkillUse, new: SkillUse, origin: str, current: set[str]
    ) -> SkillUse:
        if old == new:
            return old
        meeting = self.meeting
        key: Key = ("focus", focus.code, "skills", old.skill)
        source: Key = (*key[:3], origin)
        own = self.skills[old.skill].label
        wording = new.label or (own if origin in self.worded else None)
        label = meeting.settle((*key, "label"), old.label, wording, source=(*source, "label"))
        levels = self._merge_levels(key, source, old, new, current)
        steps = self._merge_steps(key, source, old, new, current)
        if levels and meeting.prevails:
            levels = tuple(sorted({*levels, *(required.level for required in new.proficiency)}))
        values = {
            "skill": old.skill,
            "label": label if label in (old.label, None) or label != own else None,
            "description": meeting.settle(
                (*key, "description"), old.description, new.description, source=(*source, "description")
            ),
            "levels": levels,
            # Where a skill does not hold, no proficiency is asked for.
            "proficiency": tuple(required for required in steps if not levels or required.level in levels),
        }
        return meeting.make(SkillUse, values, key, old)

    def _merge_levels(
        self, key: Key, source: Key, old: SkillUse, new: SkillUse, current: set[str]
    ) -> tuple[str, ...]:
        meeting = self.meeting
        if not meeting.is_table:
            if old.levels == new.levels or not new.levels:
                return old.levels
            if not meeting.prevails:
                held, stated = (use.levels or ("all levels",) for use in (old, new))
                meeting.note_difference((*key, "levels"), held, stated, (*source, "levels"))
                return old.levels
            return new.levels
        if not new.levels:
            return () if meeting.has_stated(*key, "levels") else old.levels
        # For levels that are gone from the table, the skill holds as before.
        return tuple(sorted({*new.levels, *(level for level in old.levels if level not in current)}))

    def _merge_steps(
        self, key: Key, source: Key, old: SkillUse, new: SkillUse, current: set[str]
    ) -> tuple[Requirement, ...]:
        meeting = self.meeting
        known = {required.level: required.proficiency for required in old.proficiency}
        steps = dict(known)
        for required in new.proficiency:
            path = ("proficiency", required.level)
            steps[required.level] = meeting.settle(
                (*key, *path), known.get(required.level, required.proficiency), required.proficiency,
                source=(*source, *path),
            )  # fmt: skip
        stated = {required.level for required in new.proficiency}
        for level in known:
            if level in current and level not in stated and meeting.has_stated(*key, "proficiency", level):
                del steps[level]
        return _order(Requirement(level=level, proficiency=step) for level, step in steps.items())


def _keep_order(stated: Iterable[str], known: Iterable[str]) -> list[str]:
    """The order of ``stated``, with each other one of ``known`` after the one that it followed.

    >>> _keep_order(["a", "c", "d"], ["a", "b", "c"])
    ['a', 'b', 'c', 'd']
    """
    order = list(stated)
    before: str | None = None
    for code in known:
        if code not in order:
            order.insert(order.index(before) + 1 if before is not None else 0, code)
        before = code
    return order


def _is_same(one: object, other: object) -> bool:
    return one is other


def _order(steps: Any) -> tuple[Requirement, ...]:
    return tuple(sorted(steps, key=lambda required: codes.split_level(required.level)))
