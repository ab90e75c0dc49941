"""One answer in the form that is asked for: text for people, tables and data for programs, pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PICTURES = ("svg", "png")
DIAGRAMS = ("mermaid", "dot")


def render(answer: Any, form: str, text: Callable[[], str], title: Callable[[str], str]) -> str | bytes:
    """An answer in a form: ``text`` lays it out for people, ``title`` tells the title of a code.

    Bytes are files that are no text (xlsx, png). What a form needs is imported when it is asked for.
    """
    if form == "text":
        from rolegraph.display import escape_turns

        return escape_turns(text())
    if form == "json":
        from rolegraph.plain import to_json

        return to_json(answer)
    if form == "html":
        from rolegraph.report.sides_page import write_comparison

        return write_comparison(answer)
    if form in PICTURES:
        from rolegraph.report.pictures import draw_png, draw_svg

        return draw_svg(answer, title) if form == "svg" else draw_png(answer, title)
    if form in DIAGRAMS:
        from rolegraph.report.diagrams import to_dot, to_mermaid

        return (to_mermaid if form == "mermaid" else to_dot)(answer, title)
    if form == "md":
        from rolegraph.report.documents import to_document

        document = to_document(answer, title)
        if document is not None:
            return document
    from rolegraph.report.tables import to_csv, to_markdown, to_rows

    if form == "xlsx":
        from rolegraph.report.xlsx import to_xlsx

        return to_xlsx(to_rows(answer))
    return (to_csv if form == "csv" else to_markdown)(to_rows(answer))
