"""The whole architecture as a picture, in as much detail as can be read: roles, else focuses, else functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from rolegraph.careers.edges import iterate_adjacencies, iterate_moves
from rolegraph.careers.moves import Moves
from rolegraph.diagram import Diagram, Edge, Group, Node
from rolegraph.export.source import Source
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy

_NEAR: Final = "confident"
"""The match band of the roles between which a line is drawn."""


class Detail(NamedTuple):
    """How much a picture shows: in words, how many boxes that are, and what draws it."""

    shows: str
    boxes: int
    draw: Callable[[], Diagram]


def list_details(source: Source) -> tuple[Detail, ...]:
    """The pictures that can be drawn, the one with most detail first."""
    taxonomy = source.taxonomy
    live = sum(not taxonomy.is_retired(profile) for profile in taxonomy.profiles)
    return (
        Detail("every role with its ladder", live, lambda: _draw_roles(source)),
        Detail("focuses with their rungs", len(taxonomy.focuses), lambda: _draw_focuses(taxonomy)),
        Detail("functions with their numbers", len(taxonomy.functions), lambda: _draw_functions(taxonomy)),
    )


def tell_left_out(source: Source, detail: Detail, reason: str) -> str:
    """That a picture shows less than the whole, and why."""
    whole = list_details(source)[0]
    return f"{whole.boxes:,} roles are {reason}: the picture shows {detail.shows}"


def _draw_roles(source: Source) -> Diagram:
    """Frames for functions and focuses, rungs from the bottom up; dashed the cheapest change of track in a focus.

    A dotted line joins a role and the nearest one in another focus, where it is near.
    """
    taxonomy = source.taxonomy
    diagram = Diagram("architecture", "BT", note=_tell_lines(source))
    for function, focuses in groupby(taxonomy.focuses, lambda focus: focus.function):
        frames = []
        for focus in focuses:
            rungs = _list_rungs(taxonomy, focus)
            for profile in rungs:
                diagram.nodes[profile.code] = _name_role(taxonomy, profile)
            for _, track in groupby(rungs, lambda profile: taxonomy.level_by_code[profile.level].track):
                diagram.edges += [Edge(low.code, high.code) for low, high in pairwise(track)]
            if rungs:
                frames.append(Group(focus.label, [profile.code for profile in rungs]))
        if frames:
            diagram.groups.append(Group(_name_function(taxonomy, function), (), frames))
    diagram.edges += _join_tracks(source)
    diagram.edges += _join_nearest(source)
    return diagram


def _tell_lines(source: Source) -> str:
    dataset = source.taxonomy.dataset
    return (
        f"{dataset.title} {dataset.version}. Solid: the next rung. Dashed: the change of track with the lowest cost."
        f" Dotted: the nearest role in another focus, where it is near by {source.edition}."
    )


def _join_tracks(source: Source) -> Iterator[Edge]:
    """In each focus, from each track to each other one, the change with the lowest cost, ties by code."""
    best: dict[tuple[str, str, str], tuple[float, str, str]] = {}
    profiles = source.taxonomy.profile_by_code
    levels = source.taxonomy.level_by_code
    for edge in iterate_moves(Moves(source.find_roster())):
        start, end = profiles[edge.origin], profiles[edge.destination]
        if edge.facts["kind"] == "track-switch" and start.focus == end.focus:
            key = start.focus, levels[start.level].track, levels[end.level].track
            found = edge.facts["cost"], edge.origin, edge.destination
            best[key] = min(best.get(key, found), found)
    for _, (_, origin, destination) in sorted(best.items()):
        yield Edge(origin, destination, line="dashed")


def _join_nearest(source: Source) -> Iterator[Edge]:
    """Each role and the nearest one of another focus, ties by code; a pair once."""
    best: dict[str, tuple[float, str]] = {}
    profiles = source.taxonomy.profile_by_code
    for edge in iterate_adjacencies(source.find_roster(), source.k, source.edition):
        other = profiles[edge.origin].focus != profiles[edge.destination].focus
        if other and edge.facts["band"] == _NEAR:
            found = edge.facts["distance"], edge.destination
            best[edge.origin] = min(best.get(edge.origin, found), found)
    for low, high in sorted({tuple(sorted((origin, end))) for origin, (_, end) in best.items()}):
        yield Edge(low, high, line="dotted", mutual=True)


def _draw_focuses(taxonomy: Taxonomy) -> Diagram:
    """A frame for each function, in it its focuses with the levels that they have."""
    diagram = Diagram("architecture", "LR", note=f"{taxonomy.dataset.title} {taxonomy.dataset.version}")
    for function, focuses in groupby(taxonomy.focuses, lambda focus: focus.function):
        keys = []
        for focus in focuses:
            rungs = _list_rungs(taxonomy, focus)
            if rungs:
                keys.append(focus.code)
                diagram.nodes[focus.code] = Node(focus.label, ", ".join(profile.level for profile in rungs))
        if keys:
            diagram.groups.append(Group(_name_function(taxonomy, function), keys))
    return diagram


def _draw_functions(taxonomy: Taxonomy) -> Diagram:
    """A frame for each function group, in it its functions with the numbers of their focuses and roles."""
    diagram = Diagram("architecture", "LR", note=f"{taxonomy.dataset.title} {taxonomy.dataset.version}")
    counts: dict[str, tuple[int, int]] = {}
    for focus in taxonomy.focuses:
        focuses, roles = counts.get(focus.function, (0, 0))
        counts[focus.function] = focuses + 1, roles + len(_list_rungs(taxonomy, focus))
    framed: dict[str, list[str]] = {}
    for function in taxonomy.functions:
        focuses, roles = counts.get(function.code, (0, 0))
        diagram.nodes[function.code] = Node(
            function.label or function.code, f"focuses: {focuses:,}, roles: {roles:,}"
        )
        if function.group is not None:
            framed.setdefault(function.group, []).append(function.code)
    diagram.groups += [
        Group(group.label, framed[group.code]) for group in taxonomy.groups if group.code in framed
    ]
    return diagram


def _list_rungs(taxonomy: Taxonomy, focus: Focus) -> list[Profile]:
    """The profiles in use of a focus, by track and rank."""
    return [profile for profile in focus.profiles if not taxonomy.is_retired(profile)]


def _name_role(taxonomy: Taxonomy, profile: Profile) -> Node:
    """A role in the frame of its focus, whose name it need not repeat."""
    focus = taxonomy.focus_by_code[profile.focus].label
    if profile.title is None or profile.title == f"{focus} — {profile.level}":
        return Node(taxonomy.level_by_code[profile.level].label)
    return Node(profile.title, profile.level)


def _name_function(taxonomy: Taxonomy, code: str) -> str:
    return taxonomy.function_by_code[code].label or code
