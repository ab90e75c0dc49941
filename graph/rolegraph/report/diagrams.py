"""Answers as diagrams for other tools: Mermaid flowcharts and Graphviz DOT."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from rolegraph import answers
from rolegraph.diagram import MERMAID_EDGES, Diagram, Edge, Group, Line, Node, write_dot, write_mermaid
from rolegraph.errors import RequestError
from rolegraph.report.layout import BANDS, count
from rolegraph.report.neighbours import to_adjacent

_LINES: Final[dict[str | None, Line]] = {"needs-review": "dashed", "no-match": "dotted"}
"""The lines of the match bands; near ones are solid."""


def to_mermaid(answer: Any, title: Callable[[str], str]) -> str:
    """An answer as a Mermaid flowchart; a role stands once, ``title`` tells the title of a code.

    Raises RequestError for an answer that has no diagram, and for one with more edges than Mermaid takes.
    """
    diagram = _draw(answer, title)
    if len(diagram.edges) > MERMAID_EDGES:
        raise RequestError(
            f"{count(len(diagram.edges), 'line')} are more than Mermaid draws ({MERMAID_EDGES}); ask for less, or for"
            " --format dot"
        )
    return write_mermaid(diagram)


def to_dot(answer: Any, title: Callable[[str], str]) -> str:
    """An answer as a Graphviz graph; a role stands once, ``title`` tells the title of a code.

    Raises RequestError for an answer that has no diagram.
    """
    return write_dot(_draw(answer, title))


def _draw(answer: Any, title: Callable[[str], str]) -> Diagram:
    if isinstance(answer, answers.Paths):
        return _draw_paths(answer, title)
    if isinstance(answer, answers.Ladder):
        return _draw_ladder(answer)
    if isinstance(answer, answers.Adjacent):
        return _draw_near(answer.edition, (answer,), title)
    if isinstance(answer, answers.AllAdjacent):
        return _draw_near(answer.edition, answer.profiles, title)
    if isinstance(answer, answers.Hidden | answers.PersonAdjacent):
        near = to_adjacent(answer)
        return _draw_near(near.edition, (near,), lambda code: title(code) if code else "A person's skills")
    raise RequestError(
        "this answer has no diagram; what can be drawn are ladders, paths and the roles nearest to a role or to a"
        " person's skills"
    )


def _draw_paths(answer: answers.Paths, title: Callable[[str], str]) -> Diagram:
    """The paths; where there is none, the nearest miss under a note, or the reason alone."""
    diagram = Diagram("path", "LR", note=f"cost {answer.cost_edition}, distance {answer.edition}")
    paths = answer.paths
    if not paths and answer.nearest_miss is not None:
        paths = (answer.nearest_miss,)
        diagram.note = f"{answer.reason} The nearest miss, {answer.relaxed}: {diagram.note}"
    moves = {(move.origin, move.destination): move for path in paths for move in path.moves}
    for move in moves.values():
        diagram.nodes.setdefault(move.origin, Node(move.origin_title, move.origin))
        diagram.nodes.setdefault(move.destination, Node(move.destination_title, move.destination))
        labels = (f"{move.kind} {move.cost:.4f}", _name_band(move.band))
        diagram.edges.append(Edge(move.origin, move.destination, labels, _find_line(move.band)))
    if not moves and paths:
        diagram.nodes[answer.origin] = Node(title(answer.origin), answer.origin)
    elif not moves:
        diagram.nodes[""] = Node(answer.reason or "There is no path.")
    return diagram


def _draw_ladder(answer: answers.Ladder) -> Diagram:
    """A frame for each track, its rungs from the bottom up; missing ones are dashed."""
    diagram = Diagram("ladder", "BT", note=answer.focus)
    for track in answer.tracks:
        keys = [f"{track.track} {rung.level}" for rung in track.rungs]
        for key, rung in zip(keys, track.rungs, strict=True):
            missing = rung.code is None
            about = "no profile at this level" if rung.code is None else rung.code
            diagram.nodes[key] = Node(rung.title, about, missing)
        diagram.edges += [Edge(low, high) for low, high in pairwise(keys)]
        diagram.groups.append(Group(f"Track {track.track}", keys))
    return diagram


def _draw_near(edition: str, parts: tuple[answers.Adjacent, ...], title: Callable[[str], str]) -> Diagram:
    """A line from every origin to each of its nearest; one without an arrow where each is near to the other."""
    diagram = Diagram("nearest", "LR", note=f"distance {edition}")
    if len(parts) == 1 and parts[0].reason is not None:
        diagram.note += f". {parts[0].reason}"
    for part in parts:
        diagram.nodes.setdefault(part.origin, Node(title(part.origin), part.origin))
    pairs = {(part.origin, near.code) for part in parts for near in part.adjacent}
    done = set()
    for part in parts:
        for near in part.adjacent:
            diagram.nodes.setdefault(near.code, Node(near.title, near.code))
            if (near.code, part.origin) in done:
                continue
            done.add((part.origin, near.code))
            # A single origin has no other side that could be asked.
            mutual = len(parts) == 1 or (near.code, part.origin) in pairs
            words = near.plain if near.band is None and near.plain else _name_band(near.band)
            labels = (f"{near.distance:.4f}", words)
            diagram.edges.append(Edge(part.origin, near.code, labels, _find_line(near.band), mutual))
    return diagram


def _name_band(band: str | None) -> str:
    return "no match band" if band is None else f"{BANDS[band]} · {band}"


def _find_line(band: str | None) -> Line:
    return _LINES.get(band, "solid")
