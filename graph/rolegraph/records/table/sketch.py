"""What each sheet of a workbook is likely to hold, and how the sheets belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rolegraph.records.table.guesses import EMPTY, guess_currency, guess_field
from rolegraph.records.table.layout import read_headers
from rolegraph.records.table.matrix import is_mark
from rolegraph.records.table.scales import are_numbered, are_steps, find_zero
from rolegraph.records.table.schema import CRITERIA, FIGURES, IDENTITY, LISTS, SKILL_FIELDS
from rolegraph.records.table.sheets import Row, Sheet, Workbook, name_column

_SEARCHED: Final = 20
_FEWEST_SKILLS: Final = 3
"""So many columns of marks or steps must stand side by side to be taken for a matrix."""
_MOST_STEPS: Final = 10
_JOINS: Final = (("job_code",), ("focus", "level"), ("title",), ("focus",), ("level",), ("grade",))


@dataclass(slots=True)
class Sketch:
    """What a sheet is likely to hold. Columns are counted from 0, the rows of ``header`` from 1."""

    sheet: Sheet
    name: str
    header: list[int]
    headers: list[str]
    columns: dict[str, list[int]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    join: tuple[str, ...] = ()
    matrix: list[int] = field(default_factory=list)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the header."""
        return self.sheet.rows[self.header[-1] :]

    def list_cells(self, column: int) -> list[str]:
        """The cells of a column below the header."""
        return [row[column] if column < len(row) else "" for row in self.rows]

    def list_texts(self, name: str) -> list[str]:
        """The cells of all columns of a field."""
        return [cell for column in self.columns.get(name, ()) for cell in self.list_cells(column)]

    def name_header(self, column: int) -> str:
        """The header of a column, or its letter where several columns have the same."""
        header = self.headers[column]
        folded = [h.casefold() for h in self.headers]
        return header if folded.count(header.casefold()) == 1 else name_column(column)

    @property
    def has_marks(self) -> bool:
        """Whether the cells of the matrix are marks."""
        return all(is_mark(cell) for cell in self.list_matrix_texts())

    def list_filled(self, columns: Iterable[int]) -> list[str]:
        """The cells of columns that state anything."""
        cells = (cell for column in columns for cell in self.list_cells(column))
        return [cell for cell in cells if cell and cell.casefold() not in EMPTY]

    def find_zero(self) -> str | None:
        """The text of the matrix that is likely to mean that a skill is not asked for: the 0 of a scale of numbers."""
        return find_zero(self.list_filled(self.matrix))

    def list_matrix_texts(self) -> set[str]:
        """What stands in the cells of the matrix where a skill is asked for."""
        return set(self.list_filled(self.matrix)) - {self.find_zero()}

    def list_currencies(self) -> set[str]:
        """The currencies that the headers of pay name."""
        headers = [self.headers[column] for name in FIGURES for column in self.columns.get(name, ())]
        return {code for header in headers if (code := guess_currency(header))}


@dataclass(slots=True)
class Sketches:
    """The sheets that are proposed, those of them that hold roles, and why the others are left out."""

    sheets: list[Sketch]
    mains: list[Sketch]
    left_out: list[tuple[str, str]]
    """Names of sheets with the reason, in the order of the workbook."""


def sketch_workbook(workbook: Workbook) -> Sketches:
    """What the sheets of a workbook are likely to hold."""
    left_out = []
    sketches = []
    for sheet in workbook.sheets:
        sketch = None
        if not any(any(row) for row in sheet.rows):
            left_out.append((sheet.name or workbook.file, "it is empty"))
        elif (sketch := _look_at(sheet, workbook)) is None:
            left_out.append(
                (sheet.name or workbook.file, "no row of it looks like a header of known columns")
            )
        else:
            sketches.append(sketch)
    mains = _relate(sketches, left_out)
    left_out += [(name, "it is hidden, and is read only where it is named") for name in workbook.unread]
    return Sketches(sketches, mains, left_out)


def _look_at(sheet: Sheet, workbook: Workbook) -> Sketch | None:
    header = _find_header(sheet)
    if header is None:
        return None
    name = sheet.name or workbook.file.rpartition(".")[0] or workbook.file
    guess = Sketch(sheet, name, header, read_headers(sheet, header))
    lowest = sheet.rows[header[-1] - 1]
    for column, text in enumerate(guess.headers):
        found = guess_field(text) if text else None
        if len(header) > 1 and column < len(lowest) and not (found and found[1]):
            # The upper row may be the name of a group.
            found = guess_field(lowest[column]) or found
        if found is None:
            guess.ignored += [text] if text else []
            continue
        if found[0] in guess.columns and found[0] not in LISTS:
            guess.ignored.append(text)
            continue
        guess.columns.setdefault(found[0], []).append(column)
        if not found[1]:
            guess.unsure.add(found[0])
    _find_matrix(guess)
    _settle(guess)
    return guess if guess.columns else None


def _find_header(sheet: Sheet) -> list[int] | None:
    """The row among the first ones of which most headers are known; two where its cells are merged."""
    best, most = None, 0
    for number, row in enumerate(sheet.rows[:_SEARCHED], 1):
        known = sum(guess_field(cell) is not None for cell in row if cell and len(cell) < 60)
        if known > most:
            best, most = number, known
    if best is None:
        return None
    wide = [m for m in sheet.merges if m.right > m.left and m.top == m.bottom and m.top in (best, best - 1)]
    # One range from the first column on is a title above the table.
    groups = [m for m in wide if m.left > 0 or sum(other.top == m.top for other in wide) > 1]
    return [groups[0].top, groups[0].top + 1] if groups else [best]


def _find_matrix(guess: Sketch) -> None:
    """Takes the longest run of columns whose cells are marks or steps for skills that head columns of their own."""
    known = {column: name for name, columns in guess.columns.items() for column in columns}
    headers = [header.casefold() for header in guess.headers]
    runs: list[list[int]] = [[]]
    for column, header in enumerate(headers):
        name = known.get(column)
        free = name is None or name in CRITERIA or name in guess.unsure
        if header and headers.count(header) == 1 and free and _holds_steps(guess, column):
            runs[-1].append(column)
        else:
            runs.append([])
    best = max(runs, key=len)
    texts = {cell for column in best for cell in guess.list_cells(column) if cell}
    if len(best) < _FEWEST_SKILLS or len(texts) > _MOST_STEPS:
        return
    guess.matrix = best
    guess.ignored = [text for text in guess.ignored if text not in {guess.headers[c] for c in best}]
    for column in best:
        name = known.get(column)
        if name is not None:
            guess.columns[name].remove(column)
            if not guess.columns[name]:
                del guess.columns[name]
                guess.unsure.discard(name)


def _holds_steps(guess: Sketch, column: int) -> bool:
    """Whether the cells of a column are marks, or steps of a scale, and nothing else."""
    cells = set(guess.list_filled([column]))
    return bool(cells) and (all(map(is_mark, cells)) or are_steps(cells) or are_numbered(cells))


def _settle(guess: Sketch) -> None:
    """Decides what a family and a role are, by what stands beside them."""
    columns = guess.columns
    family, role = columns.pop("family", None), columns.pop("role", None)
    if family is not None:
        name = "focus" if "function" in columns and "focus" not in columns else "function"
        if name not in columns:
            columns[name] = family
    if role is not None:
        name = "title" if "focus" in columns or "title" in columns else "focus"
        if name not in columns:
            columns[name] = role
            guess.unsure.add(name)
    if "focus" not in columns and "function" in columns and family is not None and role is None:
        guess.unsure.add("function")
    if "level" in columns and "title" not in columns and len(set(guess.list_cells(columns["level"][0]))) > 30:
        # Words that differ from focus to focus are titles.
        columns["title"] = columns["level"]
        guess.unsure.add("title")
    if (
        "skill" in columns
        and "title" not in columns
        and "definition" in columns
        and "skill_definition" not in columns
    ):
        # A sheet of skills says what a skill is, not what a role is.
        columns["skill_definition"] = columns.pop("definition")
        guess.unsure.add("skill_definition")
    count = len(columns.get("skill", ()))
    for name in SKILL_FIELDS[1:]:
        if name in columns and len(columns[name]) != count:
            guess.ignored += [guess.headers[column] for column in columns.pop(name)]


def _relate(guesses: list[Sketch], left_out: list[tuple[str, str]]) -> list[Sketch]:
    """Decides which sheets hold roles, and by what the others find them; returns those with roles."""
    mains = [
        g
        for g in guesses
        if {"function", "focus"} & set(g.columns) and {"level", "title", "grade"} & set(g.columns)
    ]
    mains = mains or guesses[:1]
    shared = set.intersection(*(set(g.columns) for g in mains)) if mains else set()
    for guess in list(guesses):
        if guess in mains and guess is mains[0]:
            continue
        for join in _JOINS:
            if set(join) <= set(guess.columns) and set(join) <= shared:
                if guess in mains and "function" in guess.columns:
                    break
                guess.join = join
                break
        if guess.join:
            for name in (*IDENTITY, "title"):
                if name in guess.columns and name not in guess.join:
                    guess.ignored += [guess.headers[column] for column in guess.columns.pop(name)]
        elif guess not in mains:
            guesses.remove(guess)
            left_out.append(
                (guess.name, "no column of it (such as a job code) says to which roles its rows belong")
            )
    return [guess for guess in guesses if not guess.join]
