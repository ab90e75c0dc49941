"""Drafts of roles -> profiles."""

from __future__ import annotations

from typing import Any

from rolegraph.model import codes
from rolegraph.model.mapping import Mapping
from rolegraph.model.roles import Guideline, Profile, Responsibility
from rolegraph.records.document import quote
from rolegraph.records.intake import Key
from rolegraph.records.slugs import make_slug
from rolegraph.records.table.drafts import RoleDraft, Spot
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.pays import Construct, PayMaker
from rolegraph.records.table.rows import PROFILE_FIELDS
from rolegraph.records.table.schema import CRITERIA, TableRules
from rolegraph.records.table.spots import CellPlaces, Fields

_SLUGS = ("status", "region")


class ProfileMaker:
    """Makes profiles, each validated once."""

    def __init__(self, places: CellPlaces, ledger: Ledger, construct: Construct, rules: TableRules) -> None:
        self._places = places
        self._ledger = ledger
        self._construct = construct
        self._jobs: dict[str, list[Spot]] = {}
        self._mappings: dict[tuple[str, str], Mapping] = {}
        self._responsibilities: dict[str, Responsibility] = {}
        self._pays = PayMaker(places, ledger, construct, rules)
        self._divided: dict[Fields, tuple[Fields, Fields]] = {}

    def make(self, focus: str, role: RoleDraft) -> Profile | None:
        """The profile of a role; None where a part of it was refused."""
        key = ("focus", focus, "levels", role.level)
        self._add_blocks(key, role)
        stated = role.stated.values
        values: dict[str, Any] = {"code": codes.compose_profile(focus, role.level), "basis": "documented"}
        for name in PROFILE_FIELDS:
            if name in stated:
                values[name] = make_slug(stated[name]) if name in _SLUGS else stated[name]
        if "job_code" in stated:
            spot = role.stated.find_spot("job_code")
            if spot[2] >= 0:
                self._jobs.setdefault(stated["job_code"], []).append(spot)
        guideline: dict[str, Any] = {name: stated[name] for name in CRITERIA if name in stated}
        if guideline:
            values["guideline"] = self._construct(Guideline, guideline, (*key, "guideline"))
        if role.pay is not None:
            values["pay"] = self._pays.make(role.pay, (*key, "pay"))
        if role.responsibilities:
            values["responsibilities"] = self._make_responsibilities(role, key)
        if role.aliases:
            for spot in role.aliases.values():
                self._places.add((*key, "aliases"), spot[0], spot[1], (("", spot[2]),))
            values["aliases"] = tuple(role.aliases)
        if role.occupations:
            values["mappings"] = self._make_mappings(role, key)
        profile: Profile | None = self._construct(
            Profile, {k: v for k, v in values.items() if v is not None}, key
        )
        return profile

    def tell_shared_jobs(self) -> None:
        """Notes the job codes that stand at more than one role."""
        for job, spots in self._jobs.items():
            if len(spots) > 1:
                places = [self._places.find_cell(*spot) for spot in spots]
                cells = ", ".join(str(place.cell) for place in places[:3]) + (
                    " ..." if len(places) > 3 else ""
                )
                self._ledger.note(
                    "job-code-shared", f"{len(places)} roles have the job code {quote(job)} ({cells})", places[0], "",
                    "give each role its own, so that it can be found by it",
                )  # fmt: skip

    def _add_blocks(self, key: Key, role: RoleDraft) -> None:
        placed = False
        for sheet, row, fields in role.stated.blocks:
            divided = self._divided.get(fields)
            if divided is None:
                own = tuple(pair for pair in fields if pair[0] not in CRITERIA)
                divided = self._divided[fields] = (own, tuple(pair for pair in fields if pair[0] in CRITERIA))
            if divided[0]:
                placed = True
                self._places.add(key, sheet, row, divided[0])
            if divided[1]:
                self._places.add((*key, "guideline"), sheet, row, divided[1])
        if not placed:
            # A role of which nothing but its level is stated stands where its level does.
            self._places.add(key, role.row[0], role.row[1], (("", role.row[2]),))
        if role.pay is not None:
            for sheet, row, fields in role.pay.blocks:
                self._places.add((*key, "pay"), sheet, row, fields)

    def _add_spot(self, key: Key, spot: Spot, name: str = "") -> None:
        self._places.add(key, spot[0], spot[1], ((name, spot[2]),))

    def _make_responsibilities(self, role: RoleDraft, key: Key) -> tuple[Responsibility, ...]:
        made = []
        for text, spot in role.responsibilities.items():
            one = self._responsibilities.get(text)
            part = (*key, "responsibilities", one.id if one is not None else codes.text_id(text))
            self._add_spot(part, spot, "text")
            if one is None:
                one = self._construct(Responsibility, {"id": part[-1], "text": text}, part)
                if one is None:
                    continue
                self._responsibilities[text] = one
            made.append(one)
        return tuple(made)

    def _make_mappings(self, role: RoleDraft, key: Key) -> tuple[Mapping, ...]:
        made = []
        for (scheme, code), spot in role.occupations.items():
            part = (*key, "mappings", f"{scheme}/{code}")
            self._add_spot(part, spot, "code")
            mapping = self._mappings.get((scheme, code))
            if mapping is None:
                values = {
                    "scheme": scheme, "code": code, "predicate": "broadMatch", "justification": "UnspecifiedMatching",
                    "assigned": ("justification", "predicate"),
                }  # fmt: skip
                mapping = self._construct(Mapping, values, part)
                if mapping is None:
                    continue
                self._mappings[scheme, code] = mapping
            made.append(mapping)
        return tuple(made)
