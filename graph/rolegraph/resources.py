"""Finds ``ontology/``, ``shapes/``, ``queries/`` and ``data/``: in the installed package, or in a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Kind = Literal["ontology", "shapes", "queries", "data"]


def find_resource(kind: Kind) -> Traversable:
    """The folder of one kind of resource, as a traversable that also works inside a zip.

    Raises FileNotFoundError where neither the package nor its checkout has it.
    """
    packaged = files("rolegraph").joinpath("_resources", kind)
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[2] / kind
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(
        f"the folder {kind}/ is missing from this installation of rolegraph; install it again"
    )


def read_resources(kind: Kind, suffix: str) -> dict[str, str]:
    """The texts of all files of one kind whose names end in ``suffix``, by name, sorted."""
    found = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in find_resource(kind).iterdir()
        if entry.name.endswith(suffix)
    }
    return dict(sorted(found.items()))
