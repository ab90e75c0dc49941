"""Which files of a folder are its data, and where the shipped ones stand in for those that it leaves out.

Neither pydantic nor YAML is needed here: the fingerprint of a folder and its loading must look at the same files.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal

from rolegraph.errors import InputError, Place, Problem, describe_error

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from typing import TypeAlias

    Folder: TypeAlias = Path | Traversable

FileKind = Literal[
    "dataset", "levels", "functions", "skills", "occupations", "edition", "focus", "focus-lines", "release"
]
_SINGLES: Final[dict[str, FileKind]] = {
    "dataset.yaml": "dataset",
    "levels.yaml": "levels",
    "functions.yaml": "functions",
    "skills.yaml": "skills",
}
DATA_FOLDERS: Final = ("occupations", "editions", "focuses")
"""The folders inside a data folder. One that is there is used alone, even where it is empty."""

CELLS: Final = "cells.csv"
"""Beside the data: which cells of a table its records came from."""

TABLES: Final = "tables.csv"
"""Beside the data: which bytes of each table the cells are those of."""

BESIDE: Final = "beside.ttl"
"""Beside the data: what the graph is to hold that no record does, as Turtle."""

CODES: Final = "codes.csv"
"""Beside the data: the codes made for what a table has no code for."""

_FOLDERS: Final[dict[str, dict[str, FileKind]]] = {
    "occupations": {".yaml": "occupations"},
    "editions": {".yaml": "edition"},
    "focuses": {".yaml": "focus", ".jsonl": "focus-lines"},
}
_PASSED: Final = ("maps", "sources", "mappings")
"""Folders beside the data that are no data: what the columns of tables are (``import table --map``), who publishes the
releases that can be imported, and how mappings to them are judged.
"""

RELEASES: Final = "releases"
"""The folder of public releases, each in a folder named after its code."""
RELEASE: Final = "release.yaml"
"""In the folder of a release: what it says of itself."""

_SHIPPED: Final = ("levels.yaml", "occupations", "editions")
"""What a folder may leave out; the shipped data stands in."""

_REQUIRED: Final = ("dataset.yaml", "functions.yaml", "focuses")
UNFINISHED: Final = ".rolegraph.unfinished"
"""The file that stands in a data folder while its files are being put in their places."""

_SUFFIXES: Final = (".yaml", ".yml", ".jsonl")


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of data: its kind, its name inside the folder, and its name in messages."""

    kind: FileKind
    name: str
    shown: str
    entry: Folder

    def open(self) -> IO[bytes]:
        """The bytes of the file. Raises OSError; a pipe or device is refused before it could block."""
        if isinstance(self.entry, Path) and not stat.S_ISREG(self.entry.stat().st_mode):
            raise OSError(None, "it is not a regular file")
        opened: IO[bytes] = self.entry.open("rb")
        return opened


@dataclass(frozen=True, slots=True)
class Listing:
    """The data files of a folder in the order in which they are read, and what is wrong with the folder."""

    files: tuple[DataFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Writing into a data folder that was cut off: whether the folder was a fresh one, and the files to be put."""

    fresh: bool
    names: tuple[str, ...]


def read_unfinished(folder: Folder) -> Unfinished | None:
    """What was being put into a data folder when that was cut off; None where it was not."""
    if not isinstance(folder, Path):
        return None
    try:
        first, *names = (folder / UNFINISHED).read_text(encoding="utf-8").split("\n")
    except OSError:
        return None
    return Unfinished(first == "fresh", tuple(filter(None, names)))


def list_data_files(
    folder: Folder, shown_as: str | None = None, *, finishing: bool = False, releases: bool = True
) -> Listing:
    """The data files of ``folder``, those of the shipped data where it has no levels, occupations or editions.

    ``shown_as`` is the name of the folder in messages. Raises InputError where there is no such folder or it
    cannot be listed. Files that are no data (``README.md``) and hidden ones are passed over; a YAML or JSON
    Lines file that is not read, and a file that is missing, is a problem. So is a folder into which writing was cut
    off, unless that is about to be finished. Without ``releases`` those that are there are not looked at.
    """
    shown = show_folder(folder) if shown_as is None else shown_as
    entries = _list_folder(folder, shown)
    if not finishing and read_unfinished(folder) is not None:
        return Listing((), (_refuse_unfinished(shown),))
    files: list[DataFile] = []
    problems: list[Problem] = []
    for name in (*_SINGLES, *_FOLDERS):
        if name in entries:
            files += _list_one(name, entries[name], shown, problems)
        elif name in _SHIPPED:
            files += _list_shipped(name, shown, problems)
        elif name in _REQUIRED:
            problems.append(_miss(name, shown))
    if RELEASES in entries and releases:
        files += _list_releases(entries[RELEASES], _join(shown, RELEASES), problems)
    problems += _find_strays(entries, shown)
    return Listing(tuple(files), tuple(problems))


def show_folder(folder: Folder) -> str:
    """The name of a folder in messages: relative to the current folder where it is below, else as given."""
    if not isinstance(folder, Path):
        return "data"
    try:
        shown = str(folder.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        shown = str(folder)
    return escape_unseen(shown)


def escape_unseen(text: str) -> str:
    """A name of a file as it can be printed: line ends, and bytes that are no characters, are escaped.

    >>> print(escape_unseen("a\\nb\\udcff.yaml"))
    a\\nb\\udcff.yaml
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _list_folder(folder: Folder, shown: str) -> dict[str, Folder]:
    """The entries of a folder by name, sorted, without the hidden ones."""
    try:
        if isinstance(folder, Path) and not folder.exists():
            raise InputError(
                [Problem("folder-missing", "there is no such folder", Place(shown), "", "check the path")]
            )
        if not folder.is_dir():
            raise InputError(
                [
                    Problem(
                        "folder-wrong",
                        "this is a file, not a folder",
                        Place(shown),
                        "",
                        "put a folder in its place",
                    )
                ]
            )
        entries = {entry.name: entry for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError as error:
        raise InputError([refuse_reading(shown, error)]) from None
    return dict(sorted(entries.items()))


def refuse_reading(shown: str, error: OSError) -> Problem:
    """The problem of a file or folder that the system does not let us read."""
    return Problem(
        "file-unreadable", f"cannot be read: {describe_error(error)}", Place(shown), "", "check its rights"
    )


def _list_one(name: str, entry: Folder, shown: str, problems: list[Problem]) -> Iterator[DataFile]:
    if name in _SINGLES:
        yield DataFile(_SINGLES[name], name, _join(shown, name), entry)
        return
    try:
        entries = _list_folder(entry, _join(shown, name))
    except InputError as error:
        problems += error.problems
        return
    kinds = _FOLDERS[name]
    for inner_name, inner in entries.items():
        suffix = inner_name[inner_name.rfind(".") :] if "." in inner_name else ""
        if suffix in kinds:
            inner_path = f"{name}/{inner_name}"
            yield DataFile(kinds[suffix], inner_path, _join(shown, inner_path), inner)


def _list_releases(folder: Folder, shown: str, problems: list[Problem]) -> Iterator[DataFile]:
    """The descriptions of the releases of a folder."""
    try:
        releases = _list_folder(folder, shown)
        for name, entry in releases.items():
            inner = _join(shown, name)
            if not entry.is_dir():
                if _looks_like_data(name):
                    problems.append(_refuse_stray(inner, f"each release has a folder with a {RELEASE} here"))
            elif RELEASE in (found := _list_folder(entry, inner)):
                yield DataFile(
                    "release", f"{RELEASES}/{name}/{RELEASE}", _join(inner, RELEASE), found[RELEASE]
                )
            else:
                problems.append(
                    Problem(
                        "file-missing", f"the file {RELEASE} is missing", Place(inner), "",
                        "import the release again, or remove its folder",
                    )
                )  # fmt: skip
    except InputError as error:
        problems += error.problems


def _list_shipped(name: str, shown: str, problems: list[Problem]) -> Iterator[DataFile]:
    from rolegraph.resources import find_resource

    try:
        entry: Folder = find_resource("data").joinpath(name)
    except FileNotFoundError:
        problems.append(_miss(name, shown))
        return
    if entry.is_dir() if name in _FOLDERS else entry.is_file():
        yield from _list_one(name, entry, "shipped data", problems)
    else:
        problems.append(_miss(name, shown))


def _refuse_unfinished(shown: str) -> Problem:
    return Problem(
        "folder-unfinished", "writing into this folder was cut off, so parts may be missing", Place(shown), "",
        f"run the same ingest or import again, which finishes it; or restore the folder and remove {UNFINISHED}",
    )  # fmt: skip


def _miss(name: str, shown: str) -> Problem:
    what = f"the folder {name}/" if name in _FOLDERS else f"the file {name}"
    return Problem(
        "file-missing", f"{what} is missing", Place(shown), "", "add it, or name another data folder"
    )


def _find_strays(entries: dict[str, Folder], shown: str) -> Iterator[Problem]:
    """Data files that stand where none is read: misnamed, misplaced, or one folder too deep."""
    for name, entry in entries.items():
        known = _FOLDERS.get(name)
        if name in (*_PASSED, RELEASES) and entry.is_dir():
            continue
        if entry.is_dir():
            yield from _find_inner_strays(entry, _join(shown, name), known)
        elif _looks_like_data(name) and name not in _SINGLES:
            yield _refuse_stray(_join(shown, name), f"the files here are {', '.join(_SINGLES)}")


def _find_inner_strays(folder: Folder, shown: str, known: dict[str, FileKind] | None) -> Iterator[Problem]:
    try:
        entries = _list_folder(folder, shown)
    except InputError:
        return  # A folder that cannot be listed is reported where it is read, and else is none of ours.
    for name, entry in entries.items():
        path = _join(shown, name)
        if entry.is_dir():
            if known is not None:
                yield from _find_inner_strays(entry, path, None)
        elif _looks_like_data(name) and (known is None or not name.endswith(tuple(known))):
            endings = f"the names here end in {' or '.join(known)}" if known else f"use {', '.join(_FOLDERS)}"
            yield _refuse_stray(path, endings)


def _looks_like_data(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)


def _refuse_stray(shown: str, remedy: str) -> Problem:
    return Problem(
        "file-unknown", "no such file is read", Place(shown), "", f"rename, move or remove it; {remedy}"
    )


def _join(shown: str, name: str) -> str:
    name = escape_unseen(name)
    return name if shown in ("", ".") else f"{shown.rstrip('/')}/{name}"
