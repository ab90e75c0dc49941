"""What a store is filled from: files, bytes at hand, named graphs, or a store folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_GRAPH = re.compile(r"(?<![?$])\bGRAPH\b", re.IGNORECASE)
_NAMED = re.compile(_GRAPH.pattern + r"\s*<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>", re.IGNORECASE)

_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)


def names_graphs(query: str) -> bool:
    """Whether a query may speak of named graphs: they are large, and no other query needs them."""
    return _GRAPH.search(_drop_comments(query)) is not None


def list_named(query: str) -> frozenset[str] | None:
    """The IRIs of the only graphs that a query can see; None where that cannot be told from its text.

    >>> sorted(list_named("SELECT * { GRAPH <https://a.org/1> { ?s ?p ?o } }") or ())
    ['https://a.org/1']
    >>> list_named("SELECT * { GRAPH ?g { ?s ?p ?o } }") is None
    True
    """
    query = _drop_comments(query)
    named = _NAMED.findall(query)
    # A letter may be written as an escape, in an IRI too.
    whole = len(named) == len(_GRAPH.findall(query)) and "\\" not in query
    return frozenset(named) if whole else None


def _drop_comments(query: str) -> str:
    """A query without the lines that are comments; only a text of several lines could hold such a line."""
    return query if '"""' in query or "'''" in query else _COMMENT.sub("", query)


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
