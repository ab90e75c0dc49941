"""Proposes a mapping for a workbook from its headers and cells, and says at each line what it is unsure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rolegraph.records.currencies import CURRENCIES_BY_SIGN
from rolegraph.records.table.days import is_day_in_digits
from rolegraph.records.table.foresee import foresee_refusals, guess_dates, guess_decimal
from rolegraph.records.table.guesses import EMPTY, UNUSED, guess_separator
from rolegraph.records.table.likely import write_likely_matrix
from rolegraph.records.table.rungs import write_levels
from rolegraph.records.table.scales import are_steps, sort_steps
from rolegraph.records.table.schema import FIELDS, FIGURES, LISTS
from rolegraph.records.table.sheets import Workbook
from rolegraph.records.table.showing import show_item, show_key, show_list, show_steps, show_value
from rolegraph.records.table.sketch import Sketch, sketch_workbook
from rolegraph.records.table.unset import UNSET
from rolegraph.records.table.values import split_items, split_skill

_FORMS: Final = ("name (proficiency)", "name: proficiency", "name - proficiency")
_MOST_STEPS: Final = 10


def suggest_map(workbook: Workbook) -> str:
    """The text of a mapping file for a workbook: YAML with comments, the same for the same workbook.

    It can be read as it is, but for the places marked ``"?"``, where a person has to decide.
    """
    sketches = sketch_workbook(workbook)
    guesses = sketches.sheets
    decimal, (order, days) = guess_decimal(guesses), guess_dates(guesses)
    lines = [
        f"# A proposal for {workbook.file}, from its headers and cells. Lines marked `unsure` are guesses, and",
        f'# "{UNSET}" stands where you have to decide.',
        "",
        "sheets:",
    ]
    for guess in guesses:
        lines += _write_sheet(guess)
        lines += [f"    # {line}" for line in foresee_refusals(guess, decimal, order)]
    lines += [f"  # left out: {show_value(name)}, as {reason}" for name, reason in sketches.left_out]
    if decimal is not None:
        lines += [
            "",
            "# unsure: commas stand before the decimals of amounts that are texts",
            f"decimal: {decimal}",
        ]
    if days:
        lines += ["", f"# unsure: what stands first in days such as {_find_day(guesses)}"]
        lines += [f"dates: {order}" if order else f'dates: "{UNSET}"  # day-first or month-first']
    lines += _write_scale(guesses)
    lines += _write_empty(guesses)
    lines += write_levels(sketches.mains)
    return "\n".join(lines) + "\n"


def _find_day(guesses: Sequence[Sketch]) -> str:
    """The first day in digits."""
    return next(
        text for guess in guesses for text in guess.list_texts("pay_effective") if is_day_in_digits(text)
    )


def _write_sheet(guess: Sketch) -> Iterator[str]:
    yield f"  {show_key(guess.name)}:"
    if guess.header != [1]:
        yield f"    header: {guess.header[0] if len(guess.header) == 1 else guess.header}"
    if not any(any(row) for row in guess.rows):
        yield "    # no row stands below the header, so that nothing but the header could be looked at"
    if guess.join:
        yield "    # unsure: rows of this sheet find their roles by"
        yield f"    join: [{', '.join(guess.join)}]"
    yield "    columns:"
    for name in FIELDS:
        if name in guess.columns:
            headers = [guess.name_header(column) for column in guess.columns[name]]
            if name in guess.unsure:
                yield f"      # unsure: {FIELDS[name]}"
            value = show_value(headers[0]) if len(headers) == 1 else show_list(headers)
            yield f"      {name}: {value}"
    if not guess.join:
        for names in (("function", "function_code"), ("focus", "focus_code")):
            if not set(names) & set(guess.columns):
                yield f"      # no column looks like {FIELDS[names[0]]}: name one, or write it under constants"
                yield f'      {names[0]}: "{UNSET}"'
    if guess.ignored:
        yield f"      # not used: {', '.join(show_value(text) for text in guess.ignored)}"
    if guess.matrix:
        first, last = (guess.name_header(guess.matrix[end]) for end in (0, -1))
        yield "    # unsure: each of these columns is a skill"
        cells = ", cells: mark" if guess.has_marks else ""
        yield f"    matrix: {{from: {show_item(first)}, to: {show_item(last)}{cells}}}"
    else:
        yield from write_likely_matrix(guess)
    yield from _write_currency(guess)
    yield from _write_splits(guess)
    yield from _write_unused(guess)


def _write_currency(guess: Sketch) -> Iterator[str]:
    figures = [column for name in FIGURES for column in guess.columns.get(name, ())]
    if not figures or "currency" in guess.columns:
        return
    named = sorted(guess.list_currencies())
    if len(named) == 1:
        yield "    # unsure: the currency that the headers of pay name"
        yield f"    constants: {{currency: {named[0]}}}"
        return
    cells = "".join(cell[:1] for column in figures for cell in guess.list_cells(column))
    likely = next((CURRENCIES_BY_SIGN[sign][0] for sign in "£€$" if sign in cells), UNSET)
    yield "    # unsure: the currency of pay, as no column says it"
    yield f"    constants: {{currency: {show_value(likely)}}}"


def _write_splits(guess: Sketch) -> Iterator[str]:
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
            yield f"      {name}: {show_value(mark)}"
    form = _guess_form(guess)
    if form is not None:
        yield "    # unsure: a proficiency stands beside the name of the skill"
        yield f'    skill_form: "{form[0]}"'


def _guess_form(guess: Sketch) -> tuple[str, list[str]] | None:
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
            if (sure or are_steps(words)) and len(steps) <= _MOST_STEPS:
                return form, steps
    return None


def _write_unused(guess: Sketch) -> Iterator[str]:
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
            yield f"      {show_key(header)}: {show_list(marks)}"


def _list_steps(guesses: Sequence[Sketch]) -> set[str]:
    """The texts that stand for proficiencies."""
    texts: set[str] = set()
    for guess in guesses:
        texts |= set(guess.list_texts("proficiency"))
        form = _guess_form(guess)
        texts |= set(form[1]) if form is not None else set()
        texts |= guess.list_matrix_texts() if not guess.has_marks else set()
    return {text for text in texts if text and text.casefold() not in UNUSED | EMPTY}


def _write_scale(guesses: Sequence[Sketch]) -> Iterator[str]:
    steps, sure = sort_steps(_list_steps(guesses))
    if steps:
        yield ""
        yield "# The steps of proficiency, lowest first." if sure else "# unsure: the order, lowest first"
        yield f"proficiencies: {show_steps(steps)}"


def _write_empty(guesses: Sequence[Sketch]) -> Iterator[str]:
    used = (
        cell
        for g in guesses
        for columns in (*g.columns.values(), g.matrix)
        for c in columns
        for cell in g.list_cells(c)
    )
    marks = {cell for cell in used if cell.casefold() in EMPTY}
    # What is a step in another sheet is one in the matrix too.
    steps = _list_steps(guesses)
    zeros = {zero: g for g in reversed(guesses) if (zero := g.find_zero()) is not None and zero not in steps}
    if not marks and not zeros:
        return
    yield ""
    if marks:
        yield "# unsure: these texts mean that nothing is stated"
    for zero, guess in sorted(zeros.items()):
        yield f"# unsure: {show_value(zero)} in the matrix of {show_value(guess.name)} means that a skill is not asked for; if it is"
        yield "# a step of the scale, take it out here and put it first under proficiencies"
        other = _find_cell(guesses, zero)
        if other is not None:
            yield f"# {show_value(zero)} stands in {other} too, which is then empty as well"
    yield f"empty: {show_list(sorted(marks | zeros.keys()))}"


def _find_cell(guesses: Sequence[Sketch], text: str) -> str | None:
    """The first cell outside of a matrix in which a text stands, among the columns that are used."""
    for guess in guesses:
        for column in sorted(c for columns in guess.columns.values() for c in columns):
            for row, cell in enumerate(guess.list_cells(column), guess.header[-1] + 1):
                if cell == text:
                    return guess.sheet.name_cell(row, column)
    return None
