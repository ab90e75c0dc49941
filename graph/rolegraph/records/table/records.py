"""Drafts -> records of the model, each validated once, with the cells of every part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from rolegraph.errors import Place
from rolegraph.model import codes
from rolegraph.model.record import Record
from rolegraph.model.reference import FunctionGroup, JobFunction, Proficiency, Skill, SkillDescriptor
from rolegraph.model.roles import Focus, Requirement, SkillUse
from rolegraph.records.document import join_path, quote
from rolegraph.records.explain import explain_errors
from rolegraph.records.intake import Intake, Key
from rolegraph.records.slugs import make_slug, name_labels
from rolegraph.records.table.assign import CodeAssigner
from rolegraph.records.table.drafts import Drafts, FocusDraft, SkillDraft, Spot, Stated, UseDraft
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.mapping import TableMap
from rolegraph.records.table.profiles import ProfileMaker
from rolegraph.records.table.spots import CellPlaces


class RecordMaker:
    """Makes the intake of what was gathered."""

    def __init__(
        self, drafts: Drafts, assigner: CodeAssigner, table_map: TableMap, places: CellPlaces, ledger: Ledger
    ) -> None:
        self._drafts = drafts
        self._assigner = assigner
        self._map = table_map
        self._places = places
        self._ledger = ledger
        self._requirements: dict[tuple[str, str], Requirement] = {}
        self._skill_codes = name_labels(self._drafts.skills)
        self._split_definitions: set[str] = set()
        """The skills whose definitions differ between rows; each focus then keeps its own as a description."""

    def make(self) -> Intake:
        """The records, sorted by code. What the model refuses is reported with its cell and left out."""
        groups = self._make_groups()
        functions = [self._make_function(key, groups) for key in self._drafts.functions]
        skills = [self._make_skill(draft) for draft in self._drafts.skills.values()]
        profiles = ProfileMaker(self._places, self._ledger, self.construct, self._map.rules)
        focuses = []
        for key in list(self._drafts.focuses):
            # A draft is let go when its record is made, so that large tables need room for one of both.
            focuses.append(self._make_focus(key, self._drafts.focuses.pop(key), profiles))
        profiles.tell_shared_jobs()
        tracks, levels, steps = self._make_ladder()
        return Intake(
            groups=tuple(sorted((g for g in groups.values() if g is not None), key=lambda g: g.code)),
            functions=_sort(functions),
            tracks=tracks,
            levels=levels,
            proficiencies=steps,
            skills=_sort(skills),
            focuses=_sort(focuses),
            places=self._places,
            notes=self._ledger.notes,
        )

    def construct(self, record: type[Record], values: dict[str, Any], key: Key) -> Any:
        """A record; None where the model refuses it, with a problem at the cell of what it refuses."""
        try:
            return record(**values)
        except ValidationError as error:
            for path, complaint in explain_errors(error):
                names = tuple(part for part in path if isinstance(part, str))
                place = next(
                    (
                        p
                        for n in range(len(names), -1, -1)
                        if (p := self._find_place((*key, *names[:n]))) is not None
                    ),
                    None,
                )
                message = complaint.message
                if not names:
                    # What is wrong between fields is told with the cell of each.
                    between = self._find_between(record, message, key)
                    place = between[0] if between else place
                    message += f" ({' and '.join(str(p.cell or p) for p in between)})" if between else ""
                self._ledger.refuse(
                    complaint.rule, message, place, join_path((*key[1:], *names)), complaint.remedy
                )
            return None

    def _find_between(self, record: type[Record], message: str, key: Key) -> list[Place]:
        """The cells of the fields that a complaint about a whole record names."""
        named = [word for word in re.findall(r"\w+", message) if word in record.model_fields]
        places = [self._find_place((*key, name)) for name in dict.fromkeys(named)]
        return [place for place in places if place is not None]

    def _find_place(self, key: Key) -> Place | None:
        try:
            return self._places[key]
        except KeyError:
            return None

    def _add_blocks(self, key: Key, stated: Stated) -> None:
        for sheet, row, fields in stated.blocks:
            self._places.add(key, sheet, row, fields)

    def _add_spot(self, key: Key, spot: Spot, field: str = "") -> None:
        if spot[2] >= 0:
            self._places.add(key, spot[0], spot[1], ((field, spot[2]),))

    def _make_groups(self) -> dict[str, FunctionGroup | None]:
        """The groups of functions by name."""
        groups: dict[str, FunctionGroup | None] = {}
        drafts = self._drafts.functions.values()
        codes = name_labels(name for draft in drafts if (name := draft.stated.values.get("function_group")))
        for draft in drafts:
            name = draft.stated.values.get("function_group")
            if name and name not in groups:
                code = codes[name]
                key = ("function-group", code)
                self._add_spot(key, draft.stated.find_spot("group"), "label")
                groups[name] = self.construct(FunctionGroup, {"code": code, "label": name}, key)
        return groups

    def _make_function(self, key: str, groups: Mapping[str, FunctionGroup | None]) -> JobFunction | None:
        draft = self._drafts.functions[key]
        code, stated = self._assigner.functions[key], draft.stated.values
        self._add_blocks(("function", code), draft.stated)
        group = groups.get(stated.get("function_group", ""))
        values = {
            "code": code, "label": stated.get("function"), "definition": stated.get("function_definition"),
            "group": group.code if group is not None else None,
        }  # fmt: skip
        made: JobFunction | None = self.construct(JobFunction, values, ("function", code))
        return made

    def _make_skill(self, draft: SkillDraft) -> Skill | None:
        code = self._skill_codes[draft.label]
        key = ("skill", code)
        self._add_spot(key, draft.spot, "label")
        definition = None
        if len(draft.definitions) == 1:
            definition, spot = next(iter(draft.definitions.items()))
            self._add_spot((*key, "definition"), spot)
        elif draft.definitions:
            self._split_definitions.add(draft.label)
            self._tell_difference(
                f"the skill {quote(draft.label)} is defined in {len(draft.definitions)} ways; each focus keeps its own as a description",
                draft.definitions,
            )
        descriptors = []
        for step, texts in draft.descriptors.items():
            if not step:
                spot = next(iter(texts.values()))
                self._ledger.tally(
                    "descriptor-loose", "1 descriptor of a skill stands without a proficiency and is passed over",
                    "{count} descriptors of skills stand without a proficiency and are passed over",
                    self._places.find_cell(*spot), "give the proficiency that they describe",
                )  # fmt: skip
            elif len(texts) > 1:
                self._tell_difference(
                    f"what the skill {quote(draft.label)} means at {step} is said in {len(texts)} ways; none is kept",
                    texts,
                )
            else:
                text, spot = next(iter(texts.items()))
                self._add_spot((*key, "descriptors", step), spot)
                made = self.construct(
                    SkillDescriptor, {"proficiency": step, "text": text}, (*key, "descriptors", step)
                )
                descriptors += [made] if made is not None else []
        ranks = {step: rank for rank, step in enumerate(self._list_steps())}
        descriptors.sort(key=lambda descriptor: ranks[descriptor.proficiency])
        values = {
            "code": code,
            "label": draft.label,
            "definition": definition,
            "descriptors": tuple(descriptors),
        }
        skill: Skill | None = self.construct(Skill, values, key)
        return skill

    def _tell_difference(self, message: str, texts: Mapping[str, Spot]) -> None:
        places = [self._places.find_cell(*spot) for spot in texts.values()]
        cells = ", ".join(str(place.cell) for place in places[:3]) + (" ..." if len(places) > 3 else "")
        self._ledger.note("value-differs", f"{message} ({cells})", places[0], "", "make the cells agree")

    def _make_focus(self, key: tuple[str, str], draft: FocusDraft, profiles: ProfileMaker) -> Focus | None:
        code, stated = self._assigner.focuses[key], draft.stated.values
        at: Key = ("focus", code)
        self._add_blocks(at, draft.stated)
        made = [profiles.make(code, role) for role in draft.roles.values()]
        uses = [
            self._make_use(at, name, use) for name, use in draft.uses.items() if name in self._skill_codes
        ]
        values = {
            "code": code, "label": stated.get("focus", draft.key), "definition": stated.get("focus_definition"),
            "split": "stated" if any(p is not None and p.responsibilities for p in made) else None,
            "skills": tuple(use for use in uses if use is not None),
            "profiles": tuple(profile for profile in made if profile is not None),
        }  # fmt: skip
        focus: Focus | None = self.construct(Focus, values, at)
        return focus

    def _make_use(self, focus: Key, name: str, use: UseDraft) -> SkillUse | None:
        slug = self._skill_codes[name]
        key = (*focus, "skills", slug)
        self._add_spot(key, use.spot, "skill")
        description = use.description
        if description is None and name in self._split_definitions:
            description = use.definition
        if description is not None:
            self._add_spot(key, description[1], "description")
        requirements = []
        for level in sorted(use.levels, key=codes.split_level):
            found = use.levels[level]
            if not use.whole:
                self._add_spot((*key, "levels", level), found.spot)
            if found.step:
                self._add_spot((*key, "proficiency", level), found.step_spot)
                pair = (level, found.step)
                if pair not in self._requirements:
                    self._requirements[pair] = Requirement(level=level, proficiency=found.step)
                requirements.append(self._requirements[pair])
        values = {
            "skill": slug, "description": description[0] if description else None,
            "levels": () if use.whole else tuple(use.levels), "proficiency": tuple(requirements),
        }  # fmt: skip
        made: SkillUse | None = self.construct(SkillUse, values, key)
        return made

    def _list_steps(self) -> dict[str, str]:
        """The labels of the steps of proficiency by code, lowest first."""
        return {make_slug(step.label): step.label for step in self._map.rules.proficiencies}

    def _make_ladder(self) -> tuple[Any, Any, Any]:
        """Tracks, levels and steps of proficiency as the mapping gives them, at its lines."""
        rules = self._map.rules
        tracks = rules.ladder.tracks if rules.ladder is not None else ()
        for track in tracks:
            self._places.add_place(
                ("track", track.code), self._map.find_place("ladder", "tracks", track.code)
            )
        for level in self._map.levels:
            self._places.add_place(
                ("level", level.code), self._map.find_place("ladder", "levels", level.code)
            )
        steps = []
        for rank, (code, label) in enumerate(self._list_steps().items(), 1):
            key = ("proficiency", code)
            text = next(step.text for step in rules.proficiencies if step.label == label)
            self._places.add_place(key, self._map.find_place("proficiencies", text))
            step = self.construct(Proficiency, {"code": code, "rank": rank, "label": label}, key)
            steps += [step] if step is not None else []
        return tracks, self._map.levels, tuple(steps)


def _sort(records: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted((record for record in records if record is not None), key=lambda record: record.code))
