"""The path of a request, as a part of an IRI."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")
"""An absolute IRI, by the characters that it may hold."""


def read_raw_path(request: Request) -> str | None:
    """The path as it was sent, with what is percent-encoded in it; None where it is no part of an IRI."""
    try:
        path = request.scope["raw_path"].partition(b"?")[0].decode("ascii")
    except UnicodeDecodeError:
        return None
    return path if ABSOLUTE.fullmatch("x:" + path) else None
