"""What every writer of an export writes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx
    import pyoxigraph

    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.output import Sink
    from rolegraph.rdf.adjacency import Row

    Subject = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Source:
    """One job architecture, to be written in any format.

    ``foreign`` is what a graph file holds beside the records, none for a data folder; ``graphs`` are the named graphs
    of the releases, each with its IRI and its N-Triples file; ``edition`` and ``k`` say which distances, and how many
    nearest roles of each role, a format shows that shows any. ``note`` hears what a person should know of what is
    written, such as what had no room in it.
    """

    taxonomy: Taxonomy
    find_roster: Callable[[], Roster]
    edition: str
    k: int
    foreign: tuple[pyoxigraph.Triple, ...] = ()
    graphs: tuple[tuple[str, Path], ...] = ()
    note: Callable[[str], None] = lambda told: None

    def iterate_triples(self) -> Iterator[pyoxigraph.Triple]:
        """Every triple of the graph, each subject's together, in the order of the Turtle; what is foreign comes last."""
        from rolegraph.rdf.write import iterate_triples

        yield from iterate_triples(self.taxonomy, len(self.foreign))
        yield from self.foreign

    def iterate_subjects(self) -> Iterator[tuple[Subject, Iterator[pyoxigraph.Triple]]]:
        """The triples of each subject of the records, in the order of the Turtle; foreign ones stand in runs of their own."""
        return groupby(self.iterate_triples(), key=attrgetter("subject"))

    def write_neighbours(self, sink: Sink) -> int:
        """Write the nearest roles of every role as Turtle; returns the number of triples."""
        from rolegraph.rdf.adjacency import write_adjacency

        return write_adjacency(self.taxonomy, self.edition, self._rank_rows(), sink)

    def write_neighbour_lines(self, sink: Sink) -> int:
        """Write the nearest roles of every role as sorted N-Triples; returns the number of triples."""
        from rolegraph.rdf.adjacency import write_adjacency_lines

        return write_adjacency_lines(self.taxonomy, self.edition, self._rank_rows(), sink)

    def _rank_rows(self) -> Iterable[Row]:
        from rolegraph.careers.adjacency import rank_rows

        return rank_rows(self.find_roster(), k=self.k, edition=self.edition)

    def project(self) -> networkx.MultiDiGraph[str]:
        """The NetworkX graph of roles: nearest roles and typed moves as edges; see ``careers.projection``."""
        from rolegraph.careers.projection import projection

        return projection(self.find_roster(), self.k, edition=self.edition)
