"""Pictures of nodes and lines in the languages of other tools: Mermaid flowcharts and Graphviz DOT.

What is drawn becomes a :class:`Diagram` once, which is then written in the one language or the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rolegraph.display import printable

Direction = Literal["LR", "BT"]
Line = Literal["solid", "dashed", "dotted"]

MERMAID_EDGES: Final = 500
"""Mermaid refuses a flowchart with more edges, unless it is set up otherwise."""

MERMAID_TEXT: Final = 50_000
"""Mermaid refuses a longer text, unless it is set up otherwise; counted in UTF-16, as JavaScript counts."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a title and, below it, what else is said; dashed where it stands for what is missing."""

    title: str
    code: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """From one node to another by their keys; where it is ``mutual`` it has no direction."""

    tail: str
    head: str
    labels: tuple[str, ...] = ()
    line: Line = "solid"
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A frame with a title around nodes, by their keys, and around other frames."""

    title: str
    keys: Sequence[str] = ()
    groups: Sequence[Group] = ()

    def iterate_keys(self) -> Iterator[str]:
        """The keys of all nodes in the frame."""
        yield from self.keys
        for group in self.groups:
            yield from group.iterate_keys()


@dataclass(slots=True)
class Diagram:
    """A picture: its nodes by key, the lines between them, and the frames around them."""

    name: str
    direction: Direction
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    note: str = ""

    def number(self) -> dict[str, str]:
        """The name of every node in the text, by its key."""
        return {key: f"n{number}" for number, key in enumerate(self.nodes)}

    def list_free(self) -> list[str]:
        """The keys of the nodes that stand in no frame."""
        framed = {key for group in self.groups for key in group.iterate_keys()}
        return [key for key in self.nodes if key not in framed]


def write_mermaid(diagram: Diagram) -> str:
    """A diagram as a Mermaid flowchart."""
    names = diagram.number()
    lines = [f"flowchart {diagram.direction}"]
    lines += [f"  %% {_clean(diagram.note).translate(_DIRECTIVE)}"] if diagram.note else []
    number = 0

    def write_group(group: Group, indent: str) -> None:
        nonlocal number
        lines.append(f'{indent}subgraph g{number}["{_escape_mermaid(group.title)}"]')
        number += 1
        lines.append(f"{indent}  direction {diagram.direction}")
        lines.extend(f"{indent}  {_write_mermaid_node(names[key], diagram.nodes[key])}" for key in group.keys)
        for inner in group.groups:
            write_group(inner, indent + "  ")
        lines.append(f"{indent}end")

    for group in diagram.groups:
        write_group(group, "  ")
    lines += [f"  {_write_mermaid_node(names[key], diagram.nodes[key])}" for key in diagram.list_free()]
    for edge in diagram.edges:
        label = "<br/>".join(map(_escape_mermaid, edge.labels))
        middle = f'|"{label}"| ' if label else " "
        solid, dotted = ("---", "-.-") if edge.mutual else ("-->", "-.->")
        line = solid if edge.line == "solid" else dotted
        lines.append(f"  {names[edge.tail]} {line}{middle}{names[edge.head]}")
    missing = [names[key] for key, node in diagram.nodes.items() if node.is_missing]
    if missing:
        lines += ["  classDef missing stroke-dasharray: 5 5", f"  class {','.join(missing)} missing"]
    return "\n".join(lines) + "\n"


def fits_mermaid(diagram: Diagram, text: str) -> bool:
    """Whether Mermaid, set up as it comes, draws a diagram that was written as ``text``."""
    return len(diagram.edges) <= MERMAID_EDGES and len(text.encode("utf-16-le")) // 2 <= MERMAID_TEXT


def write_dot(diagram: Diagram) -> str:
    """A diagram as a Graphviz graph."""
    names = diagram.number()
    lines = [
        f"digraph {diagram.name} {{",
        f"  rankdir={diagram.direction};",
        "  node [shape=box, style=rounded];",
    ]
    lines += [f"  // {_clean(diagram.note)}"] if diagram.note else []
    number = 0

    def write_group(group: Group, indent: str) -> None:
        nonlocal number
        lines.append(f"{indent}subgraph cluster{number} {{")
        number += 1
        lines.append(f'{indent}  label="{_escape_dot(group.title)}";')
        lines.extend(f"{indent}  {_write_dot_node(names[key], diagram.nodes[key])}" for key in group.keys)
        for inner in group.groups:
            write_group(inner, indent + "  ")
        lines.append(f"{indent}}}")

    for group in diagram.groups:
        write_group(group, "  ")
    lines += [f"  {_write_dot_node(names[key], diagram.nodes[key])}" for key in diagram.list_free()]
    for edge in diagram.edges:
        label = "\\n".join(map(_escape_dot, edge.labels))
        settings = [f'label="{label}"'] if label else []
        settings += [f"style={edge.line}"] if edge.line != "solid" else []
        settings += ["dir=none"] if edge.mutual else []
        shown = f" [{', '.join(settings)}]" if settings else ""
        lines.append(f"  {names[edge.tail]} -> {names[edge.head]}{shown};")
    return "\n".join([*lines, "}"]) + "\n"


def _write_mermaid_node(name: str, node: Node) -> str:
    return f'{name}["{"<br/>".join(_escape_mermaid(text) for text in (node.title, node.code) if text)}"]'


def _write_dot_node(name: str, node: Node) -> str:
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
