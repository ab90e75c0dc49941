"""Finds ``ontology/``, ``shapes/``, ``queries/`` and ``data/``: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Kind = Literal["ontology", "shapes", "queries", "data", "data/sources", "data/mappings"]


def find_resource(kind: Kind) -> Traversable:
    """The folder of one kind of resource, as a traversable that also works inside a zip.

    Raises FileNotFoundError where neither the package nor its checkout has it.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_resources" / kind, package.parents[1] / kind):
        if folder.is_dir():
            return folder
    # Only a package inside a zip gets here; importlib.resources costs more than finding a path between roles.
    from importlib.resources import files

    packed = files("rolegraph").joinpath("_resources", *kind.split("/"))
    if packed.is_dir():
        return packed
    raise FileNotFoundError(
        f"the folder {kind}/ is missing from this installation of rolegraph; install it again"
    )


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of the data that ship with the package, however it is named."""
    shipped = find_resource("data")
    return isinstance(shipped, Path) and folder.resolve() == shipped.resolve()


def read_resources(kind: Kind, suffix: str) -> dict[str, str]:
    """The texts of all files of one kind whose names end in ``suffix``, by name, sorted."""
    found = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in find_resource(kind).iterdir()
        if entry.name.endswith(suffix)
    }
    return dict(sorted(found.items()))
