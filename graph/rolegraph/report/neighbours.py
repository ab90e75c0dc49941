"""Roles near by content, to a role or to a person, as nearest roles: one shape for pictures, diagrams and documents."""

from __future__ import annotations

from rolegraph.answers import Adjacent, Hidden, HiddenRole, Neighbour, PersonAdjacent, PersonNeighbour
from rolegraph.report.layout import BANDS


def to_adjacent(answer: Hidden | PersonAdjacent) -> Adjacent:
    """The same roles in the same order, with the skills counted in words; a person's origin is an empty code."""
    found = answer.hidden if isinstance(answer, Hidden) else answer.adjacent
    origin = answer.origin if isinstance(answer, Hidden) else ""
    near = tuple(map(_to_neighbour, found))
    return Adjacent(origin, answer.edition, near, answer.reason, answer.left_out, answer.notes)


def _to_neighbour(role: HiddenRole | PersonNeighbour) -> Neighbour:
    shared, asked = len(role.shared), len(role.shared) + len(role.missing)
    words = f"{shared} of its {asked} skills shared"
    if isinstance(role, HiddenRole):
        band = "" if role.structural_band is None else f" {BANDS[role.structural_band]}"
        words += f" · structure {role.structural_distance:.4f}{band}"
    return Neighbour(role.code, role.title, role.distance, role.band, {"shared": float(shared)}, words)
