"""All moves made once as columns, and read back as a later command does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.measure import Comparison, make_variant
from rolegraph.careers.columns import pack_columns, unpack_columns
from rolegraph.careers.moves import Moves
from rolegraph.careers.network import Network

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The network of one architecture; both ways give the same moves."""
    data = stock.get(size)
    roster, file = data.roster, data.place / "moves"
    file.write_bytes(pack_columns(Network.from_moves(Moves(roster)).columns, "bench"))
    yield Comparison(
        "moves of all roles",
        size,
        [
            make_variant("read back", lambda: Network(unpack_columns(file.read_bytes(), "bench")), _sum),
            make_variant("made", lambda: Network.from_moves(Moves(roster)), _sum),
        ],
    )


def _sum(network: Network) -> tuple[int, int]:
    return len(network.costs), sum(network.costs)
