"""A small writer of Markdown (CommonMark with tables): headings, tables, lists, and texts that break none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rolegraph.report.prose import split_prose

_SIGN = re.compile(r"[\\`*|\[]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|<")
_START = re.compile(r"[#>+=~-](?=.)|\d+(?=[.)])")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}


def escape(text: str) -> str:
    r"""A text in one line, whose signs mean nothing to Markdown or HTML.

    >>> print(escape("a|b_c <b> *d*"))
    a\|b_c &lt;b> \*d\*
    """
    line = " ".join(text.split())
    return _SIGN.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), line)


def write_paragraph(text: str) -> str:
    """A text as a paragraph of its own, whatever it begins with."""
    line = escape(text)
    start = _START.match(line)
    if start is None:
        return line
    return f"{start[0]}\\{line[start.end() :]}" if start[0].isdigit() else f"\\{line}"


def write_cell(text: str, *, listed: bool = False) -> str:
    """A text of one or more lines for a cell of a table, which holds no paragraphs and lists of its own.

    ``listed`` says that each of its lines is an item of a list.
    """
    if listed and "\n" in text:
        return "<br>".join(f"• {escape(line)}" for line in text.splitlines())
    return "<br>".join(("• " if piece.is_item else "") + escape(piece.text) for piece in split_prose(text))


def write_code(text: str) -> str:
    """A code in the letters of codes."""
    return f"`{text}`"


def write_heading(rank: int, text: str) -> str:
    """A heading; rank 1 is that of the document."""
    return f"{'#' * rank} {escape(text)}"


def write_items(texts: Iterable[str]) -> str:
    """A list; its texts are Markdown already."""
    return "\n".join(f"- {text}" for text in texts)


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [_write_row(header), _write_row(["---"] * len(header)), *map(_write_row, rows)]
    return "\n".join(lines)


def _write_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def join_blocks(blocks: Iterable[str]) -> str:
    """Headings, paragraphs, lists and tables as one document, an empty line between them; empty ones are left out."""
    return "\n\n".join(filter(None, blocks)) + "\n"
