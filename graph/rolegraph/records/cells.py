"""Which cells of which table a record came from: the file ``cells.csv`` beside the records.

A line stands for a part of a record in one row of a table: its path inside the record, and the columns of its fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from rolegraph.errors import Place
from rolegraph.model.codes import text_id
from rolegraph.records.beside import load_beside, read_lines, write_lines
from rolegraph.records.explain import Complaint
from rolegraph.records.files import CELLS

if TYPE_CHECKING:
    from rolegraph.model.roles import Profile
    from rolegraph.records.files import Folder
    from rolegraph.records.intake import Intake, Key

HEADER: Final = ("kind", "code", "path", "file", "sheet", "row", "columns")
KINDS: Final = ("function-group", "function", "track", "level", "proficiency", "skill", "focus")
"""The kinds of records that tables state, in the order of their lines."""

_BROKEN: Final = Complaint(
    "cells-wrong",
    "the line does not name a part and its cells",
    "remove the file and import the tables again, or take it back from a copy",
)
_CELL: Final = re.compile(
    r"(?:(?P<sheet>.*)!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})(?::.*)?", re.DOTALL
)
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_COLUMNS: Final = re.compile(r"[^ =]*=[A-Z]{1,3}(?: [^ =]*=[A-Z]{1,3})*")
_STEP: Final = re.compile(r"[^ .=\x00-\x1f]+")
_LEVEL: Final = re.compile(r"([A-Z]{1,4})([1-9][0-9]?)")
_COLLECTIONS: Final = frozenset(
    (
        "levels",
        "skills",
        "proficiency",
        "responsibilities",
        "sources",
        "mappings",
        "review",
        "alternatives",
        "descriptors",
    )
)
"""The fields whose parts are called by a name of their own."""

_LISTS: Final[Mapping[str, Callable[[Profile], list[str]]]] = {
    "aliases": lambda profile: list(profile.aliases),
    "mappings": lambda profile: [f"{mapping.scheme}/{mapping.code}" for mapping in profile.mappings],
    "responsibilities": lambda profile: [duty.id for duty in profile.responsibilities],
    "review": lambda profile: [score.dimension for score in profile.review],
    "sources": lambda profile: [source.id for source in profile.sources],
}
"""What the items of the lists of a profile are called."""


def name_item(text: str) -> str:
    """What an item of a list is called in a path: itself where it holds no dot or blank, else the id of its text.

    >>> name_item("soc-2018/51-3011"), name_item("Head baker")
    ('soc-2018/51-3011', 'ad4b10c3')
    """
    return text if _STEP.fullmatch(text) else text_id(text)


class Line(NamedTuple):
    """A part of a record in one row: ``path`` and ``columns`` as they are written in the file."""

    path: str
    file: str
    sheet: str
    row: int
    columns: str

    def list_cells(self) -> Iterator[tuple[tuple[str, ...], Place]]:
        """The keys of the part and of its fields, with their cells."""
        path = tuple(self.path.split(".")) if self.path else ()
        sheet = f"{self.sheet}!" if self.sheet else ""
        for pair in self.columns.split(" "):
            field, _, column = pair.partition("=")
            yield (*path, field) if field else path, Place(self.file, self.row, f"{sheet}{column}{self.row}")


class Cells:
    """The cells of records, by kind and code.

    >>> cells = Cells.from_places({("focus", "A.B", "levels", "P1", "title"): Place("roles.xlsx", 7, "Roles!D7")})
    >>> print(cells.render().decode(), end="")
    kind,code,path,file,sheet,row,columns
    focus,A.B,levels.P1,roles.xlsx,Roles,7,title=D
    >>> str(cells.find("focus", "A.B", "levels", "P1", "pay", "median"))
    'roles.xlsx Roles!D7'
    """

    def __init__(self, lines: Mapping[tuple[str, str], tuple[Line, ...]]) -> None:
        self._lines = lines
        self._stems: dict[tuple[str, str], frozenset[tuple[str, ...]]] = {}
        self._last: tuple[tuple[str, str], dict[tuple[str, ...], Place]] = (("", ""), {})

    @classmethod
    def load(cls, folder: Folder) -> Cells:
        """The cells of a data folder; none where it has no ``cells.csv``. Raises InputError."""
        data = load_beside(folder, CELLS)
        return cls({}) if data is None else cls.read(data, CELLS)

    @classmethod
    def read(cls, data: bytes, name: str) -> Cells:
        """The cells of the bytes of such a file. Raises InputError with the lines that are none."""
        lines: dict[tuple[str, str], list[Line]] = {}
        # Few names and combinations of columns occur, in very many lines.
        names: dict[str, str] = {}
        keep = dict[str, str]().setdefault

        def take(cells: list[str]) -> Complaint | None:
            kind, code, path, file, sheet, row, columns = cells
            if not (_is_row(row) and (columns in names or _COLUMNS.fullmatch(columns))):
                return _BROKEN
            line = Line(
                path, keep(file, file), keep(sheet, sheet), int(row), names.setdefault(columns, columns)
            )
            lines.setdefault((keep(kind, kind), code), []).append(line)
            return None

        read_lines(data, name, HEADER, _BROKEN, take)
        return cls({key: tuple(found) for key, found in lines.items()})

    @classmethod
    def from_intake(cls, intake: Intake, translate: Callable[[Key], Key | None] | None = None) -> Cells:
        """The cells of all that a table states; of a list in one cell, each item has that cell.

        ``translate`` gives the key in the folder of what the source calls by a key of its own, None for what it does
        not own. So a table can take back an item of a list and leave those that were added by hand.
        """
        places = intake.places
        items: dict[Key, Place] = {}
        for focus in intake.focuses:
            for profile in focus.profiles:
                for name, list_items in _LISTS.items():
                    key = ("focus", focus.code, "levels", profile.level, name)
                    found = list_items(profile)
                    if not found or (place := places.get(key)) is None:
                        continue
                    items |= {(*key, item): place for item in found if (*key, item) not in places}
        return cls._collect(
            {key[:-1] for key in chain(places, items)}, chain(places.items(), items.items()), translate
        )

    @classmethod
    def from_places(
        cls, places: Mapping[Key, Place], translate: Callable[[Key], Key | None] | None = None
    ) -> Cells:
        """The cells among the places of what a source states; places without a cell are passed over.

        ``translate`` gives the key in the folder of what the source calls by a key of its own, None for what it does
        not own.
        """
        return cls._collect({key[:-1] for key in places}, places.items(), translate)

    @classmethod
    def _collect(
        cls,
        wholes: set[Key],
        places: Iterable[tuple[Key, Place]],
        translate: Callable[[Key], Key | None] | None,
    ) -> Cells:
        """The cells of places by key; ``wholes`` are the keys of parts of which a field or part has a place too."""
        rows = _Rows()
        for key, place in places:
            if place.cell is None or (cell := _split_cell(place.cell)) is None:
                continue
            final = translate(key) if translate else key
            if final is None:
                continue
            path, field = (final[2:], "") if key in wholes else _split_key(final[2:])
            sheet, column, row = cell
            rows.add((final[0], final[1]), path, (place.file, sheet, row), field, column)
        return cls(rows.finish())

    def __bool__(self) -> bool:
        return bool(self._lines)

    def of_file(self, file: str) -> Cells:
        """Those of one table alone, by the name of its file."""
        found = {
            owner: tuple(line for line in lines if line.file == file) for owner, lines in self._lines.items()
        }
        return Cells({owner: lines for owner, lines in found.items() if lines})

    def replace_file(self, file: str, cells: Cells) -> Cells:
        """These cells with ``cells`` in place of those of one table."""
        merged: dict[tuple[str, str], tuple[Line, ...]] = {
            owner: tuple(line for line in lines if line.file != file) for owner, lines in self._lines.items()
        }
        for owner, lines in cells._lines.items():
            merged[owner] = (*merged.get(owner, ()), *lines)
        return Cells({owner: lines for owner, lines in merged.items() if lines})

    def render(self) -> bytes:
        """The bytes of the file: sorted by kind, code and path, the same for the same cells."""
        return write_lines(HEADER, self._list_rows())

    def _list_rows(self) -> Iterator[tuple[str | int, ...]]:
        order = {kind: number for number, kind in enumerate(KINDS)}
        ranks: dict[str, tuple[str, int, str]] = {}

        def rank(step: str) -> tuple[str, int, str]:
            found = ranks.get(step)
            if found is None:
                found = ranks[step] = _rank(step)
            return found

        for kind, code in sorted(self._lines, key=lambda o: (order.get(o[0], len(order)), o[0], _rank(o[1]))):
            for line in sorted(
                self._lines[kind, code], key=lambda n: (tuple(map(rank, n.path.split("."))), n)
            ):
                yield (kind, code, *line)

    def list_files(self) -> tuple[str, ...]:
        """The file names of the tables that stated something, sorted."""
        return tuple(sorted({line.file for lines in self._lines.values() for line in lines}))

    def list_profiles(self) -> Iterator[tuple[str, str, str]]:
        """Focus and level of every profile of which a table stated something, with the file of that table."""
        for (kind, code), lines in self._lines.items():
            if kind == "focus":
                inner = (line for line in lines if line.path.startswith("levels."))
                for level, file in dict.fromkeys((line.path.split(".", 2)[1], line.file) for line in inner):
                    yield code, level, file

    def list_codes(self, kind: str) -> tuple[str, ...]:
        """The codes of the records of one kind of which a table stated something, sorted."""
        return tuple(sorted(code for owner, code in self._lines if owner == kind))

    def states(self, kind: str, code: str, *path: str) -> bool:
        """Whether a table stated the field or part at ``path``, or something below it."""
        return tuple(map(name_item, path)) in self._stems_of(kind, code)

    def find(self, kind: str, code: str, *path: str) -> Place | None:
        """The cell of a part of a record, or of what is nearest around it; None where no table stated the record.

        A part that has no cell of its own is found by the first of its fields. What belongs to a level of a focus is
        never found by the cells of the focus: their rows may be those of other roles.
        """
        known, path = self._unpack(kind, code), tuple(map(name_item, path))
        outermost = 2 if kind == "focus" and len(path) > 1 and path[0] == "levels" else 0
        for length in range(len(path), outermost - 1, -1):
            if (place := known.get(path[:length])) is not None:
                return place
        return None

    def _stems_of(self, kind: str, code: str) -> frozenset[tuple[str, ...]]:
        """Every path of a record at or below which something is stated."""
        stems = self._stems.get((kind, code))
        if stems is None:
            keys = [key for line in self._lines.get((kind, code), ()) for key, _ in line.list_cells()]
            stems = frozenset(key[:length] for key in keys for length in range(len(key) + 1))
            self._stems[kind, code] = stems
        return stems

    def _unpack(self, kind: str, code: str) -> dict[tuple[str, ...], Place]:
        if self._last[0] != (kind, code):
            known: dict[tuple[str, ...], Place] = {}
            parts: dict[tuple[str, ...], Place] = {}
            lines = self._lines.get((kind, code), ())
            for line in lines:
                for key, place in line.list_cells():
                    known.setdefault(key, place)
            for line in lines:
                key, place = next(line.list_cells())
                path = tuple(line.path.split(".")) if line.path else ()
                known.setdefault(path, place)
                if kind == "focus" and path[:1] == ("levels",):
                    parts.setdefault(path[:2], place)
            for path, place in parts.items():
                known.setdefault(path, place)
            if lines and () not in known:
                known[()] = next(lines[0].list_cells())[1]
            self._last = ((kind, code), known)
        return self._last[1]


def _is_row(text: str) -> bool:
    return text.isdigit() and text.isascii() and text[0] != "0"


def _split_cell(cell: str) -> tuple[str, str, int] | None:
    """The sheet (empty for none), the column and the row of a cell, or of the first one of a range."""
    sheet, _, name = cell.rpartition("!")
    column = name.rstrip("0123456789")
    digits = name[len(column) :]
    # Nearly all are as plain as this, and there may be millions of them.
    if column in _LETTERS and 0 < len(digits) < 8 and digits[0] != "0":
        return sheet, column, int(digits)
    match = _CELL.fullmatch(cell)
    return (match["sheet"] or "", match["column"], int(match["row"])) if match is not None else None


def _split_key(key: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The part that a key stands for, and its field; the field is empty where the part itself is meant."""
    is_name, ends_in_name = False, False
    for step in key:
        ends_in_name = is_name
        is_name = not is_name and step in _COLLECTIONS
    return (key, "") if ends_in_name or not key else (key[:-1], key[-1])


class _Rows:
    """Collects the columns of parts by row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[tuple[str, str, str, int], dict[str, str]]] = {}
        self._names: dict[str, str] = {}
        self._last: tuple[tuple[str, str], tuple[str, ...], tuple[str, str, int]] | None = None
        self._held: dict[str, str] = {}
        """The columns of the part and row that came last."""

    def add(
        self, owner: tuple[str, str], path: tuple[str, ...], at: tuple[str, str, int], field: str, column: str
    ) -> None:
        # The fields of a part in one row mostly follow each other.
        if (owner, path, at) != self._last:
            self._last = (owner, path, at)
            shown = ".".join(map(self._name, path))
            self._held = self._rows.setdefault(owner, {}).setdefault((shown, *at), {})
        self._held.setdefault(field and self._name(field), column)

    def _name(self, step: str) -> str:
        """``name_item``, once for each step."""
        name = self._names.get(step)
        if name is None:
            name = self._names[step] = name_item(step)
        return name

    def finish(self) -> dict[tuple[str, str], tuple[Line, ...]]:
        # Few combinations of columns occur, in very many lines.
        written: dict[tuple[tuple[str, str], ...], str] = {}

        def write(columns: Mapping[str, str]) -> str:
            pairs = tuple(columns.items())
            shown = written.get(pairs)
            if shown is None:
                shown = written[pairs] = _write_columns(columns)
            return shown

        return {
            owner: tuple(Line(*at, write(columns)) for at, columns in rows.items())
            for owner, rows in self._rows.items()
        }


def _write_columns(columns: Mapping[str, str]) -> str:
    named = {field: column for field, column in columns.items() if field}
    # The part itself needs no mention where one of its fields stands in the same cell.
    shown = named if columns.get("") in named.values() or "" not in columns else columns
    ordered = sorted(shown.items(), key=lambda pair: (len(pair[1]), pair[1], pair[0]))
    return " ".join(f"{field}={column}" for field, column in ordered)


def _rank(step: str) -> tuple[str, int, str]:
    """Orders codes as the records are: levels by track and rank."""
    match = _LEVEL.fullmatch(step)
    return (match[1], int(match[2]), step) if match else (step, 0, step)
