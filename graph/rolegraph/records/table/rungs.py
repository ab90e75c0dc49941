"""The part of a proposal that says which level each text means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rolegraph.records.table.guesses import EMPTY, UNUSED
from rolegraph.records.table.levelwords import close_ranks, guess_level, list_lent_levels, list_strange_tracks
from rolegraph.records.table.showing import show_key, show_value
from rolegraph.records.table.sketch import Sketch
from rolegraph.records.table.unset import UNSET

_MANY: Final = 60
"""Above so many texts of levels they are listed by focus."""


def write_levels(mains: Sequence[Sketch]) -> Iterator[str]:
    """The lines that say which level each text means."""
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
    if not texts:
        yield f"# No row gives a {source}, so that no level could be looked at."
        yield from _write_source(source)
        return
    ladder = list_lent_levels()
    found = {text: guess_level(text, ladder) for text in sorted(texts)}
    guessed = close_ranks(found)
    listed = guessed if source != "level" else {t: g for t, g in guessed.items() if not g[1]}
    open_texts = sorted(listed, key=_sort_key)
    if not open_texts:
        yield "# The texts of the level column are codes of levels themselves."
        return
    yield "# The level that each text means, as a code such as P3 or M2; all of them are guesses."
    if guessed != found:
        yield "# unsure: ranks follow each other without a hole, as a missing rung stops promotions"
    strange = list_strange_tracks(texts, ladder)
    if strange:
        yield f"# {strange[0]} looks like the code of a level that the usual ladder does not have: give each text a level of"
        yield "# it, or write a ladder of your own, with its tracks and levels, under `ladder`."
    yield from _write_source(source) if source != "level" else ("levels:",)
    if len(open_texts) <= _MANY:
        yield "  map:"
        yield from (f"    {show_key(text)}: {show_value(guessed[text][0])}" for text in open_texts)
        return
    yield "  by_focus:"
    by_focus: dict[str, list[str]] = {}
    for text in open_texts:
        for focus in texts[text]:
            by_focus.setdefault(focus, []).append(text)
    for focus in sorted(f for f in by_focus if f):
        yield f"    {show_key(focus)}:"
        taken: set[str] = set()
        for text in sorted(by_focus[focus]):
            code = guessed[text][0]
            if code == UNSET and text.casefold() == focus.casefold():
                code = "P3"
            # One level of a focus holds one role; the second one that seems to stand there is left to a person.
            yield f"      {show_key(text)}: {show_value(UNSET if code in taken else code)}"
            taken.add(code)


def _write_source(source: str) -> Iterator[str]:
    if source != "level":
        yield "levels:"
        yield f"  # unsure: no column is headed as a level, so that the {source} says it"
        yield f"  from: {source}"


def _sort_key(text: str) -> tuple[str, int, str]:
    """Texts in the order of their words, equal words by the number that follows them: ``G9`` before ``G10``."""
    match = re.fullmatch(r"(.*?)([0-9]{1,9})", text)
    return (match[1], int(match[2]), text) if match is not None else (text, -1, text)
