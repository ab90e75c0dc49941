"""Pages from templates: every text is escaped, and what cannot be seen in it is spelt out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from rolegraph.display import printable
from rolegraph.report.prose import split_prose


def read_file(folder: str, name: str) -> bytes:
    """A file of the site as it ships: of ``templates`` or ``assets``."""
    return files("rolegraph.site").joinpath(folder, name).read_bytes()


@cache
def open_templates() -> Environment:
    """The templates, strict: a name that is not given is an error, and so is a text that is not escaped."""
    environment = Environment(
        loader=FunctionLoader(lambda name: read_file("templates", name).decode("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=show,
    )
    environment.filters["prose"] = list_blocks
    return environment


def show(value: Any) -> Any:
    """A value as a page shows it, to be escaped: marks that cannot be seen or that turn the order of texts spelt out."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return printable(value).encode("utf-8", "backslashreplace").decode()


def list_blocks(text: str) -> list[tuple[str, list[str]]]:
    """The paragraphs and lists of a text, by the name of their element, each with its lines or items.

    An empty line between two items does not end their list. A text with nothing to see has no block.

    >>> list_blocks("You will:\\n- bake\\n\\n- ice\\nand clean.")
    [('p', ['You will:']), ('ul', ['bake', 'ice']), ('p', ['and clean.'])]
    """
    blocks: list[tuple[str, list[str]]] = []
    ended = True
    for piece in split_prose(text):
        kind = "ul" if piece.is_item else "p"
        if piece.text and blocks and blocks[-1][0] == kind and (piece.is_item or not ended):
            blocks[-1][1].append(piece.text)
        elif piece.text:
            blocks.append((kind, [piece.text]))
        ended = not piece.text
    return blocks
