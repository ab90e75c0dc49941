"""Text -> model and back: YAML, JSON Lines, and the folder of files that holds a job architecture.

The names below are loaded when they are first used, so that a command which only needs the fingerprint of a
folder pays neither for pydantic nor for YAML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolegraph.records.convert import read_record as read_record
    from rolegraph.records.fingerprint import fingerprint_folder as fingerprint_folder
    from rolegraph.records.folder import Loaded as Loaded
    from rolegraph.records.folder import load_folder as load_folder
    from rolegraph.records.jsonl import read_jsonl as read_jsonl
    from rolegraph.records.jsonl import write_jsonl as write_jsonl
    from rolegraph.records.places import Places as Places
    from rolegraph.records.render import to_document as to_document
    from rolegraph.records.render import to_files as to_files
    from rolegraph.records.writing import write_yaml as write_yaml
    from rolegraph.records.yaml import read_yaml as read_yaml

_HOMES = {
    "read_record": "convert",
    "fingerprint_folder": "fingerprint",
    "Loaded": "folder",
    "load_folder": "folder",
    "read_jsonl": "jsonl",
    "write_jsonl": "jsonl",
    "Places": "places",
    "to_document": "render",
    "to_files": "render",
    "write_yaml": "writing",
    "read_yaml": "yaml",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
