"""Files -> Taxonomy, and Turtle parsed by rdflib, pyoxigraph and rapper, which check nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib

from bench.cases.write import RDFLIB_MOST
from bench.data import hash_graph
from bench.measure import Comparison, make_variant
from rolegraph.rdf.decode import from_file
from rolegraph.rdf.write import write_ntriples
from rolegraph.records.folder import load_folder

if TYPE_CHECKING:
    from bench.data import Architectures
    from rolegraph.model.taxonomy import Taxonomy


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Reading as records, and parsing alone."""
    data = stock.get(size)
    folder, turtle, ntriples = data.folder, data.turtle, data.ntriples
    yield Comparison(
        "taxonomy",
        size,
        [
            make_variant("from JSON Lines", lambda: load_folder(folder).taxonomy, _hash_taxonomy),
            make_variant("from Turtle", lambda: from_file(turtle).taxonomy, _hash_taxonomy),
            make_variant("from N-Triples", lambda: from_file(ntriples).taxonomy, _hash_taxonomy),
        ],
    )

    variants = [
        make_variant("pyoxigraph", lambda: _count_by_pyoxigraph(turtle)),
        make_variant("rolegraph, Turtle to taxonomy", lambda: from_file(turtle).taxonomy, _count_taxonomy),
    ]
    rapper = shutil.which("rapper")
    if rapper is not None:
        variants.append(make_variant("rapper, whole process", lambda: _count_by_rapper(rapper, turtle)))
    if size <= RDFLIB_MOST:
        variants.append(
            make_variant("rdflib", lambda: rdflib.Graph().parse(turtle, format="turtle"), len),
        )
    yield Comparison("Turtle parsed", size, variants)


def _hash_taxonomy(taxonomy: Taxonomy) -> tuple[int, str]:
    sink = io.BytesIO()
    write_ntriples(taxonomy, sink)
    return hash_graph(sink.getvalue())


def _count_taxonomy(taxonomy: Taxonomy) -> int:
    return write_ntriples(taxonomy, io.BytesIO())


def _count_by_pyoxigraph(file: Path) -> int:
    return sum(1 for _ in pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TURTLE))


def _count_by_rapper(rapper: str, file: Path) -> int:
    done = subprocess.run(
        [rapper, "-i", "turtle", "-c", str(file)], capture_output=True, text=True, check=True
    )
    return int(done.stderr.split("returned ")[1].split()[0])
