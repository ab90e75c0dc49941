"""What pages or a table state, as records, before they meet a data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from rolegraph.errors import Place, Problem
from rolegraph.model.reference import FunctionGroup, JobFunction, Level, Proficiency, Skill, Track
from rolegraph.model.roles import Focus

Key: TypeAlias = tuple[str, ...]
"""Kind, code and path of a record or a part of it, as :meth:`rolegraph.records.places.Places.find` takes them:
``("focus", "A.B", "levels", "M3", "pay")``, ``("skill", "aseptic-technique", "label")``."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Records as a source states them, each field verbatim, nothing that the source does not state.

    Codes of ``skills`` are provisional: slugs of their labels, told apart where two labels give one slug; the
    skill uses of ``focuses`` refer to them. They get their codes when they meet the skills of a folder.
    ``places`` says where each record, and each part that was told apart, stands in the source. ``notes`` are what
    a person should know (the source disagrees with itself, a value was passed over) though it can be used.
    """

    groups: tuple[FunctionGroup, ...] = ()
    functions: tuple[JobFunction, ...] = ()
    tracks: tuple[Track, ...] = ()
    levels: tuple[Level, ...] = ()
    proficiencies: tuple[Proficiency, ...] = ()
    skills: tuple[Skill, ...] = ()
    focuses: tuple[Focus, ...] = ()
    places: Mapping[Key, Place] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    def find_place(self, *key: str) -> Place | None:
        """The place of a part, or of what is around it where it has none of its own."""
        for length in range(len(key), 1, -1):
            if (place := self.places.get(key[:length])) is not None:
                return place
        return None
