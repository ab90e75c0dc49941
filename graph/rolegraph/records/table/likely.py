"""Columns that nothing is taken from, and that may be the skills of a matrix: told, and left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rolegraph.records.table.matrix import is_mark
from rolegraph.records.table.scales import find_zero, sort_steps
from rolegraph.records.table.showing import show_item, show_list, show_steps
from rolegraph.records.table.sketch import Sketch

_FEWEST: Final = 2
_MOST_STEPS: Final = 10
_LONGEST: Final = 20
"""So many characters at most has the text of a step."""
_NUMBER: Final = re.compile(r"(?:[0-9]|10)(?:[.,][0-9])?")


def write_likely_matrix(sketch: Sketch) -> Iterator[str]:
    """Comments with the line of a matrix that a person may take, where unused columns look as if they were one."""
    columns = _find_columns(sketch)
    if not columns:
        return
    names = [sketch.name_header(column) for column in columns]
    texts = set(sketch.list_filled(columns))
    marks = all(map(is_mark, texts))
    zero = find_zero(texts)
    yield f"    # unsure: columns of few short texts, which are not used: {show_list(names)}."
    yield "    # If each of them is a skill, take the mark off the line with matrix"
    if marks:
        yield "    # (its cells are marks)."
    else:
        ordered, sure = sort_steps(texts - {zero})
        steps = show_steps(ordered) + ("" if sure else " (put into their order)")
        empty = f', and empty: ["{zero}"] where that asks for nothing' if zero is not None else ""
        yield f"    # and add at the end, lowest first, proficiencies: {steps}{empty}."
    side_by_side = len(columns) > _FEWEST and columns == list(range(columns[0], columns[-1] + 1))
    which = (
        f"from: {show_item(names[0])}, to: {show_item(names[-1])}"
        if side_by_side
        else f"columns: {show_list(names)}"
    )
    yield f"    # matrix: {{{which}{', cells: mark' if marks else ''}}}"


def _find_columns(sketch: Sketch) -> list[int]:
    """The unused columns of few short texts that belong together: small numbers, or texts that stand in several."""
    used = {column for columns in sketch.columns.values() for column in columns}
    texts = {
        column: found
        for column, header in enumerate(sketch.headers)
        if header and column not in used and (found := set(sketch.list_filled([column])))
        if len(found) <= _MOST_STEPS and all(len(text) <= _LONGEST for text in found)
    }
    numbers = [c for c, found in texts.items() if all(map(_NUMBER.fullmatch, found))]
    words = [
        c
        for c, found in texts.items()
        if c not in numbers and any(found & other for o, other in texts.items() if o != c)
    ]
    # Few rows of words say nothing of a scale unless they come again.
    filled = sketch.list_filled(words)
    if len(set(filled)) > _MOST_STEPS or len(set(filled)) * 2 > len(filled):
        words = []
    if len(set(sketch.list_filled(numbers))) > _MOST_STEPS * 2:
        numbers = []
    best = max(numbers, words, key=len)
    return best if len(best) >= _FEWEST else []
