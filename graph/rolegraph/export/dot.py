"""The architecture as a picture in DOT, for Graphviz (https://graphviz.org/)."""

from __future__ import annotations

from typing import Final

from rolegraph.diagram import write_dot
from rolegraph.export.picture import list_details, tell_left_out
from rolegraph.export.source import Source
from rolegraph.output import Sink

MOST_BOXES: Final = 500
"""More than so many boxes nobody reads, and Graphviz takes minutes to lay them out."""


def write(source: Source, sink: Sink) -> None:
    """Write the picture with the most detail that can be read; less than the whole is said in it and beside it."""
    details = list_details(source)
    detail = next((detail for detail in details if detail.boxes <= MOST_BOXES), details[-1])
    diagram = detail.draw()
    if detail is not details[0]:
        told = tell_left_out(source, detail, f"more than can be read ({MOST_BOXES})")
        source.note(told)
        diagram.note = f"{diagram.note}. {told}"
    sink.write(write_dot(diagram).encode())
