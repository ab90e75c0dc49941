"""Pages from templates: every text is escaped, and what cannot be seen in it is spelt out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from rolegraph.display import printable


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
    environment.filters["lines"] = list_lines
    return environment


def show(value: Any) -> Any:
    """A value as a page shows it, to be escaped: marks that cannot be seen or that turn the order of texts spelt out."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return printable(value).encode("utf-8", "backslashreplace").decode()


def list_lines(text: str) -> list[str]:
    """The lines of a text that are not empty, each as a paragraph is shown."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
