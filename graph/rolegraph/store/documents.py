"""What a store is filled from: files, bytes at hand, named graphs, or a store folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)


def names_graphs(query: str) -> bool:
    """Whether a query may speak of named graphs: they are large, and no other query needs them."""
    return _GRAPH.search(query) is not None


@dataclass(frozen=True, slots=True)
class Documents:
    """Turtle and N-Triples that belong together, or a folder that :func:`rolegraph.store.store.create` made.

    ``files`` are told apart by their suffix, ``.ttl`` or ``.nt``; ``texts`` are Turtle in UTF-8 (N-Triples is
    Turtle too); these are the default graph. ``graphs`` are named graphs, each with its IRI and its file. A ``folder``
    stands alone. Raises ValueError where there is nothing to read, or both.
    """

    files: tuple[Path, ...] = ()
    texts: tuple[bytes, ...] = ()
    folder: Path | None = None
    graphs: tuple[tuple[str, Path], ...] = ()

    def __post_init__(self) -> None:
        if (self.folder is None) == (not self.files and not self.texts):
            raise ValueError("give either documents (files, texts) or a store folder")
