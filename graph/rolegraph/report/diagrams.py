"""Answers as diagrams for other tools: Mermaid flowcharts and Graphviz DOT.

An answer becomes a graph once (groups of nodes, and edges), which is then written in the one language or the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal

from rolegraph import answers
from rolegraph.errors import RequestError
from rolegraph.report.layout import BANDS, count, printable
from rolegraph.report.neighbours import to_adjacent

Direction = Literal["LR", "BT"]

MERMAID_EDGES: Final = 500
"""Mermaid refuses a flowchart with more edges, unless it is set up otherwise."""

_DASHES: Final = {"needs-review": "dashed", "no-match": "dotted"}
"""The styles of the lines in Graphviz; near ones are solid."""


@dataclass(frozen=True, slots=True)
class _Node:
    title: str
    code: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    """From one node to another by their keys; where it is ``mutual`` it has no direction."""

    tail: str
    head: str
    labels: tuple[str, ...] = ()
    band: str | None = None
    mutual: bool = False


@dataclass(slots=True)
class _Diagram:
    name: str
    direction: Direction
    nodes: dict[str, _Node] = field(default_factory=dict)
    edges: list[_Edge] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """The keys of the nodes in a frame, by its title."""
    note: str = ""

    def number(self) -> dict[str, str]:
        return {key: f"n{number}" for number, key in enumerate(self.nodes)}


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
    names = diagram.number()
    grouped = {key for keys in diagram.groups.values() for key in keys}
    lines = [f"flowchart {diagram.direction}"]
    lines += [f"  %% {_clean(diagram.note).translate(_DIRECTIVE)}"] if diagram.note else []
    for number, (label, keys) in enumerate(diagram.groups.items()):
        lines.append(f'  subgraph g{number}["{_escape_mermaid(label)}"]')
        lines.append(f"    direction {diagram.direction}")
        lines += [f"    {_write_mermaid_node(names[key], diagram.nodes[key])}" for key in keys]
        lines.append("  end")
    lines += [f"  {_write_mermaid_node(names[k], n)}" for k, n in diagram.nodes.items() if k not in grouped]
    for edge in diagram.edges:
        label = "<br/>".join(map(_escape_mermaid, edge.labels))
        middle = f'|"{label}"| ' if label else " "
        solid, dotted = ("---", "-.-") if edge.mutual else ("-->", "-.->")
        line = dotted if edge.band in _DASHES else solid
        lines.append(f"  {names[edge.tail]} {line}{middle}{names[edge.head]}")
    missing = [names[key] for key, node in diagram.nodes.items() if node.is_missing]
    if missing:
        lines += ["  classDef missing stroke-dasharray: 5 5", f"  class {','.join(missing)} missing"]
    return "\n".join(lines) + "\n"


def to_dot(answer: Any, title: Callable[[str], str]) -> str:
    """An answer as a Graphviz graph; a role stands once, ``title`` tells the title of a code.

    Raises RequestError for an answer that has no diagram.
    """
    diagram = _draw(answer, title)
    names = diagram.number()
    grouped = {key for keys in diagram.groups.values() for key in keys}
    lines = [
        f"digraph {diagram.name} {{",
        f"  rankdir={diagram.direction};",
        "  node [shape=box, style=rounded];",
    ]
    lines += [f"  // {_clean(diagram.note)}"] if diagram.note else []
    for number, (label, keys) in enumerate(diagram.groups.items()):
        lines.append(f"  subgraph cluster{number} {{")
        lines.append(f'    label="{_escape_dot(label)}";')
        lines += [f"    {_write_dot_node(names[key], diagram.nodes[key])}" for key in keys]
        lines.append("  }")
    lines += [f"  {_write_dot_node(names[k], n)}" for k, n in diagram.nodes.items() if k not in grouped]
    for edge in diagram.edges:
        label = "\\n".join(map(_escape_dot, edge.labels))
        settings = [f'label="{label}"'] if label else []
        settings += [f"style={_DASHES[edge.band]}"] if edge.band in _DASHES else []
        settings += ["dir=none"] if edge.mutual else []
        shown = f" [{', '.join(settings)}]" if settings else ""
        lines.append(f"  {names[edge.tail]} -> {names[edge.head]}{shown};")
    return "\n".join([*lines, "}"]) + "\n"


def _draw(answer: Any, title: Callable[[str], str]) -> _Diagram:
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


def _draw_paths(answer: answers.Paths, title: Callable[[str], str]) -> _Diagram:
    """The paths; where there is none, the nearest miss under a note, or the reason alone."""
    diagram = _Diagram("path", "LR", note=f"cost {answer.cost_edition}, distance {answer.edition}")
    paths = answer.paths
    if not paths and answer.nearest_miss is not None:
        paths = (answer.nearest_miss,)
        diagram.note = f"{answer.reason} The nearest miss, {answer.relaxed}: {diagram.note}"
    moves = {(move.origin, move.destination): move for path in paths for move in path.moves}
    for move in moves.values():
        diagram.nodes.setdefault(move.origin, _Node(move.origin_title, move.origin))
        diagram.nodes.setdefault(move.destination, _Node(move.destination_title, move.destination))
        labels = (f"{move.kind} {move.cost:.4f}", _name_band(move.band))
        diagram.edges.append(_Edge(move.origin, move.destination, labels, move.band))
    if not moves and paths:
        diagram.nodes[answer.origin] = _Node(title(answer.origin), answer.origin)
    elif not moves:
        diagram.nodes[""] = _Node(answer.reason or "There is no path.")
    return diagram


def _draw_ladder(answer: answers.Ladder) -> _Diagram:
    """A frame for each track, its rungs from the bottom up; missing ones are dashed."""
    diagram = _Diagram("ladder", "BT", note=answer.focus)
    for track in answer.tracks:
        keys = [f"{track.track} {rung.level}" for rung in track.rungs]
        for key, rung in zip(keys, track.rungs, strict=True):
            missing = rung.code is None
            about = "no profile at this level" if rung.code is None else rung.code
            diagram.nodes[key] = _Node(rung.title, about, missing)
        diagram.edges += [_Edge(low, high) for low, high in pairwise(keys)]
        diagram.groups[f"Track {track.track}"] = keys
    return diagram


def _draw_near(edition: str, parts: tuple[answers.Adjacent, ...], title: Callable[[str], str]) -> _Diagram:
    """A line from every origin to each of its nearest; one without an arrow where each is near to the other."""
    diagram = _Diagram("nearest", "LR", note=f"distance {edition}")
    if len(parts) == 1 and parts[0].reason is not None:
        diagram.note += f". {parts[0].reason}"
    for part in parts:
        diagram.nodes.setdefault(part.origin, _Node(title(part.origin), part.origin))
    pairs = {(part.origin, near.code) for part in parts for near in part.adjacent}
    done = set()
    for part in parts:
        for near in part.adjacent:
            diagram.nodes.setdefault(near.code, _Node(near.title, near.code))
            if (near.code, part.origin) in done:
                continue
            done.add((part.origin, near.code))
            # A single origin has no other side that could be asked.
            mutual = len(parts) == 1 or (near.code, part.origin) in pairs
            words = near.plain if near.band is None and near.plain else _name_band(near.band)
            labels = (f"{near.distance:.4f}", words)
            diagram.edges.append(_Edge(part.origin, near.code, labels, near.band, mutual))
    return diagram


def _name_band(band: str | None) -> str:
    return "no match band" if band is None else f"{BANDS[band]} · {band}"


def _write_mermaid_node(name: str, node: _Node) -> str:
    return f'{name}["{"<br/>".join(_escape_mermaid(text) for text in (node.title, node.code) if text)}"]'


def _write_dot_node(name: str, node: _Node) -> str:
    label = "\\n".join(_escape_dot(text) for text in (node.title, node.code) if text)
    style = ', style="rounded,dashed"' if node.is_missing else ""
    return f'{name} [label="{label}"{style}];'


_DIRECTIVE: Final = {ord(c): None for c in "%{}"}
"""What would make a comment of Mermaid a directive."""

_MERMAID: Final = {ord(c): f"#{ord(c)};" for c in '#"<>&`%|\\'}


def _escape_mermaid(text: str) -> str:
    """A text inside quotes, with all that Mermaid reads as markup, directive or entity written as entities."""
    return _clean(text).translate(_MERMAID)


def _escape_dot(text: str) -> str:
    """A text inside quotes; Graphviz reads escapes by backslash and entities of HTML in it."""
    return _clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _clean(text: str) -> str:
    """The text in one line, what cannot be seen shown as escapes."""
    return printable(" ".join(text.split())).encode("utf-8", "backslashreplace").decode()
