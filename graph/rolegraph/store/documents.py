"""What a store is filled from: files, bytes at hand, or a store folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Documents:
    """Turtle and N-Triples that belong together, or a folder that :func:`rolegraph.store.store.create` made.

    ``files`` are told apart by their suffix, ``.ttl`` or ``.nt``; ``texts`` are Turtle in UTF-8 (N-Triples is
    Turtle too). A ``folder`` stands alone. Raises ValueError where there is nothing to read, or both.
    """

    files: tuple[Path, ...] = ()
    texts: tuple[bytes, ...] = ()
    folder: Path | None = None

    def __post_init__(self) -> None:
        if (self.folder is None) == (not self.files and not self.texts):
            raise ValueError("give either documents (files, texts) or a store folder")
