"""Proposes a mapping for a workbook from its headers and cells, and says at each line what it is unsure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rolegraph.records.table.guesses import (
    EMPTY,
    UNUSED,
    guess_field,
    guess_level,
    guess_separator,
    sort_steps,
)
from rolegraph.records.table.layout import read_headers
from rolegraph.records.table.schema import FIELDS, FIGURES, IDENTITY, LISTS, SKILL_FIELDS
from rolegraph.records.table.sheets import Row, Sheet, Workbook, name_column
from rolegraph.records.table.unset import UNSET
from rolegraph.records.table.values import split_items, split_skill
from rolegraph.records.writing import write_yaml

_SEARCHED: Final = 20
_FORMS: Final = ("name (proficiency)", "name: proficiency", "name - proficiency")
_MOST_STEPS: Final = 10
_MANY: Final = 60
"""Above so many texts of levels they are listed by focus."""


@dataclass(slots=True)
class _Guess:
    """What a sheet is likely to hold."""

    sheet: Sheet
    name: str
    header: list[int]
    headers: list[str]
    columns: dict[str, list[int]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    join: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.sheet.rows[self.header[-1] :]

    def list_cells(self, column: int) -> list[str]:
        """The cells of a column below the header."""
        return [row[column] if column < len(row) else "" for row in self.rows]

    def name_header(self, column: int) -> str:
        """The header of a column, or its letter where several columns have the same."""
        header = self.headers[column]
        folded = [h.casefold() for h in self.headers]
        return header if folded.count(header.casefold()) == 1 else name_column(column)


def suggest_map(workbook: Workbook) -> str:
    """The text of a mapping file for a workbook: YAML with comments, the same for the same workbook.

    It can be read as it is, but for the places marked ``"?"``, where a person has to decide.
    """
    guesses = [guess for sheet in workbook.sheets if (guess := _look_at(sheet, workbook)) is not None]
    mains = _relate(guesses)
    lines = [
        f"# A proposal for {workbook.file}, from its headers and cells. Lines marked `unsure` are guesses, and",
        f'# "{UNSET}" stands where you have to decide.',
        "",
        "sheets:",
    ]
    for guess in guesses:
        lines += _write_sheet(guess)
    lines += _write_scale(guesses)
    lines += _write_empty(guesses)
    lines += _write_levels(mains)
    return "\n".join(lines) + "\n"


def _look_at(sheet: Sheet, workbook: Workbook) -> _Guess | None:
    header = _find_header(sheet)
    if header is None:
        return None
    name = sheet.name or workbook.file.rpartition(".")[0] or workbook.file
    guess = _Guess(sheet, name, header, read_headers(sheet, header))
    for column, text in enumerate(guess.headers):
        found = guess_field(text) if text else None
        if found is None:
            guess.ignored += [text] if text else []
            continue
        if found[0] in guess.columns and found[0] not in LISTS:
            guess.ignored.append(text)
            continue
        guess.columns.setdefault(found[0], []).append(column)
        if not found[1]:
            guess.unsure.add(found[0])
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
    above = [m for m in sheet.merges if m.right > m.left and m.top == m.bottom and m.top in (best, best - 1)]
    if above:
        return [above[0].top, above[0].top + 1]
    return [best]


def _settle(guess: _Guess) -> None:
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
    count = len(columns.get("skill", ()))
    for name in SKILL_FIELDS[1:]:
        if name in columns and len(columns[name]) != count:
            guess.ignored += [guess.headers[column] for column in columns.pop(name)]


def _relate(guesses: list[_Guess]) -> list[_Guess]:
    """Decides which sheets hold roles, and by what the others find them; returns those with roles."""
    mains = [
        g for g in guesses if {"function", "focus"} & set(g.columns) and {"level", "title"} & set(g.columns)
    ]
    mains = mains or guesses[:1]
    shared = set.intersection(*(set(g.columns) for g in mains)) if mains else set()
    for guess in list(guesses):
        if guess in mains and guess is mains[0]:
            continue
        for join in (("job_code",), ("focus", "level"), ("title",), ("focus",), ("level",)):
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
    return [guess for guess in guesses if not guess.join]


def _write_sheet(guess: _Guess) -> Iterator[str]:
    yield f"  {_show_key(guess.name)}:"
    if guess.header != [1]:
        yield f"    header: {guess.header[0] if len(guess.header) == 1 else guess.header}"
    if guess.join:
        yield "    # unsure: rows of this sheet find their roles by"
        yield f"    join: [{', '.join(guess.join)}]"
    yield "    columns:"
    for name in FIELDS:
        if name in guess.columns:
            headers = [guess.name_header(column) for column in guess.columns[name]]
            if name in guess.unsure:
                yield f"      # unsure: {FIELDS[name]}"
            value = _show_value(headers[0]) if len(headers) == 1 else _show_list(headers)
            yield f"      {name}: {value}"
    if not guess.join:
        for names in (("function", "function_code"), ("focus", "focus_code")):
            if not set(names) & set(guess.columns):
                yield f"      # no column looks like {FIELDS[names[0]]}: name one, or write it under constants"
                yield f'      {names[0]}: "{UNSET}"'
    if guess.ignored:
        yield f"      # not used: {', '.join(_show_value(text) for text in guess.ignored)}"
    yield from _write_currency(guess)
    yield from _write_splits(guess)
    yield from _write_unused(guess)


def _write_currency(guess: _Guess) -> Iterator[str]:
    figures = [column for name in FIGURES for column in guess.columns.get(name, ())]
    if not figures or "currency" in guess.columns:
        return
    cells = "".join(cell[:1] for column in figures for cell in guess.list_cells(column))
    sign = next((code for mark, code in (("£", "GBP"), ("€", "EUR"), ("$", "USD")) if mark in cells), UNSET)
    yield "    # unsure: the currency of pay, as no column says it"
    yield f"    constants: {{currency: {_show_value(sign)}}}"


def _write_splits(guess: _Guess) -> Iterator[str]:
    splits = {}
    for name in ("skill", "responsibility", "alias", "occupation"):
        cells = [cell for column in guess.columns.get(name, ()) for cell in guess.list_cells(column)]
        found = guess_separator(cells, name)
        if found is not None:
            splits[name] = found
    if splits:
        yield "    split:"
        for name, (mark, sure) in splits.items():
            if not sure:
                yield "      # unsure: the mark may belong to the text"
            yield f"      {name}: {_show_value(mark)}"
    form = _guess_form(guess)
    if form is not None:
        yield "    # unsure: a proficiency stands beside the name of the skill"
        yield f'    skill_form: "{form[0]}"'


def _guess_form(guess: _Guess) -> tuple[str, list[str]] | None:
    """How proficiencies stand beside skills in one text, and their words."""
    if "proficiency" in guess.columns:
        return None
    cells = [cell for column in guess.columns.get("skill", ()) for cell in guess.list_cells(column)]
    split = guess_separator(cells, "skill")
    items = [item for cell in cells for item in split_items(cell, split[0] if split else None)[0]]
    for form in _FORMS:
        words = [words for item in items if (words := split_skill(item, form)[1])]
        if items and len(words) * 2 > len(items):
            steps, sure = sort_steps(words)
            if sure and len(steps) <= _MOST_STEPS:
                return form, steps
    return None


def _write_unused(guess: _Guess) -> Iterator[str]:
    found = {}
    for name, columns in guess.columns.items():
        if name not in LISTS:
            marks = sorted({cell for cell in guess.list_cells(columns[0]) if cell.casefold() in UNUSED})
            if marks:
                found[guess.name_header(columns[0])] = marks
    if found:
        yield "    # unsure: rows with these texts are passed over"
        yield "    unused:"
        for header, marks in found.items():
            yield f"      {_show_key(header)}: {_show_list(marks)}"


def _write_scale(guesses: Sequence[_Guess]) -> Iterator[str]:
    texts: set[str] = set()
    for guess in guesses:
        for column in guess.columns.get("proficiency", ()):
            texts |= set(guess.list_cells(column))
        form = _guess_form(guess)
        texts |= set(form[1]) if form is not None else set()
    steps, sure = sort_steps(t for t in texts if t and t.casefold() not in UNUSED | EMPTY)
    if steps:
        yield ""
        yield "# The steps of proficiency, lowest first." if sure else "# unsure: the order, lowest first"
        yield f"proficiencies: {_show_list(steps)}"


def _write_empty(guesses: Sequence[_Guess]) -> Iterator[str]:
    used = (
        cell for g in guesses for columns in g.columns.values() for c in columns for cell in g.list_cells(c)
    )
    marks = sorted({cell for cell in used if cell.casefold() in EMPTY})
    if marks:
        yield ""
        yield "# unsure: these texts mean that nothing is stated"
        yield f"empty: {_show_list(marks)}"


def _write_levels(mains: Sequence[_Guess]) -> Iterator[str]:
    yield ""
    sources = [
        name for name in ("level", "grade", "title") if mains and all(name in g.columns for g in mains)
    ]
    if not sources:
        yield "# No column says the level of every role: add one to each sheet, or a constant."
        return
    source = sources[0]
    texts: dict[str, set[str]] = {}
    for guess in mains:
        cells = guess.list_cells(guess.columns[source][0])
        focuses = (
            guess.list_cells(guess.columns["focus"][0]) if "focus" in guess.columns else [""] * len(cells)
        )
        for cell, focus in zip(cells, focuses, strict=True):
            if cell and cell.casefold() not in UNUSED | EMPTY:
                texts.setdefault(cell, set()).add(focus)
    guessed = {text: guess_level(text) for text in texts}
    open_texts = sorted(text for text, (_, sure) in guessed.items() if not sure)
    if not open_texts and source == "level":
        yield "# The texts of the level column are codes of levels themselves."
        return
    yield "# The level that each text means, as a code such as P3 or M2; all of them are guesses."
    yield "levels:"
    if source != "level":
        yield f"  # unsure: no column is headed as a level, so that the {source} says it"
        yield f"  from: {source}"
    if not open_texts:
        return
    if len(open_texts) <= _MANY:
        yield "  map:"
        yield from (f"    {_show_key(text)}: {_show_value(guessed[text][0])}" for text in open_texts)
        return
    yield "  by_focus:"
    by_focus: dict[str, list[str]] = {}
    for text in open_texts:
        for focus in texts[text]:
            by_focus.setdefault(focus, []).append(text)
    for focus in sorted(f for f in by_focus if f):
        yield f"    {_show_key(focus)}:"
        taken: set[str] = set()
        for text in sorted(by_focus[focus]):
            code = guessed[text][0]
            if code == UNSET and text.casefold() == focus.casefold():
                code = "P3"
            # One level of a focus holds one role; the second one that seems to stand there is left to a person.
            yield f"      {_show_key(text)}: {_show_value(UNSET if code in taken else code)}"
            taken.add(code)


def _show_key(text: str) -> str:
    return write_yaml({text: "x"}).removesuffix(": x\n").removeprefix("? ").removesuffix("\n: x")


def _show_value(text: str) -> str:
    shown = write_yaml({"x": text})[3:-1]
    return (
        shown
        if "\n" not in shown
        else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
    )


def _show_list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quote_item(text) for text in texts) + "]"


def _quote_item(text: str) -> str:
    shown = _show_value(text)
    return shown if shown.startswith('"') or not set(shown) & set(",[]{}#&*!|>%@`") else f'"{shown}"'
