"""Where a focus has a rung, and of what kind: what the matrix of focuses by levels shows in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rolegraph.model.reference import Level
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy

Standing = Literal["documented", "implied", "missing", "retired"]
"""The basis of a profile in use; ``missing`` is a rung between two others of its track, as in the ladder."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One level of a focus; ``profile`` is None where it is missing."""

    level: str
    standing: Standing
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Levels as columns, grouped by track; a row of cells for each focus, None where the focus has nothing."""

    tracks: Sequence[tuple[str, Sequence[Level]]]
    rows: Sequence[tuple[Focus, Sequence[Cell | None]]]

    @property
    def levels(self) -> Sequence[Level]:
        """The columns."""
        return [level for _, levels in self.tracks for level in levels]


def find_cells(taxonomy: Taxonomy, focus: Focus) -> Mapping[str, Cell]:
    """By level: the profiles of a focus, and the rungs that are missing, as its ladder tells them."""
    cells: dict[str, Cell] = {}
    used: set[str] = set()
    for profile in focus.profiles:
        retired = taxonomy.is_retired(profile)
        cells[profile.level] = Cell(profile.level, "retired" if retired else profile.basis, profile)
        if not retired:
            used.add(profile.level)
    for _, group in groupby(taxonomy.levels, key=lambda level: level.track):
        levels = [level.code for level in group]
        taken = [place for place, level in enumerate(levels) if level in used]
        for level in levels[taken[0] : taken[-1]] if taken else ():
            cells.setdefault(level, Cell(level, "missing", None))
    return cells


def lay_matrix(taxonomy: Taxonomy, focuses: Iterable[Focus]) -> Matrix:
    """The matrix of some focuses; its columns are the levels at which any of them has something."""
    found = [(focus, find_cells(taxonomy, focus)) for focus in focuses]
    tracks = list_columns(taxonomy, {level for _, cells in found for level in cells})
    levels = [level.code for _, group in tracks for level in group]
    return Matrix(tracks, [(focus, [cells.get(level) for level in levels]) for focus, cells in found])


def list_columns(taxonomy: Taxonomy, wanted: set[str]) -> Sequence[tuple[str, Sequence[Level]]]:
    """The levels wanted, by track."""
    levels = (level for level in taxonomy.levels if level.code in wanted)
    return [(track, list(group)) for track, group in groupby(levels, key=lambda level: level.track)]
