"""The type of every argument that names a file or folder of this machine."""

from __future__ import annotations

import os
import re
from typing import Any

import click

from rolegraph.errors import RequestError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def refuse_address(text: str) -> None:
    """Raise RequestError where a URL stands in place of a path; it is not repeated, as it may hold a password."""
    if _ADDRESS.match(text):
        raise RequestError(
            f"{text.partition(':')[0]}://... is an address, and a file or folder is expected: nothing is fetched; save "
            "what is there and name the file"
        )


class LocalPath(click.Path):
    """A path; a URL is refused, as nothing is fetched from the network."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """The path."""
        try:
            refuse_address(os.fspath(value))
        except RequestError as error:
            self.fail(str(error), param, ctx)
        return super().convert(value, param, ctx)
