"""Where the data comes from: a data folder, a graph file, or the data that ships with the package."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.records.places import Places


class Source:
    """A job architecture that is read when it is first asked for.

    ``data`` is a data folder, ``graph`` a Turtle or N-Triples file; with neither it is the shipped data.
    Reading raises InputError with every problem of all files.
    """

    def __init__(self, data: Path | None = None, graph: Path | None = None) -> None:
        if data is not None and graph is not None:
            raise ValueError("give either a data folder or a graph file")
        self.data = data
        self.graph = graph

    @cached_property
    def _loaded(self) -> tuple[Taxonomy, Places | None]:
        if self.graph is not None:
            from rolegraph.rdf.decode import from_file

            return from_file(self.graph).taxonomy, None
        from rolegraph.records.folder import load_folder
        from rolegraph.resources import find_resource

        loaded = load_folder(find_resource("data") if self.data is None else self.data)
        return loaded.taxonomy, loaded.places

    @property
    def taxonomy(self) -> Taxonomy:
        """The records, checked."""
        return self._loaded[0]

    @property
    def places(self) -> Places | None:
        """Where each record stands; None for a graph."""
        return self._loaded[1]
