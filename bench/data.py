"""The synthetic architectures that are measured, made when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.generate import write_architecture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy

SEED = 1


class Data:
    """One architecture of a size: its data folder, and what is made from it, in ``place``."""

    def __init__(self, size: int, place: Path) -> None:
        self.size = size
        self.place = place
        place.mkdir(parents=True, exist_ok=True)

    @cached_property
    def folder(self) -> Path:
        """The data folder."""
        folder = self.place / "data"
        write_architecture(folder, self.size, SEED)
        return folder

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """Its records."""
        from rolegraph.records.folder import load_folder

        return load_folder(self.folder).taxonomy

    @cached_property
    def roster(self) -> Roster:
        """The columns that distances and paths are computed from."""
        from rolegraph.careers.roster import Roster

        return Roster.from_taxonomy(self.taxonomy)

    @cached_property
    def turtle(self) -> Path:
        """The export as a Turtle file."""
        from rolegraph.rdf.write import write_turtle

        file = self.place / "graph.ttl"
        with file.open("wb") as sink:
            write_turtle(self.taxonomy, sink)
        return file

    @cached_property
    def ntriples(self) -> Path:
        """The export as an N-Triples file."""
        from rolegraph.rdf.write import write_ntriples

        file = self.place / "graph.nt"
        with file.open("wb") as sink:
            write_ntriples(self.taxonomy, sink)
        return file


class Architectures:
    """The architectures of one run, below one folder; only the last one asked for stays in memory."""

    def __init__(self, place: Path, *, full: bool) -> None:
        self.place = place
        self.full = full
        self._last: Data | None = None

    def get(self, size: int) -> Data:
        """The architecture with so many profiles."""
        if self._last is None or self._last.size != size:
            self._last = Data(size, self.place / str(size))
        return self._last


def hash_triples(triples: Iterable[Any]) -> tuple[int, str]:
    """Number and hash of a set of triples, in whatever order they come.

    ``triples`` are pyoxigraph triples or quads, each once; there are no blank nodes, so equal hashes are equal
    graphs. The hash is the sum of the hashes of the N-Triples lines.
    """
    count = total = 0
    for triple in triples:
        line = f"{triple.subject} {triple.predicate} {triple.object}"
        total += int.from_bytes(blake2b(line.encode(), digest_size=16).digest(), "big")
        count += 1
    return count, f"{total % 2**128:032x}"


def hash_graph(text: bytes | Path) -> tuple[int, str]:
    """The same for Turtle or N-Triples, as bytes or as a file."""
    import pyoxigraph

    form = pyoxigraph.RdfFormat.TURTLE
    if isinstance(text, Path):
        return hash_triples(pyoxigraph.parse(path=text, format=form))
    return hash_triples(pyoxigraph.parse(text, format=form))
