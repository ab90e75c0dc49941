"""The graph of roles one node and one edge at a time: profiles, their nearest, and the moves that leave them.

:func:`rolegraph.careers.projection.projection` makes a NetworkX graph of them; what writes them to a file needs no
graph in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from rolegraph.careers.adjacency import rank_rows
from rolegraph.careers.distance import relate
from rolegraph.careers.forms import MICRO
from rolegraph.careers.moves import Moves
from rolegraph.careers.roster import Roster
from rolegraph.careers.rules import name_kind

Key = Literal["adjacency", "move"]
ADJACENCY: Final = "adjacency"
MOVE: Final = "move"


class Node(NamedTuple):
    """A profile in use: its code, and ``code``, ``title``, ``focus``, ``function``, ``level``, ``track``, ``rank``."""

    code: str
    facts: dict[str, str | int]


class Edge(NamedTuple):
    """From one profile to another; ``key`` tells the kinds apart.

    An ``adjacency`` has ``kind`` (adjacency), ``distance`` (0 to 1) and ``band``, which may be None; a ``move`` has
    ``kind`` (promotion, track-switch, lateral, function-change, step-down), ``cost``, ``direction`` and ``changes``.
    """

    origin: str
    destination: str
    key: Key
    facts: dict[str, Any]


def iterate_nodes(roster: Roster) -> Iterator[Node]:
    """The profiles in use, in the order of their codes."""
    for profile in roster.active_profiles():
        level, focus = roster.profile_level[profile], roster.profile_focus[profile]
        code = roster.code_of(profile)
        yield Node(
            code,
            {
                "code": code,
                "title": roster.title_at(profile),
                "focus": roster.focus_codes[focus],
                "function": roster.function_codes[roster.focus_function[focus]],
                "level": roster.level_codes[level],
                "track": roster.track_codes[roster.level_track[level]],
                "rank": roster.level_rank[level],
            },
        )


def iterate_adjacencies(roster: Roster, k: int, edition: str) -> Iterator[Edge]:
    """An edge from every profile in use to each of its ``k`` nearest, in the order of their codes."""
    for origin, row in rank_rows(roster, k, edition):
        for near, distance, band in sorted(row):
            yield Edge(
                origin, near, ADJACENCY, {"kind": ADJACENCY, "distance": float(distance), "band": band}
            )


def iterate_moves(moves: Moves, *, allow_step_down: bool = False) -> Iterator[Edge]:
    """Every move as an edge, in the order of the codes."""
    roster, rules = moves.roster, moves.rules
    codes = roster.list_codes()
    for profile in roster.active_profiles():
        level, focus = roster.profile_level[profile], roster.profile_focus[profile]
        for destination, cost, kind, _ in moves.list_steps(profile, allow_step_down=allow_step_down):
            other = roster.profile_level[destination]
            relation = relate(roster, focus, roster.profile_focus[destination])
            yield Edge(
                codes[profile],
                codes[destination],
                MOVE,
                {
                    "kind": name_kind(kind),
                    "cost": cost / MICRO,
                    "direction": rules.find_direction(level, other),
                    "changes": rules.describe_changes(level, other, relation),
                },
            )
