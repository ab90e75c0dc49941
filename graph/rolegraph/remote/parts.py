"""What is published: the graphs as files, each with its size, hash and number of triples."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.errors import OutputError, describe_error
from rolegraph.rdf.write import write_turtle

if TYPE_CHECKING:
    from rolegraph.export.source import Source
    from rolegraph.output import Sink

TURTLE, NTRIPLES = "text/turtle", "application/n-triples"


@dataclass(frozen=True, slots=True)
class Part:
    """One graph to publish: its IRI, None for the default graph, and the file that holds it."""

    graph: str | None
    path: Path
    media_type: str
    size: int
    sha256: str
    triples: int | None


def list_parts(
    source: Source, folder: Path, *, default_graph: bool, tell: Callable[[str], None]
) -> Iterator[Part]:
    """The graphs of a source, written to ``folder`` where they are no files yet.

    The architecture and its adjacency are two named graphs, or one text for the default graph: a second Turtle file
    after the first is Turtle too. Raises OutputError where the folder cannot be written to.
    """
    base = source.taxonomy.dataset.base
    writers: list[tuple[str, Callable[[Sink], int]]] = [
        ("dataset", lambda sink: write_turtle(source.taxonomy, sink, source.foreign)),
        ("adjacency", source.write_neighbours),
    ]
    if default_graph:
        tell("writing the architecture and its adjacency")
        yield _spool(None, folder / "default.ttl", [write for _, write in writers])
    else:
        for name, write in writers:
            tell(f"writing {base}{name}")
            yield _spool(f"{base}{name}", folder / f"{name}.ttl", [write])
    sizes = {f"{base}release/{release.code}": release.triples for release in source.taxonomy.releases}
    for graph, path in source.graphs:
        yield _measure(graph, path, NTRIPLES, sizes.get(graph))


def _spool(graph: str | None, path: Path, writers: list[Callable[[Sink], int]]) -> Part:
    try:
        with path.open("wb") as file:
            counts = [write(file) for write in writers]
    except OSError as error:
        raise OutputError(f"cannot write to {path.parent}: {describe_error(error)}; make room") from error
    # Of two texts in one graph nobody knows how many triples both hold.
    return _measure(graph, path, TURTLE, counts[0] if len(counts) == 1 else None)


def _measure(graph: str | None, path: Path, media_type: str, triples: int | None) -> Part:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {describe_error(error)}") from error
    return Part(graph, path, media_type, size, digest, triples)
