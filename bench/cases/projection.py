"""The NetworkX graph that users hold: how long it takes to make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.measure import Comparison, make_variant
from rolegraph.careers.projection import projection

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The whole graph, from the columns."""
    roster = stock.get(size).roster
    yield Comparison(
        "projection",
        size,
        [make_variant("rolegraph, projection", lambda: projection(roster), lambda graph: graph.size())],
    )
