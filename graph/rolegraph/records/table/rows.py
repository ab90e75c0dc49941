"""The single values of a row, by the fields of the mapping, and how they are added to what is known already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from rolegraph.errors import Place
from rolegraph.records.document import quote
from rolegraph.records.table.drafts import Stated
from rolegraph.records.table.layout import Layout
from rolegraph.records.table.ledger import Ledger
from rolegraph.records.table.schema import FIELDS, LISTS
from rolegraph.records.table.sheets import Row, Workbook
from rolegraph.records.table.spots import Fields

SINGLE: Final = tuple(name for name in FIELDS if name not in LISTS)
"""The fields of which a row states one value at most."""

FUNCTION_FIELDS: Final = ("function", "function_code", "function_definition", "function_group")
FOCUS_FIELDS: Final = ("focus", "focus_code", "focus_definition")
PROFILE_FIELDS: Final = ("title", "definition", "job_code", "grade", "status", "region", "version")

RECORD_FIELDS: Final = {
    "function": "label", "function_code": "code", "function_definition": "definition", "function_group": "group",
    "focus": "label", "focus_code": "code", "focus_definition": "definition", "period": "duration",
    **{name: name.removeprefix("pay_") for name in FIELDS if name.startswith("pay_")},
}  # fmt: skip
"""The fields of records that differ from those of the mapping."""

_TEXTS: Final = frozenset(
    ("function_definition", "focus_definition", "definition", "knowledge", "complexity", "collaboration", "experience", "pay_source")
)  # fmt: skip
"""The fields whose texts may have several lines."""


@dataclass(frozen=True, slots=True)
class Values:
    """The texts of a row by field, and the columns where they stand (-1 for a constant)."""

    layout: Layout
    number: int
    texts: dict[str, str]
    columns: dict[str, int]

    def get(self, name: str) -> str:
        """The text of a field; empty where there is none."""
        return self.texts.get(name, "")


class Picker:
    """Takes the cells of some fields out of the rows of a sheet, and reads them on demand."""

    def __init__(self, layout: Layout, names: Sequence[str], workbook: Workbook, ledger: Ledger) -> None:
        self._layout = layout
        self._columns = {name: layout.columns[name][0] for name in names if name in layout.columns}
        self._constants = {name: text for name in names if (text := layout.get_constant(name))}
        self._workbook = workbook
        self._ledger = ledger
        self.pick = make_picker(list(self._columns.values()))

    def read(self, number: int, row: Row) -> Values:
        """The values of a row; a constant takes the place of an empty cell."""
        texts = dict(self._constants)
        columns = dict.fromkeys(texts, -1)
        for name, column in self._columns.items():
            text = row[column]
            if text:
                if "\n" in text and name not in _TEXTS:
                    text = join_lines(
                        text, self._workbook.find_place(self._layout.sheet, number, column), self._ledger
                    )
                texts[name] = text
                columns[name] = column
        return Values(self._layout, number, texts, columns)

    def find_column(self, *names: str) -> int:
        """The column of the first of some fields that has one; 0 where none has."""
        return next((self._columns[name] for name in names if name in self._columns), 0)


def make_picker(columns: Sequence[int]) -> Callable[[Row], tuple[str, ...]]:
    """What takes the cells of some columns out of a row, always as a tuple."""
    if not columns:
        return lambda row: ()
    if len(columns) == 1:
        column = columns[0]
        return lambda row: (row[column],)
    picker: Any = itemgetter(*columns)
    return picker  # type: ignore[no-any-return]


def join_lines(text: str, place: Place, ledger: Ledger) -> str:
    """A name that was broken into lines, on one line; that it was done is told."""
    ledger.tally(
        "label-lines",
        "1 name is broken into lines and was read as one line",
        "{count} names are broken into lines and were read as one line",
        place,
        "write names on one line",
    )
    return " ".join(text.split())


class Stater:
    """Adds values of rows to what is known: the first text of a field is kept, another one is told."""

    def __init__(self, workbook: Workbook, layouts: Sequence[Layout], ledger: Ledger) -> None:
        self._workbook = workbook
        self._layouts = layouts
        self._ledger = ledger
        self._fields: dict[Fields, Fields] = {}
        self._told: set[tuple[int, str, str]] = set()
        self._given: dict[tuple[int, tuple[str, ...]], tuple[str, ...]] = {}

    def add(self, stated: Stated, names: tuple[str, ...], values: Values, owner: str) -> None:
        """Adds the fields ``names`` of a row; ``owner`` says in messages whose they are."""
        given = self._given.get((values.layout.number, names))
        if given is None:
            rules, columns = values.layout.rules, values.layout.columns
            given = tuple(name for name in names if name in columns or getattr(rules.constants, name, None))
            self._given[values.layout.number, names] = given
        added = []
        for name in given:
            text = values.texts.get(name)
            if text is None:
                continue
            held = stated.values.get(name)
            if held is None:
                stated.values[name] = text
                if values.columns[name] >= 0:
                    added.append((RECORD_FIELDS.get(name, name), values.columns[name]))
            elif held != text:
                self._tell(stated, name, values, owner)
        if added:
            stated.blocks.append((values.layout.number, values.number, self.share(tuple(added))))

    def share(self, fields: Fields) -> Fields:
        """One object for all equal ones."""
        return self._fields.setdefault(fields, fields)

    def find_place(self, stated: Stated, name: str) -> Place | None:
        """The cell where a field of the mapping stood first."""
        sheet, row, column = stated.find_spot(RECORD_FIELDS.get(name, name))
        return self._workbook.find_place(self._layouts[sheet].sheet, row, column) if column >= 0 else None

    def _tell(self, stated: Stated, name: str, values: Values, owner: str) -> None:
        text = values.texts[name]
        if (id(stated), name, text) in self._told:
            return
        self._told.add((id(stated), name, text))
        first = self.find_place(stated, name)
        kept = f"{quote(stated.values[name])} ({first.cell if first else 'a constant'}) is kept"
        place = self._workbook.find_place(values.layout.sheet, values.number, max(values.columns[name], 0))
        self._ledger.note(
            "value-differs",
            f"the {name} of {owner} is {quote(text)} here; {kept}",
            place,
            "",
            "correct one of the cells",
        )
