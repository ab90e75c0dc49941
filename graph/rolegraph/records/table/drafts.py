"""What is gathered of functions, focuses, roles and skills while the rows of a table are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from rolegraph.records.table.spots import Fields

Spot: TypeAlias = tuple[int, int, int]
"""Number of the sheet, row counted from 1, column counted from 0."""

NOWHERE: Spot = (0, 0, -1)
"""The spot of what a constant of the mapping says."""


@dataclass(slots=True)
class Stated:
    """Texts by field, each with the cell where it stood first."""

    values: dict[str, str] = field(default_factory=dict)
    blocks: list[tuple[int, int, Fields]] = field(default_factory=list)

    def find_spot(self, name: str) -> Spot:
        """The cell of a field."""
        for sheet, row, fields in self.blocks:
            for known, column in fields:
                if known == name:
                    return sheet, row, column
        return NOWHERE


@dataclass(slots=True)
class FunctionDraft:
    """A function by its key: its own code in the table, or its name."""

    key: str
    stated: Stated = field(default_factory=Stated)


@dataclass(slots=True)
class LevelUse:
    """That a skill is asked for at a level: the cell of its name, the proficiency and its cell."""

    spot: Spot
    step: str = ""
    step_spot: Spot = NOWHERE


@dataclass(slots=True)
class UseDraft:
    """A skill of a focus: the levels for which it is stated, or that it holds for the focus as a whole."""

    spot: Spot
    levels: dict[str, LevelUse] = field(default_factory=dict)
    whole: bool = False
    definition: tuple[str, Spot] | None = None
    description: tuple[str, Spot] | None = None


@dataclass(slots=True)
class RoleDraft:
    """A role: a focus at a level."""

    level: str
    row: Spot
    stated: Stated = field(default_factory=Stated)
    pay: Stated | None = None
    responsibilities: dict[str, Spot] = field(default_factory=dict)
    aliases: dict[str, Spot] = field(default_factory=dict)
    occupations: dict[tuple[str, str], Spot] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(slots=True)
class FocusDraft:
    """A focus of a function by its key, with its roles by level and its skills by name."""

    key: str
    function: FunctionDraft
    stated: Stated = field(default_factory=Stated)
    roles: dict[str, RoleDraft] = field(default_factory=dict)
    uses: dict[str, UseDraft] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(slots=True)
class SkillDraft:
    """A skill by its name: its definitions, and what it means at each step, each with its first cell."""

    label: str
    spot: Spot
    definitions: dict[str, Spot] = field(default_factory=dict)
    descriptors: dict[str, dict[str, Spot]] = field(default_factory=dict)


@dataclass(slots=True)
class Drafts:
    """Everything that was gathered, in the order of the rows."""

    functions: dict[str, FunctionDraft] = field(default_factory=dict)
    focuses: dict[tuple[str, str], FocusDraft] = field(default_factory=dict)
    skills: dict[str, SkillDraft] = field(default_factory=dict)
