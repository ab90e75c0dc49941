"""What is measured: one module for each job, with the peers beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.data import Architectures
    from bench.measure import Comparison

Compare = Callable[["Architectures", int], "Iterator[Comparison]"]


@dataclass(frozen=True, slots=True)
class Case:
    """One benchmark: what it measures, the sizes (profiles) that it runs at, and those that ``--full`` adds."""

    name: str
    what: str
    sizes: Sequence[int]
    full: Sequence[int]

    def compare(self, stock: Architectures, size: int) -> Iterator[Comparison]:
        """The comparisons at one size."""
        make: Compare = import_module(f"bench.cases.{self.name}").compare
        return make(stock, size)


CASES: Mapping[str, Case] = {
    case.name: case
    for case in (
        Case("write", "Records written as Turtle and as sorted N-Triples.", (1_000, 10_000), (100_000,)),
        Case(
            "load",
            "Records and graphs read as a checked taxonomy; Turtle parsed.",
            (1_000, 10_000),
            (100_000,),
        ),
        Case("validate", "A graph judged by all shapes.", (200, 1_000, 10_000), (100_000,)),
        Case("adjacent", "The ten nearest roles of every role.", (1_000, 10_000), (100_000,)),
        Case("path", "The career path from one role to another.", (1_000, 10_000, 100_000), ()),
        Case("network", "All moves made once, and read back.", (1_000, 10_000, 100_000), ()),
        Case("projection", "The NetworkX graph of all roles, neighbours and moves.", (1_000, 10_000), ()),
        Case("store", "The embedded store: filling it, and named queries.", (1_000, 10_000), (100_000,)),
        Case("publish", "Two named graphs put into a store, beside curl.", (1_000, 10_000), ()),
        Case("serve", "`rolegraph serve` under load, beside Oxigraph's own server.", (0, 1_000, 10_000), ()),
        Case(
            "cold", "Whole commands on the shipped data, beside a click program that does nothing.", (0,), ()
        ),
        Case("snapshot", "A whole `rolegraph path`, with its snapshot there and not.", (10_000, 100_000), ()),
        Case("ingest", "Saved profile pages read; a whole `rolegraph ingest`.", (100, 1_000), ()),
        Case("table", "A long sheet read; a whole `rolegraph import table`.", (1_000, 10_000, 100_000), ()),
        Case("releases", "Public releases imported: O*NET and ESCO, where they are there.", (0,), ()),
        Case("search", "Names found among those of a whole O*NET release, where it is there.", (0,), ()),
        Case("diff", "Two states of an architecture compared, beside rdflib.", (1_000, 10_000), ()),
        Case("export", "A whole `rolegraph export` in every format; other writers.", (1_000, 10_000), ()),
        Case("site", "A whole `rolegraph site`: the graph as pages.", (1_000, 10_000), ()),
        Case(
            "pages", "What a visitor waits for in pages, in Chromium, where it is there.", (1_000, 10_000), ()
        ),
        Case("build", "A whole `rolegraph build`, with validation.", (1_000, 10_000), (100_000,)),
    )
}
"""Every benchmark, in the order in which they run."""
