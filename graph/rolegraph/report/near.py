"""The answers about what is near as text for people: nearest roles and distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.report.layout import (
    band_label,
    columns,
    heading,
    muted,
    pad,
    steps,
    terminal_width,
    wrap,
)

if TYPE_CHECKING:
    from rolegraph.answers import Adjacent, AllAdjacent, Distance

BAND_NOTE = (
    "Distance runs from 0 to 1, lower is nearer. The band tells how close two roles stand in the architecture,"
    " not whether a person qualifies."
)


def describe_adjacent(answer: Adjacent, title: str, *, explain: bool = False) -> str:
    """The nearest roles as a table; with ``explain`` the arithmetic of each."""
    lines = [heading(f"Nearest to {title}"), muted(f"{answer.origin} · {answer.edition}"), ""]
    if not answer.adjacent:
        return "\n".join([*lines, "  There is no other profile."]) + "\n"
    rows = [[f"{n.distance:.4f}", band_label(n.band), n.title, n.code] for n in answer.adjacent]
    header, *body = columns(["distance", "band", "role", "code"], rows, right=[0], shrink=[2])
    lines.append(header)
    for row, neighbour in zip(body, answer.adjacent, strict=True):
        lines.append(row)
        if explain:
            lines.append(muted(f"            {_explain(neighbour.components)}"))
    return "\n".join([*lines, "", *(muted(line) for line in wrap(BAND_NOTE, terminal_width()))]) + "\n"


def describe_all_adjacent(answer: AllAdjacent) -> str:
    """The nearest roles of every role, one line each."""
    lines = [heading(f"Nearest roles of every role · {answer.edition}"), ""]
    for part in answer.profiles:
        lines.append(part.origin)
        lines += [f"    {n.distance:.4f}  {pad(band_label(n.band), 20)}  {n.code}" for n in part.adjacent]
    return "\n".join(lines) + "\n"


def describe_distance(answer: Distance, origin_title: str, destination_title: str) -> str:
    """One distance with its parts."""
    lines = [
        heading(f"{answer.distance:.4f}") + f"  {band_label(answer.band)}  {muted(answer.edition)}",
        "",
        f"  {origin_title}  {muted(answer.origin)}",
        f"  {destination_title}  {muted(answer.destination)}",
        "",
        f"  {_explain(answer.components)}",
        "",
        *(muted(line) for line in wrap(BAND_NOTE, terminal_width())),
    ]
    return "\n".join(lines) + "\n"


def _explain(components: dict[str, float]) -> str:
    parts = " + ".join(f"{name} {steps(value)}" for name, value in components.items())
    return f"{parts} = {steps(sum(components.values()))} level steps"
