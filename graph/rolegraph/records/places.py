"""Where each record and each of its parts stands: kept beside the records, which compare by content alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rolegraph.errors import Place
from rolegraph.records.document import Path, Reading
from rolegraph.records.files import CELLS

if TYPE_CHECKING:
    from rolegraph.records.cells import Cells
    from rolegraph.records.files import Folder

DATASET: Final = "dataset"


class _Outline:
    """The lines of one file by path, packed: keys in one text, in the order of the file, with their depths."""

    __slots__ = ("_depths", "_keys", "_lines")

    def __init__(self, reading: Reading) -> None:
        keys, depths, lines = [], bytearray(), array("I")
        for path, line in reading.lines.items():
            keys.append(reading.names.get(path, path[-1]))
            depths.append(len(path))
            lines.append(line)
        # No key holds a line end: the reader refuses control characters in keys, and ids and labels have none.
        self._keys = "\n".join(key.replace("\n", " ") for key in keys)
        self._depths = bytes(depths)
        self._lines = lines

    def unpack(self) -> Iterator[tuple[Path, int]]:
        path: list[str] = []
        for key, depth, line in zip(self._keys.split("\n"), self._depths, self._lines, strict=True):
            del path[depth - 1 :]
            path.append(key)
            yield tuple(path), line


class Places:
    """Finds the file and line of a record or a part of it.

    Kinds are ``dataset``, ``function-group``, ``function``, ``track``, ``level``, ``skill``, ``scheme``,
    ``occupation`` (code ``soc-2018/51-1011``), ``edition`` and ``focus``; a profile is found as a part of its
    focus: ``find("focus", "MANUFA.BIOPROCE4427", "levels", "M3", "pay")``. Items of lists go by their id, label
    or scheme and code. Lines stay packed until a file is asked for, so that 100,000 profiles need little room.
    """

    def __init__(self, folder: Folder | None = None) -> None:
        self._folder = folder
        self._cells: Cells | None = None
        self._files: list[str] = []
        self._outlines: list[_Outline | None] = []
        self._records: dict[tuple[str, str], tuple[int, int | None, Path]] = {}
        self._unpacked: tuple[int, dict[Path, int]] = (-1, {})

    def add_file(self, reading: Reading) -> int:
        """Takes in the file of a reading with its lines, and returns its number.

        To be called when the reading has been converted: by then it knows what the items of its lists are called.
        """
        if reading.lines or not self._files or self._files[-1] != reading.file:
            self._files.append(reading.file)
            self._outlines.append(_Outline(reading) if reading.lines else None)
        return len(self._files) - 1

    def add(self, kind: str, code: str, file: int, line: int | None, prefix: Path = ()) -> None:
        """Takes in a record that stands in file number ``file`` under the path ``prefix``."""
        self._records[kind, code] = (file, line, prefix)

    def find(self, kind: str, code: str, *path: str) -> Place | None:
        """The place of a part of a record, of what is around it where it has none, or of the record's first line.

        None where the record is not known.
        """
        found = self._records.get((kind, DATASET if kind == DATASET else code))
        if found is None:
            return None
        file, line, prefix = found
        if path:
            lines = self._unpack(file)
            for length in range(len(path), 0, -1):
                exact = lines.get((*prefix, *path[:length]))
                if exact is not None:
                    return Place(self._files[file], exact)
        return Place(self._files[file], line)

    def find_cell(self, kind: str, code: str, *path: str) -> Place | None:
        """The cell that a part of a record was imported from, or of what is around it.

        None where the record came from no table. ``cells.csv`` is read when the first cell is asked for.
        """
        if self._folder is None:
            return None
        if self._cells is None:
            if not self._folder.joinpath(CELLS).is_file():
                self._folder = None
                return None
            from rolegraph.records.cells import Cells

            self._cells = Cells.load(self._folder)
        return self._cells.find(kind, code, *path)

    def get_prefix(self, kind: str, code: str) -> Path:
        """The path of a record inside its file; empty where the file holds it alone."""
        found = self._records.get((kind, code))
        return found[2] if found else ()

    def _unpack(self, file: int) -> dict[Path, int]:
        if self._unpacked[0] != file:
            outline = self._outlines[file]
            self._unpacked = (file, dict(outline.unpack()) if outline is not None else {})
        return self._unpacked[1]
