"""Takes the graphs of releases out of a file that holds named graphs, each as an N-Triples file of its own."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

from rolegraph.rdf.read import read_quads


def split_releases(path: Path, folder: Path) -> tuple[tuple[str, Path], ...]:
    """The IRI of each release that a graph file has a graph of, and the file in ``folder`` that its triples were put in.

    In the order of their IRIs, their triples in the order of the file.
    """
    placed: dict[str, Path] = {}
    with ExitStack() as stack:
        sinks: dict[str, BinaryIO] = {}
        for quad in read_quads(path):
            if not isinstance(quad.graph_name, pyoxigraph.NamedNode):
                continue
            name = quad.graph_name.value
            if name not in sinks:
                placed[name] = folder / f"{len(placed)}.nt"
                sinks[name] = stack.enter_context(placed[name].open("wb"))
            sinks[name].write(f"{quad.triple} .\n".encode())
    return tuple(sorted(placed.items()))
