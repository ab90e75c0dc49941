"""Text written to a sink piece by piece: many small ones at once, and never all of them in memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from rolegraph.output import Sink

_AT_ONCE: Final = 2_000
"""How many pieces are joined before they are written."""


def write_pieces(sink: Sink, pieces: Iterable[str]) -> None:
    """Write pieces of text one after the other, in UTF-8."""
    left = iter(pieces)
    while batch := list(islice(left, _AT_ONCE)):
        sink.write("".join(batch).encode())
