"""The shipped data as a store, made from its records as a build makes it."""

from __future__ import annotations

import io
from functools import cache

from rolegraph.careers.adjacency import rank_all
from rolegraph.careers.roster import Roster
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.adjacency import write_adjacency
from rolegraph.rdf.write import write_turtle
from rolegraph.records import load_folder
from rolegraph.resources import find_resource
from rolegraph.store.documents import Documents
from rolegraph.store.store import Store, load_store

EDITION = "structural@1"


@cache
def read_shipped() -> Taxonomy:
    """The records of ``data/``."""
    return load_folder(find_resource("data")).taxonomy


def to_store(taxonomy: Taxonomy, *, adjacency: bool = False) -> Store:
    """A store with the export of ``taxonomy`` and, if asked for, its adjacency beside it."""
    graph = io.BytesIO()
    write_turtle(taxonomy, graph)
    texts = [graph.getvalue()]
    if adjacency:
        beside = io.BytesIO()
        rows = (
            (part.origin, [(n.code, f"{n.distance:.6f}", n.band) for n in part.adjacent])
            for part in rank_all(Roster.from_taxonomy(taxonomy), edition=EDITION)
        )
        write_adjacency(taxonomy, EDITION, rows, beside)
        texts.append(beside.getvalue())
    return load_store(Documents(texts=tuple(texts)))


@cache
def load_shipped() -> Store:
    """The store that the shipped queries are asked on."""
    return to_store(read_shipped(), adjacency=True)
