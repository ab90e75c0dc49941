"""Career paths as diagrams for other tools: Mermaid flowcharts and Graphviz DOT."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rolegraph.answers import Paths


def to_mermaid(answer: Paths, title: Callable[[str], str]) -> str:
    """The paths as one Mermaid flowchart; a role stands once, a move is an arrow with its kind."""
    nodes, moves = _collect(answer)
    lines = ["flowchart LR"]
    lines += [f'  n{i}["{_escape_mermaid(title)}<br/>{_escape_mermaid(code)}"]' for i, code, title in nodes]
    lines += [f'  n{a} -->|"{kind} {cost:.4f}"| n{b}' for a, b, kind, cost in moves]
    return "\n".join(lines) + "\n"


def to_dot(answer: Paths, title: Callable[[str], str]) -> str:
    """The paths as one Graphviz graph; a role stands once, a move is an edge with its kind and cost."""
    nodes, moves = _collect(answer)
    lines = ["digraph path {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    lines += [f'  n{i} [label="{_escape_dot(title)}\\n{_escape_dot(code)}"];' for i, code, title in nodes]
    lines += [f'  n{a} -> n{b} [label="{kind}\\n{cost:.4f}"];' for a, b, kind, cost in moves]
    return "\n".join([*lines, "}"]) + "\n"


def _collect(
    answer: Paths,
) -> tuple[list[tuple[int, str, str]], list[tuple[int, int, str, float]]]:
    titles: dict[str, str] = {}
    moves: dict[tuple[str, str], tuple[str, float]] = {}
    for path in answer.paths:
        for move in path.moves:
            titles.setdefault(move.origin, move.origin_title)
            titles.setdefault(move.destination, move.destination_title)
            moves.setdefault((move.origin, move.destination), (move.kind, move.cost))
    numbers = {code: number for number, code in enumerate(titles)}
    return (
        [(numbers[code], code, title) for code, title in titles.items()],
        [(numbers[a], numbers[b], kind, cost) for (a, b), (kind, cost) in moves.items()],
    )


_MERMAID = {ord(c): f"#{ord(c)};" for c in '#"<>&'} | {ord("\n"): " "}


def _escape_mermaid(text: str) -> str:
    return text.translate(_MERMAID)


def _escape_dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
