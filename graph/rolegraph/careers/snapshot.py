"""Opens the roster of a data folder or graph file, from a snapshot where there is one.

A snapshot is a cache: it is named by the content of the data and by the code that reads the data, so it is
either right or not found, and deleting it changes nothing but time. It is written whole or not at all, checked
when it is read, and made anew where it is damaged. Where it can not be written, the answer is given without.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rolegraph.cache import find_cache
from rolegraph.careers.columns import FORMAT, Columns, DamagedError, pack_columns, unpack_columns
from rolegraph.careers.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rolegraph.model.taxonomy import Taxonomy

KEPT = 16
"""How many snapshots are kept; the oldest give way."""

_SUFFIX = ".roster"
_BESIDE = ".moves"
_READERS = ("model", "records", "rdf", "releases", "careers")


def open_roster(
    folder: Path | None = None, *, graph: Path | None = None, tell: Callable[[str], None] = lambda step: None
) -> Roster:
    """The roster of a data folder, of a graph file, or (with neither) of the data that comes with rolegraph.

    ``tell`` hears what long work is doing.

    Raises :class:`rolegraph.errors.InputError` with every problem where the data can not be used.
    """
    if graph is not None:
        return _open(lambda: _fingerprint_file(graph), lambda: Roster.from_taxonomy(_load_graph(graph)))
    from rolegraph.records.fingerprint import fingerprint_folder
    from rolegraph.resources import find_resource

    data = find_resource("data") if folder is None else folder

    def make() -> Roster:
        from rolegraph.releases.library import Library
        from rolegraph.releases.loading import load_data

        taxonomy = load_data(data, tell).taxonomy
        # What stands under profiles changes with a release, whose record states the digest of its graph.
        library = Library(data if isinstance(data, Path) else None, taxonomy, tell)
        return Roster.from_taxonomy(taxonomy, library)

    return _open(lambda: fingerprint_folder(data), make)


def _open(fingerprint: Callable[[], str], make: Callable[[], Roster]) -> Roster:
    content = fingerprint()
    key = sha256("\0".join((content, _stamp_code(), str(FORMAT))).encode()).hexdigest()
    file = find_cache() / f"{key[:32]}{_SUFFIX}"
    with suppress(OSError, DamagedError):
        return Roster(unpack_columns(file.read_bytes(), key), key)
    roster = make()
    # Data that changed while it was being read must not be kept under the name of what it was before.
    if fingerprint() == content:
        with suppress(OSError):
            _write(file, pack_columns(roster.columns, key))
        roster = Roster(roster.columns, key)
    return roster


def read_beside(key: str, name: str) -> Columns:
    """The columns that were kept beside a roster under a name.

    Raises OSError where there are none, and DamagedError where they are no longer whole.
    """
    file, own = _name_beside(key, name)
    return unpack_columns(file.read_bytes(), own)


def write_beside(key: str, name: str, columns: Columns) -> None:
    """Keep columns that were worked out from a roster beside it; where that cannot be done, nothing is kept."""
    file, own = _name_beside(key, name)
    with suppress(OSError):
        _write(file, pack_columns(columns, own))


def _name_beside(key: str, name: str) -> tuple[Path, str]:
    own = sha256(f"{key} {name}".encode()).hexdigest()
    return find_cache() / f"{own[:32]}{_BESIDE}", own


def _fingerprint_file(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            # The ending says how the file is read.
            return f"{file.suffix} {file_digest(stream, 'sha256').hexdigest()}"
    except OSError:
        # Reading it says what is wrong.
        return ""


def _load_graph(file: Path) -> Taxonomy:
    from rolegraph.rdf.decode import from_file

    return from_file(file).taxonomy


def _stamp_code() -> str:
    """What tells this installation's code from any other that reads data differently: its files and their times.

    Finding the package's version would cost more than all the rest of an answer.
    """
    package = Path(__file__).parents[1]
    if not package.is_dir():
        # Imported from a zip file.
        archive = next((parent for parent in package.parents if parent.is_file()), None)
        return "" if archive is None else f"{archive} {archive.stat().st_mtime_ns}"
    return "\n".join(sorted(_list_code(str(package))))


def _list_code(package: str) -> Iterator[str]:
    for room in _READERS:
        with os.scandir(f"{package}/{room}") as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def _write(file: Path, data: bytes) -> None:
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    _prune(file.parent)


def _prune(folder: Path) -> None:
    """Delete the oldest snapshots, and parts that a killed run left behind, once there are too many."""
    found = [
        (entry.stat().st_mtime_ns, entry.path)
        for entry in os.scandir(folder)
        if entry.name.endswith((_SUFFIX, _BESIDE, ".part"))
    ]
    for _, path in sorted(found)[:-KEPT]:
        with suppress(OSError):
            Path(path).unlink()
