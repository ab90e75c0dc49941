"""The architecture as a picture in Mermaid (https://mermaid.js.org/), for Markdown pages."""

from __future__ import annotations

from rolegraph.diagram import MERMAID_EDGES, MERMAID_TEXT, fits_mermaid, write_mermaid
from rolegraph.errors import RequestError
from rolegraph.export.picture import list_details, tell_left_out
from rolegraph.export.source import Source
from rolegraph.output import Sink

_FEWEST = 20
"""The characters that a box takes at least: what has more of them than the text holds is not drawn to find that out."""


def write(source: Source, sink: Sink) -> None:
    """Write the picture with the most detail that Mermaid draws; less than the whole is said in it and beside it.

    Raises RequestError where not even the functions fit.
    """
    details = list_details(source)
    for detail in details:
        if detail.boxes * _FEWEST > MERMAID_TEXT:
            continue
        diagram = detail.draw()
        if detail is not details[0]:
            told = tell_left_out(
                source,
                detail,
                f"more than Mermaid draws ({MERMAID_EDGES} lines, {MERMAID_TEXT:,} characters)",
            )
            diagram.note = f"{diagram.note}. {told}"
        text = write_mermaid(diagram)
        if fits_mermaid(diagram, text):
            if detail is not details[0]:
                source.note(told)
            sink.write(text.encode())
            return
    raise RequestError(
        f"{details[-1].boxes:,} functions are more than Mermaid draws ({MERMAID_TEXT:,} characters); export dot or"
        " graphml"
    )
