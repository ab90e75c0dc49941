"""rolegraph: a job architecture as a validated RDF knowledge graph, and the answers that it gives.

>>> import rolegraph
>>> jobs = rolegraph.load()
>>> jobs.distance("MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3").band
'confident'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolegraph.architecture import Architecture as Architecture
    from rolegraph.architecture import load as load
    from rolegraph.architecture import projection as projection
    from rolegraph.errors import InputError as InputError
    from rolegraph.errors import OutputError as OutputError
    from rolegraph.errors import QueryError as QueryError
    from rolegraph.errors import RequestError as RequestError
    from rolegraph.errors import RolegraphError as RolegraphError
    from rolegraph.errors import UnknownError as UnknownError
    from rolegraph.incoming import import_table as import_table
    from rolegraph.incoming import ingest_pages as ingest_pages
    from rolegraph.incoming import make_folder as make_folder
    from rolegraph.model.taxonomy import Taxonomy as Taxonomy

_HOMES = {
    "Architecture": "architecture",
    "load": "architecture",
    "projection": "architecture",
    "Taxonomy": "model.taxonomy",
    "InputError": "errors",
    "OutputError": "errors",
    "QueryError": "errors",
    "RequestError": "errors",
    "RolegraphError": "errors",
    "UnknownError": "errors",
    "import_table": "incoming",
    "ingest_pages": "incoming",
    "make_folder": "incoming",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    # Public names are imported when they are used: `rolegraph path` must not pay for pydantic or NetworkX.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
