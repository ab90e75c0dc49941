"""The guideline: a table of five columns, in Markdown or HTML, or with its cells run together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rolegraph.model import codes
from rolegraph.model.roles import CRITERIA, Criterion
from rolegraph.records.page.draft import Draft, Said, shorten
from rolegraph.records.page.duties import judge_own
from rolegraph.records.page.lines import Line
from rolegraph.records.page.sections import Section, drop_intro, fold
from rolegraph.records.page.sentences import find_glued

_NAMES: Final[dict[Criterion, str]] = {
    "knowledge": "knowledge application", "complexity": "complexity problem solving",
    "collaboration": "collaboration interaction", "experience": "typical degree years",
}  # fmt: skip
_GLUED_HEADER: Final = re.compile(r"level\s*" + r"\s*".join(_NAMES.values()))
_COLUMNS: Final = (
    "Level", "Knowledge & Application", "Complexity & Problem Solving", "Collaboration & Interaction",
    "Typical Degree & Years",
)  # fmt: skip
_LEVEL: Final = re.compile(
    rf"({codes.TRACK}{codes.RANK})\s*(?P<own>[(·]?\s*this profile\)?)?\s*", re.IGNORECASE
)
_NAMED: Final = re.compile(rf"({codes.TRACK}{codes.RANK})(?:[\s—–:(·-]+|(?=[A-Z][a-z]))[^\d].{{0,80}}")
"""A level with its name in one cell."""

_NAME: Final = 40
"""A level with its name has at most so many characters where it stands on a line of its own."""

_CODE: Final = re.compile(codes.LEVEL_PATTERN)
_MARK: Final = re.compile(r"\s*[(·]?\s*this profile\)?$", re.IGNORECASE)
_BAR: Final = re.compile(r"(?<!\\)\|")
_NOTHING: Final = frozenset({"—", "–", "-"})
_LONGEST: Final = 20_000
"""Characters of a row that is still parted: a longer one is no row of a guideline."""

_APART: Final = "put the cells apart with | or tabs"


def read_guideline(section: Section, draft: Draft) -> None:
    """Reads the rows, one for each level, in the order of the page."""
    lines = drop_intro(section)
    if not lines:
        return
    if (stacked := _stack_cells(lines)) is not None:
        lines = stacked
    header, rows = lines[0], lines[1:]
    if header.cells:
        columns = _read_columns(header, draft)
    elif _GLUED_HEADER.fullmatch(fold(header.text)) or _GLUED_HEADER.fullmatch(_fold_glued(header.text)):
        columns = CRITERIA
    else:
        columns = None
        begins = ", ".join(shorten(line.text, 40) for line in lines[:6])
        draft.refuse(
            "page-guideline", f"the guideline does not begin with its whole header, but with {begins}", header.number,
            f"give the five columns {', '.join(_COLUMNS)}, and below them a row for each level",
        )  # fmt: skip
    for row in rows if columns else ():
        _read_row(row, columns or (), draft)


def _stack_cells(lines: Sequence[Line]) -> tuple[Line, ...] | None:
    """The rows of a guideline that has one cell to a line: five labels, then each level and the cells below it.

    None where it is written in another way.
    """
    labels = [fold(line.text) for line in lines[:5]]
    if any(line.cells for line in lines[:5]) or sorted(labels) != sorted(("level", *_NAMES.values())):
        return None
    groups = [list(lines[:5])]
    for line in lines[5:]:
        if _is_level(line.text) or len(groups) == 1:
            groups.append([])
        groups[-1].append(line)
    rows = []
    for group in groups:
        texts = tuple(line.text for line in group)
        rows.append(Line(group[0].number, " ".join(texts), cells=texts, row=True, last=group[-1].last))
    return tuple(rows)


def _is_level(text: str) -> bool:
    """Whether a line is a level alone, with its name at most."""
    if _CODE.fullmatch(_MARK.sub("", text)):
        return True
    return len(text) <= _NAME and not text.endswith(".") and _NAMED.fullmatch(text) is not None


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
        named = _NAMED.fullmatch(level)
        if named is not None and len(cells) == 4:
            level = named[1]
        elif not _CODE.fullmatch(level):
            level, cells = _split_level(given, cells)
        marked = _MARK.search(given[0]) is not None
    else:
        match = _LEVEL.match(row.text)
        level = match[1].upper() if match else ""
        rest = row.text[match.end() :] if match else row.text
        cells = _split_cells(rest) if level else [rest]
        marked = match is not None and match["own"] is not None
    if not _CODE.fullmatch(level) or len(cells) != 4:
        _refuse_row(row, level, cells, draft)
    elif level in draft.facts.guideline:
        draft.refuse(
            "page-level-repeated", f"the guideline has a second row for {level}", row.number,
            "keep one row for each level",
        )  # fmt: skip
    else:
        if marked:
            judge_own(level, row.number, draft)
        stated = list(zip(columns, cells, strict=True))
        if empty := [criterion for criterion, cell in stated if not cell]:
            what = "an empty cell" if len(empty) == 1 else f"{len(empty)} empty cells"
            draft.note(
                "page-guideline-empty", f"the row of {level} has {what}: {', '.join(empty)}", row.number,
                "add what belongs there to the record by hand, if it is known",
            )  # fmt: skip
        draft.facts.guideline[level] = {
            criterion: Said(cell, row.number) for criterion, cell in stated if cell and cell not in _NOTHING
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
    if row.last:
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
