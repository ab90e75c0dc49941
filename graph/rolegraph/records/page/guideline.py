"""The guideline: a table of five columns, in Markdown or HTML, or with its cells run together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.model.roles import CRITERIA, Criterion
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro, fold
from rolegraph.records.page.sentences import find_glued

_NAMES: Final[dict[Criterion, str]] = {
    "knowledge": "knowledge application", "complexity": "complexity problem solving",
    "collaboration": "collaboration interaction", "experience": "typical degree years",
}  # fmt: skip
_GLUED_HEADER: Final = re.compile(r"level\s*" + r"\s*".join(_NAMES.values()))
_LEVEL: Final = re.compile(rf"({codes.TRACK}{codes.RANK})\s*(?:[(·]?\s*this profile\)?)?\s*", re.IGNORECASE)
_CODE: Final = re.compile(codes.LEVEL_PATTERN)
_MARK: Final = re.compile(r"\s*[(·]?\s*this profile\)?$", re.IGNORECASE)
_BAR: Final = re.compile(r"(?<!\\)\|")
_NOTHING: Final = frozenset({"", "—", "–", "-"})
_LONGEST: Final = 20_000
"""Characters of a row that is still parted: a longer one is no row of a guideline."""

_APART: Final = "put the cells apart with | or tabs"


def read_guideline(section: Section, draft: Draft) -> None:
    """Reads the rows, one for each level, in the order of the page."""
    lines = drop_intro(section)
    if not lines:
        return
    header, rows = lines[0], lines[1:]
    if header.cells:
        columns = _read_columns(header, draft)
    elif _GLUED_HEADER.fullmatch(fold(header.text)) or _GLUED_HEADER.fullmatch(_fold_glued(header.text)):
        columns = CRITERIA
    else:
        columns = None
        draft.refuse(
            "page-guideline", f"the guideline begins with {shorten(header.text)}, which is no header", header.number,
            "its header is Level and the four criteria",
        )  # fmt: skip
    for row in rows if columns else ():
        _read_row(row, columns or (), draft)


def _fold_glued(text: str) -> str:
    """The words of a header whose cells are run together: ``LevelKnowledge & Application...``."""
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))


def _read_columns(header: Line, draft: Draft) -> tuple[Criterion, ...] | None:
    """The criteria of the columns behind the first, which is the level."""
    wanted = {name: criterion for criterion, name in _NAMES.items()}
    found = [wanted.get(fold(cell)) for cell in header.cells[1:]]
    known = [criterion for criterion in found if criterion is not None]
    if fold(header.cells[0]) != "level" or len(known) != len(found) or sorted(known) != sorted(CRITERIA):
        draft.refuse(
            "page-guideline", f"the columns of the guideline are {', '.join(header.cells)}", header.number,
            "they are Level and the four criteria, each once",
        )  # fmt: skip
        return None
    return tuple(known)


def _read_row(row: Line, columns: Sequence[Criterion], draft: Draft) -> None:
    given = row.cells or _split_bars(row.text)
    if given:
        level, cells = _MARK.sub("", given[0]), list(given[1:])
        if not _CODE.fullmatch(level):
            level, cells = _split_level(given, cells)
    else:
        match = _LEVEL.match(row.text)
        level = match[1].upper() if match else ""
        rest = row.text[match.end() :] if match else row.text
        cells = _split_cells(rest) if level else [rest]
    if not _CODE.fullmatch(level) or len(cells) != 4:
        _refuse_row(row, level, cells, draft)
    elif level in draft.facts.guideline:
        draft.refuse(
            "page-level-repeated", f"the guideline has a second row for {level}", row.number,
            "keep one row for each level",
        )  # fmt: skip
    else:
        stated = zip(columns, cells, strict=True)
        draft.facts.guideline[level] = {
            criterion: Said(cell, row.number) for criterion, cell in stated if cell not in _NOTHING
        }
        draft.facts.headed.setdefault(level, row.number)


def _split_bars(text: str) -> tuple[str, ...]:
    """The cells of a row whose bars stand between them alone; none where it has no bars."""
    cells = _BAR.split(text)
    return tuple(cell.strip().replace(r"\|", "|") for cell in cells) if len(cells) > 1 else ()


def _split_level(cells: Sequence[str], rest: list[str]) -> tuple[str, list[str]]:
    """The level and four cells of a row whose first cell has the level before its text."""
    match = _LEVEL.match(cells[0])
    if match is None or not cells[0][match.end() :] or len(rest) != 3:
        return cells[0], rest
    return match[1], [cells[0][match.end() :], *rest]


def _split_cells(text: str) -> list[str]:
    """The cells that were run together, as far as it is certain where one ends."""
    if len(text) > _LONGEST:
        return [text]
    strong, weak = find_glued(text)
    bounds = strong if len(strong) == 3 else sorted([*strong, *weak])
    return [text[a:b].strip() for a, b in zip([0, *bounds], [*bounds, len(text)], strict=True)]


def _refuse_row(row: Line, level: str, cells: Sequence[str], draft: Draft) -> None:
    if row.number == draft.end:
        draft.cut.append("the rest of the guideline")
        return
    if not _CODE.fullmatch(level):
        draft.refuse(
            "page-guideline-row", f"the line {shorten(row.text)} is no row of the guideline: it begins with no level",
            row.number, "begin it with the level, or join it to the row before it",
        )  # fmt: skip
        return
    found = "; ".join(shorten(cell, 30) for cell in cells)
    draft.refuse(
        "page-guideline-row", f"the row of {level} has {len(cells)} cells where four are expected: {found}",
        row.number, _APART,
    )  # fmt: skip
