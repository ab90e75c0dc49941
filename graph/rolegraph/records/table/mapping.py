"""Reads a mapping file and checks that its parts fit each other, before any table is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rolegraph.errors import InputError, Place, Problem, UnknownError, describe_error
from rolegraph.model.reference import Level
from rolegraph.records.convert import read_record
from rolegraph.records.document import BROKEN, Document, Reading, quote
from rolegraph.records.files import escape_unseen
from rolegraph.records.table.files import Source
from rolegraph.records.table.fitting import find_misfits
from rolegraph.records.table.schema import DELIMITERS, TableRules
from rolegraph.records.table.unset import refuse_unset
from rolegraph.records.yaml import read_yaml

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class TableMap:
    """A mapping file that was read: its name, what it says, and where it says it."""

    file: str
    rules: TableRules
    reading: Reading

    @property
    def delimiter(self) -> str | None:
        """What stands between the cells of a text file; None where the header line tells."""
        return DELIMITERS[self.rules.delimiter] if self.rules.delimiter else None

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets that are to be read."""
        return tuple(sheet.name for sheet in self.rules.sheets)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the organisation's own ladder, their stages marked as assigned."""
        if self.rules.ladder is None:
            return ()
        return tuple(
            level if level.stage is None or "stage" in level.assigned
            else level.model_copy(update={"assigned": tuple(sorted((*level.assigned, "stage")))})
            for level in self.rules.ladder.levels
        )  # fmt: skip

    def find_place(self, *path: str) -> Place:
        """The line of a key of the mapping file, or of what is around it."""
        return self.reading.find_place(path)


def find_map(name: str) -> Source:
    """The mapping file that a path, or the name of a shipped map (``uk-ddat``), stands for.

    Raises UnknownError where it is neither.
    """
    path = Path(name)
    if path.suffix.lower() in SUFFIXES or path.exists():
        return path
    from rolegraph.resources import find_resource

    folder = find_resource("data").joinpath("maps")
    known = sorted(
        entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    )
    if name not in known:
        raise UnknownError(f"there is no file {quote(name)} and no shipped map of that name", known)
    return f"{name}.yaml", folder.joinpath(f"{name}.yaml").read_bytes()


def read_map(source: Source) -> TableMap:
    """The mapping that a file holds. Raises InputError with every problem, each with its line and remedy."""
    if isinstance(source, tuple):
        file, data = source
    else:
        file = escape_unseen(source.name)
        try:
            data = source.read_bytes()
        except OSError as error:
            reason = f"cannot be read: {describe_error(error)}"
            raise InputError(
                [Problem("file-unreadable", reason, Place(file), "", "check the path")]
            ) from None
    reading = read_yaml(data, file)
    _widen(reading)
    refuse_unset(reading)
    rules = read_record(TableRules, reading) if reading.document is not BROKEN else None
    if rules is None:
        raise InputError(reading.problems)
    table_map = TableMap(file, rules, reading)
    problems = list(find_misfits(rules, table_map.find_place))
    if problems:
        raise InputError(problems)
    return table_map


def _widen(reading: Reading) -> None:
    """Writes a single text where a list may stand as a list of one, and a list of proficiencies as a mapping."""
    document = reading.document
    if not isinstance(document, dict):
        return
    _widen_keys(document, ("empty",))
    sheets = document.get("sheets")
    for sheet in sheets.values() if isinstance(sheets, dict) else ():
        if isinstance(sheet, dict):
            _widen_keys(sheet, ("header", "join", "fill_down"))
            matrix = sheet.get("matrix")
            if isinstance(matrix, dict):
                _widen_keys(matrix, ("columns",))
            for inner in (sheet.get("columns"), sheet.get("unused")):
                if isinstance(inner, dict):
                    _widen_keys(inner, tuple(inner))
    steps = document.get("proficiencies")
    if isinstance(steps, list):
        texts = [step for step in steps if isinstance(step, str)]
        if len(set(texts)) == len(steps):
            document["proficiencies"] = {text: text for text in texts}
            for number, text in enumerate(texts, 1):
                line = reading.lines.get(("proficiencies", str(number)))
                if line is not None:
                    reading.lines[("proficiencies", text)] = line
        else:
            reading.refuse(
                ("proficiencies",),
                "value-repeated",
                "a step is given twice, or is no text",
                "name each step once",
            )
            document["proficiencies"] = BROKEN


def _widen_keys(document: dict[str, Document], keys: tuple[str, ...]) -> None:
    for key in keys:
        value = document.get(key)
        if isinstance(value, str):
            document[key] = [value]
