"""The releases of a data folder: ``releases/CODE/release.yaml``, ``release.nt`` and ``report.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolegraph.errors import InputError, Place, Problem
from rolegraph.records.files import RELEASE, RELEASES, refuse_reading, show_folder
from rolegraph.releases.decode import decode_rows
from rolegraph.releases.index import Index, open_index
from rolegraph.releases.keys import Keys
from rolegraph.releases.rows import Row

if TYPE_CHECKING:
    from rolegraph.model.release import Release

GRAPH: Final = "release.nt"
"""The rows of a release as a graph."""
REPORT: Final = "report.json"
"""What became of each table of the release when it was imported."""

_AGAIN: Final = "import the release again"


def find_graph(folder: Path, release: Release) -> Path:
    """The file that holds the graph of a release."""
    return folder / RELEASES / release.code / GRAPH


Tell = Callable[[str], None]
"""What hears what long work is doing."""


def keep_silent(step: str) -> None:
    """Hear what is being done, and say nothing."""


def open_release(folder: Path, release: Release, keys: Keys, tell: Tell = keep_silent) -> Index:
    """The index of a release that a data folder holds; it is made where it is not kept, and ``tell`` hears that.

    Raises InputError where the graph is missing, was changed, or is not well-formed.
    """
    file = find_graph(folder, release)

    def decode() -> Iterator[Row]:
        tell(f"making the index of {release.title}")
        check_graph(file, release)
        return decode_rows(file, keys, release.language)

    return open_index(release.sha256, decode)


def read_release(folder: Path) -> Release:
    """What the release in a folder of its own says of itself. Raises InputError with every problem."""
    from rolegraph.model.release import Release
    from rolegraph.records.convert import read_record
    from rolegraph.records.yaml import read_yaml

    file = folder / RELEASE
    try:
        reading = read_yaml(file.read_bytes(), str(file))
    except OSError as error:
        raise InputError([refuse_reading(str(file), error)]) from None
    release = read_record(Release, reading)
    if release is None:
        raise InputError(reading.problems)
    return release


def check_graph(file: Path, release: Release) -> None:
    """Raise InputError unless the graph of a release is the one that was imported."""
    import hashlib

    place = Place(f"{show_folder(file.parent)}/{GRAPH}")
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        raise InputError(
            [Problem("release-missing", f"the graph of {release.code} cannot be read", place, "", _AGAIN)]
        ) from None
    if digest != release.sha256:
        raise InputError(
            [
                Problem(
                    "release-changed", f"this is not the graph of {release.code} that was imported", place, "", _AGAIN
                )
            ]
        )  # fmt: skip


def sort_version(version: str) -> tuple[tuple[int, str], ...]:
    """What to sort versions by: their numbers as numbers.

    >>> sorted(["29.0", "9.1", "29.0.1"], key=sort_version)
    ['9.1', '29.0', '29.0.1']
    """
    parts = version.replace("-", ".").split(".")
    key = []
    for part in parts:
        number = 0
        with suppress(ValueError):
            number = int(part)
        key.append((number, part))
    return tuple(key)
