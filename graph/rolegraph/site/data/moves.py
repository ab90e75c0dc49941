"""Every move between roles for scripts: the moves of the network by effort@1, packed.

A move is its destination and one of the few distinct triples of cost, skills (both in millionths) and kind, two small
whole numbers. The moves of a profile stand together, by the code of their destination; how many leave each profile
says whose they are. Numbers are little-endian, in base64.
"""

from __future__ import annotations

import sys
from array import array
from base64 import b64encode
from collections.abc import Iterable
from typing import Final

from rolegraph.careers.network import Network
from rolegraph.careers.rules import STEP_DOWN
from rolegraph.errors import RequestError
from rolegraph.site.book import Book, write_data

_SHORT: Final = 1 << 16


def make_moves(book: Book) -> bytes:
    """``data/moves.js``: all moves but step-downs, jumps over rungs among them; or why there are none."""
    return _write(book, "moves", falls=False)


def make_falls(book: Book) -> bytes:
    """``data/moves-down.js``: the step-downs alone, which pages read only where they are allowed."""
    return _write(book, "moves-down", falls=True)


def _write(book: Book, name: str, *, falls: bool) -> bytes:
    try:
        networks = book.architecture.networks()
    except RequestError as error:
        # Data without editions of cost has no moves; its other pages stand.
        return write_data(name, {"refusal": str(error)})
    network = networks.get(allow_step_down=falls)
    return write_data(
        name, {"edition": networks.moves.rules.edition, **_pack(network, len(book.roster), falls=falls)}
    )


def _pack(network: Network, count: int, *, falls: bool) -> dict[str, object]:
    numbers: dict[tuple[int, int, int], int] = {}
    destinations, sorts, leaving = array("i"), array("i"), [0] * count
    for origin in range(count):
        for move in range(network.starts[origin], network.starts[origin + 1]):
            destination, cost, kind, skills = network.read_step(move)
            if (kind == STEP_DOWN) is falls:
                destinations.append(destination)
                sorts.append(numbers.setdefault((cost, skills, kind), len(numbers)))
                leaving[origin] += 1
    return {
        "leaving": _encode(leaving, max(leaving, default=0) + 1),
        "destinations": _encode(destinations, count),
        "sorts": _encode(sorts, len(numbers)),
        "triples": [number for triple in numbers for number in triple],
    }


def _encode(values: Iterable[int], below: int) -> list[object]:
    """The width in bytes that numbers below a limit need, and the numbers."""
    packed = array("H" if below <= _SHORT else "I", values)
    if sys.byteorder == "big":
        packed.byteswap()
    return [packed.itemsize, b64encode(packed.tobytes()).decode("ascii")]
