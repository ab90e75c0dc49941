"""Which cells each part of a record came from, kept small enough for 100,000 rows."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping
from typing import TypeAlias

from rolegraph.errors import Place
from rolegraph.records.intake import Key
from rolegraph.records.table.sheets import Sheet, Workbook

Fields: TypeAlias = tuple[tuple[str, int], ...]
"""Fields of a part with their columns, counted from 0; an empty field stands for the part itself."""

Block: TypeAlias = tuple[int, int, Fields]
"""Number of the sheet, row counted from 1, fields that stand in it."""


class CellPlaces(Mapping[Key, Place]):
    """The places of an intake from a table, by key; each place is made when it is asked for.

    A part is found by its own key (the place of its first cell) and, with the name of a field added, by field.
    """

    def __init__(self, workbook: Workbook, sheets: tuple[Sheet, ...]) -> None:
        # The names alone: places are kept long after the cells are done with.
        self._workbook = Workbook(workbook.file, ())
        self._sheets = tuple(
            Sheet(sheet.name, (), even=sheet.even, fractions=sheet.fractions) for sheet in sheets
        )
        self._parts: dict[Key, list[Block]] = {}
        self._fields: dict[Fields, Fields] = {}
        self._others: dict[Key, Place] = {}

    def add(self, key: Key, sheet: int, row: int, fields: Fields) -> None:
        """Adds cells of a part. Cells of further rows may follow; the first ones are its own place."""
        fields = self._fields.setdefault(fields, fields)
        blocks = self._parts.get(key)
        if blocks is None:
            self._parts[key] = [(sheet, row, fields)]
        else:
            blocks.append((sheet, row, fields))

    def add_place(self, key: Key, place: Place) -> None:
        """Adds a part that stands somewhere else, such as in the mapping file."""
        self._others[key] = place

    def find_cell(self, sheet: int, row: int, column: int) -> Place:
        """The place of a cell."""
        return self._workbook.find_place(self._sheets[sheet], row, column)

    def holds_number(self, sheet: int, row: int, column: int, *, in_two_ways: bool) -> bool:
        """Whether a number with decimals stands in a cell, not a text; ``in_two_ways`` says that its text could be either."""
        return (row, column) in self._sheets[sheet].fractions if in_two_ways else not self._sheets[sheet].even

    def __getitem__(self, key: Key) -> Place:
        if key in self._parts:
            sheet, row, fields = self._parts[key][0]
            return self.find_cell(sheet, row, fields[0][1])
        for sheet, row, fields in self._parts.get(key[:-1], ()):
            for field, column in fields:
                if field == key[-1] and field:
                    return self.find_cell(sheet, row, column)
        return self._others[key]

    def __iter__(self) -> Iterator[Key]:
        for key, blocks in self._parts.items():
            yield key
            for _, _, fields in blocks:
                for field, _ in fields:
                    if field and (*key, field) not in self._parts:
                        yield (*key, field)
        yield from self._others

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> ItemsView[Key, Place]:
        """Keys with places."""
        return _Items(self)

    def list_items(self) -> Iterator[tuple[Key, Place]]:
        """What ``items`` goes through: each place is made from the cell at hand, without a search for it."""
        find = self._make_finder()
        for key, blocks in self._parts.items():
            sheet, row, fields = blocks[0]
            yield key, find(sheet, row, fields[0][1])
            if len(blocks) == 1:
                for field, column in fields:
                    if field and (*key, field) not in self._parts:
                        yield (*key, field), find(sheet, row, column)
                continue
            given: set[str] = set()
            for sheet, row, fields in blocks:
                for field, column in fields:
                    if field and field not in given and (*key, field) not in self._parts:
                        given.add(field)
                        yield (*key, field), find(sheet, row, column)
        for key, place in self._others.items():
            if key not in self._parts:
                yield key, place

    def _make_finder(self) -> Callable[[int, int, int], Place]:
        """``find_cell`` for very many cells: what a column is called is made out once."""
        file = self._workbook.file
        names: dict[tuple[int, int], str] = {}

        def find(sheet: int, row: int, column: int) -> Place:
            name = names.get((sheet, column))
            if name is None:
                name = names[sheet, column] = self._sheets[sheet].name_cell(0, column)[:-1]
            return Place(file, row, f"{name}{row}")

        return find


class _Items(ItemsView[Key, Place]):
    """Goes through all places at once."""

    def __init__(self, places: CellPlaces) -> None:
        super().__init__(places)
        self._places = places

    def __iter__(self) -> Iterator[tuple[Key, Place]]:
        return self._places.list_items()
