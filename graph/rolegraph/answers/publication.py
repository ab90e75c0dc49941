"""What became of the named graphs that were published to a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Deed = Literal["put", "unchanged", "deleted", "left", "to put", "to delete"]
"""``left`` is in the store, and no longer in the data; ``to put`` and ``to delete`` are what a dry run would do."""


@dataclass(frozen=True, slots=True)
class PublishedGraph:
    """One graph of the store, by its IRI; None is the default graph.

    ``triples`` is None where nothing told their number, ``size`` (bytes) and ``sha256`` are those of the upload,
    ``seconds`` what it took. All are None for what was not part of the data.
    """

    graph: str | None
    deed: Deed
    triples: int | None = None
    size: int | None = None
    sha256: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What was put into a store, skipped and deleted there; ``size`` is the number of bytes that were sent."""

    store: str
    dry_run: bool
    size: int
    graphs: tuple[PublishedGraph, ...]
    notes: tuple[str, ...] = ()
