"""Whole commands on the shipped data, each a new process, beside a click program that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.commands import find_rolegraph, make_command, write_nothing
from bench.measure import Comparison

if TYPE_CHECKING:
    from bench.data import Architectures

COMMANDS = (
    ("path", "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"),
    ("adjacent", "MANUFA.MANUFACTF950.M3"),
    ("distance", "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3"),
    ("ladder", "PROCES.UPSTREAMDF5B"),
    ("--help",),
    ("list", "profiles"),
    ("show", "MANUFA.BIOPROCE4427.M3"),
    ("query", "profiles-by-level", "--param", "level=M3"),
    ("validate",),
)


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """The snapshot of the shipped data is there from the warm-up on, as it is for every command but the first."""
    place = stock.place / "cold"
    place.mkdir(parents=True, exist_ok=True)
    environment = {"ROLEGRAPH_CACHE": str(place / "cache")}
    rolegraph = find_rolegraph()
    variants = [
        make_command(
            "a click program that does nothing",
            [*write_nothing(place), "one", "two"],
            place / "nothing.txt",
            answer=lambda ended: ended.status,
            environment=environment,
        )
    ]
    for command in COMMANDS:
        variants.append(
            make_command(
                f"`rolegraph {command[0]}`",
                [*rolegraph, *command],
                place / f"{command[0]}.txt",
                answer=lambda ended: ended.status,
                environment=environment,
            )
        )
    yield Comparison("cold command, shipped data", size, variants, more=4)
