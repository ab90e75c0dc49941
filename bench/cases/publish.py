"""`rolegraph publish` into Oxigraph's server in memory, beside curl, which sends files that are there already.

Nothing is measured where curl or Oxigraph's server (PyPI package ``oxigraph``) is not there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench.cases.serve import serve_memory
from bench.measure import Comparison, make_variant
from rolegraph.architecture import Architecture
from rolegraph.remote.publish import Wishes, publish

if TYPE_CHECKING:
    from bench.data import Architectures


def compare(stock: Architectures, size: int) -> Iterator[Comparison]:
    """Everything sent, with the writing of the files; the same with nothing to send; curl with the files at hand."""
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    curl = shutil.which("curl")
    if oxigraph is None or curl is None:
        return
    place = stock.place / f"publish-{size}"
    place.mkdir(parents=True, exist_ok=True)
    data = stock.get(size)
    source = Architecture(data.folder).export_source()
    base = source.taxonomy.dataset.base
    files = {f"{base}dataset": data.turtle, f"{base}adjacency": place / "adjacency.ttl"}
    with files[f"{base}adjacency"].open("wb") as sink:
        source.write_neighbours(sink)
    with serve_memory(oxigraph, (), place) as server:
        store = server.endpoint.removesuffix("query") + "store"

        def send_files() -> int:
            for graph, file in files.items():
                url = f"{store}?graph={quote(graph, safe='')}"
                subprocess.run(
                    [curl, "-sSf", "-H", "Content-Type: text/turtle", "-T", str(file), url], check=True
                )
            return count_triples()

        def send_all() -> int:
            publish(source, store, Wishes(everything=True))
            return count_triples()

        def send_nothing() -> int:
            publish(source, store, Wishes())
            return count_triples()

        def count_triples() -> int:
            graphs = " ".join(f"<{graph}>" for graph in files)
            query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            request = urllib.request.Request(
                f"{server.endpoint}?query={quote(query)}",
                headers={"Accept": "application/sparql-results+json"},
            )
            with urllib.request.urlopen(request, timeout=300) as answer:
                return int(json.load(answer)["results"]["bindings"][0]["n"]["value"])

        send_all()
        yield Comparison(
            "two named graphs into a store",
            size,
            [
                make_variant("curl, files at hand", send_files),
                make_variant("rolegraph publish --all", send_all),
                make_variant("rolegraph publish, nothing changed", send_nothing),
            ],
        )
